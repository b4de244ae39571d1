"""Clinics and the way to their keys: nothing of a clinic is read without passing here."""

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, bindparam, or_
from sqlalchemy.orm import class_mapper
from sqlalchemy.orm.attributes import instance_dict
from sqlmodel import Session, col, select

from smsbot.errors import NotFound
from smsbot.models import CarrierSender, Clinic, ClinicKey
from smsbot.store.statement import Statement
from smsbot.vault import ClinicKeys, Vault, WrappedKeys

_NUMBER: BindParameter[str] = bindparam("number")
_BY_NUMBER = select(Clinic).where((col(Clinic.number) == _NUMBER) | (col(Clinic.messaging_service) == _NUMBER))
_CLINIC = Clinic.__table__  # type: ignore[attr-defined]
_KEY = ClinicKey.__table__  # type: ignore[attr-defined]
_NAMES = tuple(_CLINIC.columns.keys())
_NEW: Callable[[], Clinic] = class_mapper(Clinic).class_manager.new_instance
_WITH_KEYS = (
    select(_KEY.c.version, _KEY.c.wrapped_key, _KEY.c.wrapped_phone_key, *_CLINIC.columns)
    .join_from(_CLINIC, _KEY, _KEY.c.clinic_id == _CLINIC.c.id)
    .order_by(_CLINIC.c.id)
)
_BEHIND = Statement(
    _WITH_KEYS.where(or_(_CLINIC.c.number == _NUMBER, _CLINIC.c.messaging_service == _NUMBER)),
    row=lambda *values: values,
)
_OPENED = Statement(_WITH_KEYS.where(_CLINIC.c.id == bindparam("clinic")), row=lambda *values: values)
_KEYS = Statement(
    select(col(ClinicKey.version), col(ClinicKey.wrapped_key), col(ClinicKey.wrapped_phone_key)).where(
        col(ClinicKey.clinic_id) == bindparam("clinic")
    )
)


def add(db: Session, vault: Vault, clinic: Clinic, key_id: uuid.UUID, now: datetime) -> ClinicKeys:
    """Store a new clinic with fresh keys and, if it has a number, that number's sender row."""
    fresh = vault.new_clinic_keys(clinic.id)
    db.add(clinic)
    db.flush()
    db.add(
        ClinicKey(
            id=key_id,
            clinic_id=clinic.id,
            version=fresh.version,
            wrapped_key=fresh.wrapped_key,
            wrapped_phone_key=fresh.wrapped_phone_key,
            created_at=now,
        )
    )
    if clinic.number:
        open_sender(db, clinic.id, clinic.number, now)
    db.flush()
    return vault.clinic(clinic.id, [fresh])


def open_sender(db: Session, clinic_id: uuid.UUID, sender: str, now: datetime) -> None:
    """The row that holds a sender's rate and gaps; `sender` is a number or a messaging service."""
    if db.get(CarrierSender, sender) is None:
        db.add(CarrierSender(number=sender, clinic_id=clinic_id, refilled_at=now))


def every(db: Session) -> Sequence[Clinic]:
    """All clinics by name, for the operator's command line."""
    return db.exec(select(Clinic).order_by(col(Clinic.name))).all()


def get(db: Session, clinic_id: uuid.UUID) -> Clinic:
    clinic = db.get(Clinic, clinic_id)
    if clinic is None:
        raise NotFound("clinic")
    return clinic


def by_number(db: Session, number: str) -> Clinic | None:
    """The clinic that texts from this E.164 number (or messaging service id)."""
    return db.execute(_BY_NUMBER, {"number": number}).scalars().first()


def keys(db: Session, vault: Vault, clinic_id: uuid.UUID) -> ClinicKeys:
    """Open a clinic's keys; NotFound if there is no such clinic."""
    rows = _KEYS.rows(db, {"clinic": clinic_id})
    if not rows:
        raise NotFound("clinic")
    return vault.clinic(clinic_id, [WrappedKeys(row.version, row.wrapped_key, row.wrapped_phone_key) for row in rows])


def behind(db: Session, vault: Vault, number: str) -> tuple[Clinic, ClinicKeys] | None:
    """The clinic that texts from this number or service and its keys; it is to be read, not changed."""
    return _opened(vault, _BEHIND.rows(db, {"number": number}))


def opened(db: Session, vault: Vault, clinic_id: uuid.UUID) -> tuple[Clinic, ClinicKeys]:
    """A clinic, to be read and not changed, and its keys, in one look; NotFound if there is no such clinic."""
    found = _opened(vault, _OPENED.rows(db, {"clinic": clinic_id}))
    if found is None:
        raise NotFound("clinic")
    return found


def _opened(vault: Vault, rows: Sequence[tuple[Any, ...]]) -> tuple[Clinic, ClinicKeys] | None:
    if not rows:
        return None
    clinic = _NEW()
    instance_dict(clinic).update(zip(_NAMES, rows[0][3:], strict=True))
    versions = [WrappedKeys(*row[:3]) for row in rows if row[3] == clinic.id]
    return clinic, vault.clinic(clinic.id, versions)
