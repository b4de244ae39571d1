"""The hot path: what one inbound text needs to read and write, with as few statements as will do.

What is only read or only written goes through statements compiled once (store/statement.py); rows that decisions
change are loaded as objects, and written with the commit.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    LargeBinary,
    and_,
    bindparam,
    cast,
    insert,
    literal,
    null,
    or_,
    select,
    union_all,
    update,
)
from sqlmodel import Session, col

from smsbot.models import (
    Alert,
    AlertState,
    Answer,
    Conversation,
    ConversationState,
    FlowVersion,
    HeardLine,
    Inbound,
    JournalEntry,
    Mark,
    Message,
    Patient,
    Suppression,
    TreatmentSession,
)
from smsbot.store.statement import Statement
from smsbot.vault import ClinicKeys, Sealer

INBOUND = Inbound.__table__  # type: ignore[attr-defined]
ANSWER = Answer.__table__  # type: ignore[attr-defined]
MESSAGE = Message.__table__  # type: ignore[attr-defined]
SESSION = TreatmentSession.__table__  # type: ignore[attr-defined]
RECENT = timedelta(minutes=30)
RECENT_TEXTS = 2
DAY = timedelta(days=1)
MISSED = 3


class SessionRow(NamedTuple):
    """A session as it stands, to decide by; who changes one goes through store/sessions.py."""

    id: uuid.UUID
    series_id: uuid.UUID
    number: int
    starts_at: datetime
    minutes: int
    status: str
    version: int
    created_at: datetime
    changed_at: datetime | None
    arrived_at: datetime | None
    ended_at: datetime | None
    told_start: datetime | None
    canceled_why: str | None


CLINIC: BindParameter[Any] = bindparam("clinic")
PATIENT: BindParameter[Any] = bindparam("patient")
INDEX: BindParameter[Any] = bindparam("phone_index")
SINCE: BindParameter[Any] = bindparam("since")

_PATIENT_BY_PHONE = (
    select(Patient).where(col(Patient.clinic_id) == CLINIC, col(Patient.phone_index) == INDEX).with_for_update()
)
_PATIENT_BY_ID = select(Patient).where(col(Patient.clinic_id) == CLINIC, col(Patient.id) == PATIENT).with_for_update()
_SAME = select(
    literal("same").label("what"),
    INBOUND.c.id,
    INBOUND.c.patient_id,
    INBOUND.c.reply_sealed.label("sealed"),
    INBOUND.c.received_at,
).where(INBOUND.c.carrier_sid == bindparam("sid"), INBOUND.c.clinic_id == CLINIC)
_RECENT = (
    select(literal("recent"), INBOUND.c.id, INBOUND.c.patient_id, INBOUND.c.body_sealed, INBOUND.c.received_at)
    .where(INBOUND.c.clinic_id == CLINIC, INBOUND.c.phone_index == INDEX, INBOUND.c.received_at > SINCE)
    .order_by(INBOUND.c.received_at.desc())
    .limit(RECENT_TEXTS)
)
_CRISIS = (
    select(literal("crisis"), MESSAGE.c.id, MESSAGE.c.patient_id, cast(null(), LargeBinary), MESSAGE.c.created_at)
    .where(
        MESSAGE.c.clinic_id == CLINIC,
        MESSAGE.c.patient_id == PATIENT,
        MESSAGE.c.created_at > bindparam("day"),
        MESSAGE.c.purpose == "crisis",
    )
    .limit(1)
)
_EARLIER = Statement(union_all(_SAME, *(select(part.subquery()) for part in (_RECENT, _CRISIS))))
_ADD_INBOUND = Statement(insert(INBOUND))
_FILE_INBOUND = Statement(
    update(INBOUND).where(INBOUND.c.id == bindparam("row")), ("filed_as", "conversation_id", "settled", "reply_sealed")
)
_OPEN = and_(
    col(Conversation.clinic_id) == CLINIC,
    col(Conversation.patient_id) == PATIENT,
    col(Conversation.state) == ConversationState.OPEN,
)
_MISSED = and_(
    col(Conversation.clinic_id) == CLINIC,
    col(Conversation.patient_id) == PATIENT,
    col(Conversation.state) == ConversationState.CLOSED,
    col(Conversation.ended_as).in_(("unanswered", "replaced")),
    col(Conversation.closed_at) > SINCE,
)
_RANKED = (col(Conversation.rank).desc(), col(Conversation.opened_at).desc())
_OPEN_ONES = select(Conversation).where(_OPEN).order_by(*_RANKED)
_OPEN_OR_MISSED = select(Conversation).where(or_(_OPEN, _MISSED)).order_by(*_RANKED)
_UNSETTLED = (
    select(Inbound)
    .where(
        col(Inbound.clinic_id) == CLINIC,
        col(Inbound.conversation_id) == bindparam("conversation"),
        col(Inbound.settled).is_(False),
    )
    .order_by(col(Inbound.received_at), col(Inbound.id))
)
_LATEST = Statement(
    select(ANSWER.c.id, ANSWER.c.name, ANSWER.c.value_sealed, ANSWER.c.flagged, ANSWER.c.hidden)
    .where(
        ANSWER.c.clinic_id == CLINIC,
        ANSWER.c.patient_id == PATIENT,
        ANSWER.c.name.in_(bindparam("names", expanding=True)),
        ANSWER.c.superseded_at.is_(None),
    )
    .order_by(ANSWER.c.at)
)
_BEFORE = Statement(
    select(ANSWER.c.id, ANSWER.c.value_sealed, ANSWER.c.flagged, ANSWER.c.hidden)
    .where(ANSWER.c.clinic_id == CLINIC, ANSWER.c.patient_id == PATIENT, ANSWER.c.name == bindparam("name"))
    .order_by(ANSWER.c.at.desc())
    .offset(1)
    .limit(1)
)
_SUPERSEDE = Statement(
    update(ANSWER)
    .where(
        ANSWER.c.clinic_id == CLINIC,
        ANSWER.c.patient_id == PATIENT,
        ANSWER.c.name.in_(bindparam("names", expanding=True)),
        ANSWER.c.superseded_at.is_(None),
    )
    .values(superseded_at=bindparam("now"))
)
_ADD_ANSWER = Statement(insert(ANSWER))
_NUMBERS = Statement(
    select(ANSWER.c.id, ANSWER.c.value_sealed)
    .where(
        ANSWER.c.clinic_id == CLINIC,
        ANSWER.c.patient_id == PATIENT,
        ANSWER.c.name == bindparam("name"),
        ANSWER.c.at > SINCE,
    )
    .order_by(ANSWER.c.at)
)
_HEARD = Statement(
    select(col(HeardLine.bank), col(HeardLine.line)).where(
        col(HeardLine.clinic_id) == CLINIC,
        col(HeardLine.patient_id) == PATIENT,
        col(HeardLine.flow) == bindparam("flow"),
        col(HeardLine.at) > SINCE,
    )
)
_PINNED = Statement(select(col(FlowVersion.hash)).where(col(FlowVersion.hash) == bindparam("hash")))
_ADD_HEARD = Statement(insert(HeardLine.__table__))  # type: ignore[attr-defined]
_LAST_SENT = Statement(
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
_SUPPRESSED = select(Suppression).where(
    col(Suppression.clinic_id) == CLINIC,
    col(Suppression.phone_index) == INDEX,
    col(Suppression.lifted_at).is_(None),
)
_STRANGER = Statement(
    select(INBOUND.c.id)
    .where(
        INBOUND.c.clinic_id == CLINIC,
        INBOUND.c.phone_index == INDEX,
        INBOUND.c.received_at > SINCE,
        INBOUND.c.filed_as == "stranger",
    )
    .limit(1)
)
_ADD_ENTRY = Statement(insert(JournalEntry.__table__))  # type: ignore[attr-defined]
_LAST_ENTRY = (
    select(JournalEntry)
    .where(col(JournalEntry.clinic_id) == CLINIC, col(JournalEntry.patient_id) == PATIENT)
    .order_by(col(JournalEntry.at).desc())
    .limit(1)
)
_SESSIONS = Statement(
    select(*(SESSION.c[name] for name in SessionRow._fields))
    .where(SESSION.c.clinic_id == CLINIC, SESSION.c.patient_id == PATIENT)
    .order_by(SESSION.c.starts_at),
    row=SessionRow,
)
_TOLD = Statement(
    update(SESSION).where(SESSION.c.clinic_id == CLINIC, SESSION.c.id == bindparam("row")), ("told_start",)
)
_INCIDENT = (
    select(Alert)
    .where(
        col(Alert.clinic_id) == CLINIC,
        col(Alert.patient_id) == PATIENT,
        col(Alert.state) != AlertState.RESOLVED,
        col(Alert.lead_only).is_(False),
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


@dataclass(frozen=True)
class Earlier:
    """What came before a text: the row of this very SID (id, patient_id, sealed answer), the sender's last texts within
    30 minutes, oldest first, and whether they were sent a crisis line within a day.
    """

    same: Any | None
    recent: tuple[str, ...]
    crisis: bool


def earlier(
    db: Session,
    keys: ClinicKeys,
    sealer: Sealer,
    sid: str,
    phone_index: bytes,
    patient_id: uuid.UUID | None,
    now: datetime,
) -> Earlier:
    """What came before, in one look after the patient is locked; only the last two texts are opened."""
    about = {"clinic": keys.clinic_id, "sid": sid, "phone_index": phone_index, "patient": patient_id}
    rows = _EARLIER.rows(db, about | {"since": now - RECENT, "day": now - DAY})
    recent = sorted((row for row in rows if row.what == "recent"), key=lambda row: row.received_at)
    return Earlier(
        same=next((row for row in rows if row.what == "same"), None),
        recent=tuple(
            (sealer if row.patient_id else keys.sealer).open("inbound", "body_sealed", row.id, row.sealed)
            for row in recent
        ),
        crisis=any(row.what == "crisis" for row in rows),
    )


def add_inbound(db: Session, values: dict[str, Any]) -> None:
    """Insert an inbound row."""
    _ADD_INBOUND.run(db, values)


def file_inbound(
    db: Session,
    inbound_id: uuid.UUID,
    filed_as: str,
    *,
    conversation_id: uuid.UUID | None = None,
    settled: bool = True,
    reply_sealed: bytes | None = None,
) -> None:
    """Say where an inbound text landed and what was answered."""
    landed = {"conversation_id": conversation_id, "settled": settled, "reply_sealed": reply_sealed}
    _FILE_INBOUND.run(db, {"row": inbound_id, "filed_as": filed_as} | landed)


def open_conversations(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> list[Conversation]:
    """A patient's open conversations: highest rank first, then the youngest."""
    return list(db.execute(_OPEN_ONES, _ids(keys, patient_id)).scalars().all())


