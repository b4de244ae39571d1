"""The README says what is there: every setting, command and make target, and nothing that is not."""

import re
from pathlib import Path

import pytest

from smsbot.cli import COMMANDS
from smsbot.config import Settings

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def settings_table() -> str:
    """The settings table as it must stand in the README."""
    rows = ["| setting | default | what it is |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        shown = str(field.default).strip("*") if "key" not in name and "secret" not in name else ""
        rows.append(f"| `{field.alias}` | {f'`{shown}`' if shown not in ('', 'None') else ''} | {field.description} |")
    return "\n".join(rows)


def test_the_settings_table_is_the_settings() -> None:
    found = re.search(r"<!-- settings -->\n(.*?)\n?<!-- /settings -->", README, re.S)
    assert found
    assert found[1] == settings_table(), f"put this between the marks:\n{settings_table()}"


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_is_named(command: str) -> None:
    assert f"smsbot {command}" in README or f"`{command}`" in README


def test_every_command_in_the_readme_exists() -> None:
    named = set(re.findall(r"smsbot ([a-z]+)", README))
    assert named - set(COMMANDS) <= {"carries"}


def test_every_make_target_in_the_readme_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M))
    assert set(re.findall(r"(?:`|^    )make ([a-z]+)", README, re.M)) <= targets


def test_no_floor_is_missing_from_the_picture() -> None:
    packages = {
        path.name.removesuffix(".py") for path in (ROOT / "smsbot").iterdir() if path.suffix == ".py" or path.is_dir()
    }
    drawn = set(re.findall(r"`([a-z_]+)/?`", README))
    assert {"inbox", "outbox", "engine", "planner", "safety", "store", "vault", "talk"} <= drawn & packages
