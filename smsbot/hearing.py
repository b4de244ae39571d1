"""What an answer means at one step: which branches it takes, and what of it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from smsbot import answers
from smsbot.answers import Question
from smsbot.flow import Flow, Step
from smsbot.lines import Line
from smsbot.number_tests import passed
from smsbot.turn import Facts, Heard

SAFETY_RANK = 100
LONGEST_SKIP = 60
NO_DAY = date(2000, 1, 1)
"""Stands in for today where no date is asked."""


@dataclass(frozen=True)
class Outcome:
    """`keys` are the branches that apply; an unclear answer may still be kept as words, a blank one may not."""

    kind: Literal["understood", "unclear", "blank", "skip"]
    keys: tuple[str, ...] = ()
    value: str = ""
    code: str | None = None


def question(flow: Flow, step: Step, line: Line) -> Question:
    """The shape of a step's question; while a safety question is open only a bare digit or a whole label counts."""
    return Question(
        shape=step.ask,
        low=step.low,
        high=step.high,
        choices={int(digit): code for digit, code in step.choices},
        labels=line.labels,
        exact=flow.rank >= SAFETY_RANK,
    )


def understand(flow: Flow, step: Step, line: Line, heard: Heard, facts: Facts) -> Outcome:
    """Reads one answer: a skip first, then the shape the step asks for, then what kind of words they are."""
    text = heard.text.strip()
    if _skips(flow, step, text):
        return Outcome("skip")
    if step.ask == "words":
        return _words(step, heard)
    if not text:
        return Outcome("blank")
    if (code := dict(step.choices).get(text)) is not None:
        return _understood(step, line, code, facts)
    reading = answers.read(question(flow, step, line), text, facts.today or NO_DAY, facts.language)
    if reading.value is None:
        return _other_words(step, text)
    return _understood(step, line, reading.value, facts)


def fits(flow: Flow, step: Step, line: Line, heard: Heard, facts: Facts) -> bool:
    """Whether an answer has the shape of a step's question."""
    text = heard.text.strip()
    if step.ask == "words" and heard.kind == "recording":
        return True
    if _skips(flow, step, text):
        return True
    return bool(text) and answers.looks_like(question(flow, step, line), text, facts.today or NO_DAY, facts.language)


def _skips(flow: Flow, step: Step, text: str) -> bool:
    """Whether a text is a way to say SKIP where that is possible; long texts are not even looked at."""
    if len(text) > LONGEST_SKIP or flow.skip_to(step) is None:
        return False
    return answers.skip(text) or answers.saltar(text)


def _words(step: Step, heard: Heard) -> Outcome:
    text = heard.text.strip()
    if heard.kind == "keys" or (not text and heard.kind != "recording"):
        return Outcome("blank")
    kinds = answers.kinds(text) if text else ()
    if "unclear" in kinds:
        return Outcome("unclear", kinds, heard.text)
    if "none" in kinds and not {"none", *kinds} & set(dict(step.go)):
        return Outcome("skip")
    return Outcome("understood", kinds, heard.text)


def _other_words(step: Step, text: str) -> Outcome:
    """Words where a choice or a number was asked: a branch may welcome them; otherwise they are unclear."""
    go = dict(step.go)
    kinds = tuple(kind for kind in answers.kinds(text) if kind in go and kind != "unclear")
    if kinds or "words" in go:
        return Outcome("understood", (*kinds, "words"), text)
    return Outcome("unclear", ("unclear",), text)


def _understood(step: Step, line: Line, value: object, facts: Facts) -> Outcome:
    code = str(value)
    if step.ask == "choice":
        return Outcome("understood", (code,), line.labels[code][0], code)
    if step.ask == "number" and isinstance(value, int):
        tests = passed(value, step.keep or step.name, facts.numbers)
        return Outcome("understood", tuple(key for key, _ in step.go if key in tests), code, code)
    return Outcome("understood", (code,) if step.ask == "yes_no" else (), code, code)
