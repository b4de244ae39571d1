"""Alerts, their steps, and the staff work list."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import SQLModel

from smsbot.models.base import Id, data, key, ref, when


class Alert(SQLModel, table=True):
    """An incident for staff; one open incident a patient, later texts append to `inbounds`.

    `paged_at` is when the present round of pages began, `first_step` the number its steps count from; `due_at` is when
    the ladder has something to do next. A weekly test of the pager is a row of kind `test`, due in the future.
    """

    id: Id = key()
    clinic_id: Id = ref("clinic.id", index=False)
    patient_id: Id | None = ref("patient.id", default=None)
    phone_index: bytes | None = None
    tier: int
    kind: str
    rule: str
    state: str = "open"
    lead_only: bool = False
    inbounds: list[str] = data()
    told: list[dict[str, Any]] = data()
    opened_at: datetime = when()
    acknowledged_at: datetime | None = when(default=None)
    acknowledged_by: str | None = None
    logistics: str | None = None
    resolved_at: datetime | None = when(default=None)
    resolved_by: str | None = None
    outcome: str | None = None
    resume: str | None = None
    note_sealed: bytes | None = None
    paged_at: datetime | None = when(default=None)
    first_step: int = 0
    due_at: datetime | None = when(default=None)
    lease_until: datetime | None = when(default=None)
    fence: int = 0
    __table_args__ = (Index("ix_alert_due", "due_at"), Index("ix_alert_clinic", "clinic_id", "state", "opened_at"))


class AlertStep(SQLModel, table=True):
    """One attempt to reach somebody about an alert, written before it is made: who, how, and what came of it."""

    __tablename__ = "alert_step"
    id: Id = key()
    clinic_id: Id = ref("clinic.id", index=False)
    alert_id: Id = ref("alert.id")
    number: int
    channel: str
    contact_id: Id | None = ref("contact.id", index=False, default=None)
    state: str = "trying"
    tries: int = 1
    carrier_sid: str | None = None
    why: str | None = None
    at: datetime = when()
    done_at: datetime | None = when(default=None)
    __table_args__ = (UniqueConstraint("alert_id", "number", "channel", "contact_id"),)


class Task(SQLModel, table=True):
    """An item of the staff work list; `reason` is a code, patient words stay sealed in `note_sealed`."""

    id: Id = key()
    clinic_id: Id = ref("clinic.id", index=False)
    patient_id: Id | None = ref("patient.id", default=None)
    kind: str
    reason: str
    state: str = "open"
    owner: str | None = None
    due_at: datetime = when()
    details: dict[str, Any] = data()
    note_sealed: bytes | None = None
    created_at: datetime = when()
    done_at: datetime | None = when(default=None)
    done_by: str | None = None
    __table_args__ = (Index("ix_task_clinic", "clinic_id", "state", "due_at"),)
