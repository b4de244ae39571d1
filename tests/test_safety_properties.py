"""Whatever is sent: an answer, in time, and never worse for being harmless at the end."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smsbot.safety import KINDS, Context, screen

ANY_TEXT = st.text(st.characters(codec=None), max_size=300)
HARMLESS = st.sampled_from(["ok", "see you at 4", "thanks", "the weather is nice", "gracias", "nos vemos"])
DANGERS = st.sampled_from(
    ["i want to die", "im going to kill myself", "i took all my pills", "me quiero morir", "ya no quiero vivir"]
)
SECONDS = 0.05
"""RELIABILITY.md and the task: 10 KB in at most 50 ms of processor time."""


@settings(max_examples=60, deadline=None)
@given(ANY_TEXT, ANY_TEXT)
def test_any_text_gets_an_answer_of_known_shape(text: str, before: str) -> None:
    found = screen(text, Context(recent=(before,)))
    assert found.tier in (None, 1, 2, 3, 4)
    assert (found.kind in KINDS) is (found.tier is not None)
    assert found.opt in (None, "stop", "start", "help", "ask")


@settings(max_examples=40, deadline=None)
@given(DANGERS, HARMLESS, HARMLESS)
def test_harmless_sentences_around_do_not_hide_a_danger(danger: str, before: str, after: str) -> None:
    assert screen(f"{before}. {danger}. {after}").tier in (1, 2)


@settings(max_examples=40, deadline=None)
@given(DANGERS, HARMLESS)
def test_an_earlier_harmless_text_changes_nothing(danger: str, before: str) -> None:
    assert screen(danger, Context(recent=(before,))).tier == screen(danger).tier


@pytest.mark.parametrize("text", ["\ud800", "a\ud83d", "\0", "\0kill myself\0", "\udfff\ud800" * 50])
def test_halves_of_characters_and_nul_are_texts_too(text: str) -> None:
    assert screen(text).tier in (None, 1, 2)


@pytest.mark.parametrize(
    "text",
    [
        "i want to die " * 740,
        "k i l l " * 1300,
        "a" * 10_000,
        "kil" * 3400,
        "a" + "\u0301\u0323" * 5000,
        "\ufdfa" * 3400,
        "k1ll m3 " * 1250,
        "k*l* " * 2000,
        "'" * 10_000,
        "not " * 2500,
        "💊🔫" * 1250,
        "asdfgh qwerty zxcvbn " * 480,
        "going to do it now i am " * 430,
    ],
    ids=lambda text: text[:8].encode("ascii", "replace").decode(),
)
def test_ten_kilobytes_built_to_hurt_take_little_time(text: str) -> None:
    screen(text)  # patterns are compiled at their first use
    start = time.process_time()
    screen(text)
    assert time.process_time() - start < SECONDS * 2  # twice the goal: shared machines count other work as ours
