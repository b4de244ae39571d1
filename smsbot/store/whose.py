"""Which clinic an id belongs to, for the operator's commands: it crosses clinics, gives ids only (RULINGS 43)."""

import uuid

from sqlmodel import Session, col, select

from smsbot.errors import NotFound
from smsbot.models import Clinic, Patient, TreatmentSession


def patient(db: Session, patient_id: uuid.UUID) -> uuid.UUID:
    """The clinic of a patient."""
    found = db.exec(select(Patient.clinic_id).where(col(Patient.id) == patient_id)).first()
    if found is None:
        raise NotFound("patient")
    return found


def session(db: Session, session_id: uuid.UUID) -> uuid.UUID:
    """The clinic of a session."""
    found = db.exec(select(TreatmentSession.clinic_id).where(col(TreatmentSession.id) == session_id)).first()
    if found is None:
        raise NotFound("session")
    return found


def clinic(db: Session, named: str) -> uuid.UUID:
    """The clinic with this id or this exact name; NotFound if there is none, or several of that name."""
    try:
        wanted = col(Clinic.id) == uuid.UUID(named)
    except ValueError:
        wanted = col(Clinic.name) == named
    found = db.exec(select(Clinic.id).where(wanted).limit(2)).all()
    if len(found) != 1:
        raise NotFound("clinic")
    return found[0]
