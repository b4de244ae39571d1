"""Erasing a patient by destroying their key, with a certificate anybody may check again; and the hold that refuses it.

RULINGS 10: the consent ledger and the do-not-text mark live under the clinic's key and survive. Backups expire: until
then `erase_again` takes out whoever a restored backup has brought back.
"""

import json
import logging
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from smsbot import consent
from smsbot.desk import Desk
from smsbot.errors import Conflict, NotFound, RefusedFields
from smsbot.models import AuditEntry, Patient, PatientStatus, Suppression
from smsbot.notes import files, keeping
from smsbot.runtime import Runtime
from smsbot.store import audit, erasing, patients, turns
from smsbot.store import notes as note_rows
from smsbot.store.patients import Agreement

log = logging.getLogger("smsbot.erasure")

REASONS: Mapping[str, str] = {
    "request": "the patient asked for it",
    "retention": "the time of keeping is over",
    "mistake": "they were enrolled by mistake",
}
STAYS = (
    "the consent ledger: what was agreed to and withdrawn, when, in which wording, under a keyed hash of the number",
    "the do-not-text mark under the same keyed hash, so that nobody texts this number without a newer form",
    "the audit chain: ids, times and who did what",
    "times, states and codes of texts, sessions and alerts under an id that leads to nobody",
)
ELSEWHERE = (
    "backups made before keep the key until they expire; after restoring one, run `smsbot patient erase-again`",
    "the carrier keeps its own copies of texts by its own rules; recordings are deleted there by a worker",
    "what staff exported, printed or wrote into a chart is not ours to erase",
)
ERASE = "patient.erase"
REGISTER = "erased.jsonl"


@dataclass(frozen=True)
class Certificate:
    """What an erasure did, and what a look at the database at `checked_at` finds; `holds` is the verdict.

    `cells` counts the sealed cells by table that nobody can open any more, `still_open` those that somebody could.
    """

    clinic: str
    patient_id: uuid.UUID
    erased_at: datetime
    by: str
    reason: str
    link: int
    mac: str
    chain_holds: bool
    cells: Mapping[str, int]
    still_open: int
    leads: tuple[str, ...]
    files_left: int
    at_the_carrier: int
    marked: bool
    ledger_lines: int
    checked_at: datetime

    @property
    def holds(self) -> bool:
        """Whether nothing of the patient can be read here any more."""
        return self.chain_holds and self.marked and not (self.still_open or self.leads or self.files_left)

    def as_data(self) -> dict[str, Any]:
        """The certificate as plain values."""
        return {**vars(self), "holds": self.holds, "stays": STAYS, "elsewhere": ELSEWHERE}


def hold(desk: Desk, patient_id: uuid.UUID, *, on: bool) -> Patient:
    """Put a patient on legal hold, which refuses erasure and keeps voice notes, or lift it."""
    patient = patients.get(desk.db, desk.keys, patient_id, lock=True)
    if patient.erased_at is not None:
        raise Conflict("This patient has been erased; there is nothing left to hold.")
    if on != (patient.legal_hold_at is not None):
        patient.legal_hold_at = desk.now if on else None
        desk.visit().note("patient.hold" if on else "patient.release", f"patient:{patient.id}")
    return patient


def erase(desk: Desk, patient_id: uuid.UUID, *, reason: str, confirm: str) -> Certificate:
    """Destroy a patient's key, in the caller's transaction; `confirm` repeats their id.

    1. Conflict under a legal hold, with an incident open (a person sees to that first), or when it was done before.
    2. Consents that stand are withdrawn and the number is marked: unsent texts, open questions and touches end.
    3. Voice notes end; key, identity and every index of the number are taken out; the database overwrites them.
    4. One audit row. After the commit: files unlinked, the database's log emptied, a line in the register.
    """
    patient = patients.get(desk.db, desk.keys, patient_id, lock=True)
    if reason not in REASONS:
        raise RefusedFields({"reason": f"Choose one of {', '.join(REASONS)}."})
    if confirm.strip().casefold() != str(patient_id):
        raise RefusedFields({"confirm": "Repeat the patient's id to confirm: an erasure cannot be undone."})
    _refuse(desk, patient)
    key = patient.wrapped_key or b""
    _withdraw(desk, patient)
    keeping.destroy_all(desk.runtime, desk.db, desk.keys, patient.id)
    desk.db.flush()
    notes = [note.id for note in note_rows.of_patient(desk.db, desk.keys, patient.id)]
    erasing.destroy(desk.visit(), patient)
    patient.status, patient.erased_at = PatientStatus.ENDED, desk.now
    cells = sum(erasing.sealed_cells(desk.db, desk.keys, patient.id).values())
    desk.visit().note(ERASE, f"patient:{patient.id}", reason=reason, cells=cells, notes=len(notes))
    line = {"clinic": str(desk.keys.clinic_id), "patient": str(patient.id), "at": desk.now.isoformat()}
    erasing.after_commit(desk.runtime.database, desk.db, lambda: _finish(desk.runtime, notes, line, key))
    return certificate(desk, patient.id)


