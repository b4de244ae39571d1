"""The story of a series in plain text: who joins when, the sessions, what the patient and the clinic do. Pure.

    # Two close sessions; the second is moved, then the patient leaves.
    protocol   induction
    patient    Ana, en, America/New_York, echo on
    clinic     mon-fri 09:00-17:00
    joins      2026-11-23 09:30
    sessions   2026-11-30 10:00, 2026-12-03 10:00 for 60 minutes
    attends    all
    replies    always
    on         landing: 3
    on         preferences.pace: 1
    on         mood: silent
    at         2026-12-01 12:00 clinic: move 2 to 2026-12-04 10:00
    at         2026-12-02 21:30 patient: CALL
    on         call: busy
    on         call: 1; 1; 1; speaks 20; 1
    at         2026-12-04 12:00 phone: 1; "I'd like to talk"; hangs up
    at         2026-12-05 15:00 patient: STOP
    at         2026-12-06 09:00 worker: down until 2026-12-06 14:00
    until      2026-12-12 00:00

All times are the patient's wall times. `replies` is always or never; `on flow: a; b` are the answers to that flow's
questions in their order, `on flow.step: a` the answer to one of them; `silent` leaves it open. A second line about the
same flow or step is for its next time, and the last one holds from then on. `phone` is a call to the line, `on call`
what becomes of the next call of ours: busy, silent or machine, else it is answered. The steps of a call are keys,
"words", speaks N (seconds, then the pound key), speaks N, hangs up, nothing (a silence) and hangs up; what is recorded
after speaks N "words" is understood by the machine so, and without words not at all. Staff mark every session done
five minutes after its planned end unless it says `attends none`. The clinic can: arrived N, done N, no-show N, cancel
N by clinic|patient|medical, move N to TIME, add TIME, zone NAME.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HEAD = re.compile(r"([a-z]+)\s+(.+)\Z")
AT = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d) (patient|phone|clinic|worker): (.+)\Z")
ON = re.compile(r"([a-z0-9_]+(?:\.[a-z0-9_]+)?): (.+)\Z")
SESSIONS = re.compile(r"(.+?)(?: for (\d+) minutes)?\Z")
CLINIC = re.compile(r"([a-z]{3})-([a-z]{3}) (\d\d:\d\d-\d\d:\d\d)\Z")
SILENT = "silent"
CALL = "call"
STEP = re.compile(r'[0-9*#]+|"[^"]+"|speaks \d+(?: "[^"]+")?(?:, hangs up)?|nothing|hangs up')
OUTCOMES = ("busy", "machine", SILENT)


class NotAStory(ValueError):
    """A line that cannot be read; says which and why."""


@dataclass(frozen=True)
class Act:
    """Something that happens at a wall time: a text, a click of the clinic, the worker going down."""

    at: datetime
    who: str
    what: str


@dataclass(frozen=True)
class Story:
    """Wall times are naive: they are the patient's. `answers` by flow or by flow.step, one row for each time."""

    title: str = ""
    protocol: str = "induction"
    name: str = "Ana"
    language: str = "en"
    zone: str = "America/New_York"
    echo: bool = True
    open_days: tuple[str, ...] = DAYS[:5]
    open_hours: str = "09:00-17:00"
    joins: datetime = datetime(2026, 11, 23, 9, 30)  # noqa: DTZ001  # a wall time
    sessions: tuple[datetime, ...] = ()
    minutes: int = 60
    attends: bool = True
    replies: bool = True
    answers: dict[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    acts: tuple[Act, ...] = ()
    until: datetime | None = None
    source: tuple[str, ...] = ()


def parse(text: str) -> Story:
    """Reads a story. Raises NotAStory with the number of the line at fault."""
    values: dict[str, object] = {"answers": {}, "acts": (), "source": tuple(text.strip().splitlines())}
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("#"):
            values.setdefault("title", line.lstrip("# ").strip())
        elif line.strip():
            match = HEAD.match(line.strip())
            if match is None or match[1] not in HEADS:
                raise NotAStory(f"line {number}: begin with one of {', '.join(HEADS)}.")
            try:
                HEADS[match[1]](values, match[2])
            except (ValueError, KeyError) as error:
                raise NotAStory(f"line {number}: {match[1]}: cannot read '{match[2]}' ({error}).") from None
    return Story(**values)  # type: ignore[arg-type]  # every reader sets its own field


def wall(text: str) -> datetime:
    """A wall time such as 2026-12-01 12:00."""
    return datetime.strptime(text.strip(), "%Y-%m-%d %H:%M")  # noqa: DTZ007  # a wall time


def steps(text: str) -> tuple[str, ...]:
    """The steps of a call; ValueError for one that nobody can do on a phone."""
    found = tuple(part.strip() for part in text.split(";"))
    if not all(STEP.fullmatch(step) for step in found):
        raise ValueError('a call takes keys, "words", speaks 20, nothing, hangs up')
    return found


def _patient(values: dict[str, object], text: str) -> None:
    name, language, zone, echo = (part.strip() for part in text.split(","))
    values |= {"name": name, "language": language, "zone": zone, "echo": echo == "echo on"}


def _clinic(values: dict[str, object], text: str) -> None:
    match = CLINIC.match(text.removeprefix("open ").strip())
    if match is None:
        raise ValueError("write mon-fri 09:00-17:00")
    first, last = DAYS.index(match[1]), DAYS.index(match[2])
    values |= {"open_days": DAYS[first : last + 1], "open_hours": match[3]}


def _sessions(values: dict[str, object], text: str) -> None:
    match = SESSIONS.match(text)
    times, minutes = (match[1], match[2]) if match else (text, None)
    values["sessions"] = tuple(wall(one) for one in times.split(","))
    values["minutes"] = int(minutes or 60)


def _on(values: dict[str, object], text: str) -> None:
    match = ON.match(text)
    if match is None:
        raise ValueError("write flow: answer; answer")
    answers = values["answers"]
    assert isinstance(answers, dict)
    row = tuple(part.strip() for part in match[2].split(";"))
    if match[1] == CALL and row[0] not in OUTCOMES:
        steps(match[2])
    answers[match[1]] = (*answers.get(match[1], ()), row)


def _at(values: dict[str, object], text: str) -> None:
    match = AT.match(text)
    if match is None:
        raise ValueError("write 2026-12-01 12:00 patient: a text")
    if match[2] == "phone":
        steps(match[3])
    acts = values["acts"]
    assert isinstance(acts, tuple)
    values["acts"] = (*acts, Act(wall(match[1]), match[2], match[3].strip()))


def _one(name: str, read: Callable[[str], object]) -> Callable[[dict[str, object], str], None]:
    def take(values: dict[str, object], text: str) -> None:
        values[name] = read(text.strip())

    return take


def _either(yes: str, no: str) -> Callable[[str], bool]:
    def read(text: str) -> bool:
        return {yes: True, no: False}[text]

    return read


HEADS: dict[str, Callable[[dict[str, object], str], None]] = {
    "protocol": _one("protocol", str),
    "patient": _patient,
    "clinic": _clinic,
    "joins": _one("joins", wall),
    "sessions": _sessions,
    "attends": _one("attends", _either("all", "none")),
    "replies": _one("replies", _either("always", "never")),
    "on": _on,
    "at": _at,
    "until": _one("until", wall),
}
