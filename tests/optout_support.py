"""A carrier on paper that judges each body at the instant it arrives, and a patient who joined, ready to be copied."""

import re
import shutil
import uuid
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from sqlmodel import col, select

from smsbot import outbox
from smsbot.carrier import inbound
from smsbot.carrier.answers import Accepted, Sent
from smsbot.carrier.errors import Kind, NotAccepted, Rejected, Unknown
from smsbot.models import Inbound, Message
from smsbot.store.db import open_database
from tests.api_support import ANA, World, open_world, settings, sharing
from tests.phone_support import Phone, joined

FIVE_MINUTES = timedelta(minutes=5)
KEYWORDS = ("stop", "stopall", "unsubscribe", "cancel", "end", "quit", "optout", "revoke")
# Ana is the only patient, so this needs no name: a mark that stands, or a status that says so.
GONE = (
    "SELECT EXISTS (SELECT 1 FROM suppression WHERE lifted_at IS NULL)"
    " OR EXISTS (SELECT 1 FROM patient WHERE status = 'stopped')"
)
CALLBACK = re.compile(r'statusCallback="[^"]+/([0-9a-f-]{36})"')


@cache
def _prepared(days: int) -> Path:
    """A database in which Ana joined some days ago, nothing since has left yet, and the time it is there."""
    folder = Path(mkdtemp(prefix="smsbot-optout-"))
    if days:
        world, phone = copied(folder)
        phone.wait(days=days)
    else:
        world = open_world(folder)
        joined(world)
    world.runtime.database.engine.dispose()
    (folder / "now").write_text(world.watch.now.isoformat())
    return folder


def copied(folder: Path, days: int = 0, **changes: str) -> tuple[World, Phone]:
    """A world of its own, some days after Ana joined."""
    world = open_copy(_prepared(days), folder, **changes)
    phone = Phone(world, sids=100)
    phone.fresh()  # what came before the story is read
    return world, phone


def open_copy(source: Path, folder: Path, **changes: str) -> World:
    """A world over a copy of another's database, which nobody may have open, at the time it was left."""
    shutil.copy(source / "smsbot.db", folder / "smsbot.db")
    database = sharing(open_database(f"sqlite:///{folder / 'smsbot.db'}", may_lose_on_power_cut=True))
    world = _over(folder, changes)
    world.runtime = replace(world.runtime, database=database)
    world.watch.to(datetime.fromisoformat((source / "now").read_text()))
    return world


def _over(folder: Path, changes: dict[str, Any]) -> World:
    empty = folder / "settings"
    empty.mkdir(exist_ok=True)
    world = open_world(empty, **changes)
    world.runtime.database.engine.dispose()
    values = {"SMSBOT_HOME": folder, "SMSBOT_SEND_THREADS": 1} | changes
    world.runtime = replace(world.runtime, settings=settings(**values))
    return world


@dataclass
class Left:
    """Since when the database says that this person has left; None while they have not."""

    at: datetime | None = None
    confirmations: int = 0


@dataclass
class Wire:
    """`faults` are the next answers of the carrier; `wrong` collects whatever should never have reached it."""

    world: World
    left: Left = field(default_factory=Left)
    faults: list[str] = field(default_factory=list)
    kept: list[tuple[str, Sent]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    count: int = 0

    def send(self, to: str, sender: str, body: str, callback: str, validity_s: int) -> Accepted:
        """Take a message, or fail as told; what matters is judged before either."""
        self.arrives(to, body, uuid.UUID(callback.rsplit("/", 1)[1]))
        fault = self.faults.pop(0) if self.faults else ""
        if fault == "retry":
            raise NotAccepted(retryable=True, code=20429)
        if fault == "lost":
            raise Unknown("timeout")
        if fault == "opted_out":
            raise Rejected(21610, Kind.OPT_OUT)
        sid = self.keep(to, body)
        if fault == "unanswered":
            raise Unknown("timeout")
        return Accepted(sid, "queued", 1)

    def keep(self, to: str, body: str) -> str:
        self.count += 1
        sid = f"SMout{self.count:027d}"
        self.kept.append((to, Sent(sid, body, self.world.watch.now, "queued")))
        return sid

    def find(self, to: str, since: datetime) -> list[Sent]:
        return [sent for number, sent in self.kept if number == to and sent.created_at >= since]

    def arrives(self, to: str, body: str, message_id: uuid.UUID) -> None:
        """The invariant itself: what may reach the carrier of a person who has left, at this instant."""
        self.observe()
        if self.left.at is None:
            return
        with self.world.runtime.database.read() as db:
            row = db.exec(select(Message).where(col(Message.id) == message_id)).one()
            own = db.get(Inbound, row.inbound_id) if row.inbound_id else None
        answers_own = row.purpose in ("crisis", "help") and own is not None
        confirms = row.purpose == "stop" and self.world.watch.now - self.left.at <= FIVE_MINUTES
        if confirms:
            self.left.confirmations += 1
        if not (answers_own or confirms):
            self.wrong.append(f"{row.purpose} {row.flow}/{row.line}: {body[:40]}")

    def answered(self, twiml: str, *, arrives: bool) -> None:
        """The webhook's own answer: its message reaches the carrier unless the answer is lost."""
        found = CALLBACK.search(twiml)
        if found and arrives:
            body = re.sub(r"<[^>]+>", "", twiml)
            self.arrives(ANA, body, uuid.UUID(found[1]))
            self.keep(ANA, body)
        elif "<Message" in twiml and not found:
            self.wrong.append("an answer without a row")

    def observe(self) -> None:
        """What the database says now: has Ana left?"""
        with self.world.runtime.database.read() as db:
            (gone,) = db.connection().exec_driver_sql(GONE).one()
        if gone and self.left.at is None:
            self.left = Left(self.world.watch.now)
        elif not gone:
            self.left = Left()


def receipt(world: World, status: str, code: int | None) -> None:
    """File one receipt for the newest message the carrier has taken and not settled."""
    wanted = select(Message).where(col(Message.state) == "accepted").order_by(col(Message.created_at).desc())
    with world.runtime.database.write() as db:
        row = db.exec(wanted).first()
        if row is not None and row.carrier_sid:
            event = inbound.StatusEvent(row.carrier_sid, world.runtime.settings.account_sid, status, code)
            outbox.receipt(world.runtime, db, row.id, event)
