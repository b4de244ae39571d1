"""The stage: a database of its own in a folder that vanishes, the real content, a clock that stands where it is put."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pydantic import SecretStr
from sqlalchemy import event
from sqlalchemy.pool import ConnectionPoolEntry

from smsbot.carrier.answers import Accepted, Placed
from smsbot.clocks import Clock
from smsbot.config import Settings
from smsbot.content import Content
from smsbot.models import Clinic
from smsbot.runtime import Runtime
from smsbot.simulator.story import Story
from smsbot.simulator.tapes import Shelf
from smsbot.store import clinics
from smsbot.store.db import open_database
from smsbot.store.migrate import migrate
from smsbot.vault import Vault, master_keys, new_master_key

ACCOUNT, NUMBER, CLINIC_PHONE = "AC" + "0" * 32, "+15005550006", "+16175550100"
PHONE = "+14155550123"


@dataclass
class Watch:
    """Machine time and care time at once."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


@dataclass(frozen=True)
class Sent:
    """A text that reached the patient's phone; `message` is our id of it."""

    at: datetime
    body: str
    message: str
    sid: str


@dataclass(frozen=True)
class Rung:
    """A call that was asked for; `url` says what to do once it is answered."""

    sid: str
    url: str


@dataclass
class Postman(Shelf):
    """A carrier that takes every text and call, loses none, and keeps recordings; `watched` is shown each text."""

    watch: Watch
    sent: list[Sent] = field(default_factory=list)
    rung: list[Rung] = field(default_factory=list)
    watched: Callable[[Sent], None] | None = None

    def send(self, to: str, sender: str, body: str, callback: str, validity_s: int) -> Accepted:
        """Take a text."""
        sid = f"SM{len(self.sent):032d}"
        taken = Sent(self.watch.now, body, callback.rsplit("/", 1)[-1], sid)
        self.sent.append(taken)
        if self.watched:
            self.watched(taken)
        return Accepted(sid, "queued", 1)

    def call(
        self, to: str, from_: str, url: str, status_callback: str, ring_s: int = 30, detect_machine: bool = True
    ) -> Placed:
        """Take a call; whoever plays lets it ring."""
        self.rung.append(Rung(f"CA{len(self.rung):032x}", url))
        return Placed(self.rung[-1].sid, "queued")


@dataclass
class Stage:
    """Everything a play needs."""

    runtime: Runtime
    watch: Watch
    postman: Postman
    clinic_id: uuid.UUID


@contextmanager
def staged(story: Story, content: Content, now: datetime, seed: int = 0) -> Iterator[Stage]:
    """A stage with one clinic; gone at the end, whatever happened."""
    chance = random.Random(seed)
    watch = Watch(now)
    postman = Postman(watch)
    with TemporaryDirectory(prefix="smsbot-simulate-") as folder:
        master = new_master_key(chance.randbytes)
        settings = _settings(Path(folder), master)
        database = open_database(settings.database)
        event.listen(database.engine, "connect", _hurry)
        migrate(database)
        runtime = Runtime(
            settings=settings,
            database=database,
            vault=Vault(master_keys(master)),
            content=content,
            clock=Clock(watch),
            new_id=lambda: uuid.UUID(int=chance.getrandbits(128), version=4),
            chance=chance,
            carrier=postman,
        )
        clinic_id = runtime.new_id()
        with database.write() as db:
            clinics.add(db, runtime.vault, _clinic(story, clinic_id, now), runtime.new_id(), now)
        try:
            yield Stage(runtime, watch, postman, clinic_id)
        finally:
            database.engine.dispose()


def _hurry(connection: object, _: ConnectionPoolEntry) -> None:
    """Nothing here outlives the process, so no write waits for the disk."""
    connection.execute("PRAGMA synchronous=OFF")  # type: ignore[attr-defined]


def _settings(folder: Path, master: str) -> Settings:
    values: dict[str, Any] = {
        "SMSBOT_HOME": folder,
        "SMSBOT_MASTER_KEY": SecretStr(master),
        "SECRET_KEY": SecretStr("simulated"),
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": SecretStr("simulated"),
        "TWILIO_API_BASE": "http://127.0.0.1:1",
        "SMSBOT_SEND_THREADS": 1,
    }
    return Settings(**values)


def _clinic(story: Story, clinic_id: uuid.UUID, now: datetime) -> Clinic:
    return Clinic(
        id=clinic_id,
        name="Harbor",
        alias="Harbor",
        number=NUMBER,
        phone=CLINIC_PHONE,
        time_zone=story.zone,
        protocol=story.protocol,
        hours={day: [story.open_hours] for day in story.open_days},
        holidays=[],
        settings={},
        created_at=now,
    )
