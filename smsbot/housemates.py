"""A phone that two patients share: who has it already, and what each of the two is called on it (CONTENT.md 9.8)."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from smsbot import nicknames, sharing
from smsbot.desk import Desk
from smsbot.errors import Conflict, NotFound, RefusedFields
from smsbot.inbox import whose
from smsbot.models import Inbound, Patient, PatientStatus, Suppression
from smsbot.store import patients, turns

NOBODY_ELSE = "Nobody else here has this number; a nickname is for a phone that two patients share."
BOTH = "The other patient needs a nickname as well: texts to this phone have to say whose they are."
LOOK_BACK = timedelta(days=30)
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


@dataclass(frozen=True)
class Shares:
    """For pages: what a patient is called on their phone, and who else has it (None once they are gone)."""

    nickname: str
    other_id: uuid.UUID | None
    other_nickname: str


def shares(desk: Desk, patient: Patient) -> Shares | None:
    """Who shares this patient's phone; None where nobody does."""
    other = patients.shares_with(desk.db, desk.keys, patient)
    names = sharing.nicknames(desk.keys, [each for each in (patient, other) if each is not None])
    if patient.id not in names:
        return None
    return Shares(names[patient.id], other.id if other else None, names.get(other.id, "") if other else "")


@dataclass(frozen=True)
class Unclaimed:
    """A text of a shared phone that nobody has put a name to."""

    id: uuid.UUID
    words: str
    at: datetime


def unclaimed(desk: Desk, patient: Patient) -> list[Unclaimed]:
    """Such texts of this patient's phone within a month, oldest first; reading them is audited."""
    rows = _waiting(desk, patient)
    if rows:
        desk.visit().note("texts.read", f"patient:{patient.id}", unclaimed=len(rows))
    return [
        Unclaimed(row.id, desk.keys.open("inbound", "body_sealed", row.id, row.body_sealed), row.received_at)
        for row in rows
    ]


def claim(desk: Desk, patient_id: uuid.UUID, text_id: uuid.UUID) -> Patient:
    """Staff know who wrote: the text goes into this patient's journal, unanswered; NotFound if it waits no more."""
    patient = patients.get(desk.db, desk.keys, patient_id, lock=True)
    row = next((each for each in _waiting(desk, patient) if each.id == text_id), None)
    if row is None:
        raise NotFound("text")
    scope = desk.scope(patient)
    whose.give(scope, row)
    desk.visit().note("patient.claim", f"patient:{patient.id}", text=str(text_id))
    desk.db.flush()
    if not _waiting(desk, patient):
        whose.answered(scope, by=desk.actor)
    return patient


def _waiting(desk: Desk, patient: Patient) -> list[Inbound]:
    if patient.nickname_sealed is None or patient.phone_index is None:
        return []
    return turns.held(desk.db, desk.keys, patient.phone_index, desk.now - LOOK_BACK)


def rename(desk: Desk, patient: Patient, nickname: str) -> None:
    """Another nickname for somebody who shares their phone; RefusedFields where it will not do."""
    name, other = nicknames.tidy(nickname), patients.shares_with(desk.db, desk.keys, patient)
    if other is None:
        raise RefusedFields({"nickname": NOBODY_ELSE})
    fault = nicknames.fault(name)
    if fault is None and nicknames.too_alike(name, sharing.nicknames(desk.keys, [other]).get(other.id, "-")):
        fault = ALIKE
    if fault is not None:
        raise RefusedFields({"nickname": fault})
    patients.share(desk.keys, patient, name)
