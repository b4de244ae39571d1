"""`smsbot staff`, run as it is typed."""

from pathlib import Path

import pytest

from smsbot.staff import signing
from tests.test_cli_clinic import CLINIC, run_in

ADD = "staff add --clinic Harbor --email dana@example.org --name Dana --role lead"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with Harbor and with Dana, a lead."""
    home = tmp_path_factory.mktemp("staff") / "var"
    run_in(home, "setup")
    run_in(home, CLINIC)
    assert run_in(home, ADD).code == 0
    return home


def test_an_account_comes_with_a_password_shown_once(home: Path) -> None:
    added = run_in(home, "staff add --clinic Harbor --email finn@example.org --name Finn --role frontdesk --json").data
    assert set(added) == {"id", "email", "password", "address"}
    assert added["address"].endswith("/portal/")
    assert len(added["password"]) == 19


def test_accounts_are_listed_without_secrets(home: Path) -> None:
    listed = run_in(home, "staff list --clinic Harbor --json").data
    assert {"email": "dana@example.org", "name": "Dana", "role": "lead"}.items() <= listed[0].items()
    assert not {"password", "password_hash", "totp_sealed"} & set(listed[0])
    assert "has not signed in yet" in run_in(home, "staff list --clinic Harbor").said


def test_disable_and_reset(home: Path) -> None:
    assert run_in(home, "staff disable Dana@Example.org").code == 0
    assert "disabled" in run_in(home, "staff list --clinic Harbor").said
    again = run_in(home, "staff reset dana@example.org --device --json").data
    assert again["password"]
    assert "disabled" not in run_in(home, "staff list --clinic Harbor").said


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("staff add --clinic Harbor --email nobody --name X", "email: Write an e-mail address"),
        ("staff add --clinic Harbor --email x@example.org --name X --role boss", "role: Choose one of"),
        ("staff add --clinic Nowhere --email x@example.org --name X", "no clinic"),
        (ADD, "already has an account"),
        ("staff reset stranger@example.org", "no account"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(home: Path, line: str, sentence: str) -> None:
    done = run_in(home, line)
    assert done.code == 1
    assert sentence in done.said


def test_the_number_of_tries_is_within_the_goal() -> None:
    """RELIABILITY S9: at most ten guesses in 15 minutes."""
    assert signing.MOST_TRIES <= 10
    assert signing.LOCKED.total_seconds() >= 15 * 60
