"""Statements of the outbox: claim a sender's due messages, arm them, record what became of them, file receipts.

Time: `due_at` and `send_by` are care time; leases, attempts, receipts and checks are machine time (RULINGS 41).
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, or_, select, update
from sqlmodel import Session, col

from smsbot.models import (
    CarrierSender,
    Inbound,
    Message,
    MessageState,
    Patient,
    Suppression,
    Task,
    TaskState,
)
from smsbot.store.due import LEASE
from smsbot.vault import ClinicKeys

MESSAGE = Message.__table__  # type: ignore[attr-defined]
SENDER = CarrierSender.__table__  # type: ignore[attr-defined]
# Made once: an alias of a table costs more than the query it is for.
ANY, OLDER = MESSAGE.alias("m"), MESSAGE.alias("older")
WAITING = (MessageState.READY, MessageState.CLAIMED)
# How a text came to us that was missed for hours (Inbound.via).
MISSED = "missed"

# RULINGS 28: a patient's next message follows on "sent", or this long after acceptance; an unclear one is not waited
# for longer than its first look-up takes.
AFTER_ACCEPTED = timedelta(seconds=3)
AFTER_UNKNOWN = timedelta(seconds=20)
# A patient's texts in flight are among their newest; looking further back would read their whole history.
LOOK_BACK = 16


@dataclass(frozen=True)
class Claimed:
    """A leased message: whoever writes its outcome must still hold `fence`."""

    clinic_id: uuid.UUID
    id: uuid.UUID
    fence: int
    segments: int
    priority: int


def lock_sender(db: Session, number: str) -> CarrierSender | None:
    """A sender's row, locked: claims of one sender come one after another, whoever makes them."""
    wanted = select(CarrierSender).where(col(CarrierSender.number) == number).with_for_update()
    return db.execute(wanted.execution_options(populate_existing=True)).scalars().first()


def add_sender(db: Session, number: str, clinic_id: uuid.UUID, machine: datetime) -> CarrierSender:
    """A row for a sender that has none yet, with the carrier's slowest rate."""
    row = CarrierSender(number=number, clinic_id=clinic_id, refilled_at=machine)
    db.add(row)
    db.flush()
    return row


def senders_due(db: Session, now: datetime, machine: datetime) -> list[str]:
    """The senders that have something they may send: one index probe each, whatever lies waiting.

    A parked sender has only crisis lines to send, and those always go.
    """
    waiting = exists().where(
        ANY.c.sender == SENDER.c.number,
        ANY.c.due_at <= now,
        or_(ANY.c.lease_until.is_(None), ANY.c.lease_until < machine),
        or_(SENDER.c.parked_until.is_(None), SENDER.c.parked_until <= machine, ANY.c.priority == 0),
    )
    return list(db.execute(select(SENDER.c.number).where(waiting).order_by(SENDER.c.number)).scalars())


def repair_due(db: Session, machine: datetime) -> bool:
    """Whether any sender's inbound texts are due to be compared with the carrier's list."""
    due = or_(SENDER.c.repair_at.is_(None), SENDER.c.repair_at <= machine)
    return db.execute(select(SENDER.c.number).where(due).limit(1)).first() is not None


def candidates(
    db: Session, sender: str, now: datetime, machine: datetime, limit: int, lowest: int = 8
) -> list[Claimed]:
    """The sender's due messages that may go next, locked: by class, then deadline, then age, one for each patient.

    Classes below `lowest` (a higher number) are left out.
    """
    wanted = (
        select(MESSAGE.c.clinic_id, MESSAGE.c.id, MESSAGE.c.fence, MESSAGE.c.segments, MESSAGE.c.priority)
        .where(
            MESSAGE.c.sender == sender,
            MESSAGE.c.due_at <= now,
            MESSAGE.c.state.in_(WAITING),
            MESSAGE.c.priority <= lowest,
            or_(MESSAGE.c.lease_until.is_(None), MESSAGE.c.lease_until < machine),
            or_(MESSAGE.c.priority == 0, MESSAGE.c.patient_id.is_(None), ~_older_unsent(now, machine)),
        )
        .order_by(MESSAGE.c.priority, MESSAGE.c.send_by.nulls_last(), MESSAGE.c.due_at, MESSAGE.c.seq)
        .limit(limit)
    )
    rows = db.execute(wanted.with_for_update(skip_locked=True, of=MESSAGE))
    return [Claimed(row.clinic_id, row.id, row.fence, row.segments, row.priority) for row in rows]


