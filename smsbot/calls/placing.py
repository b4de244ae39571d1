"""Rings patients up: each call is written before the carrier is asked, asked for once, and looked up when unclear.

ready --claim, last look--> dialing (committed) --ask the carrier--> ringing | ready again | failed | unknown
Unknown, and dialing that nobody answered for, are looked for in the carrier's own list. A call that is found is ours.
One that three looks over a minute do not show cannot be ringing any more (it rings for 25 s): it is asked for once
more. Where the list cannot be read nothing is placed again: the patient is told, and can always call.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from smsbot import calling, facts, schedule
from smsbot.calls import people
from smsbot.calls.ending import OVER, finish
from smsbot.carrier.answers import Ringing
from smsbot.carrier.calling import create_call, fault
from smsbot.carrier.errors import CarrierError
from smsbot.models import Call
from smsbot.runtime import Runtime
from smsbot.scope import Scope
from smsbot.store import calls, due
from smsbot.store.due import Claim

RING_S = 25
LOOK = timedelta(seconds=15)
CLEAN_LOOKS, SURELY_OVER = 3, timedelta(seconds=60)
PATIENCE = timedelta(minutes=10)
# A call that was accepted tells us how it goes; if it never does, the carrier is asked.
LONGEST_CALL = timedelta(minutes=45)
WAIT = timedelta(seconds=20)
SKEW = timedelta(seconds=2)
MOST_ASKS = 5
LATEST = timedelta(hours=12)  # a planned call that nobody could place for half a day is not placed out of the blue


@dataclass(frozen=True)
class Armed:
    """A call about to be asked for; it lives in memory for one request and is never logged."""

    claim: Claim
    to: str
    sender: str


@dataclass(frozen=True)
class Unclear:
    """A call to look for at the carrier: by its id, or among the calls to this number since then."""

    claim: Claim
    sid: str | None
    to: str
    since: datetime
    known: frozenset[str]


def place(runtime: Runtime, limit: int = 20) -> tuple[int, set[str]]:
    """See to the calls that are due; returns how many there were, and the senders with texts to send."""
    senders: set[str] = set()
    armed, unclear, count = _claim(runtime, senders, limit)
    for each in armed:
        senders |= _ask(runtime, each)
    for doubt in unclear:
        senders |= _look(runtime, doubt)
    return count, senders


def _claim(runtime: Runtime, senders: set[str], limit: int) -> tuple[list[Armed], list[Unclear], int]:
    """Lease what is due; the last look at a person, and `dialing`, are in the same transaction."""
    armed: list[Armed] = []
    unclear: list[Unclear] = []
    with runtime.database.write() as db:
        claims = due.claim(db, due.CALLS, runtime.care(db), runtime.machine(), limit=limit)
    for claim in claims:  # each in a transaction of its own, where the person is locked before the call
        with runtime.database.write() as db:
            opened = _opened(runtime, db, claim)
            if opened is None:
                continue
            scope, call = opened
            if call.state == "ready":
                armed += _arm(scope, call, claim)
            else:
                unclear.append(_doubt(scope, call, claim))
            schedule.conclude(scope)
            senders |= {scope.sender} if scope.queued else set()
    runtime.reached("call.armed")
    return armed, unclear, len(claims)


def _opened(runtime: Runtime, db: Session, claim: Claim) -> tuple[Scope, Call] | None:
    """The person and the call of a claim, locked; an erased person's call is let go."""
    found = people.opened(runtime, db, claim.id)
    if found is None:
        plain = db.get_one(Call, claim.id)
        plain.state, plain.due_at, plain.lease_until, plain.why = "dropped", None, None, "The patient is gone."
        return None
    return found if found[1].fence == claim.fence and found[1].due_at is not None else None


def _arm(scope: Scope, call: Call, claim: Claim) -> list[Armed]:
    """The last look: consent and hours now, and no other call to this patient that may be ringing."""
    why = _refused(scope, call)
    if why is not None:
        call.state, call.why, call.due_at, call.lease_until = "dropped", why, None, None
        call.ended_at = scope.now
        return []
    if call.details.get("planned") and (free := calling.next_time(scope)) != scope.now:
        call.due_at, call.lease_until = free, None  # a session or the hours were moved onto its time
        return []
    others = [one for one in calls.outbound(scope.db, scope.keys, scope.person.id, calls.LIVE) if one.id != call.id]
    if others:
        call.due_at, call.lease_until = scope.now + WAIT, None
        return []
    call.state, call.due_at = "dialing", scope.now + LOOK
    call.attempted_at = scope.runtime.machine()
    return [Armed(claim, scope.phone, scope.clinic.number or "")]


