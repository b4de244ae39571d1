"""Options of the test run."""

import gc
import os
from collections import Counter

import pytest
from hypothesis import is_hypothesis_test, settings

import tests.bytecode  # noqa: F401  # before anything that is slow to compile

# The same few cases on every machine; HYPOTHESIS_PROFILE=default draws others, and long more (make proof).
PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "gate")
settings.register_profile("gate", derandomize=True, database=None, max_examples=40)
settings.register_profile("long", derandomize=True, database=None, max_examples=400)
settings.load_profile(PROFILE)


def pytest_configure(config: pytest.Config) -> None:
    """What only hands tests out to others needs nothing of the product, and begins without it."""
    if config.getoption("dist", "no") == "no":
        config.pluginmanager.import_plugin("tests.worlds")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-transcripts", action="store_true", help="rewrite tests/transcripts from what happens")


# These mostly wait, for real processes: begun first, they do so beside everything else.
WAITING = ("test_kills", "test_processes", "test_api_openapi", "test_demo")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.stem not in WAITING)
    for item in items:
        if PROFILE == "long" and is_hypothesis_test(getattr(item, "obj", None)):
            item.add_marker("long")  # properties are short in every run, and in the long one too


def pytest_collection_finish() -> None:
    """What stays until the end is not looked through for garbage again and again, and the rest not so often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What was skipped, and why, in one line at the end."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = Counter(str(report.longrepr[2]).removeprefix("Skipped: ") for report in skipped)
    if reasons:
        terminalreporter.write_line("Skipped: " + "; ".join(f"{count} ({why})" for why, count in reasons.items()))
