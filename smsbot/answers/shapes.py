"""Reads a reply by what was asked, and tells whether it has the shape of an answer at all."""

from datetime import date as Date

from smsbot.answers.choices import choice
from smsbot.answers.commands import command
from smsbot.answers.dates import date
from smsbot.answers.kinds import kinds
from smsbot.answers.numbers import number
from smsbot.answers.reading import Language, Question, Reading
from smsbot.answers.text import bare, words
from smsbot.answers.yes_no import yes_no

Answer = int | str | Date


def read(question: Question, text: str, today: Date, language: Language = "en") -> Reading[Answer]:
    """The answer a reply gives to a question.

    Values: an int for a number, the code for a choice, "yes" or "no", a date, and for words the text itself, trimmed.
    Universal commands are not filtered out here: ask `command` first.
    """
    match question.shape:
        case "number":
            return _widened(number(text, question.low, question.high, language))
        case "choice":
            return _widened(choice(text, question.choices, question.labels, language, question.exact))
        case "date":
            return _widened(date(text, today, language))
        case "yes_no":
            heard = yes_no(text, language)
            return Reading(heard, "found" if heard else "absent")
        case "words":
            said = text.strip()
            return Reading(said, "found") if said else Reading(None, "absent")


def looks_like(question: Question, text: str, today: Date, language: Language = "en") -> bool:
    """Has this reply the shape of an answer to the question? (Which of two open questions is a reply for?)

    A digit out of range still has the shape of a number or a choice; "1 or 2" has it too. Words are anything readable
    that is neither a bare number, a yes or no, a lone command nor unreadable.
    """
    if question.shape != "words":
        return read(question, text, today, language).why != "absent"
    if not words(text) or bare(text).isdigit() or command(text, language) not in {None, "NONE"}:
        return False
    return "unclear" not in kinds(text) and yes_no(text, language) is None


def _widened(reading: Reading[int] | Reading[str] | Reading[Date]) -> Reading[Answer]:
    """The same reading among all the kinds of answers."""
    return Reading(reading.value, reading.why)
