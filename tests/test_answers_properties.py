"""What holds for every reply, whatever is typed."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsbot import answers
from smsbot.answers import KINDS, Question
from smsbot.answers.text import fold

TODAY = date(2026, 11, 22)
ANY_TEXT = st.text(st.characters(), max_size=300) | st.text(alphabet="0123456789 -/.,ornyo67\n🔟7️⃣'\"", max_size=40)
LANGUAGE = st.sampled_from(["en", "es"])
CHOICES = {1: "did", 2: "partly", 3: "missed"}
LABELS = {"did": ["did it", "yes"], "partly": ["partly", "sort of"], "missed": ["missed it", "no"]}
QUESTIONS = [
    Question("number"),
    Question("choice", choices=CHOICES, labels=LABELS),
    Question("choice", choices=CHOICES, labels=LABELS, exact=True),
    Question("yes_no"),
    Question("words"),
    Question("date"),
]


@given(ANY_TEXT, LANGUAGE, st.sampled_from(QUESTIONS))
def test_no_text_is_too_strange_to_read(text: str, language: answers.Language, question: Question) -> None:
    reading = answers.read(question, text, TODAY, language)
    assert (reading.value is not None) == (reading.why == "found")
    assert answers.looks_like(question, text, TODAY, language) in {True, False}
    assert set(answers.kinds(text)) <= set(KINDS)
    assert answers.command(text, language) in {None, *answers.COMMANDS}
    answers.clock_time(text)
    answers.day_part(text)
    answers.opt_in(text)
    assert answers.topic(text) in {None, *answers.TOPICS}


@given(
    st.lists(st.sampled_from(["2026-11-30", "9999-12-31", "a week from", "thursday", "in 3 days", "the 31st", "feb"]))
)
def test_no_date_runs_past_the_end_of_the_calendar(pieces: list[str]) -> None:
    reading = answers.date(" ".join(pieces), TODAY)
    assert reading.value is None or reading.value.year < 9999


@given(ANY_TEXT, LANGUAGE, st.integers(0, 5), st.integers(5, 20))
def test_a_number_is_inside_its_range_or_not_given(text: str, language: answers.Language, low: int, high: int) -> None:
    value = answers.number(text, low, high, language).value
    assert value is None or low <= value <= high


@given(ANY_TEXT, LANGUAGE)
def test_a_choice_is_one_of_those_offered(text: str, language: answers.Language) -> None:
    assert answers.choice(text, CHOICES, LABELS, language).value in {None, *LABELS}


@given(st.integers(0, 10), st.integers(0, 10), st.sampled_from([" or ", "-", " to ", ", ", "/", " o ", " y ", " and "]))
def test_two_numbers_are_never_one_answer(first: int, second: int, between: str) -> None:
    # "7/10" is a rating out of ten, and "7, 7" says the same twice.
    value = answers.number(f"{first}{between}{second}", 0, 10).value
    assert value is None or first == second or (between == "/" and second == 10)


@given(
    st.integers(0, 10),
    st.sampled_from(["{}", " {} ", "{}!", "({})", "{} 😀", "a {}", "{}/10", "{} out of 10", "un {}"]),
)
def test_a_plain_rating_is_always_understood(value: int, form: str) -> None:
    assert answers.number(form.format(value), 0, 10).value == value


@given(st.integers(0, 10), st.sampled_from(["٠١٢٣٤٥٦٧٨٩", "０１２３４５６７８９", "०१२३४५६७८९", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗"]))
def test_digits_of_any_script_count(value: int, digits: str) -> None:
    typed = "".join(digits[int(figure)] for figure in str(value))
    assert answers.number(typed, 0, 10).value == value


@given(ANY_TEXT)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=60), st.sampled_from(sorted(answers.RESERVED)))
def test_a_command_inside_a_sentence_is_no_command(words: str, command: str) -> None:
    if any(character.isalnum() for character in words):
        assert answers.command(f"{words} about {command}") is None


@pytest.mark.parametrize(
    "hostile",
    [
        "7 " * 5000,
        "a" * 10_000,
        "no " * 3400,
        "1/" * 5000,
        "my ex to " * 1200,
        "𝟕️⃣" * 3000,
        "-" * 10_000,
        "dec 3 " * 1700,
        "()" * 5000,
        "can you please " * 700,
        "my mom died a week from " * 420,
        "si no nada todavia " * 530,
        "".join(f"{figure % 11}, or " for figure in range(2000)),
    ],
    ids=lambda text: text[:8],
)
def test_long_hostile_texts_are_read_quickly(hostile: str) -> None:
    for question in QUESTIONS:
        begun = time.perf_counter()
        answers.read(question, hostile, TODAY)
        answers.kinds(hostile)
        answers.topic(hostile)
        answers.command(hostile)
        answers.clock_time(hostile)
        assert time.perf_counter() - begun < 0.5
