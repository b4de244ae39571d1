"""The commands of the clinician who edits content: check, preview, draw, book."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from smsbot.cli.book import book
from smsbot.cli.check import check
from smsbot.cli.draw import draw
from smsbot.cli.preview import preview
from tests.content_support import ENGLISH, FLOW, changed, write

RUNNER = CliRunner()


def run(command: object, *words: str) -> tuple[int, str]:
    """A command's exit status and everything it printed."""
    app = typer.Typer(rich_markup_mode=None)
    app.command()(command)  # type: ignore[type-var]
    done = RUNNER.invoke(app, [str(word) for word in words])
    return done.exit_code, done.output


@pytest.fixture
def home(tmp_path: Path) -> str:
    return str(write(tmp_path))


def test_check_passes_whole_content_and_lists_what_is_unsigned(home: str) -> None:
    status, told = run(check, "--home", home)
    assert status == 0
    assert "warning: message_templates/en/small.yaml:3: not signed yet." in told
    assert told.endswith("no faults, 2 warnings.\n")


def test_check_strict_stops_on_warnings(home: str) -> None:
    assert run(check, "--home", home, "--strict")[0] == 1


def test_check_stops_on_a_fault_and_says_where(tmp_path: Path) -> None:
    home = write(tmp_path, en=changed(ENGLISH, "Nothing more to do.", "Nothing more to do!"))
    status, told = run(check, "--home", str(home))
    assert status == 1
    assert "message_templates/en/small.yaml:14: no exclamation marks. [calm-marks]" in told
    assert "1 fault, 2 warnings." in told


def test_check_tells_the_loaders_faults_as_json(tmp_path: Path) -> None:
    home = write(tmp_path, flow=changed(FLOW, "skip: skipped", "skip: skiped"))
    status, told = run(check, "--home", str(home), "--json")
    assert status == 1
    assert json.loads(told)["faults"] == [
        {
            "rule": "load",
            "file": "flows/small.yaml",
            "line": 8,
            "message": "'skiped' is not a step or an end of this flow. Did you mean 'skipped'?",
        }
    ]


def test_check_lists_its_rules() -> None:
    status, told = run(check, "--rules")
    assert status == 0
    assert "two-segments" in told
    assert {"id", "severity", "about"} == set(json.loads(run(check, "--rules", "--json")[1])[0])


def test_preview_prints_the_conversation_and_what_it_leaves(home: str) -> None:
    status, told = run(preview, "small", "--home", home, "--fact", "plan=walk", "-r", "purple", "-r", "1")
    assert status == 0
    said = [line for line in told.splitlines() if line.startswith("  <")]
    assert said[1] == "  <  Reply 1 for yes, 2 for not this time, or SKIP."
    assert "     keeps outcome = did it [did]" in told
    assert "     marks plan_made" in told
    assert "     ends: done" in told


def test_preview_speaks_spanish_and_silence(home: str) -> None:
    _, told = run(preview, "small", "--home", home, "--lang", "es", "--silent")
    assert "¿Hay algo que quieras llevar?" in told
    assert "(no answer)" in told
    assert "ends: quiet" in told


def test_preview_takes_answers_as_json_lines(home: str) -> None:
    _, told = run(preview, "small", "--home", home, "--json", "-r", "A walk")
    last = json.loads(told.splitlines()[-1])
    assert last["reply"] == "A walk"
    assert last["end"] == "kept"
    assert [effect["effect"] for effect in last["effects"]] == ["keep", "say", "close"]


@pytest.mark.parametrize("command", [preview, draw])
def test_an_unknown_flow_is_answered_with_the_ones_there_are(home: str, command: object) -> None:
    status, told = run(command, "smal", "--home", home)
    assert status == 2
    assert "There is no flow 'smal'. There are: small." in told


@pytest.mark.parametrize("command", [preview, draw])
def test_an_unknown_language_is_refused(home: str, command: object) -> None:
    assert run(command, "small", "--home", home, "--lang", "fr")[0] == 2


def test_faulty_content_stops_every_command_with_its_faults(tmp_path: Path) -> None:
    home = write(tmp_path, flow=changed(FLOW, "skip: skipped", "skip: skiped"))
    for command, name in ((preview, "small"), (draw, "small"), (book, "two")):
        status, told = run(command, name, "--home", str(home))
        assert status == 1
        assert "flows/small.yaml:8" in told


def test_draw_writes_a_picture_or_mermaid(home: str, tmp_path: Path) -> None:
    out = tmp_path / "small.svg"
    assert run(draw, "small", "--home", home, "--out", str(out))[0] == 0
    assert out.read_text("utf-8").startswith("<svg")
    assert run(draw, "small", "--home", home, "--mermaid")[1].startswith("flowchart TD")


def test_book_writes_a_document(home: str, tmp_path: Path) -> None:
    out = tmp_path / "book.html"
    assert run(book, "two", "--home", home, "--out", str(out))[0] == 0
    assert "Two texts" in out.read_text("utf-8")
    assert run(book, "nowhere", "--home", home)[0] == 2
