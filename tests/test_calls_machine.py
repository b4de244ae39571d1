"""The phone line's machine, with no database and no carrier: what each event leads to, by example and by property."""

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smsbot.calls import machine
from smsbot.calls.events import (
    Arrived,
    Checked,
    Event,
    Harmless,
    Joined,
    Keys,
    Nothing,
    NothingOpen,
    Own,
    Recorded,
    Sound,
    Spoken,
    Told,
)
from smsbot.calls.machine import react
from smsbot.calls.state import (
    Agree,
    Answer,
    Ask,
    AskClinic,
    Begin,
    CheckCode,
    CrisisKey,
    DeleteNote,
    FindOwn,
    FindSound,
    Hard,
    House,
    KeepNote,
    Line,
    Move,
    NewNote,
    NoteRecorded,
    Resume,
    Screen,
    State,
    StopCalls,
    Words,
)
from smsbot.carrier import twiml
from smsbot.carrier.document import Addresses, Dial, Gather, Hangup, Onward, Pause, Play, Record, Say
from tests.twiml_grammar import voice_faults

HOUSE = House(
    fresh_note="11111111-1111-1111-1111-111111111111",
    clinic_phone="+16175550100",
    dial_988=True,
    audios=(("1", "arrive"), ("5", "more")),
    more_audios=(("1", "frames"),),
)
MENU = State(at="menu", agreed=True)
SAID = Recorded("RE" + "a" * 32, 20, "#")
LAST = (Ask, Record, Dial, Onward, Hangup)


def lines(move: Move) -> list[str]:
    """The system lines of a move, those inside a question too."""
    inside = [saying for step in move.says for saying in (step.inside if isinstance(step, Ask) else (step,))]
    return [saying.name for saying in inside if isinstance(saying, Line)]


def test_a_caller_is_greeted_and_nothing_is_recorded_before_a_key() -> None:
    move = react(State(), Arrived(), HOUSE)
    assert lines(move) == ["vox_greeting", "vox_other_language"]
    assert move.do == ()


def test_one_agrees_and_the_ledger_is_told_once() -> None:
    move = react(State(), Keys("1"), HOUSE)
    assert (move.state.at, move.state.agreed, move.do) == ("menu", True, (Agree(),))
    assert react(dataclasses.replace(move.state, at="greeting"), Keys("1"), HOUSE).do == ()


def test_two_changes_the_language_and_two_brings_it_back() -> None:
    spanish = react(State(), Keys("2"), HOUSE).state
    assert (spanish.at, spanish.language) == ("greeting", "es")
    assert react(spanish, Keys("2"), HOUSE).state.language == "en"


@pytest.mark.parametrize("event", [Nothing(), Keys("7")])
def test_whoever_does_not_agree_is_asked_twice_and_not_recorded(event: Event) -> None:
    once = react(State(), event, HOUSE)
    twice = react(once.state, event, HOUSE)
    assert (lines(twice), twice.says[-1], twice.state.agreed) == (["vox_no_key"], Hangup(), False)


@pytest.mark.parametrize(
    ("key", "do", "at"),
    [
        ("1", (KeepNote("n"),), "menu"),
        ("3", (DeleteNote("n"), NewNote(HOUSE.fresh_note)), "note"),
        ("4", (DeleteNote("n"),), "menu"),
    ],
)
def test_the_keys_of_a_note(key: str, do: tuple[object, ...], at: str) -> None:
    move = react(State(at="keep", note="n", agreed=True), Keys(key), HOUSE)
    assert (move.do, move.state.at) == (do, at)


def test_hearing_waits_ten_seconds_and_no_longer() -> None:
    state, waited = react(State(at="keep", note="n", agreed=True), Keys("2"), HOUSE).state, 0
    while state.at == "listening":
        move = react(state, Sound(None), HOUSE)
        waited += sum(step.seconds for step in move.says if isinstance(step, Pause))
        state = move.state
    assert (waited, state.at) == (10, "keep")


def test_a_hang_up_in_a_note_keeps_it() -> None:
    move = react(State(at="note", note="n"), Recorded("RE1", 8, "hangup"), HOUSE)
    assert move.do == (NoteRecorded("n", "RE1", 8), KeepNote("n", hung_up=True))


@pytest.mark.parametrize(("seconds", "by", "kept"), [(15, "", False), (16, "", True), (2, "#", True), (0, "", False)])
def test_silence_is_no_note(seconds: int, by: str, kept: bool) -> None:
    move = react(State(at="note", note="n"), Recorded("RE1", seconds, by), HOUSE)
    assert (DeleteNote("n") in move.do) is not kept


