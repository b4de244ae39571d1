"""What staff do with voice notes: see them, listen, correct what the machine wrote, delete, hold. Each is audited."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlmodel import col, select

from smsbot import notes
from smsbot.desk import Desk
from smsbot.errors import Erased, NotFound, RefusedFields
from smsbot.models import JournalEntry, Patient, VoiceNote
from smsbot.notes import Heard
from smsbot.store import board, messages, patients
from smsbot.store import notes as rows
from smsbot.vault import Sealer

LONGEST = 20_000
MOST_DAYS = 3650


@dataclass(frozen=True)
class Shown:
    """A note as staff see it: `written` by the machine, `corrected` by a person; both None while closed or unknown.

    `closed`: the patient keeps it private and no risk was seen in it. `heard` says whether there is sound to play.
    """

    note: VoiceNote
    written: str | None = field(repr=False)
    corrected: str | None = field(repr=False)
    closed: bool
    heard: bool


def listed(desk: Desk, patient: Patient, *, for_lead: bool) -> list[Shown]:
    """A patient's notes, newest first; complaints about staff are the lead's alone."""
    desk.visit().note("notes.read", f"patient:{patient.id}")
    found = rows.of_patient(desk.db, desk.keys, patient.id)
    return [_shown(desk, note) for note in found if for_lead or not _for_lead(desk, note)]


def one(desk: Desk, note_id: uuid.UUID, *, for_lead: bool) -> Shown:
    """One note with its words; NotFound also for what is a lead's alone."""
    note = _note(desk, note_id, for_lead)
    desk.visit().note("note.read", f"note:{note.id}")
    return _shown(desk, note)


def spoken(desk: Desk, text_ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, VoiceNote]:
    """The notes whose words these texts are, by text; who may hear them is asked where they are opened."""
    mine = (col(VoiceNote.clinic_id) == desk.keys.clinic_id, col(VoiceNote.words_id).in_(text_ids))
    return {note.words_id: note for note in desk.db.exec(select(VoiceNote).where(*mine)).all() if note.words_id}


def can_be_heard(note: VoiceNote) -> bool:
    """Whether its sound is still here."""
    return note.state in rows.HERE


def play(desk: Desk, note_id: uuid.UUID, *, for_lead: bool, begins: bool, original: bool = False) -> Heard:
    """A note's sound; `begins` when it is heard from the start, which is what the audit counts as listening."""
    note = _note(desk, note_id, for_lead)
    if _is_closed(desk, note):
        raise NotFound("voice note")
    found = notes.sound(desk.runtime, desk.db, desk.keys, note, original=original)
    if begins:
        desk.visit().note("note.listen", f"note:{note.id}", original=original)
    return found


def correct(desk: Desk, note_id: uuid.UUID, words: str, *, for_lead: bool) -> VoiceNote:
    """Keep what a person understood beside what the machine wrote; the journal shows the person's words."""
    if not words.strip() or len(words) > LONGEST:
        raise RefusedFields({"words": f"Write down what was said, at most {LONGEST} characters."})
    note = _note(desk, note_id, for_lead)
    if _is_closed(desk, note) or note.state not in rows.HERE:
        raise NotFound("voice note")
    sealer = messages.sealer_of(desk.db, desk.keys, note.patient_id)
    note.corrected_sealed = sealer.seal("voice_note", "corrected_sealed", note.id, words.strip())
    note.corrected_by, note.corrected_at = desk.actor, desk.now
    _into_journal(desk, note, sealer, words.strip())
    desk.visit().note("note.correct", f"note:{note.id}")
    return note


def delete(desk: Desk, note_id: uuid.UUID, *, for_lead: bool) -> VoiceNote:
    """End a note, sound and words; Conflict under a legal hold."""
    note = _note(desk, note_id, for_lead)
    notes.destroy(desk.runtime, desk.db, note, "staff")
    desk.visit().note("note.delete", f"note:{note.id}")
    return note


def set_hold(desk: Desk, note_id: uuid.UUID, held: bool, *, for_lead: bool) -> VoiceNote:
    """Put a note under a legal hold of its own, or lift it."""
    note = _note(desk, note_id, for_lead)
    note.held = held
    desk.visit().note("note.hold" if held else "note.release", f"note:{note.id}")
    return note


def keep_days(desk: Desk, number: int) -> None:
    """For how many days the clinic keeps the sound of its notes, those it has as well."""
    if not 1 <= number <= MOST_DAYS:
        raise RefusedFields({"days": f"Choose 1 to {MOST_DAYS} days."})
    notes.keep_for(desk.db, desk.keys, desk.clinic, number)
    desk.visit().note("clinic.note_days", f"clinic:{desk.clinic.id}", days=number)


def _note(desk: Desk, note_id: uuid.UUID, for_lead: bool) -> VoiceNote:
    note = rows.get(desk.db, desk.keys, note_id, lock=True)
    if not for_lead and _for_lead(desk, note):
        raise NotFound("voice note")
    return note


def _for_lead(desk: Desk, note: VoiceNote) -> bool:
    if note.patient_id is None or note.words_id is None:
        return False
    patient = patients.get(desk.db, desk.keys, note.patient_id)
    return note.words_id in board.for_lead_alone(desk.visit(), patient)


def _entry(desk: Desk, note: VoiceNote) -> JournalEntry | None:
    if note.words_id is None:
        return None
    mine = (col(JournalEntry.clinic_id) == desk.keys.clinic_id, col(JournalEntry.inbound_id) == note.words_id)
    return desk.db.exec(select(JournalEntry).where(*mine)).first()


def _is_closed(desk: Desk, note: VoiceNote) -> bool:
    """Private words stay closed unless a flag is on them (CONTENT.md 9.4), and so does the voice that said them."""
    entry = _entry(desk, note)
    return entry.private and not entry.flagged if entry is not None else note.private


def _into_journal(desk: Desk, note: VoiceNote, sealer: Sealer, words: str) -> None:
    entry = _entry(desk, note)
    if entry is not None:
        entry.words_sealed = sealer.seal("journal_entry", "words_sealed", entry.id, words)


def _shown(desk: Desk, note: VoiceNote) -> Shown:
    closed = _is_closed(desk, note)
    heard = note.state in rows.HERE and not closed
    if closed or (note.transcript_sealed is None and note.corrected_sealed is None):
        return Shown(note, None, None, closed, heard)
    try:
        sealer = messages.sealer_of(desk.db, desk.keys, note.patient_id)
    except Erased:
        return Shown(note, None, None, closed, False)
    return Shown(note, _open(sealer, note, "transcript_sealed"), _open(sealer, note, "corrected_sealed"), closed, heard)


def _open(sealer: Sealer, note: VoiceNote, column: str) -> str | None:
    sealed: bytes | None = getattr(note, column)
    return sealer.open("voice_note", column, note.id, sealed) if sealed is not None else None