def _older_unsent(now: datetime, machine: datetime) -> ColumnElement[bool]:
    """Whether the same patient has an older message that must leave first."""
    in_answer = and_(OLDER.c.via == "answer", OLDER.c.attempted_at <= machine - AFTER_ACCEPTED)
    return exists().where(
        OLDER.c.patient_id == MESSAGE.c.patient_id,
        OLDER.c.seq < MESSAGE.c.seq,
        OLDER.c.seq >= MESSAGE.c.seq - LOOK_BACK,
        or_(
            and_(OLDER.c.state.in_(WAITING), OLDER.c.due_at <= now),
            and_(OLDER.c.state == MessageState.SENDING, ~in_answer),
            and_(OLDER.c.state == MessageState.ACCEPTED, OLDER.c.accepted_at > machine - AFTER_ACCEPTED),
            and_(OLDER.c.state == MessageState.UNKNOWN, OLDER.c.attempted_at > machine - AFTER_UNKNOWN),
        ),
    )


def lease(db: Session, chosen: Sequence[Claimed], machine: datetime) -> list[Claimed]:
    """Mark messages as claimed for 30 seconds and raise their fences."""
    if not chosen:
        return []
    db.execute(
        update(MESSAGE)
        .where(MESSAGE.c.id.in_([each.id for each in chosen]))
        .values(state=MessageState.CLAIMED, lease_until=machine + LEASE, fence=MESSAGE.c.fence + 1)
    )
    return [Claimed(each.clinic_id, each.id, each.fence + 1, each.segments, each.priority) for each in chosen]


def still_claimed(db: Session, claims: Iterable[Claimed]) -> list[Message]:
    """The claimed messages whose fence is still ours, locked, in the order they were claimed."""
    fences = {each.id: each.fence for each in claims}
    wanted = select(Message).where(col(Message.id).in_(fences), col(Message.state) == MessageState.CLAIMED)
    rows = db.execute(wanted.with_for_update().execution_options(populate_existing=True)).scalars()
    held = {row.id: row for row in rows if row.fence == fences[row.id]}
    return [held[each] for each in fences if each in held]


def patients_of(db: Session, rows: Sequence[Message]) -> dict[uuid.UUID, Patient]:
    """The patients these messages go to."""
    ids = {row.patient_id for row in rows if row.patient_id is not None}
    found = db.execute(select(Patient).where(col(Patient.id).in_(ids))).scalars() if ids else ()
    return {patient.id: patient for patient in found}


def missed(db: Session, rows: Sequence[Message]) -> set[uuid.UUID]:
    """Which of the texts that these messages answer were missed for hours before they reached us."""
    ids = {row.inbound_id for row in rows if row.inbound_id is not None}
    wanted = select(col(Inbound.id)).where(col(Inbound.id).in_(ids), col(Inbound.via) == MISSED)
    return set(db.execute(wanted).scalars()) if ids else set()


def suppressed(db: Session, keys: ClinicKeys, indexes: Iterable[bytes]) -> set[bytes]:
    """Which of these numbers carry a standing do-not-text mark."""
    wanted = select(col(Suppression.phone_index)).where(
        col(Suppression.clinic_id) == keys.clinic_id,
        col(Suppression.phone_index).in_(list(indexes)),
        col(Suppression.lifted_at).is_(None),
    )
    return set(db.execute(wanted).scalars())


def mark_sending(db: Session, ids: Sequence[uuid.UUID], machine: datetime) -> None:
    """The last write before the carrier is asked: from here on, what becomes of these is unclear until told."""
    if not ids:
        return
    db.execute(
        update(MESSAGE)
        .where(MESSAGE.c.id.in_(ids))
        .values(
            state=MessageState.SENDING,
            attempted_at=machine,
            attempts=MESSAGE.c.attempts + 1,
            looks=0,
            checks=0,
            lease_until=machine + LEASE,
            check_at=machine + LEASE,
            due_at=None,
            via="rest",
            reason=None,
        )
    )


def mark_accepted(db: Session, sids: dict[uuid.UUID, str], machine: datetime) -> int:
    """Note the carrier's ids of messages it has taken; returns how many still waited to be told."""
    if not sids:
        return 0
    # Spelled out: one statement for many rows takes no lists.
    waiting = or_(MESSAGE.c.state == MessageState.SENDING, MESSAGE.c.state == MessageState.UNKNOWN)
    told = (
        update(MESSAGE)
        .where(MESSAGE.c.id == bindparam("row"), waiting)
        .values(
            state=MessageState.ACCEPTED,
            carrier_sid=bindparam("sid"),
            accepted_at=machine,
            error_code=None,
            check_at=None,
            lease_until=None,
        )
    )
    rows = [{"row": message_id, "sid": sid} for message_id, sid in sids.items()]
    return int(db.connection().execute(told, rows).rowcount)


