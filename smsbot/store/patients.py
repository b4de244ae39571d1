"""Patients as rows: who they are, what they agreed to, which series they are in, and how many a clinic may have."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func
from sqlmodel import Session, col, select, update

from smsbot.errors import Erased, NotFound
from smsbot.models import Consent, License, Patient, PatientStatus, Series, Suppression
from smsbot.vault import ClinicKeys

GONE = (PatientStatus.ENDED, PatientStatus.STOPPED)


@dataclass(frozen=True)
class Person:
    """What a patient's sealed columns say; `phone` is E.164, `first_name` may be empty."""

    phone: str
    first_name: str
    birth_date: date


def add(db: Session, keys: ClinicKeys, patient: Patient, person: Person) -> None:
    """Store a new patient under a key of their own."""
    patient.wrapped_key = keys.new_patient_key(patient.id)
    sealer = keys.patient(patient.id, patient.wrapped_key)
    patient.phone_index = keys.phone_index(person.phone)
    patient.phone_sealed = sealer.seal("patient", "phone_sealed", patient.id, person.phone)
    patient.birth_date_sealed = sealer.seal("patient", "birth_date_sealed", patient.id, person.birth_date.isoformat())
    if person.first_name:
        rename(keys, patient, person.first_name)
    db.add(patient)
    db.flush()


def rename(keys: ClinicKeys, patient: Patient, first_name: str) -> None:
    """Seal another first name."""
    sealer = keys.patient(patient.id, patient.wrapped_key)
    patient.first_name_sealed = sealer.seal("patient", "first_name_sealed", patient.id, first_name)


def renumber(keys: ClinicKeys, patient: Patient, phone: str) -> None:
    """Seal another number, and find the patient by it from now on."""
    sealer = keys.patient(patient.id, patient.wrapped_key)
    patient.phone_index = keys.phone_index(phone)
    patient.phone_sealed = sealer.seal("patient", "phone_sealed", patient.id, phone)
    patient.nickname_sealed, patient.phone_place = None, 0


def person(keys: ClinicKeys, patient: Patient) -> Person:
    """Open a patient's identity; Erased once their key is gone."""
    if patient.phone_sealed is None or patient.birth_date_sealed is None:
        raise Erased
    sealer = keys.patient(patient.id, patient.wrapped_key)
    name = patient.first_name_sealed
    return Person(
        phone=sealer.open("patient", "phone_sealed", patient.id, patient.phone_sealed),
        first_name=sealer.open("patient", "first_name_sealed", patient.id, name) if name else "",
        birth_date=date.fromisoformat(
            sealer.open("patient", "birth_date_sealed", patient.id, patient.birth_date_sealed)
        ),
    )


def get(db: Session, keys: ClinicKeys, patient_id: uuid.UUID, *, lock: bool = False) -> Patient:
    """A patient of this clinic; with `lock` their row is held until the commit, so one change comes after another."""
    wanted = select(Patient).where(col(Patient.clinic_id) == keys.clinic_id, col(Patient.id) == patient_id)
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    patient = db.exec(wanted).first()
    if patient is None:
        raise NotFound("patient")
    return patient


def by_phone(db: Session, keys: ClinicKeys, phone: str, *, lock: bool = False) -> Sequence[Patient]:
    """The clinic's patients with this E.164 number, who came first first: two at most; locked as texts lock them."""
    index = keys.phone_index(phone)
    wanted = select(Patient).where(col(Patient.clinic_id) == keys.clinic_id, col(Patient.phone_index) == index)
    if lock:
        locking = wanted.order_by(col(Patient.id)).with_for_update().execution_options(populate_existing=True)
        return sorted(db.exec(locking).all(), key=lambda each: each.phone_place)
    return db.exec(wanted.order_by(col(Patient.phone_place))).all()


def shares_with(db: Session, keys: ClinicKeys, patient: Patient) -> Patient | None:
    """Who else has this patient's phone."""
    if patient.nickname_sealed is None or patient.phone_index is None:
        return None
    wanted = select(Patient).where(
        col(Patient.clinic_id) == keys.clinic_id,
        col(Patient.phone_index) == patient.phone_index,
        col(Patient.id) != patient.id,
    )
    return db.exec(wanted).first()


