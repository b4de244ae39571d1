"""How well the recognizers do on a folder of labelled replies: precision and recall of each."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, time
from pathlib import Path
from typing import cast

import typer

from smsbot import answers
from smsbot.answers import Language

TODAY = date(2026, 11, 22)
NO_VALUE = frozenset({"-", "none", "absent", "ambiguous", "out_of_range"})
WORDS_NONE = frozenset({"-"})

Row = list[str]
Hear = Callable[[str, Language], str]


@dataclass(frozen=True)
class Figures:
    """Precision: of the values given, how many are right. Recall: of the values there are, how many were given."""

    recognizer: str
    replies: int
    precision: float
    recall: float

    def __str__(self) -> str:
        return f"{self.recognizer:8} {self.replies:5} replies  precision {self.precision:.3f}  recall {self.recall:.3f}"


def _value(reading: answers.Reading[int] | answers.Reading[date]) -> str:
    return str(reading.value) if reading.value is not None else reading.why


def _time(reading: answers.Reading[time]) -> str:
    return reading.value.strftime("%H:%M") if reading.value is not None else reading.why


HEARD: dict[str, tuple[Hear, frozenset[str]]] = {
    "number": (lambda text, language: _value(answers.number(text, 0, 10, language)), NO_VALUE),
    "yes_no": (lambda text, language: answers.yes_no(text, language) or "none", NO_VALUE),
    "kinds": (lambda text, _: next(iter(answers.kinds(text)), "-"), WORDS_NONE),
    "topics": (lambda text, _: answers.topic(text) or "-", WORDS_NONE),
    "command": (lambda text, language: answers.command(text, language) or "-", NO_VALUE),
    "date": (lambda text, language: _value(answers.date(text, TODAY, language)), NO_VALUE),
    "time": (lambda text, _: _time(answers.clock_time(text)), NO_VALUE),
}


def measure(folder: Path) -> list[Figures]:
    """The figures of every recognizer that has a file of labelled replies in the folder (language, text, expected)."""
    found = []
    for name, (hear, nothing) in HEARD.items():
        file = folder / f"{name}.tsv"
        if file.exists():
            pairs = [(row[2], hear(row[1], cast(Language, row[0]))) for row in _rows(file)]
            found.append(_figures(name, pairs, nothing))
    return found


def _figures(name: str, pairs: list[tuple[str, str]], nothing: frozenset[str]) -> Figures:
    right = sum(heard == wanted for wanted, heard in pairs if wanted not in nothing)
    given = sum(heard not in nothing for _, heard in pairs)
    wanted = sum(wanted not in nothing for wanted, _ in pairs)
    return Figures(name, len(pairs), right / given if given else 1.0, right / wanted if wanted else 1.0)


def _rows(file: Path) -> list[Row]:
    lines = file.read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def show(folder: Path, as_json: bool) -> None:
    """Print the figures; exit status 1 when the folder holds no labelled replies."""
    found = measure(folder)
    if not found:
        typer.echo(f"{folder} has no labelled replies such as yes_no.tsv.", err=True)
        raise typer.Exit(1)
    for figures in found:
        typer.echo(json.dumps(asdict(figures)) if as_json else str(figures))
