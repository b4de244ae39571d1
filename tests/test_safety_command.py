"""smsbot screen: one JSON line for each text, and the report."""

import json
from pathlib import Path

from typer import Typer
from typer.testing import CliRunner, Result

from smsbot.cli.screen import screen


def run(*args: str, texts: str | bytes = "") -> Result:
    app = Typer()
    app.command()(screen)
    return CliRunner().invoke(app, list(args), input=texts)


def labelled(folder: Path) -> Path:
    (folder / "fresh_en_few.tsv").write_text("explicit\tsuicide\ti want to die\nidiom\t\tmy phone died\n", "utf-8")
    return folder


def test_each_line_gets_one_json_line_with_four_fields() -> None:
    lines = run("--json", texts="i want to die\n\nstop\n").stdout.splitlines()
    assert [json.loads(line) for line in lines] == [
        {"tier": 2, "rule": "en.wish_die", "opt": None, "medical": False},
        {"tier": None, "rule": None, "opt": None, "medical": False},
        {"tier": None, "rule": "es.palabra+en.ask", "opt": "stop", "medical": False},
    ]


def test_bytes_that_are_no_text_are_read_all_the_same() -> None:
    assert json.loads(run("--json", texts=b"\xff\xfe kill myself\n").stdout)["tier"] == 2


def test_plain_output_says_it_in_words() -> None:
    assert run(texts="is it normal to be dizzy\n").stdout == "no finding, medical question\n"


def test_the_report_shows_the_change_against_the_saved_one(tmp_path: Path) -> None:
    folder = labelled(tmp_path)
    assert "nothing saved" in run("--report", "--save", "--set", str(folder)).stdout
    assert "100.0 % (+0.0)" in run("--report", "--set", str(folder)).stdout


def test_the_report_as_json_names_version_and_last(tmp_path: Path) -> None:
    report = json.loads(run("--report", "--json", "--set", str(labelled(tmp_path))).stdout)
    assert report["levels"]["en explicit held out"]["paged"] == 1.0
    assert report["last"]["version"] is None


def test_a_folder_without_texts_is_a_wrong_use(tmp_path: Path) -> None:
    assert run("--report", "--set", str(tmp_path)).exit_code == 2
