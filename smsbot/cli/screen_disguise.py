"""Rewrites a text the ways people (and thumbs) do, so that the screen can be measured on more than clean spelling."""

import random
import unicodedata
from collections.abc import Callable

_LEET = str.maketrans({"i": "1", "e": "3", "o": "0", "a": "4", "s": "5"})
_KEYBOARD = {
    "a": "s", "b": "v", "c": "x", "d": "f", "e": "r", "f": "g", "g": "h", "h": "j", "i": "o", "j": "k", "k": "l",
    "l": "k", "m": "n", "n": "m", "o": "p", "p": "o", "q": "w", "r": "t", "s": "d", "t": "y", "u": "i", "v": "b",
    "w": "e", "x": "z", "y": "u", "z": "x",
}  # fmt: skip
_LOOKALIKES = str.maketrans(dict(zip("aeopcxyi", "аеорсхуі", strict=True)))
_FACES = "😭😔💔🙏😞🥺"
_LONG = 4


def shouted(text: str, rng: random.Random) -> str:
    """All capitals."""
    return text.upper()


def mixed_case(text: str, rng: random.Random) -> str:
    """Capitals at random."""
    return "".join(letter.upper() if rng.random() < 0.5 else letter.lower() for letter in text)


def curly(text: str, rng: random.Random) -> str:
    """Curly apostrophes, as a phone types them."""
    return text.replace("'", "’")


def no_apostrophes(text: str, rng: random.Random) -> str:
    """Apostrophes left out."""
    return text.replace("'", "").replace("’", "")


def split_apostrophes(text: str, rng: random.Random) -> str:
    """Apostrophes turned to spaces: "don t"."""
    return text.replace("'", " ").replace("’", " ")


def stretched(text: str, rng: random.Random) -> str:
    """A letter of one longer word repeated: "diiie"."""
    return _on_word(text, rng, lambda word: _stretch(word, rng), shortest=3)


def leet(text: str, rng: random.Random) -> str:
    """Digits for letters in one longer word."""
    return _on_word(text, rng, lambda word: word.translate(_LEET))


def spaced(text: str, rng: random.Random) -> str:
    """One longer word written with spaces between its letters."""
    return _on_word(text, rng, " ".join)


def zero_width(text: str, rng: random.Random) -> str:
    """Invisible characters inside one longer word."""
    return _on_word(text, rng, "\u200b".join)


def lookalikes(text: str, rng: random.Random) -> str:
    """Letters of another alphabet that look the same, in one longer word."""
    return _on_word(text, rng, lambda word: word.translate(_LOOKALIKES))


def emoji(text: str, rng: random.Random) -> str:
    """Faces between two words and at the end."""
    words = text.split(" ")
    words.insert(rng.randrange(len(words) + 1), rng.choice(_FACES))
    return " ".join(words) + rng.choice(_FACES) * 3


def no_accents(text: str, rng: random.Random) -> str:
    """Accents left out."""
    marks = unicodedata.normalize("NFD", text)
    return "".join(mark for mark in marks if not unicodedata.combining(mark))


def run_on(text: str, rng: random.Random) -> str:
    """One space left out."""
    places = [at for at, letter in enumerate(text) if letter == " "]
    if not places:
        return text
    at = rng.choice(places)
    return text[:at] + text[at + 1 :]


def typo(text: str, rng: random.Random) -> str:
    """One mistake in one longer word: a letter left out, doubled, replaced by its neighbor, or two swapped."""
    return _on_word(text, rng, lambda word: _mistyped(word, rng))


def _stretch(word: str, rng: random.Random) -> str:
    place = rng.randrange(1, len(word))
    return word[:place] + word[place] * 3 + word[place:]


def _mistyped(word: str, rng: random.Random) -> str:
    place = rng.randrange(1, len(word) - 1)
    ways = (
        word[:place] + word[place + 1 :],
        word[:place] + word[place] + word[place:],
        word[:place] + _KEYBOARD.get(word[place], "e") + word[place + 1 :],
        word[:place] + word[place + 1] + word[place] + word[place + 2 :],
    )
    return rng.choice(ways)


def _on_word(text: str, rng: random.Random, change: Callable[[str], str], shortest: int = _LONG) -> str:
    words = text.split(" ")
    places = [place for place, word in enumerate(words) if len(word) >= shortest and word.isalpha() and word.isascii()]
    if not places:
        return text
    place = rng.choice(places)
    words[place] = change(words[place])
    return " ".join(words)


DISGUISES: dict[str, Callable[[str, random.Random], str]] = {
    "shouted": shouted,
    "mixed case": mixed_case,
    "curly": curly,
    "no apostrophes": no_apostrophes,
    "split apostrophes": split_apostrophes,
    "stretched": stretched,
    "leet": leet,
    "spaced": spaced,
    "zero-width": zero_width,
    "look-alikes": lookalikes,
    "emoji": emoji,
    "no accents": no_accents,
    "one space missing": run_on,
    "one typo": typo,
}
"""Every way to rewrite a text; splitting over two texts is not one, because it makes two."""


def halves(text: str, rng: random.Random) -> tuple[str, str]:
    """The text cut at a space near its middle, as two texts sent one after the other."""
    words = text.split(" ")
    at = max(1, min(len(words) - 1, len(words) // 2 + rng.choice((-1, 0, 1))))
    return " ".join(words[:at]), " ".join(words[at:])
