"""A patient's conversations: begun, answered, expired and filed late, each turn taken by the engine."""

import uuid
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from smsbot import engine, facts
from smsbot.effects import Apply, clear_settling, close, schedule_due
from smsbot.engine import Facts, Heard, Keep, Say, Script, State, Turn
from smsbot.models import Conversation, FlowVersion, Touch, TouchState
from smsbot.scope import REPLY, Scope
from smsbot.store import asked, turns
from smsbot.store.work import made

Channel = Literal["text", "voice"]
SAFETY_RANK = 100
DAY = timedelta(days=1)

__all__ = [
    "again",
    "begin",
    "close",
    "expire",
    "fits",
    "hear",
    "late",
    "let_go",
    "opened",
    "question",
    "schedule_due",
    "script_of",
    "welcomes_words",
]


def begin(
    scope: Scope,
    flow: str,
    *,
    touch: Touch | None = None,
    session_id: uuid.UUID | None = None,
    variant: str | None = None,
    priority: int = REPLY,
    purpose: str = "reply",
    in_answer: bool = False,
    silently: bool = False,
) -> Conversation:
    """Start a flow with a patient; a new ask closes the older ones, kept as unanswered (RULINGS 14).

    `silently` takes the first step without its text: the patient has had it before.
    """
    script = scope.runtime.content.scripts[flow]
    known = facts.for_flow(scope, script, session_id=session_id)
    turn = engine.start(script, known, variant)
    if script.flow.kind == "ask":
        _replace_open_asks(scope, script.flow.rank)
    conversation = made(
        scope.db,
        Conversation,
        id=scope.runtime.new_id(),
        clinic_id=scope.clinic.id,
        patient_id=scope.person.id,
        touch_id=touch.id if touch else None,
        session_id=session_id,
        flow=flow,
        flow_version=_pin(scope, script),
        rank=script.flow.rank,
        channel=scope.channel,
        language=scope.language,
        state_sealed=b"",
        opened_at=scope.now,
        closes_at=_closes(script, touch, scope.now),
    )
    _store_state(scope, conversation, turn.state)
    if silently:
        turn = Turn(turn.state, tuple(effect for effect in turn.effects if not isinstance(effect, Say)))
    _apply(Apply(scope, conversation, priority, purpose, touch, in_answer), turn)
    return conversation


def hear(
    scope: Scope, conversation: Conversation, heard: Heard, *, channel: Channel | None = None, in_answer: bool = False
) -> Turn:
    """Give a reply to an open conversation and write down what comes of it."""
    script, state = opened(scope, conversation)
    known = facts.for_flow(scope, script, session_id=conversation.session_id, channel=channel)
    turn = engine.reply(script, state, heard, known)
    conversation.last_inbound_at = scope.now
    conversation.channel = channel or scope.channel
    clear_settling(scope, conversation)
    _store_state(scope, conversation, turn.state)
    _apply(Apply(scope, conversation, in_answer=in_answer, flagged=heard.flagged), turn)
    _answer_touch(scope, conversation)
    return turn


def again(scope: Scope, conversation: Conversation) -> Say | None:
    """The open question said once more, for the channel this person is on now; None when nothing is asked."""
    script, state = opened(scope, conversation)
    return engine.again(script, state, facts.for_flow(scope, script, session_id=conversation.session_id))


def expire(scope: Scope, conversation: Conversation) -> Turn:
    """Silence: the conversation's time is over."""
    script, state = opened(scope, conversation)
    known = facts.for_flow(scope, script, session_id=conversation.session_id)
    turn = engine.expire(script, state, known)
    _store_state(scope, conversation, turn.state)
    _apply(Apply(scope, conversation, silent=True), turn)
    return turn


def late(scope: Scope, conversation: Conversation, heard: Heard) -> bool:
    """Keep a late answer against the question it belongs to; nothing is asked again. True if it was kept."""
    script, state = opened(scope, conversation)
    known = facts.for_flow(scope, script, session_id=conversation.session_id)
    turn = engine.late(script, state, heard, known)
    kept = [effect for effect in turn.effects if isinstance(effect, Keep)]
    for effect in kept:
        Apply(scope, conversation, flagged=heard.flagged, is_late=True).keep(effect)
    if kept:
        conversation.ended_as = "answered_late"
        _answer_touch(scope, conversation)
    return bool(kept)


def fits(scope: Scope, conversation: Conversation, heard: Heard) -> bool:
    """Whether a reply has the shape of this conversation's open question."""
    script, state = opened(scope, conversation)
    return engine.fits(script, state, heard, Facts(language=_lang(scope), today=facts.today(scope)))


