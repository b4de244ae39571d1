"""Sessions as blocks: the live ones in order, those of one day together (CONTENT 5.3), with what surrounds each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from smsbot.localtime import local_day
from smsbot.planner.facts import Facts, Session

ATTENDED = frozenset({"arrived", "done"})
DEAD = frozenset({"canceled", "no_show"})


@dataclass(frozen=True, slots=True)
class Block:
    """The sessions of one day: from the first start to the latest end. `number` counts live blocks from 1."""

    id: UUID
    name: str
    number: int
    day: date
    start: datetime
    planned_end: datetime
    end: datetime
    attended: bool
    arrived_at: datetime | None
    version: int
    known: datetime
    members: tuple[UUID, ...]


def blocks(facts: Facts) -> tuple[Block, ...]:
    """The live sessions of the present series, grouped by the patient's calendar day, in order."""
    zone = facts.patient.zone
    found = (one for one in facts.sessions if one.status not in DEAD and one.series in ("", facts.series))
    live = sorted(found, key=lambda one: (one.starts_at, one.id))
    days = groupby(live, key=lambda one: local_day(one.starts_at, zone))
    return tuple(_block(number, day, tuple(members)) for number, (day, members) in enumerate(days, 1))


def _block(number: int, day: date, members: tuple[Session, ...]) -> Block:
    first = members[0]
    return Block(
        id=first.id,
        name=str(first.id),
        number=number,
        day=day,
        start=first.starts_at,
        planned_end=max(_planned_end(one) for one in members),
        end=max(_end(one) for one in members),
        attended=all(one.status in ATTENDED for one in members),
        arrived_at=first.arrived_at,
        version=sum(one.version for one in members),
        known=max(one.changed_at or one.booked_at for one in members),
        members=tuple(one.id for one in members),
    )


def _planned_end(one: Session) -> datetime:
    return one.starts_at + timedelta(minutes=one.minutes)


def _end(one: Session) -> datetime:
    """E of CONTENT 5: when staff said done, else the planned end; never before the start."""
    return max(one.ended_at, one.starts_at) if one.ended_at else _planned_end(one)