def test_ten_can_be_keyed_in() -> None:
    move = react(MENU, Told(("How is today?",), "number", 10), HOUSE)
    assert move.says == (Ask((Words("How is today?"),), digits=2, speech=True, timeout=7),)
    assert react(move.state, Keys("10"), HOUSE).do == (Answer("10", "keys"),)


def test_words_are_recorded_and_handed_on_before_they_are_known() -> None:
    asked = react(MENU, Told(("What stayed?",), "words"), HOUSE)
    assert isinstance(asked.says[-1], Record)
    assert react(asked.state, SAID, HOUSE).do[-1] == Answer("", "recording")
    assert react(asked.state, Recorded(None, 1, "#"), HOUSE).do[-1] == Answer("", "skip")


def test_no_answer_is_recorded_before_the_caller_has_agreed() -> None:
    asked = react(State(at="answered", outbound=True), Told(("What stayed?",), "words"), HOUSE)
    assert (asked.state.at, lines(asked)) == ("consent", ["vox_consent"])
    assert react(asked.state, Keys("1"), HOUSE).do == (Agree(), Resume())
    assert react(asked.state, Nothing(), HOUSE).says[-1] == Hangup()


def test_a_question_is_said_again_once_and_then_left_open() -> None:
    once = react(State(at="question", asks="choice", agreed=True), Nothing(), HOUSE)
    assert once.do == (Resume(),)
    assert lines(react(once.state, Nothing(), HOUSE)) == ["vox_open"]


def test_the_code_is_asked_of_everyone_alike_and_only_the_right_one_opens() -> None:
    asked = react(MENU, Keys("4"), HOUSE)
    assert (asked.do, lines(asked)) == ((), ["vox_pin"])
    assert react(asked.state, Keys("4826"), HOUSE).do == (CheckCode("4826"),)
    assert react(asked.state, Checked(True), HOUSE).do == (FindOwn(),)
    assert lines(react(asked.state, Checked(False), HOUSE))[0] == "vox_pin_wrong"
    assert lines(react(asked.state, Nothing(), HOUSE))[0] == "vox_pin_wrong"


def test_own_words_are_spoken_whole_and_own_voice_is_played() -> None:
    own = State(at="own", agreed=True, verified=True)
    assert Words("w" * 9000) in react(own, Own("w" * 9000), HOUSE).says
    assert Play("http://a") in react(own, Own(url="http://a"), HOUSE).says


@pytest.mark.parametrize("by", ["machine", "fax"])
def test_a_machine_hears_nothing(by: str) -> None:
    assert react(State(outbound=True, audio="arrive"), Arrived(by), HOUSE).says == (Hangup(),)


def test_a_call_of_ours_says_nothing_about_anyone_before_a_key() -> None:
    move = react(State(outbound=True, audio="arrive"), Arrived("human"), HOUSE)
    assert lines(move) == ["vox_called", "vox_press_9"]
    assert react(move.state, Keys("1"), HOUSE).state.at == "playing"


@pytest.mark.parametrize("at", sorted(machine.CALL_KEYS))
def test_nine_ends_calls_wherever_a_call_of_ours_begins(at: str) -> None:
    move = react(State(at=at, outbound=True), Keys("9"), HOUSE)
    assert (move.do, move.says[-1]) == ((StopCalls(),), Hangup())


def test_a_recording_of_a_call_of_ours_can_be_heard_again() -> None:
    heard = react(State(at="playing", outbound=True, audio="arrive"), Keys("5"), HOUSE)
    assert heard.state.at == "answered"
    assert react(heard.state, Keys("1"), HOUSE).state == dataclasses.replace(heard.state, at="playing")


def test_whoever_is_in_danger_and_does_not_get_the_clinic_hears_where_help_is_and_may_try_again() -> None:
    move = react(State(at="crisis", agreed=True), Keys("2"), HOUSE)
    assert [step for step in move.says if isinstance(step, Dial)]
    missed = react(move.state, Joined(False), HOUSE)
    assert (missed.state.at, missed.says[0]) == ("crisis", Line("vox_crisis_bye"))
    assert react(missed.state, Keys("2"), HOUSE) == move


def test_988_is_dialed_only_where_the_clinic_switched_it_on() -> None:
    crisis = State(at="crisis")
    assert react(crisis, Keys("1"), HOUSE).says[-1] == Dial(machine.NUMBER_988)
    closed = dataclasses.replace(HOUSE, dial_988=False)
    assert react(crisis, Keys("1"), closed).state.at == "menu"
    assert "vox_988_key" not in lines(react(State(), Told(("x",), danger=True), closed))


