"""The API as a clinic's software uses it."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from smsbot.models import Alert, AuditEntry, Clinic, IdempotencyKey, Patient, Task, TreatmentSession
from smsbot.web.api import build
from smsbot.web.api.limits import Allowance
from tests.api_support import ANA, BEN, NOW, Caller, World, body, caller, open_world, postgres_database, problem

NOWHERE = uuid.UUID(int=9)


@pytest.fixture
def call(world: World) -> Caller:
    return caller(world)


@pytest.fixture
def ana(call: Caller) -> dict[str, Any]:
    enrolled: dict[str, Any] = call("POST", "/patients", body()).json
    return enrolled


def count(world: World, model: Any) -> int:
    with world.runtime.database.read() as db:
        return len(db.exec(select(model)).all())


def test_the_design_example_enrolls(call: Caller) -> None:
    answer = call("POST", "/patients", body())
    assert answer.status_code == 201
    assert answer.json["status"] == "invited"
    session = answer.json["sessions"][0]
    assert (session["number"], session["starts_at"], session["status"]) == (1, "2026-12-01T15:00:00Z", "booked")


def test_a_patient_is_read_back_as_enrolled(call: Caller, ana: dict[str, Any]) -> None:
    read = call("GET", f"/patients/{ana['id']}").json
    assert (read["phone"], read["first_name"], read["birth_date"]) == (ANA, "Ana", "1988-05-04")
    assert read["sessions"] == ana["sessions"]


def test_the_timeline_says_why_of_each_touch(call: Caller, ana: dict[str, Any]) -> None:
    touches = call("GET", f"/patients/{ana['id']}/timeline").json["touches"]
    intention = next(touch for touch in touches if touch["key"] == "intention")
    assert (intention["session"], intention["flow"], intention["state"]) == (1, "intention", "planned")
    assert all(touch["why"].endswith(".") for touch in touches)
    assert [touch["due_at"] for touch in touches] == sorted(touch["due_at"] for touch in touches)


def test_a_session_is_added_moved_finished(world: World, call: Caller, ana: dict[str, Any]) -> None:
    added = call("POST", f"/patients/{ana['id']}/sessions", {"starts_at": "2026-12-04T10:00:00-05:00"})
    assert (added.status_code, added.json["number"], added.json["minutes"]) == (201, 2, 90)
    path = f"/sessions/{added.json['id']}"
    moved = call("PATCH", path, {"starts_at": "2026-12-05T10:00:00-05:00", "version": 1}).json
    assert (moved["starts_at"], moved["version"]) == ("2026-12-05T15:00:00Z", 2)
    world.watch.to(NOW + timedelta(days=13, hours=1))
    assert call("POST", f"{path}/arrived").json["status"] == "arrived"
    assert call("POST", f"{path}/done", {"ended_at": "2026-12-05T10:50:00-05:00"}).json["status"] == "done"


def test_a_move_is_shown_before_it_is_made(call: Caller, ana: dict[str, Any]) -> None:
    path = f"/sessions/{ana['sessions'][0]['id']}"
    answer = call("POST", f"{path}/move-preview", {"starts_at": "2026-12-03T10:00:00-05:00"})
    assert "moves" in {touch["change"] for touch in answer.json["touches"]}
    assert call("GET", path).json["starts_at"] == "2026-12-01T15:00:00Z"


def test_settings_change_and_status_changes(call: Caller, ana: dict[str, Any]) -> None:
    path = f"/patients/{ana['id']}"
    assert call("PATCH", path, {"language": "es", "pace": "key"}).json["language"] == "es"
    assert call("POST", f"{path}/pause").status_code == 409
    assert call("POST", f"{path}/stop").json["status"] == "stopped"
    assert call("POST", f"{path}/resume").status_code == 409


def test_patients_are_listed_newest_first_page_by_page(call: Caller) -> None:
    ids = [call("POST", "/patients", body(phone=f"+1415555013{n}")).json["id"] for n in range(5)]
    seen, cursor = [], ""
    while cursor is not None:
        page = call("GET", f"/patients?limit=2{'&cursor=' + cursor if cursor else ''}").json
        seen += [patient["id"] for patient in page["patients"]]
        cursor = page["next_cursor"]
    assert seen == ids[::-1]
    assert call("GET", "/patients?status=active").json["patients"] == []


@pytest.mark.parametrize("cursor", ["x", "AAAA", "MjAyNiAx", "%00", "é"])
def test_a_cursor_that_is_not_ours_is_refused(call: Caller, cursor: str) -> None:
    assert call("GET", f"/patients?cursor={cursor}").status_code == 422


def test_a_complaint_about_staff_is_not_told_to_a_program(world: World, call: Caller, ana: dict[str, Any]) -> None:
    with world.desk() as desk:
        shared = {"clinic_id": world.harbor, "patient_id": uuid.UUID(ana["id"])}
        alert, task = world.runtime.new_id(), world.runtime.new_id()
        kind = {"kind": "misconduct", "tier": 3, "rule": "r", "lead_only": True, "inbounds": [], "told": []}
        desk.db.add(Alert(id=alert, opened_at=NOW, **kind, **shared))
        times = {"due_at": NOW, "created_at": NOW}
        desk.db.add(Task(id=task, kind="worry", reason="misconduct", details={}, **times, **shared))
    assert call("GET", "/alerts").json["alerts"] == []
    assert str(task) not in call("GET", "/tasks").text
    assert call("POST", f"/alerts/{alert}/acknowledge").status_code == 404
    assert call("POST", f"/tasks/{task}/done").status_code == 404
    with world.runtime.database.read() as db:
        assert db.get_one(Task, task).state == "open"


# ---- keys -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer nothing", "Basic {}", "{}"])
def test_without_a_key_nothing_is_answered(call: Caller, header: str) -> None:
    answer = call.client.get("/api/v1/patients", headers={"Authorization": header.format(call.secret)})
    problem(answer, 401)
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_key_is_asked_before_the_body_is_read(call: Caller) -> None:
    problem(call.client.post("/api/v1/patients", data=b"{" * 99), 401)


@pytest.mark.parametrize(
    ("scopes", "method", "path"),
    [
        (("write", "alerts"), "GET", "/patients"),
        (("read", "alerts"), "POST", "/patients"),
        (("read", "write"), "GET", "/alerts"),
        (("read", "write"), "POST", f"/alerts/{NOWHERE}/resolve"),
    ],
)
def test_a_key_without_the_scope_is_refused(world: World, scopes: tuple[str, ...], method: str, path: str) -> None:
    problem(caller(world, scopes=scopes)(method, path), 403)


def test_a_disabled_clinics_keys_do_nothing(world: World, call: Caller) -> None:
    with world.runtime.database.write() as db:
        row = db.get_one(Clinic, world.harbor)
        row.disabled_at = NOW
        db.add(row)
    problem(call("GET", "/patients"), 403)


def test_the_key_is_the_actor_of_every_row(world: World, call: Caller, ana: dict[str, Any]) -> None:
    call("GET", f"/patients/{ana['id']}")
    with world.runtime.database.read() as db:
        rows = db.exec(select(AuditEntry).order_by(col(AuditEntry.seq))).all()
    assert [row.action for row in rows] == ["patient.enroll", "patient.read"]
    assert {row.actor.partition(":")[0] for row in rows} == {"key"}


def test_answers_are_not_kept_on_the_way(call: Caller) -> None:
    for path in ("/patients", "/nothing", "/openapi.json"):
        headers = call("GET", path).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_too_many_requests_with_one_key_wait(world: World) -> None:
    app = build(world.runtime, Allowance(burst=3, per_second=1))
    call, other = Caller(app.test_client(), world.key()), Caller(app.test_client(), world.key())
    assert [call("GET", "/tasks").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert call("GET", "/tasks").headers["Retry-After"] == "1"
    assert other("GET", "/tasks").status_code == 200
    world.watch.on(seconds=1)
    assert [call("GET", "/tasks").status_code for _ in range(2)] == [200, 429]


# ---- once -----------------------------------------------------------------------------------------------------------


def test_the_same_request_with_the_same_word_is_done_once(world: World, call: Caller) -> None:
    first = call("POST", "/patients", body(), Idempotency_Key="monday-1")
    again = call("POST", "/patients", body(), Idempotency_Key="monday-1")
    assert (first.status_code, first.data) == (again.status_code, again.data)
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    assert count(world, Patient) == 1


def test_the_same_word_for_another_request_is_refused(call: Caller) -> None:
    call("POST", "/patients", body(), Idempotency_Key="monday-1")
    found = problem(call("POST", "/patients", body(phone=BEN), Idempotency_Key="monday-1"), 422)
    assert found["code"] == "idempotency_key_reused"


def test_a_refused_request_can_be_mended_under_the_same_word(call: Caller) -> None:
    call("POST", "/patients", body(phone="x"), Idempotency_Key="monday-1")
    assert call("POST", "/patients", body(), Idempotency_Key="monday-1").status_code == 201


def test_two_keys_may_use_the_same_word(world: World, call: Caller) -> None:
    call("POST", "/patients", body(), Idempotency_Key="monday-1")
    other = caller(world)("POST", "/patients", body(phone=BEN), Idempotency_Key="monday-1")
    assert other.status_code == 201


@pytest.mark.parametrize("word", ["x" * 256, "é", "\t"])
def test_a_word_is_printable_and_short(call: Caller, word: str) -> None:
    problem(call("POST", "/patients", body(), Idempotency_Key=word), 422)


def test_a_remembered_answer_holds_nothing_of_the_person(world: World, call: Caller) -> None:
    answer = call("POST", "/patients", body(), Idempotency_Key="monday-1")
    for plain in ("Ana", ANA, "1988"):
        assert plain not in answer.text
    with world.runtime.database.read() as db:
        assert b"invited" not in db.exec(select(IdempotencyKey)).one().body_sealed


def at_once(world: World, **headers: str) -> list[int]:
    """The statuses of five posts of the same enrollment at the same time."""
    secret = world.key()
    # Made beforehand: building an app compiles syntax trees, which Python 3.11 cannot do in several threads at once.
    callers = [Caller(world.client(), secret) for _ in range(5)]

    def enroll(call: Caller) -> int:
        return call("POST", "/patients", body(), **headers).status_code

    with ThreadPoolExecutor(5) as pool:
        found = sorted(pool.map(enroll, callers))
    assert count(world, Patient) == count(world, TreatmentSession) == 1
    return found


def test_five_at_once_with_one_word_enroll_one_patient(world: World) -> None:
    assert at_once(world, Idempotency_Key="x") == [201] * 5


def test_five_at_once_without_a_word_enroll_one_patient(world: World) -> None:
    assert at_once(world) == [201, 409, 409, 409, 409]


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("headers", "statuses"), [({"Idempotency_Key": "x"}, [201] * 5), ({}, [201, 409, 409, 409, 409])]
)
def test_five_at_once_enroll_one_patient_on_postgres(
    tmp_path: Path, headers: dict[str, str], statuses: list[int]
) -> None:
    with postgres_database() as database:
        assert at_once(open_world(tmp_path, database), **headers) == statuses


@pytest.mark.postgres
def test_a_days_work_on_postgres(tmp_path: Path) -> None:
    with postgres_database() as database:
        world = open_world(tmp_path, database)
        call = caller(world)
        enrolled = call("POST", "/patients", body()).json
        path, session = f"/patients/{enrolled['id']}", f"/sessions/{enrolled['sessions'][0]['id']}"
        assert call("PATCH", session, {"starts_at": "2026-12-02T10:00:00-05:00"}).json["version"] == 2
        for read in ("", "/timeline", "/messages", "/journal", "/sessions"):
            assert call("GET", path + read).status_code == 200
        assert call("POST", f"{session}/cancel", {"by": "clinic"}).json["status"] == "canceled"
        assert call("POST", f"{path}/stop").json["status"] == "stopped"
        assert len(call("GET", "/patients?limit=1").json["patients"]) == 1
