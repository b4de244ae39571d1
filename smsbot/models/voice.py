"""Calls and voice notes."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import SQLModel

from smsbot.models.base import Id, data, key, ref, when


class Call(SQLModel, table=True):
    """A phone call, either way, written before the carrier is asked; `details` holds its place, never a word said.

    `step` counts the documents given, `answer_sealed` is the last one, given again to a repeat.
    `state`: ready, dialing, ringing, talking, over for calls that ran; busy, no_answer, machine, failed, unknown and
    dropped say how else it ended.
    A number nobody enrolled is in `phone_sealed`, under the clinic's key.
    """

    id: Id = key()
    clinic_id: Id = ref("clinic.id", index=False)
    patient_id: Id | None = ref("patient.id", default=None)
    carrier_sid: str | None = None
    direction: str = "inbound"
    purpose: str = "line"
    state: str = "talking"
    phone_index: bytes | None = None
    phone_sealed: bytes | None = None
    details: dict[str, Any] = data()
    step: int = 0
    answer_sealed: bytes | None = None
    answered_by: str | None = None
    seconds: int | None = None
    why: str | None = None
    attempt: int = 1
    attempted_at: datetime | None = when(default=None)
    checks: int = 0
    due_at: datetime | None = when(default=None)
    lease_until: datetime | None = when(default=None)
    fence: int = 0
    started_at: datetime = when()
    ended_at: datetime | None = when(default=None)
    __table_args__ = (UniqueConstraint("carrier_sid"), Index("ix_call_due", "due_at"))


class VoiceNote(SQLModel, table=True):
    """A recording a patient kept; the audio lies sealed in a file named by its id, the transcript in sealed columns.

    `media_sid` names an attachment of the text `inbound_id`; `words_id` is the inbound row of the transcript.
    `listen_at` is when a person must be told unless the words are known by then, `expires_at` the end of its keeping
    (care time). `before_at` is when the patient asked to hear it before their next session.
    """

    __tablename__ = "voice_note"
    id: Id = key()
    clinic_id: Id = ref("clinic.id", index=False)
    patient_id: Id | None = ref("patient.id", default=None)
    call_id: Id | None = ref("call.id", default=None)
    inbound_id: Id | None = ref("inbound.id", default=None)
    conversation_id: Id | None = ref("conversation.id", default=None)
    recording_sid: str | None = None
    media_sid: str | None = None
    words_id: Id | None = ref("inbound.id", index=False, default=None)
    state: str = "expected"
    why: str | None = None
    attempts: int = 0
    seconds: int | None = None
    size: int | None = None
    content_type: str | None = None
    playable: bool = False
    language: str | None = None
    digest: str | None = None
    transcript_sealed: bytes | None = None
    corrected_sealed: bytes | None = None
    confidence: float | None = None
    engine: str | None = None
    corrected_by: str | None = None
    corrected_at: datetime | None = when(default=None)
    private: bool = False
    held: bool = False
    before_at: datetime | None = when(default=None)
    at: datetime = when()
    listen_at: datetime | None = when(default=None)
    expires_at: datetime | None = when(default=None)
    deleted_at: datetime | None = when(default=None)
    carrier_deleted_at: datetime | None = when(default=None)
    due_at: datetime | None = when(default=None)
    lease_until: datetime | None = when(default=None)
    fence: int = 0
    __table_args__ = (
        UniqueConstraint("recording_sid"),
        UniqueConstraint("media_sid"),
        Index("ix_voice_note_due", "due_at"),
        Index("ix_voice_note_listen", "listen_at"),
        Index("ix_voice_note_expires", "expires_at"),
    )
