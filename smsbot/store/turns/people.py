"""Patients, locked: one text, one touch at a time changes a patient's story."""

import uuid
from collections.abc import Sequence

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from smsbot.models import Patient, Suppression
from smsbot.store.turns.binds import CLINIC, INDEX, PATIENT, ids
from smsbot.store.work import Objects
from smsbot.vault import ClinicKeys

_PATIENT = Patient.__table__  # type: ignore[attr-defined]
_MINE = select(*_PATIENT.columns).where(_PATIENT.c.clinic_id == CLINIC)
# In the order in which everybody locks patients, so that two texts of one phone never wait for each other.
_BY_PHONE = Objects(Patient, _MINE.where(_PATIENT.c.phone_index == INDEX).order_by(_PATIENT.c.id).with_for_update())
_FREE_BESIDE = Objects(
    Patient,
    _MINE.where(_PATIENT.c.phone_index == INDEX, _PATIENT.c.id != PATIENT).with_for_update(skip_locked=True),
)
_BY_ID = Objects(Patient, _MINE.with_for_update(), owner=_PATIENT.c.id)
_BY_IDS = Objects(Patient, _MINE.where(_PATIENT.c.id.in_(bindparam("rows", expanding=True))).with_for_update())
_SUPPRESSED = select(Suppression).where(
    col(Suppression.clinic_id) == CLINIC,
    col(Suppression.phone_index) == INDEX,
    col(Suppression.lifted_at).is_(None),
)


def lock_phone(db: Session, keys: ClinicKeys, phone_index: bytes) -> list[Patient]:
    """The patient with this number, or the two who share it, locked until the commit: one text at a time is heard."""
    return _BY_PHONE.objects(db, {"clinic": keys.clinic_id, "phone_index": phone_index})


def free_beside(db: Session, keys: ClinicKeys, phone_index: bytes, patient_id: uuid.UUID) -> list[Patient]:
    """Who shares this number with a patient whose lock the caller holds, locked too; left out while somebody else
    holds theirs: to wait now could be for somebody who waits for us.
    """
    return _FREE_BESIDE.objects(db, ids(keys, patient_id, phone_index=phone_index))


def lock_patient_by_id(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> Patient | None:
    """The same lock by id, for whoever acts on a patient outside an inbound text."""
    return _BY_ID.object(db, ids(keys, patient_id))


def lock_patients(db: Session, keys: ClinicKeys, patient_ids: Sequence[uuid.UUID]) -> list[Patient]:
    """The same for several, whose locks the caller must hold already: they would come in no certain order."""
    return _BY_IDS.objects(db, {"clinic": keys.clinic_id, "rows": patient_ids}) if patient_ids else []


def suppressed(db: Session, keys: ClinicKeys, phone_index: bytes) -> Suppression | None:
    """The standing do-not-text mark on a number."""
    return db.execute(_SUPPRESSED, {"clinic": keys.clinic_id, "phone_index": phone_index}).scalars().first()
