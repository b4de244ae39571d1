"""Child processes that are started again when they die, and that die when their supervisor does."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

PR_SET_PDEATHSIG = 1
FIRST_WAIT_S, LONGEST_WAIT_S = 0.5, 30.0
HEALTHY_S = 30.0
STOP_S = 10.0


@dataclass
class Child:
    """One process: what it runs, what it inherits, and what must happen each time it has been started.

    `command` gives words and file descriptors to hand down (closed here afterwards if `closes`); None: not needed now.
    `then` is tried after each start until it says that it is done.
    `orphaned` is the signal the operating system sends it should its supervisor die.
    """

    name: str
    command: Callable[[], tuple[list[str], tuple[int, ...]] | None]
    env: dict[str, str]
    log: Path
    orphaned: signal.Signals = signal.SIGTERM
    closes: bool = False
    then: Callable[[], bool] = lambda: True
    process: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)
    began: float = 0.0
    wait_s: float = FIRST_WAIT_S
    again_at: float = 0.0
    settled: bool = False

    def start(self) -> None:
        """Start it."""
        wanted = self.command()
        if wanted is None:
            return
        words, handed = wanted
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                words,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=handed,
                start_new_session=True,  # ^C is for the supervisor, which stops them in order
                preexec_fn=dies_with_parent(self.orphaned),
            )
        if self.closes:
            for fd in handed:
                os.close(fd)
        self.began, self.settled = time.monotonic(), False

    def tend(self) -> bool:
        """See that it is settled; start it again once it has died and its wait is over. True if found dead just now."""
        if self.process is None or self.process.poll() is None:
            self.settled = self.settled or self.then()
            return False
        now = time.monotonic()
        if self.again_at == 0.0:
            if now - self.began > HEALTHY_S:
                self.wait_s = FIRST_WAIT_S
            self.again_at, self.wait_s = now + self.wait_s, min(self.wait_s * 2, LONGEST_WAIT_S)
            return True
        if now >= self.again_at:
            self.again_at = 0.0
            self.start()
        return False

    def stop(self) -> None:
        """Ask it to finish, wait, and end it if it does not."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self._end()

    def _end(self) -> None:
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):  # its helpers are in the same session
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def dies_with_parent(number: signal.Signals) -> Callable[[], None] | None:
    """What a child does before it becomes its program: ask Linux for a signal when we die. Elsewhere nothing can."""
    if not sys.platform.startswith("linux"):
        return None
    libc, parent = ctypes.CDLL(None, use_errno=True), os.getpid()

    def ask() -> None:
        libc.prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)
        if os.getppid() != parent:  # it died while we were being born
            os._exit(1)

    return ask
