"""Due rows of every kind are found and claimed here, across clinics, and only ids leave (RULINGS 42, 43).

A row is due when its `due_at` (care time) has come and nobody holds a live lease on it (machine time). Final states
have no `due_at`, so waiting rows cost nothing but their place in the index. A claim raises the fence: whoever writes
the outcome must still hold that number.
"""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, ColumnElement, and_, bindparam, func, or_, select, update
from sqlmodel import Session, SQLModel

from smsbot.models import Alert, Call, Conversation, Message, Patient, Touch, VoiceNote
from smsbot.store.statement import Statement

LEASE = timedelta(seconds=30)


@dataclass(frozen=True)
class Claim:
    """A leased row: its clinic, its id and the fence number that the outcome must carry."""

    clinic_id: uuid.UUID
    id: uuid.UUID
    fence: int


@dataclass(frozen=True)
class Kind:
    """A table of due rows and the column that says when."""

    table: Any
    due: Any


def _kind(model: type[SQLModel], due: str) -> Kind:
    table = model.__table__  # type: ignore[attr-defined]
    return Kind(table, table.c[due])


TOUCHES = _kind(Touch, "due_at")
CONVERSATIONS = _kind(Conversation, "due_at")
ALERTS = _kind(Alert, "due_at")
MESSAGES = _kind(Message, "due_at")
CHECKS = _kind(Message, "check_at")
CALLS = _kind(Call, "due_at")
VOICE_NOTES = _kind(VoiceNote, "due_at")


def _open(kind: Kind, now: datetime, machine: datetime) -> ColumnElement[bool]:
    lease: Column[Any] = kind.table.c.lease_until
    return and_(kind.due <= now, or_(lease.is_(None), lease < machine))


def claim(
    db: Session,
    kind: Kind,
    now: datetime,
    machine: datetime,
    *,
    limit: int = 100,
    lease: timedelta = LEASE,
    where: ColumnElement[bool] | None = None,
) -> list[Claim]:
    """Lease up to `limit` due rows, oldest first; other claimers skip them (SKIP LOCKED, or SQLite's one writer)."""
    table = kind.table
    wanted = select(table.c.id).where(_open(kind, now, machine)).order_by(kind.due).limit(limit)
    if where is not None:
        wanted = wanted.where(where)
    ids = db.execute(wanted.with_for_update(skip_locked=True)).scalars().all()
    if not ids:
        return []
    taken = (
        update(table)
        .where(table.c.id.in_(ids))
        .values(lease_until=machine + lease, fence=table.c.fence + 1)
        .returning(table.c.clinic_id, table.c.id, table.c.fence)
    )
    claims = {row.id: Claim(row.clinic_id, row.id, row.fence) for row in db.execute(taken)}
    return [claims[row_id] for row_id in ids]


def is_due(db: Session, kind: Kind, now: datetime, machine: datetime) -> bool:
    """Whether anything of this kind is due: one index probe however many rows are waiting."""
    return db.execute(select(kind.table.c.id).where(_open(kind, now, machine)).limit(1)).first() is not None


def next_due(db: Session, kind: Kind, after: datetime) -> datetime | None:
    """The earliest instant of this kind after a care time, for "to the next touch" in the sandbox."""
    at: datetime | None = db.execute(select(func.min(kind.due)).where(kind.due > after)).scalar()
    return at


_OWNER = {
    kind.table.name: Statement(
        select(kind.table.c.id, kind.table.c.patient_id).where(kind.table.c.id.in_(bindparam("rows", expanding=True)))
    )
    for kind in (TOUCHES, CONVERSATIONS)
}
_PATIENT = Patient.__table__  # type: ignore[attr-defined]
_FREE = Statement(
    select(_PATIENT.c.id)
    .where(_PATIENT.c.id.in_(bindparam("rows", expanding=True)))
    .order_by(_PATIENT.c.id)
    .with_for_update(skip_locked=True)
)


def patient_of(db: Session, kind: Kind, row_id: uuid.UUID) -> uuid.UUID:
    """Whose touch or conversation this is: their row is locked before it is looked at."""
    return patients_of(db, kind, [row_id])[row_id]


def patients_of(db: Session, kind: Kind, row_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """The patient of each of these touches or conversations."""
    return {row.id: row.patient_id for row in _OWNER[kind.table.name].rows(db, {"rows": row_ids})} if row_ids else {}


def lock_free(db: Session, patient_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Lock those of these patients whom nobody else is busy with; the others are left out.

    Whoever holds due rows must not wait for a patient: an inbound text that holds the patient may wait for the rows.
    """
    return {row.id for row in _FREE.rows(db, {"rows": list(patient_ids)})} if patient_ids else set()


def let_go(db: Session, kind: Kind, claim: Claim, at: datetime) -> None:
    """Give a claimed row back until then (care time) without looking into it, unless somebody else holds it by now."""
    mine = update(kind.table).where(kind.table.c.id == claim.id, kind.table.c.fence == claim.fence)
    db.execute(mine.values({kind.due.name: at, "lease_until": None}))


def put_off(db: Session, kind: Kind, claims: Sequence[Claim], until: datetime) -> None:
    """Leave claimed rows for somebody else from `until` (machine time) on."""
    if claims:
        ids = [claim.id for claim in claims]
        db.execute(update(kind.table).where(kind.table.c.id.in_(ids)).values(lease_until=until))
