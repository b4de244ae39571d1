"""Two texts of one phone at the same instant, and staff beside them: each is kept once, and nobody waits for ever."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from smsbot import enroll, inbox, schedule, standing
from smsbot.models import Inbound, PatientStatus
from smsbot.store import clinics
from tests.api_support import World, consent_form, open_world, postgres_database, request
from tests.sharing_support import MAX, SOL, Two, two
from tests.stack_support import Stack, stack


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


@pytest.mark.long
def test_two_on_one_phone_seen_from_the_carrier(tmp_path: Path) -> None:
    """With every process running: the nickname is on the texts that the carrier gets, and a name finds its writer."""
    with stack(tmp_path) as running:
        for name in ("web", "worker", "clock"):
            running.start(name)
        running.wait_ready()
        phone = running.enroll(1)
        running.until(lambda: len(running.box.bodies(phone)) == 1, 60, "no invitation came")
        running.box.text(phone, "YES")
        running.until(lambda: len(running.box.bodies(phone)) == 3, 60, "no welcome came")
        beside(running, phone)
        running.until(lambda: len(running.box.bodies(phone)) == 4, 60, "no second invitation came")
        running.box.text(phone, "Max: yes")
        running.until(lambda: len(running.box.bodies(phone)) == 6, 60, "no second welcome came")
        assert [body.partition(":")[0] for body in running.box.bodies(phone)[3:]] == ["Max"] * 3


def beside(running: Stack, phone: str) -> None:
    """Max is enrolled on the same phone."""
    runtime = running.runtime
    with runtime.database.write() as db:
        clinic, keys = clinics.opened(db, runtime.vault, running.clinic.id)
        form = consent_form(at=datetime.now(UTC) - timedelta(days=1))
        asked = request(phone=phone, nickname=MAX, other_nickname=SOL, sessions=(), consent=form)
        enroll.enroll(runtime, db, keys, clinic, asked, "operator", datetime.now(UTC))
