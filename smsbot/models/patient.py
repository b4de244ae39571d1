"""Patients, their consent ledger, series and sessions."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import SQLModel

from smsbot.models.base import Id, key, ref, when


class Patient(SQLModel, table=True):
    """A person a clinic enrolled; their words are sealed under `wrapped_key`, which erasure destroys (sets to None).

    `own_voice` is their wish to be told before a session that they can hear their own voice on the line;
    `links_revoked` counts how often the links to their own page were ended, and older ones no longer open it.
    Two may share one phone: each then has a nickname, and `phone_place` 0 or 1 for whoever came first and second.
    """

    id: Id = key()
    clinic_id: Id = ref("clinic.id")
    phone_index: bytes | None = None
    phone_sealed: bytes | None = None
    first_name_sealed: bytes | None = None
    birth_date_sealed: bytes | None = None
    wrapped_key: bytes | None = None
    language: str = "en"
    time_zone: str
    modality: str = "iv"
    protocol: str = "induction"
    status: str = "invited"
    pace: str = "light"
    chosen_pace: str | None = None
    preferred_time: str | None = None
    window_start: str | None = None
    window_end: str | None = None
    echo: bool = False
    shared_phone: bool = False
    discreet: bool = False
    calls: bool = False
    session_days_only: bool = False
    pause_reminders: bool = True
    voicemail: bool = False
    pin_sealed: bytes | None = None
    pin_misses: int = 0
    own_voice: bool = False
    links_revoked: int = 0
    joined_at: datetime | None = when(default=None)
    paused_until: datetime | None = when(default=None)
    hold_asks_until: datetime | None = when(default=None)
    upbeat_hold_until: datetime | None = when(default=None)
    last_inbound_at: datetime | None = when(default=None)
    message_seq: int = 0
    plan_version: int = 0
    legal_hold_at: datetime | None = when(default=None)
    erased_at: datetime | None = when(default=None)
    created_at: datetime = when()
    nickname_sealed: bytes | None = None
    phone_place: int = 0
    __table_args__ = (UniqueConstraint("clinic_id", "phone_index", "phone_place"),)


class Consent(SQLModel, table=True):
    """One line of the append-only consent ledger; it lives under the clinic's key and survives an erasure."""

    id: Id = key()
    clinic_id: Id = ref("clinic.id")
    patient_id: Id | None = ref("patient.id", default=None)
    phone_index: bytes
    kind: str
    action: str
    wording: str
    channel: str
    by: str
    at: datetime = when()
    evidence_sealed: bytes | None = None


class Suppression(SQLModel, table=True):
    """A do-not-text mark: `reason` stop | wrong_number | carrier | verbal; lifted only by START or a new form."""

    id: Id = key()
    clinic_id: Id = ref("clinic.id")
    phone_index: bytes
    reason: str
    at: datetime = when()
    lifted_at: datetime | None = when(default=None)
    __table_args__ = (Index("ix_suppression_phone", "clinic_id", "phone_index"),)


class Series(SQLModel, table=True):
    """The run of sessions a patient is in; `ended_why` over (nothing is booked any more) | staff (they said so)."""

    id: Id = key()
    clinic_id: Id = ref("clinic.id")
    patient_id: Id = ref("patient.id")
    number: int
    protocol: str
    started_at: datetime = when()
    ended_at: datetime | None = when(default=None)
    ended_why: str | None = None


class TreatmentSession(SQLModel, table=True):
    """A session: `version` counts edits, `told_start` is the start the patient was last told."""

    __tablename__ = "session"
    id: Id = key()
    clinic_id: Id = ref("clinic.id")
    patient_id: Id = ref("patient.id")
    series_id: Id = ref("series.id")
    number: int
    starts_at: datetime = when()
    minutes: int
    status: str = "booked"
    version: int = 1
    arrived_at: datetime | None = when(default=None)
    ended_at: datetime | None = when(default=None)
    canceled_why: str | None = None
    told_start: datetime | None = when(default=None)
    changed_at: datetime | None = when(default=None)
    created_at: datetime = when()
