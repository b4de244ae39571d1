"""The hot path: what one inbound text needs to read and write, with as few statements as will do.

Statements are built once, here; building one anew costs more than running it.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, insert, select, update
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
ANSWER = Answer.__table__  # type: ignore[attr-defined]
MESSAGE = Message.__table__  # type: ignore[attr-defined]
RECENT = timedelta(minutes=30)
RECENT_TEXTS = 2

CLINIC, PATIENT, INDEX, SINCE = (bindparam(name) for name in ("clinic", "patient", "phone_index", "since"))

_PATIENT_BY_PHONE = (
    select(Patient).where(col(Patient.clinic_id) == CLINIC, col(Patient.phone_index) == INDEX).with_for_update()
)
_PATIENT_BY_ID = select(Patient).where(col(Patient.clinic_id) == CLINIC, col(Patient.id) == PATIENT).with_for_update()
_ANSWERED = select(INBOUND.c.id, INBOUND.c.patient_id, INBOUND.c.reply_sealed).where(
    INBOUND.c.carrier_sid == bindparam("sid"), INBOUND.c.clinic_id == CLINIC
)
_ADD_INBOUND = insert(INBOUND)
_RECENT = (
    select(INBOUND.c.id, INBOUND.c.body_sealed, INBOUND.c.patient_id)
    .where(INBOUND.c.clinic_id == CLINIC, INBOUND.c.phone_index == INDEX, INBOUND.c.received_at > SINCE)
    .order_by(INBOUND.c.received_at.desc())
    .limit(RECENT_TEXTS)
)
_OPEN = (
    select(Conversation)
    .where(
        col(Conversation.clinic_id) == CLINIC,
        col(Conversation.patient_id) == PATIENT,
        col(Conversation.state) == ConversationState.OPEN,
    )
    .order_by(col(Conversation.rank).desc(), col(Conversation.opened_at).desc())
)
_UNANSWERED = (
    select(Conversation)
    .where(
        col(Conversation.clinic_id) == CLINIC,
        col(Conversation.patient_id) == PATIENT,
        col(Conversation.state) == ConversationState.CLOSED,
        col(Conversation.ended_as).in_(("unanswered", "replaced")),
        col(Conversation.closed_at) > SINCE,
    )
    .order_by(col(Conversation.opened_at).desc())
    .limit(3)
)
_UNSETTLED = (
    select(Inbound)
    .where(
        col(Inbound.clinic_id) == CLINIC,
        col(Inbound.conversation_id) == bindparam("conversation"),
        col(Inbound.settled).is_(False),
    )
    .order_by(col(Inbound.received_at), col(Inbound.id))
)
_LATEST = (
    select(ANSWER.c.id, ANSWER.c.name, ANSWER.c.value_sealed, ANSWER.c.flagged, ANSWER.c.hidden)
    .where(
        ANSWER.c.clinic_id == CLINIC,
        ANSWER.c.patient_id == PATIENT,
        ANSWER.c.name.in_(bindparam("names", expanding=True)),
        ANSWER.c.superseded_at.is_(None),
    )
    .order_by(ANSWER.c.at)
)
_BEFORE = (
    select(ANSWER.c.id, ANSWER.c.value_sealed, ANSWER.c.flagged, ANSWER.c.hidden)
    .where(ANSWER.c.clinic_id == CLINIC, ANSWER.c.patient_id == PATIENT, ANSWER.c.name == bindparam("name"))
    .order_by(ANSWER.c.at.desc())
    .offset(1)
    .limit(1)
)
_SUPERSEDE = (
    update(ANSWER)
    .where(
        ANSWER.c.clinic_id == CLINIC,
        ANSWER.c.patient_id == PATIENT,
        ANSWER.c.name.in_(bindparam("names", expanding=True)),
        ANSWER.c.superseded_at.is_(None),
    )
    .values(superseded_at=bindparam("now"))
)
_ADD_ANSWER = insert(ANSWER)
_NUMBERS = (
    select(ANSWER.c.id, ANSWER.c.value_sealed)
    .where(
        ANSWER.c.clinic_id == CLINIC,
        ANSWER.c.patient_id == PATIENT,
        ANSWER.c.name == bindparam("name"),
        ANSWER.c.at > SINCE,
    )
    .order_by(ANSWER.c.at)
)
_HEARD = select(col(HeardLine.bank), col(HeardLine.line)).where(
    col(HeardLine.clinic_id) == CLINIC,
    col(HeardLine.patient_id) == PATIENT,
    col(HeardLine.flow) == bindparam("flow"),
    col(HeardLine.at) > SINCE,
)
_ADD_HEARD = insert(HeardLine.__table__)  # type: ignore[attr-defined]
_LAST_SENT = (
    select(MESSAGE.c.line, MESSAGE.c.created_at)
    .where(
        MESSAGE.c.clinic_id == CLINIC,
        MESSAGE.c.patient_id == PATIENT,
        MESSAGE.c.created_at > SINCE,
        MESSAGE.c.flow == "system",
        MESSAGE.c.line.in_(bindparam("lines", expanding=True)),
    )
    .order_by(MESSAGE.c.created_at)
)
_LAST_PURPOSE = (
    select(MESSAGE.c.created_at)
    .where(
        MESSAGE.c.clinic_id == CLINIC,
        MESSAGE.c.patient_id == PATIENT,
        MESSAGE.c.created_at > SINCE,
        MESSAGE.c.purpose == bindparam("purpose"),
    )
    .order_by(MESSAGE.c.created_at.desc())
    .limit(1)
)
_SUPPRESSED = select(Suppression).where(
    col(Suppression.clinic_id) == CLINIC,
    col(Suppression.phone_index) == INDEX,
    col(Suppression.lifted_at).is_(None),
)
_STRANGER = (
    select(INBOUND.c.id)
    .where(
        INBOUND.c.clinic_id == CLINIC,
        INBOUND.c.phone_index == INDEX,
        INBOUND.c.received_at > SINCE,
        INBOUND.c.filed_as == "stranger",
    )
    .limit(1)
)
_ADD_ENTRY = insert(JournalEntry.__table__)  # type: ignore[attr-defined]
_LAST_ENTRY = (
    select(JournalEntry)
    .where(col(JournalEntry.clinic_id) == CLINIC, col(JournalEntry.patient_id) == PATIENT)
    .order_by(col(JournalEntry.at).desc())
    .limit(1)
)
_SESSIONS = (
    select(TreatmentSession)
    .where(col(TreatmentSession.clinic_id) == CLINIC, col(TreatmentSession.patient_id) == PATIENT)
    .order_by(col(TreatmentSession.starts_at))
)
_INCIDENT = (
    select(Alert)
    .where(
        col(Alert.clinic_id) == CLINIC,
        col(Alert.patient_id) == PATIENT,
        col(Alert.state) != AlertState.RESOLVED,
    )
    .order_by(col(Alert.opened_at).desc())
    .limit(1)
)
_MARKS = select(Mark).where(col(Mark.clinic_id) == CLINIC, col(Mark.patient_id) == PATIENT).order_by(col(Mark.at))


def _ids(keys: ClinicKeys, patient_id: uuid.UUID, **more: Any) -> dict[str, Any]:
    return {"clinic": keys.clinic_id, "patient": patient_id} | more


def lock_patient(db: Session, keys: ClinicKeys, phone_index: bytes) -> Patient | None:
    """The patient with this number, their row locked until the commit: one text at a time changes their story."""
    found = db.execute(_PATIENT_BY_PHONE, {"clinic": keys.clinic_id, "phone_index": phone_index})
    return found.scalars().first()


def lock_patient_by_id(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> Patient | None:
    """The same lock by id, for whoever acts on a patient outside an inbound text."""
    return db.execute(_PATIENT_BY_ID, _ids(keys, patient_id)).scalars().first()


def answered(db: Session, keys: ClinicKeys, carrier_sid: str) -> Any | None:
    """(id, patient_id, reply_sealed) of the stored inbound of this SID, if it has been here before."""
    return db.execute(_ANSWERED, {"clinic": keys.clinic_id, "sid": carrier_sid}).first()


def add_inbound(db: Session, values: dict[str, Any]) -> None:
    """Insert an inbound row as a plain statement."""
    db.execute(_ADD_INBOUND, values)


def file_inbound(db: Session, inbound_id: uuid.UUID, **values: Any) -> None:
    """Say where an inbound text landed and what was answered."""
    db.execute(update(INBOUND).where(INBOUND.c.id == inbound_id).values(**values))


def recent_texts(db: Session, keys: ClinicKeys, sealer: Sealer, phone_index: bytes, now: datetime) -> tuple[str, ...]:
    """The sender's last two texts within 30 minutes, oldest first, for the screen's window."""
    about = {"clinic": keys.clinic_id, "phone_index": phone_index, "since": now - RECENT}
    rows = db.execute(_RECENT, about).all()
    texts = [
        (sealer if row.patient_id else keys.sealer).open("inbound", "body_sealed", row.id, row.body_sealed)
        for row in rows
    ]
    return tuple(reversed(texts))


def open_conversations(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> list[Conversation]:
    """A patient's open conversations: highest rank first, then the youngest."""
    return list(db.execute(_OPEN, _ids(keys, patient_id)).scalars().all())


