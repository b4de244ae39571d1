"""Paging end to end: the real client against the sandbox, which rings the phones of the people on the list."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from smsbot import contacts, incidents, paging
from smsbot.contacts import NewContact
from smsbot.models import Alert, AuditEntry, Message, Task
from smsbot.outbox import aftermath
from smsbot.store import board, machine, outgoing, record
from smsbot.store import paging as paging_rows
from smsbot.web import create_app
from tests.api_support import ANA, NOW, caller, postgres_database
from tests.outbox_support import Crash, crash_at
from tests.paging_support import DANA, ELI, FRONT, LEA, LIST, Rounds, paging_world
from tests.sandbox_support import Sandbox, shared

OPS = "+16175550124"


def prove(rounds: Rounds) -> None:
    """A page of Harbor has arrived, and a worker is alive."""
    with rounds.runtime.database.write() as db:
        paging_rows.prove(db, rounds.world.harbor, rounds.runtime.machine())
        machine.beat(db, "worker:1", "worker", rounds.runtime.machine())


def acknowledged(rounds: Rounds) -> None:
    """Somebody takes the alert with a key."""
    with rounds.world.desk(actor="contact:someone") as desk:
        incidents.acknowledge(desk, rounds.alert().id, by_phone=True)


@pytest.fixture(scope="module")
def box() -> Sandbox:
    found = shared()
    found.reset(numbers=True)
    return found


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def rounds(tmp_path: Path, box: Sandbox, request: pytest.FixtureRequest) -> Iterator[Rounds]:
    with ExitStack() as stack:
        database = stack.enter_context(postgres_database()) if request.param == "postgres" else None
        found = stack.enter_context(paging_world(tmp_path, box, database))
        found.enlist()
        yield found


def test_nobody_answers_then_the_second_contact_takes_it_with_a_key(rounds: Rounds, box: Sandbox) -> None:
    box.phone(DANA, answers="no-answer")
    box.phone(ELI, answers="manual")
    rounds.cry()
    rounds.on(seconds=1)
    rounds.on(minutes=5)
    rounds.on(minutes=5)
    call = box.act(rounds.ringing(ELI), "answer", by="human")
    call = box.act(call, "keys", digits="1")
    assert rounds.alert().acknowledged_by in {f"contact:{key}" for key, name in rounds.people.items() if name == "Eli"}
    assert call["status"] == "completed"
    assert rounds.tried() == [
        (0, "call", "Dana", "unanswered"),
        (0, "email", "Dana", "sent"),
        (0, "text", "Dana", "delivered"),
        (5, "call", "Dana", "unanswered"),
        (10, "call", "Dana", "unanswered"),
        (10, "call", "Eli", "acknowledged"),
        (10, "text", "Dana", "delivered"),
        (10, "text", "Eli", "delivered"),
    ]
    assert rounds.rows(AuditEntry, col(AuditEntry.action) == "alert.acknowledge")
    assert rounds.on(hours=3) == 0
    assert not rounds.rows(Message, col(Message.line) == "crs_6")
    assert box.debugger() == []


def test_a_rungs_attempts_are_made_side_by_side_and_mail_copies_it(rounds: Rounds, box: Sandbox) -> None:
    box.phone(DANA, answers="no-answer")
    rounds.cry()
    rounds.on(seconds=1)
    letter = rounds.mailbox.letters[0]
    assert "To: dana@harbor.example" in letter
    assert f"/portal/alerts/{rounds.alert().id}" in letter
    assert f"/portal/alerts/{rounds.alert().id}" in box.bodies(DANA)[-1]


@pytest.mark.long
def test_a_machine_a_wrong_key_and_silence_do_not_take_it(rounds: Rounds, box: Sandbox) -> None:
    box.phone(DANA, answers="machine_start")
    rounds.cry()
    rounds.on(seconds=1)
    assert (0, "call", "Dana", "unanswered") in rounds.tried()
    box.phone(DANA, answers="manual")
    rounds.world.watch.on(minutes=5)
    rounds.page()
    call = box.act(box.act(rounds.ringing(DANA), "answer"), "keys", digits="7")
    call = box.act(box.act(call, "silence"), "silence")
    assert call["status"] == "completed"
    rounds.page()
    step = rounds.steps()[-1]
    assert (step.state, step.why) == ("answered", "no key was pressed")
    assert rounds.alert().state == "open"


def test_the_carrier_failing_on_calls_leaves_text_and_mail(rounds: Rounds, box: Sandbox) -> None:
    box.fault("server_error", on="calls.create", count=20)
    rounds.cry()
    rounds.on(seconds=1)
    assert {(channel, state) for _, channel, _, state in rounds.tried()} == {
        ("call", "trying"),
        ("text", "delivered"),
        ("email", "sent"),
    }
    for _ in range(5):
        rounds.on(seconds=60)
    first = next(step for step in rounds.steps() if step.channel == "call")
    assert (first.state, first.tries, first.why) == ("failed", 5, "the carrier gave no clear answer")


def test_with_carrier_and_mail_away_the_patient_is_told_after_a_minute(tmp_path: Path, box: Sandbox) -> None:
    with paging_world(tmp_path, box, SMTP_URL="smtp://127.0.0.1:1") as rounds:
        rounds.enlist()
        prove(rounds)
        assert rounds.cry() == ["crs_1"]
        for operation in ("calls.create", "messages.create"):
            box.fault("server_error", on=operation, count=100)
        rounds.on(seconds=1)
        assert rounds.on(seconds=30) > 0
        assert not rounds.rows(Message, col(Message.line) == "crs_1b")
        rounds.on(seconds=31)
        assert len(rounds.rows(Message, col(Message.line) == "crs_1b")) == 1
        with rounds.world.desk() as desk:
            assert paging_rows.proven_at(desk.db, desk.clinic.id) is None
        box.clear_faults()
        rounds.on(minutes=9)
        assert rounds.tried()[-1][3] in ("sent", "delivered", "unanswered", "trying")


def test_nobody_in_twenty_minutes_tells_the_patient_and_rings_the_clinic(rounds: Rounds, box: Sandbox) -> None:
    for phone in (DANA, ELI):
        box.phone(phone, answers="no-answer")
    box.phone(FRONT, answers="manual")
    rounds.cry()
    for _ in range(2):
        rounds.on(minutes=10)
    rounds.send()
    assert "still trying to reach your team" in box.bodies(ANA)[-1]
    call = box.act(box.act(rounds.ringing(FRONT), "answer"), "keys", digits="1")
    assert "tell the clinician on call" in str(call["transcript"])
    assert (20, "main_line", "-", "heard") in rounds.tried()
    assert rounds.alert().state == "open"


@pytest.mark.long
def test_after_stop_the_patient_is_sent_nothing_more(rounds: Rounds, box: Sandbox) -> None:
    box.phone(DANA, answers="no-answer")
    box.phone(ELI, answers="no-answer")
    rounds.cry("I am going to kill myself tonight. STOP texting me")
    for _ in range(5):
        rounds.on(minutes=5)
    assert not rounds.rows(Message, col(Message.line) == "crs_6")
    assert (20, "patient", "-", "skipped") in rounds.tried()


def test_no_page_by_any_channel_holds_a_word_a_name_or_a_number_of_the_patient(tmp_path: Path, box: Sandbox) -> None:
    canary = "xylophone"
    with paging_world(tmp_path, box) as rounds:
        rounds.enlist(*LIST, NewContact("operator", 1, "Ops", OPS, "ops@vendor.example"))
        for phone in (DANA, ELI, LEA, OPS, FRONT):
            box.phone(phone, answers="human")
        rounds.cry(f"I am going to kill myself with my pills, {canary}")
        for _ in range(4):
            rounds.on(minutes=10)
        said = " ".join(rounds.mailbox.letters)
        for phone in (DANA, ELI, LEA, OPS, FRONT):
            said += " ".join(box.bodies(phone)) + "".join(str(call["transcript"]) for call in box.calls(phone))
        asked = [str(each) for name in ("calls.create", "messages.create") for each in box.requests(name)]
        assert "urgent item" in said
        assert all(message["segments"] == 1 for message in box.messages(to=DANA))
        for secret in (canary, "pills", "Ana", ANA, ANA[-10:], ANA[-4:], "1988", "suicid", "Emergency"):
            assert secret not in said
        assert not [each for each in asked if canary in each or ANA in each]


def test_a_crisis_line_the_carrier_refuses_is_paged_with_that_fact(rounds: Rounds) -> None:
    rounds.cry()
    rounds.on(seconds=1)
    acknowledged(rounds)
    with rounds.runtime.database.write() as db:
        row = db.exec(select(Message).where(col(Message.line) == rounds.ana.said[-1].line)).one()
        row = outgoing.locked(db, row.id)
        aftermath.follow(rounds.runtime, db, row, 21610, over=True)
    found = rounds.alert()
    assert (found.state, [each["fact"] for each in found.told]) == ("open", ["crisis_not_delivered"] * 2)
    assert rounds.on(seconds=1) == 1


@pytest.mark.long
def test_taken_by_phone_without_logistics_pages_again_a_day_before_the_next_visit(rounds: Rounds, box: Sandbox) -> None:
    rounds.cry()
    rounds.on(seconds=1)
    acknowledged(rounds)
    before = len(rounds.steps())
    start = NOW + timedelta(days=9)
    while rounds.world.watch.now < start - timedelta(hours=36):
        rounds.on(hours=12)
    rounds.on(hours=10)
    assert len(rounds.steps()) == before
    rounds.on(hours=12)
    assert rounds.alert().state == "open"
    assert [each["fact"] for each in rounds.alert().told] == ["session_near"]
    assert len(rounds.steps()) > before


def test_new_words_after_somebody_took_it_begin_a_new_round(rounds: Rounds) -> None:
    rounds.cry()
    rounds.on(seconds=1)
    acknowledged(rounds)
    assert rounds.on(minutes=30) == 0
    rounds.cry("I am going to do it tonight")
    assert rounds.alert().state == "open"
    rounds.on(seconds=1)
    assert {step.number for step in rounds.steps()} == {0, 1}


def test_killed_after_writing_the_steps_the_page_is_made_again(rounds: Rounds, box: Sandbox) -> None:
    rounds.cry()
    dying = replace(rounds.runtime, reached=crash_at("page.decided"))
    with pytest.raises(Crash):
        paging.page(dying)
    assert {step.state for step in rounds.steps()} == {"trying"}
    assert rounds.on(seconds=29) == 0
    rounds.on(seconds=2)
    assert {(step.channel, step.state, step.tries) for step in rounds.steps()} == {
        ("call", "sent", 2),
        ("text", "delivered", 2),
        ("email", "sent", 2),
    }


def test_a_worker_that_comes_back_too_late_changes_nothing(rounds: Rounds) -> None:
    rounds.cry()
    slow = replace(rounds.runtime, reached=lambda name: rounds.on(seconds=31) if name == "page.made" else None)
    paging.page(slow)
    assert {(step.channel, step.tries) for step in rounds.steps()} == {("call", 2), ("email", 2), ("text", 1)}
    assert rounds.alert().due_at is not None


def test_the_weekly_test_reaches_everybody_proves_the_pager_and_plans_the_next(rounds: Rounds, box: Sandbox) -> None:
    box.phone(DANA, answers="manual")
    with rounds.world.desk() as desk:
        contacts.test_now(desk)
    rounds.page()
    assert "Nothing has happened" in box.bodies(DANA)[-1]
    box.act(box.act(rounds.ringing(DANA), "answer"), "keys", digits="1")
    rounds.on(minutes=31)
    done, planned = sorted(rounds.rows(Alert), key=lambda row: row.opened_at)
    assert (done.state, done.outcome, planned.state) == ("resolved", "answered", "open")
    assert timedelta(days=6) < planned.due_at - done.opened_at < timedelta(days=9)
    assert not rounds.rows(Task, col(Task.kind) == "pager_test_failed")
    with rounds.world.desk() as desk:
        assert record.alerts(desk.visit(), for_lead=True) == []
        assert paging_rows.proven_at(desk.db, desk.clinic.id) is not None


@pytest.mark.long
def test_a_test_nobody_answers_is_an_item_for_staff(rounds: Rounds, box: Sandbox) -> None:
    for phone in (DANA, ELI, LEA):
        box.phone(phone, answers="no-answer")
    with rounds.world.desk() as desk:
        contacts.test_now(desk)
    rounds.page()
    rounds.on(minutes=31)
    assert [task.reason for task in rounds.rows(Task, col(Task.kind) == "pager_test_failed")] == ["arrived"]


def test_a_forged_or_unknown_page_webhook_is_refused(rounds: Rounds) -> None:
    rounds.cry()
    rounds.on(seconds=1)
    client = create_app(rounds.runtime).test_client()
    step = rounds.steps()[0].id
    for path in (f"/webhooks/page/{step}", f"/webhooks/page/{step}/key", f"/webhooks/page/{step}/status"):
        assert client.post(path, data={"CallSid": "CA" + "1" * 32, "Digits": "1"}).status_code == 403
    assert rounds.alert().state == "open"


def test_the_alerts_page_shows_the_ladder_with_names_and_times(rounds: Rounds) -> None:
    rounds.cry()
    rounds.on(seconds=1)
    with rounds.world.desk() as desk:
        rungs = board.ladder(desk.visit(), rounds.alert())
        assert {(rung.contact, rung.step.channel) for rung in rungs} == {
            ("Dana", channel) for channel in ("call", "text", "email")
        }
    listed = caller(rounds.world)("GET", "/alerts").json["alerts"][0]
    assert {step["channel"] for step in listed["steps"]} == {"call", "text", "email"}