def question(scope: Scope, conversation: Conversation) -> str | None:
    """The shape of the question that is open: words, choice, number, yes_no or date."""
    script, state = opened(scope, conversation)
    step = script.flow.steps.get(state.step or "")
    return step.ask if step else None


def welcomes_words(scope: Scope, conversation: Conversation) -> bool:
    """Whether the open question takes any words as its answer, not only one of its choices."""
    script, state = opened(scope, conversation)
    step = script.flow.steps.get(state.step or "")
    return step is not None and (step.ask == "words" or "words" in dict(step.go))


def let_go(scope: Scope, conversation: Conversation) -> None:
    """End a conversation because something else came first; what was asked counts as answered."""
    close(scope, conversation, "let_go")
    _answer_touch(scope, conversation)


def opened(scope: Scope, conversation: Conversation) -> tuple[Script, State]:
    """The script a conversation began with, and its state; both are looked at several times in a turn."""
    about = ("opened", conversation.id, conversation.state_sealed)
    if about not in scope.shared:
        sealed = conversation.state_sealed
        state = State.from_json(scope.sealer.open("conversation", "state_sealed", conversation.id, sealed))
        scope.shared[about] = script_of(scope, conversation.flow, conversation.flow_version), state
    found: tuple[Script, State] = scope.shared[about]
    return found


def script_of(scope: Scope, flow: str, version: str) -> Script:
    """The flow version a conversation is pinned to: the current content if it is the same, else the stored one."""
    current = scope.runtime.content.scripts.get(flow)
    if current is not None and current.version == version:
        return current
    stored = scope.db.get_one(FlowVersion, version)
    return Script.from_json(stored.script)


def _apply(applied: Apply, turn: Turn) -> None:
    for flow in applied.turn(turn):
        if _asked_lately(applied.scope, flow):
            applied.scope.alerts.append("asked_lately")
        else:
            begin(applied.scope, flow, session_id=applied.conversation.session_id)


def _asked_lately(scope: Scope, flow: str) -> bool:
    """Whether this is a safety question, and one was asked within a day: a score brings up no second (CONTENT 11.7)."""
    if scope.runtime.content.scripts[flow].flow.rank < SAFETY_RANK:
        return False
    return asked.since(scope.db, scope.keys, scope.person.id, SAFETY_RANK, scope.now - DAY)


def _closes(script: Script, touch: Touch | None, now: datetime) -> datetime | None:
    if touch is not None and touch.answer_until is not None:
        return touch.answer_until
    minutes = script.flow.close_after
    return now + timedelta(minutes=minutes) if minutes else None


def _replace_open_asks(scope: Scope, rank: int) -> None:
    for older in turns.open_conversations(scope.db, scope.keys, scope.person.id):
        if older.rank <= rank:
            _, state = opened(scope, older)
            close(scope, older, "replaced")
            if older.touch_id is not None and not state.kept:
                touch = scope.db.get_one(Touch, older.touch_id)
                if touch.state == TouchState.SENT:
                    touch.state = TouchState.UNANSWERED


def _answer_touch(scope: Scope, conversation: Conversation) -> None:
    if conversation.touch_id is None:
        return
    touch = scope.db.get_one(Touch, conversation.touch_id)
    if touch.state in (TouchState.SENT, TouchState.UNANSWERED):
        touch.state = TouchState.ANSWERED
        touch.answered_at = scope.now
        scope.replan = True


def _pin(scope: Scope, script: Script) -> str:
    """Store this version of the flow once, so that the conversation can finish on it whatever happens to the files."""
    pinned, here = scope.runtime.database.pinned, scope.db.info.setdefault("pinned_here", set())
    if script.version in pinned or script.version in here:
        return script.version
    with scope.runtime.database.read() as db:  # what is not committed yet may still come to nothing
        known = turns.is_pinned(db, script.version)
    if known:
        pinned.add(script.version)
    else:
        here.add(script.version)  # not yet for all to see
        make = sqlite_insert if scope.runtime.database.is_sqlite else postgres_insert
        row = {"hash": script.version, "flow": script.flow.name, "script": script.to_json(), "created_at": scope.now}
        scope.db.execute(make(FlowVersion).values(row).on_conflict_do_nothing())
    return script.version


def _store_state(scope: Scope, conversation: Conversation, state: State) -> None:
    conversation.state_sealed = scope.sealer.seal("conversation", "state_sealed", conversation.id, state.to_json())


def _lang(scope: Scope) -> Literal["en", "es"]:
    return "es" if scope.language == "es" else "en"
