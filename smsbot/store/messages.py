"""Outbound messages: written once, opened only to be sent or shown; words are sealed under the patient's key."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert
from sqlmodel import Session, col, select, update

from smsbot.models import Message, MessageState, Patient
from smsbot.store.statement import Statement
from smsbot.store.work import later
from smsbot.vault import ClinicKeys, Sealer

MESSAGE = Message.__table__  # type: ignore[attr-defined]
_ADD = Statement(insert(MESSAGE))
# The flow that staff's own texts are filed under; their `variant` names who wrote them.
STAFF_FLOW = "staff"
UNSENT = (MessageState.READY, MessageState.CLAIMED)


@dataclass(frozen=True)
class NewMessage:
    """Everything a message row says at birth; `priority` is the class P0-P8, `seq` the patient's own count."""

    id: uuid.UUID
    sender: str
    to: str
    body: str
    flow: str
    line: str
    language: str
    segments: int
    priority: int
    seq: int
    now: datetime
    purpose: str = "reply"
    variant: str | None = None
    flow_version: str | None = None
    patient_id: uuid.UUID | None = None
    conversation_id: uuid.UUID | None = None
    touch_id: uuid.UUID | None = None
    inbound_id: uuid.UUID | None = None
    via: str = "rest"
    due_at: datetime | None = None
    send_by: datetime | None = None
    check_at: datetime | None = None
    attempted_at: datetime | None = None


def add(db: Session, keys: ClinicKeys, sealer: Sealer, new: NewMessage) -> None:
    """Insert one message row; `sealer` is the patient's, or the clinic's for a sender nobody knows.

    A message that goes in the webhook's own answer (`via="answer"`) is `sending` from birth, with its `check_at` set.
    """
    values = {name: value for name, value in vars(new).items() if name not in ("to", "body", "now")}
    values |= {
        "clinic_id": keys.clinic_id,
        "to_sealed": sealer.seal("message", "to_sealed", new.id, new.to),
        "body_sealed": sealer.seal("message", "body_sealed", new.id, new.body),
        "state": MessageState.READY if new.via == "rest" else MessageState.SENDING,
        "fence": 0,
        "attempts": 0 if new.via == "rest" else 1,
        "looks": 0,
        "checks": 0,
        "created_at": new.now,
    }
    later(db, _ADD, values)


def opened(db: Session, keys: ClinicKeys, message: Message) -> tuple[str, str]:
    """The (to, body) of a message; Erased when the patient's key is gone."""
    sealer = sealer_of(db, keys, message.patient_id)
    return (
        sealer.open("message", "to_sealed", message.id, message.to_sealed),
        sealer.open("message", "body_sealed", message.id, message.body_sealed),
    )


def sealer_of(db: Session, keys: ClinicKeys, patient_id: uuid.UUID | None) -> Sealer:
    """Whose key seals a row: the patient's, or the clinic's where nobody is known."""
    if patient_id is None:
        return keys.sealer
    wrapped = db.exec(
        select(Patient.wrapped_key).where(col(Patient.id) == patient_id, col(Patient.clinic_id) == keys.clinic_id)
    ).first()
    return keys.patient(patient_id, wrapped)


def drop_unsent(db: Session, keys: ClinicKeys, patient_id: uuid.UUID, reason: str) -> int:
    """Drop what has not yet been handed to the carrier, crisis answers excepted; returns how many."""
    dropped = (
        update(Message)
        .where(
            col(Message.clinic_id) == keys.clinic_id,
            col(Message.patient_id) == patient_id,
            col(Message.state).in_(UNSENT),
            col(Message.purpose) != "crisis",
        )
        .values(state=MessageState.DROPPED, reason=reason, due_at=None, lease_until=None, fence=col(Message.fence) + 1)
    )
    return int(db.execute(dropped).rowcount)  # type: ignore[attr-defined]


def staff_wrote(db: Session, keys: ClinicKeys, patient_id: uuid.UUID, since: datetime) -> bool:
    """Whether a person of the clinic has written to this patient since then."""
    wanted = select(Message.id).where(
        col(Message.clinic_id) == keys.clinic_id,
        col(Message.patient_id) == patient_id,
        col(Message.created_at) > since,
        col(Message.flow) == STAFF_FLOW,
    )
    return db.exec(wanted.limit(1)).first() is not None