def conversations(
    db: Session, keys: ClinicKeys, patient_id: uuid.UUID, since: datetime
) -> tuple[list[Conversation], list[Conversation]]:
    """The open conversations, and the last three since then that ended in silence or were closed by a newer ask."""
    found = db.execute(_OPEN_OR_MISSED, _ids(keys, patient_id, since=since)).scalars().all()
    missed = [each for each in found if each.state != ConversationState.OPEN]
    missed.sort(key=lambda each: each.opened_at, reverse=True)
    return [each for each in found if each.state == ConversationState.OPEN], missed[:MISSED]


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
    for row in _LATEST.rows(db, _ids(keys, patient_id, names=names)):
        words = sealer.open("answer", "value_sealed", row.id, row.value_sealed)
        found[row.name] = (words, row.flagged or row.hidden)
    return found


def answer_before(db: Session, keys: ClinicKeys, sealer: Sealer, patient_id: uuid.UUID, name: str) -> str | None:
    """The words kept under a name before the newest ones; None where they may not be quoted or there are none."""
    row = _BEFORE.first(db, _ids(keys, patient_id, name=name))
    if row is None or row.flagged or row.hidden:
        return None
    return sealer.open("answer", "value_sealed", row.id, row.value_sealed)


def supersede(db: Session, keys: ClinicKeys, patient_id: uuid.UUID, names: Sequence[str], now: datetime) -> None:
    """Mark the standing answers under these names as replaced; nothing a patient said is deleted."""
    _SUPERSEDE.run(db, _ids(keys, patient_id, names=names, now=now))


