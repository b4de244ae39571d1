"""What was asked of a patient lately, over all of their conversations."""

import uuid
from datetime import datetime

from sqlmodel import Session, col, select

from smsbot.models import Conversation
from smsbot.vault import ClinicKeys


def since(db: Session, keys: ClinicKeys, patient_id: uuid.UUID, rank: int, start: datetime) -> bool:
    """Whether a conversation of at least this rank was begun since then, open or over."""
    wanted = select(Conversation.id).where(
        col(Conversation.clinic_id) == keys.clinic_id,
        col(Conversation.patient_id) == patient_id,
        col(Conversation.opened_at) > start,
        col(Conversation.rank) >= rank,
    )
    return db.exec(wanted.limit(1)).first() is not None
