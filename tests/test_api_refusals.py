"""What the API says no to: problems by field, in our own words, without a word of what was sent."""

import json
import uuid
from typing import Any

import pytest
from sqlmodel import select

from smsbot.models import Patient
from tests.api_support import NOW, Caller, World, body, caller, problem

NOWHERE = uuid.UUID(int=9)


@pytest.fixture
def call(world: World) -> Caller:
    return caller(world)


@pytest.fixture
def ana(call: Caller) -> dict[str, Any]:
    enrolled: dict[str, Any] = call("POST", "/patients", body()).json
    return enrolled


def test_every_fault_of_a_form_comes_with_its_field(call: Caller) -> None:
    wrong = body(phone="12", birth_date="2015-01-01", time_zone="EST")
    found = problem(call("POST", "/patients", wrong), 422)
    assert {error["field"] for error in found["errors"]} == {"phone", "birth_date", "time_zone"}


@pytest.mark.parametrize(
    "change",
    [
        {"phone": 14155550123},
        {"birth_date": "04/05/1988"},
        {"consent": {"texts": "yes", "form": "1", "at": "2026-11-20T15:00:00Z"}},
        {"sessions": [{"starts_at": "2026-12-01T10:00:00", "minutes": 60}]},
        {"sessions": [{"starts_at": 1796137200, "minutes": 60}]},
        {"sessions": [{"starts_at": "9999-12-31T23:59:59-23:59"}]},
        {"sessions": [{"starts_at": "2026-02-30T10:00:00Z"}]},
        {"sessions": [{"starts_at": "2026-12-01T10:00:00Z", "minutes": True}]},
        {"surname": "Diaz"},
    ],
)
def test_nothing_is_guessed_from_another_shape(call: Caller, change: dict[str, Any]) -> None:
    assert problem(call("POST", "/patients", body(**change)), 422)["errors"]


def test_no_refusal_repeats_what_was_sent(call: Caller) -> None:
    planted = body(
        phone="+1415CANARY", first_name="CANARY{}", time_zone="CANARY", birth_date="CANARY", CANARY77="CANARY"
    )
    for sent in (planted, planted | {"birth_date": "1988-05-04"}, {"CANARY": ["CANARY"]}, ["CANARY"], "CANARY"):
        answer = call("POST", "/patients", sent)
        assert answer.status_code in (400, 422)
        assert b"CANARY" not in answer.data
    for path in ("/CANARY", "/patients/CANARY", "/patients?cursor=CANARY", "/patients?status=CANARY&CANARY=1"):
        assert b"CANARY" not in call("GET", path).data


@pytest.mark.parametrize(
    ("sent", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[]", "application/json", 400),
        (b'"{}"', "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"[" * 60000, "application/json", 400),
        (b"{}", "text/plain", 415),
        (b"a=1", "application/x-www-form-urlencoded", 415),
        (b"", "application/json", 422),
        (b"{" + b" " * 70000 + b"}", "application/json", 413),
    ],
)
def test_a_body_must_be_a_json_object_of_decent_size(call: Caller, sent: bytes, kind: str, status: int) -> None:
    headers = {"Authorization": f"Bearer {call.secret}"}
    answer = call.client.post("/api/v1/patients", data=sent, content_type=kind, headers=headers)
    problem(answer, status)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("GET", "/patients/abc", 404),
        ("GET", f"/patients/{NOWHERE}", 404),
        ("DELETE", "/patients", 405),
        ("PUT", "/tasks", 405),
    ],
)
def test_wrong_addresses_and_methods_are_problems_too(call: Caller, method: str, path: str, status: int) -> None:
    problem(call(method, path), status)


def test_a_method_that_is_not_taken_names_those_that_are(call: Caller) -> None:
    assert "POST" in call("DELETE", "/patients").headers["Allow"]


def test_a_fault_of_ours_is_logged_without_words_and_tells_nothing(
    world: World, call: Caller, ana: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    with world.runtime.database.write() as db:
        row = db.exec(select(Patient)).one()
        row.phone_sealed = row.first_name_sealed
        db.add(row)
    found = problem(call("GET", f"/patients/{ana['id']}"), 500)
    assert "logged" in found["detail"]
    assert "VaultError" in str(vars(caplog.records[-1]))
    assert "Traceback" not in json.dumps(found)


def test_an_erased_patient_is_gone(world: World, call: Caller, ana: dict[str, Any]) -> None:
    with world.runtime.database.write() as db:
        row = db.exec(select(Patient)).one()
        row.phone_index = row.phone_sealed = row.first_name_sealed = row.birth_date_sealed = row.wrapped_key = None
        row.erased_at = NOW
        db.add(row)
    problem(call("GET", f"/patients/{ana['id']}"), 410)
    problem(call("PATCH", f"/patients/{ana['id']}", {"language": "es"}), 409)
    assert call("GET", "/patients").json["patients"][0]["first_name"] == ""