def add_answer(db: Session, values: dict[str, Any]) -> None:
    """Insert a kept answer."""
    _ADD_ANSWER.run(db, values)


def numbers_since(
    db: Session, keys: ClinicKeys, sealer: Sealer, patient_id: uuid.UUID, name: str, since: datetime
) -> list[float]:
    """A patient's own ratings under a name since then, oldest first."""
    rows = _NUMBERS.rows(db, _ids(keys, patient_id, name=name, since=since))
    words = [sealer.open("answer", "value_sealed", row.id, row.value_sealed) for row in rows]
    return [float(word) for word in words if word.replace(".", "", 1).isascii() and word.replace(".", "", 1).isdigit()]


def heard_lines(
    db: Session, keys: ClinicKeys, patient_id: uuid.UUID, flow: str, since: datetime
) -> dict[str, set[str]]:
    """Bank lines of a flow a patient has had since then, by bank."""
    found: dict[str, set[str]] = {}
    for bank, line in _HEARD.rows(db, _ids(keys, patient_id, flow=flow, since=since)):
        found.setdefault(bank, set()).add(line)
    return found


def is_pinned(db: Session, version: str) -> bool:
    """Whether this version of a flow is stored already."""
    return bool(_PINNED.rows(db, {"hash": version}))


def add_heard(db: Session, values: dict[str, Any]) -> None:
    """Note that a patient has had a bank line."""
    _ADD_HEARD.run(db, values)


