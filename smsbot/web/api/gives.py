"""What the API gives."""

import uuid
from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict


class SessionOut(BaseModel):
    id: uuid.UUID
    number: int
    starts_at: datetime
    minutes: int
    status: str
    version: int
    arrived_at: datetime | None
    ended_at: datetime | None
    canceled_by: str | None


class EnrolledOut(BaseModel):
    """A patient without what identifies them: this answer may be kept for a repeated Idempotency-Key."""

    id: uuid.UUID
    status: str
    language: str
    time_zone: str
    modality: str
    protocol: str
    sessions: list[SessionOut]


class PatientOut(EnrolledOut):
    phone: str
    first_name: str
    birth_date: date
    pace: str
    preferred_time: str | None
    window_start: str | None
    window_end: str | None
    discreet: bool
    echo: bool
    calls: bool
    created_at: datetime
    joined_at: datetime | None
    paused_until: datetime | None
    nickname: str | None
    shares_phone_with: uuid.UUID | None


class StandingOut(BaseModel):
    """How a patient stands after a change of status."""

    id: uuid.UUID
    status: str
    paused_until: datetime | None


class ConsentLineOut(BaseModel):
    """One line of the ledger; `words` is what was agreed to, `own_words` what the patient wrote."""

    at: datetime
    kind: str
    action: str
    wording: str
    words: str | None
    own_words: str | None
    channel: str
    by: str


class MarkOut(BaseModel):
    """A do-not-text mark on the patient's number; it stands until `lifted_at`."""

    reason: str
    at: datetime
    lifted_at: datetime | None


class ConsentOut(BaseModel):
    """Everything agreed to and withdrawn, oldest first; `standing` is the last word about each kind."""

    patient_id: uuid.UUID
    standing: dict[str, str]
    lines: list[ConsentLineOut]
    marks: list[MarkOut]


class WrittenOut(BaseModel):
    """The text a person sent; its state is in the patient's messages."""

    id: uuid.UUID


class HoldOut(BaseModel):
    id: uuid.UUID
    legal_hold_at: datetime | None


class CertificateOut(BaseModel):
    """What an erasure did and what a look at the database finds now; `holds` is the verdict."""

    clinic: str
    patient_id: uuid.UUID
    erased_at: datetime
    by: str
    reason: str
    link: int
    mac: str
    chain_holds: bool
    cells: dict[str, int]
    still_open: int
    leads: list[str]
    files_left: int
    at_the_carrier: int
    marked: bool
    ledger_lines: int
    checked_at: datetime
    holds: bool
    stays: list[str]
    elsewhere: list[str]


class PatientListed(BaseModel):
    """A patient in a list; identity is read one patient at a time."""

    id: uuid.UUID
    status: str
    first_name: str
    protocol: str
    time_zone: str
    created_at: datetime


class PatientsOut(BaseModel):
    patients: list[PatientListed]
    next_cursor: str | None


class SessionsOut(BaseModel):
    sessions: list[SessionOut]


class SeriesEndedOut(BaseModel):
    ended_at: datetime


class HistoryOut(BaseModel):
    """One thing that happened to a touch."""

    model_config = ConfigDict(extra="allow")


class TouchOut(BaseModel):
    """A planned contact, sent or not, and why."""

    id: uuid.UUID
    key: str
    session: int | None
    flow: str
    due_at: datetime
    expires_at: datetime | None
    state: str
    why: str
    sent_at: datetime | None
    answered_at: datetime | None
    history: list[HistoryOut]


class MoveOut(BaseModel):
    """One touch that a move would change; `before` and `after` are due times, null where there is none."""

    rule: str
    change: Literal["moves", "dropped", "new", "sent", "answered"]
    before: datetime | None
    after: datetime | None
    why: str


class PreviewOut(BaseModel):
    touches: list[MoveOut]


class TimelineOut(BaseModel):
    touches: list[TouchOut]


class MessageOut(BaseModel):
    """A text from the patient ("in") or to them ("out"); `words` is null where they are private or erased."""

    id: uuid.UUID
    direction: Literal["in", "out"]
    at: datetime
    words: str | None
    state: str
    flow: str | None
    line: str | None
    private: bool
    tier: int | None


class MessagesOut(BaseModel):
    messages: list[MessageOut]
    next_cursor: str | None


class EntryOut(BaseModel):
    id: uuid.UUID
    at: datetime
    kind: str
    words: str | None
    private: bool
    flagged: bool


class JournalOut(BaseModel):
    entries: list[EntryOut]
    next_cursor: str | None


class StepOut(BaseModel):
    number: int
    channel: str
    contact_id: uuid.UUID | None
    state: str
    tries: int
    why: str | None
    at: datetime
    done_at: datetime | None


class AlertOut(BaseModel):
    id: uuid.UUID
    patient_id: uuid.UUID | None
    tier: int
    kind: str
    rule: str
    state: str
    opened_at: datetime
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    logistics: str | None
    resolved_at: datetime | None
    resolved_by: str | None
    outcome: str | None
    resume: str | None
    steps: list[StepOut]


class AlertsOut(BaseModel):
    alerts: list[AlertOut]
    next_cursor: str | None


class TaskOut(BaseModel):
    id: uuid.UUID
    patient_id: uuid.UUID | None
    kind: str
    reason: str
    state: str
    owner: str | None
    due_at: datetime
    created_at: datetime
    done_at: datetime | None
    done_by: str | None


class TasksOut(BaseModel):
    tasks: list[TaskOut]
    next_cursor: str | None
