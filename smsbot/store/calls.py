"""Calls and the voice notes made in them, always of one clinic; the look-up by the carrier's id crosses none."""

import uuid
from collections.abc import Container, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, or_, select

from smsbot.models import Answer, Call, Inbound, VoiceNote
from smsbot.vault import ClinicKeys

LIVE = ("dialing", "ringing", "talking", "unknown")
WAITING = ("ready",)
UNSURE = ("recording", "recorded")


def of_sid(db: Session, keys: ClinicKeys, sid: str) -> Call | None:
    """The call with the carrier's id, its row locked."""
    wanted = select(Call).where(col(Call.carrier_sid) == sid, col(Call.clinic_id) == keys.clinic_id)
    return db.exec(wanted.with_for_update()).first()


def locked(db: Session, keys: ClinicKeys, call_id: uuid.UUID) -> Call | None:
    """A call by id, its row locked and read anew."""
    wanted = select(Call).where(col(Call.id) == call_id, col(Call.clinic_id) == keys.clinic_id)
    return db.exec(wanted.with_for_update().execution_options(populate_existing=True)).first()


def clinic_of(db: Session, call_id: uuid.UUID) -> uuid.UUID | None:
    """Whose call this is; only the clinic's id leaves (RULINGS 43)."""
    return db.exec(select(Call.clinic_id).where(col(Call.id) == call_id)).first()


def by_sid(db: Session, sid: str) -> uuid.UUID | None:
    """Our id of the call the carrier names so."""
    return db.exec(select(Call.id).where(col(Call.carrier_sid) == sid)).first()


def outbound(db: Session, keys: ClinicKeys, patient_id: uuid.UUID, states: Sequence[str]) -> list[Call]:
    """Our calls to a patient that are in one of these states."""
    wanted = select(Call).where(
        col(Call.clinic_id) == keys.clinic_id,
        col(Call.patient_id) == patient_id,
        col(Call.direction) == "outbound",
        col(Call.state).in_(states),
    )
    return list(db.exec(wanted.order_by(col(Call.started_at))).all())


def drop_waiting(db: Session, keys: ClinicKeys, patient_id: uuid.UUID, why: str, now: datetime) -> bool:
    """Let go of every call to a patient that nobody has asked the carrier for; whether there was one."""
    waiting = outbound(db, keys, patient_id, WAITING)
    for call in waiting:
        call.state, call.why, call.due_at, call.lease_until, call.ended_at = "dropped", why, None, None, now
        call.fence += 1
    return bool(waiting)


