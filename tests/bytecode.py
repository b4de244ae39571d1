"""Keeps compiled modules for the many processes that tests start, where the environment asks Python to keep none."""

import os
import sys
from pathlib import Path

KEPT = Path(__file__).resolve().parent.parent / ".pytest_cache" / "bytecode"

if sys.dont_write_bytecode:
    # An installed service has its bytecode. Compiling it anew for each process costs more than most tests.
    sys.dont_write_bytecode = False
    sys.pycache_prefix = str(KEPT)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(KEPT)
