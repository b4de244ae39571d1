"""What the planner needs to know of a patient, and where its touches are kept."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from smsbot.models import Answer, Conversation, ConversationState, Message, MessageState, Touch
from smsbot.vault import ClinicKeys

UNDELIVERED = (MessageState.UNDELIVERED, MessageState.FAILED, MessageState.REJECTED, MessageState.DROPPED)


def touches(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> Sequence[Touch]:
    """Every touch of a patient, past and planned."""
    wanted = select(Touch).where(col(Touch.clinic_id) == keys.clinic_id, col(Touch.patient_id) == patient_id)
    return db.execute(wanted).scalars().all()


@dataclass(frozen=True)
class Outcomes:
    """What came of the touches that went out: codes answered, when they closed, whether delivery failed."""

    codes: Mapping[uuid.UUID, frozenset[str]] = field(default_factory=dict)
    closed_at: Mapping[uuid.UUID, datetime] = field(default_factory=dict)
    failed: frozenset[uuid.UUID] = frozenset()


def outcomes(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> Outcomes:
    """Codes of answers and names of ends by touch, in three queries whatever the history."""
    talked = select(col(Conversation.touch_id), col(Conversation.ended_as), col(Conversation.closed_at)).where(
        col(Conversation.clinic_id) == keys.clinic_id,
        col(Conversation.patient_id) == patient_id,
        col(Conversation.touch_id).is_not(None),
    )
    codes: dict[uuid.UUID, set[str]] = {}
    closed: dict[uuid.UUID, datetime] = {}
    for touch_id, ended_as, closed_at in db.execute(talked):
        if touch_id is not None and closed_at is not None:
            closed[touch_id] = closed_at
            codes.setdefault(touch_id, set()).add(ended_as or "")
    for touch_id, code in db.execute(_coded(keys, patient_id)):
        if touch_id is not None and code is not None:
            codes.setdefault(touch_id, set()).add(code)
    lost = select(col(Message.touch_id)).where(
        col(Message.clinic_id) == keys.clinic_id,
        col(Message.patient_id) == patient_id,
        col(Message.touch_id).is_not(None),
        col(Message.state).in_(UNDELIVERED),
    )
    failed = frozenset(touch_id for touch_id in db.execute(lost).scalars() if touch_id is not None)
    return Outcomes({key: frozenset(value) for key, value in codes.items()}, closed, failed)


def _coded(keys: ClinicKeys, patient_id: uuid.UUID):  # type: ignore[no-untyped-def]  # a Select of two columns
    return (
        select(col(Conversation.touch_id), col(Answer.code))
        .join(Answer, col(Answer.conversation_id) == col(Conversation.id))
        .where(
            col(Conversation.clinic_id) == keys.clinic_id,
            col(Conversation.patient_id) == patient_id,
            col(Conversation.touch_id).is_not(None),
            col(Answer.code).is_not(None),
        )
    )


def open_since(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> datetime | None:
    """When the patient last wrote in a conversation that is still open (RULINGS 14)."""
    wanted = select(func.max(col(Conversation.last_inbound_at))).where(
        col(Conversation.clinic_id) == keys.clinic_id,
        col(Conversation.patient_id) == patient_id,
        col(Conversation.state) == ConversationState.OPEN,
    )
    at: datetime | None = db.execute(wanted).scalar()
    return at


def hosted(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> Sequence[Touch]:
    """Touches still waiting that are asked inside another conversation."""
    wanted = select(Touch).where(
        col(Touch.clinic_id) == keys.clinic_id,
        col(Touch.patient_id) == patient_id,
        col(Touch.due_at).is_not(None),
    )
    return [touch for touch in db.execute(wanted).scalars() if touch.details["plan"].get("inside")]
