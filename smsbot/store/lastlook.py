"""The look a sending thread takes right before it asks the carrier: is it still ours to send, and may it still go?

A message is armed with others and may wait for a thread. An opt-out that commits in between must still be obeyed. A
process that was frozen in between (a machine put to sleep) has lost its lease: others may have looked the message up
and sent it, or its hour is over. So this one statement is the last thing that happens before the request.
"""

import uuid
from datetime import datetime

from sqlalchemy import and_, bindparam, exists, func, not_, or_, select
from sqlmodel import Session

from smsbot.models import Inbound, Message, MessageState, Patient, PatientStatus, Suppression
from smsbot.store.statement import Statement

_MESSAGE = Message.__table__  # type: ignore[attr-defined]
_PATIENT = Patient.__table__  # type: ignore[attr-defined]
_INBOUND = Inbound.__table__  # type: ignore[attr-defined]
_MARK = Suppression.__table__  # type: ignore[attr-defined]
_LEFT = (PatientStatus.STOPPED.value, PatientStatus.ENDED.value)

_MARKED = exists().where(
    _MARK.c.clinic_id == _MESSAGE.c.clinic_id,
    _MARK.c.phone_index == func.coalesce(_PATIENT.c.phone_index, _INBOUND.c.phone_index),
    _MARK.c.lifted_at.is_(None),
)
# What answers a person's own word goes out even then (RULINGS 2).
_ANSWERS = or_(
    _MESSAGE.c.purpose == "stop",
    and_(or_(_MESSAGE.c.purpose == "crisis", _MESSAGE.c.purpose == "help"), _MESSAGE.c.inbound_id.is_not(None)),
)
_standing = func.coalesce(_PATIENT.c.status, "")
_ON_HOLD = and_(_standing == PatientStatus.FROZEN.value, _MESSAGE.c.priority > 0, _MESSAGE.c.purpose != "staff")
_OURS = and_(
    _MESSAGE.c.state == MessageState.SENDING,
    _MESSAGE.c.fence == bindparam("fence"),
    _MESSAGE.c.lease_until > bindparam("machine", type_=_MESSAGE.c.lease_until.type),
)
_BARRED = Statement(
    select(_MESSAGE.c.id)
    .select_from(
        _MESSAGE.outerjoin(_PATIENT, _PATIENT.c.id == _MESSAGE.c.patient_id).outerjoin(
            _INBOUND, _INBOUND.c.id == _MESSAGE.c.inbound_id
        )
    )
    .where(
        _MESSAGE.c.id == bindparam("row"),
        or_(
            not_(_OURS),
            and_(~_ANSWERS, or_(_standing == _LEFT[0], _standing == _LEFT[1], _ON_HOLD, _MARKED)),
        ),
    )
)


def barred(db: Session, message_id: uuid.UUID, fence: int, machine: datetime) -> bool:
    """Whether a message that was armed a moment ago, under this fence, must not be sent (any more, or by us)."""
    return bool(_BARRED.rows(db, {"row": message_id, "fence": fence, "machine": machine}))
