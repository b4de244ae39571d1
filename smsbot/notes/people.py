"""Asks a person to listen: when no machine understood a note, or nobody did in time (RULINGS 36)."""

import contextlib

from sqlmodel import Session

from smsbot import alerts, raising, tasks
from smsbot import scope as scopes
from smsbot.errors import Erased
from smsbot.models import Clinic, VoiceNote
from smsbot.runtime import Runtime
from smsbot.scope import Scope
from smsbot.store import clinics
from smsbot.store import notes as rows
from smsbot.vault import ClinicKeys

# Reasons that mean: somebody spoke, and nobody knows what was said (CONTENT.md 3.1).
UNKNOWN_WORDS = frozenset({"not_understood", "transcription_failed", "transcription_late"})


def scope_of(runtime: Runtime, db: Session, note: VoiceNote) -> Scope:
    """The person who spoke, their row locked; a stranger's number comes with the call or the text.

    Raises Erased once the patient's key is gone.
    """
    clinic, keys = clinics.opened(db, runtime.vault, note.clinic_id)
    if note.patient_id is not None:
        return scopes.of_patient(runtime, db, keys, clinic, note.patient_id)
    return _stranger(runtime, db, keys, clinic, note)


def _stranger(runtime: Runtime, db: Session, keys: ClinicKeys, clinic: Clinic, note: VoiceNote) -> Scope:
    source = rows.source(db, note)
    phone = ""
    if source.phone_sealed is not None and source.phone_row is not None:
        table, row = source.phone_row
        phone = keys.open(table, "phone_sealed", row, source.phone_sealed)
    return Scope(runtime, db, keys, clinic, None, keys.sealer, phone, runtime.care(db))


def ask(scope: Scope, note: VoiceNote, reason: str, *, kind: str = rows.LISTEN) -> None:
    """Put the note on the work list, once; `reason` is a code.

    While an alert on the patient is open, words that nobody knows count as an alert of tier 2.
    """
    note.listen_at = None
    if kind == rows.LISTEN and rows.listen_task(scope.db, scope.keys, note.id) is not None:
        return
    task = tasks.open_task(scope, kind, reason=reason)
    task.details = {"note": str(note.id)}
    if reason in UNKNOWN_WORDS and scope.patient is not None and raising.open_incident(scope) is not None:
        alerts.tell(scope, 2, "unclear", f"voice note: {reason}")


def ask_about(runtime: Runtime, db: Session, note: VoiceNote, reason: str, *, kind: str = rows.LISTEN) -> None:
    """The same for whoever has only the note; about somebody who was erased nobody is asked anything."""
    note.listen_at = None
    with contextlib.suppress(Erased):
        ask(scope_of(runtime, db, note), note, reason, kind=kind)


def remind(runtime: Runtime, db: Session, limit: int) -> int:
    """Ask people to listen to what no machine has understood in time; returns how many."""
    found = rows.overdue(db, runtime.care(db), limit)
    for note in found:
        note.listen_at = None
        if note.state in (*rows.COMING, rows.STORED):
            ask_about(runtime, db, note, "transcription_late" if note.state == rows.STORED else "not_here_yet")
    return len(found)
