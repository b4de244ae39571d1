"""One clinic's life in fast motion: the real modules on a virtual clock, a carrier that judges each text as it leaves.

Everything a patient's phone would see passes `Life.leaves`, which looks the facts up by itself, in SQL, and says what
must not have left (RELIABILITY 5: I3, I4, I5; CONTENT 5.3: caps and gap). `Life.check` looks at the tables.
"""

from __future__ import annotations

import sqlite3
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from smsbot import inbox, outbox
from smsbot.carrier.answers import Accepted, Received, Sent
from smsbot.carrier.inbound import InboundText, StatusEvent
from smsbot.jobs import duties
from smsbot.localtime import local_clock, local_day
from smsbot.models import Patient
from smsbot.runtime import Runtime
from smsbot.store import audit
from smsbot.store.db import open_database
from tests.api_support import ANA, World, open_world, sharing

ACCOUNT, NUMBER = "AC" + "0" * 32, "+15005550006"
MEMORY = Path("/dev/shm")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
WORK = (("deliver", NUMBER), ("check", ""), ("release", ""), ("settle", ""))
FREE = "<= :now AND (lease_until IS NULL OR lease_until < :now)"
DUE = (
    f"SELECT 1 FROM message WHERE due_at {FREE} AND state IN ('ready', 'claimed')",
    f"SELECT 1 FROM message WHERE check_at {FREE}",
    f"SELECT 1 FROM touch WHERE due_at {FREE}",
    f"SELECT 1 FROM conversation WHERE due_at {FREE}",
)
ANSWERING = ("crisis", "stop", "help")
SETTLED = ("sent", "answered", "unanswered")
STATES = {"planned", "held", *SETTLED, "dropped", "canceled"}
LEASE = timedelta(seconds=31)
GRACE = timedelta(minutes=5)
WINDOW = (time(9), time(20))


class Crash(BaseException):
    """The process died at a named point."""


@dataclass
class Rings:
    """The list in Redis: what was rung, until somebody takes it or it is lost."""

    heard: list[str] = field(default_factory=list)

    def ring(self, what: str) -> None:
        self.heard.append(what)

    def works(self) -> bool:
        return True


@dataclass(frozen=True)
class Opener:
    """The first text of a touch, as it left."""

    at: datetime
    touch: str
    rule: str
    priority: int
    counts: bool