def unanswered_conversations(
    db: Session, keys: ClinicKeys, patient_id: uuid.UUID, since: datetime
) -> list[Conversation]:
    """Conversations that ended in silence or were closed by a newer ask since then, youngest first."""
    return list(db.execute(_UNANSWERED, _ids(keys, patient_id, since=since)).scalars().all())


def unsettled(db: Session, keys: ClinicKeys, conversation_id: uuid.UUID) -> list[Inbound]:
    """The fragments of a words answer that still wait to be joined, oldest first."""
    about = {"clinic": keys.clinic_id, "conversation": conversation_id}
    return list(db.execute(_UNSETTLED, about).scalars().all())


def latest_answers(
    db: Session, keys: ClinicKeys, sealer: Sealer, patient_id: uuid.UUID, names: Sequence[str]
) -> dict[str, tuple[str, bool]]:
    """The newest kept answer under each name as (words, may not be quoted); names without one are left out."""
    if not names:
        return {}
    found = {}
    for row in db.execute(_LATEST, _ids(keys, patient_id, names=names)):
        words = sealer.open("answer", "value_sealed", row.id, row.value_sealed)
        found[row.name] = (words, row.flagged or row.hidden)
    return found


def answer_before(db: Session, keys: ClinicKeys, sealer: Sealer, patient_id: uuid.UUID, name: str) -> str | None:
    """The words kept under a name before the newest ones; None where they may not be quoted or there are none."""
    row = db.execute(_BEFORE, _ids(keys, patient_id, name=name)).first()
    if row is None or row.flagged or row.hidden:
        return None
    return sealer.open("answer", "value_sealed", row.id, row.value_sealed)


