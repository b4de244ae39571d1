"""Voice notes: found, claimed and settled; who waits for a person, and whose time of keeping is over."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, or_
from sqlmodel import Session, col, select, update

from smsbot.errors import NotFound
from smsbot.models import Answer, Call, Inbound, JournalEntry, Task, TaskState, VoiceNote
from smsbot.store import due
from smsbot.store.due import Claim
from smsbot.vault import ClinicKeys, Sealer

# In the order they come. The call itself writes the first three (`expected`: kept), then all is ours.
RECORDING, RECORDED, EXPECTED = "recording", "recorded", "expected"
STORED = "stored"  # sealed on our disk, waiting to be understood
UNDERSTOOD, UNREAD = "transcribed", "kept"  # screened words; or none, so people listen
ABSENT, FAILED, DELETED, EXPIRED = "absent", "failed", "deleted", "expired"
COMING = (RECORDING, RECORDED, EXPECTED)
HERE = (STORED, UNDERSTOOD, UNREAD)
LISTEN = "listen"
NOTE = VoiceNote.__table__  # type: ignore[attr-defined]


def is_due(db: Session, now: datetime, machine: datetime) -> bool:
    """Whether a worker has anything to do: fetch, look for, delete, tell a person, or end a note's keeping."""
    work = and_(NOTE.c.due_at <= now, NOTE.c.state != STORED, _free(machine))
    probes = (work, NOTE.c.listen_at <= now, NOTE.c.expires_at <= now)
    return any(db.execute(select(NOTE.c.id).where(probe).limit(1)).first() is not None for probe in probes)


def waits_for_words(db: Session, now: datetime, machine: datetime) -> bool:
    """Whether a stored note waits to be understood."""
    wanted = select(NOTE.c.id).where(NOTE.c.due_at <= now, NOTE.c.state == STORED, _free(machine))
    return db.execute(wanted.limit(1)).first() is not None


def claim(db: Session, now: datetime, machine: datetime, lease: timedelta, *, limit: int = 1) -> list[Claim]:
    """Lease notes that a worker has to see to."""
    return due.claim(db, due.VOICE_NOTES, now, machine, limit=limit, lease=lease, where=NOTE.c.state != STORED)


def claim_words(db: Session, now: datetime, machine: datetime, lease: timedelta) -> Claim | None:
    """Lease the stored note that has waited longest, and count the attempt before it is made."""
    found = due.claim(db, due.VOICE_NOTES, now, machine, limit=1, lease=lease, where=NOTE.c.state == STORED)
    for each in found:
        db.execute(update(VoiceNote).where(NOTE.c.id == each.id).values(attempts=NOTE.c.attempts + 1))
    return found[0] if found else None


def extend(db: Session, claim: Claim, until: datetime) -> None:
    """Make a lease that is still held longer."""
    mine = (NOTE.c.id == claim.id, NOTE.c.fence == claim.fence)
    db.execute(update(VoiceNote).where(*mine).values(lease_until=until))


def _free(machine: datetime) -> ColumnElement[bool]:
    free: ColumnElement[bool] = or_(NOTE.c.lease_until.is_(None), NOTE.c.lease_until < machine)
    return free


def held(db: Session, claim: Claim) -> VoiceNote | None:
    """A claimed note, its row locked; None when somebody else has taken it over since."""
    wanted = select(VoiceNote).where(col(VoiceNote.id) == claim.id, col(VoiceNote.clinic_id) == claim.clinic_id)
    row = db.exec(wanted.with_for_update().execution_options(populate_existing=True)).first()
    return row if row is not None and row.fence == claim.fence else None


def get(db: Session, keys: ClinicKeys, note_id: uuid.UUID, *, lock: bool = False) -> VoiceNote:
    """A note of this clinic; NotFound otherwise."""
    wanted = select(VoiceNote).where(col(VoiceNote.clinic_id) == keys.clinic_id, col(VoiceNote.id) == note_id)
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    row = db.exec(wanted).first()
    if row is None:
        raise NotFound("voice note")
    return row


def find(db: Session, note_id: uuid.UUID, *, lock: bool = True) -> VoiceNote | None:
    """A note by id alone: the carrier's callback and an expiring address know nothing else (RULINGS 43)."""
    return db.get(VoiceNote, note_id, with_for_update=lock or None, populate_existing=True)


def by_recording(db: Session, sid: str) -> VoiceNote | None:
    """The note that has this recording already."""
    return db.exec(select(VoiceNote).where(col(VoiceNote.recording_sid) == sid)).first()


