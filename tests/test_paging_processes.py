"""Paging by the real processes: how soon the first page goes out, and what becomes of it when they die."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from sqlmodel import col, select

from smsbot import contacts, embedded
from smsbot.contacts import NewContact
from smsbot.desk import at
from smsbot.models import Alert, AlertStep
from smsbot.store import clinics
from tests.paging_support import DANA, ELI
from tests.stack_support import Stack, stack

pytestmark = pytest.mark.long


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Stack]:
    """Web, worker and clock, Ana through the double opt-in, and two people on the list."""
    with stack(tmp_path) as found:
        with found.runtime.database.write() as db:
            keys = clinics.keys(db, found.runtime.vault, found.clinic.id)
            desk = at(found.runtime, db, keys, "operator")
            contacts.add(desk, NewContact("oncall", 1, "Dana", DANA))
            contacts.add(desk, NewContact("second", 1, "Eli", ELI))
        for name in ("web", "worker", "clock"):
            found.start(name)
        found.wait_ready()
        yield found


def joined(running: Stack) -> str:
    phone = running.enroll(1)
    running.until(lambda: len(running.box.messages(to=phone)) >= 1, 60, "no invitation came")
    running.box.text(phone, "YES")
    running.until(lambda: len(running.box.messages(to=phone)) >= 3, 60, "no welcome came")
    return phone


def cry(running: Stack) -> str:
    phone = joined(running)
    running.box.text(phone, "I am going to kill myself tonight")
    return phone


def reached(running: Stack, phone: str = DANA) -> dict[str, bool]:
    """By what a phone has been reached so far."""
    return {"call": bool(running.box.calls(phone)), "text": bool(running.box.messages(to=phone))}


def steps(running: Stack) -> list[AlertStep]:
    with running.runtime.database.read() as db:
        return list(db.exec(select(AlertStep)).all())


def alert(running: Stack) -> Alert:
    with running.runtime.database.read() as db:
        return db.exec(select(Alert).where(col(Alert.kind) != "test")).one()


def test_first_page_within_ten_seconds_second_contact_takes_it_with_a_key(running: Stack) -> None:
    cry(running)
    first = running.until(lambda: any(reached(running).values()), 10, "no page in ten seconds")
    both = running.until(lambda: all(reached(running).values()), 60, "no second channel in a minute")
    print(f"first page after {first:.1f} s, second channel {both:.1f} s later")
    running.box.advance(600)
    running.until(lambda: all(reached(running, ELI).values()), 30, "the second contact was not tried")
    call = next(each for each in running.box.calls(ELI) if each["status"] == "ringing")
    running.box.act(running.box.act(call, "answer"), "keys", digits="1")
    found = alert(running)
    assert found.state == "acknowledged"
    assert str(found.acknowledged_by).startswith("contact:")


@pytest.mark.parametrize("point", ["page.claimed", "page.decided", "page.call", "page.made"])
def test_killed_between_rungs_the_page_goes_out_all_the_same(running: Stack, point: str) -> None:
    running.kill("worker")
    running.start("worker", f"{point}:1")
    cry(running)
    running.until(lambda: running.processes["worker"].poll() is not None, 30, "the worker did not die")
    took = running.until(lambda: all(reached(running).values()), 60, "the page was lost")
    print(f"{point}: both channels {took:.1f} s after the worker's death")
    running.until(lambda: not [each for each in steps(running) if each.state == "trying"], 80, "an attempt stayed open")


def test_with_redis_flushed_and_away_the_sweep_pages(running: Stack) -> None:
    phone = joined(running)
    with redis.Redis.from_url(embedded.ensure(running.home)) as connection:
        connection.flushall()
    running.hold_redis()
    running.box.text(phone, "I am going to kill myself tonight")
    took = running.until(lambda: all(reached(running).values()), 10, "no page without redis")
    print(f"without redis: both channels after {took:.1f} s")
    running.release_redis()


def test_with_every_worker_dead_the_clock_pages(running: Stack) -> None:
    phone = joined(running)
    running.kill("worker")
    running.box.text(phone, "I am going to kill myself tonight")
    took = running.until(lambda: all(reached(running).values()), 20, "the clock did not page")
    print(f"by the clock: both channels after {took:.1f} s")
