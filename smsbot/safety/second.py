"""The second stage: a small linear model over words, pieces and pairs of words; it may raise a tier, never lower one.

A text is seen as a run of words, a long one as its most alarming runs. Each word, each of its classes (`words.toml`),
each piece of four letters and each pair of words one or two apart has a weight, found by hashing; the sum, divided by
the root of how many different ones there are, is the run's score; the worst run counts. Weights are trained by
`smsbot screen --train` on the labelled set and kept, with the thresholds and the cross-validated figures, in
`data/second.json`.
"""

import base64
import json
import math
import zlib
from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import accumulate, pairwise
from typing import Any

from smsbot.safety.normalize import BREAK

SIZE = 131_071
"""How many weights there are: a prime, so that sums of hashes spread over all of them."""
_SMOOTH = 40
_PIECE = 4
_LONGEST = 24
_RUN = 28
_STEP = 7
_MOST_RUNS = 3
_MOST_CLASSES = 3
_MOST_KEPT = 2_000
_EDGE = "|"
_SILENT = (None, 4)
"""What the rules do not alarm on."""
_NUMBER = "0"

Classes = Mapping[str, tuple[str, ...]]
"""The classes of each word, most telling first."""

Token = tuple[tuple[int, ...], int, int, int]
"""A word as numbers: the places of what it is alone; what it adds to a pair's place as its first word, as the second
word next to the first, and as the second word one further on."""


def _hash(name: str) -> int:
    return zlib.crc32(name.encode("utf-8", "surrogatepass")) % SIZE


def _token(word: str, classes: Classes) -> Token:
    mine = classes.get(word, ())[:_MOST_CLASSES]
    bounded = f"{_EDGE}{word[:_LONGEST]}{_EDGE}"
    pieces = {_hash(f"piece {bounded[at : at + _PIECE]}") for at in range(len(bounded) - _PIECE + 1)}
    alone = (_hash(f"word {word}"), *(_hash(f"class {name}") for name in mine), *sorted(pieces))
    return alone, _hash(f"first {word}"), _hash(f"1 on {word}"), _hash(f"2 on {word}")


class Reader:
    """Reads words as tokens; those of words everybody uses are kept, as many as are worth it; no others are."""

    def __init__(self, classes: Classes, common: frozenset[str]) -> None:
        self._classes = classes
        self._common = common
        self._kept: dict[str, Token] = {}

    def read(self, words: Iterable[str]) -> list[Token]:
        """The words of a text as tokens; its edges are tokens too."""
        row = [word for word in words if word != BREAK]
        known = {word: self._read(word) for word in set(row)}
        edge = self._read(_EDGE)
        return [edge, *[known[word] for word in row], edge]

    def _read(self, word: str) -> Token:
        name = _NUMBER if word.isdigit() else word
        return self._kept.get(name) or self._made(name)

    def _made(self, name: str) -> Token:
        token = _token(name, self._classes)
        if name in self._common and len(self._kept) < _MOST_KEPT:
            self._kept[name] = token
        return token


def places(tokens: Sequence[Token]) -> set[int]:
    """The places of a run of words: of each alone, and of the pairs each makes with the next two; under SIZE."""
    found = {place for token in tokens for place in token[0]}
    found.update([(one[1] + two[2]) % SIZE for one, two in pairwise(tokens)])
    found.update([(one[1] + two[3]) % SIZE for one, two in zip(tokens, tokens[2:], strict=False)])
    return found


@dataclass(frozen=True)
class Scale:
    """One question the model answers: its weights (-127 to 127, times `unit`), and its bias."""

    weights: Sequence[int]
    unit: float
    bias: float

    def score(self, placed: Collection[int]) -> float:
        """Score of one run of words; 0 is even odds."""
        return self.bias + self.unit * sum(map(self.weights.__getitem__, placed)) * run_value(len(placed))


@dataclass(frozen=True)
class SecondStage:
    """The trained model: how it scores danger and emergency, and the scores from which it raises (`raise_tier`)."""

    danger: Scale
    emergency: Scale
    bars: Mapping[str, float]
    figures: Mapping[str, Any]

    def tier(self, tokens: Sequence[Token], found: int | None) -> int | None:
        """The tier to raise a finding to, or None."""
        if found == 1:
            return None
        runs = [places(run) for run in self._runs(tokens)]
        asked = self.danger if found in _SILENT else self.emergency
        worst = max(map(asked.score, runs))
        raised = raise_tier(found, worst, worst, self.bars)
        return raised if raised != found else None

    def _runs(self, tokens: Sequence[Token]) -> list[Sequence[Token]]:
        """The text, or of a long one the runs whose words alone are the most alarming, so that length costs little."""
        if len(tokens) <= _RUN:
            return [tokens]
        weight = self.danger.weights.__getitem__
        # A word said twice is the same object, and to compare those is quicker than what is in them.
        each = {id(token): token for token in tokens}
        alone = {one: sum(map(weight, token[0])) for one, token in each.items()}
        sums = [0, *accumulate([alone[id(token)] for token in tokens])]
        starts = range(0, len(tokens) - _RUN + _STEP, _STEP)
        worst = nlargest(_MOST_RUNS, starts, key=lambda start: sums[min(start + _RUN, len(tokens))] - sums[start])
        return [tokens[start : start + _RUN] for start in worst]


def raise_tier(found: int | None, danger: float, emergency: float, bars: Mapping[str, float]) -> int | None:
    """The tier of a text after both questions.

    What the rules do not alarm on becomes 4 to ask, or 3 to list; what they do becomes 1. The model alone never pages.
    """
    if found not in _SILENT:
        return 1 if emergency >= bars["pages"] else found
    if danger >= bars["lists"]:
        return 3
    return 4 if danger >= bars["asks"] else found


def run_value(count: int) -> float:
    """What each place of a run of `count` places adds to the score, so that training and use agree."""
    return 1 / math.sqrt(count + _SMOOTH)


def packed(weights: Sequence[float]) -> dict[str, Any]:
    """Weights as compact data: whole steps of the largest, compressed."""
    unit = max(map(abs, weights)) / 127 or 1.0
    steps = array("b", [round(weight / unit) for weight in weights])
    return {"unit": unit, "weights": base64.b85encode(zlib.compress(steps.tobytes(), 9)).decode()}


def _scale(table: Mapping[str, Any]) -> Scale:
    weights = array("b", zlib.decompress(base64.b85decode(table["weights"])))
    if len(weights) != SIZE:
        raise ValueError(f"{len(weights)} weights instead of {SIZE}")
    return Scale(weights, table["unit"], table["bias"])


def parse(text: str) -> SecondStage:
    """Read the model's file. Raises ValueError or KeyError if it cannot be used."""
    table = json.loads(text)
    bars = {name: float(table[name]) for name in ("asks", "lists", "pages")}
    return SecondStage(_scale(table["danger"]), _scale(table["emergency"]), bars, table["figures"])
