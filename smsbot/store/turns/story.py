"""What has been in a patient's care: their sessions, marks, and the incident that is open."""

import uuid
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, update
from sqlmodel import Session, col, select

from smsbot.models import Alert, AlertState, Mark, TreatmentSession
from smsbot.store.statement import Statement
from smsbot.store.turns.binds import CLINIC, PATIENT, ids
from smsbot.store.work import later
from smsbot.vault import ClinicKeys

SESSION = TreatmentSession.__table__  # type: ignore[attr-defined]
MARK = Mark.__table__  # type: ignore[attr-defined]


class SessionRow(NamedTuple):
    """A session as it stands, to decide by; who changes one goes through store/sessions.py."""

    id: uuid.UUID
    series_id: uuid.UUID
    number: int
    starts_at: datetime
    minutes: int
    status: str
    version: int
    created_at: datetime
    changed_at: datetime | None
    arrived_at: datetime | None
    ended_at: datetime | None
    told_start: datetime | None
    canceled_why: str | None


class MarkRow(NamedTuple):
    """A moment a flow left behind for timing rules to hang on."""

    id: uuid.UUID
    name: str
    at: datetime


SESSIONS = Statement(
    select(*(SESSION.c[name] for name in SessionRow._fields))
    .where(SESSION.c.clinic_id == CLINIC)
    .order_by(SESSION.c.starts_at),
    row=SessionRow,
    owner=SESSION.c.patient_id,
)
_TOLD = Statement(
    update(SESSION).where(SESSION.c.clinic_id == CLINIC, SESSION.c.id == bindparam("row")), ("told_start",)
)
_INCIDENT = (
    select(Alert)
    .where(
        col(Alert.clinic_id) == CLINIC,
        col(Alert.patient_id) == PATIENT,
        col(Alert.state) != AlertState.RESOLVED,
        col(Alert.lead_only).is_(False),
    )
    .order_by(col(Alert.opened_at).desc())
    .limit(1)
)
MARKS = Statement(
    select(MARK.c.id, MARK.c.name, MARK.c.at).where(MARK.c.clinic_id == CLINIC).order_by(MARK.c.at),
    row=MarkRow,
    owner=MARK.c.patient_id,
)


def sessions(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> list[SessionRow]:
    """All sessions of a patient by start."""
    return SESSIONS.rows(db, ids(keys, patient_id))


def told(db: Session, keys: ClinicKeys, session_id: uuid.UUID, start: datetime) -> None:
    """Remember which start of a session its patient was last told."""
    later(db, _TOLD, {"clinic": keys.clinic_id, "row": session_id, "told_start": start})


def open_incident(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> Alert | None:
    """The incident of a patient that no person has resolved yet, the newest first."""
    return db.execute(_INCIDENT, ids(keys, patient_id)).scalars().first()


def marks(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> list[MarkRow]:
    """Every mark of a patient, oldest first."""
    return MARKS.rows(db, ids(keys, patient_id))