def share(keys: ClinicKeys, patient: Patient, nickname: str) -> None:
    """From now on this patient shares their phone, and is called so on it; texts stay plain (CONTENT 11.9)."""
    sealer = keys.patient(patient.id, patient.wrapped_key)
    patient.nickname_sealed = sealer.seal("patient", "nickname_sealed", patient.id, nickname)
    # An invitation has to name the clinic; whoever says YES to it is written to plainly from then on.
    patient.shared_phone, patient.discreet = True, patient.discreet or patient.joined_at is not None


def page(
    db: Session, keys: ClinicKeys, *, status: str | None = None, before: uuid.UUID | None = None, limit: int = 50
) -> Sequence[Patient]:
    """Up to `limit` patients, newest first; `before` is the last id already seen (ids are ordered by time)."""
    wanted = select(Patient).where(col(Patient.clinic_id) == keys.clinic_id)
    if status is not None:
        wanted = wanted.where(col(Patient.status) == status)
    if before is not None:
        wanted = wanted.where(col(Patient.id) < before)
    return db.exec(wanted.order_by(col(Patient.id).desc()).limit(limit)).all()


@dataclass(frozen=True)
class Agreement:
    """One line for the consent ledger: `kind` texts | calls | echo, `action` given | declined | withdrawn."""

    kind: str
    action: str
    wording: str
    channel: str


def agree(
    db: Session, keys: ClinicKeys, patient: Patient, line: Agreement, *, row_id: uuid.UUID, by: str, at: datetime
) -> None:
    """Append to the consent ledger; nothing in it is ever changed."""
    db.add(
        Consent(
            id=row_id,
            clinic_id=keys.clinic_id,
            patient_id=patient.id,
            phone_index=keys.phone_index(person(keys, patient).phone),
            kind=line.kind,
            action=line.action,
            wording=line.wording,
            channel=line.channel,
            by=by,
            at=at,
        )
    )


def consents(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> Sequence[Consent]:
    """A patient's lines of the consent ledger, oldest first."""
    wanted = select(Consent).where(col(Consent.clinic_id) == keys.clinic_id, col(Consent.patient_id) == patient_id)
    return db.exec(wanted.order_by(col(Consent.at), col(Consent.id))).all()


def suppression(db: Session, keys: ClinicKeys, phone_index: bytes) -> Suppression | None:
    """The newest standing do-not-text mark on a number."""
    wanted = select(Suppression).where(
        col(Suppression.clinic_id) == keys.clinic_id,
        col(Suppression.phone_index) == phone_index,
        col(Suppression.lifted_at).is_(None),
    )
    return db.exec(wanted.order_by(col(Suppression.at).desc())).first()


def suppress(
    db: Session, keys: ClinicKeys, phone_index: bytes, *, row_id: uuid.UUID, reason: str, at: datetime
) -> None:
    """Mark a number as not to be texted or called."""
    db.add(Suppression(id=row_id, clinic_id=keys.clinic_id, phone_index=phone_index, reason=reason, at=at))


def lift(db: Session, keys: ClinicKeys, phone_index: bytes, at: datetime) -> None:
    """Lift every standing mark on a number; the rows stay."""
    standing = update(Suppression).where(
        col(Suppression.clinic_id) == keys.clinic_id,
        col(Suppression.phone_index) == phone_index,
        col(Suppression.lifted_at).is_(None),
    )
    db.exec(standing.values(lifted_at=at))


def latest_series(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> Series | None:
    """The series a patient is in, or was in last."""
    wanted = select(Series).where(col(Series.clinic_id) == keys.clinic_id, col(Series.patient_id) == patient_id)
    return db.exec(wanted.order_by(col(Series.number).desc())).first()


def licenses(db: Session, keys: ClinicKeys) -> Sequence[License]:
    """A clinic's licenses, oldest first; a clinic without any is not limited."""
    wanted = select(License).where(col(License.clinic_id) == keys.clinic_id)
    return db.exec(wanted.order_by(col(License.starts_on))).all()


def seats_taken(db: Session, keys: ClinicKeys) -> int:
    """How many patients hold a seat: everyone but those who stopped, ended or were erased."""
    wanted = select(func.count(col(Patient.id))).where(
        col(Patient.clinic_id) == keys.clinic_id,
        col(Patient.status).not_in(GONE),
        col(Patient.erased_at).is_(None),
    )
    return db.exec(wanted).one()
