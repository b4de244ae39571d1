"""The hot path: what one inbound text needs to read and write, with as few statements as will do."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update
from sqlmodel import Session, col

from smsbot.models import (
    Alert,
    AlertState,
    Answer,
    Conversation,
    ConversationState,
    HeardLine,
    Inbound,
    JournalEntry,
    Mark,
    Message,
    Patient,
    Suppression,
    TreatmentSession,
)
from smsbot.vault import ClinicKeys, Sealer

INBOUND = Inbound.__table__  # type: ignore[attr-defined]
RECENT = timedelta(minutes=30)
RECENT_TEXTS = 2


def lock_patient(db: Session, keys: ClinicKeys, phone_index: bytes) -> Patient | None:
    """The patient with this number, their row locked until the commit: one text at a time changes their story."""
    wanted = select(Patient).where(col(Patient.clinic_id) == keys.clinic_id, col(Patient.phone_index) == phone_index)
    return db.execute(wanted.with_for_update()).scalars().first()


def lock_patient_by_id(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> Patient | None:
    """The same lock by id, for whoever acts on a patient outside an inbound text."""
    wanted = select(Patient).where(col(Patient.clinic_id) == keys.clinic_id, col(Patient.id) == patient_id)
    return db.execute(wanted.with_for_update()).scalars().first()


def answered(db: Session, keys: ClinicKeys, carrier_sid: str) -> Inbound | None:
    """The stored inbound of this SID, if it has been here before."""
    wanted = select(Inbound).where(col(Inbound.carrier_sid) == carrier_sid, col(Inbound.clinic_id) == keys.clinic_id)
    return db.execute(wanted).scalars().first()


def add_inbound(db: Session, values: dict[str, Any]) -> None:
    """Insert an inbound row as a plain statement."""
    db.execute(insert(INBOUND), values)


def file_inbound(db: Session, inbound_id: uuid.UUID, **values: Any) -> None:
    """Say where an inbound text landed and what was answered."""
    db.execute(update(INBOUND).where(INBOUND.c.id == inbound_id).values(**values))


def recent_texts(db: Session, keys: ClinicKeys, sealer: Sealer, phone_index: bytes, now: datetime) -> tuple[str, ...]:
    """The sender's last two texts within 30 minutes, oldest first, for the screen's window."""
    wanted = (
        select(col(Inbound.id), col(Inbound.body_sealed), col(Inbound.patient_id))
        .where(
            col(Inbound.clinic_id) == keys.clinic_id,
            col(Inbound.phone_index) == phone_index,
            col(Inbound.received_at) > now - RECENT,
        )
        .order_by(col(Inbound.received_at).desc())
        .limit(RECENT_TEXTS)
    )
    rows = db.execute(wanted).all()
    texts = [_body(keys, sealer, row.id, row.body_sealed, row.patient_id) for row in rows]
    return tuple(reversed(texts))


def _body(keys: ClinicKeys, sealer: Sealer, row_id: uuid.UUID, sealed: bytes, patient_id: uuid.UUID | None) -> str:
    return (sealer if patient_id else keys.sealer).open("inbound", "body_sealed", row_id, sealed)


def open_conversations(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> list[Conversation]:
    """A patient's open conversations: highest rank first, then the youngest."""
    wanted = (
        select(Conversation)
        .where(
            col(Conversation.clinic_id) == keys.clinic_id,
            col(Conversation.patient_id) == patient_id,
            col(Conversation.state) == ConversationState.OPEN,
        )
        .order_by(col(Conversation.rank).desc(), col(Conversation.opened_at).desc())
    )
    return list(db.execute(wanted).scalars().all())


def unanswered_conversations(
    db: Session, keys: ClinicKeys, patient_id: uuid.UUID, since: datetime
) -> list[Conversation]:
    """Conversations that ended in silence or were closed by a newer ask since then, youngest first."""
    wanted = (
        select(Conversation)
        .where(
            col(Conversation.clinic_id) == keys.clinic_id,
            col(Conversation.patient_id) == patient_id,
            col(Conversation.state) == ConversationState.CLOSED,
            col(Conversation.ended_as).in_(("unanswered", "replaced")),
            col(Conversation.closed_at) > since,
        )
        .order_by(col(Conversation.opened_at).desc())
        .limit(3)
    )
    return list(db.execute(wanted).scalars().all())


def unsettled(db: Session, keys: ClinicKeys, conversation_id: uuid.UUID) -> list[Inbound]:
    """The fragments of a words answer that still wait to be joined, oldest first."""
    wanted = (
        select(Inbound)
        .where(
            col(Inbound.clinic_id) == keys.clinic_id,
            col(Inbound.conversation_id) == conversation_id,
            col(Inbound.settled).is_(False),
        )
        .order_by(col(Inbound.received_at), col(Inbound.id))
    )
    return list(db.execute(wanted).scalars().all())


def latest_answers(
    db: Session, keys: ClinicKeys, sealer: Sealer, patient_id: uuid.UUID, names: tuple[str, ...]
) -> dict[str, tuple[str, bool]]:
    """The newest kept answer under each name as (words, may not be quoted); names without one are left out."""
    if not names:
        return {}
    wanted = (
        select(Answer)
        .where(
            col(Answer.clinic_id) == keys.clinic_id,
            col(Answer.patient_id) == patient_id,
            col(Answer.name).in_(names),
            col(Answer.superseded_at).is_(None),
        )
        .order_by(col(Answer.at))
    )
    found = {}
    for row in db.execute(wanted).scalars():
        words = sealer.open("answer", "value_sealed", row.id, row.value_sealed)
        found[row.name] = (words, row.flagged or row.hidden)
    return found


