"""Heartbeats and the sandbox's clock offset."""

from datetime import datetime, timedelta

from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import Session, col, select

from smsbot.models import ClockOffset, Heartbeat
from smsbot.store.statement import Statement

_OFFSET = Statement(select(col(ClockOffset.seconds)).where(col(ClockOffset.id) == 1))


def beat(db: Session, process: str, kind: str, at: datetime, alarm: str | None = None) -> None:
    """Note that a process is alive (machine time) and what is wrong with it, if anything."""
    make = sqlite_insert if db.get_bind().dialect.name == "sqlite" else postgres_insert
    sign = {"kind": kind, "at": at, "alarm": alarm}
    added = make(Heartbeat).values(process=process, **sign)
    db.execute(added.on_conflict_do_update(index_elements=["process"], set_=sign))


def alive(db: Session, kinds: tuple[str, ...], machine: datetime, within: timedelta = timedelta(seconds=60)) -> bool:
    """Whether any process of these kinds gave a sign of life lately."""
    recent = select(Heartbeat).where(col(Heartbeat.kind).in_(kinds), col(Heartbeat.at) > machine - within)
    return db.exec(recent.limit(1)).first() is not None


def heartbeats(db: Session) -> list[Heartbeat]:
    return list(db.exec(select(Heartbeat).order_by(col(Heartbeat.process))).all())


def offset(db: Session) -> timedelta:
    """How far care time runs ahead of machine time."""
    row = _OFFSET.first(db, {})
    return timedelta(seconds=row.seconds if row else 0.0)


def move(db: Session, by: timedelta) -> timedelta:
    """Move care time forward and return the new offset; it never runs backward."""
    if by < timedelta(0):
        raise ValueError("care time only moves forward")
    row = db.get(ClockOffset, 1) or ClockOffset(id=1)
    row.seconds += by.total_seconds()
    db.add(row)
    db.flush()
    return timedelta(seconds=row.seconds)