def _refuse(desk: Desk, patient: Patient) -> None:
    if patient.erased_at is not None:
        raise Conflict("This patient has been erased already.")
    if patient.legal_hold_at is not None:
        raise Conflict("This patient is on legal hold: nothing may be erased until it is lifted.")
    if turns.open_incident(desk.db, desk.keys, patient.id) is not None:
        raise Conflict("An alert about this patient is open: resolve it first.")


def _withdraw(desk: Desk, patient: Patient) -> None:
    """End what was agreed to, and everything that could still speak."""
    latest = {line.kind: line for line in patients.consents(desk.db, desk.keys, patient.id)}
    for kind, line in latest.items():
        if line.action in ("granted", "confirmed"):
            row_id = desk.runtime.new_id()
            gone = Agreement(kind, "withdrawn", line.wording, "erasure")
            patients.agree(desk.db, desk.keys, patient, gone, row_id=row_id, by=desk.actor, at=desk.now)
    consent.end(desk.scope(patient), "erased", "the patient was erased")


def _finish(runtime: Runtime, notes: list[uuid.UUID], line: Mapping[str, str], key: bytes) -> None:
    if not erasing.is_erased(runtime.database, uuid.UUID(line["patient"])):
        return  # the commit this was part of came to nothing
    for note_id in notes:
        files.remove(runtime.settings, note_id)
    if not erasing.sweep(runtime.database, key):
        log.warning("earlier copies could not be taken off the disk yet", extra={"patient": line["patient"]})
    with (runtime.settings.home / REGISTER).open("a", encoding="utf-8") as register:
        register.write(json.dumps(line) + "\n")


def certificate(desk: Desk, patient_id: uuid.UUID) -> Certificate:
    """Look again at an erased patient: what is left, what opens, and whether the audit row still stands.

    NotFound for nobody of this clinic, Conflict for somebody who has not been erased.
    """
    patient = patients.get(desk.db, desk.keys, patient_id)
    if patient.erased_at is None:
        raise Conflict("This patient has not been erased.")
    db, keys = desk.db, desk.keys
    entry = _entry(desk, patient)
    notes = note_rows.of_patient(db, keys, patient.id)
    return Certificate(
        clinic=desk.clinic.name,
        patient_id=patient.id,
        erased_at=patient.erased_at,
        by=entry.actor,
        reason=REASONS[str(entry.details["reason"])],
        link=entry.seq,
        mac=entry.mac.hex(),
        chain_holds=audit.verify(db, keys).broken_at is None,
        cells=erasing.sealed_cells(db, keys, patient.id),
        still_open=erasing.still_open(db, keys, patient.id),
        leads=tuple(erasing.leads_to(db, keys, patient.id)),
        files_left=sum(_lies_here(desk.runtime, note.id) for note in notes),
        at_the_carrier=sum(note.recording_sid is not None and note.carrier_deleted_at is None for note in notes),
        marked=_is_marked(desk, patient),
        ledger_lines=len(patients.consents(db, keys, patient.id)),
        checked_at=desk.now,
    )


def _lies_here(runtime: Runtime, note_id: uuid.UUID) -> bool:
    return any(files.path_of(runtime.settings, note_id, part).exists() for part in (files.SOUND, files.PLAYED))


def _entry(desk: Desk, patient: Patient) -> AuditEntry:
    wanted = select(AuditEntry).where(
        col(AuditEntry.clinic_id) == desk.keys.clinic_id,
        col(AuditEntry.action) == ERASE,
        col(AuditEntry.subject) == f"patient:{patient.id}",
    )
    return desk.db.exec(wanted.order_by(col(AuditEntry.seq).desc())).one()


def _is_marked(desk: Desk, patient: Patient) -> bool:
    """Whether the number of the patient's consents carries a do-not-text mark, standing or lifted by a newer form."""
    indexes = {line.phone_index for line in patients.consents(desk.db, desk.keys, patient.id)}
    wanted = select(Suppression.id).where(
        col(Suppression.clinic_id) == desk.keys.clinic_id, col(Suppression.phone_index).in_(indexes)
    )
    return desk.db.exec(wanted.limit(1)).first() is not None


def registered(home: Path) -> Iterator[tuple[uuid.UUID, uuid.UUID]]:
    """(clinic, patient) of every erasure this machine has made, oldest first."""
    path = home / REGISTER
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        found = json.loads(line)
        yield uuid.UUID(found["clinic"]), uuid.UUID(found["patient"])


def came_back(desk: Desk, patient_id: uuid.UUID) -> bool:
    """Whether somebody of this clinic who was erased is readable again, as after restoring a backup."""
    try:
        return patients.get(desk.db, desk.keys, patient_id).erased_at is None
    except NotFound:
        return False
