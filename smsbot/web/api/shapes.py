"""What the API takes and gives: nothing is guessed from another type, and unknown fields are refused."""

import re
import uuid
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictInt, StrictStr, WithJsonSchema

INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})\Z", re.IGNORECASE)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
FIRST_YEAR, LAST_YEAR = 1900, 2200


def _instant(value: Any) -> datetime:
    """An RFC 3339 time with its offset, in years that every zone can show."""
    if not isinstance(value, str) or not INSTANT.match(value):
        raise ValueError("give the time with its offset from UTC, such as 2026-12-01T10:00:00-05:00")
    try:
        at = datetime.fromisoformat(value.upper())
    except ValueError:
        raise ValueError("there is no such time") from None
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise ValueError("check the year")
    return at


def _day(value: Any) -> date:
    if not isinstance(value, str) or not DAY.match(value):
        raise ValueError("give the date as 1988-05-04")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError("there is no such date") from None


Instant = Annotated[datetime, BeforeValidator(_instant), WithJsonSchema({"type": "string", "format": "date-time"})]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Minutes = Annotated[StrictInt, Field(ge=10, le=720)]
Text = Annotated[StrictStr, Field(max_length=200)]


class Input(BaseModel):
    """A body or query: unknown fields are refused, so that a misspelled one is not silently lost."""

    model_config = ConfigDict(extra="forbid")


class OptionalInput(Input):
    """A body that may be left out."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={}, openapi_extra={"required": False})  # type: ignore[typeddict-unknown-key]


class ConsentIn(Input):
    """What the signed form says; `form` is the version of its wording."""

    texts: StrictBool
    calls: StrictBool = False
    echo: StrictBool = False
    form: Text
    at: Instant


class SessionIn(Input):
    """A session to book; with `recorded` one that has already happened."""

    starts_at: Instant
    minutes: Minutes | None = None
    recorded: StrictBool = False


class PatientIn(Input):
    """An enrollment. Give `time_zone`, or `postal_code` to take the zone from."""

    phone: Text
    first_name: Text = ""
    birth_date: Day
    time_zone: Text = ""
    postal_code: Text = ""
    language: Text = "en"
    modality: Text = "iv"
    protocol: Text = ""
    consent: ConsentIn
    sessions: Annotated[list[SessionIn], Field(max_length=40)] = []


class PatientChange(Input):
    """Settings to change; what is left out stays. `echo` and `calls` can only be withdrawn."""

    first_name: Text | None = None
    language: Text | None = None
    time_zone: Text | None = None
    modality: Text | None = None
    protocol: Text | None = None
    pace: Text | None = None
    preferred_time: Text | None = None
    window_start: Text | None = None
    window_end: Text | None = None
    discreet: StrictBool | None = None
    echo: StrictBool | None = None
    calls: StrictBool | None = None


class PauseIn(OptionalInput):
    """Until when; left out, until resumed."""

    until: Instant | None = None


class ResumeIn(OptionalInput):
    """For a patient who opted out: the form signed since."""

    consent: ConsentIn | None = None


class SessionMove(Input):
    """Where a session goes; `version` as last read guards against moving what someone else has moved."""

    starts_at: Instant
    minutes: Minutes | None = None
    version: StrictInt | None = None


class DoneIn(OptionalInput):
    """When the session ended; left out, now."""

    ended_at: Instant | None = None


class CancelIn(Input):
    """Who or what canceled."""

    by: Literal["clinic", "patient", "medical"]


class AcknowledgeIn(OptionalInput):
    """Who sees to visit reminders while the patient is frozen."""

    logistics: Literal["phone", "send"] | None = None


class ResolveIn(Input):
    """What came of an alert; `welcome` approves the one soft first text."""

    outcome: Literal["spoke", "safe_by_other", "emergency_services", "not_meant", "unable_to_reach"]
    resume: Literal["resume", "gentle", "paused", "end"]
    note: Annotated[StrictStr, Field(max_length=4000)] = ""
    welcome: StrictBool = False


class PatientPath(BaseModel):
    patient_id: uuid.UUID


class SessionPath(BaseModel):
    session_id: uuid.UUID


class AlertPath(BaseModel):
    alert_id: uuid.UUID


class TaskPath(BaseModel):
    task_id: uuid.UUID


class PageQuery(Input):
    """A page of rows; `cursor` is the `next_cursor` of the page before."""

    limit: Annotated[int, Field(ge=1, le=100)] = 50
    cursor: Annotated[str, Field(max_length=120)] | None = None


class PatientQuery(PageQuery):
    status: Literal["invited", "active", "paused", "frozen", "stopped", "dormant", "ended"] | None = None


class AlertQuery(PageQuery):
    state: Literal["open", "acknowledged", "resolved"] | None = None


class TaskQuery(PageQuery):
    state: Literal["open", "done"] | None = "open"


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


class StandingOut(BaseModel):
    """How a patient stands after a change of status."""

    id: uuid.UUID
    status: str
    paused_until: datetime | None


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


class AlertsOut(BaseModel):
    alerts: list[AlertOut]
    next_cursor: str | None


class TaskOut(BaseModel):
    id: uuid.UUID
    patient_id: uuid.UUID | None
    kind: str
    reason: str
    state: str
    due_at: datetime
    created_at: datetime
    done_at: datetime | None
    done_by: str | None


class TasksOut(BaseModel):
    tasks: list[TaskOut]
    next_cursor: str | None
