"""The clock process: finds what is due each second and has it done, by workers if they take it, else by itself.

Any number of clocks may run. Nothing is kept here: what is due is in the database, and claims there are exclusive.
"""

import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import redis
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError

from smsbot import repair
from smsbot.config import Settings
from smsbot.content import Content
from smsbot.jobs import duties, queueing
from smsbot.jobs.link import RedisLink
from smsbot.jobs.opening import opened
from smsbot.runtime import Runtime
from smsbot.store import beats, machine, outgoing
from smsbot.waker import Waker

log = logging.getLogger("smsbot.clock")

TICK_S = 1.0
# Work that has been due this long and that no worker has taken is done here.
PATIENCE_S = 5.0
OWN_DUTY_S = 10.0
BEAT_S = 5.0
DRIFT = timedelta(seconds=60)
ALARM_FOR = timedelta(minutes=10)

Item = tuple[str, str]


class Pulse:
    """A process's sign of life in the database, with what is wrong with it."""

    def __init__(self, runtime: Runtime, process: str, kind: str) -> None:
        self._runtime, self._process, self._kind = runtime, process, kind
        self._last = float("-inf")

    def beat(self, alarm: str | None = None) -> None:
        """Beat, at most every five seconds; an alarm goes out at once."""
        if alarm is None and time.monotonic() - self._last < BEAT_S:
            return
        self._last = time.monotonic()
        with self._runtime.database.write() as db:
            now = self._runtime.machine()
            machine.beat(db, self._process, self._kind, now, alarm)
            beats.forget_older(db, now - timedelta(days=1))

    def end(self) -> None:
        """Take the sign away: this process has ended on purpose."""
        try:
            with self._runtime.database.write() as db:
                beats.forget(db, self._process)
        except SQLAlchemyError as fault:
            log.warning("could not sign off", extra={"fault": type(fault).__name__})


class Drift:
    """Watches whether the wall clock and the monotonic one agree; a jump of one makes every due time doubtful."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._last: tuple[datetime, float] | None = None

    def since_last(self, wall: datetime) -> timedelta:
        """How far the two have come apart since the last call."""
        now = self._monotonic()
        last, self._last = self._last, (wall, now)
        return abs((wall - last[0]) - timedelta(seconds=now - last[1])) if last else timedelta(0)


@dataclass
class Ticker:
    """Looks every `every_s` seconds. With a link it asks workers first; without one it does everything itself."""

    runtime: Runtime
    link: RedisLink | None
    pulse: Pulse
    every_s: float = TICK_S
    drift: Drift = field(default_factory=Drift)
    waiting_since: dict[Item, float] = field(default_factory=dict)
    alarm_until: datetime | None = None
    connection: "redis.Redis | None" = None

    def run(self, stop: threading.Event) -> None:
        """Tick until told to stop; a database out of reach costs the ticks it is away."""
        while not stop.is_set():
            began = time.monotonic()
            try:
                self.tick()
            except SQLAlchemyError as fault:
                log.error("the database did not answer", extra={"fault": type(fault).__name__})
            except Exception:  # whatever one tick runs into, the next one must come
                log.error("a tick failed", exc_info=True)
            stop.wait(max(0.0, self.every_s - (time.monotonic() - began)))

    def tick(self) -> None:
        """Look once: guard the clock, find what is due, hand it on, do what nobody took."""
        self._guard()
        self.pulse.beat(self._alarm())
        found = duties.find(self.runtime)
        now = time.monotonic()
        self.waiting_since = {item: self.waiting_since.get(item, now) for item in found}
        for item in found:
            handed = self._hand_on(item)
            if not handed or now - self.waiting_since[item] >= PATIENCE_S:
                self._do(item)

    def _do(self, item: Item) -> None:
        """Do one duty here; a fault in it must not keep the others waiting."""
        try:
            duties.do(self.runtime, *item, OWN_DUTY_S)
        except (OperationalError, InterfaceError):
            raise  # the database is away, for the others too
        except Exception:  # any duty's fault ends that duty only
            log.error("a duty failed", extra={"duty": item[0]}, exc_info=True)

    def _hand_on(self, item: Item) -> bool:
        """Ask the workers; False when there is no way to ask."""
        if self.link is None:
            return False
        try:
            self.connection = self.connection or self.link.connection()
            queueing.enqueue(self.connection, *item)
            return True
        except redis.RedisError as fault:
            log.warning("redis is out of reach", extra={"fault": type(fault).__name__})
            self.connection = None
            self.link.renew()
            return False

    def _guard(self) -> None:
        """After a jump of the clock nothing but crisis lines is sent for a minute, and an alarm is raised."""
        wall = self.runtime.machine()
        if self.drift.since_last(wall) <= DRIFT:
            return
        self.alarm_until = wall + ALARM_FOR
        with self.runtime.database.write() as db:
            outgoing.park_all(db, wall + DRIFT)
        self.pulse.beat(self._alarm())

    def _alarm(self) -> str | None:
        if self.alarm_until is None or self.runtime.machine() >= self.alarm_until:
            return None
        return "the machine's clock has jumped; sending was held for a minute"


def start(settings: Settings, content: Content | None = None) -> None:
    """Be a clock process with these settings; `content` is given where it has been read already."""
    run(opened(settings, "clock", content))


def run(runtime: Runtime, stop: threading.Event | None = None) -> None:
    """Be a clock process until told to stop by SIGTERM or SIGINT."""
    ending = stop or threading.Event()
    if stop is None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: ending.set())
    pulse = Pulse(runtime, f"clock:{socket.gethostname()}:{os.getpid()}", "clock")
    link = RedisLink(runtime.settings)
    waker = threading.Thread(target=Waker(link).run, args=(ending,), name="waker", daemon=True)
    waker.start()
    try:
        with runtime.database.write() as db:
            repair.ask_again(db)  # this may be the end of an outage
        Ticker(runtime, link, pulse).run(ending)
    finally:
        ending.set()
        waker.join(timeout=5)
        pulse.end()
