"""Wall times through every clock change of 2015-2040 in zones of every kind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsbot.localtime import city, instant, local_clock, local_day, parse_clock, said, said_clock, shift

AMERICAS = ["New_York", "Chicago", "Denver", "Los_Angeles", "Anchorage", "Halifax", "St_Johns", "Havana", "Mexico_City"]
SOUTH = ["Sao_Paulo", "Santiago", "Asuncion", "Phoenix"]
ELSEWHERE = [
    *("Europe/London", "Europe/Dublin", "Europe/Berlin", "Europe/Lisbon", "Africa/Cairo", "Africa/Casablanca"),
    *("Asia/Beirut", "Asia/Jerusalem", "Asia/Tehran", "Asia/Kolkata", "Australia/Sydney", "Australia/Lord_Howe"),
    *("Pacific/Auckland", "Pacific/Chatham", "Pacific/Honolulu", "Antarctica/Troll"),
]
ZONES = [*(f"America/{place}" for place in AMERICAS + SOUTH), *ELSEWHERE]
WITHOUT_CHANGES = {"America/Phoenix", "Pacific/Honolulu", "Asia/Kolkata"}
MINUTE = timedelta(minutes=1)


@cache
def changes(name: str) -> tuple[tuple[datetime, timedelta], ...]:
    """(instant, how far the wall clock jumps) of every offset change of a zone, 2015-2040, found without our code."""
    zone, found = ZoneInfo(name), []
    at, end = datetime(2015, 1, 1, tzinfo=UTC), datetime(2041, 1, 1, tzinfo=UTC)
    while at < end:
        step = timedelta(days=2)
        if at.astimezone(zone).utcoffset() != (at + step).astimezone(zone).utcoffset():
            found.append(_exact(at, at + step, zone))
        at += step
    return tuple(found)


def _exact(low: datetime, high: datetime, zone: ZoneInfo) -> tuple[datetime, timedelta]:
    before = low.astimezone(zone).utcoffset()
    while high - low > MINUTE:
        middle = low + (high - low) // 2 // MINUTE * MINUTE
        low, high = (middle, high) if middle.astimezone(zone).utcoffset() == before else (low, middle)
    after = high.astimezone(zone).utcoffset()
    assert before is not None
    assert after is not None
    return high, after - before


def edges(name: str, forward: bool) -> Iterator[tuple[datetime, timedelta]]:
    for at, jump in changes(name):
        if (jump > timedelta(0)) is forward:
            yield at, jump


@pytest.mark.parametrize("name", ZONES)
def test_a_time_that_does_not_exist_moves_forward_by_the_gap(name: str) -> None:
    zone = ZoneInfo(name)
    for at, gap in edges(name, forward=True):
        first_missing = (at - MINUTE).astimezone(zone).replace(tzinfo=None) + MINUTE
        for into in (timedelta(0), gap // 2 // MINUTE * MINUTE, gap - MINUTE):
            missing = first_missing + into
            reached = instant(missing.date(), missing.time(), zone)
            assert reached == at + into
            assert reached.astimezone(zone).replace(tzinfo=None) == missing + gap


@pytest.mark.parametrize("name", ZONES)
def test_of_two_equal_wall_times_the_first_counts(name: str) -> None:
    zone = ZoneInfo(name)
    for at, jump in edges(name, forward=False):
        back = -jump
        for into in (timedelta(0), back // 2 // MINUTE * MINUTE, back - MINUTE):
            twice = (at - back + into).astimezone(zone).replace(tzinfo=None)
            assert instant(twice.date(), twice.time(), zone) == at - back + into


@pytest.mark.parametrize("name", ZONES)
def test_days_keep_the_wall_time_and_hours_keep_the_length_over_a_change(name: str) -> None:
    zone = ZoneInfo(name)
    for at, _ in changes(name):
        noon = instant(local_day(at, zone) + timedelta(days=1), time(12), zone)
        assert local_clock(shift(noon, -2, 0, None, zone), zone) == time(12)
        assert shift(noon, 0, -48 * 60, None, zone) == noon - timedelta(hours=48)


def test_the_zones_with_changes_have_them_in_both_directions() -> None:
    assert {name for name in ZONES if not changes(name)} == WITHOUT_CHANGES
    assert len([name for name in ZONES if len(changes(name)) >= 8]) >= 18


def test_half_past_two_becomes_half_past_three_in_new_york() -> None:
    zone = ZoneInfo("America/New_York")
    reached = instant(date(2027, 3, 14), time(2, 30), zone)
    assert (local_clock(reached, zone), reached) == (time(3, 30), datetime(2027, 3, 14, 7, 30, tzinfo=UTC))


def test_half_past_one_is_the_first_of_two_in_new_york() -> None:
    assert instant(date(2026, 11, 1), time(1, 30), ZoneInfo("America/New_York")) == datetime(
        2026, 11, 1, 5, 30, tzinfo=UTC
    )


@given(st.sampled_from(ZONES), st.datetimes(datetime(2015, 1, 2), datetime(2040, 12, 30)))
def test_an_existing_wall_time_reads_back(name: str, wall: datetime) -> None:
    zone, wall = ZoneInfo(name), wall.replace(second=0, microsecond=0, fold=0)
    reached = instant(wall.date(), wall.time(), zone)
    exists = reached.astimezone(zone).replace(tzinfo=None, fold=0) == wall
    near = any(abs(at - reached) <= timedelta(hours=3) for at, _ in changes(name))
    assert exists or near


@pytest.mark.parametrize(
    ("text", "clock"),
    [("9:00", time(9)), ("17:30", time(17, 30)), ("23:59", time(23, 59)), ("24:00", None), ("9", None), ("9:5", None)],
)
def test_clocks_are_read_strictly(text: str, clock: time | None) -> None:
    assert parse_clock(text) == clock


def test_times_are_said_as_the_timeline_says_them() -> None:
    zone = ZoneInfo("America/New_York")
    at = instant(date(2026, 11, 30), time(9), zone)
    assert (said_clock(time(9)), city(zone)) == ("9:00", "New York")
    assert said(at, zone, near=at) == "9:00"
    assert said(at, zone) == "9:00 on Monday, November 30"
