"""The command that plays a series or lives a population."""

import json
from pathlib import Path

import typer
from typer.testing import CliRunner

from smsbot.cli.simulate import simulate

RUNNER = CliRunner()
STORY = """protocol   minimal
joins      2026-11-28 12:00
sessions   2026-11-30 10:00
replies    never
until      2026-11-28 13:00
"""


def run(*words: str, given: str | None = None) -> tuple[int, str]:
    """The command's exit status and everything it printed."""
    app = typer.Typer(rich_markup_mode=None)
    app.command()(simulate)
    done = RUNNER.invoke(app, [*words], input=given)
    return done.exit_code, done.output


def test_a_story_from_standard_input_is_played() -> None:
    status, told = run("--story", "-", "--no-why", given=STORY)
    assert status == 0
    assert told.startswith("Sat Nov 28 12:00  <  Harbor: ")
    assert len(told.splitlines()) == 1


def test_as_json_each_line_says_when_who_and_what() -> None:
    status, told = run("--story", "-", "--json", given=STORY)
    first = json.loads(told.splitlines()[0])
    assert (status, first["who"], first["at"]) == (0, "us", "2026-11-28T17:00:00+00:00")


def test_as_test_prints_the_story_before_what_came_of_it(tmp_path: Path) -> None:
    file = tmp_path / "story.txt"
    file.write_text(STORY)
    status, told = run("--story", str(file), "--as-test")
    assert status == 0
    assert told.startswith(STORY.rstrip() + "\n--------------------\n")


def test_a_story_that_cannot_be_read_exits_2_and_says_where() -> None:
    status, told = run("--story", "-", given="joins  tomorrow\n")
    assert status == 2
    assert "line 1: joins: cannot read 'tomorrow'" in told


def test_an_unknown_protocol_is_answered_with_the_known_ones() -> None:
    status, told = run("weekly")
    assert status == 2
    assert "induction, minimal, single, twice-weekly" in told


def test_a_population_or_one_patient_of_it_prints_its_trace_and_no_violations() -> None:
    status, told = run("single", "--patient", "1", "--days", "120", "--seed", "2", "--json")
    census = json.loads(told.splitlines()[-1])
    assert (status, census["patients"], census["broken"]) == (0, 1, [])
    assert len(census["trace"]) == 64
