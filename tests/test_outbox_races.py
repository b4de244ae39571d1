"""What two workers learn in the same instant: one carrier id ends at one message, and no answer is lost."""

import threading
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import Session, col

from smsbot import outbox
from smsbot.carrier.answers import Accepted
from smsbot.carrier.errors import Kind, Rejected
from smsbot.carrier.inbound import StatusEvent
from smsbot.clocks import Clock
from smsbot.models import Message
from smsbot.outbox.arming import Armed, arm, claim
from smsbot.outbox.outcome import record
from tests.api_support import ANA, BEN, postgres_database
from tests.outbox_support import Post, posting
from tests.sandbox_support import ACCOUNT_SID, NUMBER, Sandbox

SID = "SM" + "7" * 32


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    """One sandbox for all tests of this file."""
    with Sandbox() as found:
        yield found


@pytest.fixture
def post(tmp_path: Path, box: Sandbox) -> Iterator[Post]:
    with posting(tmp_path, box) as found:
        yield found


@pytest.fixture
def server(tmp_path: Path, box: Sandbox) -> Iterator[Post]:
    """The same on PostgreSQL, where two transactions can be open at once."""
    with postgres_database() as database, posting(tmp_path, box, database) as found:
        yield found


def armed(post: Post) -> list[Armed]:
    """What may be sent now, written down as being sent; nothing is asked of the carrier."""
    return arm(post.runtime, claim(post.runtime, NUMBER))


def twins(post: Post) -> tuple[uuid.UUID, Armed]:
    """Two texts of the same words: one that is looked up, and one on its way."""
    post.queue("Hi Ben", post.enroll(BEN))
    post.deliver()
    post.on(seconds=5)
    first = post.queue("Hello")
    armed(post)
    post.on(seconds=31)
    outbox.check(post.runtime)
    assert post.state(first) == "unknown"
    post.on(seconds=20)
    post.queue("Hello")
    (second,) = armed(post)
    return first, second


@contextmanager
def taken_by_a_look_up(post: Post, message: uuid.UUID, sid: str) -> Iterator[Session]:
    """A look-up elsewhere is about to commit that this message is the one the carrier knows by this id."""
    taking = update(Message).where(col(Message.id) == message).values(carrier_sid=sid, state="accepted", check_at=None)
    with post.runtime.database.write() as db:
        db.execute(taking)
        yield db


def wait_until_somebody_waits(post: Post) -> None:
    """Until a transaction waits for another one."""
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    end = time.monotonic() + 10
    with post.runtime.database.engine.connect() as connection:
        while not connection.execute(waiting).scalar():
            connection.rollback()
            assert time.monotonic() < end, "nobody waits"
            time.sleep(0.01)


def meanwhile(post: Post, inside: Any, work: Callable[[], object]) -> None:
    """Do `work` in another thread while the transaction of `inside` is open; it is committed once the other waits."""
    with ThreadPoolExecutor(1) as threads:
        with inside:
            done = threads.submit(work)
            wait_until_somebody_waits(post)
        done.result(20)


@pytest.mark.postgres
def test_a_receipt_takes_back_what_a_look_up_takes_in_the_same_instant(server: Post) -> None:
    first, second = twins(server)
    meanwhile(server, taken_by_a_look_up(server, first, SID), lambda: server.receipt(second.id, "delivered", SID))
    assert (server.row(second.id).carrier_sid, server.state(second.id)) == (SID, "delivered")
    assert (server.row(first).carrier_sid, server.state(first)) == (None, "unknown")
    assert server.row(first).check_at is not None


@pytest.mark.postgres
def test_an_answer_takes_back_what_a_look_up_takes_in_the_same_instant(server: Post) -> None:
    first, second = twins(server)
    answers = [(second, Accepted(SID, "queued", 1))]
    meanwhile(server, taken_by_a_look_up(server, first, SID), lambda: record(server.runtime, answers))
    assert (server.row(second.id).carrier_sid, server.state(second.id)) == (SID, "accepted")
    assert (server.row(first).carrier_sid, server.state(first)) == (None, "unknown")


@pytest.mark.postgres
def test_a_look_up_leaves_what_a_receipt_takes_in_the_same_instant(server: Post) -> None:
    first, second = twins(server)
    sent = server.runtime.carrier.send(second.to, second.sender, second.body, "http://127.0.0.1:9/s", 600)

    @contextmanager
    def receiving() -> Iterator[None]:
        with server.runtime.database.write() as db:
            outbox.receipt(server.runtime, db, second.id, StatusEvent(sent.sid, ACCOUNT_SID, "sent"))
            yield

    server.on(seconds=11)
    meanwhile(server, receiving(), lambda: outbox.check(server.runtime))
    assert server.row(second.id).carrier_sid == sent.sid
    assert (server.row(first).carrier_sid, server.state(first)) == (None, "unknown")
    assert server.row(first).check_at is not None


