"""Treatment sessions as rows."""

import uuid
from collections.abc import Sequence

from sqlmodel import Session, col, select

from smsbot.errors import NotFound
from smsbot.models import TreatmentSession
from smsbot.vault import ClinicKeys


def get(db: Session, keys: ClinicKeys, session_id: uuid.UUID) -> TreatmentSession:
    """A session of this clinic, as it stands now even if it was read before."""
    wanted = select(TreatmentSession).where(
        col(TreatmentSession.clinic_id) == keys.clinic_id, col(TreatmentSession.id) == session_id
    )
    found = db.exec(wanted.execution_options(populate_existing=True)).first()
    if found is None:
        raise NotFound("session")
    return found


def of_patient(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> Sequence[TreatmentSession]:
    """All sessions of a patient, earliest first, canceled ones included."""
    wanted = select(TreatmentSession).where(
        col(TreatmentSession.clinic_id) == keys.clinic_id, col(TreatmentSession.patient_id) == patient_id
    )
    return db.exec(wanted.order_by(col(TreatmentSession.starts_at), col(TreatmentSession.id))).all()


def of_patients(db: Session, keys: ClinicKeys, patient_ids: Sequence[uuid.UUID]) -> Sequence[TreatmentSession]:
    """The sessions of several patients in one query, earliest first."""
    wanted = select(TreatmentSession).where(
        col(TreatmentSession.clinic_id) == keys.clinic_id, col(TreatmentSession.patient_id).in_(patient_ids)
    )
    return db.exec(wanted.order_by(col(TreatmentSession.starts_at), col(TreatmentSession.id))).all()
