"""Labelled replies in tests/answers/*.tsv, and how well a recognizer does on them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "answers"


@dataclass(frozen=True)
class Labelled:
    """One reply with its labels; `expected` is as written in the file."""

    language: str
    text: str
    expected: str
    menu: str = ""

    def __str__(self) -> str:
        return f"{self.language} {self.menu} {self.text!r}"


@dataclass(frozen=True)
class Score:
    """Precision: of the values given, how many are right. Recall: of the values there are, how many were given."""

    right: int
    given: int
    wanted: int

    @property
    def precision(self) -> float:
        return self.right / self.given if self.given else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0

    def __str__(self) -> str:
        precision = f"precision {self.precision:.3f} ({self.right}/{self.given})"
        return f"{precision}, recall {self.recall:.3f} ({self.right}/{self.wanted})"


def rows(name: str) -> list[list[str]]:
    """The cells of a file, without comments; spaces around a cell stay."""
    lines = (FOLDER / f"{name}.tsv").read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def labelled(name: str) -> list[Labelled]:
    """The labelled replies of a file of language, text, expected."""
    return [Labelled(language, text, expected) for language, text, expected in rows(name)]


def menus() -> dict[str, tuple[dict[int, str], dict[str, list[str]]]]:
    """The menus of choice.tsv: digits to codes, codes to labels."""
    found: dict[str, tuple[dict[int, str], dict[str, list[str]]]] = {}
    for cells in rows("choice"):
        if cells[0].startswith("@"):
            digits, labels = found.setdefault(cells[0][1:], ({}, {}))
            digits[int(cells[1])] = cells[2]
            labels[cells[2]] = cells[3].split("|")
    return found


def labelled_choices() -> list[Labelled]:
    """The labelled replies of choice.tsv, each with its menu."""
    return [
        Labelled(cells[1], cells[2], cells[3], cells[0]) for cells in rows("choice") if not cells[0].startswith("@")
    ]


NO_VALUE = frozenset({"-", "none", "absent", "ambiguous", "out_of_range"})


def score(examples: list[Labelled], heard: Callable[[Labelled], str], no_value: frozenset[str] = NO_VALUE) -> Score:
    """Counts over all examples; `heard` gives the value as text, or one of `no_value`."""
    pairs = [(example.expected, heard(example)) for example in examples]
    return Score(
        right=sum(given == wanted for wanted, given in pairs if wanted not in no_value),
        given=sum(given not in no_value for _, given in pairs),
        wanted=sum(wanted not in no_value for wanted, _ in pairs),
    )