@dataclass
class Life:
    """One clinic with its patients. `faults` are the violations seen so far; `armed` the point to die at next."""

    world: World
    runtime: Runtime
    folder: Path
    sent: list[Sent] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    openers: dict[str, list[Opener]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    gone: dict[str, str] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)
    rings: Rings = field(default_factory=Rings)
    armed: str | None = None
    receipts: bool = True
    sids: int = 0
    sql: sqlite3.Connection = field(init=False)

    def __post_init__(self) -> None:
        self.sql = sqlite3.connect(self.folder / "smsbot.db", check_same_thread=False, isolation_level=None)

    @property
    def now(self) -> datetime:
        return self.world.watch.now

    def rows(self, query: str, *values: Any) -> list[Any]:
        return self.sql.execute(query, values[0] if values and isinstance(values[0], dict) else values).fetchall()

    # The carrier

    def send(self, to: str, sender: str, body: str, callback: str, validity_s: int) -> Accepted:
        """Take a text, and judge it."""
        message = uuid.UUID(callback.rsplit("/", 1)[-1])
        self.leaves(message.hex)
        sid = f"SM{len(self.sent):032x}"
        self.sent.append(Sent(sid, body, self.now.replace(microsecond=0), "delivered"))
        return Accepted(sid, "queued", 1)

    def find(self, to: str, since: datetime) -> list[Sent]:
        """The carrier's own list."""
        return [each for each in self.sent if each.created_at >= since]

    def inbound_since(self, number: str, since: datetime) -> Iterator[Received]:
        return iter(())

    def leaves(self, message: str) -> None:
        """What must hold of every text at the instant the carrier takes it."""
        purpose, priority, touch, patient = self.rows(
            "SELECT purpose, priority, touch_id, patient_id FROM message WHERE id = ?", message
        )[0]
        if message in self.messages and message not in self.failed and purpose != "crisis":
            self.faults.append(f"I3: {purpose} {message} left twice")
        self.failed.discard(message)
        self.messages.append(message)
        if patient is None:
            return
        status, zone, first, last, joined, until = self.rows(
            "SELECT status, time_zone, window_start, window_end, joined_at, paused_until FROM patient WHERE id = ?",
            patient,
        )[0]
        pausing = status == "paused" and (until is None or self.now < datetime.fromisoformat(until).replace(tzinfo=UTC))
        barred = {
            "after STOP": status in ("stopped", "ended") and purpose not in ANSWERING,
            "frozen": status == "frozen" and priority > 0 and purpose not in ("staff", *ANSWERING),
            "paused": pausing and touch is not None and priority > 2,
        }
        self.faults += [f"I4: {purpose} P{priority} left while {what}" for what, is_so in barred.items() if is_so]
        if touch is not None and purpose == "touch":
            self.opens(patient, touch, ZoneInfo(zone), (first, last), joined)

    def opens(self, patient: str, touch: str, zone: ZoneInfo, own: tuple[str | None, str | None], joined: Any) -> None:
        """A touch's own text: after consent, in its window, once, and within the caps and the gap."""
        rule, priority, counts = self.rows("SELECT rule, priority, proactive FROM touch WHERE id = ?", touch)[0]
        before = self.openers.setdefault(patient, [])
        if any(one.touch == touch for one in before):
            return
        if joined is None and not rule.startswith("welcome"):
            self.faults.append(f"I4: {rule} left before consent")
        first, last = (time.fromisoformat(own[0]), time.fromisoformat(own[1])) if own[0] and own[1] else WINDOW
        first = first if own[0] or rule not in ("morning", "arrival") else time(8)
        clocks = [local_clock(at, zone) for at in (self.now, self.now - GRACE)]
        if not any(first <= clock <= last for clock in clocks):
            self.faults.append(f"I5: {rule} left at {clocks[0]} in {zone.key}")
        self.caps(Opener(self.now, touch, rule, priority, bool(counts)), before, zone)
        before.append(Opener(self.now, touch, rule, priority, bool(counts)))

    def caps(self, one: Opener, before: list[Opener], zone: ZoneInfo) -> None:
        if not one.counts or one.rule == "landing" or one.priority <= 1:
            return
        days = Counter(local_day(past.at, zone) for past in before if past.counts)
        today = local_day(one.at, zone)
        if days[today] >= 2:
            self.faults.append(f"caps: {one.rule} is number {days[today] + 1} of {today}")
        if sum(days[today - back * DAY] for back in range(7)) >= 14:
            self.faults.append(f"caps: {one.rule} is more than 14 in 7 days on {today}")
        near = [past for past in before if past.counts and past.priority > 2 and one.at - past.at < 3 * HOUR - GRACE]
        if one.priority > 2 and near:
            self.faults.append(f"gap: {one.rule} at {one.at}, {near[-1].rule} at {near[-1].at}")

    # The processes

    def reached(self, point: str) -> None:
        """Die here, if that was asked for."""
        if point == self.armed:
            self.armed = None
            raise Crash(point)

    def alive(self, action: Callable[[], Any]) -> Any:
        """Do something as a process that may die of it; the next one starts with nothing but the database."""
        try:
            return action()
        except Crash:
            self.start_again()
            return None

    def start_again(self) -> None:
        """New objects over the same file: whatever a process held in memory is gone."""
        self.runtime.database.engine.dispose()
        database = open_database(f"sqlite:///{self.folder / 'smsbot.db'}", may_lose_on_power_cut=True)
        self.runtime = replace(self.runtime, database=sharing(database))
        self.world = replace(self.world, runtime=self.runtime)

    def work(self) -> None:
        """Do all that is due now, as clock and workers would, a few seconds at a time."""
        for _ in range(40):
            found = self.due_now()
            if not found:
                return
            for name, subject in found:
                self.alive(lambda name=name, subject=subject: duties.do(self.runtime, name, subject))  # type: ignore[misc]
                self.deliver_receipts()
            self.world.watch.on(seconds=4)
        self.faults.append(f"I6: still something due after {_ + 1} rounds: {found}")

    def due_now(self) -> list[tuple[str, str]]:
        """I6 by our own SQL: what has come to its time and is held by nobody, as (duty, subject)."""
        now = self.now.astimezone(UTC).replace(tzinfo=None).isoformat(" ")
        found = self.rows(f"SELECT {', '.join(f'EXISTS({query})' for query in DUE)}", {"now": now})[0]
        return [duty for duty, is_due in zip(WORK, found, strict=True) if is_due]

    def ring(self, sender: str) -> None:
        """A worker that was rung for sends what this sender has."""
        self.alive(lambda: duties.do(self.runtime, "deliver", sender))
        self.deliver_receipts()

    def deliver_receipts(self) -> None:
        """The carrier reports each text it took, unless its receipts are late."""
        if not self.receipts:
            return
        for message, sid in self.rows("SELECT id, carrier_sid FROM message WHERE state IN ('accepted', 'sent')"):
            self.receipt(message, sid, "delivered")

    def receipt(self, message: str, sid: str, status: str) -> None:
        code = 30005 if status == "undelivered" else None
        with self.runtime.database.write() as db:
            outbox.receipt(self.runtime, db, uuid.UUID(message), StatusEvent(sid, ACCOUNT, status, code))
        if status in ("undelivered", "failed"):
            self.failed.add(message)  # it has not arrived: another try is no second text

    def on(self, until: datetime) -> None:
        """Let time pass, doing what comes due at its moment."""
        while (coming := self.next_due()) is not None and coming <= until:
            self.world.watch.to(max(coming, self.now + timedelta(seconds=1)))
            self.work()
        self.world.watch.to(max(until, self.now))
        self.work()

    def next_due(self) -> datetime | None:
        query = """SELECT min(at) FROM (SELECT min(due_at) AS at FROM touch UNION ALL
            SELECT min(due_at) FROM conversation UNION ALL SELECT min(due_at) FROM message UNION ALL
            SELECT min(check_at) FROM message)"""
        at = self.rows(query)[0][0]
        return datetime.fromisoformat(at).replace(tzinfo=UTC) if at else None

    def recover(self) -> None:
        """Past the lease of whoever died, everything that was due is done."""
        self.world.watch.on(seconds=LEASE.total_seconds())
        self.work()

    # The patient

    def text(self, body: str, phone: str = ANA, sid: str | None = None) -> str:
        """A text arrives; a webhook that dies is told again by the carrier's list, under the same id."""
        self.sids += sid is None
        told = InboundText(sid or f"SM{self.sids:032x}", ACCOUNT, phone, NUMBER, body)
        answer = self.alive(lambda: self.webhook(told))
        return answer if answer is not None else self.webhook(told)

    def webhook(self, told: InboundText) -> str:
        with self.runtime.database.write() as db:
            answer = inbox.receive(self.runtime, db, told)
            self.runtime.reached("turn.before_commit")
        self.runtime.reached("turn.committed")
        assert answer is not None
        self.taken_in_answer(answer.twiml)
        for sender in answer.rings:
            self.rings.ring(sender)
        return answer.twiml

    def taken_in_answer(self, twiml: str) -> None:
        """A text inside the webhook's answer leaves with it; the carrier then reports on it."""
        if "/webhooks/status/" not in twiml:
            return
        message = uuid.UUID(twiml.split("/webhooks/status/")[1][:36]).hex
        if message not in self.messages:
            self.leaves(message)
            sid = f"SM{len(self.sent):032x}"
            self.sent.append(Sent(sid, "", self.now, "delivered"))
            self.receipt(message, sid, "delivered")

    # What must hold

    def times(self, name: str) -> int:
        """How often a rule may be met for one session: once, or as often as a protocol's series of it is long."""
        rules = [rule for each in self.runtime.content.protocols.values() for rule in each.rules if rule.name == name]
        return max((rule.sequence or 1 for rule in rules), default=1)

    def check(self) -> None:
        """The tables after a step; raises with every fault seen so far."""
        for touch, rule, state, due, why, later in self.rows(
            "SELECT id, rule, state, due_at, why, json_extract(details, '$.later') FROM touch"
        ):
            if state not in STATES or not why.endswith(".") or (due is not None) != (state in ("planned", "held")):
                self.faults.append(f"{rule} is {state}, due {due}: '{why}'")
            if rule == "landing" and state == "dropped" and ("cap of" in why or "quiet hours" in why or "kept" in why):
                self.faults.append(f"the landing was lost: {why}")
            was = self.gone.get(touch)
            put_off = state == "held" and later  # the patient asked for LATER
            if was in SETTLED and not put_off and (state not in SETTLED or (was == "answered" and state != "answered")):
                self.faults.append(f"{rule} went back from {was} to {state}")
            self.gone[touch] = state
        for rule, count in self.rows(
            """SELECT t.rule, count(*) FROM conversation c JOIN touch t ON t.id = c.touch_id
               GROUP BY c.touch_id HAVING count(*) > 1 + count(CASE c.ended_as WHEN 'later' THEN 1 END)"""
        ):
            self.faults.append(f"{rule} began {count} conversations")
        for rule, count in self.rows(
            """SELECT rule, count(*) FROM touch WHERE session_id IS NOT NULL AND flow <> 'moved'
               AND state IN ('sent', 'answered', 'unanswered') GROUP BY rule, session_id HAVING count(*) > 1"""
        ):
            if count > self.times(rule):
                self.faults.append(f"{rule} was sent {count} times for one session")
        sids = self.rows("SELECT count(*), count(DISTINCT carrier_sid) FROM inbound")[0]
        if sids[0] != sids[1]:
            self.faults.append(f"I1: {sids[0]} inbound rows for {sids[1]} ids")
        if self.rows("SELECT count(*) FROM task WHERE kind = 'set_aside'")[0][0]:
            self.faults.append("something was set aside")
        assert not self.faults, self.faults

    def ends(self) -> None:
        """The end of a life: every text ends in a final state, the audit chain holds, nothing crossed clinics."""
        self.receipts = True
        self.deliver_receipts()
        self.recover()
        self.on(self.now + 12 * HOUR)
        self.check()
        left = "'accepted', 'sent', 'delivered', 'undelivered', 'failed', 'rejected', 'unknown', 'dropped'"
        for state, purpose, count in self.rows(
            f"SELECT state, purpose, count(*) FROM message WHERE state NOT IN ({left}) AND due_at IS NULL GROUP BY 1, 2"
        ):
            self.faults.append(f"I2: {count} texts ({purpose}) are {state} for good")
        with self.runtime.database.read() as db:
            if audit.verify(db, self.world.keys(db)).broken_at is not None:
                self.faults.append("I8: the audit chain is broken")
        for table in ("touch", "conversation", "message", "inbound", "answer", "session", "series", "journal_entry"):
            query = (
                f"SELECT count(*) FROM {table} x JOIN patient p ON p.id = x.patient_id WHERE p.clinic_id <> x.clinic_id"
            )
            if self.rows(query)[0][0]:
                self.faults.append(f"I10: rows of {table} crossed clinics")
        assert not self.faults, self.faults

    def holds_in_clear(self, words: str) -> bool:
        """Whether words can be read anywhere in the database's files."""
        self.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        files = self.folder.glob("smsbot.db*")
        return any(words.encode() in path.read_bytes() for path in files)


@contextmanager
def living(now: datetime) -> Iterator[Life]:
    """A clinic whose clock stands at `now`; everything is gone at the end."""
    with TemporaryDirectory(prefix="smsbot-life-", dir=MEMORY if MEMORY.is_dir() else None) as name:
        world = open_world(Path(name), PUBLIC_BASE_URL="http://127.0.0.1:9", SMSBOT_SEND_THREADS=1)
        world.watch.to(now)
        life = Life(world, world.runtime, Path(name))
        life.runtime = replace(world.runtime, carrier=life, reached=life.reached, bell=life.rings)
        life.world = replace(world, runtime=life.runtime)
        try:
            yield life
        finally:
            life.sql.close()
            life.runtime.database.engine.dispose()


def the_patient(life: Life, phone: str = ANA) -> Patient:
    """Whoever has this number."""
    with life.runtime.database.read() as db:
        index = life.world.keys(db).phone_index(phone)
        return db.exec(select(Patient).where(col(Patient.phone_index) == index)).one()
