"""Looks for a recording that nobody named, in the carrier's list of its call."""

from sqlmodel import Session

from smsbot.carrier.errors import CarrierError
from smsbot.models import VoiceNote
from smsbot.notes.trying import Job, absent, again, pause
from smsbot.runtime import Runtime
from smsbot.store import clinics
from smsbot.store import notes as rows

SEARCHES = 6  # over minutes; after that there was none


def search(runtime: Runtime, job: Job) -> None:
    """Look for the recording in the carrier's list of the call: neither the callback nor the call has named it."""
    try:
        listed = runtime.carrier.recordings_of(job.source.call_sid) if job.source.call_sid else []
    except CarrierError:
        again(runtime, job, "carrier_error")
        return
    with runtime.database.write() as db:
        note = rows.held(db, job.claim)
        if note is None:
            return
        note.lease_until = None
        sid = _unclaimed(runtime, db, note, [row.sid for row in listed])
        if sid is not None:
            note.recording_sid, note.attempts, note.due_at = sid, 0, runtime.care(db)
        elif note.attempts + 1 < SEARCHES:
            note.attempts, note.due_at = note.attempts + 1, runtime.care(db) + pause(note.attempts + 5)
        else:
            absent(runtime, db, note)


def _unclaimed(runtime: Runtime, db: Session, note: VoiceNote, listed: list[str]) -> str | None:
    """The recording that is this note's: recordings nobody has, and notes without one, meet in their order."""
    if note.call_id is None:
        return None
    keys = clinics.keys(db, runtime.vault, note.clinic_id)
    others = rows.of_call(db, keys, note.call_id)
    taken = {row.recording_sid for row in others}
    free = [sid for sid in listed if sid not in taken]
    waiting = [row.id for row in others if row.recording_sid is None and row.state in (*rows.COMING, rows.DELETED)]
    place = waiting.index(note.id) if note.id in waiting else len(free)
    return free[place] if place < len(free) else None
