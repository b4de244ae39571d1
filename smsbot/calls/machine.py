"""The phone line as a pure machine: `react(state, event, house)` says what is spoken and done next.

    greeting   who we are, that we record, 911 and 988; 1 agrees, 2 is the other language
    answered   the same for a call of ours: 1 goes on, 9 ends all calls
    menu       1 a note · 2 the open question · 3 a guided recording · 4 own words · 5 the clinic · * danger
    consent    asked again before anything is recorded, where it was passed by
    note, keep, listening       RULINGS 35: 1 keep, 2 hear, 3 again, 4 delete
    before      whether to hear a kept note again before the next session; only asked of whoever has a code
    question, answering, pick   a flow by phone: keys or speech, recordings for words; which flow to begin
    audios, playing             guided recordings
    code, own                   the caller's own words, behind the code
    dialed, crisis, crisis_dialed

The star key means danger wherever keys are taken, and every spoken word is screened before a place hears it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from smsbot.calls import recording
from smsbot.calls.events import (
    Arrived,
    Checked,
    Event,
    Harmless,
    Joined,
    Keys,
    NothingOpen,
    Own,
    Spoken,
    Told,
)
from smsbot.calls.prompts import BYE, PROMPTS, again, asked, to
from smsbot.calls.state import (
    Answer,
    Ask,
    AskClinic,
    Begin,
    CheckCode,
    CrisisKey,
    FindOwn,
    Guided,
    Hard,
    House,
    Line,
    Move,
    NewNote,
    Resume,
    Saying,
    Screen,
    State,
    Step,
    StopCalls,
    Words,
)
from smsbot.carrier.document import Dial, Hangup, Play, Record

CRISIS, STOP_CALLS = "*", "9"
NUMBER_988 = "+18002738255"  # 988's ten-digit number in the United States (RULINGS 8)
FLOWS = {"1": "mood", "2": "intention", "3": "reflection", "4": "small_win", "5": "meaning", "6": "journal"}
HARD_KEY = "7"

Hears = Callable[[State, Event, House], Move]


def react(state: State, event: Event, house: House) -> Move:
    """What one event does to a call. Every state takes every event; what makes no sense there is asked again.

    1. Words are screened first. 2. The crisis key, the key against calls, and a found danger go their own way from
    everywhere. 3. The place hears the rest.
    """
    if isinstance(event, Spoken):
        return Move(state, do=(Screen(event.words),))
    if isinstance(event, Keys) and CRISIS in event.digits:
        return Move(state, do=(CrisisKey(),))
    if isinstance(event, Keys) and event.digits == STOP_CALLS and state.outbound and state.at in CALL_KEYS:
        return Move(state, (Line("no_calls"), Hangup()), (StopCalls(),))
    if isinstance(event, Told):
        return _told(state, event, house)
    return HEARS[state.at](state, event, house)


# Before anything is recorded.


def _greeting(state: State, event: Event, house: House) -> Move:
    """1 agrees; 2 changes the language and says it all again; silence and anything else record nothing."""
    match event:
        case Arrived(by) if by in ("machine", "fax"):
            return Move(to(state, "greeting"), (Hangup(),))
        case Arrived() if state.outbound:
            return asked(state, "answered", house)
        case Arrived():
            return asked(state, "greeting", house)
        case Keys("1"):
            return recording.agreed(state, house)
        case Keys("2"):
            return asked(replace(state, language="en" if state.language == "es" else "es"), "greeting", house)
    if state.tries >= 1:
        return Move(state, (Line("vox_no_key"), Hangup()))
    return again(state, house)


def _answered(state: State, event: Event, house: House) -> Move:
    """A call of ours says nothing about anybody before a key is pressed."""
    if event == Keys("1"):
        return _play(state, state.audio) if state.audio else asked(state, "greeting", house)
    return again(state, house, (Hangup(),))


# The menu.


def _menu(state: State, event: Event, house: House) -> Move:
    match event:
        case Keys("1"):
            return recording.note(state, house)
        case Keys("2"):
            return Move(to(state, "question"), do=(Resume(),))
        case Keys("3"):
            return asked(state, "audios", house)
        case Keys("4"):
            return Move(to(state, "own"), do=(FindOwn(),)) if state.verified else asked(state, "code", house)
        case Keys("5"):
            return _clinic(state, house)
    return again(state, house, wrong=isinstance(event, Keys))


# A flow by phone.


def _told(state: State, told: Told, house: House) -> Move:
    """What the engine or the screen has to say; then the open question, the keys against danger, or the menu."""
    said: tuple[Step, ...] = tuple(Words(line) for line in told.lines)
    if told.over:
        return Move(state, (*said, Hangup()))
    if told.audio:
        onward = _play(state, told.audio)
        return replace(onward, says=(*said, *onward.says))
    if told.asks:
        onward = _question(replace(state, asks=told.asks, high=told.high), house, said)
    else:
        onward = asked(replace(state, asks="", high=0), "crisis" if told.danger else "menu", house)
        onward = replace(onward, says=(*said, *onward.says))
    return onward


def _question(state: State, house: House, said: tuple[Step, ...]) -> Move:
    """Take the answer by keys or speech, or record it where it may be any words."""
    if state.asks != "words":
        digits = len(str(state.high)) if state.asks == "number" else 1
        inside = tuple(step for step in said if isinstance(step, Words))
        return Move(replace(state, at="question"), (Ask(inside, digits=digits, speech=True, timeout=7),))
    if not state.agreed:
        wanting = replace(state, then="question")
        return Move(to(wanting, "consent"), PROMPTS["consent"](wanting, house))
    there = to(state, "answering", note=house.fresh_note)
    record = Record(house.fresh_note, house.limit, recording.SILENCE)
    return Move(there, (*said, Line("vox_answer"), record), (NewNote(house.fresh_note, answer=True),))


def _answer(state: State, event: Event, house: House) -> Move:
    """An answer by keys or words; one silence has the question said again, two leave it open."""
    match event:
        case Keys(digits) if digits:
            return Move(replace(state, tries=0), do=(Answer(digits, "keys"),))
        case Harmless(words):
            return Move(replace(state, tries=0), do=(Answer(words, "speech"),))
        case NothingOpen(may_begin):
            if may_begin:
                return asked(state, "pick", house)
            return asked(state, "menu", house, Line("vox_nothing_open"))
    if state.tries >= 1:
        return Move(state, (Line("vox_open"), Hangup()))
    return Move(replace(state, tries=state.tries + 1), do=(Resume(),))


def _pick(state: State, event: Event, house: House) -> Move:
    if isinstance(event, Keys) and event.digits in FLOWS:
        return Move(to(state, "question"), do=(Begin(FLOWS[event.digits]),))
    if event == Keys(HARD_KEY):
        return Move(to(state, "question"), do=(Hard(),))
    return again(state, house, wrong=isinstance(event, Keys))


# Guided recordings.


def _audios(state: State, event: Event, house: House) -> Move:
    """Four by key, and the other four behind 5."""
    if not isinstance(event, Keys):
        return again(state, house)
    name = dict(house.audios if state.at == "audios" else house.more_audios).get(event.digits, "")
    if name == "more":
        return asked(state, "more_audios", house)
    return _play(state, name) if name else again(state, house, wrong=True)


def _play(state: State, name: str) -> Move:
    """Any key ends it; at its end 1 leaves a note."""
    return Move(to(state, "playing", audio=name), (Ask((Guided(name),), timeout=10),))


def _playing(state: State, event: Event, house: House) -> Move:
    done = replace(state, audio="")
    if event == Keys("1"):
        return recording.note(done, house)
    if isinstance(event, Keys):
        return asked(done, "menu", house) if done.agreed else asked(state, "answered", house)
    return Move(done, BYE)


# Own words, behind the code.


def _code(state: State, event: Event, house: House) -> Move:
    """Asked of everyone alike, so that asking tells nothing."""
    match event:
        case Keys(digits):
            return Move(state, do=(CheckCode(digits),))
        case Checked(True):
            return Move(to(state, "own", verified=True), do=(FindOwn(),))
    return asked(state, "menu", house, Line("vox_pin_wrong"))


def _own(state: State, event: Event, house: House) -> Move:
    own = event if isinstance(event, Own) else Own()
    intention: tuple[Saying, ...] = (Play(own.url),) if own.url else (Words(own.words),) if own.words else ()
    note: tuple[Saying, ...] = (Play(own.note),) if own.note else ()
    if not intention and not note:
        return asked(state, "menu", house, Line("vox_no_words"))
    between = (Line("vox_your_note"),) if intention and note else ()
    return asked(state, "menu", house, Line("vox_your_words"), *intention, *between, *note)


# People.


def _clinic(state: State, house: House) -> Move:
    """Through to the clinic while it is open and takes calls; otherwise it is asked to call back."""
    if house.open_now and house.transfer and house.clinic_phone:
        dial = Dial(house.clinic_phone, house.caller_id)
        return Move(to(state, "dialed"), (Line("vox_transfer"), dial))
    return Move(to(state, "question"), do=(AskClinic(),))


def _dialed(state: State, event: Event, house: House) -> Move:
    if event == Joined(True):
        return Move(state, BYE)
    return Move(to(state, "question"), do=(AskClinic(),))


def _crisis(state: State, event: Event, house: House) -> Move:
    """1 is 988 where the clinic switched that on, 2 the clinic; nobody is left without 911 and 988 said again."""
    if event == Keys("1") and house.dial_988:
        return Move(to(state, "crisis_dialed"), (Line("vox_988_now"), Dial(NUMBER_988, house.caller_id)))
    if event == Keys("2") and house.open_now and house.transfer:
        return replace(_clinic(state, house), state=to(state, "crisis_dialed"))
    if isinstance(event, Keys):
        return asked(state, "menu", house)
    if state.tries >= 1:
        return Move(state, (Line("vox_crisis_bye"), Hangup()))
    return again(state, house)


def _crisis_dialed(state: State, event: Event, house: House) -> Move:
    if event == Joined(True):
        return Move(state, BYE)
    return asked(state, "crisis", house, Line("vox_crisis_bye"))


HEARS: dict[str, Hears] = {
    "greeting": _greeting,
    "consent": recording.consent,
    "answered": _answered,
    "menu": _menu,
    "note": recording.recorded,
    "keep": recording.keep,
    "before": recording.before,
    "listening": recording.listening,
    "question": _answer,
    "answering": recording.answering,
    "pick": _pick,
    "audios": _audios,
    "more_audios": _audios,
    "playing": _playing,
    "code": _code,
    "own": _own,
    "dialed": _dialed,
    "crisis": _crisis,
    "crisis_dialed": _crisis_dialed,
}
CALL_KEYS = frozenset({"answered", "greeting", "menu", "playing", "consent"})
