"""Two patients on one phone: their nicknames, and what is known of each when a text or a call of theirs comes in."""

import logging
import uuid
from collections.abc import Sequence

from sqlmodel import Session

from smsbot.errors import Erased, VaultError
from smsbot.models import Patient, PatientStatus
from smsbot.nicknames import Seen
from smsbot.store import turns
from smsbot.vault import ClinicKeys, Sealer

log = logging.getLogger("smsbot.sharing")


def nickname(sealer: Sealer, patient: Patient) -> str:
    """What a patient is called on a phone they share; "" for everybody else."""
    if patient.nickname_sealed is None:
        return ""
    try:
        return sealer.open("patient", "nickname_sealed", patient.id, patient.nickname_sealed)
    except VaultError:  # a damaged nickname is as good as none, and must keep no crisis line back
        log.error("a nickname cannot be read", extra={"patient": str(patient.id)})
        return ""


def nicknames(keys: ClinicKeys, people: Sequence[Patient]) -> dict[uuid.UUID, str]:
    """The nicknames of those whose key opens and who have one."""
    found = {}
    for patient in (each for each in people if each.nickname_sealed is not None):
        try:
            name = nickname(keys.patient(patient.id, patient.wrapped_key), patient)
        except (Erased, VaultError):
            continue
        if name:
            found[patient.id] = name
    return found


def seen(db: Session, keys: ClinicKeys, people: Sequence[Patient]) -> dict[uuid.UUID, Seen]:
    """What tells who is writing; whose program has ended is left out as long as the other's goes on."""
    present = [each for each in people if each.status != PatientStatus.ENDED] or list(people)
    texted = turns.last_texted(db, keys, [each.id for each in present])
    return {
        each.id: Seen(bool(turns.open_conversations(db, keys, each.id)), each.last_inbound_at, texted.get(each.id))
        for each in present
    }
