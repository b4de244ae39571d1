"""A recording announces itself: by the carrier's callback, by the call that asked for it, or as part of a text.

Any of them may come first, several times, or never: the row is there before the carrier is asked to record, each news
only fills in what is not known yet, and a worker looks at the carrier for what nobody told.
"""

import uuid
from datetime import datetime, timedelta

from sqlmodel import Session

from smsbot.carrier.inbound import InboundText, Media, RecordingEvent
from smsbot.models import VoiceNote
from smsbot.runtime import Runtime
from smsbot.scope import Scope
from smsbot.store import notes as rows

# Danger spoken is known within five minutes of the callback, or a person is asked to listen by then.
LISTEN_WITHIN = timedelta(minutes=4, seconds=30)
# A caller who hears the keep menu may yet delete; one who has said nothing for this long has hung up.
MENU = timedelta(minutes=2)
# Phones call their recordings audio, video (3gp) or nothing much: the bytes decide, once they are here.
NOT_SOUND = ("image/", "text/", "application/pdf", "application/smil")


def told(runtime: Runtime, db: Session, note_id: uuid.UUID, event: RecordingEvent) -> bool:
    """Write down what the carrier says about the recording of a note; False when there is no such note.

    A recording that another note has already is not taken from it: the callback was forged, or sent to a wrong address.
    """
    note = rows.find(db, note_id)
    if note is None:
        return False
    other = rows.by_recording(db, event.sid)
    if note.recording_sid not in (None, event.sid) or (other is not None and other.id != note.id):
        return False
    news = note.recording_sid is None
    note.recording_sid = event.sid
    note.seconds = event.seconds if note.seconds is None else note.seconds
    now = runtime.care(db)
    if note.state in rows.COMING:
        _bring_forward(note, now + (timedelta(0) if note.state == rows.EXPECTED else MENU))
        note.listen_at = note.listen_at or now + LISTEN_WITHIN
    elif note.state in (rows.DELETED, rows.ABSENT) and note.carrier_deleted_at is None and news:
        if note.state == rows.ABSENT:
            note.state, note.listen_at = rows.EXPECTED, now + LISTEN_WITHIN
        note.due_at = now
    return True


def _bring_forward(note: VoiceNote, at: datetime) -> None:
    if note.due_at is None or note.due_at > at:
        note.due_at = at


def expect_media(scope: Scope, text: InboundText) -> list[VoiceNote]:
    """Rows for the sounds that came with a text, in its transaction; what turns out to be no sound ends quietly."""
    found = [_attached(scope, item) for item in text.media if _may_be_sound(item)]
    scope.db.add_all(found)
    return found


def _may_be_sound(item: Media) -> bool:
    return not item.content_type.lower().startswith(NOT_SOUND)


def _attached(scope: Scope, item: Media) -> VoiceNote:
    return VoiceNote(
        id=scope.runtime.new_id(),
        clinic_id=scope.clinic.id,
        patient_id=scope.patient.id if scope.patient else None,
        inbound_id=scope.inbound_id,
        media_sid=item.sid,
        state=rows.EXPECTED,
        at=scope.now,
        due_at=scope.now,
        listen_at=scope.now + LISTEN_WITHIN,
    )
