"""Runs a module of ours in a child process with limits, for files that strangers send.

The child gets bytes on standard input and gives bytes on standard output. It knows none of our settings; it ends itself
when its time is over, so that nothing outlives a parent that was killed.
"""

import contextlib
import os
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

LOOK_EVERY_S = 0.5
# What a Python process needs to find its modules, and to be told to stay off the network and on one core.
PASSED = ("PATH", "LANG", "LC_ALL", "PYTHONPATH", "VIRTUAL_ENV", "TMPDIR")
QUIET = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONWARNINGS": "ignore",
}
GIGABYTE = 1 << 30


@dataclass(frozen=True)
class Limits:
    """Seconds by the clock, and bytes of memory the child may ask for."""

    seconds: float
    memory: int = 2 * GIGABYTE


class WorkFailed(Exception):
    """The child gave no result; `why` is "time", "stopped", "missing" (an extra is not installed) or "failed"."""

    def __init__(self, why: str) -> None:
        super().__init__(f"the child process gave no result ({why})")
        self.why = why


MISSING = 3  # exit status of a child whose extra is not installed
ENDS = {MISSING: "missing", -signal.SIGALRM: "time"}


def run(module: str, args: Sequence[str], data: bytes, limits: Limits, stop: threading.Event | None = None) -> bytes:
    """What `python -m module args` writes when it reads `data`; WorkFailed otherwise. `stop` ends it early."""
    environment = {name: os.environ[name] for name in PASSED if name in os.environ} | QUIET
    bounds = [str(limits.seconds), str(limits.memory)]
    with subprocess.Popen(
        [sys.executable, "-m", module, *bounds, *args],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    ) as child:
        # By hand: communicate() forgets the rest of its input once it has timed out.
        feeder = threading.Thread(target=_feed, args=(child.stdin, data), daemon=True)
        child.stdin = None
        feeder.start()
        try:
            given = _wait(child, limits.seconds, stop)
        except WorkFailed:
            child.kill()
            child.communicate()
            raise
        finally:
            feeder.join()
    if child.returncode != 0:
        raise WorkFailed(ENDS.get(child.returncode, "failed"))
    return given


def _feed(into: IO[bytes] | None, data: bytes) -> None:
    """Write all of it; a child that ends early wants no more."""
    if into is not None:
        with contextlib.suppress(OSError), into:
            into.write(data)


def _wait(child: "subprocess.Popen[bytes]", seconds: float, stop: threading.Event | None) -> bytes:
    left: float = seconds + LOOK_EVERY_S
    while left > 0:
        try:
            return child.communicate(timeout=min(LOOK_EVERY_S, left))[0]
        except subprocess.TimeoutExpired:
            left -= LOOK_EVERY_S
        if stop is not None and stop.is_set():
            raise WorkFailed("stopped")
    raise WorkFailed("time")


def confine(argv: Sequence[str]) -> list[str]:
    """In the child: obey the limits that `run` put first into the arguments, and return the rest of them."""
    seconds, memory = float(argv[0]), int(argv[1])
    signal.setitimer(signal.ITIMER_REAL, seconds)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    os.nice(10)
    return list(argv[2:])
