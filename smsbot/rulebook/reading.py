"""Reads the rulebook's data files, which ship inside the package; the one module of it that touches a file."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def read(name: str) -> dict[str, Any]:
    """The data of one file, such as "forms", read once."""
    path = resources.files("smsbot.rulebook") / "data" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
