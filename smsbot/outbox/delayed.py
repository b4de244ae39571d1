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
    """The morning of a session may begin before the clinic's hours, not before the patient's; arrival may break in.

    A rule's narrower hours are left to its deadline: a text that has its second chance has those of the patient.
    """
    patient, window = scope.person, usual(scope.clinic, scope.person).window
    protocol = scope.runtime.content.protocols.get(patient.protocol)
    rule = protocol.by_name.get(scope.db.get_one(Touch, touch_id).rule) if protocol else None
    if rule is not None and rule.between and not (patient.window_start or patient.window_end):
        window = min(rule.between[0], window[0]), max(rule.between[1], window[1])
    over = silence.over(scope, scope.now)
    return Hours(window, None if over == scope.now or (rule is not None and rule.in_quiet) else over)
