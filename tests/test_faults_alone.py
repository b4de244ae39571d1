"""A fault stays where it is: of one row, one clinic, one duty; everybody else is seen to as if nothing were wrong."""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from smsbot import paging, schedule
from smsbot.clock import Pulse, Ticker
from smsbot.models import Alert, AlertStep, ClinicKey, FlowVersion, Patient, PatientStatus, Task, Touch
from smsbot.runtime import Runtime
from smsbot.schedule import One
from smsbot.store import due
from smsbot.store.due import Claim
from smsbot.store.statement import Statement
from smsbot.store.work import later
from tests.api_support import NOW, World, open_world, postgres_database
from tests.test_release import NOON, PEOPLE, ready, rows, sent

ADD = Statement(insert(FlowVersion.__table__))  # type: ignore[attr-defined]
TWICE = {"hash": "twice", "flow": "mood", "script": "{}", "created_at": NOW}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """Six patients with a touch due now."""
    if request.param == "sqlite":
        yield ready(open_world(tmp_path))
        return
    with postgres_database() as database:
        yield ready(open_world(tmp_path, database))


def breaking(spoilt: uuid.UUID, *, waiting: bool) -> One:
    """Releases touches, and with the spoilt one a row the database refuses: at once, or when what waits is written."""

    def one(runtime: Runtime, db: Session, claim: Claim) -> set[str]:
        for _ in range(2 if claim.id == spoilt else 0):
            later(db, ADD, TWICE) if waiting else ADD.run(db, TWICE)
        return schedule.release_one(runtime, db, claim) if claim.id != spoilt or not waiting else set()

    return one


@pytest.mark.parametrize("waiting", [False, True])
def test_a_row_the_database_refuses_is_set_aside_alone(place: World, waiting: bool) -> None:
    spoilt = rows(place, col(Touch.id), col(Touch.due_at).is_not(None))
    first = next(row[0] for row in spoilt if row[1])
    count, _ = schedule.drain(place.runtime, due.TOUCHES, breaking(first, waiting=waiting), 100)
    assert (count, len(sent(place))) == (6, 5)
    assert rows(place, col(Touch.state), col(Touch.id) == first)[-1] == ("sent", False)
    assert ("dropped", True) in rows(place, col(Touch.state), col(Touch.id) == first)
    assert [row for row in rows(place, col(Task.kind)) if row == ("set_aside",)] == [("set_aside",)]


def lock_out(world: World, clinic: uuid.UUID) -> None:
    """The clinic's keys do not open any more, as after a master key was taken away too early."""
    with world.runtime.database.write() as db:
        db.execute(update(ClinicKey).where(col(ClinicKey.clinic_id) == clinic).values(wrapped_key=b"\x01" + bytes(60)))


def test_a_clinic_whose_keys_do_not_open_keeps_no_other_clinics_texts_waiting(place: World) -> None:
    place.enroll("+14155550190", place.mesa)
    with place.runtime.database.write() as db:
        db.execute(update(Patient).values(status=PatientStatus.ACTIVE, joined_at=NOW))
        mesas = col(Touch.clinic_id) == place.mesa
        db.execute(update(Touch).where(mesas).values(due_at=NOON - timedelta(hours=1), state="planned"))
    lock_out(place, place.mesa)
    schedule.release(place.runtime)
    assert len(sent(place)) == len(PEOPLE)
    assert {row[0] for row in rows(place, col(Touch.state), col(Touch.clinic_id)) if row[1] == place.mesa} == {
        "planned"
    }


def cry(world: World, clinic: uuid.UUID, at: timedelta) -> uuid.UUID:
    """An alert that is due."""
    alert_id = world.runtime.new_id()
    with world.runtime.database.write() as db:
        opened = world.watch.now - at
        alert = Alert(
            id=alert_id, clinic_id=clinic, tier=1, kind="suicide", rule="r", inbounds=[], told=[], opened_at=opened
        )
        alert.paged_at = alert.due_at = opened
        db.add(alert)
    return alert_id


def test_a_clinic_whose_keys_do_not_open_keeps_no_other_clinics_alert_from_being_paged(world: World) -> None:
    cry(world, world.mesa, timedelta(seconds=2))
    harbors = cry(world, world.harbor, timedelta(seconds=1))
    lock_out(world, world.mesa)
    paging.page(world.runtime)
    with world.runtime.database.read() as db:
        assert db.exec(select(AlertStep.alert_id)).all() == [harbors]


def test_a_duty_the_database_refuses_keeps_no_other_waiting(place: World) -> None:
    cry(place, place.harbor, timedelta(seconds=1))

    def refused(point: str) -> None:
        if point == "page.claimed":
            raise IntegrityError("", None, Exception())

    runtime = replace(place.runtime, reached=refused)
    Ticker(runtime, None, Pulse(runtime, "clock:test", "clock")).tick()
    assert len(sent(place)) == len(PEOPLE)