def of_call(db: Session, keys: ClinicKeys, call_id: uuid.UUID) -> Sequence[VoiceNote]:
    """All notes of a call, in the order they were asked for."""
    wanted = select(VoiceNote).where(col(VoiceNote.clinic_id) == keys.clinic_id, col(VoiceNote.call_id) == call_id)
    return db.exec(wanted.order_by(col(VoiceNote.at), col(VoiceNote.id))).all()


def of_patient(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> Sequence[VoiceNote]:
    """All notes of a patient, newest first."""
    mine = (col(VoiceNote.clinic_id) == keys.clinic_id, col(VoiceNote.patient_id) == patient_id)
    return db.exec(select(VoiceNote).where(*mine).order_by(col(VoiceNote.at).desc(), col(VoiceNote.id).desc())).all()


def kept(db: Session, keys: ClinicKeys) -> Sequence[VoiceNote]:
    """All notes of a clinic whose sound is kept until some day."""
    mine = (col(VoiceNote.clinic_id) == keys.clinic_id, col(VoiceNote.expires_at).is_not(None))
    return db.exec(select(VoiceNote).where(*mine)).all()


def overdue(db: Session, now: datetime, limit: int) -> Sequence[VoiceNote]:
    """Notes whose words no person and no machine knows in time; locked, whoever else holds a lease on them."""
    wanted = select(VoiceNote).where(col(VoiceNote.listen_at) <= now).order_by(col(VoiceNote.listen_at)).limit(limit)
    return db.exec(wanted.with_for_update(skip_locked=True)).all()


def over(db: Session, now: datetime, limit: int) -> Sequence[VoiceNote]:
    """Notes whose time of keeping is over."""
    wanted = select(VoiceNote).where(col(VoiceNote.expires_at) <= now).order_by(col(VoiceNote.expires_at)).limit(limit)
    return db.exec(wanted.with_for_update(skip_locked=True)).all()


@dataclass(frozen=True)
class Source:
    """Where a note came from: the carrier's ids of its call or of its text, and the sealed number of a stranger."""

    call_sid: str | None = None
    message_sid: str | None = None
    phone_sealed: bytes | None = None
    phone_row: tuple[str, uuid.UUID] | None = None


def source(db: Session, note: VoiceNote) -> Source:
    """What the carrier knows a note by."""
    if note.call_id is not None:
        call = db.get_one(Call, note.call_id)
        return Source(call_sid=call.carrier_sid, phone_sealed=call.phone_sealed, phone_row=("call", call.id))
    if note.inbound_id is not None:
        text = db.get_one(Inbound, note.inbound_id)
        return Source(message_sid=text.carrier_sid, phone_sealed=text.phone_sealed, phone_row=("inbound", text.id))
    return Source()


def answer_of(db: Session, keys: ClinicKeys, note: VoiceNote) -> Answer | None:
    """The answer a recording stands for: kept with no words, at the note's own moment, in its conversation."""
    wanted = select(Answer).where(
        col(Answer.clinic_id) == keys.clinic_id,
        col(Answer.conversation_id) == note.conversation_id,
        col(Answer.at) == note.at,
    )
    return db.exec(wanted.limit(1)).first() if note.conversation_id else None


def forget_words(db: Session, keys: ClinicKeys, sealer: Sealer, note: VoiceNote) -> None:
    """Take away what was made of a transcript: journal entry, answer, and the text itself unless an alert shows it."""
    mine = (col(JournalEntry.clinic_id) == keys.clinic_id, col(JournalEntry.inbound_id) == note.words_id)
    db.execute(delete(JournalEntry).where(*mine))
    answer = answer_of(db, keys, note)
    if answer is not None:
        answer.value_sealed = sealer.seal("answer", "value_sealed", answer.id, "")
        answer.superseded_at = answer.superseded_at or note.deleted_at
    words = db.get(Inbound, note.words_id) if note.words_id else None
    if words is not None and words.tier is None:
        words.body_sealed = sealer.seal("inbound", "body_sealed", words.id, "")


def listen_task(db: Session, keys: ClinicKeys, note_id: uuid.UUID) -> Task | None:
    """The open item that asks a person to listen to this note."""
    wanted = select(Task).where(
        col(Task.clinic_id) == keys.clinic_id, col(Task.kind) == LISTEN, col(Task.state) == TaskState.OPEN
    )
    return next((row for row in db.exec(wanted) if row.details.get("note") == str(note_id)), None)
