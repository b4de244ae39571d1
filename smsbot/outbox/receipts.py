"""Receipts: what became of a message after the carrier took it, in whatever order and however often it is told."""

import uuid

from sqlmodel import Session

from smsbot.carrier import inbound
from smsbot.models import Message, MessageState, StatusEvent
from smsbot.outbox.outcome import failed
from smsbot.outbox.owning import own
from smsbot.outbox.states import BECOMES, FAILURES, PLACE
from smsbot.runtime import Runtime
from smsbot.store import outgoing, told


def receipt(runtime: Runtime, db: Session, message_id: uuid.UUID, event: inbound.StatusEvent) -> tuple[str, ...]:
    """File one receipt for a message of ours, in the caller's transaction; returns the senders to ring afterwards.

    The message's id came in the address we gave the carrier, so any receipt proves that it was accepted, whatever the
    answer to our request was. Repeats, receipts for nothing of ours and those that say nothing new change nothing.
    """
    if event.status in told.FAILED:
        outgoing.lock_owner(db, message_id)
    row = outgoing.locked_with_holder(db, message_id, event.sid)
    if row is None or event.account_sid not in ("", runtime.settings.account_sid):
        return ()
    is_earlier = row.carrier_sid != event.sid and (row.carrier_sid is not None or told.has_failed(db, event.sid))
    if not told.file_event(db, filed(runtime, row, event)):
        return ()
    state = BECOMES[event.status]
    if _is_news(row, state, is_earlier=is_earlier):
        own(db, {row.id: event.sid}, runtime.machine(), lambda: _move(runtime, row, event, state))
        if state in FAILURES:
            failed(runtime, db, row, event.error_code)
    waiting = row.patient_id is not None and outgoing.has_waiting(db, row.patient_id)
    return (row.sender,) if waiting else ()


def filed(runtime: Runtime, row: Message, event: inbound.StatusEvent) -> StatusEvent:
    """The row that keeps what the carrier told of a message."""
    return StatusEvent(
        id=runtime.new_id(),
        clinic_id=row.clinic_id,
        message_id=row.id,
        carrier_sid=event.sid,
        status=event.status,
        error_code=event.error_code,
        at=runtime.machine(),
    )


def _is_news(row: Message, state: MessageState, *, is_earlier: bool) -> bool:
    """Whether this moves the message on; of an earlier attempt only a delivery counts: the words have arrived."""
    if is_earlier:
        return state is MessageState.DELIVERED and row.state != MessageState.DELIVERED
    place = PLACE.get(MessageState(row.state), 0)
    mended = (row.state, state) == (MessageState.UNDELIVERED, MessageState.DELIVERED)
    return PLACE[state] > place and (place < PLACE[MessageState.UNDELIVERED] or mended)


def _move(runtime: Runtime, row: Message, event: inbound.StatusEvent, state: MessageState) -> None:
    """Take the state over. Whatever waited to send or to look up this message is called off by the raised fence."""
    machine = runtime.machine()
    row.state, row.error_code, row.reason = state, event.error_code, None
    row.carrier_sid = event.sid
    row.accepted_at = row.accepted_at or machine
    if state in (MessageState.SENT, MessageState.DELIVERED):
        row.sent_at = row.sent_at or machine
    if state is MessageState.DELIVERED:
        row.delivered_at = machine
    row.due_at = row.lease_until = row.check_at = None
    row.fence += 1
