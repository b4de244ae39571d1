"""The two kinds of transaction: a writer commits or leaves nothing, a reader neither waits nor writes."""

import threading
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy.exc import StatementError
from sqlmodel import select

from smsbot.models import Heartbeat
from smsbot.runtime import new_id
from smsbot.store.db import open_database
from tests.api_support import NOW, World


def beats(world: World) -> int:
    with world.runtime.database.read() as db:
        return len(db.exec(select(Heartbeat)).all())


def beat(at: datetime = NOW) -> Heartbeat:
    return Heartbeat(process=str(new_id()), kind="web", at=at)


def test_a_writer_commits_at_the_end(world: World) -> None:
    with world.runtime.database.write() as db:
        db.add(beat())
    assert beats(world) == 1


def test_a_fault_leaves_nothing(world: World) -> None:
    with pytest.raises(ZeroDivisionError), world.runtime.database.write() as db:
        db.add(beat())
        db.flush()
        raise ZeroDivisionError
    assert beats(world) == 0


def test_a_reader_does_not_wait_for_a_writer(world: World) -> None:
    with world.runtime.database.write() as db:
        db.add(beat())
        db.flush()
        assert beats(world) == 0


def test_a_reader_never_commits(world: World) -> None:
    with world.runtime.database.read() as db:
        db.add(beat())
        db.flush()
    assert beats(world) == 0


def test_a_second_writer_waits_its_turn_and_sees_the_first(world: World) -> None:
    first_is_in, seen = threading.Event(), []

    def second() -> None:
        first_is_in.wait(5)
        with world.runtime.database.write() as db:
            seen.append(len(db.exec(select(Heartbeat)).all()))

    other = threading.Thread(target=second)
    other.start()
    with world.runtime.database.write() as db:
        first_is_in.set()
        db.add(beat())
        db.flush()
        other.join(0.2)
        assert other.is_alive()
    other.join(5)
    assert seen == [1]


def test_a_time_without_a_zone_is_refused(world: World) -> None:
    with pytest.raises((StatementError, ValueError), match="zone"), world.runtime.database.write() as db:
        db.add(beat(datetime(2026, 1, 1)))
        db.flush()


def test_times_come_back_in_utc(world: World) -> None:
    local = datetime.fromisoformat("2026-11-22T10:00:00-05:00")
    with world.runtime.database.write() as db:
        db.add(beat(local))
    with world.runtime.database.read() as db:
        found = db.exec(select(Heartbeat)).one().at
    assert (found, found.utcoffset()) == (NOW, NOW.utcoffset())


def test_ids_made_later_sort_later() -> None:
    ids = []
    for _ in range(3):
        ids.append(new_id())
        threading.Event().wait(0.002)
    assert ids == sorted(ids)
    assert {each.version for each in ids} == {7}


def test_a_database_opened_without_a_word_keeps_every_commit_and_foreign_key(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'durable.db'}")
    with database.read() as db:
        found = {
            name: db.connection().exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("foreign_keys", "journal_mode", "synchronous")
        }
    assert found == {"foreign_keys": 1, "journal_mode": "wal", "synchronous": 2}
    database.engine.dispose()
