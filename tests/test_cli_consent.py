"""Consent, erasure and the work list from the command line, on a home folder of their own."""

import csv
import io
import shutil
from pathlib import Path

import pytest

from tests.test_cli_clinic import ANA, CLINIC, Done, run_in

NOBODY = "0192f0c1-0000-7000-8000-000000000000"


class Home:
    """A home with Harbor and Ana."""

    def __init__(self, folder: Path, ana: str) -> None:
        self.folder, self.ana = folder, ana

    def run(self, line: str) -> Done:
        return run_in(self.folder, line.replace("ANA", self.ana))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Home:
    folder = tmp_path_factory.mktemp("homes") / "ana"
    run_in(folder, "setup")
    run_in(folder, CLINIC)
    return Home(folder, str(run_in(folder, f"{ANA} --json").data["id"]))


@pytest.fixture
def home(made: Home, tmp_path: Path) -> Home:
    shutil.copytree(made.folder, tmp_path / "home")
    return Home(tmp_path / "home", made.ana)


def test_the_consent_record_is_handed_out_as_words_json_and_csv(home: Home) -> None:
    plain = home.run("consent export ANA")
    assert "texts: granted" in plain.said
    assert "STOP ends them" in plain.said
    data = home.run("consent export ANA --json").data
    assert {line["kind"]: line["action"] for line in data["lines"]} == {
        "texts": "granted", "calls": "declined", "echo": "granted"
    }  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(home.run("consent export ANA --csv").said)))
    assert {row["wording"] for row in rows} == {"2026-11"}
    assert all(row["words"] for row in rows)


def test_an_opt_out_said_aloud_is_logged(home: Home) -> None:
    assert home.run("consent stop ANA --json").data["status"] == "stopped"
    data = home.run("consent export ANA --json").data
    assert (data["standing"]["texts"], data["lines"][-1]["by"], data["marks"][0]["reason"]) == (
        "withdrawn", "operator", "verbal"
    )  # fmt: skip


def test_erasing_takes_the_id_twice_no_hold_and_prints_a_certificate(home: Home) -> None:
    assert home.run("patient erase ANA --reason request").code == 1
    assert home.run("patient hold ANA --json").data["legal_hold_at"]
    assert "legal hold" in home.run("patient erase ANA --reason request --confirm ANA").said
    assert home.run("patient hold ANA --lift --json").data["legal_hold_at"] is None
    erased = home.run("patient erase ANA --reason request --confirm ANA")
    assert erased.code == 0
    assert "The erasure holds." in erased.said
    shown = home.run("patient certificate ANA --json").data
    assert (shown["holds"], shown["still_open"], shown["leads"]) == (True, 0, [])
    assert "Nobody" in home.run("patient erase-again").said


def test_a_restored_backup_is_erased_again(home: Home, made: Home) -> None:
    home.run("patient erase ANA --reason request --confirm ANA")
    for old in home.folder.glob("smsbot.db*"):
        old.unlink()
    for kept in made.folder.glob("smsbot.db*"):
        shutil.copy(kept, home.folder / kept.name)
    assert home.run("patient erase-again --json").data["erased"] == [home.ana]


def test_whoever_has_not_said_yes_is_not_written_to(home: Home) -> None:
    assert "YES" in home.run("patient write ANA --words hello --name Dana").said


@pytest.mark.parametrize("line", ["consent export", "patient certificate", "consent stop", "patient hold"])
def test_nobody_is_found_who_is_not_there(home: Home, line: str) -> None:
    assert "no patient" in home.run(f"{line} {NOBODY}").said


def test_the_work_list_is_read_and_what_is_not_on_it_is_not_taken(home: Home) -> None:
    rows = home.run("task list --clinic Harbor --json").data
    assert all(row["state"] == "open" for row in rows)
    for line in (f"task take {NOBODY}", f"task done {NOBODY} --note x"):
        assert "no task" in home.run(f"{line} --clinic Harbor").said
