"""Several processes' worth of delivering at once, on SQLite and PostgreSQL: each message leaves exactly once."""

import uuid
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from smsbot import outbox
from smsbot.scope import Words
from smsbot.store.db import open_database
from tests.api_support import ANA, postgres_database
from tests.outbox_support import Crash, Post, crash_at, posting
from tests.sandbox_support import Sandbox

MANY, AT_ONCE = 120, 4


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    """One sandbox for all tests of this file."""
    with Sandbox() as found:
        yield found


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def post(tmp_path: Path, box: Sandbox, request: pytest.FixtureRequest) -> Iterator[Post]:
    if request.param == "sqlite":
        with posting(tmp_path, box) as found:
            yield found
    else:
        with postgres_database() as database, posting(tmp_path, box, database) as found:
            yield found


@contextmanager
def processes(post: Post, count: int) -> Iterator[list[Post]]:
    """As many processes as wanted, each with a database pool of its own."""
    url = post.runtime.database.engine.url.render_as_string(hide_password=False)
    pools = [open_database(url) for _ in range(count)]
    yield [replace(post, runtime=replace(post.runtime, database=pool)) for pool in pools]
    for pool in pools:
        pool.engine.dispose()


def queue_many(post: Post, count: int) -> list[uuid.UUID]:
    """Texts to numbers nobody enrolled, so that no order holds any of them back."""
    made = []
    with post.scope(post.ana) as scope:
        scope.patient, scope.sealer = None, scope.keys.sealer
        for number in range(count):
            scope.phone = f"+1415556{number:04}"
            made.append(scope.queue(Words("Hello", "system", "x", "en")))
    return made


def test_four_at_once_send_each_message_once(post: Post):
    messages = queue_many(post, MANY)
    post.sender(rate=1000.0, burst=1000.0, tokens=1000.0)
    with processes(post, AT_ONCE) as several, ThreadPoolExecutor(AT_ONCE) as threads:
        asked = sum(threads.map(lambda each: each.deliver().asked, several))
    assert asked == MANY
    seen = Counter(each["to"] for each in post.box.messages(direction="outbound"))
    assert (len(seen), set(seen.values())) == (MANY, {1})
    assert {post.state(message) for message in messages} == {"accepted"}


def test_four_at_once_never_overrun_the_rate(post: Post):
    queue_many(post, MANY)
    post.sender(rate=1.0, burst=10.0, tokens=10.0)
    with processes(post, AT_ONCE) as several, ThreadPoolExecutor(AT_ONCE) as threads:
        asked = sum(threads.map(lambda each: each.deliver().asked, several))
    assert asked == 10


def test_receipts_race_with_the_answers_and_nothing_is_lost(post: Post):
    first = post.queue("one")

    def reached(name: str) -> None:
        if name == "outbox.sent":
            post.receipt(first, "sent", post.box.messages(to=ANA)[0]["sid"])

    second = post.queue("two")
    # "sent" is known before the answer is written down, so the next text follows in the same run.
    assert post.with_reached(reached).deliver().asked == 2
    assert (post.state(first), post.state(second)) == ("sent", "accepted")
    assert post.box.bodies(ANA) == ["one", "two"]


def test_an_unclear_send_is_looked_up_by_one_only(post: Post):
    message = post.queue("Hello")
    with pytest.raises(Crash):
        post.with_reached(crash_at("outbox.sent")).deliver()
    post.on(seconds=31)
    with processes(post, AT_ONCE) as several, ThreadPoolExecutor(AT_ONCE) as threads:
        assert sum(threads.map(lambda each: outbox.check(each.runtime), several)) == 1
    assert post.row(message).carrier_sid == post.box.messages(to=ANA)[0]["sid"]


def test_an_opt_out_told_by_the_carrier_is_written_down(post: Post):
    post.box.fault("reject", code=21610, count=1)
    post.queue("Hello")
    waiting = post.queue("More")
    post.deliver()
    assert (post.patient().status, post.state(waiting)) == ("stopped", "dropped")