def known_sids(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> set[str]:
    """The carrier's ids of our calls to a patient that we know."""
    wanted = select(Call.carrier_sid).where(
        col(Call.clinic_id) == keys.clinic_id,
        col(Call.patient_id) == patient_id,
        col(Call.carrier_sid).is_not(None),
    )
    return {sid for sid in db.exec(wanted).all() if sid}


def last_spoken(
    db: Session, keys: ClinicKeys, patient_id: uuid.UUID, lines: Container[str], since: datetime
) -> list[tuple[str, datetime]]:
    """Which of these system lines were spoken to a patient on the phone since then, and when in each call last."""
    wanted = select(Call.details).where(
        col(Call.clinic_id) == keys.clinic_id,
        col(Call.patient_id) == patient_id,
        or_(col(Call.ended_at).is_(None), col(Call.ended_at) > since),
    )
    told = ((line, datetime.fromisoformat(at)) for row in db.exec(wanted).all() for line, at in spoken(row).items())
    return [(line, at) for line, at in told if line in lines and at > since]


def spoken(details: Mapping[str, Any]) -> dict[str, str]:
    """The system lines that flows, the screen and alerts said in a call, each with when last."""
    found: dict[str, str] = details.get("told", {})
    return found


def note(db: Session, keys: ClinicKeys, note_id: uuid.UUID) -> VoiceNote | None:
    """A voice note by id, its row locked."""
    wanted = select(VoiceNote).where(col(VoiceNote.id) == note_id, col(VoiceNote.clinic_id) == keys.clinic_id)
    return db.exec(wanted.with_for_update()).first()


def unsure_notes(db: Session, keys: ClinicKeys, call_id: uuid.UUID) -> list[VoiceNote]:
    """The notes of a call that nobody has kept or deleted yet."""
    wanted = select(VoiceNote).where(
        col(VoiceNote.clinic_id) == keys.clinic_id,
        col(VoiceNote.call_id) == call_id,
        col(VoiceNote.state).in_(UNSURE),
    )
    return list(db.exec(wanted.with_for_update()).all())


def kept_notes(db: Session, keys: ClinicKeys, call_id: uuid.UUID) -> list[uuid.UUID]:
    """The notes of a call that its caller kept; answers to a question are not among them."""
    wanted = select(VoiceNote.id).where(
        col(VoiceNote.clinic_id) == keys.clinic_id,
        col(VoiceNote.call_id) == call_id,
        col(VoiceNote.conversation_id).is_(None),
        col(VoiceNote.deleted_at).is_(None),
        col(VoiceNote.state).not_in(UNSURE),
    )
    return list(db.exec(wanted).all())


def newest_note(db: Session, keys: ClinicKeys, patient_id: uuid.UUID, since: datetime) -> VoiceNote | None:
    """A patient's newest voice note since then that has not been deleted."""
    wanted = select(VoiceNote).where(
        col(VoiceNote.clinic_id) == keys.clinic_id,
        col(VoiceNote.patient_id) == patient_id,
        col(VoiceNote.at) > since,
        col(VoiceNote.deleted_at).is_(None),
        col(VoiceNote.call_id).is_not(None),
    )
    return db.exec(wanted.order_by(col(VoiceNote.at).desc()).limit(1).with_for_update()).first()


def newest_answer(db: Session, keys: ClinicKeys, patient_id: uuid.UUID, name: str) -> Answer | None:
    """The standing answer under a name, to be spoken or played to its owner."""
    wanted = select(Answer).where(
        col(Answer.clinic_id) == keys.clinic_id,
        col(Answer.patient_id) == patient_id,
        col(Answer.name) == name,
        col(Answer.superseded_at).is_(None),
    )
    return db.exec(wanted.order_by(col(Answer.at).desc()).limit(1)).first()


def note_of_answer(db: Session, keys: ClinicKeys, answer: Answer) -> VoiceNote | None:
    """The recording that an answer was given by: made in the same transaction, so at the same instant."""
    wanted = select(VoiceNote).where(
        col(VoiceNote.clinic_id) == keys.clinic_id,
        col(VoiceNote.conversation_id) == answer.conversation_id,
        col(VoiceNote.at) == answer.at,
        col(VoiceNote.deleted_at).is_(None),
    )
    return db.exec(wanted.limit(1)).first()


def note_for_before(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> VoiceNote | None:
    """The newest playable note a patient asked to hear before a session; not one whose words held a risk."""
    risky = select(Inbound.id).where(col(Inbound.clinic_id) == keys.clinic_id, col(Inbound.tier).is_not(None))
    wanted = select(VoiceNote).where(
        col(VoiceNote.clinic_id) == keys.clinic_id,
        col(VoiceNote.patient_id) == patient_id,
        col(VoiceNote.before_at).is_not(None),
        col(VoiceNote.playable),
        col(VoiceNote.deleted_at).is_(None),
        or_(col(VoiceNote.words_id).is_(None), col(VoiceNote.words_id).not_in(risky)),
    )
    return db.exec(wanted.order_by(col(VoiceNote.before_at).desc()).limit(1)).first()


def delete_note(note: VoiceNote, now: datetime) -> None:
    """Deleted means deleted: nothing of it is kept here, and the carrier's copy goes too, by whoever sees it due."""
    if note.deleted_at is None:
        note.state, note.deleted_at, note.due_at, note.lease_until = "deleted", now, now, None
        note.fence += 1
