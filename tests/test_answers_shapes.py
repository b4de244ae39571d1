"""Whether a reply has the shape of an answer: which of two open questions it belongs to."""

from datetime import date

import pytest

from smsbot.answers import Question, looks_like, read

TODAY = date(2026, 11, 22)
NUMBER = Question("number")
WORDS = Question("words")
YES_NO = Question("yes_no")
DATE = Question("date")
CHOICE = Question("choice", choices={1: "calm", 2: "rough"}, labels={"calm": ["calm"], "rough": ["rough"]})


@pytest.mark.parametrize(
    ("question", "text", "fits"),
    [
        (NUMBER, "7", True),
        (NUMBER, "6 or 7", True),
        (NUMBER, "14", True),
        (NUMBER, "calm", False),
        (NUMBER, "2 days ago", False),
        (CHOICE, "2", True),
        (CHOICE, "9", True),
        (CHOICE, "rough", True),
        (CHOICE, "the lake at home", False),
        (YES_NO, "yep", True),
        (YES_NO, "the lake", False),
        (DATE, "Thursday", True),
        (DATE, "7", False),
        (WORDS, "the lake at home", True),
        (WORDS, "nothing", True),
        (WORDS, "NONE", True),
        (WORDS, "7", False),
        (WORDS, "yes", False),
        (WORDS, "SKIP", False),
        (WORDS, "😀", False),
        (WORDS, "asdfgh", False),
        (WORDS, "", False),
    ],
)
def test_a_reply_fits_a_question_by_its_shape(question: Question, text: str, fits: bool) -> None:
    assert looks_like(question, text, TODAY) is fits


def test_words_are_kept_whole_but_for_the_space_around_them() -> None:
    assert read(WORDS, "  my mom's  kitchen\n", TODAY).value == "my mom's  kitchen"


def test_each_shape_reads_its_own_value() -> None:
    assert read(NUMBER, "siete", TODAY, "es").value == 7
    assert read(CHOICE, "calm", TODAY).value == "calm"
    assert read(YES_NO, "nope", TODAY).value == "no"
    assert read(DATE, "mañana", TODAY, "es").value == date(2026, 11, 23)
