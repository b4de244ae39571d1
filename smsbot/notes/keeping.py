"""How long a note is kept: the clinic's days, a legal hold, and an end by the patient's word, by staff or by erasure.

Words go in the transaction that ends a note. The file and the carrier's copy follow by a worker within seconds, so that
nothing is unlinked for a decision that was never committed.
"""

import uuid
from datetime import timedelta

from sqlmodel import Session

from smsbot.errors import Conflict, Erased
from smsbot.models import Clinic, Patient, VoiceNote
from smsbot.notes import files, people
from smsbot.notes.coming import LISTEN_WITHIN
from smsbot.runtime import Runtime
from smsbot.scope import Scope
from smsbot.store import clinics, messages
from smsbot.store import notes as rows
from smsbot.store.due import Claim
from smsbot.vault import ClinicKeys

DAYS = 90
SETTING = "note_days"
HELD_AGAIN = timedelta(days=1)


def days(clinic: Clinic) -> int:
    """For how many days a clinic keeps the sound of a note."""
    return int(dict(clinic.settings.get("voice") or {}).get(SETTING, DAYS))


def stored(scope: Scope, note: VoiceNote, *, hears: bool) -> None:
    """A note's sound is safe on our disk: it is understood next, by a machine where one hears, else by people."""
    note.state, note.attempts, note.why, note.lease_until = rows.STORED, 0, None, None
    note.due_at, note.expires_at = scope.now, note.at + timedelta(days=days(scope.clinic))
    note.listen_at = note.listen_at or scope.now + LISTEN_WITHIN
    if not hears:
        unread(scope, note, "no_transcriber")


def unread(scope: Scope, note: VoiceNote, reason: str) -> None:
    """No machine will say what was said: a person listens."""
    note.state, note.attempts, note.why, note.lease_until = rows.UNREAD, 0, reason, None
    note.due_at = None if note.carrier_deleted_at else scope.now
    people.ask(scope, note, reason)


def hold(db: Session, note: VoiceNote) -> bool:
    """Whether a legal hold keeps a note: its own, or its patient's."""
    patient = db.get(Patient, note.patient_id) if note.patient_id else None
    return note.held or (patient is not None and patient.legal_hold_at is not None)


def destroy(runtime: Runtime, db: Session, note: VoiceNote, why: str) -> None:
    """End a note for good, sound and words: `why` is patient, again, staff or erasure. Said twice it changes nothing.

    Words that raised an alert stay with that alert; Conflict under a legal hold. The caller audits.
    """
    if note.state == rows.DELETED:
        return
    if hold(db, note):
        raise Conflict("A legal hold keeps this voice note.")
    keys = clinics.keys(db, runtime.vault, note.clinic_id)
    note.why = why
    end(runtime, db, note, rows.DELETED)
    _forget_words(db, keys, note)


def destroy_all(runtime: Runtime, db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> int:
    """End every note of a patient who is being erased; returns how many. The caller refuses it under a hold."""
    found = [note for note in rows.of_patient(db, keys, patient_id) if note.state != rows.DELETED]
    for note in found:
        note.held, note.why = False, "erasure"
        end(runtime, db, note, rows.DELETED)
        _forget_words(db, keys, note)
    return len(found)


def end(runtime: Runtime, db: Session, note: VoiceNote, state: str) -> None:
    """Take a note out of use; a worker sees to its file and to the carrier's copy."""
    note.state, note.attempts = state, 0
    note.deleted_at = note.due_at = runtime.care(db)
    note.lease_until = note.listen_at = note.expires_at = None
    note.playable = False
    note.fence += 1  # whoever works on it now has lost their turn


def _forget_words(db: Session, keys: ClinicKeys, note: VoiceNote) -> None:
    note.transcript_sealed = note.corrected_sealed = note.confidence = None
    try:
        sealer = messages.sealer_of(db, keys, note.patient_id)
    except Erased:
        return  # nobody can read what is left
    rows.forget_words(db, keys, sealer, note)


def wipe(runtime: Runtime, claim: Claim) -> None:
    """Take away what an ended note has left: its file, and the words of one that was deleted, however it was marked."""
    with runtime.database.write() as db:
        note = rows.held(db, claim)
        if note is None:
            return
        if hold(db, note):  # deleted by the patient's word, and still kept, out of everybody's hearing
            note.expires_at = runtime.care(db) + HELD_AGAIN
            return
        if note.state == rows.DELETED:
            _forget_words(db, clinics.keys(db, runtime.vault, note.clinic_id), note)
        files.remove(runtime.settings, note.id)
    runtime.reached("note.wiped")


def expire(runtime: Runtime, db: Session, limit: int) -> int:
    """End the sound of notes whose days are over; what was said stays in the record. A hold is asked again daily."""
    now = runtime.care(db)
    found = rows.over(db, now, limit)
    for note in found:
        if hold(db, note):
            note.expires_at = now + HELD_AGAIN
        else:
            note.why = note.why if note.state == rows.DELETED else "retention"
            end(runtime, db, note, rows.DELETED if note.state == rows.DELETED else rows.EXPIRED)
    return len(found)


def keep_for(db: Session, keys: ClinicKeys, clinic: Clinic, number: int) -> None:
    """Set a clinic's days, for the notes it has as well."""
    clinic.settings = clinic.settings | {"voice": dict(clinic.settings.get("voice") or {}) | {SETTING: number}}
    for note in rows.kept(db, keys):
        note.expires_at = note.at + timedelta(days=number)
