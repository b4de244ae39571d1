"""Finds out what became of sends nobody answered for: by receipt, by the carrier's own list, else by a person.

An unclear send is looked up 15, 60 and 180 seconds after it was made (`SMSBOT_RECONCILE_AFTER`). If the carrier's list
shows it, it was accepted. If three look-ups show nothing, and the list is seen to show another message the carrier
surely has, then it was never accepted: sending it is then not a second sending, and it goes back in line. Each try
needs its own proof: a message that was claimed when three workers died in turn is still sent, once.
Otherwise, after ten minutes, practice is dropped and everything else is given to a person (RULINGS 25); one look-up
that failed after hours in which nobody looked is no reason to. Crisis lines do not wait for proof: a double is better
than a loss (RULINGS 1).
"""

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from smsbot.carrier.answers import Sent
from smsbot.carrier.errors import CarrierError
from smsbot.carrier.inbound import StatusEvent
from smsbot.errors import Erased, VaultError
from smsbot.models import Message, MessageState
from smsbot.outbox import aftermath
from smsbot.outbox.outcome import failed
from smsbot.outbox.receipts import filed
from smsbot.outbox.states import BECOMES, FAILURES
from smsbot.runtime import Runtime
from smsbot.store import clinics, due, messages, outgoing, told
from smsbot.store.due import Claim
from smsbot.vault import ClinicKeys

log = logging.getLogger("smsbot.outbox")

LOOKERS = 8
BATCH = 50
# How far behind ours the carrier's clock may be. An earlier text of the same words is known, or of 20 s before.
SKEW = timedelta(seconds=10)
EVER = datetime(2020, 1, 1, tzinfo=UTC)
BETWEEN = timedelta(seconds=60)
CLEAN_LOOKS = 3
# Look-ups made for one try before it is given up: those of the delays and a few of the minutes after.
LEAST_LOOKS = 6
CRISIS_TRIES = 3
# Tries that were each proved never to have reached the carrier; after so many a person should look at it.
PROVED_TRIES = 8
# The last look-up is at 180 s by default and patience ends at 600 s; both move together in tests.
PATIENCE = 10 / 3
FOR_A_PERSON = 3  # P0 to P3: safety, staff and replies, logistics, landing and reflection


@dataclass(frozen=True)
class Unclear:
    """A send to look up: whose, when, and another message to test the list with."""

    claim: Claim
    to: str
    body: str
    attempted_at: datetime
    known: frozenset[str]
    witness: tuple[str, str] | None


@dataclass(frozen=True)
class Look:
    """What the carrier's list showed: the send itself, or nothing, believably or not; `code` says why it failed."""

    found: Sent | None
    believable: bool
    code: int | None = None


def check(runtime: Runtime, limit: int = BATCH) -> int:
    """See to the sends whose look-up is due; returns how many there were."""
    with runtime.database.write() as db:
        machine = runtime.machine()
        claims = due.claim(db, due.CHECKS, machine, machine, limit=limit)
        unclear = [found for each in claims if (found := _prepare(runtime, db, each)) is not None]
    if unclear:
        with ThreadPoolExecutor(min(LOOKERS, len(unclear)), thread_name_prefix="look") as threads:
            looks = list(threads.map(lambda each: _look(runtime, each), unclear))
        _settle(runtime, unclear, looks)
    return len(claims)


def _prepare(runtime: Runtime, db: Session, claim: Claim) -> Unclear | None:
    """What to look up, or None when there is nothing to ask: crisis lines are simply sent."""
    row = outgoing.locked(db, claim.id)
    if row is None or row.state not in (MessageState.SENDING, MessageState.UNKNOWN) or row.attempted_at is None:
        if row is not None:
            row.check_at = row.lease_until = None
        return None
    row.state = MessageState.UNKNOWN
    if row.purpose == "crisis" and row.attempts < CRISIS_TRIES:
        _send_again(runtime, db, row, "Sent again: nothing proved that it had arrived.")
        return None
    try:
        keys = clinics.keys(db, runtime.vault, row.clinic_id)
    except VaultError:  # a clinic whose keys do not open: its rows wait until they do, and nobody else's
        log.error("a clinic's keys do not open", extra={"clinic": str(row.clinic_id)})
        row.check_at, row.lease_until = runtime.machine() + BETWEEN, None
        return None
    try:
        words = messages.opened(db, keys, row)
    except Erased:
        row.state, row.check_at, row.lease_until = MessageState.DROPPED, None, None
        return None
    except VaultError:  # a damaged row: nothing can be compared, so that a person has to ask in the end
        log.error("an unclear message cannot be read", extra={"row": str(row.id)})
        row.lease_until, row.looks = None, row.looks + 1
        _still_unclear(runtime, db, row, clean=False)
        return None
    known = frozenset(told.known_sids(db, row))
    return Unclear(claim, *words, row.attempted_at, known, _witness(runtime, db, row, keys))


def _witness(runtime: Runtime, db: Session, row: Message, keys: ClinicKeys) -> tuple[str, str] | None:
    """The number and carrier id of another message that the carrier's list must show if it can be believed."""
    for other in told.witnesses(db, row, runtime.machine() - SKEW):
        try:
            return messages.opened(db, keys, other)[0], str(other.carrier_sid)
        except (Erased, VaultError):  # whoever it went to is gone, or it is damaged: another one says as much
            continue
    return None


