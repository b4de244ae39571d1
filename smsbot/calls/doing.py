"""What a call does: each doing of the machine written down in the call's transaction, some with an event in return."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta

from smsbot import alerts, calling, commands, consent, facts, silence, talk, tasks, wishes
from smsbot.calls import code, own
from smsbot.calls.events import (
    Checked,
    Event,
    Harmless,
    NothingOpen,
    Own,
    Sound,
    Told,
)
from smsbot.calls.state import (
    Agree,
    Answer,
    AskClinic,
    Begin,
    CheckCode,
    CrisisKey,
    DeleteNote,
    Doing,
    FindOwn,
    FindSound,
    Hard,
    KeepForBefore,
    KeepNote,
    NewNote,
    NoteRecorded,
    Resume,
    Screen,
    State,
    StopCalls,
)
from smsbot.carrier.inbound import InboundText
from smsbot.engine import Heard
from smsbot.inbox import first
from smsbot.inbox.arrival import SAFETY_RANK, Arrival, arrive
from smsbot.models import Call, Conversation, ConversationState, PatientStatus, VoiceNote
from smsbot.notes.playing import audio_path
from smsbot.scope import Scope
from smsbot.store import calls, turns

# If nobody ever tells us more about a recording, it is taken for kept: what was said must not be lost.
NET = timedelta(minutes=15)


@dataclass
class Live:
    """One call in its transaction; `scope.spoken` collects what flows and alerts say."""

    scope: Scope
    call: Call

    def perform(self, state: State, doing: Doing) -> Event | None:
        """Do one thing; the event it brings back, if any."""
        match doing:
            case Screen(words):
                return self.screen(words)
            case CrisisKey():
                told = alerts.tell(self.scope, 2, "crisis_key", "crisis key on the phone")
                alerts.say(self.scope, 2, "crisis_key", told=told)
                return self.told(danger=True)
            case Resume() | Begin() | Answer() | Hard() | AskClinic():
                return self.converse(doing)
            case NewNote() | NoteRecorded() | KeepNote() | KeepForBefore() | DeleteNote():
                self.keep(doing)
            case FindSound(note):
                return Sound(self.sound(uuid.UUID(note)))
            case CheckCode(digits):
                self.scope.verified = code.proves(self.scope, self.call, digits)
                return Checked(self.scope.verified)
            case FindOwn():
                return own.found(self.scope, self.address) if state.verified else Own()
            case Agree():
                consent.record(self.scope, "recording", "granted", channel="voice")
            case StopCalls():
                self.stop_calls()
        return None

    # Words and keys.

    def screen(self, words: str) -> Event:
        """Spoken words are stored and screened like a text; danger and STOP are answered on the spot."""
        scope = self.scope
        index = scope.keys.phone_index(scope.phone)
        text = InboundText(f"{self.call.carrier_sid}.{self.call.step}", "", scope.phone, scope.sender, words)
        patient_id = scope.patient.id if scope.patient else None
        earlier = turns.earlier(scope.db, scope.keys, scope.sealer, text.sid, index, patient_id, scope.now)
        arrival = arrive(scope, text, "voice", earlier)
        first.screen_fault(arrival)
        filed = first.danger(arrival) or self.leaving(arrival)
        if scope.inbound_id is not None:
            turns.file_inbound(scope.db, scope.inbound_id, filed or "spoken", conversation_id=self.conversation_id)
        if filed is None:
            return Harmless(words)
        return self.told(danger=filed == "danger", over=filed == "stop")

    def leaving(self, arrival: Arrival) -> str | None:
        return first.leaving(arrival) or first.help(arrival)

    def converse(self, doing: Resume | Begin | Answer | Hard | AskClinic) -> Event:
        """A turn of a flow, spoken; whoever may not have one is told why, or that nothing is open."""
        if isinstance(doing, AskClinic):
            return self.ask_clinic()
        if (barred := self.barred()) is not None:
            return barred
        match doing:
            case Resume():
                return self.resume()
            case Begin(flow):
                talk.begin(self.scope, flow)
            case Hard():
                commands.run(self.scope, "HARD", self.open())
            case Answer(text, kind):
                return self.answer(text, kind)
        return self.told()

    def barred(self) -> Event | None:
        """Before YES, after STOP and in a freeze no flow speaks; around a session it stays quiet. Safety passes."""
        scope = self.scope
        if scope.patient is None or scope.patient.status in (
            PatientStatus.INVITED,
            PatientStatus.STOPPED,
            PatientStatus.ENDED,
        ):
            return NothingOpen(may_begin=False)
        if any(item.rank >= SAFETY_RANK for item in self.open()):
            return None
        if scope.patient.status == PatientStatus.FROZEN:
            return self.say("crs_8" if facts.session_for(scope, None) else "crs_8n")
        return self.say("ses_1") if silence.is_on(scope) else None

    def say(self, line: str) -> Told:
        """A system line, spoken, and no question after it."""
        self.scope.queue(self.scope.system(line, facts.system_values(self.scope)))
        return self.told(ask=False)

    def resume(self) -> Event:
        """The open question again, the one that outranks the others first."""
        for item in self.open():
            script, _ = talk.opened(self.scope, item)
            asked = talk.again(self.scope, item) if "voice" in script.flow.channels else None
            if asked is not None:
                item.channel = "voice"
                return self.told(asked.text, conversation=item)
        return NothingOpen(may_begin=True)

    def answer(self, text: str, kind: str) -> Event:
        """One answer to the question that was asked in this call."""
        asked = next((item for item in self.open() if item.id == self.conversation_id), None)
        if asked is None:
            return NothingOpen(may_begin=False)
        talk.hear(self.scope, asked, self.heard(asked, text, kind), in_answer=asked.rank >= SAFETY_RANK)
        danger = bool(self.scope.alerts)
        alerts.from_flow(self.scope)  # now, so that what it says is spoken and not texted after the call
        return self.told(danger=danger)

    def heard(self, asked: Conversation, text: str, kind: str) -> Heard:
        """What the engine is given; whoever passes a question by on the phone says SKIP there, where one can."""
        if kind != "skip":
            return Heard(text, "recording" if kind == "recording" else "speech" if kind == "speech" else "keys")
        script, state = talk.opened(self.scope, asked)
        step = script.flow.steps.get(state.step or "")
        return Heard("skip" if step is not None and script.flow.skip_to(step) else "", "keys")

    def ask_clinic(self) -> Event:
        """The clinic has it on its list; a patient is asked whether a voicemail is welcome, by the flow for that."""
        scope = self.scope
        if not calling.barred(scope):
            commands.run(scope, "TALK", self.open())
            return self.told()
        task = tasks.open_task(scope, "call", reason="asked on the phone")
        task.details = {"call": str(self.call.id)}
        return self.say("vox_asked_clinic")

    def told(
        self,
        *lines: str,
        conversation: Conversation | None = None,
        danger: bool = False,
        over: bool = False,
        ask: bool = True,
    ) -> Told:
        """What has been said since, and the question that is open now; after danger only a safety question is asked."""
        scope = self.scope
        spoken, scope.spoken = scope.spoken or [], []
        said = [f"{words.flow}/{words.line}" for words in spoken]
        told = {words.line: scope.now.isoformat() for words in spoken if words.flow == "system"}
        self.call.details = self.call.details | {
            "said": [*self.call.details.get("said", []), *said],
            "told": calls.spoken(self.call.details) | told,
        }
        scope.db.flush()
        asked = conversation or self.asked(SAFETY_RANK if danger else 0) if ask else None
        shape, high = self.shape(asked) if asked is not None else ("", 0)
        self.conversation_id = asked.id if asked is not None else None
        audio, scope.play = scope.play or "", None
        return Told((*(words.text for words in spoken), *lines), shape, high, danger=danger, over=over, audio=audio)

    def asked(self, rank: int) -> Conversation | None:
        """The question this call is about: the one asked in it, or one that has just been opened."""
        mine = (item for item in self.open() if item.channel == "voice" and item.rank >= rank)
        return next(
            (item for item in mine if item.id == self.conversation_id or item.opened_at == self.scope.now), None
        )

    def shape(self, conversation: Conversation) -> tuple[str, int]:
        script, state = talk.opened(self.scope, conversation)
        step = script.flow.steps.get(state.step or "")
        return (step.ask, step.high) if step is not None else ("", 0)

    def open(self) -> list[Conversation]:
        """The patient's open conversations; highest rank first, then the youngest."""
        scope = self.scope
        if scope.patient is None:
            return []
        found = turns.open_conversations(scope.db, scope.keys, scope.patient.id)
        return [item for item in found if item.state == ConversationState.OPEN]

    @property
    def conversation_id(self) -> uuid.UUID | None:
        """The conversation whose question was asked last in this call."""
        told = self.call.details.get("conversation")
        return uuid.UUID(told) if told else None

    @conversation_id.setter
    def conversation_id(self, value: uuid.UUID | None) -> None:
        self.call.details = self.call.details | {"conversation": str(value) if value else None}

    def stop_calls(self) -> None:
        """Press 9: no more calls; the ledger says that it was said on the phone."""
        scope = self.scope
        if scope.patient is not None:
            scope.patient.calls = False
            consent.record(scope, "calls", "withdrawn", channel="voice")
            calling.cancel(scope, "The patient pressed 9: no more calls.")

    # Recordings.

    def keep(self, doing: NewNote | NoteRecorded | KeepNote | KeepForBefore | DeleteNote) -> None:
        """One step of a voice note's life on the phone; what comes after `expected` is the business of `notes`."""
        if isinstance(doing, NewNote):
            self.new_note(doing)
            return
        note = calls.note(self.scope.db, self.scope.keys, uuid.UUID(doing.note))
        if note is None:
            return
        match doing:
            case NoteRecorded(_, sid, seconds):
                note.recording_sid, note.seconds = note.recording_sid or sid, seconds
                if note.state == "recording":
                    note.state, note.due_at = "recorded", self.scope.now + NET
            case KeepNote(_, hung_up):
                note.at = self.scope.now
                self.call.details = self.call.details | {"cut_off": hung_up}
                keep(self.scope, note)
            case KeepForBefore():
                note.before_at = self.scope.now
                if not self.scope.person.own_voice:
                    wishes.set_field(self.scope, "own_voice", "yes")
            case DeleteNote():
                calls.delete_note(note, self.scope.now)

    def new_note(self, doing: NewNote) -> None:
        scope = self.scope
        scope.db.add(
            VoiceNote(
                id=uuid.UUID(doing.note),
                clinic_id=scope.clinic.id,
                patient_id=scope.patient.id if scope.patient else None,
                call_id=self.call.id,
                conversation_id=self.conversation_id if doing.answer else None,
                state="recording",
                language=scope.language,
                at=scope.now,
                due_at=scope.now + NET + timedelta(minutes=10),
            )
        )
        scope.db.flush()

    def sound(self, note_id: uuid.UUID) -> str | None:
        """The address of a note's sound, once it can be played."""
        note = calls.note(self.scope.db, self.scope.keys, note_id)
        if note is None or not note.playable or note.deleted_at is not None:
            return None
        return self.address(note.id)

    def address(self, note_id: uuid.UUID) -> str:
        runtime = self.scope.runtime
        return runtime.settings.public_base_url + audio_path(runtime, note_id, runtime.machine())


def keep(scope: Scope, note: VoiceNote) -> None:
    """What was said is kept: from here on it is fetched, sealed and understood."""
    if note.state in calls.UNSURE:
        note.state, note.due_at = "expected", scope.now