def supersede(db: Session, keys: ClinicKeys, patient_id: uuid.UUID, names: Sequence[str], now: datetime) -> None:
    """Mark the standing answers under these names as replaced; nothing a patient said is deleted."""
    db.execute(_SUPERSEDE, _ids(keys, patient_id, names=names, now=now))


def add_answer(db: Session, values: dict[str, Any]) -> None:
    """Insert a kept answer as a plain statement."""
    db.execute(_ADD_ANSWER, values)


def numbers_since(
    db: Session, keys: ClinicKeys, sealer: Sealer, patient_id: uuid.UUID, name: str, since: datetime
) -> list[float]:
    """A patient's own ratings under a name since then, oldest first."""
    rows = db.execute(_NUMBERS, _ids(keys, patient_id, name=name, since=since))
    words = [sealer.open("answer", "value_sealed", row.id, row.value_sealed) for row in rows]
    return [float(word) for word in words if word.replace(".", "", 1).isascii() and word.replace(".", "", 1).isdigit()]


def heard_lines(
    db: Session, keys: ClinicKeys, patient_id: uuid.UUID, flow: str, since: datetime
) -> dict[str, set[str]]:
    """Bank lines of a flow a patient has had since then, by bank."""
    found: dict[str, set[str]] = {}
    for bank, line in db.execute(_HEARD, _ids(keys, patient_id, flow=flow, since=since)):
        found.setdefault(bank, set()).add(line)
    return found


def add_heard(db: Session, values: dict[str, Any]) -> None:
    """Note that a patient has had a bank line."""
    db.execute(_ADD_HEARD, values)


def last_sent(
    db: Session, keys: ClinicKeys, patient_id: uuid.UUID, lines: Sequence[str], since: datetime
) -> dict[str, datetime]:
    """When each of these system lines was last queued for a patient since then."""
    rows = db.execute(_LAST_SENT, _ids(keys, patient_id, lines=lines, since=since))
    return {line: at for line, at in rows}  # rows are not pairs to a type checker


def last_purpose(
    db: Session, keys: ClinicKeys, patient_id: uuid.UUID, purpose: str, since: datetime
) -> datetime | None:
    """When a text of this purpose was last queued for a patient since then."""
    about = _ids(keys, patient_id, purpose=purpose, since=since)
    at: datetime | None = db.execute(_LAST_PURPOSE, about).scalars().first()
    return at


def suppressed(db: Session, keys: ClinicKeys, phone_index: bytes) -> Suppression | None:
    """The standing do-not-text mark on a number."""
    return db.execute(_SUPPRESSED, {"clinic": keys.clinic_id, "phone_index": phone_index}).scalars().first()


def answered_strangers(db: Session, keys: ClinicKeys, phone_index: bytes, since: datetime) -> bool:
    """Whether a number nobody knows has had its one answer since then."""
    about = {"clinic": keys.clinic_id, "phone_index": phone_index, "since": since}
    return db.execute(_STRANGER, about).first() is not None


def add_entry(db: Session, values: dict[str, Any]) -> None:
    """Insert a journal entry as a plain statement."""
    db.execute(_ADD_ENTRY, values)


def last_entry(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> JournalEntry | None:
    """A patient's newest journal entry, for PRIVATE and SHARE."""
    return db.execute(_LAST_ENTRY, _ids(keys, patient_id)).scalars().first()


def sessions(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> list[TreatmentSession]:
    """All sessions of a patient by start."""
    return list(db.execute(_SESSIONS, _ids(keys, patient_id)).scalars().all())


def open_incident(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> Alert | None:
    """The incident of a patient that no person has resolved yet, the newest first."""
    return db.execute(_INCIDENT, _ids(keys, patient_id)).scalars().first()


def marks(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> list[Mark]:
    """Every mark of a patient, oldest first."""
    return list(db.execute(_MARKS, _ids(keys, patient_id)).scalars().all())
