"""A small cast and a workbench for the timing tests: Ana's sessions, her facts, a plan printed as she would see it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from smsbot.localtime import instant, local_clock, local_day
from smsbot.planner import Clinic, Facts, Past, Patient, PlannedTouch, Session, plan
from smsbot.protocol import Protocol, parse
from smsbot.tree import Faults, read
from tests.content_support import shipped

NEW_YORK = ZoneInfo("America/New_York")
MONDAY = date(2026, 11, 30)  # D, the day of session 1
MON_THU = (0, 3, 7, 10, 14, 17)


def parsed(text: str, name: str = "tried") -> Protocol:
    """A protocol from its text; faults fail the test."""
    faults = Faults()
    node = read(text, f"{name}.yaml", faults)
    assert node is not None, faults.found
    protocol = parse(node, name, faults)
    assert not faults.found, [str(fault) for fault in faults.found]
    return protocol


def load(name: str) -> Protocol:
    """A protocol as shipped."""
    return shipped().protocols[name]


def wall(day: int | date, clock: str, zone: ZoneInfo = NEW_YORK) -> datetime:
    """The instant of a wall time, days counted from D."""
    on = day if isinstance(day, date) else MONDAY + timedelta(days=day)
    hour, minute = clock.split(":")
    return instant(on, time(int(hour), int(minute)), zone)


def session(number: int, day: int, clock: str = "10:00", zone: ZoneInfo = NEW_YORK, **changed: object) -> Session:
    """Session `number` on a day counted from D; booked two weeks before."""
    made = Session(UUID(int=number), wall(day, clock, zone), 60, wall(-14, "12:00", zone))
    return replace(made, **changed)  # type: ignore[arg-type]


def series(days: tuple[int, ...] = MON_THU, clock: str = "10:00", zone: ZoneInfo = NEW_YORK) -> tuple[Session, ...]:
    """Sessions on these days."""
    return tuple(session(number, day, clock, zone) for number, day in enumerate(days, 1))


def ana(**changed: object) -> Patient:
    """Ana joined a week before session 1, is in New York, likes the afternoon and chose the full pace."""
    made = Patient(
        zone=NEW_YORK, invited_at=wall(-7, "9:30"), joined_at=wall(-7, "12:00"), chosen_pace="full", settings={}
    )
    return replace(made, **changed)  # type: ignore[arg-type]


def facts(
    sessions: tuple[Session, ...] | None = None,
    patient: Patient | None = None,
    past: tuple[Past, ...] = (),
    **more: object,
) -> Facts:
    """Ana's facts; the welcome has gone out."""
    base = Facts(patient or ana(), series() if sessions is None else sessions, (WELCOME, *past), clinic=Clinic())
    return replace(base, **more)  # type: ignore[arg-type]


WELCOME = Past("enrollment:welcome", "welcome", "welcome", "answered", wall(-7, "9:30"), 1, sent_at=wall(-7, "9:30"))


def sent(
    rule: str, number: int | None, at: datetime, state: str = "answered", codes: tuple[str, ...] = (), **more: object
) -> Past:
    """A touch that went out."""
    key = f"{UUID(int=number)}:{rule}" if number else f"series:{rule}"
    made = Past(key, rule, rule, state, at, 3, session_id=UUID(int=number) if number else None, sent_at=at)
    closed = at + timedelta(minutes=5) if state == "answered" else at + timedelta(hours=20)
    made = replace(made, codes=frozenset(codes), closed_at=closed, answered_at=closed if state == "answered" else None)
    return replace(made, **more)  # type: ignore[arg-type]


def when(touch: PlannedTouch, zone: ZoneInfo = NEW_YORK) -> str:
    """A due time as D+3 16:00."""
    days = (local_day(touch.due_at, zone) - MONDAY).days
    return f"D{days:+d} {local_clock(touch.due_at, zone):%H:%M}"


def planned(protocol: Protocol, given: Facts, now: datetime | None = None) -> list[PlannedTouch]:
    """The touches that will go to the patient by themselves."""
    touches = plan(protocol, given, now or datetime(2026, 1, 1, tzinfo=UTC))
    return [one for one in touches if one.state == "planned" and one.kind != "task" and not hosted(one)]


def hosted(touch: PlannedTouch) -> bool:
    """Whether it is asked in another conversation only."""
    return touch.inside is not None and not touch.counts


def lines(touches: list[PlannedTouch], zone: ZoneInfo = NEW_YORK) -> list[str]:
    """The timeline: time, rule, session."""
    return [
        f"{when(one, zone)} {one.rule}" + (f" {one.session_number}" if one.session_number else "") for one in touches
    ]
