"""Asking for a call to a patient: written down here, placed by `calls.placing`; NO CALLS and STOP take it back."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from smsbot import consent
from smsbot.localtime import local_clock
from smsbot.models import Call, PatientStatus
from smsbot.scope import Scope
from smsbot.store import calls, turns

TALKING = (PatientStatus.ACTIVE, PatientStatus.PAUSED, PatientStatus.DORMANT)


def may_ask(scope: Scope) -> bool:
    """Whether a call may be placed now for a patient who asks for one: never after an opt-out, only in their hours."""
    return not barred(scope) and in_hours(scope, scope.now)


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


def ask(scope: Scope, purpose: str, *, audio: str = "") -> Call:
    """Ask for a call to this patient; one that is waiting or live already is the one they get."""
    states = (*calls.WAITING, *calls.LIVE)
    for call in calls.outbound(scope.db, scope.keys, scope.person.id, states):
        if call.state in calls.WAITING:
            call.purpose, call.details = purpose, call.details | {"audio": audio}
        return call
    consent.record(scope, "calls", "requested")  # the patient's own word for this one call
    return write(scope, purpose, {"audio": audio, "requested": True}, scope.now)


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


def cancel(scope: Scope, why: str) -> None:
    """Take back every call to this patient that nobody has asked the carrier for."""
    for call in calls.outbound(scope.db, scope.keys, scope.person.id, calls.WAITING):
        call.state, call.why, call.due_at, call.ended_at = "dropped", why, None, scope.now
        call.fence += 1
