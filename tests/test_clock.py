"""The clock finds what is due, asks the workers, and does what nobody takes; it stops when time itself is in doubt."""

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import redis
from sqlmodel import select

from smsbot import embedded
from smsbot.clock import Drift, Pulse, Ticker
from smsbot.config import Settings
from smsbot.jobs import queueing
from smsbot.jobs.link import RedisLink
from smsbot.models import Heartbeat
from tests.api_support import BEN
from tests.outbox_support import Post, posting
from tests.sandbox_support import NUMBER, Sandbox


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    """One sandbox for all tests of this file."""
    with Sandbox() as found:
        yield found


@pytest.fixture
def post(tmp_path: Path, box: Sandbox) -> Iterator[Post]:
    with posting(tmp_path, box) as found:
        yield found
        embedded.stop(tmp_path)


def ticker(post: Post, settings: Settings | None = None, **options: object) -> Ticker:
    """A clock's ticker over the embedded Redis of the post's home."""
    embedded.ensure(post.runtime.settings.home)
    link = RedisLink(settings or post.runtime.settings)
    return Ticker(post.runtime, link, Pulse(post.runtime, "clock:test", "clock"), **options)


def jobs(post: Post) -> int:
    """How many jobs wait in the queue."""
    with redis.Redis.from_url(embedded.url(post.runtime.settings.home)) as connection:
        return queueing.queue(connection).count


def alarms(post: Post) -> list[str | None]:
    with post.runtime.database.read() as db:
        return list(db.exec(select(Heartbeat.alarm)).all())


def test_what_is_due_is_asked_of_the_workers_once(post: Post):
    message = post.queue("Hello")
    clock = ticker(post)
    clock.tick()
    clock.tick()
    assert (jobs(post), post.state(message)) == (1, "ready")


def test_what_no_worker_takes_the_clock_does_itself(post: Post):
    message = post.queue("Hello")
    clock = ticker(post)
    clock.tick()
    clock.waiting_since = {item: at - 6 for item, at in clock.waiting_since.items()}
    clock.tick()
    assert post.state(message) == "accepted"


def test_with_redis_dead_the_clock_does_it_at_once_and_starts_redis_again(post: Post):
    message = post.queue("Hello")
    clock = ticker(post)
    embedded.stop(post.runtime.settings.home)
    clock.tick()
    assert post.state(message) == "accepted"
    post.queue("Hi", post.enroll(BEN))
    clock.tick()
    assert jobs(post) == 1


def test_with_a_foreign_redis_dead_nothing_is_lost(post: Post):
    message = post.queue("Hello")
    elsewhere = post.runtime.settings.model_copy(update={"redis_url": "redis://127.0.0.1:9/0"})
    ticker(post, elsewhere).tick()
    assert post.state(message) == "accepted"


def test_an_idle_tick_asks_for_nothing(post: Post):
    ticker(post).tick()
    assert jobs(post) == 0


def test_a_clock_gives_signs_of_life_and_signs_off(post: Post):
    clock = ticker(post)
    clock.tick()
    assert alarms(post) == [None]
    clock.pulse.end()
    assert alarms(post) == []


def test_a_jump_of_the_wall_clock_holds_sending_for_a_minute_and_raises_an_alarm(post: Post):
    monotonic = [0.0]
    clock = ticker(post, drift=Drift(lambda: monotonic[0]))
    clock.tick()
    post.on(hours=5)
    monotonic[0] += 1
    message = post.queue("Hello")
    clock.tick()
    assert alarms(post) == ["the machine's clock has jumped; sending was held for a minute"]
    assert post.deliver().asked == 0
    crisis = post.queue("988", priority=0, purpose="crisis")
    assert post.deliver().asked == 1
    assert (post.state(crisis), post.state(message)) == ("accepted", "ready")
    post.on(seconds=61)
    monotonic[0] += 61
    clock.tick()
    assert post.deliver().asked == 1


def test_two_clocks_that_agree_do_not_drift():
    monotonic = [100.0]
    drift = Drift(lambda: monotonic[0])
    start = datetime(2026, 11, 22, tzinfo=UTC)
    assert drift.since_last(start) == timedelta(0)
    monotonic[0] += 10
    assert drift.since_last(start + timedelta(seconds=10)) == timedelta(0)
    monotonic[0] += 10
    assert drift.since_last(start - timedelta(hours=1)) == timedelta(hours=1, seconds=20)


def test_a_running_clock_sends_and_stops_when_told(post: Post):
    message = post.queue("Hello")
    stop = threading.Event()
    clock = Ticker(post.runtime, None, Pulse(post.runtime, "worker:test", "worker"), every_s=0.05)
    thread = threading.Thread(target=clock.run, args=(stop,))
    thread.start()
    post.box.wait_for(lambda: post.state(message) == "accepted", timeout=5)
    began = time.monotonic()
    stop.set()
    thread.join()
    assert time.monotonic() - began < 5
    assert NUMBER in {seen["from"] for seen in post.box.messages(direction="outbound")}
