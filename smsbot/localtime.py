"""Zone arithmetic: hours move the clock, days move the calendar, and only UTC instants are compared or subtracted."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)\Z")
DAY = timedelta(days=1)
# A plan asks for the same few hundred times of day again and again, and so do the plans of patients in one zone.
REMEMBERED = 32_768


def parse_clock(text: str) -> time | None:
    """The time of day written as 9:00 or 17:30, or None."""
    match = CLOCK.match(text.strip())
    return time(int(match[1]), int(match[2])) if match else None


@lru_cache(maxsize=REMEMBERED)
def instant(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The UTC instant of a wall time: one in a gap moves forward (02:30 becomes 03:30), of two the first counts.

    `fold=0` does both: in a gap zoneinfo then uses the offset from before it (RELIABILITY 4, RULINGS 33).
    """
    return datetime(day.year, day.month, day.day, clock.hour, clock.minute, tzinfo=zone).astimezone(UTC)


@lru_cache(maxsize=REMEMBERED)
def local_day(at: datetime, zone: ZoneInfo) -> date:
    """The calendar day of an instant in a zone."""
    return at.astimezone(zone).date()


def local_clock(at: datetime, zone: ZoneInfo) -> time:
    """The time of day of an instant in a zone, to the minute."""
    local = at.astimezone(zone)
    return time(local.hour, local.minute)


def shift(at: datetime, days: int, minutes: int, clock: time | None, zone: ZoneInfo) -> datetime:
    """An instant moved by calendar days (keeping the wall time, or taking `clock`) and then by minutes of real time."""
    if days or clock is not None:
        at = instant(local_day(at, zone) + days * DAY, clock or local_clock(at, zone), zone)
    return at + timedelta(minutes=minutes)


def city(zone: ZoneInfo) -> str:
    """The place a zone is named after, as people say it: New York."""
    return zone.key.rsplit("/", 1)[-1].replace("_", " ")


def said_clock(clock: time) -> str:
    """A time of day as DESIGN 8 writes it: 9:00, 16:00."""
    return f"{clock.hour}:{clock.minute:02}"


def said(at: datetime, zone: ZoneInfo, near: datetime | None = None) -> str:
    """An instant in a zone as 16:00, with its weekday and date when that day is not the one of `near`."""
    local = at.astimezone(zone)
    clock = f"{local.hour}:{local.minute:02}"
    if near is not None and local_day(near, zone) == local.date():
        return clock
    return f"{clock} on {local:%A, %B} {local.day}"
