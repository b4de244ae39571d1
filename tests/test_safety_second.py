"""The second stage: it raises what the rules leave, never lowers, and is what its training makes of the set."""

import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smsbot.cli.screen_measure import Labelled
from smsbot.cli.screen_train import build
from smsbot.safety import Context, screen
from smsbot.safety.lexicon import lexicon
from smsbot.safety.normalize import tokens
from smsbot.safety.respell import respell
from smsbot.safety.screening import by_rules
from smsbot.safety.second import SIZE, Reader, Scale, SecondStage, packed, parse, places, raise_tier

SOME = ["i", "want", "to", "die", "not", "happy", "with", "my", "dog", "tonight", "pills", "and", "you", "are", "late"]
WORDS = st.lists(st.sampled_from(SOME), max_size=60)
READER = Reader({"pills": ("PILLS",), "die": ("DIE",)}, frozenset(["pills"]))


BARS = {"asks": 1.0, "lists": 2.0, "pages": 3.0}


def stage(danger: float, emergency: float) -> SecondStage:
    """A second stage whose scores are the same for every text."""
    nothing = [0] * SIZE
    return SecondStage(Scale(nothing, 1.0, danger), Scale(nothing, 1.0, emergency), BARS, {})


@settings(max_examples=60, deadline=None)
@given(WORDS)
def test_no_finding_of_the_rules_is_ever_lowered(words: list[str]) -> None:
    text = " ".join(words)
    rules, _ = by_rules(respell(tokens(text)), text, Context())
    found = screen(text).tier
    assert rules is None or (found is not None and found <= rules.tier)


@pytest.mark.parametrize(
    ("danger", "emergency", "found", "raised"),
    [
        (0.0, 9.0, None, None),
        (1.5, 9.0, None, 4),
        (1.5, 9.0, 4, None),
        (2.5, 0.0, None, 3),
        (2.5, 0.0, 4, 3),
        (2.5, 3.5, None, 3),
        (2.5, 3.5, 4, 3),
        (0.0, 3.5, 2, 1),
        (0.0, 3.5, 3, 1),
        (0.0, 0.0, 2, None),
        (9.0, 9.0, 1, None),
    ],
)
def test_the_bars_decide_how_far_a_text_is_raised(
    danger: float, emergency: float, found: int | None, raised: int | None
) -> None:
    assert stage(danger, emergency).tier(READER.read(["a", "b"]), found) == raised


def test_the_model_alone_never_pages() -> None:
    scores = [score / 10 for score in range(60)]
    assert {raise_tier(None, danger, emergency, BARS) for danger in scores for emergency in scores} == {None, 4, 3}


def test_a_long_harmless_text_does_not_hide_a_danger() -> None:
    plain = "we had soup and bread and then a walk along the river with the dog and it was nice to see the leaves"
    danger = "i have been thinking about how much better they would all do without a weight like me here"
    assert screen(danger).tier is not None
    assert screen(f"{plain} {plain} {danger} {plain} {plain}").tier is not None


def test_only_words_everybody_uses_are_kept_in_memory() -> None:
    reader = Reader({}, frozenset(["pills"]))
    first, second = (reader.read(["pills", "hildegard"]) for _ in range(2))
    assert first[1] is second[1]
    assert first[2] is not second[2]


def test_training_is_repeatable_and_reads_back() -> None:
    dangers = [
        Labelled("explicit", "suicide", f"i want to die {word}", "en", True) for word in ["now", "here", "so", "too"]
    ]
    plain = [Labelled("idiom", "", f"i want to eat {word}", "en", True) for word in ["now", "here", "so", "too"]]
    made = build([*dangers, *plain])
    assert made == build([*dangers, *plain])
    danger = parse(made).danger
    scores = [danger.score(places(lexicon().tokens(one.split()))) for one in ("i want to die", "i want to eat")]
    assert scores[0] > 0 > scores[1]


def model(weights: list[float]) -> str:
    """A model's file with the same weights for both questions."""
    row = {**packed(weights), "bias": 0}
    return json.dumps({"danger": row, "emergency": row, "asks": 0, "lists": 0, "pages": 0, "figures": {}})


def test_weights_survive_packing_within_half_a_step() -> None:
    weights = [math.sin(at) for at in range(SIZE)]
    scale = parse(model(weights)).danger
    assert max(abs(weights[at] - scale.weights[at] * scale.unit) for at in range(SIZE)) <= scale.unit / 2 + 1e-9


def test_a_model_of_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match="weights instead of"):
        parse(model([1.0, 2.0]))


def test_the_shipped_model_names_its_cross_validated_figures() -> None:
    second = lexicon().second
    assert second is not None
    figures = second.figures
    for name in ("en explicit", "es explicit", "en implicit", "en elevated"):
        assert figures[name]["with second tier 1-3"] >= figures[name]["rules tier 1-3"]
    assert figures["en everyday"]["with second tier 1-3"] <= figures["en everyday"]["rules tier 1-3"] + 0.001
