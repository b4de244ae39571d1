"""Writes down what the carrier answered, and does what each refusal asks for."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import Session

from smsbot.carrier.answers import Accepted
from smsbot.carrier.errors import CarrierError, Kind, NotAccepted, Rejected, Unknown, meaning
from smsbot.models import Message, MessageState
from smsbot.outbox import aftermath
from smsbot.outbox.arming import Armed
from smsbot.outbox.owning import own
from smsbot.outbox.rates import cap_resets
from smsbot.runtime import Runtime
from smsbot.store import outgoing, told

log = logging.getLogger("smsbot.outbox")

LONGEST_BACKOFF_S = 60
PARKED = timedelta(seconds=60)


def record(runtime: Runtime, answers: Sequence[tuple[Armed, Accepted | CarrierError]]) -> None:
    """Write down a batch of answers, each guarded by its state and fence.

    Nearly all are acceptances, and one commit serves them together. A refusal has a commit of its own: it locks the
    patient it concerns, and whoever holds one patient must not wait for another. Should the common commit fail, every
    answer has its own; one that cannot be written down at all is looked up later, and keeps no other from its place.
    """
    alone = [each for each in answers if _is_refusal(each[1])]
    common = [each for each in answers if not _is_refusal(each[1])]
    if common and not _landed(runtime, common):
        alone = [*common, *alone]
    for each in alone:
        _landed(runtime, [each])


def _is_refusal(answer: Accepted | CarrierError) -> bool:
    return isinstance(answer, Rejected) or (isinstance(answer, NotAccepted) and not answer.retryable)


def _landed(runtime: Runtime, answers: Sequence[tuple[Armed, Accepted | CarrierError]]) -> bool:
    try:
        with runtime.database.write() as db:
            accepted(runtime, db, [(armed, answer.sid) for armed, answer in answers if isinstance(answer, Accepted)])
            for armed, answer in answers:
                if isinstance(answer, CarrierError):
                    _record(runtime, db, armed, answer)
    except Exception as fault:  # whatever one answer runs into, the others must be written down
        log.error("an answer could not be written down", extra={"fault": type(fault).__name__, "count": len(answers)})
        return False
    return True


def _record(runtime: Runtime, db: Session, armed: Armed, answer: CarrierError) -> None:
    match answer:
        case NotAccepted(retryable=True):
            _again(runtime, db, armed, answer.code)
        case Rejected():
            _rejected(runtime, db, armed, answer)
        case NotAccepted():  # our own address for the carrier is wrong: nothing can leave until a person mends it
            _rejected(runtime, db, armed, Rejected(0, Kind.CONFIG))
        case Unknown():
            unclear(runtime, db, armed)


def accepted(runtime: Runtime, db: Session, taken: Sequence[tuple[Armed, str]]) -> None:
    """The carrier has them. A receipt may have come before the answer: then at most the carrier's id is missing."""
    sids = {armed.id: sid for armed, sid in taken}
    if not sids:
        return

    def write() -> None:
        if outgoing.mark_accepted(db, sids, runtime.machine()) < len(sids):
            for message_id, sid in sids.items():
                _late(runtime, db, message_id, sid)

    own(db, sids, runtime.machine(), write)


def _late(runtime: Runtime, db: Session, message_id: UUID, sid: str) -> None:
    """An acceptance after the message has moved on: another try that was being made of it is called off.

    Unless that is because we have heard already that this one did not arrive.
    """
    row = outgoing.locked(db, message_id)
    if row is None or row.carrier_sid is not None or told.has_failed(db, sid):
        return
    row.carrier_sid = sid
    if row.state in outgoing.WAITING:
        row.state, row.accepted_at, row.reason = MessageState.ACCEPTED, runtime.machine(), None
        row.due_at = row.lease_until = row.check_at = None
        row.fence += 1


def unclear(runtime: Runtime, db: Session, armed: Armed) -> None:
    """Nobody knows: it is looked up, first after the first of the settings' delays."""
    first = runtime.machine() + timedelta(seconds=runtime.settings.reconcile_seconds[0])
    outgoing.change(
        db, armed.id, (MessageState.SENDING,), armed.fence, state=MessageState.UNKNOWN, check_at=first, lease_until=None
    )


def _again(runtime: Runtime, db: Session, armed: Armed, code: int | None) -> None:
    """Surely not sent: back in line, later each time, a little apart from each other."""
    row = outgoing.locked(db, armed.id)
    if row is None:
        return
    longest = 5 if row.priority == 0 else LONGEST_BACKOFF_S
    delay = min(longest, 2 ** min(row.attempts - 1, 10)) * runtime.chance.uniform(0.5, 1.0)
    _ready(db, armed, runtime.care(db) + timedelta(seconds=delay), "Waiting: the carrier could not be reached.", code)


def _ready(db: Session, armed: Armed, due_at: datetime, why: str, code: int | None) -> None:
    outgoing.change(
        db,
        armed.id,
        (MessageState.SENDING,),
        armed.fence,
        state=MessageState.READY,
        due_at=due_at,
        lease_until=None,
        check_at=None,
        error_code=code,
        reason=why,
    )


def _rejected(runtime: Runtime, db: Session, armed: Armed, answer: Rejected) -> None:
    """Refused, with a reason: parked with its sender, tried later, or over."""
    outgoing.lock_owner(db, armed.id)
    row = outgoing.locked(db, armed.id)
    if row is None or row.state != MessageState.SENDING or row.fence != armed.fence:
        return
    row.error_code = answer.code
    row.lease_until = row.check_at = None
    over = False
    if answer.kind is Kind.CONFIG:
        row.state, row.due_at = MessageState.READY, runtime.care(db) + PARKED
        row.reason = "Waiting: the sender is not set up correctly at the carrier."
        outgoing.park(db, row.sender, runtime.machine() + PARKED)
    elif not retried(runtime, db, row, answer.code):
        over = True
        row.state, row.reason = MessageState.REJECTED, f"Refused by the carrier: {meaning(answer.code).words}."
    db.flush()
    aftermath.follow(runtime, db, row, answer.code, over=over)


def failed(runtime: Runtime, db: Session, row: Message, code: int | None) -> None:
    """It did not arrive: try again if that can help in time, and do what the code asks."""
    again = retried(runtime, db, row, code)
    db.flush()
    aftermath.follow(runtime, db, row, code, over=not again)


def retried(runtime: Runtime, db: Session, row: Message, code: int | None) -> bool:
    """Put a failed message back in line if its code allows another try that would not come too late."""
    rule, now, machine = meaning(code), runtime.care(db), runtime.machine()
    if row.attempts > rule.retries:
        return False
    pause = cap_resets(machine) - machine if rule.kind is Kind.TOMORROW else timedelta(seconds=rule.wait)
    if row.send_by is not None and now + pause >= row.send_by:
        return False
    row.state, row.due_at = MessageState.READY, now + pause
    row.reason = f"Will be tried again: {rule.words}."
    row.carrier_sid = row.lease_until = row.check_at = None
    row.fence += 1
    if rule.kind is Kind.TOMORROW:
        outgoing.park(db, row.sender, cap_resets(machine))
    return True
