"""Options of the test run, and the world every test may ask for."""

import gc
import os
from collections import Counter

import pytest
from hypothesis import settings

import tests.bytecode  # before anything that is slow to compile
import tests.kept  # noqa: F401  # before any application is made
from tests.api_support import World, open_world

# The same cases on every machine; HYPOTHESIS_PROFILE=default draws others.
settings.register_profile("gate", derandomize=True, database=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "gate"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-transcripts", action="store_true", help="rewrite tests/transcripts from what happens")


# These mostly wait, for real processes: begun first, they do so beside everything else.
WAITING = ("test_kills", "test_processes", "test_doctor", "test_api_openapi", "test_demo")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.stem not in WAITING)


def pytest_collection_finish() -> None:
    """What stays until the end is not looked through for garbage again and again."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What was skipped, and why, in one line at the end."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = Counter(str(report.longrepr[2]).removeprefix("Skipped: ") for report in skipped)
    if reasons:
        terminalreporter.write_line("Skipped: " + "; ".join(f"{count} ({why})" for why, count in reasons.items()))


@pytest.fixture
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Harbor and Mesa over a migrated database of their own, on a clock that stands still."""
    return open_world(tmp_path_factory.mktemp("world"))
