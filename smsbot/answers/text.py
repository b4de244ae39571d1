"""Folds what people type (any script's digits, accents, curly quotes, emoji) into plain tokens."""

import re
import unicodedata
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

LONGEST = 800  # characters; an answer is read from its beginning, a journal page holds no second one

_QUOTES = dict.fromkeys(map(ord, "‘’‛ʼ´`′"), "'") | dict.fromkeys(map(ord, "“”„«»″"), '"')
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―"), " - ") | {0x2212: "-"}
_SPECIAL = {0x1F51F: " 10 ", 0x00BD: " half ", 0x2665: " ", 0x2764: " "}
_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
_TABLE = _QUOTES | _DASHES | _SPECIAL
_HEARTS = re.compile(r"<+3+\b")  # "<3" is a heart, not a three

_TOKEN = re.compile(
    r"""(?P<clock>\d{1,2}[:h]\d{2}(?!\d))
      | (?P<mixed>\d+[^\W\d_][^\W_]*|[^\W\d_]+\d[^\W_]*)
      | (?P<big>\d{1,3}(?:,\d{3})+(?!\d))
      | (?P<decimal>\d+[.,]\d(?!\d))
      | (?P<digits>\d+)
      | (?P<word>[^\W\d_]+)
      | (?P<mark>\S|\n)""",
    re.VERBOSE,
)
# What thumbs leave out inside a sentence ("prefiero q no"); alone, "q", "x" and "d" are letters.
_SHORTENED = {
    "q": "que",
    "xfa": "porfa",
    "x": "por",
    "xq": "porque",
    "pq": "porque",
    "d": "de",
    "ps": "pues",
    "pos": "pues",
}
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_ISH = re.compile(r"(\d+)(?:ish+|pts?)")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th|o|a|ro|do|er|ra|da|to|ta)")

Kind = Literal["word", "number", "ordinal", "mark", "other"]


@dataclass(frozen=True)
class Token:
    """One piece of a folded text; `value` is set for numbers and ordinals, `start`/`end` index the folded text."""

    kind: Kind
    text: str
    start: int
    end: int
    value: float | None = None
    spelled: bool = False


def _character(char: str) -> str:
    """One character folded: digits of any script to ASCII, letters to lower case, the rest to a space."""
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    category = unicodedata.category(char)
    if category == "No":
        value = unicodedata.digit(char, None)
        return f" {value} " if value is not None and unicodedata.decomposition(char).startswith("<circle>") else " "
    if category in {"Mn", "Me", "Mc", "Cf"}:
        return ""
    if char == "\n":
        return "\n"
    if category[0] in "CZ":
        return " "
    if category[0] != "L":
        return char
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


@lru_cache(maxsize=16)
def fold(text: str) -> str:
    """Lower case, no accents, ASCII digits and quotes, single spaces; emoji stay. Never longer than a page.

    The last few are remembered: one text is folded a dozen times within its turn.
    """
    plain = text[:LONGEST].translate(_TABLE)
    plain = _CONTROLS.sub(" ", plain).lower() if plain.isascii() else "".join(map(_character, plain))
    plain = _HEARTS.sub(" ", plain)
    plain = re.sub(r"(?<=[^\W\d_])'(?=[^\W\d_])", "", plain)  # don't -> dont
    return re.sub(r"[^\S\n]+", " ", plain).strip()


def inner(folded: str) -> str:
    """A folded text without the emoji and marks around it."""
    return _EDGES.sub("", folded)


@lru_cache(maxsize=16)
def words(text: str) -> tuple[str, ...]:
    """The folded words and digit groups of a text, without punctuation or emoji; inside a sentence "q" is "que"."""
    found = re.findall(r"[^\W_]+", fold(text))
    return tuple(map(in_full, found)) if len(found) > 1 else tuple(found)


def in_full(word: str) -> str:
    """A word inside a sentence as it is spelled elsewhere ("xfa" is "porfa")."""
    return _SHORTENED.get(word, word)


def bare(text: str) -> str:
    """The folded words joined by single spaces: what "the whole body is exactly X" compares."""
    return " ".join(words(text))


def has_word(text: str) -> bool:
    """Is there anything to read, that is a letter or digit of any script?"""
    return bool(words(text))


def _token(match: re.Match[str]) -> Token:
    """The token of one match, with the value of anything that is a number."""
    kind, text = match.lastgroup, match.group()
    start, end = match.span()
    if kind == "digits":
        return Token("number", text, start, end, float(text[:9]))
    if kind == "big":
        return Token("number", text, start, end, float(text.replace(",", "")[:9]))
    if kind == "decimal":
        return Token("number", text, start, end, float(text.replace(",", ".")[-9:]))
    if kind == "mixed":
        return _mixed(text, start, end)
    if kind == "clock":
        return Token("other", text, start, end)
    return Token("word" if kind == "word" else "mark", text, start, end)


def _mixed(text: str, start: int, end: int) -> Token:
    """Digits grown together with letters: "7ish" is a number, "2nd" an ordinal, "gr8" and "7pm" are neither."""
    if match := _ISH.fullmatch(text):
        return Token("number", text, start, end, float(match[1][:9]))
    if match := _ORDINAL.fullmatch(text):
        return Token("ordinal", text, start, end, float(match[1][:9]))
    return Token("other", text, start, end)


def tokens(text: str) -> list[Token]:
    """The tokens of a text, folded first; positions refer to `fold(text)`."""
    return [_token(match) for match in _TOKEN.finditer(fold(text))]


def windows(items: Sequence[str], size: int) -> Iterator[tuple[str, ...]]:
    """Every run of `size` neighbours."""
    return (tuple(items[i : i + size]) for i in range(len(items) - size + 1))


def trimmed(items: Sequence[str], fillers: Container[str]) -> tuple[str, ...]:
    """The words without fillers at either end."""
    first, last = 0, len(items)
    while first < last and items[first] in fillers:
        first += 1
    while last > first and items[last - 1] in fillers:
        last -= 1
    return tuple(items[first:last])


def one_slip(typed: str, meant: str) -> bool:
    """One letter more, fewer, other, or two swapped, after the same first letter."""
    if typed[0] != meant[0] or len(meant) < 5 or abs(len(typed) - len(meant)) > 1:
        return False
    shared = _shared(typed, meant)
    a, b = typed[shared:], meant[shared:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[:2][::-1] and a[2:] == b[2:])


def _shared(a: str, b: str) -> int:
    """How many first letters two words share."""
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
