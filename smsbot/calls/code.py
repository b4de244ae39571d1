"""The four-digit code that lets a caller hear their own words; a number alone proves nothing (RULINGS 35)."""

import hmac
import re
from itertools import pairwise

from smsbot.errors import Refused
from smsbot.models import Call, Patient
from smsbot.own_voice import has_code
from smsbot.scope import Scope, beside
from smsbot.vault import Sealer

SHAPE = re.compile(r"[0-9]{4}\Z")


def set_code(sealer: Sealer, patient: Patient, code: str | None) -> None:
    """Give a patient a code (None takes it away) and forget earlier misses; Refused where it is no good code."""
    if code is not None and (not SHAPE.match(code) or is_plain(code)):
        raise Refused("A code has four digits, and is not one that everybody would try first.")
    patient.pin_sealed = sealer.seal("patient", "pin_sealed", patient.id, code) if code is not None else None
    patient.pin_misses = 0


def is_plain(code: str) -> bool:
    """Whether these digits are among those that are tried first: all alike, in a row, or a year."""
    steps = {(int(after) - int(digit)) % 10 for digit, after in pairwise(code)}
    return (len(steps) == 1 and steps <= {0, 1, 9}) or code[:2] in ("19", "20")


def is_code(scope: Scope, keyed: str) -> bool:
    """Whether this is the caller's code. After five misses no code is right until the clinic sets a new one."""
    patient = scope.patient
    if patient is None or patient.pin_sealed is None or not has_code(patient):
        return False
    code = scope.sealer.open("patient", "pin_sealed", patient.id, patient.pin_sealed)
    right = hmac.compare_digest(code.encode(), keyed.encode())
    patient.pin_misses = 0 if right else patient.pin_misses + 1
    return right


def proves(scope: Scope, call: Call, keyed: str) -> bool:
    """Whether this code is the caller's; on a phone that two share it says which of them is calling.

    The call is the other's from then on. A code that is neither's counts as a miss of both.
    """
    misses = scope.person.pin_misses if scope.patient is not None else 0
    if is_code(scope, keyed):
        return True
    other = next((each for each in _beside(scope) if is_code(each, keyed)), None)
    if other is None:
        return False
    scope.person.pin_misses = misses
    scope.patient, scope.others, scope.sealer = other.patient, other.others, other.sealer
    scope.language, scope.known_sessions = other.language, None
    scope.shared.clear()
    call.patient_id = scope.person.id
    # What was open in this call was the other's.
    call.details = {name: value for name, value in call.details.items() if name != "conversation"}
    return True


def _beside(scope: Scope) -> list[Scope]:
    return beside(scope) if scope.patient is not None else []
