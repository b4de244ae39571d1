"""Who is on call when: a contact's weekly spans, which may pass midnight, and days away. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from smsbot.hours import DAYS

DAY = timedelta(days=1)
GRID = timedelta(minutes=30)
SPAN = re.compile(r"([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)\Z")


@dataclass(frozen=True)
class Rota:
    """`week` maps a weekday to spans such as "18:00-08:00" (its end may lie on the next day); empty means always.

    `away` are days off ("2026-12-25"): spans that begin on them are not covered. The clock is the clinic's.
    """

    week: Mapping[str, Sequence[str]]
    away: Sequence[str]
    zone: ZoneInfo

    def covers(self, at: datetime) -> bool:
        """Whether this person is on call at an instant."""
        local = at.astimezone(self.zone)
        if not self.week:
            return local.date().isoformat() not in self.away
        days = (local.date(), local.date() - DAY)
        return any(start <= at < end for day in days for start, end in self._spans(day))

    def edges(self, after: datetime, days: int = 8) -> list[datetime]:
        """The instants of the next days at which this person may come on call or go off, in order."""
        first = after.astimezone(self.zone).date() - DAY
        near = [first + step * DAY for step in range(days + 2)]
        if self.week:
            found = {at for day in near for span in self._spans(day) for at in span}
        else:
            away = [day for day in near if day.isoformat() in self.away]
            found = {self._at(day + step * DAY, "00:00") for day in away for step in (0, 1)}
        return sorted(at for at in found if at > after)

    def _spans(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        if day.isoformat() in self.away:
            return
        for text in self.week.get(DAYS[day.weekday()], ()):
            first, _, last = text.partition("-")
            ends_next_day = last == "24:00" or last <= first
            end = "00:00" if last == "24:00" else last
            yield self._at(day, first), self._at(day + DAY if ends_next_day else day, end)

    def _at(self, day: date, clock: str) -> datetime:
        return datetime.combine(day, time.fromisoformat(clock), tzinfo=self.zone).astimezone(UTC)


def read(stored: Mapping[str, Any], zone: ZoneInfo) -> Rota:
    """A rota as a contact's row keeps it: {"week": {...}, "away": [...]}; an empty one is always on call."""
    return Rota(stored.get("week", {}), stored.get("away", ()), zone)


def parse(spans: Sequence[str], away: Sequence[str]) -> dict[str, Any]:
    """What to store for spans like "mon-fri=18:00-08:00" and days like "2026-12-25"; ValueError says what is wrong."""
    week: dict[str, list[str]] = {}
    for text in spans:
        days, _, span = text.partition("=")
        first, _, last = days.strip().partition("-")
        span = span.strip()
        if first not in DAYS or (last or first) not in DAYS or not SPAN.match(span) or span[:5] == span[6:]:
            raise ValueError(f"Write a rota like mon-fri=18:00-08:00 or sat=00:00-24:00; days are {', '.join(DAYS)}.")
        for day in _from_to(first, last or first):
            week.setdefault(day, []).append(span)
    for day in away:
        _refuse_unless_date(day)
    return ({"week": week} if week else {}) | ({"away": sorted(away)} if away else {})


def _from_to(first: str, last: str) -> list[str]:
    """The weekdays of a stretch, which may pass Sunday: sat-mon."""
    start = DAYS.index(first)
    return [DAYS[(start + step) % 7] for step in range((DAYS.index(last) - start) % 7 + 1)]


def _refuse_unless_date(text: str) -> None:
    try:
        date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"'{text}' is not a date like 2026-12-25.") from None


def gaps(rotas: Sequence[Rota], start: datetime, days: int = 7) -> list[tuple[datetime, datetime]]:
    """When nobody is on call in the days from `start`, to the half hour."""
    found: list[tuple[datetime, datetime]] = []
    at, end = start.astimezone(UTC).replace(minute=0, second=0, microsecond=0), start + days * DAY
    while at < end:
        if not any(rota.covers(at) for rota in rotas):
            if found and found[-1][1] == at:
                found[-1] = (found[-1][0], at + GRID)
            else:
                found.append((at, at + GRID))
        at += GRID
    return found


def said(rota: Rota) -> str:
    """A rota in words: "around the clock", or its spans by day."""
    off = f", away {', '.join(rota.away)}" if rota.away else ""
    if not rota.week:
        return f"around the clock{off}"
    spans = [f"{day.capitalize()} {', '.join(rota.week[day])}" for day in DAYS if rota.week.get(day)]
    return "; ".join(spans) + off
