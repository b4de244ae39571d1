"""Due touches of many patients: released together they come out as one by one, and a bad one spoils nothing."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from smsbot import schedule
from smsbot.models import Conversation, Message, Patient, PatientStatus, Task, Touch
from smsbot.store import clinics, turns
from tests.api_support import NOW, World, open_world, postgres_database

PEOPLE = [f"+1415555{number:04d}" for number in range(200, 206)]
NOON = NOW + timedelta(days=7, hours=2)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """Six active patients, each with the same touch due at noon a week on, and nothing else due by then."""
    if request.param == "sqlite":
        yield ready(open_world(tmp_path))
        return
    with postgres_database() as database:
        yield ready(open_world(tmp_path, database))


def ready(world: World) -> World:
    for phone in PEOPLE:
        world.enroll(phone)
    with world.runtime.database.write() as db:
        db.execute(update(Patient).values(status=PatientStatus.ACTIVE, joined_at=NOW))
        db.execute(update(Touch).values(due_at=None))
        for touch in db.exec(select(Touch).where(col(Touch.flow) == "intention")).all():
            touch.due_at, touch.send_by = NOON, NOON + timedelta(days=2)
            touch.state = "planned"
        db.execute(update(Message).values(state="delivered", due_at=None))
    world.watch.to(NOON)
    return world


def rows(world: World, *columns: Any) -> list[tuple[Any, ...]]:
    with world.runtime.database.read() as db:
        return sorted(tuple(row) for row in db.execute(select(*columns)).all())


def outcome(world: World) -> list[list[tuple[Any, ...]]]:
    """All that a release may have written, without ids."""
    return [
        rows(world, col(Touch.flow), col(Touch.state), col(Touch.why), col(Touch.due_at).is_(None)),
        rows(world, col(Message.flow), col(Message.line), col(Message.seq), col(Message.state)),
        rows(world, col(Conversation.flow), col(Conversation.state), col(Conversation.rank)),
        rows(world, col(Patient.message_seq), col(Patient.status)),
        rows(world, col(Task.kind), col(Task.reason)),
    ]


def sent(world: World) -> list[tuple[Any, ...]]:
    return [row for row in rows(world, col(Message.flow), col(Message.patient_id)) if row[0] == "intention"]


def test_together_comes_out_as_one_by_one(place: World, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    other = ready(open_world(folder))
    while schedule.release(other.runtime, 1)[0]:
        pass
    assert schedule.release(place.runtime) == (6, {"+15005550006"})
    assert outcome(place) == outcome(other)
    assert len(sent(place)) == 6
    assert "one by one" not in caplog.text


def test_a_touch_that_fails_in_a_batch_is_set_aside_alone(place: World, caplog: pytest.LogCaptureFixture) -> None:
    with place.runtime.database.write() as db:
        bad = db.exec(select(Touch).where(col(Touch.flow) == "intention")).first()
        assert bad is not None
        bad.details = {"plan": {"nonsense": True}}
        owner = bad.patient_id
    assert schedule.release(place.runtime)[0] == 6
    assert len(sent(place)) == 5
    assert owner not in {row[1] for row in sent(place)}
    assert [row for row in rows(place, col(Task.kind), col(Task.reason)) if row[0] == "set_aside"] == [
        ("set_aside", "touch")
    ]
    assert "one by one" in caplog.text


def test_two_touches_of_one_patient_are_judged_one_after_the_other(place: World) -> None:
    """The second sees that the first has gone: hours are kept between texts."""
    with place.runtime.database.write() as db:
        first = db.exec(select(Touch).where(col(Touch.flow) == "intention")).first()
        assert first is not None
        db.add(Touch(**(first.model_dump() | {"id": place.runtime.new_id(), "plan_key": "once more"})))
        owner = first.patient_id
    assert schedule.release(place.runtime)[0] == 7
    mine = [row[1:] for row in rows(place, col(Touch.patient_id), col(Touch.state), col(Touch.why)) if row[0] == owner]
    assert len([state for state, _ in mine if state == "sent"]) == 1
    assert any(state == "held" and "between texts" in why for state, why in mine)
    assert len(sent(place)) == 6


@pytest.mark.postgres
def test_a_patient_somebody_is_busy_with_is_not_waited_for(tmp_path: Path) -> None:
    held, release = threading.Event(), threading.Event()
    with postgres_database() as database:
        world = ready(open_world(tmp_path, database))

        def hold() -> None:
            with database.write() as db:
                keys = clinics.keys(db, world.runtime.vault, world.harbor)
                turns.lock_phone(db, keys, keys.phone_index(PEOPLE[0]))
                held.set()
                release.wait(10)

        with ThreadPoolExecutor(1) as threads:
            busy = threads.submit(hold)
            held.wait(10)
            assert schedule.release(world.runtime)[0] == 6
            assert len(sent(world)) == 5
            release.set()
            busy.result()
        world.watch.on(seconds=2)
        assert schedule.release(world.runtime)[0] == 1
        assert len(sent(world)) == 6
