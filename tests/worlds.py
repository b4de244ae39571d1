"""The world every test may ask for: a plugin of the processes that run tests."""

import pytest

import tests.kept  # noqa: F401  # before any application is made
from tests.api_support import World, open_world


@pytest.fixture
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Harbor and Mesa over a migrated database of their own, on a clock that stands still."""
    return open_world(tmp_path_factory.mktemp("world"))
