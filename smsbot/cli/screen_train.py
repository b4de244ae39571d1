"""Trains the screen's second stage on the labelled set, the same way every time, and measures it by cross-validation.

1. Each labelled text becomes the places of its words and pairs (`smsbot/safety/second.py`). 2. Each place gets a rate:
how much more often it is found in dangers than in harmless texts, or less, so that telling words are learned first.
3. Four times the weights are trained on three quarters of the files and the texts of the others are scored: no text is
scored by weights that saw its file, so most are scored by weights that never saw its writer. 4. The thresholds are
taken from those scores, so that harmless texts pass them no more often than `ASKS`, `LISTS` and `PAGES` say. 5. All
texts train the final weights.
"""

import json
import math
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from smsbot.cli.screen_measure import DANGERS, Labelled
from smsbot.safety import Context
from smsbot.safety.lexicon import lexicon
from smsbot.safety.normalize import tokens
from smsbot.safety.respell import respell
from smsbot.safety.screening import by_rules
from smsbot.safety.second import SIZE, packed, places, raise_tier, run_value

FOLDS = 4
ASKS, LISTS, PAGES = 0.004, 0.0001, 0.020
"""Shares of the everyday texts the rules leave alone that the second stage may ask about and list; and of the harmless
texts with the words of danger (hard negatives) the rules alarm on that it may call emergencies."""
_TRICKY = frozenset(["idiom", "session_safe", "keep", "stop_en", "stop_es", "stop_pt"])
_WRITER = "_writer_"
"""In the name of a file written by somebody who had seen nothing: measured apart."""
_EPOCHS = 4
_RATE = 0.25
_SPENT = 1e-2
_RARE = 0.1
_BIAS_RATE = 0.02
_SURE = 0.02
_SEED = 1


@dataclass(frozen=True)
class Example:
    """One labelled text as the model sees it."""

    places: tuple[int, ...]
    level: str
    language: str
    source: str
    tier: int | None
    """What the rules alone make of it."""

    @property
    def danger(self) -> bool:
        """True for texts that must be found."""
        return self.level in DANGERS

    @property
    def emergency(self) -> bool:
        """True for texts that must be an emergency."""
        return self.level == "imminent"


Learned = Sequence[tuple[tuple[int, ...], bool]]
"""Places of each text, and whether it is what is asked for."""
Trained = tuple[list[float], float]
"""Weights by place, and the bias."""


def examples(texts: Sequence[Labelled]) -> list[Example]:
    """The texts the model learns from: dangers, and whatever must not alarm."""
    harmless = [*_TRICKY, "everyday"]
    return [_example(one) for one in texts if one.level in DANGERS or one.level in harmless]


def _example(one: Labelled) -> Example:
    readings = respell(tokens(one.text))
    placed = tuple(sorted(places(lexicon().tokens(readings[0]))))
    risk, _ = by_rules(readings, one.text, Context())
    return Example(placed, one.level, one.language, one.source, risk.tier if risk else None)


def _rates(learned: Learned) -> dict[int, float]:
    """How fast the weight of each place is learned: by how unevenly the place is spread over the two kinds of text."""
    ours, others = (
        Counter(place for mine, true in learned if true is kind for place in mine) for kind in (True, False)
    )
    seen = ours.keys() | others.keys()
    many, more = (each.total() + _RARE * len(seen) for each in (ours, others))
    return {
        place: _RATE * abs(math.log((ours[place] + _RARE) / many) - math.log((others[place] + _RARE) / more))
        for place in seen
    }


def train(learned: Learned) -> Trained:
    """Logistic regression by adaptive steps over the examples in a fixed order of chance, but for what is sure."""
    rates, bias = _rates(learned), 0.0
    weights, spent = [0.0] * SIZE, [_SPENT] * SIZE
    order = list(range(len(learned)))
    chance = random.Random(_SEED)
    for _ in range(_EPOCHS):
        chance.shuffle(order)
        for at in order:
            mine, true = learned[at]
            value = run_value(len(mine))
            logit = bias + value * sum([weights[place] for place in mine])
            wrong = 1 / (1 + math.exp(-max(-30.0, min(30.0, logit)))) - true
            bias -= _BIAS_RATE * wrong
            if abs(wrong) < _SURE:
                continue
            step = wrong * value
            square = step * step
            for place in mine:
                spent[place] = total = spent[place] + square
                weights[place] -= rates[place] * step / math.sqrt(total)
    return weights, bias


