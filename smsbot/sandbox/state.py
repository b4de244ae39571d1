"""Everything the carrier remembers, in memory behind one lock."""

from __future__ import annotations

import json
import threading
import uuid
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

FINAL = frozenset({"delivered", "undelivered", "failed", "canceled", "received", "read"})


def new_sid(prefix: str) -> str:
    """A fresh SID: the prefix and 32 hex digits."""
    return prefix + uuid.uuid4().hex


def machine_now() -> datetime:
    """Machine time (never moved by the sandbox's clock), aware UTC."""
    return datetime.now(UTC)


@dataclass
class Media:
    """One attachment."""

    content_type: str
    data: bytes
    sid: str = field(default_factory=lambda: new_sid("ME"))
    created: datetime = field(default_factory=machine_now)


@dataclass
class Message:
    """One text, either way. `via`: rest, twiml, phone (the patient) or carrier (its own keyword answers).

    `expires` is care time; every other time is machine time."""

    sid: str
    seq: int
    via: str
    direction: str
    sender: str | None
    to: str
    body: str
    status: str
    segments: int
    service_sid: str | None = None
    callback: str | None = None
    error: int | None = None
    media: list[Media] = field(default_factory=list)
    created: datetime = field(default_factory=machine_now)
    updated: datetime = field(default_factory=machine_now)
    sent: datetime | None = None
    expires: datetime | None = None
    send_at: datetime | None = None
    changed: int = 0
    care: datetime = field(default_factory=machine_now)  # care time at creation, for the page
    deleted: bool = False
    stalled: bool = False
    params: dict[str, list[str]] = field(default_factory=dict)
    history: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Number:
    """A phone number of the account, with its webhooks."""

    phone: str
    sid: str = field(default_factory=lambda: new_sid("PN"))
    friendly_name: str = ""
    sms_url: str | None = None
    sms_method: str = "POST"
    sms_fallback_url: str | None = None
    sms_fallback_method: str = "POST"
    sms_application_sid: str | None = None
    voice_url: str | None = None
    voice_method: str = "POST"
    voice_fallback_url: str | None = None
    voice_fallback_method: str = "POST"
    status_callback: str | None = None
    status_callback_method: str = "POST"
    service_sid: str | None = None
    toll_free: bool = False
    created: datetime = field(default_factory=machine_now)
    updated: datetime = field(default_factory=machine_now)


@dataclass
class Service:
    """The Messaging Service: senders are the numbers whose `service_sid` names it."""

    sid: str
    friendly_name: str = "Sandbox service"
    inbound_request_url: str | None = None
    inbound_method: str = "POST"
    fallback_url: str | None = None
    fallback_method: str = "POST"
    status_callback: str | None = None
    sticky_sender: bool = False
    smart_encoding: bool = True
    fallback_to_long_code: bool = False
    validity_period: int = 36000
    use_inbound_webhook_on_number: bool = True
    created: datetime = field(default_factory=machine_now)
    updated: datetime = field(default_factory=machine_now)


@dataclass
class Recording:
    """Audio of one Record verb. `status`: in-progress, completed or absent; `data` is empty until it is ready."""

    sid: str
    call_sid: str
    data: bytes
    content_type: str
    seconds: int
    status: str = "in-progress"
    deleted: bool = False
    created: datetime = field(default_factory=machine_now)
    updated: datetime = field(default_factory=machine_now)


@dataclass
class Phone:
    """A handset on the page; `answers` is what it does when called: manual, human, machine_start, busy, no-answer..."""

    number: str
    name: str = ""
    answers: str = "manual"


class State:
    """The carrier's memory. Callers hold `lock` while they change something they read first."""

    def __init__(self, keep: int, journal: Path | None = None) -> None:
        self.lock = threading.RLock()
        self.keep = keep
        self.seq = 0
        self.changes = 0
        self.messages: dict[str, Message] = {}
        self.numbers: dict[str, Number] = {}
        self.services: dict[str, Service] = {}
        self.recordings: dict[str, Recording] = {}
        self.phones: dict[str, Phone] = {}
        self.opt_outs: set[tuple[str, str]] = set()  # (sender number or service SID, phone)
        self.debugger: deque[dict[str, Any]] = deque(maxlen=1000)
        self.webhooks: deque[dict[str, Any]] = deque(maxlen=10_000)
        self.requests: deque[dict[str, Any]] = deque(maxlen=10_000)
        self._journal = journal.open("a", encoding="utf-8") if journal else None

    def clear(self) -> None:
        """Forget everything but the numbers and services (they are configuration)."""
        with self.lock:
            for kept in (self.messages, self.recordings, self.phones):
                kept.clear()
            self.opt_outs.clear()
            for log in (self.debugger, self.webhooks, self.requests):
                log.clear()
            self.changes += 1

    def add_message(self, message: Message) -> None:
        """Number, date and keep `message`; the oldest leave when more than `keep` are held."""
        with self.lock:
            self.seq += 1
            message.seq = self.seq
            self.messages[message.sid] = message
            while len(self.messages) > self.keep:
                del self.messages[next(iter(self.messages))]
            self.touch(message, message.status)

    def touch(self, message: Message, status: str | None = None, error: int | None = None) -> None:
        """Record that `message` changed now, and to which status."""
        with self.lock:
            self.changes += 1
            message.changed = self.changes
            message.updated = machine_now()
            if status:
                message.status = status
                message.history.append((status, message.updated.isoformat()))
            if error:
                message.error = error
            self.note("message", sid=message.sid, status=message.status, error=message.error, via=message.via)

    def debug(self, code: int, message: str, **facts: Any) -> None:
        """Add an entry to the debugger, as Twilio's console lists failed webhooks."""
        self.debugger.append({"code": code, "message": message, "at": machine_now().isoformat(), **facts})
        self.note("debugger", code=code, message=message)

    def note(self, kind: str, **facts: Any) -> None:
        """One line in the journal, when there is one."""
        if self._journal:
            with self.lock:
                line = {"at": machine_now().isoformat(), "kind": kind, **facts}
                self._journal.write(json.dumps(line, ensure_ascii=False) + "\n")
                self._journal.flush()

    def scope(self, sender: str) -> str:
        """What an opt-out from `sender` covers: its whole Messaging Service, or the number alone."""
        number = self.numbers.get(sender)
        return (number.service_sid if number else None) or sender

    def opted_out(self, sender: str, phone: str) -> bool:
        """True when `phone` has opted out of `sender` (a number or a service SID) at the carrier."""
        return (self.scope(sender), phone) in self.opt_outs

    def phone(self, number: str) -> Phone:
        """The handset with this number, added when it is new."""
        with self.lock:
            return self.phones.setdefault(number, Phone(number))
