"""Trains the screen's second stage on the labelled set, the same way every time, and measures it by cross-validation.

1. Each labelled text becomes the places of its words and pairs (`smsbot/safety/second.py`). 2. Five times, four fifths
of the texts (by hash) train the weights and the last fifth is scored. 3. The thresholds are taken from those scores, so
that harmless texts pass them no more often than `ASKS`, `LISTS` and `PAGES` say. 4. All texts train the final weights.
"""

import hashlib
import json
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from smsbot.cli.screen_measure import DANGERS, Labelled
from smsbot.safety import Context
from smsbot.safety.lexicon import LEXICON
from smsbot.safety.normalize import tokens
from smsbot.safety.respell import respell
from smsbot.safety.screening import by_rules
from smsbot.safety.second import SIZE, packed, places, raise_tier, run_value

FOLDS = 5
ASKS, LISTS, PAGES = 0.030, 0.020, 0.010
"""Shares of the harmless texts the rules leave alone that the second stage may ask about, list, and page for."""
_EVERYDAY_ASKS, _EVERYDAY_LISTS = 0.006, 0.001
"""The same of ordinary texts."""
_HARMLESS = frozenset(["idiom", "session_safe", "keep", "stop_en", "stop_es", "stop_pt"])
_EPOCHS = 8
_RATE = 0.5
_DECAY = 1e-4
_BIAS_RATE = 0.02
_SEED = 1


@dataclass(frozen=True)
class Example:
    """One labelled text as the model sees it."""

    places: tuple[int, ...]
    level: str
    language: str
    fold: int
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


Trained = tuple[list[float], float]
"""Weights by place, and the bias."""


def examples(texts: Sequence[Labelled]) -> list[Example]:
    """The texts the model learns from: dangers, and whatever must not alarm."""
    harmless = [*_HARMLESS, "everyday"]
    return [_example(one) for one in texts if one.level in DANGERS or one.level in harmless]


def _example(one: Labelled) -> Example:
    readings = respell(tokens(one.text))
    placed = tuple(place % SIZE for place in places(LEXICON.tokens(readings[0])))
    risk, _ = by_rules(readings, one.text, Context())
    fold = hashlib.sha256(one.text.encode()).digest()[1] % FOLDS
    return Example(placed, one.level, one.language, fold, risk.tier if risk else None)


def train(learned: Sequence[tuple[tuple[int, ...], bool]]) -> Trained:
    """Logistic regression by adaptive steps over the examples in a fixed order of chance."""
    weights, spent, bias = [0.0] * SIZE, [1e-2] * SIZE, 0.0
    order = list(range(len(learned)))
    chance = random.Random(_SEED)
    for _ in range(_EPOCHS):
        chance.shuffle(order)
        for at in order:
            mine, true = learned[at]
            value = run_value(len(mine))
            logit = bias + value * sum([weights[place] for place in mine])
            wrong = 1 / (1 + math.exp(-max(-30.0, min(30.0, logit)))) - true
            step = wrong * value
            for place in mine:
                slope = step + _DECAY * weights[place]
                spent[place] += slope * slope
                weights[place] -= _RATE * slope / math.sqrt(spent[place])
            bias -= _BIAS_RATE * wrong
    return weights, bias


def _score(trained: Trained, mine: Sequence[int]) -> float:
    weights, bias = trained
    return bias + run_value(len(mine)) * sum([weights[place] for place in mine])


def _cross_scores(known: Sequence[Example], *, emergency: bool) -> list[float]:
    """Score every example by weights that never saw its fold."""
    scores = [0.0] * len(known)
    for fold in range(FOLDS):
        rest = [(one.places, one.emergency if emergency else one.danger) for one in known if one.fold != fold]
        trained = train(rest)
        for at, one in enumerate(known):
            if one.fold == fold:
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
    silent = [one.tier is None or one.tier > 3 for one in known]
    tricky = [at for at, one in enumerate(known) if one.level in _HARMLESS and silent[at]]
    everyday = [danger[at] for at, one in enumerate(known) if one.level == "everyday" and silent[at]]
    harmless = [danger[at] for at in tricky]
    bars = {
        "asks": max(_threshold(harmless, ASKS), _threshold(everyday, _EVERYDAY_ASKS)),
        "lists": max(_threshold(harmless, LISTS), _threshold(everyday, _EVERYDAY_LISTS)),
        "pages": _threshold([emergency[at] for at in tricky], PAGES),
    }
    table = {
        "figures": _figures(known, danger, emergency, bars),
        **bars,
        "danger": _final(known, emergency=False),
        "emergency": _final(known, emergency=True),
    }
    return json.dumps(table, indent=1) + "\n"


def _final(known: Sequence[Example], *, emergency: bool) -> dict[str, Any]:
    weights, bias = train([(one.places, one.emergency if emergency else one.danger) for one in known])
    return {**packed(weights), "bias": round(bias, 6)}


def _figures(
    known: Sequence[Example], danger: Sequence[float], emergency: Sequence[float], bars: dict[str, float]
) -> dict[str, dict[str, float]]:
    """By language and level: tiers by the rules alone, and with a second stage that never saw the text."""
    groups: dict[str, list[tuple[int | None, int | None]]] = {}
    for one, danger_score, emergency_score in zip(known, danger, emergency, strict=True):
        raised = _raised(one.tier, danger_score, emergency_score, bars)
        groups.setdefault(f"{one.language} {one.level}", []).append((one.tier, raised))
    return {name: _group(pairs) for name, pairs in sorted(groups.items())}


def _raised(tier: int | None, danger: float, emergency: float, bars: dict[str, float]) -> int | None:
    """The tier after the second stage, as `SecondStage.tier` decides it."""
    raised = raise_tier(tier, danger, bars["asks"], bars["lists"])
    return 1 if raised in (2, 3) and emergency >= bars["pages"] else raised


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
