"""Many patterns at once: the same answer as one after another, for every vocabulary and any text."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smsbot.answers import topic, vocabulary_topics, vocabulary_topics_built, vocabulary_topics_life
from smsbot.answers import vocabulary_kinds as kinds
from smsbot.answers.patterns import Patterns, alternatives
from smsbot.answers.topics import TOPICS

PLACES = (vocabulary_topics, vocabulary_topics_built, vocabulary_topics_life, kinds)
SOURCES = [
    source
    for place in PLACES
    for found in vars(place).values()
    if isinstance(found, tuple)
    for source in found
    if isinstance(source, str) and "\\b" in source
]
WORDS = sorted({word for source in SOURCES for word in re.findall(r"[a-z]{2,}", source)} | {"i", "a"})
TOGETHER = Patterns(SOURCES)
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)


@settings(deadline=None)
@given(TEXTS)
def test_patterns_find_together_what_one_of_them_finds_alone(text: str) -> None:
    assert TOGETHER.found(text) == any(re.search(source, text) for source in SOURCES)


@settings(deadline=None)
@given(st.sampled_from(SOURCES), TEXTS)
def test_an_expression_is_its_alternatives(source: str, text: str) -> None:
    parts = list(alternatives(source))
    assert "|".join(parts) == source
    assert bool(re.search(source, text)) == any(re.search(part, text) for part in parts)


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        ("a|b", ["a", "b"]),
        (r"^(?:a|b)c|\bd", ["^(?:a|b)c", r"\bd"]),
        (r"[|(]|\||x", ["[|(]", r"\|", "x"]),
        ("", [""]),
    ],
)
def test_alternatives_are_parted_outside_groups_sets_and_escapes_only(source: str, parts: list[str]) -> None:
    assert list(alternatives(source)) == parts


def test_every_topic_is_found_by_what_its_own_patterns_find() -> None:
    assert {topic(text) for text in ("my dog died", "how much does it cost", "I walked by the water")} == {
        "grief",
        "cost",
        None,
    }
    assert len(TOPICS) > 10
