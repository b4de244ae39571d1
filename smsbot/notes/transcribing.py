"""The thread of a worker that has notes understood, one at a time on a machine, each in a child process of its own."""

import fcntl
import logging
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from smsbot import transcription
from smsbot.notes import hearing
from smsbot.runtime import Runtime
from smsbot.store import notes as rows
from smsbot.store.due import Claim
from smsbot.transcription import NotUnderstood, Transcript

log = logging.getLogger("smsbot.notes")

LOOK_EVERY_S = 2.0
MARGIN = timedelta(seconds=20)

# (sound, language, its length in seconds if known, stop) -> what was said; raises NotUnderstood.
Listen = Callable[[bytes, str, int | None, threading.Event], Transcript]


class Transcriber:
    """Looks every two seconds whether a stored note waits, and does nothing where no model is installed."""

    def __init__(self, runtime: Runtime, listen: Listen | None = None) -> None:
        self._runtime = runtime
        self._listen = listen
        self._lock = runtime.settings.home / "voice" / "listening.lock"

    def run(self, stop: threading.Event) -> None:
        """Listen until told to stop."""
        while not stop.is_set():
            try:
                found = self._able() and self.once(stop)
            except SQLAlchemyError as fault:
                log.error("the database did not answer", extra={"fault": type(fault).__name__})
                found = False
            except Exception:  # whatever one note runs into, the next one must be heard
                log.error("a voice note failed", exc_info=True)
                found = False
            if not found:
                stop.wait(LOOK_EVERY_S)

    def _able(self) -> bool:
        return self._listen is not None or transcription.ready(self._runtime.settings)

    def once(self, stop: threading.Event) -> bool:
        """Understand the note that has waited longest; False when there is none, or another process listens here."""
        with self._runtime.database.read() as db:
            if not rows.waits_for_words(db, self._runtime.care(db), self._runtime.machine()):
                return False
        with self._alone() as mine:
            return mine and self._next(stop)

    def _next(self, stop: threading.Event) -> bool:
        runtime = self._runtime
        with runtime.database.write() as db:
            claim = rows.claim_words(db, runtime.care(db), runtime.machine(), MARGIN)
            sound = hearing.sound_of(runtime, db, claim) if claim else None
            if claim is not None and sound is not None:
                # A lease as long as the work may take, and no longer: a killed process must not keep danger waiting.
                until = runtime.machine() + timedelta(seconds=transcription.time_for(sound[2])) + MARGIN
                rows.extend(db, claim, until)
        if claim is None:
            return False
        runtime.reached("note.listening")
        if sound is not None:
            self._understand(claim, *sound, stop)
        return True

    def _understand(self, claim: Claim, data: bytes, language: str, seconds: int | None, stop: threading.Event) -> None:
        result: Transcript | NotUnderstood
        try:
            result = self._heard(data, language, seconds, stop)
        except NotUnderstood as fault:
            if fault.why == "stopped":
                return  # this process ends; the note is heard by the next one, once the lease is over
            result = fault
        hearing.settle(self._runtime, claim, result)

    def _heard(self, data: bytes, language: str, seconds: int | None, stop: threading.Event) -> Transcript:
        if self._listen is not None:
            return self._listen(data, language, seconds, stop)
        return transcription.transcribe(self._runtime.settings, data, language, seconds, stop)

    @contextmanager
    def _alone(self) -> Iterator[bool]:
        """One at a time on a machine, however many workers: a lock the operating system lets go of with us."""
        self._lock.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(self._lock, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            yield False
            return
        try:
            yield True
        finally:
            os.close(handle)