EVENTS = st.one_of(
    st.builds(Arrived, st.sampled_from(["", "human", "machine", "fax"])),
    st.builds(Keys, st.text("0123456789*#", max_size=4)),
    st.builds(Spoken, st.text(max_size=20)),
    st.builds(Harmless, st.text(max_size=20)),
    st.just(Nothing()),
    st.builds(Recorded, st.none() | st.just("RE1"), st.integers(0, 700), st.sampled_from(["", "#", "hangup", "1"])),
    st.builds(Joined, st.booleans()),
    st.builds(
        Told,
        st.lists(st.text(max_size=20), max_size=2).map(tuple),
        st.sampled_from(["", "words", "choice", "number", "yes_no", "date"]),
        st.integers(0, 100),
        st.booleans(),
        st.booleans(),
        st.sampled_from(["", "arrive"]),
    ),
    st.builds(NothingOpen, st.booleans()),
    st.builds(Checked, st.booleans()),
    st.builds(Sound, st.none() | st.just("http://a/x")),
    st.builds(Own, st.text(max_size=20), st.none() | st.just("http://a/x")),
)
BACK = (Screen, CrisisKey, Resume, Begin, Answer, CheckCode, FindOwn)


def waits(move: Move) -> bool:
    """Whether something is still to come back before the document is written."""
    brings = (*BACK, Hard, AskClinic, FindSound)
    return any(isinstance(doing, brings) for doing in move.do)


@settings(max_examples=50, deadline=None)
@given(st.lists(EVENTS, max_size=12), st.booleans(), st.booleans(), st.booleans())
def test_whatever_happens_the_call_goes_on_or_ends(
    events: list[Event], outbound: bool, dial_988: bool, open_now: bool
) -> None:
    house = dataclasses.replace(HOUSE, dial_988=dial_988, open_now=open_now)
    state = State(outbound=outbound)
    for event in events:
        move = react(state, event, house)
        assert waits(move) or isinstance(move.says[-1], LAST), (state, event, move)
        recorded = [step for step in move.says if isinstance(step, Record)]
        assert not recorded or (
            move.state.agreed and move.do[-1] == NewNote(recorded[0].note, move.state.at == "answering")
        )
        assert not any(isinstance(step, Dial) and "911" in step.number[-10:] for step in move.says)
        assert State.from_json(move.state.to_json()) == move.state
        state = move.state


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(sorted(machine.HEARS)), st.text("0123456789*#", max_size=3), st.booleans())
def test_the_star_key_means_danger_everywhere(at: str, keys: str, outbound: bool) -> None:
    assert react(State(at=at, outbound=outbound), Keys(keys + "*"), HOUSE).do == (CrisisKey(),)


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(sorted(machine.HEARS)), st.text(min_size=1, max_size=40))
def test_no_place_hears_a_word_that_was_not_screened(at: str, words: str) -> None:
    assert react(State(at=at), Spoken(words), HOUSE) == Move(State(at=at), (), (Screen(words),))


PARTS = st.recursive(
    st.one_of(
        st.builds(Say, st.text(max_size=4000), st.sampled_from(["en", "es", "xx"])),
        st.builds(Play, st.text(max_size=60)),
        st.builds(Pause, st.integers(-2, 90)),
    ),
    lambda inside: st.builds(Gather, st.lists(inside, max_size=3).map(tuple), st.integers(1, 10), st.booleans()),
    max_leaves=3,
)


@settings(max_examples=25, deadline=None)
@given(st.lists(PARTS, max_size=4), st.text(max_size=20), st.integers(2, 600))
def test_every_document_is_valid_and_no_say_is_longer_than_its_voice_takes(
    parts: list[Say | Play | Pause | Gather], words: str, limit: int
) -> None:
    flat = [
        part for part in parts if not isinstance(part, Gather) or not any(isinstance(i, Gather) for i in part.inside)
    ]
    document = twiml.call([*flat, Record("n", limit), Dial("+1", words)], Addresses("http://a/?b=1&c=2", "http://a/r/"))
    assert voice_faults(document) == []


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=5000), st.integers(5, 200))
def test_a_long_text_is_cut_between_words_and_nothing_is_lost(text: str, longest: int) -> None:
    pieces = twiml.pieces(text, longest)
    assert all(len(piece) <= longest for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())