@pytest.mark.postgres
def test_two_receipts_that_trade_ids_do_not_wait_for_each_other(server: Post) -> None:
    messages = [server.queue("988", priority=0) for _ in range(2)]
    armed(server)
    ids = [f"SM{number:032d}" for number in range(2)]
    for message, sid in zip(messages, ids, strict=True):
        server.receipt(message, "sent", sid)
    with ThreadPoolExecutor(2) as threads:
        both = [
            threads.submit(server.receipt, *each) for each in zip(messages, ["delivered"] * 2, ids[::-1], strict=True)
        ]
        assert [each.exception(20) for each in both] == [None, None]
    owned = {server.row(message).carrier_sid for message in messages if server.row(message).carrier_sid}
    assert owned <= set(ids)


class Together:
    """A clock at which two threads wait for each other, once, if both come."""

    def __init__(self, post: Post) -> None:
        self._watch, self._door, self._been = post.world.watch, threading.Barrier(2, timeout=1), threading.local()

    def __call__(self) -> datetime:
        if not getattr(self._been, "here", False):
            self._been.here = True
            with suppress(threading.BrokenBarrierError):
                self._door.wait()
        return self._watch()


@pytest.mark.postgres
def test_refusals_of_the_same_two_patients_in_opposite_order_are_both_written_down(server: Post) -> None:
    ben = server.enroll(BEN)
    mine = [server.queue("988", patient, priority=0) for patient in (server.ana, ben)]
    theirs = [server.queue("911", patient, priority=0) for patient in (ben, server.ana)]
    sending = {each.id: each for each in armed(server)}
    refused = Rejected(30007, Kind.FILTERED)
    runtime = replace(server.runtime, clock=Clock(Together(server)))
    with ThreadPoolExecutor(2) as threads:
        for ids in (mine, theirs):
            threads.submit(record, runtime, [(sending[each], refused) for each in ids])
    assert {server.state(message) for message in mine + theirs} == {"rejected"}


class Faulty:
    """A database that fails when it is told to: its next read, or its next write."""

    def __init__(self, database: Any) -> None:
        self._database, self.fails = database, list[str]()

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._database, name)
        if name in self.fails:
            self.fails.remove(name)
            raise OperationalError("SELECT", None, Exception("the connection is gone"))
        return found


def faulty(post: Post, fails: str, at: str) -> Post:
    """The same post, whose database fails once after the named point is reached."""
    database = Faulty(post.runtime.database)

    told: list[str] = []

    def reached(name: str) -> None:
        if name == at and not told:
            told.append(name)
            database.fails.append(fails)

    return replace(post, runtime=replace(post.runtime, database=database, reached=reached))


def three(post: Post) -> list[uuid.UUID]:
    return [post.queue("Hello", patient) for patient in (post.ana, post.enroll(BEN), post.enroll("+14155550177"))]


def test_one_look_that_fails_loses_no_other_answer_and_its_text_goes_later(post: Post) -> None:
    messages = three(post)
    faulty(post, "read", "outbox.sending").deliver()
    assert sorted(map(post.state, messages)) == ["accepted", "accepted", "ready"]
    post.on(minutes=1)
    post.deliver()
    assert {post.state(message) for message in messages} == {"accepted"}
    assert len(post.box.messages(direction="outbound")) == 3


def test_answers_that_cannot_be_written_together_are_written_each_alone(post: Post) -> None:
    messages = three(post)
    faulty(post, "write", "outbox.sent").deliver()
    assert {post.state(message) for message in messages} == {"accepted"}


def test_answers_still_under_way_when_the_next_claim_fails_are_written_down(post: Post) -> None:
    messages = three(post)
    post.box.fault("slow", seconds=0.4, to=BEN, count=1)
    with pytest.raises(OperationalError):
        faulty(post, "write", "outbox.recorded").deliver()
    assert {post.state(message) for message in messages} == {"accepted"}


def test_one_carrier_id_cannot_be_at_two_messages(post: Post) -> None:
    first, second = post.queue("one"), post.queue("two")
    with taken_by_a_look_up(post, first, SID):
        pass
    with pytest.raises(IntegrityError), taken_by_a_look_up(post, second, SID):
        pass


def test_a_process_that_was_frozen_past_its_lease_sends_nothing(post: Post) -> None:
    message = post.queue("Hello")

    def reached(name: str) -> None:
        if name == "outbox.sending":
            post.on(hours=8)

    post.with_reached(reached).deliver()
    assert (post.state(message), post.box.bodies(ANA)) == ("ready", [])


def test_a_process_that_was_frozen_sends_nothing_that_others_have_looked_up_since(post: Post) -> None:
    message = post.queue("Hello")

    def reached(name: str) -> None:
        if name == "outbox.sending":
            post.on(seconds=31)
            outbox.check(post.runtime)

    post.with_reached(reached).deliver()
    assert (post.state(message), post.box.bodies(ANA)) == ("unknown", [])


def test_an_acceptance_that_comes_late_calls_the_next_try_off(post: Post) -> None:
    post.queue("Hi Ben", post.enroll(BEN))
    post.deliver()
    post.on(seconds=5)
    message = post.queue("Hello")
    (sending,) = armed(post)
    for step in (31, 30, 120):
        post.on(seconds=step)
        outbox.check(post.runtime)
    assert post.state(message) == "ready"
    record(post.runtime, [(sending, Accepted(SID, "queued", 1))])
    assert (post.state(message), post.row(message).carrier_sid, post.deliver().asked) == ("accepted", SID, 0)
