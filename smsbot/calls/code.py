"""The four-digit code that lets a caller hear their own words; a number alone proves nothing (RULINGS 35)."""

import hmac
import re
from itertools import pairwise

from smsbot.errors import Refused
from smsbot.models import Patient
from smsbot.own_voice import has_code
from smsbot.scope import Scope
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