def supersede(db: Session, keys: ClinicKeys, patient_id: uuid.UUID, names: tuple[str, ...], now: datetime) -> None:
    """Mark the standing answers under these names as replaced; nothing a patient said is deleted."""
    db.execute(
        update(Answer)
        .where(
            col(Answer.clinic_id) == keys.clinic_id,
            col(Answer.patient_id) == patient_id,
            col(Answer.name).in_(names),
            col(Answer.superseded_at).is_(None),
        )
        .values(superseded_at=now)
    )


def numbers_since(
    db: Session, keys: ClinicKeys, sealer: Sealer, patient_id: uuid.UUID, name: str, since: datetime
) -> list[float]:
    """A patient's own ratings under a name since then, oldest first."""
    wanted = (
        select(col(Answer.id), col(Answer.code), col(Answer.value_sealed))
        .where(
            col(Answer.clinic_id) == keys.clinic_id,
            col(Answer.patient_id) == patient_id,
            col(Answer.name) == name,
            col(Answer.at) > since,
        )
        .order_by(col(Answer.at))
    )
    words = [sealer.open("answer", "value_sealed", row.id, row.value_sealed) for row in db.execute(wanted)]
    return [float(word) for word in words if word.replace(".", "", 1).isascii() and word.replace(".", "", 1).isdigit()]


def heard_lines(
    db: Session, keys: ClinicKeys, patient_id: uuid.UUID, flow: str, since: datetime
) -> dict[str, set[str]]:
    """Bank lines of a flow a patient has had since then, by bank."""
    wanted = select(col(HeardLine.bank), col(HeardLine.line)).where(
        col(HeardLine.clinic_id) == keys.clinic_id,
        col(HeardLine.patient_id) == patient_id,
        col(HeardLine.flow) == flow,
        col(HeardLine.at) > since,
    )
    found: dict[str, set[str]] = {}
    for bank, line in db.execute(wanted):
        found.setdefault(bank, set()).add(line)
    return found


def last_sent(
    db: Session, keys: ClinicKeys, patient_id: uuid.UUID, lines: tuple[str, ...], since: datetime
) -> dict[str, datetime]:
    """When each of these system lines was last queued for a patient since then."""
    wanted = (
        select(col(Message.line), col(Message.created_at))
        .where(
            col(Message.clinic_id) == keys.clinic_id,
            col(Message.patient_id) == patient_id,
            col(Message.flow) == "system",
            col(Message.line).in_(lines),
            col(Message.created_at) > since,
        )
        .order_by(col(Message.created_at))
    )
    return {line: at for line, at in db.execute(wanted)}


def last_purpose(
    db: Session, keys: ClinicKeys, patient_id: uuid.UUID, purpose: str, since: datetime
) -> datetime | None:
    """When a text of this purpose was last queued for a patient since then."""
    wanted = (
        select(col(Message.created_at))
        .where(
            col(Message.clinic_id) == keys.clinic_id,
            col(Message.patient_id) == patient_id,
            col(Message.purpose) == purpose,
            col(Message.created_at) > since,
        )
        .order_by(col(Message.created_at).desc())
        .limit(1)
    )
    return db.execute(wanted).scalars().first()


def suppressed(db: Session, keys: ClinicKeys, phone_index: bytes) -> Suppression | None:
    """The standing do-not-text mark on a number."""
    wanted = select(Suppression).where(
        col(Suppression.clinic_id) == keys.clinic_id,
        col(Suppression.phone_index) == phone_index,
        col(Suppression.lifted_at).is_(None),
    )
    return db.execute(wanted).scalars().first()


def answered_strangers(db: Session, keys: ClinicKeys, phone_index: bytes, since: datetime) -> bool:
    """Whether a number nobody knows has had its one answer since then."""
    wanted = (
        select(col(Inbound.id))
        .where(
            col(Inbound.clinic_id) == keys.clinic_id,
            col(Inbound.phone_index) == phone_index,
            col(Inbound.filed_as) == "stranger",
            col(Inbound.received_at) > since,
        )
        .limit(1)
    )
    return db.execute(wanted).first() is not None


def last_entry(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> JournalEntry | None:
    """A patient's newest journal entry, for PRIVATE and SHARE."""
    wanted = (
        select(JournalEntry)
        .where(col(JournalEntry.clinic_id) == keys.clinic_id, col(JournalEntry.patient_id) == patient_id)
        .order_by(col(JournalEntry.at).desc())
        .limit(1)
    )
    return db.execute(wanted).scalars().first()


def sessions(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> list[TreatmentSession]:
    """All sessions of a patient by start."""
    wanted = (
        select(TreatmentSession)
        .where(col(TreatmentSession.clinic_id) == keys.clinic_id, col(TreatmentSession.patient_id) == patient_id)
        .order_by(col(TreatmentSession.starts_at))
    )
    return list(db.execute(wanted).scalars().all())


def open_incident(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> Alert | None:
    """The incident of a patient that no person has resolved yet, the newest first."""
    wanted = (
        select(Alert)
        .where(
            col(Alert.clinic_id) == keys.clinic_id,
            col(Alert.patient_id) == patient_id,
            col(Alert.state) != AlertState.RESOLVED,
        )
        .order_by(col(Alert.opened_at).desc())
        .limit(1)
    )
    return db.execute(wanted).scalars().first()


def marks(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> list[Mark]:
    """Every mark of a patient, oldest first."""
    wanted = (
        select(Mark)
        .where(col(Mark.clinic_id) == keys.clinic_id, col(Mark.patient_id) == patient_id)
        .order_by(col(Mark.at))
    )
    return list(db.execute(wanted).scalars().all())
