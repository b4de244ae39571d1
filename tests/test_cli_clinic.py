"""The clinic's commands, run as they are typed, on a home folder of their own."""

import functools
import json
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlmodel import select

from smsbot import cli
from smsbot.errors import SmsbotError
from smsbot.models import ClinicKey
from smsbot.store.db import open_database

CLINIC = "clinic add --name Harbor --number +15005550006 --time-zone America/New_York --phone +16175550100 --json"
ANA = (
    "enroll --clinic Harbor --phone +14155550123 --first-name Ana --birth-date 1988-05-04 --time-zone America/New_York "
    "--consent texts,echo --consent-form 2026-11 --consent-at 2025-11-20T15:00:00Z"
)


@dataclass
class Done:
    """How a command ended and what it printed."""

    code: int
    said: str

    @property
    def data(self) -> Any:
        return json.loads(self.said)


Run = Callable[..., Done]


def run_in(home: Path, line: str, **changes: str) -> Done:
    """Run a command line as `main` does, on this home folder."""
    env = {
        "SMSBOT_HOME": str(home),
        "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
        "TWILIO_AUTH_TOKEN": "token",
        "TWILIO_API_BASE": "http://127.0.0.1:1",
        "SMSBOT_MASTER_KEY": None,
        "SECRET_KEY": None,
        "DATABASE_URL": None,
    }
    result = CliRunner().invoke(cli.cli, line.split(), env=env | changes)
    if isinstance(result.exception, SmsbotError):
        return Done(1, str(result.exception))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Done(result.exit_code, result.output)


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Any]]:
    """Two homes to copy, made as the README says: one with Harbor, one with Ana enrolled there too."""
    harbor, ana = tmp_path_factory.mktemp("homes") / "harbor", tmp_path_factory.mktemp("homes") / "ana"
    run_in(harbor, "setup")
    clinic = run_in(harbor, CLINIC).data["id"]
    shutil.copytree(harbor, ana)
    return {"harbor": (harbor, clinic), "ana": (ana, run_in(ana, f"{ANA} --session {soon(11)}/60 --json").data)}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "var"


@pytest.fixture
def run(home: Path) -> Run:
    return functools.partial(run_in, home)


@pytest.fixture
def harbor(home: Path, homes: dict[str, tuple[Path, Any]]) -> str:
    """Harbor's id, on a home that has it."""
    made, clinic = homes["harbor"]
    shutil.copytree(made, home)
    return str(clinic)


@pytest.fixture
def ana(home: Path, homes: dict[str, tuple[Path, Any]]) -> dict[str, Any]:
    """Ana as the command printed her, on a home that has her."""
    made, enrolled = homes["ana"]
    shutil.copytree(made, home)
    return dict(enrolled)


def soon(days: int) -> str:
    """A session's time, in a coming January."""
    return f"2027-01-{days:02}T10:00:00-05:00"


def test_setup_makes_everything_once(run: Run, home: Path) -> None:
    assert "master.key" in run("setup").said
    again = run("setup")
    assert (again.code, "Made" in again.said) == (0, False)
    assert stat.S_IMODE((home / "keys" / "master.key").stat().st_mode) == 0o600


def test_setup_says_what_is_still_missing(run: Run) -> None:
    done = run("setup", TWILIO_AUTH_TOKEN="")
    assert done.code == 0
    assert "TWILIO_AUTH_TOKEN" in done.said


def test_before_setup_a_command_says_what_to_do(run: Run, home: Path) -> None:
    assert "smsbot setup" in run("clinic list").said
    run("setup")
    (home / "smsbot.db").unlink()
    assert "smsbot setup" in run("clinic list").said


def test_an_old_database_asks_for_migrate(run: Run, home: Path) -> None:
    run("setup")
    with open_database(f"sqlite:///{home / 'smsbot.db'}").write() as db:
        db.connection().exec_driver_sql("DELETE FROM alembic_version")
    assert "smsbot migrate" in run("clinic list").said


