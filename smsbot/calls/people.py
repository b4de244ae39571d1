"""Whose call it is: the patient with their row locked, or a number nobody enrolled."""

import uuid

from sqlmodel import Session

from smsbot import scope as scopes
from smsbot.errors import Erased, NotFound
from smsbot.models import Call
from smsbot.runtime import Runtime
from smsbot.scope import Scope
from smsbot.store import calls, clinics


def opened(runtime: Runtime, db: Session, call_id: uuid.UUID) -> tuple[Scope, Call] | None:
    """The person and the call, both rows locked, the person's first; None once either is gone."""
    clinic_id = calls.clinic_of(db, call_id)
    if clinic_id is None:
        return None
    clinic, keys = clinics.opened(db, runtime.vault, clinic_id)
    plain = db.get_one(Call, call_id)
    if plain.patient_id is None:
        phone = keys.open("call", "phone_sealed", call_id, plain.phone_sealed) if plain.phone_sealed else ""
        scope = scopes.stranger(runtime, db, keys, clinic, phone)
    else:
        try:
            scope = scopes.of_patient(runtime, db, keys, clinic, plain.patient_id)
        except (NotFound, Erased):
            return None
    call = calls.locked(db, keys, call_id)
    return (scope, call) if call is not None else None
