"""The places of a call in which something is recorded: first the consent, then the note and what becomes of it."""

from __future__ import annotations

from dataclasses import replace

from smsbot.calls.events import Event, Keys, Nothing, Recorded, Sound
from smsbot.calls.prompts import again, asked, to
from smsbot.calls.state import (
    Agree,
    Answer,
    DeleteNote,
    FindSound,
    House,
    KeepForBefore,
    KeepNote,
    Line,
    Move,
    NewNote,
    NoteRecorded,
    Resume,
    State,
    Step,
)
from smsbot.carrier.document import Hangup, Onward, Pause, Play, Record

LOOKS, LOOK_S = 5, 2  # ten seconds for a recording to come (RULINGS 35)
SILENCE = 15


def agreed(state: State, house: House) -> Move:
    """On to what was wanted, or to the menu; the agreement is written down once."""
    do = () if state.agreed else (Agree(),)
    wanted, sure = state.then, replace(state, agreed=True, then="")
    if wanted == "note":
        onward = note(sure, house)
    elif wanted == "question":
        onward = Move(to(sure, "question"), do=(Resume(),))
    else:
        onward = asked(sure, "menu", house)
    return replace(onward, do=(*do, *onward.do))


def consent(state: State, event: Event, house: House) -> Move:
    """Asked where a call of ours reaches the first recording: 1 agrees, anything else records nothing."""
    if event == Keys("1"):
        return agreed(state, house)
    return Move(state, (Line("vox_no_key"), Hangup()))


def note(state: State, house: House) -> Move:
    """Record, under an id of ours; without agreement that is asked first."""
    if not state.agreed:
        return asked(replace(state, then="note"), "consent", house)
    there = to(state, "note", note=house.fresh_note)
    says = (Line("vox_record", minutes=str(house.limit // 60)), Record(house.fresh_note, house.limit, SILENCE))
    return Move(there, says, (NewNote(house.fresh_note),))


def recorded(state: State, event: Event, house: House) -> Move:
    """Silence is no note; a hang-up keeps what was said; otherwise the caller chooses."""
    if not isinstance(event, Recorded) or _is_silent(event):
        return Move(state, (Line("vox_nothing"), Hangup()), (DeleteNote(state.note),))
    made = NoteRecorded(state.note, event.sid, event.seconds)
    if event.ended_by == "hangup":
        return Move(state, (Hangup(),), (made, KeepNote(state.note, hung_up=True)))
    kept = asked(state, "keep", house)
    return replace(kept, do=(made,))


def _is_silent(event: Recorded) -> bool:
    """The silence that ends a recording is part of it, so one no longer than that holds nothing else."""
    return event.ended_by == "" and event.seconds <= SILENCE


def _is_skip(event: Recorded) -> bool:
    """Pound right away, where the prompt offers that."""
    return _is_silent(event) or (event.ended_by == "#" and event.seconds <= 1)


def keep(state: State, event: Event, house: House) -> Move:
    """1 keeps it, 2 plays it, 3 records it again, 4 deletes it; whoever chooses nothing keeps it."""
    match event:
        case Keys("1"):
            onward = asked(state, "before" if house.own_voice else "menu", house, Line("vox_kept"))
            return replace(onward, do=(KeepNote(state.note),))
        case Keys("2"):
            return Move(to(state, "listening", looks=0), do=(KeepNote(state.note), FindSound(state.note)))
        case Keys("3"):
            onward = note(state, house)
            return replace(onward, do=(DeleteNote(state.note), *onward.do))
        case Keys("4"):
            onward = asked(state, "menu", house, Line("vox_deleted"))
            return replace(onward, do=(DeleteNote(state.note),))
    once_more = again(state, house, (Line("vox_kept"), Hangup()), wrong=not isinstance(event, Nothing))
    return once_more if once_more.state is not state else replace(once_more, do=(KeepNote(state.note),))


def before(state: State, event: Event, house: House) -> Move:
    """1 keeps the note for before the next session; anything else leaves it a note like others."""
    if event == Keys("1"):
        onward = asked(state, "menu", house, Line("vox_before_kept"))
        return replace(onward, do=(KeepForBefore(state.note),))
    return asked(state, "menu", house)


def listening(state: State, event: Event, house: House) -> Move:
    """Wait for the sound for ten seconds; then the choice is offered without it."""
    if not isinstance(event, Sound):
        return Move(state, do=(FindSound(state.note),))
    if event.url is not None:
        return asked(state, "keep", house, Play(event.url))
    if state.looks >= LOOKS:
        return asked(state, "keep", house, Line("vox_cannot_play"))
    said: tuple[Step, ...] = (Line("vox_wait"),) if state.looks == 0 else ()
    return Move(replace(state, looks=state.looks + 1), (*said, Pause(LOOK_S), Onward()))


def answering(state: State, event: Event, house: House) -> Move:
    """A recorded answer goes to the engine at once, its words come later; silence is a skip."""
    if not isinstance(event, Recorded) or _is_skip(event):
        return Move(state, do=(DeleteNote(state.note), Answer("", "skip")))
    made = NoteRecorded(state.note, event.sid, event.seconds)
    kept = KeepNote(state.note, hung_up=event.ended_by == "hangup")
    return Move(state, do=(made, kept, Answer("", "recording")))