def test_the_designs_two_commands_work_literally(run: Run, harbor: str) -> None:
    key = run(f"apikey add --clinic {harbor} --json").data["key"]
    assert key.startswith("smsbot_")


def test_a_clinic_is_listed_and_shown(run: Run, harbor: str) -> None:
    assert run("clinic list --json").data == [{"id": harbor, "name": "Harbor", "number": "+15005550006"}]
    run("clinic contact add Harbor --name Dana --phone +16175550101")
    run("clinic license Harbor --plan year --starts 2026-01-01 --seats 5")
    shown = run("clinic show Harbor --json").data
    assert (shown["contacts"], shown["licenses"][0]["seats"], shown["hours"]["fri"]) == (1, 5, ["09:00-17:00"])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (CLINIC, "Another clinic"),
        (CLINIC.replace("0006", "0007").replace("America/New_York", "EST"), "time-zone: "),
        (CLINIC.replace("+15005550006", "555"), "number: "),
        (CLINIC.replace("0006", "0007") + " --protocol tea", "protocol: "),
        (CLINIC.replace("0006", "0007") + " --hours noon", "hours: "),
        (CLINIC.replace("0006", "0007") + " --alias " + "x" * 21, "alias: "),
        ("clinic contact add Harbor --name Dana", "phone: "),
        ("clinic contact add Harbor --name Dana --email dana --kind boss", "kind: "),
        ("clinic show Mesa", "no clinic"),
        ("apikey add --clinic Harbor --scopes all", "scopes: "),
    ],
)
def test_a_fault_is_a_sentence_and_status_1(run: Run, harbor: str, line: str, said: str) -> None:
    done = run(line)
    assert done.code == 1
    assert said in done.said


@pytest.mark.parametrize(
    "line",
    [
        "clinic add",
        "enroll",
        "session move nothing",
        f"{ANA} --session 2026-12-01T10:00:00",
        f"{ANA} --session noon",
        f"{ANA} --consent tea",
        f"{ANA} --session 2027-01-11T10:00:00-05:00/hour",
        "nothing",
    ],
)
def test_a_command_used_wrongly_is_status_2(run: Run, harbor: str, line: str) -> None:
    assert run(line).code == 2


OURS = """setup, migrate, clinic service, clinic contact change, task decide, clinic add, clinic list, clinic show,
clinic license, clinic hours, clinic line, code, clinic holidays, clinic test-page,
clinic contact add, clinic contact list, clinic contact rota, clinic contact remove,
apikey add, apikey list,
apikey revoke, enroll, session add, session move, session arrived, session done, session no-show, session cancel,
session list, session end-series, timeline, audit verify, audit patient, keys add, keys rotate"""


@pytest.mark.parametrize("line", [" ".join(line.split()) for line in OURS.split(",")])
def test_every_command_has_help_with_an_example(run: Run, line: str) -> None:
    done = run(f"{line} --help")
    assert done.code == 0
    assert f"smsbot {line}" in done.said.partition("Example:")[2]


def test_a_key_is_listed_used_and_revoked(run: Run, harbor: str) -> None:
    key = run("apikey add --clinic Harbor --name chart --days 30 --json").data
    listed = run("apikey list --clinic Harbor --json").data[0]
    assert (listed["id"], listed["name"], listed["used_at"]) == (key["id"], "chart", None)
    assert key["key"] not in str(listed)
    run(f"apikey revoke {key['id']} --clinic Harbor")
    assert run("apikey list --clinic Harbor --json").data[0]["revoked_at"]


def test_enrolling_prints_what_happens_next(run: Run, harbor: str) -> None:
    done = run(f"{ANA} --session {soon(11)}/60")
    assert "invited" in done.said
    assert "10:00 on Monday, January 11" in done.said
    assert "What happens next:" in done.said
    assert "welcome" in done.said


