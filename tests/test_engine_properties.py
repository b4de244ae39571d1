"""Whatever patients write, in any flow that ships: a conversation ends, stays short, never fails and is repeatable."""

import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smsbot import engine
from smsbot.engine import Facts, Heard, Say, Script, State, Turn
from tests.content_support import shipped

SHIPPED = shipped()
MOST_TEXTS = 8
MEASURES = "F20"

EVERYDAY = (
    "1", "2", "3", "4", "7ish", "a 7 I guess", "skip", "none", "nada", "yes", "no", "idk", "better", "7/10", "0", "99",
    "STOP", "fix everything", "get my ex to call", "my sister and I cooked", "👍", "", " ", "\u0000", "é" * 400,
    "{first}", "saltar", "confront him tonight", "two", "dos", "the second one", "\ud800",
)  # fmt: skip
ANSWERS = st.one_of(st.sampled_from(EVERYDAY), st.text(max_size=60))
HEARD = st.builds(Heard, ANSWERS, st.sampled_from(("words", "keys", "speech", "recording")), st.booleans())
FACTS = st.builds(
    Facts,
    language=st.sampled_from(("en", "es")),
    channel=st.sampled_from(("text", "voice")),
    echo=st.booleans(),
    values=st.dictionaries(
        st.sampled_from(("plan", "cue", "act", "first", "clinic", "session_day", "closed", "echo", "intention")),
        st.text(max_size=40),
    ),
    numbers=st.dictionaries(st.sampled_from(("mood_median", "mood_zeros", "peak_median")), st.floats(0, 10)),
    seed=st.integers(0, 2**31),
)
SCRIPTS = st.sampled_from(sorted(SHIPPED.scripts.values(), key=lambda script: script.flow.name))


def conversation(script: Script, facts: Facts, answers: list[Heard], variant: str | None) -> list[Turn]:
    """Every turn of a conversation, the state taken through JSON in between."""
    turns = [engine.start(script, facts, variant)]
    for answer in answers:
        state = State.from_json(turns[-1].state.to_json())
        assert state == turns[-1].state
        engine.fits(script, state, answer, facts)
        turns.append(engine.reply(script, state, answer, facts))
    return turns


@settings(max_examples=80, deadline=None)
@given(SCRIPTS, FACTS, st.lists(HEARD, min_size=24, max_size=24), st.sampled_from((None, "late", "closed")))
def test_any_answers_end_a_conversation_within_eight_texts(
    script: Script, facts: Facts, answers: list[Heard], variant: str | None
) -> None:
    turns = conversation(script, facts, answers, variant)
    said = [effect for turn in turns for effect in turn.effects if isinstance(effect, Say)]
    assert turns[-1].state.end in script.flow.ends
    assert turns[-1].state.texts == len(said)
    assert len(said) <= MOST_TEXTS or script.flow.catalog == MEASURES
    assert all(effect.text.strip() for effect in said)
    asked = Counter(step for turn in turns if turn.says() and (step := turn.state.step) and not turn.state.end)
    assert max(asked.values(), default=0) <= 2
    assert conversation(script, facts, answers, variant) == turns


@settings(max_examples=40, deadline=None)
@given(SCRIPTS, FACTS, st.lists(HEARD, max_size=3))
def test_silence_ends_any_conversation_at_any_point(script: Script, facts: Facts, answers: list[Heard]) -> None:
    state = conversation(script, facts, answers, None)[-1].state
    assert engine.expire(script, state, facts).state.end in script.flow.ends


@settings(max_examples=40, deadline=None)
@given(SCRIPTS, FACTS, HEARD)
def test_patients_words_are_shown_only_with_consent_and_unflagged(script: Script, facts: Facts, heard: Heard) -> None:
    secret = Heard("Zanzibar quilts at my lake house", "words", heard.flagged)
    turns = conversation(script, facts, [secret, heard, heard], None)
    shown = " ".join(text for turn in turns for text in turn.says())
    if heard.flagged or not facts.echo or facts.channel == "voice":
        assert "Zanzibar" not in shown


@pytest.mark.parametrize("answer", ["Laughing with my kids at dinner", "2", "skip"])
def test_what_a_turn_costs_is_printed(answer: str, capsys: pytest.CaptureFixture[str]) -> None:
    script, facts = SHIPPED.scripts["intention"], Facts(values={"session_day": "Thursday"}, echo=True)
    state, count = engine.start(script, facts).state, 300
    before = time.process_time()
    for _ in range(count):
        turn = engine.reply(script, state, Heard(answer), facts)
    took = (time.process_time() - before) / count * 1e6
    with capsys.disabled():
        print(f"\n  one engine turn, {answer!r}: {took:.0f} us of processor time", end="")
    assert turn.effects
