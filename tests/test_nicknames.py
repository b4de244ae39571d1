"""Nicknames, pure: what may be one, what a text names, what it costs, and who is likely to be writing."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smsbot import nicknames, render
from smsbot.nicknames import Seen

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
TWO = {1: "Sol", 2: "Ana Maria"}


@pytest.mark.parametrize("name", ["Sol", "Ana Maria", "José", "O'Neil", "J.R.", "Mai-Li", "Grandpa"])
def test_a_nickname_is_short_and_made_of_letters(name: str) -> None:
    assert nicknames.fault(name) is None


@pytest.mark.parametrize(
    "name", ["S", "x" * 21, "988", "Sol2", "Sol!", "😀😀", "STOP", "help", "yes", "Sí", "menu", "ok"]
)
def test_a_nickname_never_means_anything_else(name: str) -> None:
    assert nicknames.fault(name) is not None


@pytest.mark.parametrize(("one", "other"), [("Sol", "sol"), ("Ana", "Ana Maria"), ("José", "jose"), ("Max", "Maxi")])
def test_two_nicknames_are_told_apart_from_their_beginning(one: str, other: str) -> None:
    assert nicknames.too_alike(one, other)
    assert nicknames.too_alike(other, one)


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ("Sol: 7", (1, "7")),
        ("  sol 7", (1, "7")),
        ("SOL,I feel ok", (1, "I feel ok")),
        ("ana mar\u00eda - hola", (2, "hola")),
        ("ana mari\u0301a hola", (2, "hola")),
        ("Sol", (1, "")),
        ("this is Sol.", (1, "")),
        ("soy Sol", (1, "")),
        ("Solar panels", None),
        ("Sol's idea", None),
        ("I saw Sol", None),
        ("this is Sol speaking", None),
        ("", None),
    ],
)
def test_a_text_names_whom_it_begins_with(body: str, named: tuple[int, str] | None) -> None:
    assert nicknames.named(body, TWO) == named


@given(st.text(max_size=80))
@settings(max_examples=100)
def test_nothing_that_is_said_behind_a_name_is_lost_or_changed(words: str) -> None:
    found = nicknames.named(f"Sol: {words}", TWO)
    assert found is not None
    assert found[0] == 1
    assert words.endswith(found[1])
    left_out = words[: len(words) - len(found[1])]
    assert not any(character.isalnum() for character in left_out)


@given(
    st.text(alphabet="abc def,\u00e1\u00f3\u00ed\u00f1\u00bf?", max_size=306),
    st.sampled_from(["Sol", "Ana Maria", "x" * 20]),
)
@settings(max_examples=100)
def test_a_name_costs_no_third_part_while_accents_can_give_way(text: str, name: str) -> None:
    told = nicknames.before(name, text)
    assert told.startswith(f"{name}: ")
    if render.segments(text) <= 2 and render.units(render.to_gsm(text)[0]) <= 306 - len(name) - 2:
        assert render.segments(told) <= 2


def seen(asked: bool = False, wrote: float | None = None, texted: float | None = None) -> Seen:
    """Hours ago."""
    ago = [None if hours is None else NOW - hours * HOUR for hours in (wrote, texted)]
    return Seen(asked, *ago)


@pytest.mark.parametrize(
    ("one", "other", "writing"),
    [
        (seen(True), seen(False, wrote=2), 1),
        (seen(True), seen(True), None),
        (seen(True, wrote=0.2), seen(True, texted=3), 1),
        (seen(False, wrote=0.5), seen(False, texted=0.2), 2),
        (seen(True, wrote=0.5), seen(True, texted=0.2), None),
        (seen(False, texted=5), seen(False, texted=30), 1),
        (seen(False, texted=25), seen(False, texted=30), None),
        (seen(), seen(), None),
        (seen(texted=3), seen(texted=3), None),
    ],
)
def test_who_is_writing(one: Seen, other: Seen, writing: int | None) -> None:
    assert nicknames.writing({1: one, 2: other}, NOW) == writing
    if writing is not None:
        assert nicknames.likeliest({1: one, 2: other}, NOW) == writing


def test_somebody_is_always_the_likelier_one() -> None:
    assert nicknames.likeliest({1: seen(), 2: seen(True)}, NOW) == 2
    assert nicknames.likeliest({1: seen(texted=40), 2: seen(texted=30)}, NOW) == 2
    assert nicknames.likeliest({1: seen(True, texted=3), 2: seen(True, texted=2)}, NOW) == 2
