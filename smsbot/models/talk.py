"""Touches, conversations and what patients said."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import SQLModel

from smsbot.models.base import Id, data, key, ref, when


class Touch(SQLModel, table=True):
    """One planned contact; `plan_key` is stable (anchor + rule), `why` one sentence, `history` what happened to it."""

    id: Id = key()
    clinic_id: Id = ref("clinic.id", index=False)
    patient_id: Id = ref("patient.id")
    session_id: Id | None = ref("session.id", default=None)
    plan_key: str
    rule: str
    flow: str
    variant: str | None = None
    priority: int
    proactive: bool = True
    asks: bool = True
    planned_at: datetime = when()
    due_at: datetime | None = when(default=None)
    send_by: datetime | None = when(default=None)
    answer_until: datetime | None = when(default=None)
    state: str = "planned"
    why: str
    history: list[dict[str, Any]] = data()
    session_version: int | None = None
    lease_until: datetime | None = when(default=None)
    fence: int = 0
    sent_at: datetime | None = when(default=None)
    answered_at: datetime | None = when(default=None)
    created_at: datetime = when()
    details: dict[str, Any] = data()
    __table_args__ = (UniqueConstraint("patient_id", "plan_key"), Index("ix_touch_due", "due_at"))


class FlowVersion(SQLModel, table=True):
    """A flow with its lines, by hash: what a conversation finishes on however the files change."""

    __tablename__ = "flow_version"
    hash: str = key()
    flow: str
    script: str
    created_at: datetime = when()


class Conversation(SQLModel, table=True):
    """A patient's place in a flow; `due_at` is the earlier of `settle_at` and `closes_at`."""

    id: Id = key()
    clinic_id: Id = ref("clinic.id", index=False)
    patient_id: Id = ref("patient.id", index=False)
    touch_id: Id | None = ref("touch.id", default=None)
    session_id: Id | None = ref("session.id", default=None)
    flow: str
    flow_version: str
    rank: int = 0
    channel: str = "text"
    language: str
    state: str = "open"
    state_sealed: bytes
    opened_at: datetime = when()
    last_inbound_at: datetime | None = when(default=None)
    fragments_since: datetime | None = when(default=None)
    settle_at: datetime | None = when(default=None)
    closes_at: datetime | None = when(default=None)
    due_at: datetime | None = when(default=None)
    lease_until: datetime | None = when(default=None)
    fence: int = 0
    ended_as: str | None = None
    closed_at: datetime | None = when(default=None)
    __table_args__ = (
        Index("ix_conversation_patient", "patient_id", "state"),
        Index("ix_conversation_due", "due_at"),
    )


class Answer(SQLModel, table=True):
    """A kept reply under its name; `superseded_at` marks it replaced or cleared, never deleted.

    Once the patient has corrected it, `value_sealed` holds their new words and `original_sealed` those they first gave;
    from `put_away_at` on it is never said back to them.
    """

    id: Id = key()
    clinic_id: Id = ref("clinic.id", index=False)
    patient_id: Id = ref("patient.id", index=False)
    conversation_id: Id | None = ref("conversation.id", default=None)
    session_id: Id | None = ref("session.id", index=False, default=None)
    flow: str
    name: str
    code: str | None = None
    value_sealed: bytes
    flagged: bool = False
    late: bool = False
    hidden: bool = False
    original_sealed: bytes | None = None
    corrected_at: datetime | None = when(default=None)
    put_away_at: datetime | None = when(default=None)
    at: datetime = when()
    superseded_at: datetime | None = when(default=None)
    __table_args__ = (Index("ix_answer_name", "patient_id", "name", "at"),)


class Mark(SQLModel, table=True):
    """A moment a flow left behind for timing rules to hang on, such as plan_made."""

    id: Id = key()
    clinic_id: Id = ref("clinic.id", index=False)
    patient_id: Id = ref("patient.id", index=False)
    conversation_id: Id | None = ref("conversation.id", index=False, default=None)
    name: str
    at: datetime = when()
    __table_args__ = (Index("ix_mark_patient", "patient_id", "name", "at"),)


class JournalEntry(SQLModel, table=True):
    """Words that answered nothing, kept whole; `private` hides them from staff unless a flag is open.

    Corrected and put away by the patient as an Answer is.
    """

    __tablename__ = "journal_entry"
    id: Id = key()
    clinic_id: Id = ref("clinic.id", index=False)
    patient_id: Id = ref("patient.id")
    inbound_id: Id | None = ref("inbound.id", index=False, default=None)
    kind: str = "text"
    words_sealed: bytes
    private: bool = False
    flagged: bool = False
    original_sealed: bytes | None = None
    corrected_at: datetime | None = when(default=None)
    put_away_at: datetime | None = when(default=None)
    at: datetime = when()


class HeardLine(SQLModel, table=True):
    """A bank line a patient has had, so that it does not come back within 30 days."""

    __tablename__ = "heard_line"
    id: Id = key()
    clinic_id: Id = ref("clinic.id", index=False)
    patient_id: Id = ref("patient.id", index=False)
    flow: str
    bank: str
    line: str
    at: datetime = when()
    __table_args__ = (Index("ix_heard_line_patient", "patient_id", "flow", "at"),)
