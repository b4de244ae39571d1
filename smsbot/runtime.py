"""What a process holds: settings, database, vault, content, clock, ids, the carrier and the bell that wakes workers."""

import os
import random
import signal
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import redis
from sqlmodel import Session

from smsbot import audio
from smsbot import content as contents
from smsbot.clocks import Clock
from smsbot.config import Settings
from smsbot.content.signing import not_signed
from smsbot.embedded import ensure
from smsbot.errors import SettingsFaults
from smsbot.store import machine as machine_store
from smsbot.store.db import Database, open_database
from smsbot.vault import Vault

LOW_BITS = (1 << 62) - 1
WAKE_LIST = "smsbot:wake"


class Bell(Protocol):
    """Wakes whoever turns due rows into work; losing a ring costs at most one sweep."""

    def ring(self, what: str) -> None: ...

    def works(self) -> bool: ...


class RedisBell:
    """One push to one list, after the commit; a dead Redis is noticed in milliseconds and forgiven."""

    def __init__(self, url: str) -> None:
        self._redis = redis.Redis.from_url(url, socket_connect_timeout=0.2, socket_timeout=0.2)

    def ring(self, what: str) -> None:
        """`what` is an id of ours or a sender's row name; never patient data."""
        try:
            self._redis.rpush(WAKE_LIST, what)
        except redis.RedisError:
            return  # the sweep finds the rows; nothing is lost

    def works(self) -> bool:
        """Whether Redis answers now."""
        try:
            return bool(self._redis.ping())
        except redis.RedisError:
            return False


class SilentBell:
    """For tests and the simulator, which drain what is due themselves."""

    def ring(self, what: str) -> None:
        return

    def works(self) -> bool:
        return True


def new_id() -> uuid.UUID:
    """A time-ordered random id (RFC 9562 version 7), so that new rows land at the end of an index."""
    rest = int.from_bytes(os.urandom(10), "big")
    value = (time.time_ns() // 1_000_000 << 80) | (0x7 << 76) | ((rest >> 68) << 64) | (0b10 << 62) | (rest & LOW_BITS)
    return uuid.UUID(int=value)


def nothing_reached(_: str) -> None:
    """Outside kill tests a named point does nothing."""


class CrashPoint:
    """For kill tests: SIGKILL ourselves when a named point is passed for the given time."""

    def __init__(self, setting: str) -> None:
        self._name, _, count = setting.partition(":")
        self._left = int(count or "1")
        self._lock = threading.Lock()

    def __call__(self, name: str) -> None:
        if name != self._name:
            return
        with self._lock:
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


@dataclass(frozen=True)
class Runtime:
    """Passed to whatever acts; nothing below the edge reads the environment, the clock or chance by itself."""

    settings: Settings
    database: Database
    vault: Vault = field(repr=False)
    content: contents.Content = field(repr=False)
    clock: Clock = field(default_factory=Clock)
    new_id: Callable[[], uuid.UUID] = new_id
    chance: random.Random = field(default_factory=random.SystemRandom, repr=False)
    bell: Bell = field(default_factory=SilentBell)
    carrier: Any = None
    reached: Callable[[str], None] = nothing_reached

    def machine(self) -> datetime:
        """Machine time, aware UTC."""
        return self.clock.machine()

    def care(self, db: Session) -> datetime:
        """Care time, aware UTC: machine time, plus the sandbox's offset where that is allowed."""
        now = self.clock.machine()
        return now + machine_store.offset(db) if self.settings.movable_clock else now


def read_content(settings: Settings) -> contents.Content:
    """What these settings say and when. Raises ContentFaults, and SettingsFaults for words nobody signed."""
    flows, templates = contents.locate(settings.home)
    loaded = contents.load(settings.flows or flows, settings.templates or templates)
    _refuse_without_pages(loaded)
    _refuse_unsigned(settings, loaded, settings.templates or templates)
    return loaded


def build(settings: Settings, carrier: Any = None, content: contents.Content | None = None) -> Runtime:
    """A process's runtime from its settings: opens the database and Redis; reads the content unless it is given."""
    loaded = content or read_content(settings)
    return Runtime(
        settings=settings,
        database=open_database(settings.database, pool_size=max(settings.web_threads, 4) + 2),
        vault=Vault(settings.masters),
        content=loaded,
        bell=RedisBell(settings.redis_url or ensure(settings.home)),
        carrier=carrier,
        reached=CrashPoint(settings.crash_at) if settings.crash_at else nothing_reached,
    )


def _refuse_without_pages(loaded: contents.Content) -> None:
    """A clinic's own copy of the words from before there were pages would leave the pages without words."""
    if lacking := [language for language in loaded.system if language not in loaded.printed]:
        raise SettingsFaults([f"message_templates/{language}/pages.yaml is not there: add it." for language in lacking])


def _refuse_unsigned(settings: Settings, loaded: contents.Content, templates: Path) -> None:
    """Words that no clinician has signed as they stand are not sent to real phones, unless the clinic says so.

    The guided audio is spoken to patients, so its scripts are among them.
    """
    if not settings.real_carrier or settings.allow_unsigned:
        return
    unsigned = [f"{language}/{flow}" for language, flow, _ in not_signed(loaded)]
    scripts = (script for spoken in audio.load(templates).values() for script in spoken.values())
    unsigned += [f"{script.language}/audio/{script.name}" for script in scripts if not script.is_signed]
    if unsigned:
        raise SettingsFaults(
            [
                f"{len(unsigned)} pages of content are not signed as they stand ({', '.join(unsigned[:3])}, ...): "
                "`smsbot check` and `smsbot audio check` list them, or set SMSBOT_ALLOW_UNSIGNED=1."
            ]
        )
