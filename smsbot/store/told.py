"""What the carrier has told of our messages: its receipts, the ids it knows them by, and who can vouch for its list."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import Session, col

from smsbot.models import Message, StatusEvent

# What the carrier says of a message that did not arrive.
FAILED = ("failed", "undelivered", "canceled")
# A text whose patient was erased, or that is damaged, is no witness: a few are read to find one.
WITNESSES = 5


def file_event(db: Session, event: StatusEvent) -> bool:
    """Keep a receipt once for each carrier id and status; False for a repeat."""
    make = sqlite_insert if db.get_bind().dialect.name == "sqlite" else postgres_insert
    added = make(StatusEvent).values(event.model_dump()).on_conflict_do_nothing()
    return bool(db.execute(added).rowcount)  # type: ignore[attr-defined]


def has_failed(db: Session, sid: str) -> bool:
    """Whether the carrier has told us already that what it knows by this id did not arrive."""
    wanted = select(col(StatusEvent.id)).where(col(StatusEvent.carrier_sid) == sid, col(StatusEvent.status).in_(FAILED))
    return db.execute(wanted.limit(1)).first() is not None


def known_sids(db: Session, message: Message) -> set[str]:
    """Carrier ids that already belong to a message to the same person: an unclear send is not one of those."""
    to_whom = (
        col(Message.patient_id) == message.patient_id
        if message.patient_id is not None
        else col(Message.clinic_id) == message.clinic_id
    )
    wanted = select(col(Message.carrier_sid)).where(to_whom, col(Message.carrier_sid).is_not(None))
    return {sid for sid in db.execute(wanted.order_by(col(Message.created_at).desc()).limit(1000)).scalars() if sid}


def witnesses(db: Session, message: Message, before: datetime) -> Sequence[Message]:
    """Messages of the same sender that the carrier surely has, newest first, to see whether its list is believable."""
    wanted = (
        select(Message)
        .where(
            col(Message.clinic_id) == message.clinic_id,
            col(Message.sender) == message.sender,
            col(Message.carrier_sid).is_not(None),
            col(Message.accepted_at) < before,
            col(Message.id) != message.id,
        )
        .order_by(col(Message.accepted_at).desc())
        .limit(WITNESSES)
    )
    return db.execute(wanted).scalars().all()
