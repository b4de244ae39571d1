"""A poisoned touch is told to those who run the service, once, and keeps nobody else from their text."""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from smsbot import raising
from smsbot import scope as scopes
from smsbot.contacts import NewContact
from smsbot.jobs import duties
from smsbot.ladder import FAULT, Cry, Person, next_pages
from smsbot.models import Alert, Message, Patient, PatientStatus, Task, Touch
from smsbot.store import board, record
from tests.api_support import BEN
from tests.paging_support import LEA, Rounds, paging_world
from tests.sandbox_support import Sandbox, shared
from tests.test_ladder import CLOSED, DANA, ELI, HOURS, NAMES, OPS
from tests.test_ladder import LEA as LEAD

OPERATOR = NewContact("operator", 1, "Ops", "+16175550124", "ops@vendor.example")


@pytest.fixture(scope="module")
def box() -> Sandbox:
    found = shared()
    found.reset(numbers=True)
    return found


@pytest.fixture
def rounds(tmp_path: Path, box: Sandbox) -> Iterator[Rounds]:
    with paging_world(tmp_path, box) as found:
        yield found


def both_due(rounds: Rounds) -> None:
    """Ana and Ben, each with an intention that is due now, and nothing else."""
    rounds.world.enroll(BEN, first_name="Ben")
    now = rounds.world.watch.now
    with rounds.runtime.database.write() as db:
        db.execute(update(Patient).values(status=PatientStatus.ACTIVE, joined_at=now))
        db.execute(update(Touch).values(due_at=None))
        db.execute(
            update(Touch)
            .where(col(Touch.flow) == "intention")
            .values(due_at=now, send_by=now + timedelta(days=2), state="planned")
        )
        db.execute(update(Message).values(state="delivered", due_at=None))


def poison(rounds: Rounds, patient: Patient) -> Touch:
    """Make a due touch of theirs one that cannot be prepared."""
    with rounds.runtime.database.write() as db:
        mine = (col(Touch.patient_id) == patient.id, col(Touch.due_at).is_not(None))
        bad = db.exec(select(Touch).where(*mine).order_by(col(Touch.planned_at)).limit(1)).one()
        bad.details = {"plan": {"nonsense": True}}
        db.flush()
        db.expunge(bad)
        return bad


def release(rounds: Rounds) -> None:
    duties.do(rounds.runtime, "release", "")


def notices(rounds: Rounds) -> list[Alert]:
    return rounds.rows(Alert, col(Alert.kind) == FAULT)


def test_a_poisoned_touch_is_told_to_the_operator_once_and_the_others_go_out(rounds: Rounds, box: Sandbox) -> None:
    rounds.enlist(OPERATOR, NewContact("lead", 1, "Lea", LEA))
    both_due(rounds)
    ana = rounds.ana.patient()
    bad = poison(rounds, ana)
    release(rounds)
    assert rounds.page() == 1
    (told,) = box.bodies(OPERATOR.phone)
    assert told.startswith("Harbor: a fault of the service.")
    assert told.endswith("/portal/tasks")
    assert not any(word in told for word in ("Ana", rounds.ana.number, str(ana.id)))
    assert box.bodies(LEA) == []
    assert ["To: ops@vendor.example" in letter for letter in rounds.mailbox.letters] == [True]
    assert [each["row"] for each in notices(rounds)[0].told] == [str(bad.id)]
    sent = {row.patient_id for row in rounds.rows(Message, col(Message.flow) == "intention")}
    assert sent == {row.id for row in rounds.rows(Patient)} - {ana.id}
    assert [each.patient_id for each in rounds.rows(Task, col(Task.kind) == "set_aside")] == [ana.id]
    release(rounds)
    assert rounds.on(minutes=31) == 1
    assert [(each.state, each.outcome) for each in notices(rounds)] == [("resolved", "arrived")]
    assert len(box.bodies(OPERATOR.phone)) == 1


def test_what_is_set_aside_later_is_told_at_the_next_page(rounds: Rounds, box: Sandbox) -> None:
    rounds.enlist(OPERATOR)
    both_due(rounds)
    poisoned = [poison(rounds, each) for each in rounds.rows(Patient)]
    release(rounds)
    rounds.page()
    assert {each["row"] for each in notices(rounds)[0].told} == {str(each.id) for each in poisoned}
    assert len(box.bodies(OPERATOR.phone)) == 1
    rounds.world.watch.on(minutes=5)
    with rounds.world.desk() as desk:
        raising.fault(scopes.of_clinic(desk.runtime, desk.db, desk.keys, desk.clinic, desk.now), "touch", uuid.uuid4())
    assert rounds.on(minutes=26) == 2
    assert len(box.bodies(OPERATOR.phone)) == 2
    rounds.on(minutes=31)
    assert [each.state for each in notices(rounds)] == ["resolved"]


def test_with_nobody_to_tell_the_others_go_out_and_the_log_says_so(
    rounds: Rounds, caplog: pytest.LogCaptureFixture
) -> None:
    both_due(rounds)
    poison(rounds, rounds.ana.patient())
    release(rounds)
    assert len(rounds.rows(Message, col(Message.flow) == "intention")) == 1
    rounds.on(seconds=1)
    rounds.on(minutes=31)
    assert "nobody could be told of a fault of the service" in caplog.text
    assert rounds.box.calls() == []
    with rounds.world.desk() as desk:
        assert (record.alerts(desk.visit()), board.waiting_alerts(desk.visit(), for_lead=True)) == ([], 0)


@pytest.mark.parametrize(
    ("people", "told"),
    [
        ((DANA, ELI, LEAD, OPS), {("text", "Ops"), ("email", "Ops")}),
        ((DANA, ELI, LEAD), {("text", "Lea"), ("email", "Lea")}),
        ((DANA, replace(ELI, email=False)), {("text", "Dana"), ("email", "Dana"), ("text", "Eli")}),
        ((replace(OPS, phone=False),), {("email", "Ops")}),
        ((), set()),
    ],
)
def test_a_fault_is_told_in_writing_to_whoever_is_nearest_to_the_service(
    people: tuple[Person, ...], told: set[tuple[str, str]]
) -> None:
    asked = next_pages(Cry(4, FAULT, False, CLOSED), people, HOURS, (), CLOSED)
    assert {(page.channel, NAMES[page.contact]) for page in asked.pages} == told
    assert asked.at == CLOSED + timedelta(minutes=30)
