"""Patients, locked: one text, one touch at a time changes a patient's story."""

import uuid
from collections.abc import Sequence

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from smsbot.models import Patient, Suppression
from smsbot.store.turns.binds import CLINIC, INDEX, ids
from smsbot.store.work import Objects
from smsbot.vault import ClinicKeys

_PATIENT = Patient.__table__  # type: ignore[attr-defined]
_MINE = select(*_PATIENT.columns).where(_PATIENT.c.clinic_id == CLINIC)
_BY_PHONE = Objects(Patient, _MINE.where(_PATIENT.c.phone_index == INDEX).with_for_update())
_BY_ID = Objects(Patient, _MINE.with_for_update(), owner=_PATIENT.c.id)
_BY_IDS = Objects(Patient, _MINE.where(_PATIENT.c.id.in_(bindparam("rows", expanding=True))).with_for_update())
_SUPPRESSED = select(Suppression).where(
    col(Suppression.clinic_id) == CLINIC,
    col(Suppression.phone_index) == INDEX,
    col(Suppression.lifted_at).is_(None),
)


def lock_patient(db: Session, keys: ClinicKeys, phone_index: bytes) -> Patient | None:
    """The patient with this number, their row locked until the commit: one text at a time changes their story."""
    return _BY_PHONE.object(db, {"clinic": keys.clinic_id, "phone_index": phone_index})


def lock_patient_by_id(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> Patient | None:
    """The same lock by id, for whoever acts on a patient outside an inbound text."""
    return _BY_ID.object(db, ids(keys, patient_id))


def lock_patients(db: Session, keys: ClinicKeys, patient_ids: Sequence[uuid.UUID]) -> list[Patient]:
    """The same for several, whose locks the caller must hold already: they would come in no certain order."""
    return _BY_IDS.objects(db, {"clinic": keys.clinic_id, "rows": patient_ids}) if patient_ids else []


def suppressed(db: Session, keys: ClinicKeys, phone_index: bytes) -> Suppression | None:
    """The standing do-not-text mark on a number."""
    return db.execute(_SUPPRESSED, {"clinic": keys.clinic_id, "phone_index": phone_index}).scalars().first()
