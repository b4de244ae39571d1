"""The phone line as a pure machine: `react(state, event, house)` says what is spoken and done next.

    greeting   who we are, that we record, 911 and 988; 1 agrees, 2 is the other language
    answered   the same for a call of ours: 1 goes on, 9 ends all calls
    menu       1 a note · 2 the open question · 3 a guided recording · 4 own words · 5 the clinic · * danger
    consent    asked again before anything is recorded, where it was passed by
    note, keep, listening       RULINGS 35: 1 keep, 2 hear, 3 again, 4 delete
    question, answering, pick   a flow by phone: keys or speech, recordings for words; which flow to begin
    audios, playing             guided recordings
    code, own                   the caller's own words, behind the code
    dialed, crisis, crisis_dialed

The star key means danger wherever keys are taken, and every spoken word is screened before a place hears it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from smsbot.calls.state import (
    Agree,
    Answer,
    Arrived,
    Ask,
    AskClinic,
    Begin,
    CheckCode,
    Checked,
    CrisisKey,
    DeleteNote,
    Event,
    FindOwn,
    FindSound,
    Guided,
    Hard,
    Harmless,
    House,
    Joined,
    KeepNote,
    Keys,
    Line,
    Move,
    NewNote,
    NoteRecorded,
    Nothing,
    NothingOpen,
    Own,
    Recorded,
    Resume,
    Saying,
    Screen,
    Sound,
    Spoken,
    State,
    Step,
    StopCalls,
    Told,
    Words,
)
from smsbot.carrier.document import Dial, Hangup, Onward, Pause, Play, Record

CRISIS, STOP_CALLS = "*", "9"
MOST_TRIES = 2  # a prompt is given three times at most
LOOKS, LOOK_S = 5, 2  # ten seconds for a recording to come (RULINGS 35)
SILENCE = 15
NUMBER_988 = "+18002738255"  # 988's ten-digit number in the United States (RULINGS 8)
FLOWS = {"1": "mood", "2": "intention", "3": "reflection", "4": "small_win", "5": "meaning", "6": "journal"}
HARD_KEY = "7"
BYE: tuple[Step, ...] = (Line("vox_bye"), Hangup())

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


def _to(state: State, at: str, **more: object) -> State:
    return replace(state, at=at, tries=0, **more)  # type: ignore[arg-type]  # checked by the fields of State


def _again(state: State, house: House, last: tuple[Step, ...] = BYE, *, wrong: bool = False) -> Move:
    """The prompt once more; after the third time the call ends with `last`."""
    if state.tries >= MOST_TRIES:
        return Move(state, last)
    tried = replace(state, tries=state.tries + 1)
    return Move(tried, ((Line("vox_wrong"),) if wrong else ()) + PROMPTS[state.at](tried, house))


def _asked(state: State, at: str, house: House, *before: Saying) -> Move:
    """Go to a place and give its prompt."""
    there = _to(state, at)
    return Move(there, (*before, *PROMPTS[at](there, house)))


# Before anything is recorded.


def _greeting_prompt(state: State, house: House) -> tuple[Step, ...]:
    other = "en" if state.language == "es" else "es"
    return (Ask((Line("vox_greeting"), Line("vox_other_language", other)), timeout=8),)


def _greeting(state: State, event: Event, house: House) -> Move:
    """1 agrees; 2 changes the language and says it all again; silence and anything else record nothing."""
    match event:
        case Arrived(by) if by in ("machine", "fax"):
            return Move(_to(state, "greeting"), (Hangup(),))
        case Arrived() if state.outbound:
            return _asked(state, "answered", house)
        case Arrived():
            return _asked(state, "greeting", house)
        case Keys("1"):
            return _agreed(state, house)
        case Keys("2"):
            return _asked(replace(state, language="en" if state.language == "es" else "es"), "greeting", house)
    if state.tries >= 1:
        return Move(state, (Line("vox_no_key"), Hangup()))
    return _again(state, house)


def _agreed(state: State, house: House) -> Move:
    """On to what was wanted, or to the menu; the agreement is written down once."""
    do = () if state.agreed else (Agree(),)
    wanted, sure = state.then, replace(state, agreed=True, then="")
    if wanted == "note":
        onward = _note(sure, house)
    elif wanted == "question":
        onward = Move(_to(sure, "question"), do=(Resume(),))
    else:
        onward = _asked(sure, "menu", house)
    return replace(onward, do=(*do, *onward.do))


def _consent_prompt(state: State, house: House) -> tuple[Step, ...]:
    return (Ask((Line("vox_consent"),), timeout=8),)


def _consent(state: State, event: Event, house: House) -> Move:
    """Asked where a call of ours reaches the first recording: 1 agrees, anything else records nothing."""
    if event == Keys("1"):
        return _agreed(state, house)
    return Move(state, (Line("vox_no_key"), Hangup()))


def _answered_prompt(state: State, house: House) -> tuple[Step, ...]:
    return (Ask((Line("vox_called"), Line("vox_press_9")), timeout=8),)


def _answered(state: State, event: Event, house: House) -> Move:
    """A call of ours says nothing about anybody before a key is pressed."""
    if event == Keys("1"):
        return _play(state, state.audio) if state.audio else _asked(state, "greeting", house)
    return _again(state, house, (Hangup(),))


# The menu.


def _menu_prompt(state: State, house: House) -> tuple[Step, ...]:
    return (Ask((Line("vox_menu"),), speech=True),)


def _menu(state: State, event: Event, house: House) -> Move:
    match event:
        case Keys("1"):
            return _note(state, house)
        case Keys("2"):
            return Move(_to(state, "question"), do=(Resume(),))
        case Keys("3"):
            return _asked(state, "audios", house)
        case Keys("4"):
            return Move(_to(state, "own"), do=(FindOwn(),)) if state.verified else _asked(state, "code", house)
        case Keys("5"):
            return _clinic(state, house)
    return _again(state, house, wrong=not isinstance(event, Nothing))


# A note (RULINGS 35).


def _note(state: State, house: House) -> Move:
    """Record, under an id of ours; without agreement that is asked first."""
    if not state.agreed:
        return _asked(replace(state, then="note"), "consent", house)
    there = _to(state, "note", note=house.fresh_note)
    says = (Line("vox_record", minutes=str(house.limit // 60)), Record(house.fresh_note, house.limit, SILENCE))
    return Move(there, says, (NewNote(house.fresh_note),))


def _recording(state: State, event: Event, house: House) -> Move:
    """Silence is no note; a hang-up keeps what was said; otherwise the caller chooses."""
    if not isinstance(event, Recorded) or _is_silent(event):
        return Move(state, (Line("vox_nothing"), Hangup()), (DeleteNote(state.note),))
    made = NoteRecorded(state.note, event.sid, event.seconds)
    if event.ended_by == "hangup":
        return Move(state, (Hangup(),), (made, KeepNote(state.note, hung_up=True)))
    kept = _asked(state, "keep", house)
    return replace(kept, do=(made,))


def _is_silent(event: Recorded) -> bool:
    """The silence that ends a recording is part of it, so one no longer than that holds nothing else."""
    return event.ended_by == "" and event.seconds <= SILENCE


def _is_skip(event: Recorded) -> bool:
    """Pound right away, where the prompt offers that."""
    return _is_silent(event) or (event.ended_by == "#" and event.seconds <= 1)


def _keep_prompt(state: State, house: House) -> tuple[Step, ...]:
    return (Ask((Line("vox_keep"),)),)


def _keep(state: State, event: Event, house: House) -> Move:
    match event:
        case Keys("1"):
            onward = _asked(state, "menu", house, Line("vox_kept"))
            return replace(onward, do=(KeepNote(state.note),))
        case Keys("2"):
            return Move(_to(state, "listening", looks=0), do=(KeepNote(state.note), FindSound(state.note)))
        case Keys("3"):
            onward = _note(state, house)
            return replace(onward, do=(DeleteNote(state.note), *onward.do))
        case Keys("4"):
            onward = _asked(state, "menu", house, Line("vox_deleted"))
            return replace(onward, do=(DeleteNote(state.note),))
    again = _again(state, house, (Line("vox_kept"), Hangup()), wrong=not isinstance(event, Nothing))
    return again if again.state is not state else replace(again, do=(KeepNote(state.note),))


def _listening(state: State, event: Event, house: House) -> Move:
    """Wait for the sound for ten seconds; then the choice is offered without it."""
    if not isinstance(event, Sound):
        return Move(state, do=(FindSound(state.note),))
    if event.url is not None:
        return _asked(state, "keep", house, Play(event.url))
    if state.looks >= LOOKS:
        return _asked(state, "keep", house, Line("vox_cannot_play"))
    said: tuple[Step, ...] = (Line("vox_wait"),) if state.looks == 0 else ()
    return Move(replace(state, looks=state.looks + 1), (*said, Pause(LOOK_S), Onward()))


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
        onward = _asked(replace(state, asks="", high=0), "crisis" if told.danger else "menu", house)
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
        return Move(_to(wanting, "consent"), _consent_prompt(wanting, house))
    there = _to(state, "answering", note=house.fresh_note)
    record = Record(house.fresh_note, house.limit, SILENCE)
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
                return _asked(state, "pick", house)
            return _asked(state, "menu", house, Line("vox_nothing_open"))
    if state.tries >= 1:
        return Move(state, (Line("vox_open"), Hangup()))
    return Move(replace(state, tries=state.tries + 1), do=(Resume(),))


def _answering(state: State, event: Event, house: House) -> Move:
    """A recorded answer goes to the engine at once, its words come later; silence is a skip."""
    if not isinstance(event, Recorded) or _is_skip(event):
        return Move(state, do=(DeleteNote(state.note), Answer("", "skip")))
    made = NoteRecorded(state.note, event.sid, event.seconds)
    kept = KeepNote(state.note, hung_up=event.ended_by == "hangup")
    return Move(state, do=(made, kept, Answer("", "recording")))


def _pick_prompt(state: State, house: House) -> tuple[Step, ...]:
    return (Ask((Line("vox_pick"),), speech=True),)


def _pick(state: State, event: Event, house: House) -> Move:
    if isinstance(event, Keys) and event.digits in FLOWS:
        return Move(_to(state, "question"), do=(Begin(FLOWS[event.digits]),))
    if event == Keys(HARD_KEY):
        return Move(_to(state, "question"), do=(Hard(),))
    return _again(state, house, wrong=not isinstance(event, Nothing))


# Guided recordings.


def _audios_prompt(state: State, house: House) -> tuple[Step, ...]:
    return (Ask((Line("vox_audios"),)),)


def _more_prompt(state: State, house: House) -> tuple[Step, ...]:
    return (Ask((Line("vox_more_audios"),)),)


def _audios(state: State, event: Event, house: House) -> Move:
    """Four by key, and the other four behind 5."""
    if not isinstance(event, Keys):
        return _again(state, house)
    name = dict(house.audios if state.at == "audios" else house.more_audios).get(event.digits, "")
    if name == "more":
        return _asked(state, "more_audios", house)
    return _play(state, name) if name else _again(state, house, wrong=True)


def _play(state: State, name: str) -> Move:
    """Any key ends it; at its end 1 leaves a note."""
    return Move(_to(state, "playing", audio=name), (Ask((Guided(name),), timeout=10),))


def _playing(state: State, event: Event, house: House) -> Move:
    done = replace(state, audio="")
    if event == Keys("1"):
        return _note(done, house)
    if isinstance(event, Keys):
        return _asked(done, "menu" if done.agreed else "answered", house)
    return Move(done, BYE)


# Own words, behind the code.


def _code_prompt(state: State, house: House) -> tuple[Step, ...]:
    return (Ask((Line("vox_pin"),), digits=4, timeout=8),)


def _code(state: State, event: Event, house: House) -> Move:
    """Asked of everyone alike, so that asking tells nothing."""
    match event:
        case Keys(digits):
            return Move(state, do=(CheckCode(digits),))
        case Checked(True):
            return Move(_to(state, "own", verified=True), do=(FindOwn(),))
    return _asked(state, "menu", house, Line("vox_pin_wrong"))


def _own(state: State, event: Event, house: House) -> Move:
    if isinstance(event, Own) and event.url:
        return _asked(state, "menu", house, Line("vox_your_words"), Play(event.url))
    if isinstance(event, Own) and event.words:
        return _asked(state, "menu", house, Line("vox_your_words"), Words(event.words))
    return _asked(state, "menu", house, Line("vox_no_words"))


# People.


def _clinic(state: State, house: House) -> Move:
    """Through to the clinic while it is open and takes calls; otherwise it is asked to call back."""
    if house.open_now and house.transfer and house.clinic_phone:
        dial = Dial(house.clinic_phone, house.caller_id)
        return Move(_to(state, "dialed"), (Line("vox_transfer"), dial))
    return Move(_to(state, "question"), do=(AskClinic(),))


def _dialed(state: State, event: Event, house: House) -> Move:
    if event == Joined(True):
        return Move(state, BYE)
    return Move(_to(state, "question"), do=(AskClinic(),))


def _crisis_prompt(state: State, house: House) -> tuple[Step, ...]:
    names = [("vox_988_key", house.dial_988), ("vox_clinic_key", house.open_now and house.transfer)]
    lines = tuple(Line(name) for name, on in names if on)
    return (Ask((*lines, Line("vox_stay")), timeout=10),)


def _crisis(state: State, event: Event, house: House) -> Move:
    """1 is 988 where the clinic switched that on, 2 the clinic; nobody is left without 911 and 988 said again."""
    if event == Keys("1") and house.dial_988:
        return Move(_to(state, "crisis_dialed"), (Line("vox_988_now"), Dial(NUMBER_988, house.caller_id)))
    if event == Keys("2") and house.open_now and house.transfer:
        return _clinic(state, house)
    if isinstance(event, Keys):
        return _asked(state, "menu", house)
    if state.tries >= 1:
        return Move(state, (Line("vox_crisis_bye"), Hangup()))
    return _again(state, house)


def _crisis_dialed(state: State, event: Event, house: House) -> Move:
    if event == Joined(True):
        return Move(state, BYE)
    return _asked(state, "crisis", house, Line("vox_crisis_bye"))


HEARS: dict[str, Hears] = {
    "greeting": _greeting,
    "consent": _consent,
    "answered": _answered,
    "menu": _menu,
    "note": _recording,
    "keep": _keep,
    "listening": _listening,
    "question": _answer,
    "answering": _answering,
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
PROMPTS: dict[str, Callable[[State, House], tuple[Step, ...]]] = {
    "greeting": _greeting_prompt,
    "consent": _consent_prompt,
    "answered": _answered_prompt,
    "menu": _menu_prompt,
    "keep": _keep_prompt,
    "pick": _pick_prompt,
    "audios": _audios_prompt,
    "more_audios": _more_prompt,
    "code": _code_prompt,
    "crisis": _crisis_prompt,
}
CALL_KEYS = frozenset({"answered", "greeting", "menu", "playing", "consent"})
