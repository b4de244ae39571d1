"""The same words however they are typed."""

import random

import pytest

from smsbot.cli.screen_disguise import DISGUISES, halves
from smsbot.safety import screen
from smsbot.safety.lexicon import lexicon
from smsbot.safety.normalize import fold, tokens
from smsbot.safety.respell import respell


@pytest.mark.parametrize(
    "text",
    [
        "I WANT TO DIE",
        "i w a n t  t o  d i e",
        "i want to d.i.e",
        "i w4nt t0 d1e",
        "i want to diiiie",
        "i wnat to die",
        "iwanttodie",
        "i wаnt to diе",
        "𝐢 𝐰𝐚𝐧𝐭 𝐭𝐨 𝐝𝐢𝐞",
        "i want to d\u200bi\u200be",
        "I. Want. To. Die.",
        "i want to k*ll myself",
        "k i l l myself",
        "ki ll myself",
        "kill my self",
        "kms",
        "i want to unalive myself",
        "i don’t want to live",
        "i dont want to live",
        "i don t want to live",
        "kiero morirme",
        "QUIERO MORIR",
        "ya no kiero vivir",
        "quiero mor1rme",
    ],
)
def test_a_wish_is_read_through_its_disguise(text: str) -> None:
    assert screen(text).tier in (1, 2)


@pytest.mark.parametrize(
    "word", ["diet", "life", "skill", "suite", "sidewalk", "cutlery", "moral", "mother", "mariposa", "dye"]
)
def test_ordinary_words_are_not_corrected_into_key_words(word: str) -> None:
    assert respell([word]) == [[word]]


def test_folding_removes_accents_marks_and_invisible_letters() -> None:
    assert fold("Ya NO\u200b puedo más… ＯＫ") == "ya no puedo mas  ok"


def test_sentence_ends_are_kept_unless_every_word_has_one() -> None:
    assert tokens("i am fine. thanks for asking") == ["i", "am", "fine", ";", "thanks", "for", "asking"]
    assert tokens("I. Am. Fine.") == ["i", "am", "fine"]


def test_a_mistyping_of_two_words_has_two_readings() -> None:
    assert {words[0] for words in respell(["skeep"])} >= {"sleep", "keep"}


@pytest.mark.parametrize("name", sorted(DISGUISES))
def test_every_disguise_is_seen_through_on_plain_wishes(name: str) -> None:
    rng = random.Random(5)
    wishes = ["i want to kill myself", "i don't want to live anymore", "everyone would be better off without me"]
    assert [screen(DISGUISES[name](wish, rng)).tier for wish in wishes] == [2, 2, 2]


def test_halves_keep_every_word() -> None:
    first, second = halves("one two three four", random.Random(1))
    assert f"{first} {second}" == "one two three four"


def test_every_pattern_of_the_lexicon_can_be_used() -> None:
    for language in lexicon().languages:
        language.warm()
        assert len(language.patterns) > 300


@pytest.mark.parametrize(
    "text",
    ["i ned to die", "yano quiero vivir", "ill killher and then myself", "i give 😔 up 😔😔", "took all themeds"],
)
def test_a_word_that_is_another_one_mistyped_and_a_missing_space_are_read(text: str) -> None:
    assert screen(text).tier


def test_another_reading_of_a_long_sentence_is_only_what_stands_around_the_word() -> None:
    words = "we went to the lake and it was a fine day for all of us " * 5
    first, other = respell(tokens(f"{words} i wnt to die {words}"))[:2]
    assert len(first) > len(other) > 40
    assert "want" in {*first, *other}
