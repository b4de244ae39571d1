"""smsbot parse: what a reply means, one text a line in, one line out."""

import json
import sys
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, cast

import typer

from smsbot.answers import Language, Question, Shape, command, kinds, read
from smsbot.cli import parse_report

LABELLED = Path("tests/answers")
_NINE = ",".join(f"{digit}={digit}" for digit in range(1, 10))
"""What is offered when nothing is said: nine nameless choices."""


class Asked(StrEnum):
    """What was asked."""

    digit = "digit"
    choice = "choice"
    yes_no = "yes_no"
    words = "words"
    date = "date"


def parse(
    asked: Annotated[Asked | None, typer.Argument(help="What the patient was asked for.")] = None,
    range_: Annotated[str, typer.Option("--range", help="Lowest and highest number, for digit.")] = "0-10",
    choices: Annotated[
        str, typer.Option(help='Digits and their words, for choice: "1=did it,2=partly|half". Default: 1 to 9.')
    ] = "",
    lang: Annotated[str, typer.Option(help="Language of the conversation: en or es.")] = "en",
    today: Annotated[str, typer.Option(help="The patient's date, for date: YYYY-MM-DD. Default: today, UTC.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON line for each text.")] = False,
    report: Annotated[bool, typer.Option("--report", help="Measure the labelled replies instead.")] = False,
    labelled: Annotated[Path, typer.Option("--set", help="Folder of labelled replies, for --report.")] = LABELLED,
) -> None:
    """Say what replies mean: reads one text a line from standard input.

    Example:  echo "a 7 I guess" | smsbot parse digit --json
    prints    {"value": 7, "why": "found", "command": null}

    smsbot parse --report   precision and recall of every recognizer on the labelled replies

    "why" is found, absent, ambiguous or out_of_range. For words, "value" is the text and "kinds" lists what a flow may
    branch on; "kind" is the first of them. For a choice, "value" is the first word of its label, "digit" its number.
    """
    if report:
        parse_report.show(labelled, as_json)
        return
    if asked is None:
        raise typer.BadParameter("say what was asked: digit, choice, yes_no, words or date", param_hint="ASKED")
    question = _question(asked, range_, choices)
    day = _day(today)
    if lang not in {"en", "es"}:
        raise typer.BadParameter("use en or es", param_hint="--lang")
    for line in sys.stdin.buffer:
        understood = _understood(question, line.decode("utf-8", "replace").rstrip("\r\n"), day, cast(Language, lang))
        typer.echo(json.dumps(understood) if as_json else _plain(understood))


def _question(asked: Asked, range_: str, choices: str) -> Question:
    """The question the options describe."""
    if asked is Asked.digit:
        low, high = _range(range_)
        return Question("number", low=low, high=high)
    if asked is not Asked.choice:
        return Question(cast(Shape, asked.value))
    digits: dict[int, str] = {}
    labels: dict[str, list[str]] = {}
    for part in (choices or _NINE).split(","):
        digit, _, names = part.partition("=")
        if not digit.strip().isdecimal() or not names.strip():
            raise typer.BadParameter(f'"{part}" is not like 1=did it', param_hint="--choices")
        spelled = [name.strip() for name in names.split("|")]
        digits[int(digit)] = spelled[0]
        labels[spelled[0]] = spelled
    return Question("choice", choices=digits, labels=labels)


def _range(text: str) -> tuple[int, int]:
    """The lowest and highest number of "0-10"."""
    low, _, high = text.partition("-")
    if not low.strip().isdecimal() or not high.strip().isdecimal() or int(low) > int(high):
        raise typer.BadParameter(f'"{text}" is not like 0-10', param_hint="--range")
    return int(low), int(high)


def _day(text: str) -> date:
    """The given date, or today's in UTC."""
    try:
        return date.fromisoformat(text) if text else datetime.now(UTC).date()
    except ValueError:
        raise typer.BadParameter(f'"{text}" is not like 2026-12-03', param_hint="--today") from None


def _understood(question: Question, text: str, day: date, language: Language) -> dict[str, object]:
    """The reading of one text, ready for JSON."""
    reading = read(question, text, day, language)
    value = reading.value.isoformat() if isinstance(reading.value, date) else reading.value
    found: dict[str, object] = {"value": value, "why": reading.why, "command": command(text, language)}
    if question.shape == "words":
        found["kinds"] = list(kinds(text))
        found["kind"] = next(iter(kinds(text)), "otherwise")
    if question.shape == "choice":
        found["digit"] = next((digit for digit, code in question.choices.items() if code == value), None)
    return found


def _plain(understood: dict[str, object]) -> str:
    """The reading in words, for people."""
    value = understood["value"] if understood["value"] is not None else f"({understood['why']})"
    extra = [str(understood["command"])] if understood["command"] else []
    names = understood.get("kinds")
    extra += [str(name) for name in names] if isinstance(names, list) else []
    return f"{value}  {' '.join(extra)}".rstrip()
