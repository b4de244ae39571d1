"""Consent, a number put right, a person's own text, hold and erasure through the API."""

from pathlib import Path

import pytest

from smsbot.models import PatientStatus, Task
from tests.api_support import BEN, CARA, Caller, caller, problem
from tests.optout_support import copied
from tests.phone_support import Phone
from tests.test_inbox import rows

FORM = {"texts": True, "calls": False, "echo": False, "form": "2026-11", "at": "2026-11-20T15:00:00Z"}
WORDS = {"words": "Would Thursday at 3 suit you?", "name": "Dana"}


@pytest.fixture
def ana(tmp_path: Path) -> Phone:
    return copied(tmp_path, days=1)[1]


@pytest.fixture
def call(ana: Phone) -> Caller:
    return caller(ana.world)


def at(ana: Phone, what: str) -> str:
    return f"/patients/{ana.patient().id}/{what}"


def test_the_consent_record_is_read_with_its_exact_words(ana: Phone, call: Caller) -> None:
    found = call("GET", at(ana, "consent")).json
    assert found
    assert found["standing"] == {"texts": "confirmed", "calls": "granted", "echo": "granted"}
    asked = next(line for line in found["lines"] if line["action"] == "confirmed")
    assert asked["own_words"] == "YES"
    assert "Reply YES to start" in asked["words"]


def test_an_opt_out_said_aloud_is_logged_under_the_key(ana: Phone, call: Caller) -> None:
    assert call("POST", at(ana, "stop")).json == {
        "id": str(ana.patient().id),
        "status": "stopped",
        "paused_until": None,
    }
    found = call("GET", at(ana, "consent")).json
    assert found
    assert found["lines"][-1]["channel"] == "key"
    assert found["marks"][0]["reason"] == "verbal"


def test_a_number_is_put_right(ana: Phone, call: Caller) -> None:
    answer = call("POST", at(ana, "phone"), {"phone": CARA, "consent": FORM})
    assert (answer.status_code, (answer.json or {})["status"]) == (200, "invited")
    assert Phone(ana.world, CARA).patient().status == PatientStatus.INVITED


def test_another_patients_number_is_refused_beside_its_field(ana: Phone, call: Caller) -> None:
    ana.world.enroll(BEN)
    patient = Phone(ana.world).patient().id
    refused = problem(call("POST", f"/patients/{patient}/phone", {"phone": BEN, "consent": FORM}), 409)
    assert "phone" in str(refused)


def test_a_person_writes_and_the_answer_becomes_a_task(ana: Phone, call: Caller) -> None:
    patient = ana.patient().id
    assert call("POST", f"/patients/{patient}/messages", WORDS).status_code == 201
    assert [text.body for text in ana.fresh()] == ["Would Thursday at 3 suit you? - Dana, Harbor"]
    ana.text("yes please")
    (task,) = [row for row in rows(ana.world, Task) if row.kind == "answer_patient"]
    taken = call("POST", f"/tasks/{task.id}/take").json
    assert taken
    assert taken["owner"].startswith("key:")
    assert (call("POST", f"/tasks/{task.id}/done", {"note": "called"}).json or {})["state"] == "done"


def test_erasing_takes_a_scope_of_its_own_the_id_again_and_no_hold(ana: Phone, call: Caller) -> None:
    patient = ana.patient().id
    sure = {"reason": "request", "confirm": str(patient)}
    usual = caller(ana.world, scopes=("read", "write", "alerts"))
    problem(usual("POST", f"/patients/{patient}/erase", sure), 403)
    problem(call("POST", f"/patients/{patient}/erase", sure | {"confirm": "yes"}), 422)
    assert call("POST", f"/patients/{patient}/hold", {"on": True}).status_code == 200
    problem(call("POST", f"/patients/{patient}/erase", sure), 409)
    call("POST", f"/patients/{patient}/hold", {"on": False})
    erased = call("POST", f"/patients/{patient}/erase", sure).json
    assert erased
    assert (erased["holds"], erased["still_open"]) == (True, 0)
    again = call("GET", f"/patients/{patient}/erasure").json
    assert again
    assert (again["holds"], again["mac"]) == (True, erased["mac"])
    problem(call("GET", f"/patients/{patient}"), 410)


def test_nobody_who_has_not_been_erased_has_a_certificate(ana: Phone, call: Caller) -> None:
    problem(call("GET", at(ana, "erasure")), 409)


@pytest.mark.parametrize("what", ["consent", "erasure"])
def test_another_clinics_patient_is_nobody(ana: Phone, what: str) -> None:
    foreign = caller(ana.world, ana.world.mesa)
    problem(foreign("GET", at(ana, what)), 404)
