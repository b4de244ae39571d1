"""The real thing for tests: sandbox, web, worker, clock and Valkey as processes, killed at named points."""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import IO

import redis
import requests
from sqlmodel import col, func, select

from smsbot import content, embedded, enroll
from smsbot.config import load, make_keys
from smsbot.desk import Desk
from smsbot.enroll import ConsentForm, Request
from smsbot.models import CarrierSender, Clinic, Inbound, Message
from smsbot.runtime import Runtime, new_id
from smsbot.sessions import Booking
from smsbot.store import clinics, messages
from smsbot.store.db import open_database
from smsbot.store.migrate import migrate
from smsbot.vault import Vault
from tests.sandbox_support import ACCOUNT_SID, AUTH_TOKEN, NUMBER, Sandbox
from tests.warm import Fork

ALL_DAY = {day: ["00:00-23:59"] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Stack:
    """`processes` by name (web, worker, clock); each restart may be given a point at which the process kills itself.

    `cold` ones are started as a person would, for whoever measures start and memory; the others are forks (warm.py).
    """

    home: Path
    box: Sandbox
    port: int
    env: dict[str, str]
    runtime: Runtime
    clinic: Clinic
    log: IO[bytes]
    processes: dict[str, subprocess.Popen[bytes] | Fork] = field(default_factory=dict)
    kills: int = 0
    cold: bool = False
    held: int | None = None

    def start(self, name: str, crash_at: str = "") -> None:
        """Start (or start again) one process in a group of its own."""
        env = self.env | ({"SMSBOT_CRASH_AT": crash_at} if crash_at else {})
        if not self.cold:
            self.processes[name] = Fork(name, env, self.log.name, str(ROOT))
            return
        command = [str(Path(sys.executable).parent / "smsbot"), name]
        self.processes[name] = subprocess.Popen(
            command, cwd=ROOT, env=env, stdout=self.log, stderr=self.log, start_new_session=True
        )

    def kill(self, name: str) -> None:
        """SIGKILL a process and everything it started."""
        process = self.processes.pop(name)
        for kill in (os.killpg, os.kill):  # one that has only just begun has no group yet
            with suppress(ProcessLookupError):
                kill(process.pid, signal.SIGKILL)
        process.wait()

    def kill_redis(self) -> None:
        """SIGKILL the Valkey server of this home."""
        for pid in self.redis_pids():
            os.kill(pid, signal.SIGKILL)

    def hold_redis(self) -> None:
        """Kill and flush the Valkey server and keep another from starting: its folder is locked by us."""
        with redis.Redis.from_url(embedded.ensure(self.home)) as connection:
            connection.flushall()
        self.until(self._lock_redis, 20, "Redis' folder could not be locked")

    def _lock_redis(self) -> bool:
        self.kill_redis()
        lock = os.open(self.home / "valkey" / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            return False
        self.held = lock
        return True

    def release_redis(self) -> None:
        """Let it start again."""
        if self.held is not None:
            os.close(self.held)
            self.held = None
        embedded.ensure(self.home)

    def redis_pids(self) -> list[int]:
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    line = (entry / "cmdline").read_bytes().decode(errors="replace")
                except OSError:
                    continue
                if "valkey" in line.split("\0")[0] and str(self.home) in line:
                    found.append(int(entry.name))
        return found

    def wait_ready(self, seconds: float = 60.0) -> None:
        """Wait until the web process answers."""
        self.until(self._healthy, seconds, "the web process did not answer")

    def _healthy(self) -> bool:
        try:
            return requests.get(f"http://127.0.0.1:{self.port}/healthz", timeout=2).status_code == 200
        except requests.RequestException:
            return False

    def until(self, condition: Callable[[], bool], seconds: float, why: str) -> float:
        """Poll until true; returns the seconds it took, TimeoutError with the log's tail otherwise."""
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            if condition():
                return time.monotonic() - began
            time.sleep(0.1)
        self.log.flush()
        tail = Path(self.log.name).read_text(errors="replace")[-3000:]
        raise TimeoutError(f"{why}\n{tail}")

    def enroll(self, number: int, first_name: str = "") -> str:
        """Enroll patient `number` through the real code and return their phone."""
        phone = f"+1415555{100 + number:04d}"
        now = datetime.now(UTC)
        with self.runtime.database.write() as db:
            keys = clinics.keys(db, self.runtime.vault, self.clinic.id)
            form = ConsentForm(texts=True, calls=False, echo=True, form="2026-11", at=now - timedelta(days=1))
            asked = Request(
                phone=phone,
                first_name=first_name or f"Pat{number}",
                birth_date=date(1988, 5, 4),
                time_zone="America/New_York",
                consent=form,
                sessions=(Booking(now + timedelta(days=20), 60),),
            )
            desk = Desk(self.runtime, db, keys, clinics.get(db, self.clinic.id), "operator", now)
            enroll.enroll(desk.runtime, desk.db, desk.keys, desk.clinic, asked, desk.actor, desk.now)
        return phone

    def count(self, model: type, *where: object) -> int:
        with self.runtime.database.read() as db:
            return db.exec(select(func.count()).select_from(model).where(*where)).one()  # type: ignore[call-overload, no-any-return]

    def inbound(self) -> int:
        return self.count(Inbound)

    def states(self, *names: str) -> int:
        """How many messages are in one of these states."""
        return self.count(Message, col(Message.state).in_(names))

    def rows(self) -> dict[str, str]:
        """State of every message by its id."""
        with self.runtime.database.read() as db:
            return {str(row[0]): row[1] for row in db.exec(select(Message.id, Message.state)).all()}

    def ours(self) -> Counter[tuple[str, str]]:
        """(number, words) of every message we wrote, and how often."""
        with self.runtime.database.read() as db:
            keys = clinics.keys(db, self.runtime.vault, self.clinic.id)
            return Counter(messages.opened(db, keys, row) for row in db.exec(select(Message)).all())

    def theirs(self) -> Counter[tuple[str, str]]:
        """(number, words) of every message the carrier took from us, and how often.

        A person cannot tell two texts of the same words apart, and neither can a look-up in the carrier's list.
        """
        sent = [message for message in self.box.messages() if message["direction"] != "inbound"]
        return Counter((message["to"], message["body"]) for message in sent)

    def at_carrier(self) -> dict[str, int]:
        """How many messages the carrier has for each row of ours, by the id in the callback address."""
        found: dict[str, int] = {}
        for message in self.box.messages():
            if message["direction"] != "inbound":
                row = (message["callback"] or "").rpartition("/")[2]
                found[row] = found.get(row, 0) + 1
        return found

    def stop(self) -> None:
        for name in list(self.processes):
            self.kill(name)
        embedded.stop(self.home)
        self.runtime.database.engine.dispose()
        self.log.close()


@contextmanager
def stack(
    home: Path, *, database_url: str = "", box: Sandbox | None = None, cold: bool = False, **more: str
) -> Iterator[Stack]:
    """A migrated home with one clinic on a sandbox of its own; nothing of the service is running yet."""
    port = _free_port()
    base = f"http://127.0.0.1:{port}"
    with box or Sandbox("--service-url", base) as carrier:
        env = {name: value for name, value in os.environ.items() if not name.startswith(("SMSBOT_", "TWILIO_"))}
        env |= {
            "SMSBOT_HOME": str(home),
            "DATABASE_URL": database_url,
            "TWILIO_ACCOUNT_SID": ACCOUNT_SID,
            "TWILIO_AUTH_TOKEN": AUTH_TOKEN,
            "TWILIO_API_BASE": carrier.base,
            "SMSBOT_SANDBOX": "1",
            "PUBLIC_BASE_URL": base,
            "PORT": str(port),
            "SMSBOT_RECONCILE_AFTER": "2,4,6",
        } | more
        make_keys(home)
        settings = load(env)
        database = open_database(settings.database)
        migrate(database)
        made = Runtime(settings, database, Vault(settings.masters), content.load(*content.locate(home)))
        clinic = _clinic(made)
        carrier.configure_number(NUMBER, sms_url=f"{base}/webhooks/sms", sms_fallback_url=f"{base}/webhooks/sms")
        found = Stack(home, carrier, port, env, made, clinic, (home / "processes.log").open("ab"), cold=cold)
        try:
            yield found
        finally:
            found.stop()


def _clinic(made: Runtime) -> Clinic:
    now = datetime.now(UTC)
    clinic = Clinic(
        id=new_id(),
        name="Harbor",
        alias="Harbor",
        number=NUMBER,
        phone="+16175550100",
        time_zone="America/New_York",
        hours=ALL_DAY,
        holidays=[],
        window_start="00:00",
        window_end="23:59",
        settings={},
        created_at=now,
    )
    with made.database.write() as db:
        clinics.add(db, made.vault, clinic, new_id(), now)
        sender = db.get_one(CarrierSender, NUMBER)
        sender.rate = sender.burst = sender.tokens = 1000.0
    return clinic


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