def _look(runtime: Runtime, unclear: Unclear) -> Look | None:
    """Ask the carrier's list; None when it does not answer."""
    try:
        listed: Sequence[Sent] = runtime.carrier.find(unclear.to, unclear.attempted_at - SKEW)
        fresh = [each for each in listed if each.sid not in unclear.known and each.body.strip() == unclear.body.strip()]
        if fresh:
            found = min(fresh, key=lambda each: each.created_at)
            code = runtime.carrier.status(found.sid)[1] if found.status in told.FAILED else None
            return Look(found, True, code)
        if unclear.witness is None:
            return Look(None, False)
        to, sid = unclear.witness
        shown = any(each.sid == sid and each.body for each in runtime.carrier.find(to, EVER))
        return Look(None, shown)
    except CarrierError:
        return None


def _settle(runtime: Runtime, unclear: Sequence[Unclear], looks: Sequence[Look | None]) -> None:
    """Write down what was found, each in a commit of its own: whoever holds one patient waits for no other."""
    for each, look in zip(unclear, looks, strict=True):
        try:
            with runtime.database.write() as db:
                _settle_one(runtime, db, each.claim, look)
        except Exception as fault:  # it is looked up again after its lease; the others are settled now
            log.error("a look-up could not be written down", extra={"fault": type(fault).__name__})


def _settle_one(runtime: Runtime, db: Session, claim: Claim, look: Look | None) -> None:
    outgoing.lock_owner(db, claim.id)
    row = outgoing.locked(db, claim.id)
    if row is None or row.fence != claim.fence:
        return  # a receipt came meanwhile, and has settled it
    row.lease_until = None
    row.looks += 1
    if look is None or look.found is None:
        _still_unclear(runtime, db, row, clean=look is not None and look.believable)
    elif look.found.sid in told.known_sids(db, row):  # while we asked, it was known to be a twin's
        _look_again(runtime, row)
    else:
        _take(runtime, db, row, look.found, look.code)


def _take(runtime: Runtime, db: Session, row: Message, found: Sent, code: int | None) -> None:
    """What the list shows is this message, unless a twin is told in this very instant that it is the twin's."""
    try:
        with db.begin_nested():
            _was_accepted(runtime, row, found)
            db.flush()
    except IntegrityError:
        _look_again(runtime, row)
        return
    if row.state in FAILURES:
        row.error_code = code
        event = StatusEvent(found.sid, runtime.settings.account_sid, found.status, code)
        told.file_event(db, filed(runtime, row, event))  # its receipt, should one still come, is then no news
        failed(runtime, db, row, code)


def _look_again(runtime: Runtime, row: Message) -> None:
    row.check_at = runtime.machine() + _between(runtime.settings.reconcile_seconds)


def _was_accepted(runtime: Runtime, row: Message, found: Sent) -> None:
    row.state, row.carrier_sid = BECOMES.get(found.status, MessageState.ACCEPTED), found.sid
    row.accepted_at, row.check_at, row.reason = runtime.machine(), None, None


def _still_unclear(runtime: Runtime, db: Session, row: Message, *, clean: bool) -> None:
    """Count a clean look-up, and go on looking, send, or give up."""
    offsets, machine = runtime.settings.reconcile_seconds, runtime.machine()
    row.checks += clean
    waited = (machine - (row.attempted_at or machine)).total_seconds()
    if row.checks >= CLEAN_LOOKS and waited >= offsets[-1] and row.attempts < PROVED_TRIES:
        _send_again(runtime, db, row, "Sent again: the carrier's own list proves that it was never accepted.")
    elif waited >= offsets[-1] * PATIENCE and row.looks >= LEAST_LOOKS and not (clean and row.checks < CLEAN_LOOKS):
        # Clean look-ups go on until there are three, however long nobody was there to make them.
        _give_up(runtime, db, row)
    else:
        later = [offset for offset in offsets if offset > waited]
        row.check_at = machine + (timedelta(seconds=later[0] - waited) if later else _between(offsets))


def _between(offsets: Sequence[int]) -> timedelta:
    return min(BETWEEN, timedelta(seconds=max(1, offsets[-1] / 3)))


def _send_again(runtime: Runtime, db: Session, row: Message, why: str) -> None:
    row.state, row.via, row.reason = MessageState.READY, "rest", why
    row.due_at, row.check_at, row.lease_until = runtime.care(db), None, None
    row.fence += 1


def _give_up(runtime: Runtime, db: Session, row: Message) -> None:
    """Ten minutes without proof: never an automatic second sending."""
    row.check_at = None
    if row.priority > FOR_A_PERSON:
        row.state, row.reason = MessageState.DROPPED, "Dropped: nobody can tell whether it was sent."
        return
    row.reason = "Nobody can tell whether this was sent: ask the patient or the carrier."
    scope = aftermath.scope_of(runtime, db, row)
    if scope is not None:
        aftermath.tell(scope, aftermath.CRISIS_LOST if row.purpose == "crisis" else "send_unclear", str(row.id))
