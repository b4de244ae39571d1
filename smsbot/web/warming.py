"""A web process answers that it is up while it still reads the lexicon; whatever else is asked waits until it has."""

import logging
import os
import threading
from collections.abc import Callable, Iterable
from typing import Any

from gunicorn.arbiter import Arbiter

from smsbot import answers, safety
from smsbot.loading import settled

log = logging.getLogger("smsbot.web")

UP = "/healthz"
# The carrier waits 15 s for an answer, and asks the fallback address then.
LONGEST_S = 12.0

Environ = dict[str, Any]
Wsgi = Callable[[Environ, Any], Iterable[bytes]]


class Warming:
    """Reads the lexicon in a thread of its own; `held` is an application whose requests wait for that."""

    def __init__(self) -> None:
        self._ready = threading.Event()

    def start(self) -> None:
        """Begin to read, beside the requests."""
        threading.Thread(target=self._read, name="warm", daemon=True).start()

    def held(self, answer: Wsgi) -> Wsgi:
        """The same application, for requests that come too early: no text may be looked at without the lexicon."""

        def waits(environ: Environ, start_response: Any) -> Iterable[bytes]:
            if not self._ready.is_set() and environ.get("PATH_INFO") != UP:
                self._ready.wait(LONGEST_S)
            return answer(environ, start_response)

        return waits

    def _read(self) -> None:
        try:
            with settled():
                safety.version()
        except Exception:  # data that cannot be used: such a process must not answer texts, as if it had never started
            log.critical("the lexicon cannot be read", exc_info=True)
            os._exit(Arbiter.WORKER_BOOT_ERROR)
        self._ready.set()
        # The first cry must not wait for all patterns to be compiled; nor must the first answer.
        safety.warm()
        answers.warm()
