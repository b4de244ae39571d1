"""Commits that writers share: nobody hears "done" before it is, and one writer's fault is nobody else's."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, select

from smsbot.models import Heartbeat
from tests.api_support import NOW, World


def beat(name: str) -> Heartbeat:
    return Heartbeat(process=name, kind="web", at=NOW)


def beats(world: World) -> set[str]:
    with world.runtime.database.read() as db:
        return {row.process for row in db.exec(select(Heartbeat)).all()}


def crowd(world: World, names: list[str], body: Callable[[Session, str], None]) -> list[Any]:
    """Each name in a turn of its own, at once; the first waits inside until the others stand at the door."""
    at_the_door = threading.Barrier(len(names), timeout=10)

    def one(name: str) -> Any:
        at_the_door.wait()
        try:
            with world.runtime.database.turn() as db:
                db.add(beat(name))
                body(db, name)
        except (ZeroDivisionError, OSError, SQLAlchemyError) as fault:
            return type(fault)
        return name in beats(world)

    with ThreadPoolExecutor(len(names)) as threads:
        return list(threads.map(one, names))


def commits(world: World) -> list[object]:
    seen: list[object] = []
    event.listen(world.runtime.database.engine, "commit", seen.append)
    return seen


def linger(db: Session, _: str) -> None:
    threading.Event().wait(0.01)
    db.flush()


def test_turns_at_once_share_commits_and_each_is_there_when_it_returns(world: World) -> None:
    seen, names = commits(world), [str(number) for number in range(12)]
    assert crowd(world, names, linger) == [True] * 12
    assert beats(world) == set(names)
    assert len(seen) < 12


def test_a_turn_that_fails_leaves_nothing_and_harms_nobody(world: World) -> None:
    def sometimes(db: Session, name: str) -> None:
        linger(db, name)
        if int(name) % 3 == 0:
            raise ZeroDivisionError

    names = [str(number) for number in range(12)]
    found = crowd(world, names, sometimes)
    assert found == [ZeroDivisionError if number % 3 == 0 else True for number in range(12)]
    assert beats(world) == {name for name in names if int(name) % 3}


def test_a_commit_that_fails_is_told_to_everybody_in_it(world: World) -> None:
    def refuse(_: object) -> None:
        raise OSError("the disk is full")

    event.listen(world.runtime.database.engine, "commit", refuse)
    assert set(crowd(world, ["1", "2", "3"], linger)) == {OSError}
    event.remove(world.runtime.database.engine, "commit", refuse)
    assert beats(world) == set()


def test_a_transaction_that_sqlite_gave_up_is_never_called_done(world: World) -> None:
    from_outside = "ROLLBACK"  # what SQLite does by itself when the disk is full

    def given_up(db: Session, name: str) -> None:
        linger(db, name)
        if name == "2":
            db.connection().connection.driver_connection.execute(from_outside)  # type: ignore[union-attr]
            raise OSError

    found = crowd(world, ["1", "2", "3"], given_up)
    assert [name in beats(world) for name in "123"] == [one is True for one in found]


def test_nobody_waits_for_long_work_to_be_committed(world: World) -> None:
    """A turn that finds only long work at the door commits by itself."""
    inside, at_the_door, release = threading.Event(), threading.Event(), threading.Event()

    def long() -> None:
        inside.wait(5)
        at_the_door.set()
        with world.runtime.database.write():
            release.wait(5)

    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(long)
        with world.runtime.database.turn() as db:
            inside.set()
            at_the_door.wait(5)
            linger(db, "")
            db.add(beat("short"))
        assert beats(world) == {"short"}
        release.set()
        waiting.result()


def test_a_transaction_inside_another_is_refused(world: World) -> None:
    database = world.runtime.database
    with pytest.raises(RuntimeError, match="inside another"), database.write(), database.turn():
        pass


@pytest.mark.parametrize("body_fails", [False, True])
def test_a_fault_while_a_connection_is_handed_back_locks_nobody_out(world: World, body_fails: bool) -> None:
    def refuse(*_: object) -> None:
        raise OSError("the folder is full")

    event.listen(world.runtime.database.engine, "checkin", refuse)
    with pytest.raises(OSError, match="full"), world.runtime.database.write() as db:
        db.add(beat("first"))
        if body_fails:
            raise ZeroDivisionError
    event.remove(world.runtime.database.engine, "checkin", refuse)
    other = threading.Thread(target=crowd, args=(world, ["second"], linger), daemon=True)
    other.start()
    other.join(5)
    assert beats(world) >= {"second"}
