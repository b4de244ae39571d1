"""Turns raw tokens into known words: letters spaced out are joined, words cut in two are mended, disguises are read."""

import re
from collections.abc import Iterator

from smsbot.safety.lexicon import lexicon
from smsbot.safety.normalize import BREAK

_CUT_BEFORE_T = """don doesn didn can won isn wasn aren weren couldn wouldn shouldn haven hasn hadn ain"""
_ENDINGS = {
    "t": frozenset(_CUT_BEFORE_T.split(" ")),
    "m": frozenset({"i"}),
    "ve": frozenset({"i", "you", "we", "they"}),
    "ll": frozenset({"i", "you", "he", "she", "they", "we", "it"}),
    "re": frozenset({"you", "they", "we"}),
}
_ILL = "ill"
_BEING = (
    """am im is are was were been be feel feeling felt get getting got fell so very mentally terminally seriously"""
)
_BEFORE_ILL = frozenset(_BEING.split(" "))
_FEWEST_LETTERS = 3
_SHORTEST_MENDED = 4
_LETTERS_AT_ONCE = 120
_REACH = 24
"""How many words around a mistyped one are read again; no rule spans more."""
_CUT = "..."
"""A word nobody knows, where a sentence is cut."""
_SPACED = re.compile(r"(?:^| )[^ ] [^ ] [^ ](?= |$)")


def respell(tokens: list[str]) -> list[list[str]]:
    """Return the words a row of raw tokens stands for; BREAK tokens stay.

    There is more than one reading only if a token is a mistyping of more than one word; the first is the likeliest.
    """
    joined = list(_joined_letters(tokens)) if _SPACED.search(" ".join(tokens)) else tokens
    mended = _i_will(list(_mended(joined)) if _may_be_cut(joined) else joined)
    unknown = set(mended).difference(lexicon().speller.sure, (BREAK,))
    if not unknown:
        return [mended]
    readings = max(map(lexicon().speller.readings, unknown))
    first = _read(mended, 0)
    return [first, *(_changed(first, _read(mended, reading)) for reading in range(1, readings))]


def _changed(first: list[str], other: list[str]) -> list[str]:
    """The sentences of another reading as far as they differ from the first; the rest needs no second look."""
    pairs = zip(_sentences(first), _sentences(other), strict=False)
    return [word for one, two in pairs if one != two for word in (*_around(one, two), BREAK)]


def _around(one: list[str], two: list[str]) -> list[str]:
    """The words of a long sentence near those that differ; at a cut it neither begins nor ends."""
    places = [at for at, word in enumerate(two) if at >= len(one) or word != one[at]]
    if len(one) != len(two) or len(two) <= 2 * _REACH:
        return two
    start, end = max(0, places[0] - _REACH), places[-1] + _REACH + 1
    return [*([BREAK] if start else ()), *two[start:end], *([_CUT] if end < len(two) else ())]


def _sentences(words: list[str]) -> Iterator[list[str]]:
    sentence: list[str] = []
    for word in words:
        if word == BREAK:
            yield sentence
            sentence = []
        else:
            sentence.append(word)
    yield sentence


def _read(tokens: list[str], reading: int) -> list[str]:
    words: list[str] = []
    repaired: dict[str, list[str]] = {BREAK: [BREAK]}
    for token in tokens:
        if token not in repaired:
            repaired[token] = lexicon().speller.repair(token, reading)
        words += repaired[token]
    return words


def _joined_letters(tokens: list[str]) -> Iterator[str]:
    """Join runs of single letters ("k i l l") into the words they spell, where they spell known words."""
    run: list[str] = []
    for token in tokens:
        if len(token) == 1 and token != BREAK:
            run.append(token)
            continue
        yield from _spelled(run)
        run = []
        yield token
    yield from _spelled(run)


def _spelled(run: list[str]) -> list[str]:
    if len(run) < _FEWEST_LETTERS:
        return run
    words: list[str] = []
    for at in range(0, len(run), _LETTERS_AT_ONCE):
        part = run[at : at + _LETTERS_AT_ONCE]
        letters = "".join(part)
        split = [letters] if letters in lexicon().speller.known else lexicon().speller.split(letters)
        words.extend(split if split and any(len(word) >= _FEWEST_LETTERS for word in split) else part)
    return words


def _may_be_cut(tokens: list[str]) -> bool:
    """Whether a space may have cut a word in two: only then is there anything to mend."""
    words = set(tokens)
    return not lexicon().speller.known.issuperset(words - {BREAK}) or not _ENDINGS.keys().isdisjoint(words)


def _mended(tokens: list[str]) -> Iterator[str]:
    """Put together a contraction or a key word that a space has cut in two."""
    known = lexicon().speller.known
    doubtful = {token for token in set(tokens) if token not in known or token in _ENDINGS}
    at = 0
    while at < len(tokens):
        token = tokens[at]
        following = tokens[at + 1] if at + 1 < len(tokens) else ""
        if following and (token in doubtful or following in doubtful) and _one_word(token, following):
            at += 1
            token = token + ("'" if following in _ENDINGS else "") + following
        yield token
        at += 1


def _i_will(tokens: list[str]) -> list[str]:
    """Read "ill" as "i will", which phones write without the apostrophe, except where somebody is ill."""
    if _ILL not in tokens:
        return tokens
    words: list[str] = []
    for at, token in enumerate(tokens):
        if token != _ILL or (at and tokens[at - 1] in _BEFORE_ILL) or at + 1 == len(tokens):
            words.append(token)
        else:
            words.extend(("i", "will"))
    return words


def _one_word(first: str, second: str) -> bool:
    if second in _ENDINGS and first in _ENDINGS[second]:
        return True
    if first in lexicon().speller.known and second in lexicon().speller.known:
        return False
    joined = first + second
    return len(joined) >= _SHORTEST_MENDED and joined in lexicon().speller.keys
