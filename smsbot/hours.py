"""A clinic's stated hours, from which every promise about when someone reads is computed (CONTENT.md 9.9). Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LOOK_AHEAD = 31


@dataclass(frozen=True)
class Hours:
    """Opening times by weekday ("mon": ["09:00-17:00"]), days closed ("2026-12-25"), in the clinic's zone.

    `now` is always UTC: two times of one zone would be compared by the wall, which is wrong when clocks change.
    """

    week: Mapping[str, Sequence[str]]
    closed: Sequence[str]
    zone: ZoneInfo

    def spans(self, day: date) -> list[tuple[datetime, datetime]]:
        """The open spans of a calendar day as local times, in order."""
        if day.isoformat() in self.closed:
            return []
        return sorted(self._span(day, text) for text in self.week.get(DAYS[day.weekday()], ()))

    def _span(self, day: date, text: str) -> tuple[datetime, datetime]:
        start, _, end = text.partition("-")
        return self._at(day, start), self._at(day, end)

    def _at(self, day: date, clock: str) -> datetime:
        return datetime.combine(day, time.fromisoformat(clock.strip()), tzinfo=self.zone)

    def is_open(self, now: datetime) -> bool:
        local = now.astimezone(self.zone)
        return any(start <= now < end for start, end in self.spans(local.date()))

    def opens_next(self, now: datetime) -> datetime | None:
        """The next opening at or after now, as a local time; None if none within a month."""
        local = now.astimezone(self.zone)
        for ahead in range(LOOK_AHEAD):
            for start, _ in self.spans(local.date() + timedelta(days=ahead)):
                if start >= now:
                    return start
        return None

    def reads_from(self, now: datetime) -> datetime | None:
        """When someone is there to read: now while open, else the next opening."""
        return now.astimezone(self.zone) if self.is_open(now) else self.opens_next(now)

    def closes(self, now: datetime) -> datetime | None:
        """The end of the span that is open now."""
        local = now.astimezone(self.zone)
        return next((end for start, end in self.spans(local.date()) if start <= now < end), None)

    def due(self, now: datetime, business_days: int = 0) -> datetime | None:
        """When a task is due: the end of the current or next open span, `business_days` open days later."""
        start = self.reads_from(now)
        for _ in range(business_days):
            if start is None:
                return None
            next_day = datetime.combine(start.date() + timedelta(days=1), time.min, tzinfo=self.zone)
            start = self.opens_next(next_day)
        if start is None:
            return None
        return self.closes(start.astimezone(UTC))


def faults(week: Mapping[str, object], closed: Sequence[object]) -> list[str]:
    """What is wrong with hours as typed, in plain words; empty when they are fit."""
    found = [f"'{day}' is not a weekday; use {', '.join(DAYS)}." for day in week if day not in DAYS]
    for day, spans in week.items():
        if not isinstance(spans, list):
            found.append(f"{day}: give a list of spans like 09:00-17:00.")
            continue
        found += [f"{day}: '{text}' is not a span like 09:00-17:00." for text in spans if not _is_span(text)]
    found += [f"'{day}' is not a date like 2026-12-25." for day in closed if not _is_date(day)]
    return found


def _is_span(text: object) -> bool:
    start, _, end = str(text).partition("-")
    try:
        return time.fromisoformat(start.strip()) < time.fromisoformat(end.strip())
    except ValueError:
        return False


def _is_date(text: object) -> bool:
    try:
        return bool(date.fromisoformat(str(text)))
    except ValueError:
        return False
