"""Clinics, their keys, their contacts, licenses and the sign-off of their content."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import SQLModel

from smsbot.models.base import Id, data, key, ref, when


class Clinic(SQLModel, table=True):
    """A clinic; `alias` is the name patients see in a text, `number` the E.164 number texts leave from."""

    id: Id = key()
    name: str
    alias: str
    number: str | None = None
    messaging_service: str | None = None
    phone: str
    oncall_phone: str | None = None
    time_zone: str
    country: str = "US"
    protocol: str = "induction"
    hours: dict[str, Any] = data()
    holidays: list[str] = data()
    window_start: str = "09:00"
    window_end: str = "20:00"
    after_hours: str = "oncall"
    prep: str = ""
    settings: dict[str, Any] = data()
    created_at: datetime = when()
    disabled_at: datetime | None = when(default=None)
    __table_args__ = (UniqueConstraint("number"),)


class ClinicKey(SQLModel, table=True):
    """One version of a clinic's keys, wrapped by the master key; the newest version seals, older ones still open."""

    __tablename__ = "clinic_key"
    id: Id = key()
    clinic_id: Id = ref("clinic.id")
    version: int
    wrapped_key: bytes
    wrapped_phone_key: bytes
    created_at: datetime = when()
    __table_args__ = (UniqueConstraint("clinic_id", "version"),)


class Contact(SQLModel, table=True):
    """Someone an alert may reach: `kind` oncall | second | lead | operator; `rank` orders the ladder."""

    id: Id = key()
    clinic_id: Id = ref("clinic.id")
    kind: str
    rank: int
    name_sealed: bytes
    phone_sealed: bytes | None = None
    email_sealed: bytes | None = None
    voice: bool = True
    rota: dict[str, Any] = data()
    created_at: datetime = when()
    disabled_at: datetime | None = when(default=None)


class License(SQLModel, table=True):
    """What a clinic may enroll and until when; it never silences STOP, HELP, safety or a running series."""

    id: Id = key()
    clinic_id: Id = ref("clinic.id")
    plan: str
    seats: int | None = None
    starts_on: date
    ends_on: date | None = None


class ContentSignoff(SQLModel, table=True):
    """A clinician's signature under one hash of content."""

    __tablename__ = "content_signoff"
    id: Id = key()
    clinic_id: Id = ref("clinic.id")
    content_hash: str
    signed_by: str
    signed_at: datetime = when()
