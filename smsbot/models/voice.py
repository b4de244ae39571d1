"""Calls and voice notes."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import SQLModel

from smsbot.models.base import Id, data, key, ref, when


class Call(SQLModel, table=True):
    """A phone call, inbound or outbound."""

    id: Id = key()
    clinic_id: Id = ref("clinic.id", index=False)
    patient_id: Id | None = ref("patient.id", default=None)
    carrier_sid: str | None = None
    direction: str = "inbound"
    purpose: str = "line"
    state: str = "started"
    details: dict[str, Any] = data()
    started_at: datetime = when()
    ended_at: datetime | None = when(default=None)
    __table_args__ = (UniqueConstraint("carrier_sid"),)


class VoiceNote(SQLModel, table=True):
    """A recording a patient kept; the audio lies sealed in a file named by its id, the transcript in sealed columns."""

    __tablename__ = "voice_note"
    id: Id = key()
    clinic_id: Id = ref("clinic.id", index=False)
    patient_id: Id | None = ref("patient.id", default=None)
    call_id: Id | None = ref("call.id", default=None)
    inbound_id: Id | None = ref("inbound.id", default=None)
    conversation_id: Id | None = ref("conversation.id", default=None)
    recording_sid: str | None = None
    state: str = "expected"
    seconds: int | None = None
    content_type: str | None = None
    digest: str | None = None
    transcript_sealed: bytes | None = None
    corrected_sealed: bytes | None = None
    confidence: float | None = None
    private: bool = False
    at: datetime = when()
    deleted_at: datetime | None = when(default=None)
    carrier_deleted_at: datetime | None = when(default=None)
    due_at: datetime | None = when(default=None)
    lease_until: datetime | None = when(default=None)
    fence: int = 0
    __table_args__ = (UniqueConstraint("recording_sid"), Index("ix_voice_note_due", "due_at"))
