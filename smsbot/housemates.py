"""A phone that two patients share: who has it already, and what each of the two is called on it (CONTENT.md 9.8)."""

import uuid
from dataclasses import dataclass

from smsbot import nicknames, sharing
from smsbot.desk import Desk
from smsbot.errors import Conflict, RefusedFields
from smsbot.models import Patient, PatientStatus, Suppression
from smsbot.store import patients

NOBODY_ELSE = "Nobody else here has this number; a nickname is for a phone that two patients share."
BOTH = "The other patient needs a nickname as well: texts to this phone have to say whose they are."
ALIKE = "The two nicknames are too alike: one must not begin like the other."


@dataclass(frozen=True)
class Pair:
    """The patient who had the phone first, and the nicknames of both."""

    other: Patient
    mine: str
    theirs: str

    @property
    def place(self) -> int:
        """The place on the phone that is free."""
        return 1 - self.other.phone_place


def find(desk: Desk, phone: str, mark: Suppression | None) -> Patient | None:
    """Who has this number already, locked; whoever it proved to be wrong for lets go of it. Conflict when two do."""
    known = patients.by_phone(desk.db, desk.keys, phone, lock=True)
    if mark is not None and mark.reason == "wrong_number":
        for each in known:
            if each.status == PatientStatus.ENDED:
                each.phone_index = None
        desk.db.flush()
    left = [each for each in known if each.phone_index is not None]
    if len(left) > 1:
        raise Conflict("Two patients share this phone already.", field="phone")
    return left[0] if left else None


def pair(desk: Desk, other: Patient | None, nickname: str, other_nickname: str) -> Pair | None:
    """What the two will be called; None for a phone of one's own.

    Conflict when somebody has the number and no nickname is given, RefusedFields for nicknames that will not do.
    """
    mine, theirs = nicknames.tidy(nickname), nicknames.tidy(other_nickname)
    if other is None:
        if mine or theirs:
            raise RefusedFields({"nickname" if mine else "other_nickname": NOBODY_ELSE})
        return None
    if not mine:
        raise Conflict(
            f"This number already belongs to patient {other.id}. If both use this phone, give a nickname for each: "
            "their texts then begin with it.",
            field="phone",
        )
    theirs = theirs or sharing.nicknames(desk.keys, [other]).get(other.id, "")
    faults = _faults(mine, theirs)
    if faults:
        raise RefusedFields(faults)
    return Pair(other, mine, theirs)


def _faults(mine: str, theirs: str) -> dict[str, str]:
    found = {"nickname": nicknames.fault(mine), "other_nickname": nicknames.fault(theirs) if theirs else BOTH}
    faults = {name: fault for name, fault in found.items() if fault is not None}
    if not faults and nicknames.too_alike(mine, theirs):
        faults["nickname"] = ALIKE
    return faults


def settle(desk: Desk, patient: Patient, agreed: Pair) -> None:
    """Write both nicknames down: from now on both are written to plainly, and by name."""
    patients.share(desk.keys, patient, agreed.mine)
    patients.share(desk.keys, agreed.other, agreed.theirs)
    desk.visit().note("patient.share", f"patient:{agreed.other.id}", shares_with=str(patient.id))
    desk.replan(agreed.other)


def rename(desk: Desk, patient_id: uuid.UUID, nickname: str) -> Patient:
    """Another nickname for somebody who shares their phone; RefusedFields where it will not do."""
    patient = patients.get(desk.db, desk.keys, patient_id, lock=True)
    name, other = nicknames.tidy(nickname), patients.shares_with(desk.db, desk.keys, patient)
    if other is None:
        raise RefusedFields({"nickname": NOBODY_ELSE})
    fault = nicknames.fault(name)
    if fault is None and nicknames.too_alike(name, sharing.nicknames(desk.keys, [other]).get(other.id, "-")):
        fault = ALIKE
    if fault is not None:
        raise RefusedFields({"nickname": fault})
    patients.share(desk.keys, patient, name)
    desk.visit().note("patient.change", f"patient:{patient.id}", fields=["nickname"])
    return patient
