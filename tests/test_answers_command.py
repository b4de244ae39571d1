"""smsbot parse: one text a line in, one JSON line out."""

import json

import pytest
import typer
from typer.testing import CliRunner

from smsbot.cli.parse import parse

APP = typer.Typer()
APP.command()(parse)


def lines(arguments: str, given: str | bytes) -> list[dict[str, object]]:
    result = CliRunner().invoke(APP, [*arguments.split(" "), "--json"], input=given)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.output.splitlines()]


def test_digits_are_read_line_by_line_and_keep_their_order() -> None:
    found = lines("digit", "7ish\nsix or seven\n14\nno idea\n\n")
    assert [line["value"] for line in found] == [7, None, None, None, None]
    assert [line["why"] for line in found] == ["found", "ambiguous", "out_of_range", "absent", "absent"]


def test_the_range_can_be_set() -> None:
    assert lines("digit --range 1-4", "5\n3\n")[1]["value"] == 3


def test_a_choice_answers_with_its_label_and_digit() -> None:
    found = lines("choice --choices 1=did,2=partly|half", "half\n1\n")
    assert [(line["value"], line["digit"]) for line in found] == [("partly", 2), ("did", 1)]


def test_without_choices_there_are_nine_nameless_ones() -> None:
    found = lines("choice", "option 2\n1 or 2\n12\n")
    assert [(line["digit"], line["why"]) for line in found] == [
        (2, "found"),
        (None, "ambiguous"),
        (None, "out_of_range"),
    ]


def test_words_come_with_their_kinds_and_command() -> None:
    found = lines("words", "feel better\nSKIP\n")
    assert (found[0]["kind"], found[0]["kinds"]) == ("vague", ["vague"])
    assert lines("words", "stand up before I answer\n")[0]["kind"] == "otherwise"
    assert found[1]["command"] == "SKIP"


def test_dates_count_from_the_given_day() -> None:
    assert lines("date --today 2026-11-22 --lang es", "mañana\n")[0]["value"] == "2026-11-23"


def test_bytes_that_are_no_text_do_not_stop_it() -> None:
    assert [line["value"] for line in lines("yes_no", b"\xff\xfe\nyes\n")] == [None, "yes"]


@pytest.mark.parametrize("wrong", ["digit --range ten", "choice --choices x", "date --today soon", "digit --lang fr"])
def test_wrong_options_are_explained_and_exit_with_2(wrong: str) -> None:
    assert CliRunner().invoke(APP, wrong.split(" "), input="7\n").exit_code == 2


def test_without_json_it_speaks_to_people() -> None:
    result = CliRunner().invoke(APP, ["digit"], input="7\nhm\n")
    assert result.output.splitlines() == ["7", "(absent)"]