def _score(trained: Trained, mine: Sequence[int]) -> float:
    weights, bias = trained
    return bias + run_value(len(mine)) * sum([weights[place] for place in mine])


def _folds(known: Sequence[Example]) -> dict[str, int]:
    """The fold of each file: the largest first, each into the fold that has the fewest texts."""
    sizes = Counter(one.source for one in known)
    filled = [0] * FOLDS
    folds = {}
    for source in sorted(sizes, key=lambda source: (-sizes[source], source)):
        folds[source] = fold = filled.index(min(filled))
        filled[fold] += sizes[source]
    return folds


def _cross_scores(known: Sequence[Example], *, emergency: bool) -> list[float]:
    """Score every example by weights that never saw its file."""
    scores = [0.0] * len(known)
    folds = _folds(known)
    for fold in range(FOLDS):
        rest = [(one.places, one.emergency if emergency else one.danger) for one in known if folds[one.source] != fold]
        trained = train(rest)
        for at, one in enumerate(known):
            if folds[one.source] == fold:
                scores[at] = _score(trained, one.places)
    return scores


def _threshold(scores: Sequence[float], share: float) -> float:
    """The score that only `share` of these texts pass; nothing passes if there are none to tell from."""
    ordered = sorted(scores, reverse=True) or [math.inf]
    return round(ordered[int(share * len(ordered))] + 1e-3, 3)


def build(texts: Sequence[Labelled]) -> str:
    """The model's file, made from the labelled texts alone: the same texts and lexicon give the same bytes."""
    known = examples(texts)
    danger, emergency = _cross_scores(known, emergency=False), _cross_scores(known, emergency=True)
    bars = _bars(known, danger, emergency)
    table = {
        "figures": _figures(known, danger, emergency, bars),
        **bars,
        "danger": _final(known, emergency=False),
        "emergency": _final(known, emergency=True),
    }
    return json.dumps(table, indent=1) + "\n"


def _bars(known: Sequence[Example], danger: Sequence[float], emergency: Sequence[float]) -> dict[str, float]:
    """The scores from which the second stage asks, lists and pages."""
    everyday = [danger[at] for at, one in enumerate(known) if one.level == "everyday" and one.tier in (None, 4)]
    alarmed = [emergency[at] for at, one in enumerate(known) if one.level in _TRICKY and one.tier in (2, 3)]
    return {
        "asks": _threshold(everyday, ASKS),
        "lists": _threshold(everyday, LISTS),
        "pages": _threshold(alarmed, PAGES),
    }


def _final(known: Sequence[Example], *, emergency: bool) -> dict[str, Any]:
    weights, bias = train([(one.places, one.emergency if emergency else one.danger) for one in known])
    return {**packed(weights), "bias": round(bias, 6)}


def _figures(
    known: Sequence[Example], danger: Sequence[float], emergency: Sequence[float], bars: dict[str, float]
) -> dict[str, dict[str, float]]:
    """By language and level: tiers by the rules alone, and with a second stage that never saw the text."""
    groups: dict[str, list[tuple[int | None, int | None]]] = {}
    for one, danger_score, emergency_score in zip(known, danger, emergency, strict=True):
        raised = raise_tier(one.tier, danger_score, emergency_score, bars)
        groups.setdefault(f"{one.language} {one.level}", []).append((one.tier, raised))
        if _WRITER in one.source:
            groups.setdefault(f"{one.source} {one.level}", []).append((one.tier, raised))
    return {name: _group(pairs) for name, pairs in sorted(groups.items())}


def _group(pairs: Sequence[tuple[int | None, int | None]]) -> dict[str, float]:
    count = len(pairs)

    def share(place: int, wanted: tuple[int, ...]) -> float:
        return round(sum(pair[place] in wanted for pair in pairs) / count, 4)

    return {
        "texts": count,
        **{f"rules tier {name}": share(0, wanted) for name, wanted in _SHOWN.items()},
        **{f"with second tier {name}": share(1, wanted) for name, wanted in _SHOWN.items()},
    }


_SHOWN = {"1-4": (1, 2, 3, 4), "1-3": (1, 2, 3), "1-2": (1, 2), "1": (1,)}
