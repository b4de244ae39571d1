"""The hours a message may still leave in once it has waited: its person's, its rule's own, and no session's silence."""

import uuid
from dataclasses import dataclass
from datetime import datetime, time

from smsbot import silence
from smsbot.models import Clinic, Patient, Touch
from smsbot.scope import Scope

Span = tuple[time, time]


@dataclass(frozen=True)
class Hours:
    """A window of local wall time, and the end of the silence that is on now, if one is."""

    window: Span
    quiet_until: datetime | None = None


def usual(clinic: Clinic, patient: Patient | None) -> Hours:
    """The patient's own hours, else the clinic's."""
    start = (patient and patient.window_start) or clinic.window_start
    end = (patient and patient.window_end) or clinic.window_end
    return Hours((time.fromisoformat(start), time.fromisoformat(end)))


def of_touch(scope: Scope, touch_id: uuid.UUID) -> Hours:
    """What the planner goes by for a touch: the morning of a session begins earlier, the arrival line may break in."""
    patient, window = scope.person, usual(scope.clinic, scope.person).window
    protocol = scope.runtime.content.protocols.get(patient.protocol)
    rule = protocol.by_name.get(scope.db.get_one(Touch, touch_id).rule) if protocol else None
    if rule is not None and rule.between:
        window = _narrowed(rule.between, window) if patient.window_start or patient.window_end else rule.between
    over = silence.over(scope, scope.now)
    return Hours(window, None if over == scope.now or (rule is not None and rule.in_quiet) else over)


def _narrowed(rule: Span, own: Span) -> Span:
    return max(rule[0], own[0]), min(rule[1], own[1])
