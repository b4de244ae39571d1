"""Processes of the service forked from one that has loaded it, so that two hundred kills do not cost two hundred loads.

A fork is a process like any other to the system, to SIGKILL and to the database; only its imports are not made again.
"""

import multiprocessing
import os
import sys
from collections.abc import Mapping
from multiprocessing.context import ForkServerProcess

from smsbot import cli, safety
from smsbot.cli import background, serve

# What a fork need not load again; they are imported here for the sake of the mother, who imports this module.
LOADED = (background, serve)
safety.warm()

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["pytest", "tests.warm"])


class Fork:
    """One process: what the harness uses of subprocess.Popen."""

    def __init__(self, name: str, env: Mapping[str, str], log: str, cwd: str) -> None:
        self._process: ForkServerProcess = CONTEXT.Process(target=_become, args=(name, dict(env), log, cwd))
        self._process.start()

    @property
    def pid(self) -> int:
        """Its number, which is also that of its group."""
        return self._process.pid or 0

    def poll(self) -> int | None:
        """Its exit status, or None while it runs."""
        return self._process.exitcode

    def wait(self) -> int | None:
        """Wait for its end."""
        self._process.join()
        return self._process.exitcode


def _become(name: str, env: dict[str, str], log: str, cwd: str) -> None:
    """In the fork: a group, an environment and a log of its own, then the command as a person would give it."""
    os.setsid()
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    out = os.open(log, os.O_WRONLY | os.O_APPEND)
    os.dup2(out, 1)
    os.dup2(out, 2)
    sys.argv = ["smsbot", name]
    cli.main()
