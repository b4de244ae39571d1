"""Two at the same instant: what one of them commits, or fails to commit, is never lost on the other."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlmodel import Session, col, select

from smsbot import scope as scopes
from smsbot import talk
from smsbot.models import Alert, AlertState, FlowVersion, Heartbeat
from smsbot.store import clinics, db, paging
from tests.api_support import ANA, BEN, World, open_world, postgres_database
from tests.phone_support import Phone

STRANGER = "+14155550177"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[World]:
    """Both clinics on PostgreSQL."""
    with postgres_database() as database:
        yield open_world(tmp_path, database)


def begin(world: World, db: Session, phone: str) -> None:
    """A conversation with somebody, in a transaction that is open."""
    keys = world.keys(db)
    talk.begin(scopes.of_phone(world.runtime, db, keys, clinics.get(db, world.harbor), phone), "mood")


def pinned(world: World) -> bool:
    version = world.runtime.content.scripts["mood"].version
    with world.runtime.database.read() as db:
        return db.get(FlowVersion, version) is not None


def side_by_side(*works: Callable[[], object]) -> list[object]:
    with ThreadPoolExecutor(len(works)) as threads:
        found: list[Future[object]] = [threads.submit(work) for work in works]
        return [each.exception() or each.result() for each in found]


def test_a_flow_that_a_failed_commit_had_pinned_is_pinned_again(world: World) -> None:
    for phone in (ANA, BEN):
        world.enroll(phone)
    database, inside, at_the_door = world.runtime.database, threading.Event(), threading.Event()

    def refuse(_: object) -> None:
        raise OSError("the disk is full")

    def first() -> None:
        with database.turn() as db:
            begin(world, db, ANA)
            db.flush()
            inside.set()
            at_the_door.wait(5)
            threading.Event().wait(0.02)

    def second() -> None:
        inside.wait(5)
        at_the_door.set()
        with database.turn() as db:
            begin(world, db, BEN)

    event.listen(database.engine, "commit", refuse)
    assert [type(each) for each in side_by_side(first, second)] == [OSError, OSError]
    event.remove(database.engine, "commit", refuse)
    with database.turn() as db:
        begin(world, db, ANA)
    assert pinned(world)


@pytest.mark.postgres
def test_words_of_a_stranger_page_again_when_their_alert_is_resolved_at_that_instant(place: World) -> None:
    phone = Phone(place, STRANGER)
    phone.text("I want to kill myself")
    resolving, writing = threading.Event(), threading.Event()

    def resolve() -> None:
        with place.runtime.database.write() as db:
            alert = db.exec(select(Alert).with_for_update()).one()
            alert.state, alert.due_at = AlertState.RESOLVED, None
            db.flush()
            resolving.set()
            writing.wait(5)
            threading.Event().wait(0.5)

    def write() -> None:
        resolving.wait(5)
        writing.set()
        phone.reply("I have taken all my pills and want to die")

    assert side_by_side(resolve, write) == [None, None]
    with place.runtime.database.read() as db:
        standing = db.exec(select(Alert.state).where(col(Alert.due_at).is_not(None))).all()
    assert standing == [AlertState.OPEN]


@pytest.mark.postgres
def test_two_pages_that_arrive_at_once_both_prove_the_pager(place: World) -> None:
    together = threading.Barrier(2, timeout=2)

    def prove() -> None:
        with place.runtime.database.write() as db:
            paging.proven_at(db, place.harbor)
            together.wait()
            paging.prove(db, place.harbor, place.watch.now)

    assert side_by_side(prove, prove) == [None, None]
    with place.runtime.database.read() as db:
        assert len(db.exec(select(Heartbeat)).all()) == 1


@pytest.mark.postgres
def test_a_transaction_of_a_process_that_froze_gives_its_locks_back(place: World) -> None:
    with place.runtime.database.write() as session:
        limit = session.connection().execute(text("SHOW idle_in_transaction_session_timeout")).scalar()
    assert limit == f"{db.LONGEST_SILENCE_S // 60}min"
