"""How a call ended: what was said is kept, an open question goes on by text, a call nobody took is tried again."""

import uuid
from datetime import timedelta

from sqlmodel import Session

from smsbot import calling, facts, schedule, talk
from smsbot.calls import people
from smsbot.calls.doing import keep
from smsbot.carrier.inbound import CallEvent
from smsbot.models import Call, Conversation, ConversationState
from smsbot.runtime import Runtime
from smsbot.scope import CRISIS, REPLY, Scope, Words
from smsbot.store import calls

OVER = {"completed": "over", "busy": "busy", "no-answer": "no_answer", "failed": "failed", "canceled": "no_answer"}
# Called again after this; a call is tried three times at most, and only in the patient's hours.
AGAIN = {
    "busy": timedelta(minutes=5),
    "no_answer": timedelta(minutes=20),
    "machine": timedelta(minutes=30),
}
MOST_ATTEMPTS = 3
UNTOLD = timedelta(minutes=2)  # until a recording that nobody told us about is looked for at the carrier
SAFETY_RANK = 100


def ended(runtime: Runtime, db: Session, event: CallEvent, call_id: uuid.UUID | None = None) -> tuple[str, ...]:
    """Take a call's status callback, in any order and any number of times; returns the senders with texts to send."""
    known = call_id or calls.by_sid(db, event.sid)
    found = people.opened(runtime, db, known) if known is not None else None
    if found is None or found[1].carrier_sid not in (None, event.sid):
        return ()
    scope, call = found
    take(scope, call, event)
    schedule.conclude(scope)
    return (scope.sender,) if scope.queued else ()


def take(scope: Scope, call: Call, event: CallEvent) -> None:
    """Write down what the carrier says of a call; what is over stays over."""
    call.carrier_sid = call.carrier_sid or event.sid
    call.answered_by = event.answered_by or call.answered_by
    if call.ended_at is not None:
        return
    if event.status not in OVER:
        if call.direction == "outbound" and call.state in ("dialing", "unknown", "ringing"):
            call.state = "talking" if event.status == "in-progress" else "ringing"
            call.due_at = None if event.status == "in-progress" else call.due_at
        return
    finish(scope, call, OVER[event.status], event.seconds)


def finish(scope: Scope, call: Call, state: str, seconds: int | None = None) -> None:
    """The end of a call: nothing said is lost, and nobody is left in the middle of a question."""
    by_machine = (call.answered_by or "").startswith(("machine", "fax"))
    call.state = "machine" if state == "over" and by_machine else state
    call.seconds, call.ended_at, call.due_at, call.lease_until = seconds, scope.now, None, None
    call.fence += 1
    decided = calls.kept_notes(scope.db, scope.keys, call.id)
    _keep_what_was_said(scope, call)
    if scope.patient is not None and not calling.barred(scope):
        _tell_of_notes(scope, call, decided=bool(decided))
        _go_on_by_text(scope, call, call.details.get("conversation"))
    if call.direction == "outbound" and call.state in AGAIN:
        _try_again(scope, call)


def after(scope: Scope, call: Call, conversation: str | None) -> None:
    """What a request that came after the call's end has changed: nobody heard the answer to it, so it is texted.

    A carrier tells that a call is over and that its last recording was cut off at the same time, in any order.
    """
    if scope.patient is not None and not calling.barred(scope):
        _tell_of_notes(scope, call)
        _go_on_by_text(scope, call, conversation)


def _keep_what_was_said(scope: Scope, call: Call) -> None:
    """A recording nobody decided about is kept. Of one that nobody told us about we do not know that it was made."""
    for note in calls.unsure_notes(scope.db, scope.keys, call.id):
        if note.recording_sid is not None or note.seconds is not None:
            keep(scope, note)
            call.details = call.details | {"cut_off": True}
        else:
            note.due_at = scope.now + UNTOLD


def _tell_of_notes(scope: Scope, call: Call, *, decided: bool = False) -> None:
    """That a note is kept and how to delete it, once."""
    line = "note_cut_off" if call.details.get("cut_off") else "note_kept" if decided else None
    if line is not None and call.details.get("told_of_notes") != line:
        call.details = call.details | {"told_of_notes": line}
        scope.queue(scope.system(line, facts.system_values(scope)))


def _go_on_by_text(scope: Scope, call: Call, asked: str | None) -> None:
    """The question that was open in the call, as a text that can be answered; the same question once."""
    conversation = scope.db.get(Conversation, uuid.UUID(asked)) if asked else None
    if conversation is None or conversation.state != ConversationState.OPEN:
        return
    again = talk.again(scope, conversation)
    question = f"{conversation.id} {again.line}" if again is not None else None
    if again is None or call.details.get("texted") == question:
        return
    call.details = call.details | {"texted": question}
    words = Words(again.text, conversation.flow, again.line, scope.language, again.variant)
    safety = conversation.rank >= SAFETY_RANK
    purpose = "crisis" if safety else "reply"
    scope.queue(words, priority=CRISIS if safety else REPLY, purpose=purpose, conversation_id=conversation.id)
    conversation.channel = "text"


def _try_again(scope: Scope, call: Call) -> None:
    """Busy, or nobody there: a new call later, inside the patient's hours, three times in all; then a text says so."""
    if scope.patient is None or calling.barred(scope):
        return
    at = scope.now + AGAIN[call.state]
    if call.attempt < MOST_ATTEMPTS and calling.in_hours(scope, at):
        wanted: dict[str, object] = {
            name: call.details[name] for name in ("audio", "requested", "planned") if name in call.details
        }
        calling.write(scope, call.purpose, wanted, at, call.attempt + 1)
    else:
        scope.queue(scope.system("call_missed", facts.system_values(scope)))