def last_sent(
    db: Session, keys: ClinicKeys, patient_id: uuid.UUID, lines: Sequence[str], since: datetime
) -> dict[str, datetime]:
    """When each of these system lines was last queued for a patient since then."""
    rows = _LAST_SENT.rows(db, _ids(keys, patient_id, lines=lines, since=since))
    return {row.line: row.created_at for row in rows}


def suppressed(db: Session, keys: ClinicKeys, phone_index: bytes) -> Suppression | None:
    """The standing do-not-text mark on a number."""
    return db.execute(_SUPPRESSED, {"clinic": keys.clinic_id, "phone_index": phone_index}).scalars().first()


def answered_strangers(db: Session, keys: ClinicKeys, phone_index: bytes, since: datetime) -> bool:
    """Whether a number nobody knows has had its one answer since then."""
    about = {"clinic": keys.clinic_id, "phone_index": phone_index, "since": since}
    return bool(_STRANGER.rows(db, about))


def add_entry(db: Session, values: dict[str, Any]) -> None:
    """Insert a journal entry."""
    _ADD_ENTRY.run(db, values)


def last_entry(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> JournalEntry | None:
    """A patient's newest journal entry, for PRIVATE and SHARE."""
    return db.execute(_LAST_ENTRY, _ids(keys, patient_id)).scalars().first()


def sessions(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> list[SessionRow]:
    """All sessions of a patient by start."""
    return _SESSIONS.rows(db, _ids(keys, patient_id))


def told(db: Session, keys: ClinicKeys, session_id: uuid.UUID, start: datetime) -> None:
    """Remember which start of a session its patient was last told."""
    _TOLD.run(db, {"clinic": keys.clinic_id, "row": session_id, "told_start": start})


def open_incident(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> Alert | None:
    """The incident of a patient that no person has resolved yet, the newest first."""
    return db.execute(_INCIDENT, _ids(keys, patient_id)).scalars().first()


def marks(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> list[Mark]:
    """Every mark of a patient, oldest first."""
    return list(db.execute(_MARKS, _ids(keys, patient_id)).scalars().all())
