"""Conversations whose time has come: words that have settled are given to the engine, silence ends the rest."""

from sqlmodel import Session

from smsbot import schedule, talk
from smsbot import scope as scopes
from smsbot.engine import Heard
from smsbot.models import Conversation, ConversationState, Touch, TouchState
from smsbot.runtime import Runtime
from smsbot.scope import Scope
from smsbot.store import clinics, due, turns
from smsbot.store.due import Claim


def rest(runtime: Runtime, limit: int = 100) -> tuple[int, set[str]]:
    """Settle or expire what is due now; returns how many there were and the senders with texts to send."""
    return schedule.drain(runtime, due.CONVERSATIONS, one, limit)


def one(runtime: Runtime, db: Session, claim: Claim) -> set[str]:
    """Settle or expire one claimed conversation, in the caller's savepoint."""
    clinic, keys = clinics.opened(db, runtime.vault, claim.clinic_id)
    scope = scopes.of_patient(runtime, db, keys, clinic, due.patient_of(db, due.CONVERSATIONS, claim.id))
    conversation = db.get_one(Conversation, claim.id, populate_existing=True)
    if conversation.state == ConversationState.OPEN and conversation.fence == claim.fence:
        conversation.lease_until = None
        if conversation.settle_at is not None and conversation.settle_at <= scope.now:
            settle(scope, conversation)
        elif conversation.closes_at is not None and conversation.closes_at <= scope.now:
            _expire(scope, conversation)
        else:
            talk.schedule_due(conversation)
        schedule.conclude(scope)
    return set(scope.rings)


def settle(scope: Scope, conversation: Conversation) -> None:
    """Give the joined fragments of a words answer to their conversation; each was screened when it landed."""
    fragments = turns.unsettled(scope.db, scope.keys, conversation.id)
    for fragment in fragments:
        fragment.settled = True
    words = [scope.sealer.open("inbound", "body_sealed", row.id, row.body_sealed) for row in fragments]
    if words:
        flagged = any(row.tier is not None for row in fragments)
        scope.inbound_id = fragments[-1].id
        talk.hear(scope, conversation, Heard("\n".join(words), "words", flagged=flagged))


def _expire(scope: Scope, conversation: Conversation) -> None:
    """Silence: the flow's own end, and a touch that nobody answered."""
    talk.expire(scope, conversation)
    if conversation.touch_id is not None:
        touch = scope.db.get_one(Touch, conversation.touch_id)
        if touch.state == TouchState.SENT:
            touch.state = TouchState.UNANSWERED
            scope.replan = True
