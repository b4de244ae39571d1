"""The second stage: a small linear model over words, pieces and classes of words; it may raise a tier, never lower one.

A text is seen as overlapping runs of words. Each word, each pair of near words, each class of words (`words.toml`) and
each pair of classes has a weight, found by hashing; the sum, divided by the root of how many there are, is the run's
score, and the text's score is that of its worst run. Weights are trained by `smsbot screen --train` on the labelled
set and kept, with the thresholds and the cross-validated figures, in `data/second.json`.
"""

import base64
import json
import math
import zlib
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from smsbot.safety.normalize import BREAK

SIZE = 32_749
"""How many weights there are: a prime, so that sums of hashes spread over all of them."""
_SMOOTH = 40
_PIECE = 4
_REACH = 4
_RUN = 28
_STEP = 7
_MOST_CLASSES = 3
_EDGE = "|"
_NUMBER = "0"

Classes = Mapping[str, tuple[str, ...]]
"""The classes of each word, most telling first."""


@dataclass(frozen=True)
class Token:
    """A word as numbers: the places of what it is alone, and what it adds to a pair's place as its first or second."""

    alone: tuple[int, ...]
    first: int
    seconds: tuple[int, ...]
    """As second of a pair, one, two or three words apart."""
    class_firsts: tuple[int, ...]
    class_seconds: tuple[int, ...]


_NOTHING = Token((), 0, (), (), ())


def _hash(name: str) -> int:
    return zlib.crc32(name.encode("utf-8", "surrogatepass")) % SIZE


def _token(word: str, classes: Classes) -> Token:
    mine = classes.get(word, ())[:_MOST_CLASSES]
    bounded = f"{_EDGE}{word}{_EDGE}"
    pieces = {_hash(f"piece {bounded[at : at + _PIECE]}") for at in range(len(bounded) - _PIECE + 1)}
    return Token(
        alone=(_hash(f"word {word}"), *(_hash(f"class {name}") for name in mine), *sorted(pieces)),
        first=_hash(f"first {word}"),
        seconds=tuple(_hash(f"{apart} on {word}") for apart in range(1, _REACH)),
        class_firsts=tuple(_hash(f"first class {name}") for name in mine),
        class_seconds=tuple(_hash(f"on class {name}") for name in mine),
    )


def places(words: Sequence[str], classes: Classes) -> list[list[int]]:
    """For each word (the edges of the text are words too) the places of it and of its pairs; each under 2 * SIZE."""
    known: dict[str, Token] = {}
    tokens: list[Token] = []
    for word in (_EDGE, *(word for word in words if word != BREAK), _EDGE):
        name = _NUMBER if word.isdigit() else word
        token = known.get(name)
        if token is None:
            token = known[name] = _token(name, classes)
        tokens.append(token)
    tokens += [_NOTHING] * _REACH
    return [_placed(tokens, at) for at in range(len(tokens) - _REACH)]


def _placed(tokens: Sequence[Token], at: int) -> list[int]:
    """The places of one word: alone, its pairs with the next three words, and its classes' pairs with the next four."""
    token, following, *later = tokens[at : at + 1 + _REACH]
    first = token.first
    found = [*token.alone, *(first + second for second in (*following.seconds[:1], *following.class_seconds))]
    for apart, other in enumerate(later[: _REACH - 2], 1):
        found += [first + second for second in other.seconds[apart : apart + 1]]
    if token.class_firsts:
        seconds = [*following.seconds[:1], *following.class_seconds]
        for other in later:
            seconds += other.class_seconds
        found += [mine + second for mine in token.class_firsts for second in seconds]
    return found


@dataclass(frozen=True)
class Scale:
    """One question the model answers: weights (twice over, -127 to 127, in steps of `unit`) and the score of nothing."""

    weights: Sequence[int]
    unit: float
    bias: float

    def score(self, placed: Sequence[Sequence[int]]) -> float:
        """Score of the worst run of words; 0 is even odds."""
        weights = self.weights
        sums = [0, *accumulate(sum([weights[place] for place in each]) for each in placed)]
        counts = [0, *accumulate(map(len, placed))]
        last = len(placed)
        runs = ((start, min(start + _RUN, last)) for start in range(0, max(1, last - _RUN + _STEP), _STEP))
        return self.bias + self.unit * max(
            (sums[end] - sums[start]) * run_value(counts[end] - counts[start]) for start, end in runs
        )


@dataclass(frozen=True)
class SecondStage:
    """The trained model: how it scores danger and emergency, and the scores from which it raises."""

    danger: Scale
    emergency: Scale
    asks: float
    lists: float
    pages: float
    figures: Mapping[str, Any]

    def tier(self, placed: Sequence[Sequence[int]], found: int | None) -> int | None:
        """The tier to raise a finding to, or None: 4 to ask, 3 to list, 1 where both scores are high."""
        danger = self.danger.score(placed)
        raised = raise_tier(found, danger, self.asks, self.lists)
        if raised is not None and raised in (2, 3) and self.emergency.score(placed) >= self.pages:
            raised = 1
        return raised if raised != found else None


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
    return Scale(weights + weights, table["unit"], table["bias"])


def parse(text: str) -> SecondStage:
    """Read the model's file. Raises ValueError or KeyError if it cannot be used."""
    table = json.loads(text)
    danger, emergency = _scale(table["danger"]), _scale(table["emergency"])
    return SecondStage(danger, emergency, table["asks"], table["lists"], table["pages"], table["figures"])
