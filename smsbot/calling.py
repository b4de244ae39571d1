"""Asking for a call to a patient: written down here, placed by `calls.placing`; NO CALLS, STOP, PAUSE take it back.

A call asked for in the patient's hours is placed now: it is their own wish for this moment, around a session too. One
asked for outside them is planned: for the first time in their hours that no session keeps quiet.
"""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from smsbot import consent, render, silence
from smsbot.localtime import DAY, instant, local_clock, local_day
from smsbot.models import Call, PatientStatus
from smsbot.scope import Scope
from smsbot.store import calls, turns

TALKING = (PatientStatus.ACTIVE, PatientStatus.PAUSED, PatientStatus.DORMANT)
MOST_STEPS = 100  # from window to silence to window; far more than a series has sessions


def barred(scope: Scope) -> bool:
    """Whether this person must not be called at all: strangers, and whoever stopped, ended or was only invited."""
    if scope.patient is None or scope.patient.status not in TALKING:
        return True
    return turns.suppressed(scope.db, scope.keys, scope.keys.phone_index(scope.phone)) is not None


def in_hours(scope: Scope, at: datetime) -> bool:
    """Whether an instant lies in the hours this patient may be called in: those for texts."""
    clock = local_clock(at, ZoneInfo(scope.person.time_zone))
    start, end = window(scope)
    return start <= clock < end


def window(scope: Scope) -> tuple[time, time]:
    """The patient's own hours, else the clinic's."""
    patient, clinic = scope.person, scope.clinic
    return (
        time.fromisoformat(patient.window_start or clinic.window_start),
        time.fromisoformat(patient.window_end or clinic.window_end),
    )


def later(scope: Scope) -> datetime | None:
    """When a call asked for now would be placed, if that is not at once: None in the patient's hours."""
    return None if in_hours(scope, scope.now) else next_time(scope)


def next_time(scope: Scope) -> datetime:
    """The first instant from now on in the patient's hours and outside every silence around a session."""
    at = scope.now
    for _ in range(MOST_STEPS):
        free = silence.over(scope, _from_hours(scope, at))
        if free == at:
            break
        at = free
    return at


def _from_hours(scope: Scope, at: datetime) -> datetime:
    """This instant in the patient's hours, else the next at which they begin, on their own clock."""
    if in_hours(scope, at):
        return at
    zone = ZoneInfo(scope.person.time_zone)
    start, _ = window(scope)
    day = local_day(at, zone)
    return instant(day if local_clock(at, zone) < start else day + DAY, start, zone)


def said_time(scope: Scope) -> str | None:
    """`later` as the patient is told it, in their own zone: "tomorrow at 9 am"."""
    at = later(scope)
    return render.moment(at.astimezone(ZoneInfo(scope.person.time_zone)), scope.now, scope.language) if at else None


def ask(scope: Scope, purpose: str, *, audio: str = "") -> Call:
    """Ask for a call to this patient, now or `later`.

    One that is waiting becomes this one, its time too; one that is ringing or live is the one they get.
    """
    at = later(scope)
    wanted: dict[str, object] = {"audio": audio, "requested": True, "planned": at is not None}
    states = (*calls.WAITING, *calls.LIVE)
    for call in calls.outbound(scope.db, scope.keys, scope.person.id, states):
        if call.state in calls.WAITING:
            call.purpose, call.details, call.due_at = purpose, call.details | wanted, at or scope.now
        return call
    consent.record(scope, "calls", "requested")  # the patient's own word for this one call
    return write(scope, purpose, wanted, at or scope.now)


def write(scope: Scope, purpose: str, details: dict[str, object], due_at: datetime, attempt: int = 1) -> Call:
    """Write one call down before anybody asks the carrier for it."""
    call = Call(
        id=scope.runtime.new_id(),
        clinic_id=scope.clinic.id,
        patient_id=scope.person.id,
        direction="outbound",
        purpose=purpose,
        state="ready",
        details=details,
        attempt=attempt,
        due_at=due_at,
        started_at=scope.now,
    )
    scope.db.add(call)
    scope.db.flush()
    return call


def cancel(scope: Scope, why: str) -> bool:
    """Take back every call to this patient that nobody has asked the carrier for; whether there was one."""
    return calls.drop_waiting(scope.db, scope.keys, scope.person.id, why, scope.now)
