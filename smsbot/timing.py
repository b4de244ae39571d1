"""The small language of timing rules: offsets from an anchor, times of day, conditions, which sessions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from smsbot.localtime import parse_clock

UNITS = {"minute": (0, 1), "hour": (0, 60), "day": (1, 0), "week": (7, 0)}
SPAN = re.compile(r"(\d{1,4}) (minute|hour|day|week)s?\Z")
WHEN = re.compile(
    r"(?:(?P<span>\d{1,4} (?:minute|hour|day|week)s?) (?P<side>before|after) |(?P<same>same day as|at) )"
    r"(?P<anchor>[a-z][a-z_]*(?: [a-z_]+)?)(?:, at (?P<clock>[\d:]+|preferred time))?\Z"
)
SPAN_OF_DAY = re.compile(r"([\d:]+) ?- ?([\d:]+)\Z")
ANCHORS = frozenset(
    {"start", "end", "planned_end", "arrived", "enrollment", "invitation", "due", "change"}
    | {f"{which}_{side}" for which in ("first", "last") for side in ("start", "end")}
)


class NotUnderstood(ValueError):
    """A clause that is not in the language; the message says what it may look like."""


@dataclass(frozen=True, slots=True)
class When:
    """A point in time relative to an anchor: `days` move the calendar, `minutes` the clock, then `clock` sets the time.

    `preferred` takes the patient's own time of day in place of `clock`.
    """

    anchor: str
    days: int = 0
    minutes: int = 0
    clock: time | None = None
    preferred: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """One fact a rule may ask about: `kind` names the test, `subject`, `value` and `days` are its arguments."""

    kind: str
    subject: str = ""
    value: str = ""
    days: int = 0
    clock: time | None = None
    wanted: bool = True
    text: str = ""


@dataclass(frozen=True, slots=True)
class Which:
    """Which sessions a rule is for; weeks count from the first session (1-based, both ends included)."""

    kind: str
    number: int = 0
    from_week: int = 0
    to_week: int = 9999
    mark: str = ""


def span(text: str) -> tuple[int, int]:
    """A length of time as (calendar days, minutes): '3 hours' is (0, 180), '2 weeks' is (14, 0)."""
    match = SPAN.match(text.strip())
    if not match:
        raise NotUnderstood(f"'{text}' is not a length of time such as '3 hours' or '2 days'")
    days, minutes = UNITS[match[2]]
    return int(match[1]) * days, int(match[1]) * minutes


def minutes_of(text: str) -> int:
    """A length of time in minutes of the clock; days count 24 hours."""
    days, minutes = span(text)
    return days * 1440 + minutes


def when(text: str, marks: frozenset[str] = frozenset()) -> When:
    """Reads '2 days before start, at preferred time', '3 hours after end', 'same day as start, at 17:30'."""
    match = WHEN.match(text.strip())
    if not match:
        raise NotUnderstood(f"'{text}' is not a time such as '2 days before start, at preferred time'")
    anchor = match["anchor"].replace(" ", "_")
    if anchor not in ANCHORS | marks:
        raise NotUnderstood(
            f"'{match['anchor']}' is not known here; a time hangs on one of {', '.join(sorted(ANCHORS))}"
        )
    days, minutes = span(match["span"]) if match["span"] else (0, 0)
    sign = -1 if match["side"] == "before" else 1
    preferred = match["clock"] == "preferred time"
    clock = None if preferred or not match["clock"] else clock_of(match["clock"])
    if (clock or preferred) and minutes:
        raise NotUnderstood(f"'{text}' moves the clock by hours and then sets it; use days with ', at'")
    return When(
        "mark" if anchor in marks or anchor == "change" else anchor,
        sign * days,
        sign * minutes,
        clock,
        preferred,
        text.strip(),
    )


def clock_of(text: str) -> time:
    """A time of day such as 9:00 or 17:30."""
    clock = parse_clock(text)
    if clock is None:
        raise NotUnderstood(f"'{text}' is not a time of day such as 9:00 or 17:30")
    return clock


def span_of_day(text: str) -> tuple[time, time]:
    """Two times of day such as 15:00-19:30, the first before the second."""
    match = SPAN_OF_DAY.match(text.strip())
    if not match:
        raise NotUnderstood(f"'{text}' is not a part of the day such as 15:00-19:30")
    first, last = clock_of(match[1]), clock_of(match[2])
    if first >= last:
        raise NotUnderstood(f"'{text}' ends before it begins")
    return first, last


CONDITIONS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("near", re.compile(r"(?P<subject>next|previous|another) session within (?P<days>\d+) days?\Z")),
    ("free_week", re.compile(r"no session that week\Z")),
    ("exists", re.compile(r"(?P<subject>next|previous) session\Z")),
    ("start_before", re.compile(r"start before (?P<clock>[\d:]+)\Z")),
    ("prefers_before", re.compile(r"preferred before (?P<clock>[\d:]+)\Z")),
    ("soon", re.compile(r"start within (?P<days>\d+) hours?\Z")),
    ("attended", re.compile(r"attended\Z")),
    ("arrived", re.compile(r"arrived\Z")),
    ("setting", re.compile(r"patient (?P<subject>[a-z_]+) is (?P<value>[a-z_]+)\Z")),
    ("next_morning", re.compile(r"(?P<subject>[a-z_]+) next morning\Z")),
    ("answered", re.compile(r"(?P<subject>[a-z_]+) answered\Z")),
    ("sent", re.compile(r"(?P<subject>[a-z_]+) sent\Z")),
    ("was", re.compile(r"(?P<subject>[a-z_]+) was (?P<value>[a-z_]+)\Z")),
)
ABOUT_RULES = frozenset({"next_morning", "answered", "sent", "was"})


def condition(text: str) -> Condition:
    """Reads a condition such as 'next session within 3 days', 'landing was rough' or 'not reflection answered'."""
    plain = text.strip()
    wanted = not plain.startswith("not ")
    for kind, pattern in CONDITIONS:
        match = pattern.match(plain if wanted else plain[4:])
        if match:
            found = match.groupdict()
            clock = clock_of(found["clock"]) if "clock" in found else None
            subject, value = found.get("subject", ""), found.get("value", "")
            return Condition(kind, subject, value, int(found.get("days", 0)), clock, wanted, plain)
    raise NotUnderstood(f"'{text}' is not a condition such as 'next session within 3 days' or 'landing was rough'")


WEEKS = re.compile(r"(?P<which>.+?)(?: in weeks? (?P<first>\d+)(?:-(?P<last>\d+))?| from week (?P<onward>\d+))?\Z")
WHICH = {
    "each session": "each",
    "first session": "first",
    "later sessions": "later",
    "last session": "last",
    "second session of the week": "second",
    "first session of the week": "opening",
    "series": "series",
    "end of series": "finish",
    "invitation": "invitation",
    "enrollment": "enrollment",
    "moved session": "moved",
    "canceled session": "canceled",
    "session canceled for medical reasons": "medical",
    "missed session": "missed",
}


def which(text: str, marks: frozenset[str] = frozenset()) -> Which:
    """Reads 'each session', 'session 3', 'second session of the week in weeks 1-4', 'series', 'plan_made'."""
    match = WEEKS.match(text.strip())
    name = match["which"] if match else text
    first, last = 0, 9999
    if match and match["first"]:
        first, last = int(match["first"]), int(match["last"] or match["first"])
    elif match and match["onward"]:
        first = int(match["onward"])
    numbered = re.match(r"session (\d+)\Z", name)
    if numbered:
        return Which("number", int(numbered[1]), first, last)
    if name in WHICH:
        return Which(WHICH[name], 0, first, last)
    if name in marks:
        return Which("mark", 0, first, last, name)
    raise NotUnderstood(f"'{text}' says no sessions; it may be 'each session', 'session 3', 'series', 'enrollment'")
