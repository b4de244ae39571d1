"""Sees to the voice notes of a play as a worker does: fetched, understood, screened; and tells what became of each."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session, col, func, select

from smsbot import notes
from smsbot.models import Inbound, VoiceNote
from smsbot.simulator.stage import Stage
from smsbot.simulator.tapes import listen
from smsbot.store import clinics, messages
from smsbot.store import notes as rows

PASS_S = 30.0
ENDS = {
    rows.UNREAD: "not understood by the machine: people are asked to listen",
    rows.ABSENT: "nothing was recorded",
    rows.FAILED: "could not be fetched: people are asked to look",
    rows.DELETED: "deleted, here and at the carrier",
    rows.EXPIRED: "its days are over: the sound is deleted, the words stay",
}


@dataclass
class Ear:
    """One worker's care for notes; `tell` is given a line for each state that a note comes to."""

    stage: Stage
    tell: Callable[[str], None]
    told: dict[uuid.UUID, str] = field(default_factory=dict)

    def moments(self, db: Session) -> list[datetime]:
        """When anything is due for a note: to be seen to, told of, or ended."""
        ends = (VoiceNote.due_at, VoiceNote.listen_at, VoiceNote.expires_at)
        return [at for end in ends if (at := db.exec(select(func.min(col(end)))).first()) is not None]

    def work(self) -> bool:
        """Do all that is due now; whether there was anything."""
        runtime, now = self.stage.runtime, self.stage.watch.now
        with runtime.database.read() as db:
            found, waits = rows.is_due(db, now, now), rows.waits_for_words(db, now, now)
        if found:
            notes.work(runtime, PASS_S, hears=True)
        heard = notes.Transcriber(runtime, listen).once(threading.Event()) if found or waits else False
        self._report()
        return found or heard

    def _report(self) -> None:
        """Tell what has become of a note, and where its sound is, once it is neither on its way nor at the carrier."""
        with self.stage.runtime.database.read() as db:
            for note in db.exec(select(VoiceNote).order_by(col(VoiceNote.at))).all():
                settled = note.due_at is None and note.state in (rows.UNDERSTOOD, *ENDS)
                if settled and self.told.get(note.id) != note.state and (note.id in self.told or note.recording_sid):
                    self.told[note.id] = note.state
                    self.tell(f"a voice note of {note.seconds} s: {self._became(db, note)}")

    def _became(self, db: Session, note: VoiceNote) -> str:
        if note.state != rows.UNDERSTOOD or note.transcript_sealed is None:
            return ENDS.get(note.state, note.state)
        keys = clinics.keys(db, self.stage.runtime.vault, note.clinic_id)
        sealer = messages.sealer_of(db, keys, note.patient_id)
        words = sealer.open("voice_note", "transcript_sealed", note.id, note.transcript_sealed)
        if not words:
            return "here, and gone from the carrier; no words were understood, so people are asked to listen"
        tier = db.get_one(Inbound, note.words_id).tier if note.words_id else None
        danger = f"; danger of tier {tier}" if tier is not None else ""
        return f'here, and gone from the carrier; understood as "{words}"{danger}'
