"""The second stage: a small linear model over words, pieces and classes of words; it may raise a tier, never lower one.

A text is seen as a run of words, a long one as its most alarming runs. Each word, each pair of near words, each class
of words (`words.toml`) and each pair of classes has a weight, found by hashing; the sum, divided by the root of how
many there are, is the run's score; the worst run counts. Weights are trained by `smsbot screen --train` on the labelled
set and kept, with the thresholds and the cross-validated figures, in `data/second.json`.
"""

import base64
import json
import math
import zlib
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import accumulate
from typing import Any

from smsbot.safety.normalize import BREAK

SIZE = 32_749
"""How many weights there are: a prime, so that sums of hashes spread over all of them."""
_SMOOTH = 40
_PIECE = 4
_LONGEST = 24
_REACH = 3
_RUN = 28
_STEP = 7
_MOST_RUNS = 3
_MOST_CLASSES = 3
_EDGE = "|"
_NUMBER = "0"

Classes = Mapping[str, tuple[str, ...]]
"""The classes of each word, most telling first."""


@dataclass(frozen=True, eq=False)
class Token:
    """A word as numbers: the places of what it is alone, and what it adds to a pair's place as its first or second."""

    alone: tuple[int, ...]
    first: int
    seconds: tuple[int, ...]
    """As second of a pair, one or two words apart."""
    class_firsts: tuple[int, ...]
    class_seconds: tuple[int, ...]


_NOTHING = Token((), 0, (), (), ())


def _hash(name: str) -> int:
    return zlib.crc32(name.encode("utf-8", "surrogatepass")) % SIZE


def _token(word: str, classes: Classes) -> Token:
    mine = classes.get(word, ())[:_MOST_CLASSES]
    bounded = f"{_EDGE}{word[:_LONGEST]}{_EDGE}"
    pieces = {_hash(f"piece {bounded[at : at + _PIECE]}") for at in range(len(bounded) - _PIECE + 1)}
    return Token(
        alone=(_hash(f"word {word}"), *(_hash(f"class {name}") for name in mine), *sorted(pieces)),
        first=_hash(f"first {word}"),
        seconds=tuple(_hash(f"{apart} on {word}") for apart in range(1, _REACH)),
        class_firsts=tuple(_hash(f"first class {name}") for name in mine),
        class_seconds=tuple(_hash(f"on class {name}") for name in mine),
    )


class Reader:
    """Reads words as tokens; those of words everybody uses are kept, those of any other word are not."""

    def __init__(self, classes: Classes, common: frozenset[str]) -> None:
        self._classes = classes
        self._common = common
        self._kept: dict[str, Token] = {}

    def read(self, words: Iterable[str]) -> list[Token]:
        """The words of a text as tokens; its edges are tokens too."""
        names = [_EDGE, *(_NUMBER if word.isdigit() else word for word in words if word != BREAK), _EDGE]
        known = {name: self._kept.get(name) or self._made(name) for name in set(names)}
        return [known[name] for name in names]

    def _made(self, name: str) -> Token:
        token = _token(name, self._classes)
        if name in self._common:
            self._kept[name] = token
        return token


def places(tokens: Sequence[Token]) -> list[int]:
    """The places of a run of words: of each alone, and of the pairs each makes with the next ones; under 2 * SIZE."""
    row = [*tokens, *[_NOTHING] * _REACH]
    found: list[int] = []
    for at, token in enumerate(tokens):
        found += token.alone
        first, following = token.first, row[at + 1]
        near = [*following.seconds[:1], *following.class_seconds]
        found += [first + second for second in near]
        for apart in range(1, _REACH - 1):
            found += [first + second for second in row[at + 1 + apart].seconds[apart : apart + 1]]
        if token.class_firsts:
            for other in row[at + 2 : at + 1 + _REACH]:
                near += other.class_seconds
            found += [mine + second for mine in token.class_firsts for second in near]
    return found


@dataclass(frozen=True)
class Scale:
    """One question the model answers: its weights (twice over, -127 to 127, times `unit`), and its bias."""

    weights: Sequence[int]
    unit: float
    bias: float

    def score(self, placed: Sequence[int]) -> float:
        """Score of one run of words; 0 is even odds."""
        return self.bias + self.unit * sum(map(self.weights.__getitem__, placed)) * run_value(len(placed))


@dataclass(frozen=True)
class SecondStage:
    """The trained model: how it scores danger and emergency, and the scores from which it raises."""

    danger: Scale
    emergency: Scale
    asks: float
    lists: float
    pages: float
    figures: Mapping[str, Any]

    def tier(self, tokens: Sequence[Token], found: int | None) -> int | None:
        """The tier to raise a finding to, or None: 4 to ask, 3 to list, 1 where both scores are high."""
        runs = [places(run) for run in self._runs(tokens)]
        raised = raise_tier(found, max(map(self.danger.score, runs)), self.asks, self.lists)
        if raised in (2, 3) and max(map(self.emergency.score, runs)) >= self.pages:
            raised = 1
        return raised if raised != found else None

    def _runs(self, tokens: Sequence[Token]) -> list[Sequence[Token]]:
        """The text, or of a long one the runs whose words alone are the most alarming, so that length costs little."""
        if len(tokens) <= _RUN:
            return [tokens]
        weight = self.danger.weights.__getitem__
        alone = {token: sum(map(weight, token.alone)) for token in set(tokens)}
        sums = [0, *accumulate(alone[token] for token in tokens)]
        starts = range(0, len(tokens) - _RUN + _STEP, _STEP)
        worst = nlargest(_MOST_RUNS, starts, key=lambda start: sums[min(start + _RUN, len(tokens))] - sums[start])
        return [tokens[start : start + _RUN] for start in worst]


def raise_tier(found: int | None, danger: float, asks: float, lists: float) -> int | None:
    """The tier after the question of danger alone."""
    if found is not None and found <= 3:
        return found
    if danger >= lists:
        return 3
    return 4 if found is None and danger >= asks else found


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
    return Scale([*weights, *weights], table["unit"], table["bias"])


def parse(text: str) -> SecondStage:
    """Read the model's file. Raises ValueError or KeyError if it cannot be used."""
    table = json.loads(text)
    danger, emergency = _scale(table["danger"]), _scale(table["emergency"])
    return SecondStage(danger, emergency, table["asks"], table["lists"], table["pages"], table["figures"])