def test_every_fault_of_an_enrollment_is_a_line(run: Run, harbor: str) -> None:
    done = run(ANA.replace("+14155550123", "12").replace("1988", "2020").replace("texts,", ""))
    assert done.code == 1
    assert {line.partition(":")[0] for line in done.said.splitlines()} == {"phone", "birth-date", "consent.texts"}


def test_a_session_is_added_moved_and_canceled(run: Run, ana: dict[str, Any]) -> None:
    added = run(f"session add {ana['id']} --at {soon(14)} --json").data
    assert (added["number"], added["minutes"]) == (2, 90)
    previewed = run(f"session move {added['id']} --to {soon(15)} --preview --json").data
    assert {touch["change"] for touch in previewed["touches"]} >= {"moves"}
    assert run(f"session move {added['id']} --to {soon(15)} --json").data["version"] == 2
    assert "canceled" in run(f"session cancel {added['id']} --by patient").said
    statuses = [row["status"] for row in run(f"session list {ana['id']} --json").data["sessions"]]
    assert statuses == ["booked", "canceled"]


def test_nothing_of_the_day_is_said_weeks_ahead(run: Run, ana: dict[str, Any]) -> None:
    done = run(f"session done {ana['sessions'][0]['id']}")
    assert (done.code, "has not begun" in done.said) == (1, True)


def test_the_timeline_says_why(run: Run, ana: dict[str, Any]) -> None:
    touches = run(f"timeline {ana['id']} --json").data["touches"]
    assert {"key", "session", "flow", "due_at", "expires_at", "state", "why"} <= set(touches[0])
    assert "intention" in run(f"timeline {ana['id']}").said


def test_the_audit_chain_is_verified_and_a_change_is_found(run: Run, home: Path, ana: dict[str, Any]) -> None:
    assert run("audit verify --json").data[0]["broken_at"] is None
    with closing(sqlite3.connect(home / "smsbot.db")) as db, db:  # by somebody who owns the file
        guards = db.execute("select name from sqlite_master where type = 'trigger' and tbl_name = 'audit'").fetchall()
        for (guard,) in guards:
            db.execute(f"drop trigger {guard}")
        db.execute("update audit set actor = 'nobody' where action = 'patient.enroll'")
    done = run("audit verify")
    assert (done.code, "broken" in done.said) == (1, True)


def test_who_saw_a_patient_is_one_command(run: Run, ana: dict[str, Any]) -> None:
    run(f"timeline {ana['id']}")
    actions = [row["action"] for row in run(f"audit patient {ana['id']} --json").data]
    assert actions == ["patient.enroll", "timeline.read", "timeline.read"]


def test_keys_are_rotated_and_everything_still_opens(run: Run, home: Path, ana: dict[str, Any]) -> None:
    first = (home / "keys" / "master.key").read_text().strip()
    assert run("keys add").code == 0
    newest, older = (home / "keys" / "master.key").read_text().strip().split(",")
    assert older == first
    assert "1 keys" in run("keys rotate").said
    (home / "keys" / "master.key").write_text(newest)
    assert run("keys rotate --clinic Harbor").code == 0
    assert run("audit verify").code == 0
    assert run(f"timeline {ana['id']}").code == 0
    with open_database(f"sqlite:///{home / 'smsbot.db'}").read() as db:
        assert sorted(db.exec(select(ClinicKey.version)).all()) == [1, 2]


def test_a_key_in_the_environment_is_not_written_to_a_file(run: Run, home: Path, harbor: str) -> None:
    done = run("keys add", SMSBOT_MASTER_KEY=(home / "keys" / "master.key").read_text().strip())
    assert (done.code, "SMSBOT_MASTER_KEY" in done.said) == (1, True)


def test_the_installed_command_ends_as_it_should(home: Path) -> None:
    """`main` itself: one sentence and status 1 for a known fault, without a traceback."""
    done = subprocess.run(
        [sys.executable, "-c", "from smsbot.cli import main; main()", "clinic", "list"],
        env={"SMSBOT_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert "SMSBOT_MASTER_KEY" in done.stderr
    assert "Traceback" not in done.stderr
