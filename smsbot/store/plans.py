"""What the planner needs to know of a patient, and where its touches are kept."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, bindparam, insert, select
from sqlmodel import Session, col

from smsbot.models import Answer, Conversation, ConversationState, Message, MessageState, Series, Touch, TouchState
from smsbot.store import turns
from smsbot.store.statement import Statement
from smsbot.store.work import Objects, later
from smsbot.vault import ClinicKeys

TOUCH = Touch.__table__  # type: ignore[attr-defined]
CONVERSATION = Conversation.__table__  # type: ignore[attr-defined]
ANSWER = Answer.__table__  # type: ignore[attr-defined]
SERIES = Series.__table__  # type: ignore[attr-defined]
MESSAGE = Message.__table__  # type: ignore[attr-defined]
GONE = (TouchState.SENT, TouchState.ANSWERED, TouchState.UNANSWERED)
UNDELIVERED = (MessageState.UNDELIVERED, MessageState.FAILED, MessageState.REJECTED, MessageState.DROPPED)


class TouchRow(NamedTuple):
    """A touch as it stands, to decide by; who changes one loads it (`touches`)."""

    id: uuid.UUID
    plan_key: str
    rule: str
    flow: str
    state: str
    priority: int
    proactive: bool
    session_id: uuid.UUID | None
    planned_at: datetime
    sent_at: datetime | None
    answered_at: datetime | None
    details: dict[str, Any]


_CLINIC: BindParameter[Any] = bindparam("clinic")
_TOUCHES = Statement(
    select(*(TOUCH.c[name] for name in TouchRow._fields)).where(TOUCH.c.clinic_id == _CLINIC).order_by(TOUCH.c.id),
    row=TouchRow,
    owner=TOUCH.c.patient_id,
)
PAST = Statement(
    select(*(TOUCH.c[name] for name in TouchRow._fields))
    .where(TOUCH.c.clinic_id == _CLINIC, TOUCH.c.state.in_((*GONE, TouchState.DROPPED)))
    .order_by(TOUCH.c.id),
    row=TouchRow,
    owner=TOUCH.c.patient_id,
)
_ADD = Statement(insert(TOUCH))
_THESE = Objects(
    Touch,
    select(*TOUCH.columns).where(TOUCH.c.clinic_id == _CLINIC, TOUCH.c.id.in_(bindparam("rows", expanding=True))),
)
TALKED = Statement(
    select(CONVERSATION.c.touch_id, CONVERSATION.c.ended_as, CONVERSATION.c.closed_at).where(
        CONVERSATION.c.clinic_id == _CLINIC, CONVERSATION.c.touch_id.is_not(None)
    ),
    owner=CONVERSATION.c.patient_id,
)
CODED = Statement(
    select(CONVERSATION.c.touch_id, ANSWER.c.code)
    .join(ANSWER, ANSWER.c.conversation_id == CONVERSATION.c.id)
    .where(CONVERSATION.c.clinic_id == _CLINIC, CONVERSATION.c.touch_id.is_not(None), ANSWER.c.code.is_not(None)),
    owner=CONVERSATION.c.patient_id,
)
LOST = Statement(
    select(MESSAGE.c.touch_id).where(
        MESSAGE.c.clinic_id == _CLINIC, MESSAGE.c.touch_id.is_not(None), MESSAGE.c.state.in_(UNDELIVERED)
    ),
    owner=MESSAGE.c.patient_id,
)
_SERIES = Statement(
    select(SERIES.c.ended_why).where(SERIES.c.clinic_id == bindparam("clinic"), SERIES.c.id == bindparam("series"))
)
WROTE = Statement(
    select(CONVERSATION.c.last_inbound_at.label("at"))
    .where(
        CONVERSATION.c.clinic_id == _CLINIC,
        CONVERSATION.c.state == ConversationState.OPEN,
        CONVERSATION.c.last_inbound_at.is_not(None),
    )
    .order_by(CONVERSATION.c.last_inbound_at.desc()),
    owner=CONVERSATION.c.patient_id,
)


def ahead(db: Session, keys: ClinicKeys, patient_ids: Sequence[uuid.UUID]) -> None:
    """Read for many patients at once what a plan or a verdict will ask for each."""
    for read in (turns.SESSIONS, turns.MARKS, PAST, TALKED, CODED, LOST, WROTE):
        read.ahead(db, {"clinic": keys.clinic_id}, patient_ids)


def _who(keys: ClinicKeys, patient_id: uuid.UUID) -> dict[str, uuid.UUID]:
    return {"clinic": keys.clinic_id, "patient": patient_id}


def standing(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> list[TouchRow]:
    """Every touch of a patient, past and planned."""
    return _TOUCHES.rows(db, _who(keys, patient_id))


def past(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> list[TouchRow]:
    """The touches that had their moment: sent, or given up when they came due."""
    return [row for row in PAST.rows(db, _who(keys, patient_id)) if had_its_moment(row)]


def had_its_moment(touch: TouchRow | Touch) -> bool:
    """Whether a touch went out, or was given up when it came due."""
    return touch.state in GONE or bool(touch.details.get("given_up"))


def touches(db: Session, keys: ClinicKeys, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Touch]:
    """These touches, to be changed."""
    if not ids:
        return {}
    return {touch.id: touch for touch in _THESE.objects(db, {"clinic": keys.clinic_id, "rows": list(ids)})}


def add(db: Session, values: dict[str, Any]) -> None:
    """Insert a planned touch."""
    later(db, _ADD, values, early=True)


@dataclass(frozen=True)
class Outcomes:
    """What came of the touches that went out: codes answered, when they closed, whether delivery failed."""

    codes: Mapping[uuid.UUID, frozenset[str]] = field(default_factory=dict)
    closed_at: Mapping[uuid.UUID, datetime] = field(default_factory=dict)
    failed: frozenset[uuid.UUID] = frozenset()


def outcomes(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> Outcomes:
    """Codes of answers and names of ends by touch, in three queries whatever the history."""
    who = _who(keys, patient_id)
    codes: dict[uuid.UUID, set[str]] = {}
    closed: dict[uuid.UUID, datetime] = {}
    for row in TALKED.rows(db, who):
        if row.closed_at is not None:
            closed[row.touch_id] = row.closed_at
            codes.setdefault(row.touch_id, set()).add(row.ended_as or "")
    for row in CODED.rows(db, who):
        codes.setdefault(row.touch_id, set()).add(row.code)
    failed = frozenset(row.touch_id for row in LOST.rows(db, who))
    return Outcomes({key: frozenset(value) for key, value in codes.items()}, closed, failed)


def open_since(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> datetime | None:
    """When the patient last wrote in a conversation that is still open (RULINGS 14)."""
    row = WROTE.first(db, _who(keys, patient_id))
    at: datetime | None = row.at if row else None
    return at


def series_ended(db: Session, keys: ClinicKeys, series_id: uuid.UUID) -> str | None:
    """Why a series ended ("over" or "staff"); None while it runs."""
    row = _SERIES.first(db, {"clinic": keys.clinic_id, "series": series_id})
    why: str | None = row.ended_why if row else None
    return why


def hosted(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> Sequence[Touch]:
    """Touches still waiting that are asked inside another conversation."""
    wanted = select(Touch).where(
        col(Touch.clinic_id) == keys.clinic_id,
        col(Touch.patient_id) == patient_id,
        col(Touch.due_at).is_not(None),
    )
    return [touch for touch in db.execute(wanted).scalars() if touch.details["plan"].get("inside")]


def is_coming(db: Session, keys: ClinicKeys, session_id: uuid.UUID, flow: str) -> bool:
    """Whether a touch of this flow about a session is still waiting for its moment."""
    wanted = select(col(Touch.id)).where(
        col(Touch.clinic_id) == keys.clinic_id,
        col(Touch.session_id) == session_id,
        col(Touch.flow) == flow,
        col(Touch.due_at).is_not(None),
    )
    return db.execute(wanted.limit(1)).first() is not None
