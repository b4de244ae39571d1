"""What a text costs on the air, by worked cases and by property."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsbot.render import is_gsm, segments, tidy, to_gsm, units

GSM = "abc XYZ 019 @£$¥ñ¿É^{}[~]|€\\"
ANY_TEXT = st.text(st.characters(), max_size=400)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("a" * 158 + "€", 1),
        ("a" * 159 + "€", 2),
        # Septet 153 cannot hold half of a €: it moves to the second part, which then has 151 left.
        ("a" * 152 + "€" + "a" * 151, 2),
        ("a" * 152 + "€" + "a" * 152, 3),
        ("a" * 151 + "€" + "a" * 153, 2),
        ("€" * 80, 1),
        ("€" * 152, 2),
        ("€" * 153, 3),
        ("á" * 70, 1),
        ("á" * 71, 2),
        ("á" * 134, 2),
        ("á" * 135, 3),
        ("ñé" * 80, 1),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        # 67 code units hold 33 emoji and a lone unit that no emoji fits in.
        ("😀" * 66, 2),
        ("😀" * 67, 3),
        ("á" + "😀" * 33 + "á" * 67, 2),
        ("á" * 66 + "😀" + "á" * 65, 2),
        ("á" * 66 + "😀" + "á" * 66, 3),
    ],
)
def test_parts_are_filled_greedily_and_no_character_is_split(text: str, parts: int) -> None:
    assert segments(text) == parts


@given(st.text(GSM, max_size=500))
def test_gsm_parts_hold_all_septets_and_waste_at_most_one_each(text: str) -> None:
    room = units(text)
    assert is_gsm(text)
    assert segments(text) == 1 if room <= 160 else -(-room // 153) <= segments(text) <= -(-room // 152)


@given(ANY_TEXT)
def test_units_are_utf16_code_units_outside_gsm(text: str) -> None:
    if not is_gsm(text):
        assert units(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(ANY_TEXT, ANY_TEXT)
def test_a_longer_text_never_costs_less_unless_its_alphabet_changes(first: str, second: str) -> None:
    if is_gsm(first) == is_gsm(first + second):
        assert segments(first + second) >= segments(first)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("“I’m here”", '"I\'m here"'),
        ("now – or — never", "now - or - never"),
        ("wait…", "wait..."),
        ("one\u00a0two", "one two"),
        ("zero\u200bwidth", "zerowidth"),
        ("mamá", "mamá"),
        ("mama\u0301", "mamá"),
        ("😀", "😀"),
    ],
)
def test_tidying_straightens_typography_and_keeps_accents_and_emoji(typed: str, plain: str) -> None:
    assert tidy(typed) == plain


@pytest.mark.parametrize(
    ("text", "shown", "whole"),
    [
        ("mamá y niño", "mama y niño", True),
        ("François", "Francois", True),
        ("½ full", "1/2 full", True),
        ("hi 😀", "hi ", True),
        ("Łukasz", "ukasz", False),
        ("我 am", " am", False),
    ],
)
def test_gsm_look_alikes_tell_when_a_letter_had_none(text: str, shown: str, whole: bool) -> None:
    assert to_gsm(text) == (shown, whole)


@given(ANY_TEXT)
def test_look_alikes_are_always_gsm(text: str) -> None:
    assert is_gsm(to_gsm(text)[0])
