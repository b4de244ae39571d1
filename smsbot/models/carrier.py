"""What came from the carrier and what goes to it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import SQLModel

from smsbot.models.base import Id, data, key, ref, when


class Inbound(SQLModel, table=True):
    """One inbound text; `reply_sealed` is the webhook's own answer, given again byte for byte to a repeat."""

    id: Id = key()
    clinic_id: Id = ref("clinic.id", index=False)
    patient_id: Id | None = ref("patient.id", index=False, default=None)
    carrier_sid: str
    phone_index: bytes
    phone_sealed: bytes | None = None
    body_sealed: bytes
    media: list[Any] = data()
    opt_out_type: str | None = None
    via: str = "webhook"
    received_at: datetime = when()
    tier: int | None = None
    rule: str | None = None
    screen_version: str
    filed_as: str
    conversation_id: Id | None = ref("conversation.id", default=None)
    settled: bool = True
    reply_sealed: bytes | None = None
    __table_args__ = (
        UniqueConstraint("carrier_sid"),
        Index("ix_inbound_phone", "clinic_id", "phone_index", "received_at"),
        Index("ix_inbound_patient", "patient_id", "received_at"),
    )


class Message(SQLModel, table=True):
    """One outbound text, written before the carrier is called; `priority` 0-8 is its class, `seq` its place."""

    id: Id = key()
    clinic_id: Id = ref("clinic.id", index=False)
    sender: str
    patient_id: Id | None = ref("patient.id", index=False, default=None)
    conversation_id: Id | None = ref("conversation.id", default=None)
    touch_id: Id | None = ref("touch.id", default=None)
    inbound_id: Id | None = ref("inbound.id", default=None)
    purpose: str = "reply"
    to_sealed: bytes
    body_sealed: bytes
    flow: str
    line: str
    variant: str | None = None
    flow_version: str | None = None
    language: str
    segments: int
    priority: int
    seq: int
    via: str = "rest"
    state: str = "ready"
    reason: str | None = None
    due_at: datetime | None = when(default=None)
    send_by: datetime | None = when(default=None)
    check_at: datetime | None = when(default=None)
    lease_until: datetime | None = when(default=None)
    fence: int = 0
    attempts: int = 0
    looks: int = 0
    checks: int = 0
    attempted_at: datetime | None = when(default=None)
    carrier_sid: str | None = None
    error_code: int | None = None
    created_at: datetime = when()
    accepted_at: datetime | None = when(default=None)
    sent_at: datetime | None = when(default=None)
    delivered_at: datetime | None = when(default=None)
    __table_args__ = (
        Index("ix_message_due", "sender", "due_at"),
        Index("ix_message_check", "check_at"),
        Index("ix_message_patient", "patient_id", "seq"),
        Index("ix_message_said", "patient_id", "created_at"),
        Index("ix_message_sid", "carrier_sid", unique=True),
    )


class StatusEvent(SQLModel, table=True):
    """A delivery report, once per message and status, in whatever order it came."""

    __tablename__ = "status_event"
    id: Id = key()
    clinic_id: Id = ref("clinic.id", index=False)
    message_id: Id = ref("message.id")
    carrier_sid: str
    status: str
    error_code: int | None = None
    at: datetime = when()
    __table_args__ = (UniqueConstraint("carrier_sid", "status"),)


class CarrierSender(SQLModel, table=True):
    """A sending number's token bucket and daily cap: a row, so that losing Redis cannot overrun the carrier."""

    __tablename__ = "sender"
    number: str = key()
    clinic_id: Id = ref("clinic.id")
    rate: float = 1.0
    burst: float = 10.0
    tokens: float = 10.0
    refilled_at: datetime = when()
    daily_cap: int | None = None
    day: str = ""
    day_used: int = 0
    parked_until: datetime | None = when(default=None)
    inbound_seen_at: datetime | None = when(default=None)
    repair_at: datetime | None = when(default=None)
    lease_until: datetime | None = when(default=None)
    fence: int = 0
