"""Two texts of one phone at the same instant, and staff beside them: each is kept once, and nobody waits for ever."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from smsbot import inbox, schedule, standing
from smsbot.models import Inbound, PatientStatus
from tests.api_support import World, open_world, postgres_database
from tests.sharing_support import MAX, SOL, Two, two


@pytest.fixture
def place(tmp_path: Path) -> Iterator[World]:
    """Both clinics on PostgreSQL."""
    with postgres_database() as database:
        yield open_world(tmp_path, database)


def at_once(both: Two) -> None:
    """Texts of both, the clock and a change by staff, all at the same time."""

    def change(who: str) -> None:
        with both.world.desk() as desk:
            standing.pause(desk, both.of(who).id)

    names = [f"{name}: number {place}" for place in range(3) for name in (SOL, MAX)]
    works = [
        *(lambda body=body, sid=sid: both.phone.reply(body, sid=f"SM{sid:032d}") for sid, body in enumerate(names)),
        lambda: inbox.rest(both.world.runtime),
        lambda: schedule.release(both.world.runtime),
        lambda: change(SOL),
        lambda: change(MAX),
    ]
    with ThreadPoolExecutor(8) as threads:
        found = [threads.submit(work) for work in works]
        assert [each.exception() for each in found] == [None] * len(works)


def test_texts_of_both_at_once_are_each_kept_once(world: World) -> None:
    proves(two(world))


@pytest.mark.postgres
def test_texts_of_both_at_once_are_each_kept_once_on_postgres(place: World) -> None:
    proves(two(place))


def proves(both: Two) -> None:
    before = len(both.rows(Inbound))
    at_once(both)
    assert len(both.rows(Inbound)) == before + 6
    for name in (SOL, MAX):
        assert sorted(both.wrote(name)[-3:]) == [f"number {place}" for place in range(3)]


def test_stop_beside_texts_of_the_other_ends_both(world: World) -> None:
    stops(two(world))


@pytest.mark.postgres
def test_stop_beside_texts_of_the_other_ends_both_on_postgres(place: World) -> None:
    stops(two(place))


def stops(both: Two) -> None:
    bodies = ["Sol: hello", "Max: hello", "STOP", "Sol: again", "Max: again"]
    with ThreadPoolExecutor(5) as threads:
        found = [threads.submit(both.phone.reply, body, sid=f"SM{sid:032d}") for sid, body in enumerate(bodies)]
        assert [each.exception() for each in found] == [None] * len(bodies)
    assert {both.of(name).status for name in (SOL, MAX)} == {PatientStatus.STOPPED}
