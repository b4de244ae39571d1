"""Writes down the effects of one engine turn: texts queued, answers kept, wishes set, tasks and alerts opened."""

from smsbot import tasks, wishes
from smsbot.engine import Alert, Clear, Close, Effect, Keep, Mark, Open, Say, Set, Task, Turn
from smsbot.models import Conversation, ConversationState, PatientStatus, Touch
from smsbot.models import Mark as MarkRow
from smsbot.scope import CRISIS, REPLY, Scope, Words
from smsbot.store import turns


class Apply:
    """One turn's effects against one conversation, in order."""

    def __init__(
        self,
        scope: Scope,
        conversation: Conversation,
        priority: int = REPLY,
        purpose: str = "reply",
        touch: Touch | None = None,
        in_answer: bool = False,
        *,
        flagged: bool = False,
        silent: bool = False,
        is_late: bool = False,
    ) -> None:
        self.scope = scope
        self.conversation = conversation
        self.priority = priority
        self.purpose = purpose
        self.touch = touch
        self.in_answer = in_answer
        self.flagged = flagged
        self.silent = silent
        self.is_late = is_late

    def turn(self, turn: Turn) -> tuple[str, ...]:
        """Write down every effect; returns the flows to begin now that this one has closed."""
        for effect in turn.effects:
            self.one(effect)
        schedule_due(self.conversation)
        return tuple(effect.flow for effect in turn.effects if isinstance(effect, Open))

    def one(self, effect: Effect) -> None:
        """Write down one effect."""
        scope = self.scope
        match effect:
            case Say():
                self.say(effect)
            case Keep():
                self.keep(effect)
            case Mark(name):
                self.mark(name)
            case Clear(names):
                turns.supersede(scope.db, scope.keys, scope.person.id, names, scope.now)
            case Task(kind):
                tasks.open_task(scope, kind, conversation_id=self.conversation.id)
            case Set(name, value):
                wishes.set_field(scope, name, value)
            case Alert(kind):
                scope.alerts.append(kind)
            case Close(end):
                close(scope, self.conversation, "unanswered" if self.silent else end)
            case Open():
                return  # begun by the caller, once this conversation has closed

    def say(self, effect: Say) -> None:
        scope = self.scope
        # What a flow says after it has ended the texts is the one confirmation, and must pass where nothing else does.
        last_word = scope.person.status in (PatientStatus.STOPPED, PatientStatus.ENDED)
        words = Words(
            effect.text,
            self.conversation.flow,
            effect.line,
            scope.language,
            effect.variant,
            self.conversation.flow_version,
        )
        scope.queue(
            words,
            priority=CRISIS if last_word else self.priority,
            purpose="stop" if last_word else self.purpose,
            in_answer=self.in_answer or last_word,
            conversation_id=self.conversation.id,
            touch_id=self.touch.id if self.touch else None,
            send_by=self.touch.send_by if self.touch else None,
        )
        for bank, line in effect.used:
            row = {"bank": bank, "line": line, "flow": self.conversation.flow, "at": scope.now}
            owner = {"id": scope.runtime.new_id(), "clinic_id": scope.clinic.id, "patient_id": scope.person.id}
            turns.add_heard(scope.db, row | owner)

    def keep(self, effect: Keep) -> None:
        scope = self.scope
        turns.supersede(scope.db, scope.keys, scope.person.id, (effect.name,), scope.now)
        answer_id = scope.runtime.new_id()
        values = {
            "id": answer_id,
            "clinic_id": scope.clinic.id,
            "patient_id": scope.person.id,
            "conversation_id": self.conversation.id,
            "session_id": self.conversation.session_id,
            "flow": self.conversation.flow,
            "name": effect.name,
            "code": effect.code,
            "value_sealed": scope.sealer.seal("answer", "value_sealed", answer_id, effect.value),
            "flagged": self.flagged,
            "late": self.is_late,
            "hidden": False,
            "at": scope.now,
        }
        turns.add_answer(scope.db, values)

    def mark(self, name: str) -> None:
        scope = self.scope
        scope.db.add(
            MarkRow(
                id=scope.runtime.new_id(),
                clinic_id=scope.clinic.id,
                patient_id=scope.person.id,
                conversation_id=self.conversation.id,
                name=name,
                at=scope.now,
            )
        )
        scope.replan = True


def close(scope: Scope, conversation: Conversation, ended_as: str) -> None:
    """End a conversation without another word."""
    if conversation.touch_id is not None:
        scope.closed.append((conversation.touch_id, ended_as))
    conversation.state = ConversationState.CLOSED
    conversation.ended_as = ended_as
    conversation.closed_at = scope.now
    conversation.due_at = None
    clear_settling(scope, conversation)


def schedule_due(conversation: Conversation) -> None:
    """Set when this conversation next needs the clock: its settle time or its end."""
    times = [at for at in (conversation.settle_at, conversation.closes_at) if at is not None]
    conversation.due_at = min(times) if times and conversation.state == ConversationState.OPEN else None
    conversation.lease_until = None


def clear_settling(scope: Scope, conversation: Conversation) -> None:
    """Nothing waits any more. Words that did, and that nobody gave to the engine, are kept whole in the journal."""
    for fragment in turns.unsettled(scope.db, scope.keys, conversation.id) if conversation.settle_at else ():
        fragment.settled, fragment.filed_as = True, "journal"
        entry_id = scope.runtime.new_id()
        words = scope.sealer.open("inbound", "body_sealed", fragment.id, fragment.body_sealed)
        values = {
            "id": entry_id,
            "clinic_id": scope.clinic.id,
            "patient_id": scope.person.id,
            "inbound_id": fragment.id,
            "kind": "text",
            "words_sealed": scope.sealer.seal("journal_entry", "words_sealed", entry_id, words),
            "private": False,
            "flagged": fragment.tier is not None,
            "at": fragment.received_at,
        }
        turns.add_entry(scope.db, values)
    conversation.settle_at = None
    conversation.fragments_since = None
