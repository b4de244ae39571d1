"""The whole service as one command: web, worker and clock as children of a process that has loaded them.

They share its memory, so that the three need little more than half of what they need apart, and a child that dies is
back as soon as it has opened its database. They are processes like any other: each may be killed at any moment.
"""

import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from multiprocessing.context import ForkProcess
from types import FrameType

from sqlalchemy.orm import configure_mappers

from smsbot import clock as clocks
from smsbot import config, logs, safety
from smsbot.cli.serve import Host
from smsbot.demo.children import dies_with_parent
from smsbot.jobs import working
from smsbot.loading import settled
from smsbot.runtime import read_content
from smsbot.web import serve

log = logging.getLogger("smsbot.all")

FORK = get_context("fork")
LOOK_S = 0.25
FIRST_WAIT_S, LONGEST_WAIT_S = 0.5, 30.0
HEALTHY_S = 30.0
# Longer than gunicorn takes to finish what it has begun.
STOP_S = 15.0


def together(
    host: Host = "127.0.0.1",
) -> None:
    """Run web, worker and clock as one command that shares their memory: for a small machine.

    Example: PORT=8000 smsbot all
    """
    settings = config.load(os.environ)
    logs.configure(settings.log_level, "all")
    with settled():  # what all three need
        safety.version()
        configure_mappers()
        content = read_content(settings)
    ending = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, partial(_end, ending))
    works = {
        "web": partial(serve.serve, settings, host, content),
        "worker": partial(working.start, settings, content),
        "clock": partial(clocks.start, settings, content),
    }
    Family(works).run(ending)


def _end(ending: threading.Event, _: int, __: FrameType | None) -> None:
    ending.set()


@dataclass
class Kin:
    """One child: the process that runs now, since when, and how long to wait before the next after it has died."""

    process: ForkProcess
    began: float
    wait_s: float = FIRST_WAIT_S
    again_at: float | None = None


@dataclass
class Family:
    """Children by name, each with what it does for as long as it lives; whichever dies is started again."""

    works: Mapping[str, Callable[[], None]]
    children: dict[str, Kin] = field(default_factory=dict)

    def run(self, ending: threading.Event) -> None:
        """Start all and tend them until `ending`, then ask them to finish."""
        try:
            for name in self.works:
                self.children[name] = Kin(self._started(name), time.monotonic())
            while not ending.wait(LOOK_S):
                for name, child in self.children.items():
                    self._tend(name, child, time.monotonic())
        finally:
            self._stop()

    def _started(self, name: str) -> ForkProcess:
        process = FORK.Process(target=partial(_become, dies_with_parent(signal.SIGTERM), self.works[name]), name=name)
        process.start()
        return process

    def _tend(self, name: str, child: Kin, now: float) -> None:
        """Start a child again once it has died and its wait is over; the wait doubles while it keeps dying."""
        if child.process.is_alive():
            return
        if child.again_at is None:
            log.error("a process has died", extra={"name_of_process": name, "status": child.process.exitcode})
            wait_s = FIRST_WAIT_S if now - child.began > HEALTHY_S else child.wait_s
            child.again_at, child.wait_s = now + wait_s, min(wait_s * 2, LONGEST_WAIT_S)
        elif now >= child.again_at:
            child.process, child.began, child.again_at = self._started(name), now, None

    def _stop(self) -> None:
        """Ask all to finish, wait, and end those that do not."""
        for child in self.children.values():
            child.process.terminate()
        end = time.monotonic() + STOP_S
        for child in self.children.values():
            child.process.join(max(0.0, end - time.monotonic()))
            if child.process.is_alive():
                child.process.kill()
                child.process.join()


def _become(bound: Callable[[], None] | None, work: Callable[[], None]) -> None:
    """In the child: a group of its own (^C is for the parent, which ends them in order), signals as they were, then
    the work.
    """
    os.setpgid(0, 0)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    if bound is not None:
        bound()
    work()
