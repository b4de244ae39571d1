"""A patient's conversations, and the flow versions they are pinned to."""

import uuid
from datetime import datetime

from sqlalchemy import and_, bindparam, or_
from sqlmodel import Session, col, select

from smsbot.models import Conversation, ConversationState, FlowVersion
from smsbot.store.statement import Statement
from smsbot.store.turns.binds import CLINIC, SINCE, ids
from smsbot.store.work import Objects
from smsbot.vault import ClinicKeys

MISSED = 3
_TALK = Conversation.__table__  # type: ignore[attr-defined]
_IS_OPEN = _TALK.c.state == ConversationState.OPEN
_WAS_MISSED = and_(
    _TALK.c.state == ConversationState.CLOSED,
    _TALK.c.ended_as.in_(("unanswered", "replaced")),
    _TALK.c.closed_at > SINCE,
)
_RANKED = (
    select(*_TALK.columns).where(_TALK.c.clinic_id == CLINIC).order_by(_TALK.c.rank.desc(), _TALK.c.opened_at.desc())
)
OPEN = Objects(Conversation, _RANKED.where(_IS_OPEN), owner=_TALK.c.patient_id)
OPEN_OR_MISSED = Objects(Conversation, _RANKED.where(or_(_IS_OPEN, _WAS_MISSED)), owner=_TALK.c.patient_id)
_PINNED = Statement(select(col(FlowVersion.hash)).where(col(FlowVersion.hash) == bindparam("hash")))


def open_conversations(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> list[Conversation]:
    """A patient's open conversations: highest rank first, then the youngest."""
    return OPEN.objects(db, ids(keys, patient_id))


def conversations(
    db: Session, keys: ClinicKeys, patient_id: uuid.UUID, since: datetime
) -> tuple[list[Conversation], list[Conversation]]:
    """The open conversations, and the last three since then that ended in silence or were closed by a newer ask."""
    found = OPEN_OR_MISSED.objects(db, ids(keys, patient_id, since=since))
    missed = [each for each in found if each.state != ConversationState.OPEN]
    missed.sort(key=lambda each: each.opened_at, reverse=True)
    return [each for each in found if each.state == ConversationState.OPEN], missed[:MISSED]


def is_pinned(db: Session, version: str) -> bool:
    """Whether this version of a flow is stored already."""
    return bool(_PINNED.rows(db, {"hash": version}))
