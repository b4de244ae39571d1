"""The guided audio scripts last as long as planned, in both languages, and end with the invitation to leave a note."""

from pathlib import Path
from typing import Any

import pytest

from smsbot.tree import Faults, read

TEMPLATES = Path(__file__).parent.parent / "message_templates"
FILES = sorted(TEMPLATES.glob("*/audio/*.yaml"))
WORDS_A_MINUTE = 130


def script(file: Path) -> Any:
    faults = Faults()
    tree = read(file.read_text("utf-8"), file.name, faults)
    faults.raise_any()
    assert tree is not None
    return tree.plain()


def seconds(length: str) -> int:
    minutes, rest = length.split(":")
    return int(minutes) * 60 + int(rest)


def spoken(part: dict[str, list[dict[str, str]]]) -> float:
    """How long a part takes: its words at 130 a minute, and its pauses."""
    words = sum(len(piece.get("say", "").split()) for piece in part["script"])
    return words * 60 / WORDS_A_MINUTE + sum(int(piece.get("pause", "0")) for piece in part["script"])


def test_there_are_eight_in_each_language() -> None:
    assert len(FILES) == 16
    assert {file.stem for file in FILES if file.parent.parent.name == "en"} == {
        file.stem for file in FILES if file.parent.parent.name == "es"
    }


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.parent.name}-{file.stem}")
def test_a_script_lasts_as_planned(file: Path) -> None:
    found = script(file)
    total = sum(spoken(part) for part in found["parts"])
    planned = seconds(str(found["length"]))
    assert abs(total - planned) <= planned / 10
    assert sum(seconds(part["length"]) for part in found["parts"]) == planned


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.parent.name}-{file.stem}")
def test_a_script_ends_with_an_optional_note(file: Path) -> None:
    last = script(file)["parts"][-1]["script"]
    assert any(" 1" in piece.get("say", "") for piece in last)