def _refused(scope: Scope, call: Call) -> str | None:
    if calling.barred(scope):
        return "Dropped: this number must not be called."
    if not (scope.person.calls or call.details.get("requested")):
        return "Dropped: there is no consent to calls."
    planned = bool(call.details.get("planned"))
    if planned and call.due_at is not None and scope.now - call.due_at > LATEST:
        return "Dropped: the time that was told for it is long past."
    if not planned and not calling.in_hours(scope, scope.now):
        return "Dropped: it is outside the patient's hours."
    return None if scope.clinic.number else "Dropped: the clinic has no number to call from."


def _ask(runtime: Runtime, armed: Armed) -> set[str]:
    """Ask the carrier, once, and write down what that proves."""
    base, call_id = runtime.settings.public_base_url, armed.claim.id
    url, status = f"{base}/webhooks/voice/{call_id}/0", f"{base}/webhooks/call-status/{call_id}"
    try:
        sid = create_call(runtime.carrier, armed.to, armed.sender, url, status, RING_S)
        outcome, why = "placed", ""
    except CarrierError as error:
        proof = fault(error)
        sid, outcome, why = "", proof.outcome, proof.why
    runtime.reached("call.asked")
    with runtime.database.write() as db:
        return _record(runtime, db, armed.claim, sid, outcome, why)


def _record(runtime: Runtime, db: Session, claim: Claim, sid: str, outcome: str, why: str) -> set[str]:
    opened = people.opened(runtime, db, claim.id)
    if opened is None:
        return set()
    scope, call = opened
    call.carrier_sid = call.carrier_sid or sid or None
    if call.state != "dialing" or call.fence != claim.fence:
        return set()  # the phone rang and was answered before we had the answer
    call.lease_until = None
    match outcome:
        case "placed":
            call.state, call.due_at = "ringing", scope.now + LONGEST_CALL
        case "perhaps":
            call.state, call.due_at, call.why = "unknown", scope.now + LOOK, why
        case "later" if call.checks < MOST_ASKS:
            call.state, call.due_at, call.checks, call.why = "ready", scope.now + WAIT, call.checks + 1, why
        case _:
            finish(scope, call, "failed")
            call.why = f"The carrier did not place it: {why}."
            scope.queue(scope.system("call_missed", facts.system_values(scope)))
    return {scope.sender} if scope.queued else set()


def _doubt(scope: Scope, call: Call, claim: Claim) -> Unclear:
    known = frozenset(calls.known_sids(scope.db, scope.keys, scope.patient.id) if scope.patient else ())
    since = (call.attempted_at or scope.runtime.machine()) - SKEW
    return Unclear(claim, call.carrier_sid, scope.phone, since, known)


def _look(runtime: Runtime, doubt: Unclear) -> set[str]:
    """Ask the carrier about one call: how it went, or whether it is among those to this number."""
    found: Ringing | None = None
    asked = True
    try:
        if doubt.sid is not None:
            found = runtime.carrier.call_now(doubt.sid)
        else:
            listed = runtime.carrier.calls_to(doubt.to, doubt.since)
            found = next((each for each in listed if each.sid not in doubt.known), None)
    except CarrierError:
        asked = False
    with runtime.database.write() as db:
        opened = people.opened(runtime, db, doubt.claim.id)
        if opened is None:
            return set()
        scope, call = opened
        if call.fence == doubt.claim.fence and call.ended_at is None:
            _settle(scope, call, found, asked=asked)
        return {scope.sender} if scope.queued else set()


def _settle(scope: Scope, call: Call, found: Ringing | None, *, asked: bool) -> None:
    """A call that was found goes on as what it is; one that surely is not there is asked for once more; or given up."""
    call.lease_until = None
    if found is not None:
        call.carrier_sid = call.carrier_sid or found.sid
        if found.status in OVER:
            finish(scope, call, OVER[found.status], found.seconds)
        else:
            call.state = "talking" if found.status == "in-progress" else "ringing"
            call.due_at = scope.now + timedelta(minutes=2)
        return
    call.checks += asked
    ours = call.direction == "outbound"  # one that came in is only asked about, never placed
    waited = scope.runtime.machine() - (call.attempted_at or call.started_at)
    if ours and call.checks >= CLEAN_LOOKS and waited >= SURELY_OVER and not call.details.get("again"):
        call.state, call.due_at, call.checks = "ready", scope.now, 0
        call.details = call.details | {"again": True}
    elif waited < PATIENCE:
        call.state = "unknown" if call.carrier_sid is None else call.state
        call.due_at = scope.now + (LOOK if waited < 5 * LOOK else timedelta(minutes=1))
    else:
        finish(scope, call, "dropped")
        call.why = (
            "Nobody can tell whether this call was placed; it is not placed again." if ours else "No end was told."
        )
        if ours:
            scope.queue(scope.system("call_missed", facts.system_values(scope)))
