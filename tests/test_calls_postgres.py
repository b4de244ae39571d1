"""Calls on PostgreSQL: the same request from two threads at once is one step, and a call of ours is claimed once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from smsbot.calls import placing
from tests.api_support import World, open_world, postgres_database
from tests.call_stories import OPEN_HOUR
from tests.calls_support import BASE, CallCarrier, Handset, calls_of, post
from tests.phone_support import joined

pytestmark = pytest.mark.postgres


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with postgres_database() as database:
        yield open_world(tmp_path, database)


def test_the_same_request_at_the_same_instant_is_one_step(world: World) -> None:
    joined(world)
    handset = Handset(world)
    handset.dial()
    handset.press("1")
    handset.press("1")
    step = calls_of(world)[0].step
    url = f"{BASE}/webhooks/voice/{calls_of(world)[0].id}/{step}"
    fields = [*handset.last[1][:7], ("RecordingSid", "RE" + "a" * 32), ("RecordingDuration", "9"), ("Digits", "#")]
    with ThreadPoolExecutor(4) as threads:
        answers = set(threads.map(lambda _: post(handset.client, url, fields).text, range(4)))
    assert len(answers) == 1
    assert calls_of(world)[0].step == step + 1


def test_a_call_that_comes_in_twice_at_once_is_one_call(world: World) -> None:
    joined(world)
    handset = Handset(world)
    handset.sid = "CA" + "7" * 32
    fields = handset.fields("ringing")
    with ThreadPoolExecutor(4) as threads:
        answers = set(threads.map(lambda _: post(handset.client, f"{BASE}/webhooks/voice", fields).text, range(4)))
    assert len(answers) == 1
    assert len(calls_of(world)) == 1


def test_four_workers_ring_the_phone_once(world: World) -> None:
    carrier = CallCarrier()
    object.__setattr__(world.runtime, "carrier", carrier)
    ana = joined(world)
    world.watch.to(OPEN_HOUR)
    ana.text("CALL")
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: placing.place(world.runtime), range(4)))
    assert len(carrier.asked) == 1