def reclaim(db: Session, sids: Mapping[uuid.UUID, str], machine: datetime) -> int:
    """These carrier ids are now known to be theirs: whichever row had taken one by its words alone is unclear again.

    Two texts to one person may say the same. The list shows no id of ours, so a look-up can take one for the other.
    """
    taken = MESSAGE.c.carrier_sid.in_(list(sids.values())) & MESSAGE.c.id.not_in(list(sids))
    unclear = (
        update(MESSAGE)
        .where(taken)
        .values(
            state=MessageState.UNKNOWN,
            carrier_sid=None,
            accepted_at=None,
            sent_at=None,
            delivered_at=None,
            looks=0,
            checks=0,
            check_at=machine,
            lease_until=None,
            reason=None,
            fence=MESSAGE.c.fence + 1,
        )
    )
    return int(db.execute(unclear).rowcount)  # type: ignore[attr-defined]


def change(db: Session, message_id: uuid.UUID, states: Sequence[str], fence: int | None = None, **values: Any) -> bool:
    """Change one message if it is in one of `states` and, where given, its fence is still `fence`; False if not."""
    guarded = update(MESSAGE).where(MESSAGE.c.id == message_id, MESSAGE.c.state.in_(states))
    if fence is not None:
        guarded = guarded.where(MESSAGE.c.fence == fence)
    return bool(db.execute(guarded.values(**values)).rowcount)  # type: ignore[attr-defined]


def locked(db: Session, message_id: uuid.UUID) -> Message | None:
    """One message by id, locked, as it stands now: receipts know no clinic (RULINGS 43)."""
    wanted = select(Message).where(col(Message.id) == message_id).with_for_update()
    return db.execute(wanted.execution_options(populate_existing=True)).scalars().first()


def locked_with_holder(db: Session, message_id: uuid.UUID, sid: str) -> Message | None:
    """The same, and with it whichever other message holds this carrier id: it may have to give that back.

    Both are locked in the order of their own ids, so that receipts that trade two ids never wait for each other.
    """
    both = or_(col(Message.id) == message_id, col(Message.carrier_sid) == sid)
    wanted = select(Message).where(both).order_by(col(Message.id)).with_for_update()
    rows = db.execute(wanted.execution_options(populate_existing=True)).scalars().all()
    return next((row for row in rows if row.id == message_id), None)


def lock_owner(db: Session, message_id: uuid.UUID) -> None:
    """Lock the patient a message belongs to, before the message: the order in which an inbound text locks them."""
    mine = select(MESSAGE.c.patient_id).where(MESSAGE.c.id == message_id).scalar_subquery()
    db.execute(select(col(Patient.id)).where(col(Patient.id) == mine).with_for_update())


def has_waiting(db: Session, patient_id: uuid.UUID) -> bool:
    """Whether a patient has a message that has not left yet."""
    wanted = select(MESSAGE.c.id).where(MESSAGE.c.patient_id == patient_id, MESSAGE.c.state.in_(WAITING)).limit(1)
    return db.execute(wanted).first() is not None


def park(db: Session, number: str, until: datetime) -> None:
    """Let a sender rest until then (machine time); a longer rest is kept."""
    resting = and_(SENDER.c.parked_until.is_not(None), SENDER.c.parked_until >= until)
    db.execute(update(SENDER).where(SENDER.c.number == number, ~resting).values(parked_until=until))


def park_all(db: Session, until: datetime) -> None:
    """Let every sender rest until exactly then: the clock cannot be trusted."""
    db.execute(update(SENDER).values(parked_until=until))


def has_open_task(db: Session, keys: ClinicKeys, kind: str, reason: str, patient_id: uuid.UUID | None) -> bool:
    """Whether staff already have this very item open, so that a lasting fault is told once."""
    wanted = select(col(Task.id)).where(
        col(Task.clinic_id) == keys.clinic_id,
        col(Task.kind) == kind,
        col(Task.reason) == reason,
        col(Task.state) == TaskState.OPEN,
        col(Task.patient_id) == patient_id if patient_id is not None else col(Task.patient_id).is_(None),
    )
    return db.execute(wanted.limit(1)).first() is not None
