"""Inbound texts: what came before one, the row it becomes, where it landed; and what was last said to its sender."""

import logging
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import LargeBinary, bindparam, cast, func, insert, literal, null, select, union_all, update
from sqlmodel import Session

from smsbot.errors import VaultError
from smsbot.models import Inbound, Message, MessageState
from smsbot.store.statement import Statement, together
from smsbot.store.turns.binds import CLINIC, INDEX, PATIENT, SINCE, ids
from smsbot.store.turns.story import SESSIONS
from smsbot.store.turns.talks import OPEN_OR_MISSED
from smsbot.store.work import Objects, Work, later
from smsbot.vault import ClinicKeys, Sealer

log = logging.getLogger("smsbot.inbox")

INBOUND = Inbound.__table__  # type: ignore[attr-defined]
MESSAGE = Message.__table__  # type: ignore[attr-defined]
# What a text of a shared phone is filed as until somebody says who wrote it: once that was asked, and before.
HELD = ("who_wrote", "who_wrote_unasked")
RECENT = timedelta(minutes=30)
RECENT_TEXTS = 2
DAY = timedelta(days=1)

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
_UNSETTLED = Objects(
    Inbound,
    select(*INBOUND.columns)
    .where(
        INBOUND.c.clinic_id == CLINIC,
        INBOUND.c.conversation_id == bindparam("conversation"),
        INBOUND.c.settled.is_(False),
    )
    .order_by(INBOUND.c.received_at, INBOUND.c.id),
)
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
_LAST_TEXTED = Statement(
    select(MESSAGE.c.patient_id, func.max(MESSAGE.c.created_at).label("at"))
    .where(
        MESSAGE.c.clinic_id == CLINIC,
        MESSAGE.c.patient_id.in_(bindparam("rows", expanding=True)),
        MESSAGE.c.state != MessageState.DROPPED,
    )
    .group_by(MESSAGE.c.patient_id)
)
_HELD = Objects(
    Inbound,
    select(*INBOUND.columns)
    .where(
        INBOUND.c.clinic_id == CLINIC,
        INBOUND.c.phone_index == INDEX,
        INBOUND.c.received_at > SINCE,
        INBOUND.c.patient_id.is_(None),
        INBOUND.c.filed_as.in_(HELD),
    )
    .order_by(INBOUND.c.received_at, INBOUND.c.id),
)


def _before(
    keys: ClinicKeys, sid: str, phone_index: bytes, patient_id: uuid.UUID | None, now: datetime
) -> dict[str, Any]:
    about = {"clinic": keys.clinic_id, "sid": sid, "phone_index": phone_index, "patient": patient_id}
    return about | {"since": now - RECENT, "day": now - DAY}


def look(
    db: Session, keys: ClinicKeys, sid: str, phone_index: bytes, patient_id: uuid.UUID, now: datetime, missed: datetime
) -> None:
    """Read in one go what every text of a patient is met with: what came before, their conversations, their sessions.

    `missed` is how far back an unanswered conversation may have closed.
    """
    whose = ids(keys, patient_id)
    asked = (SESSIONS, whose), (OPEN_OR_MISSED.statement, whose | {"since": missed})
    together(db, [(_EARLIER, _before(keys, sid, phone_index, patient_id, now)), *asked])


def _readable(keys: ClinicKeys, sealer: Sealer, rows: Sequence[Any]) -> Iterator[str]:
    """The words of these texts; a damaged one must not keep the next one from being heard."""
    for row in rows:
        try:
            yield (sealer if row.patient_id else keys.sealer).open("inbound", "body_sealed", row.id, row.sealed)
        except VaultError:
            log.error("an earlier text cannot be read", extra={"row": str(row.id)})


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
    """What came before, in one look after the patient is locked; only the last two texts are opened.

    A number may have been somebody else's a moment ago: their words are not this person's, and stay closed.
    """
    rows = _EARLIER.rows(db, _before(keys, sid, phone_index, patient_id, now))
    own = [row for row in rows if row.what == "recent" and row.patient_id in (None, patient_id)]
    recent = sorted(own, key=lambda row: row.received_at)
    return Earlier(
        same=next((row for row in rows if row.what == "same"), None),
        recent=tuple(_readable(keys, sealer, recent)),
        crisis=any(row.what == "crisis" for row in rows),
    )


def add_inbound(db: Session, values: dict[str, Any]) -> None:
    """Insert an inbound row."""
    later(db, _ADD_INBOUND, values, early=True)


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
    landed: dict[str, Any] = {"filed_as": filed_as, "conversation_id": conversation_id}
    landed |= {"settled": settled, "reply_sealed": reply_sealed}
    # A row that still waits is written whole; not one that refers to a conversation which is written after it.
    is_new = conversation_id is not None and any(getattr(row, "id", None) == conversation_id for row in db.new)
    if is_new or not isinstance(db, Work) or not db.complete(_ADD_INBOUND, inbound_id, landed):
        later(db, _FILE_INBOUND, {"row": inbound_id} | landed)


def unsettled(db: Session, keys: ClinicKeys, conversation_id: uuid.UUID) -> list[Inbound]:
    """The fragments of a words answer that still wait to be joined, oldest first."""
    return _UNSETTLED.objects(db, {"clinic": keys.clinic_id, "conversation": conversation_id})


def last_sent(
    db: Session, keys: ClinicKeys, patient_id: uuid.UUID, lines: Sequence[str], since: datetime
) -> dict[str, datetime]:
    """When each of these system lines was last queued for a patient since then."""
    rows = _LAST_SENT.rows(db, ids(keys, patient_id, lines=lines, since=since))
    return {row.line: row.created_at for row in rows}


def last_texted(db: Session, keys: ClinicKeys, patient_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, datetime]:
    """When each of these patients was last written to; whoever never was is left out."""
    rows = _LAST_TEXTED.rows(db, {"clinic": keys.clinic_id, "rows": patient_ids})
    return {row.patient_id: row.at for row in rows}


def held(db: Session, keys: ClinicKeys, phone_index: bytes, since: datetime) -> list[Inbound]:
    """Texts of a shared phone since then that nobody has put a name to yet, oldest first."""
    return _HELD.objects(db, {"clinic": keys.clinic_id, "phone_index": phone_index, "since": since})


def answered_strangers(db: Session, keys: ClinicKeys, phone_index: bytes, since: datetime) -> bool:
    """Whether a number nobody knows has had its one answer since then."""
    about = {"clinic": keys.clinic_id, "phone_index": phone_index, "since": since}
    return bool(_STRANGER.rows(db, about))
