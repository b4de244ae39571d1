"""What PRIVATE and SHARE work on: the newest words of a patient, wherever they landed (CONTENT 9.4)."""

import uuid
from collections.abc import Sequence

from sqlmodel import Session, col, select

from smsbot.models import Answer, Inbound, JournalEntry
from smsbot.vault import ClinicKeys


def newest_answer(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> Answer | None:
    """The newest answer in the patient's own words; a choice or a number has no words to hide."""
    wanted = select(Answer).where(
        col(Answer.clinic_id) == keys.clinic_id, col(Answer.patient_id) == patient_id, col(Answer.code).is_(None)
    )
    return db.exec(wanted.order_by(col(Answer.at).desc()).limit(1)).first()


def texts_of(db: Session, keys: ClinicKeys, conversation_id: uuid.UUID) -> Sequence[Inbound]:
    """The texts that were given to a conversation, oldest first."""
    wanted = select(Inbound).where(
        col(Inbound.clinic_id) == keys.clinic_id, col(Inbound.conversation_id) == conversation_id
    )
    return db.exec(wanted.order_by(col(Inbound.received_at))).all()


def entries_of(db: Session, keys: ClinicKeys, inbound_ids: Sequence[uuid.UUID]) -> Sequence[JournalEntry]:
    """The journal entries that these texts became."""
    wanted = select(JournalEntry).where(
        col(JournalEntry.clinic_id) == keys.clinic_id, col(JournalEntry.inbound_id).in_(inbound_ids)
    )
    return db.exec(wanted).all()
