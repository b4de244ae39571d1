"""A decision that staff owe before the next session: seen everywhere, asked for at the door, paged a day before."""

import re
from pathlib import Path

import pytest
from sqlmodel import col, select

from smsbot.cli.checkup import pager
from smsbot.models import Alert, AlertState, Task, TaskState
from tests.api_support import ANA, Caller, caller, problem
from tests.optout_support import copied
from tests.paging_support import DANA, ELI, LEA, Rounds, paging_world
from tests.phone_support import Phone
from tests.portal_support import Browser, audited, browser
from tests.sandbox_support import shared
from tests.test_inbox import rows

SECRET = "I might be pregnant"
NEEDED = "Decision needed before session 1"
CHOSEN = {"decision": "go_ahead", "decided_by": "Dr. Lee"}


@pytest.fixture
def ana(tmp_path: Path) -> Phone:
    found = copied(tmp_path)[1]
    assert [text.line for text in found.text(SECRET)] == ["prg_1"]
    return found


@pytest.fixture
def dana(ana: Phone) -> Browser:
    return browser(ana.world)


def owed(ana: Phone) -> Task:
    tasks: list[Task] = rows(ana.world, Task)
    return next(row for row in tasks if row.kind == "decide_before_session")


def session(ana: Phone, call: Caller) -> str:
    found = call("GET", f"/patients/{ana.patient().id}/sessions").json
    assert found
    return str(found["sessions"][0]["id"])


def on_the_day(ana: Phone) -> Caller:
    """The morning of the first session; a key at the clinic."""
    ana.wait(days=8, hours=21)
    return caller(ana.world)


def test_it_is_one_decision_and_stands_first_of_the_tasks(ana: Phone) -> None:
    ana.text("please delete my data")
    ana.wait(hours=2)
    ana.text("I could be pregnant, I think")
    assert [row.kind for row in rows(ana.world, Task)].count("decide_before_session") == 1
    titles = re.findall(r"<h2>([^<:]+)", browser(ana.world).get("/tasks").text)
    assert len(titles) > 1
    assert titles[0] == "Decide before the session"


def test_every_page_of_the_patient_says_it_and_only_clinicians_read_why(ana: Phone, dana: Browser) -> None:
    front = browser(ana.world, "finn@example.org", "frontdesk")
    where = f"/patients/{ana.patient().id}"
    assert NEEDED in dana.get(where).text
    assert "Pregnancy. <a" in dana.get(where).text
    assert NEEDED in front.get(where).text
    assert "regnan" not in front.get(where).text
    for page in (f"{where}/comfort-card", "/patients"):
        assert "Decision needed before this session" in dana.get(page).text
        assert "regnan" not in dana.get(page).text


def test_the_doctor_counts_what_waits_for_a_decision(ana: Phone) -> None:
    with ana.world.desk() as desk:
        found = {each.what: each for each in pager.clinic_findings(desk, ana.world.runtime.settings)}
    assert found["Harbor decisions"].said == "1 to make before a session can begin."


def test_a_tick_does_not_settle_it(ana: Phone, dana: Browser) -> None:
    answer = dana.post(f"/tasks/{owed(ana).id}/done", page="/tasks", note="ok")
    assert "it needs a decision and who made it" in answer.text
    assert owed(ana).state == TaskState.OPEN


def test_a_key_gets_a_clear_refusal_until_it_is_decided(ana: Phone) -> None:
    call = on_the_day(ana)
    here, decide = f"/sessions/{session(ana, call)}", f"/tasks/{owed(ana).id}/decide"
    for mark in ("arrived", "done"):
        refused = problem(call("POST", f"{here}/{mark}", {}), 409)
        assert "A staff decision is needed before this session" in refused["detail"]
    assert problem(call("POST", decide, {"decision": "maybe", "decided_by": "x"}), 422)
    assert call("POST", decide, CHOSEN).status_code == 200
    assert (call("POST", f"{here}/arrived").json or {})["status"] == "arrived"
    assert problem(call("POST", decide, CHOSEN), 409)


def test_marking_arrived_asks_for_it_on_a_plain_form_and_goes_on(ana: Phone) -> None:
    here, at = session(ana, on_the_day(ana)), f"/patients/{ana.patient().id}"
    dana = browser(ana.world)
    place = dana.post(f"/sessions/{here}/arrived", page=at).headers["Location"].removeprefix("/portal")
    form = dana.get(place).text
    assert "Pregnancy." in form
    assert "Who decided" in form
    assert "Give the name of whoever decided." in dana.post(place, decision="go_ahead").text
    dana.post(place, **CHOSEN)
    assert "marked as arrived" in dana.get(at).text
    assert owed(ana).details["decision"] == "go_ahead"
    assert "The session goes ahead. Decided by Dr. Lee." in dana.get("/tasks?state=done").text
    assert ("task.decide", f"task:{owed(ana).id}") in [row[1:] for row in audited(ana.world)]


def test_not_this_time_marks_nothing(ana: Phone) -> None:
    call, at = on_the_day(ana), f"/patients/{ana.patient().id}"
    here, dana = session(ana, call), browser(ana.world)
    place = dana.post(f"/sessions/{here}/arrived", page=at).headers["Location"].removeprefix("/portal")
    dana.post(place, **(CHOSEN | {"decision": "not_now"}))
    page = dana.get(at).text
    assert "still booked: move or cancel it" in page
    assert NEEDED not in page
    assert (call("GET", f"/sessions/{here}").json or {})["status"] == "booked"


def test_the_front_desk_is_told_to_hand_them_to_a_clinician(ana: Phone) -> None:
    here = session(ana, on_the_day(ana))
    front = browser(ana.world, "finn@example.org", "frontdesk")
    answer = front.post(f"/sessions/{here}/arrived", page=f"/patients/{ana.patient().id}")
    assert (answer.status_code, "A staff decision is needed" in answer.text) == (422, True)
    assert front.get(f"/tasks/{owed(ana).id}/decide").status_code == 403


def test_a_session_that_began_before_anybody_knew_is_not_held(tmp_path: Path) -> None:
    ana = copied(tmp_path)[1]
    call = on_the_day(ana)
    ana.wait(hours=8)
    ana.text(SECRET)
    assert call("POST", f"/sessions/{session(ana, call)}/done", {}).status_code == 200


def page_row(rounds: Rounds) -> Alert:
    with rounds.world.runtime.database.read() as db:
        return db.exec(select(Alert).where(col(Alert.kind) == "decision")).one()


@pytest.mark.long
def test_a_day_before_the_session_it_pages_without_a_word_about_it_until_it_is_decided(tmp_path: Path) -> None:
    box = shared()
    box.reset(numbers=True)
    with paging_world(tmp_path, box) as rounds:
        rounds.enlist()
        rounds.ana.text(SECRET)
        for _ in range(15):
            rounds.on(hours=12)
        assert page_row(rounds).state == AlertState.ACKNOWLEDGED
        rounds.on(hours=13)
        assert page_row(rounds).state == AlertState.OPEN
        rounds.on(hours=3)
        rounds.on(hours=2)
        said = " ".join([*rounds.mailbox.letters, *(body for phone in (DANA, ELI, LEA) for body in box.bodies(phone))])
        assert said.count("waits for a staff decision") >= 3
        assert not re.search(rf"regnan|\bAna\b|{ANA[-4:]}", said)
        task = owed(rounds.ana)
        assert caller(rounds.world)("POST", f"/tasks/{task.id}/decide", CHOSEN).status_code == 200
        assert (page_row(rounds).state, page_row(rounds).due_at) == (AlertState.RESOLVED, None)
