"""What the API takes: nothing is guessed from another type, and unknown fields are refused."""

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
    """An enrollment. Give `time_zone`, or `postal_code` to take the zone from.

    On a phone that another patient has already, both need a nickname: `nickname` is the new patient's, `other_nickname`
    the other's, unless they have one. Texts to this phone then begin with it.
    """

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
    nickname: Text = ""
    other_nickname: Text = ""


class PatientChange(Input):
    """Settings to change; what is left out stays. `echo` and `calls` can only be withdrawn."""

    first_name: Text | None = None
    nickname: Text | None = None
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


class RenumberIn(Input):
    """The right number, and the signed form that names it."""

    phone: Text
    consent: ConsentIn


class WriteIn(Input):
    """A person's own words, and who signs them."""

    words: Annotated[StrictStr, Field(max_length=480)]
    name: Annotated[StrictStr, Field(max_length=30)]


class HoldIn(Input):
    on: StrictBool


class EraseIn(Input):
    """Why, and the patient's id again: this cannot be undone."""

    reason: Literal["request", "retention", "mistake"]
    confirm: Annotated[StrictStr, Field(max_length=64)]


class DoneTaskIn(OptionalInput):
    """What was done; it is sealed like a patient's words."""

    note: Annotated[StrictStr, Field(max_length=2000)] = ""


class DecideIn(Input):
    """go_ahead or not_now, and the name of whoever decided; names and notes are sealed like a patient's words."""

    decision: Literal["go_ahead", "not_now"]
    decided_by: Annotated[StrictStr, Field(min_length=1, max_length=80)]
    note: Annotated[StrictStr, Field(max_length=2000)] = ""


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
