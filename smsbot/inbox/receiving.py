"""One inbound text becomes committed decisions: stored once, screened first, answered once."""

from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session

from smsbot import schedule
from smsbot import scope as scopes
from smsbot.carrier import twiml
from smsbot.carrier.inbound import InboundText
from smsbot.inbox import asides, first, replies, standing, whose
from smsbot.inbox.arrival import LATE, Arrival, Handler, arrive, look, store
from smsbot.runtime import Runtime
from smsbot.scope import Scope
from smsbot.store import clinics, messages, turns
from smsbot.store.turns import Earlier
from smsbot.vault import ClinicKeys

# The order is the order of what outranks what. The first handler that takes the text files it.
HANDLERS: tuple[Handler, ...] = (
    first.screen_fault,
    first.unreadable,
    first.danger,
    first.leaving,
    first.help,
    standing.stranger,
    standing.stopped,
    standing.invited,
    standing.frozen,
    replies.safety_question,
    replies.command,
    standing.with_a_person,
    replies.silence,
    replies.wordless,
    asides.aside,
    replies.medical,
    replies.open_question,
    replies.late_answer,
    replies.journal,
)


@dataclass(frozen=True)
class Reply:
    """The webhook's answer, and whether there is work for others (`rings` names the senders to wake)."""

    twiml: str
    rings: tuple[str, ...] = ()


def receive(runtime: Runtime, db: Session, text: InboundText, via: str = "webhook") -> Reply | None:
    """Store, screen and answer one inbound text in the caller's transaction; None if the number is no clinic's.

    A repeat of the same SID changes nothing and gets the same answer, byte for byte.
    """
    behind = clinics.behind(db, runtime.vault, text.to)
    if behind is None and text.service_sid:
        behind = clinics.behind(db, runtime.vault, text.service_sid)
    if behind is None:
        return None
    clinic, keys = behind
    scope = scopes.of_phone(runtime, db, keys, clinic, text.from_)
    earlier = _earlier(scope, text)
    if earlier.same is not None:
        return Reply(_stored_answer(db, keys, earlier.same))
    scope.answers_webhook = via == "webhook"
    if scope.patient is not None and scope.patient.nickname_sealed is not None:
        scope = _of_two(scope, text, via, earlier)
    else:
        _handle(arrive(scope, text, via, earlier))
    schedule.conclude(scope)
    return Reply(scope.answer or twiml.EMPTY, scope.rings)


def _earlier(scope: Scope, text: InboundText) -> Earlier:
    """What came before a text, read in one go."""
    db, keys, index = scope.db, scope.keys, scope.keys.phone_index(scope.phone)
    patient_id = scope.patient.id if scope.patient else None
    if patient_id is not None:
        turns.look(db, keys, text.sid, index, patient_id, scope.now, scope.now - LATE)
    return turns.earlier(db, keys, scope.sealer, text.sid, index, patient_id, scope.now)


def _handle(arrival: Arrival) -> None:
    _file(arrival, next(filed for handler in HANDLERS if (filed := handler(arrival)) is not None))


def _of_two(scope: Scope, text: InboundText, via: str, earlier: Earlier) -> Scope:
    """One text of a phone that two patients share; returns the scope in which it was decided."""
    writer = whose.wrote(scope, text)
    if writer is None:
        return _unnamed(scope, text, via, earlier)
    mine = writer.scope
    on_the_spot, mine.answers_webhook = mine.answers_webhook, False
    for row in writer.waiting:
        waited = whose.again(mine, row, text.to)
        arrival = look(mine, waited, _earlier(mine, waited))
        store(arrival, row.via, row)
        _handle(arrival)
    mine.answers_webhook = on_the_spot
    if writer.waiting:
        whose.answered(mine)
    said = replace(text, body=writer.said)
    arrival = look(mine, said, _earlier(mine, said), whole=text.body)
    store(arrival, via)
    if writer.said or text.media:
        _handle(arrival)
    else:
        _file(arrival, "named")
    return mine


def _unnamed(scope: Scope, text: InboundText, via: str, earlier: Earlier) -> Scope:
    """Nobody knows who wrote: what cannot wait is heard as from the likelier one, all else waits for a name."""
    arrival = look(scope, text, earlier)
    if whose.cannot_wait(arrival):
        store(arrival, via)
        _handle(arrival)
        whose.uncertain(scope)
        return scope
    neutral = whose.nobodys(scope)
    waiting = Arrival(neutral, text, arrival.finding, arrival.screen_failed, [], [])
    store(waiting, via)
    _file(waiting, whose.ask(scope, neutral))
    return neutral


def _stored_answer(db: Session, keys: ClinicKeys, row: Any) -> str:
    """The answer given before, under the key of whoever had the number then."""
    if row.sealed is None:
        return twiml.EMPTY
    return messages.sealer_of(db, keys, row.patient_id).open("inbound", "reply_sealed", row.id, row.sealed)


def _file(arrival: Arrival, filed_as: str) -> None:
    scope, conversation = arrival.scope, arrival.conversation
    if scope.inbound_id is not None:
        answer = scope.answer
        turns.file_inbound(
            scope.db,
            scope.inbound_id,
            filed_as,
            conversation_id=conversation.id if conversation else None,
            settled=conversation is None or filed_as != "settling",
            reply_sealed=scope.sealer.seal("inbound", "reply_sealed", scope.inbound_id, answer) if answer else None,
        )
    if scope.patient is not None:
        scope.patient.last_inbound_at = scope.now
