"""One call and what is known of it."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from smsbot.sandbox.state import machine_now
from smsbot.sandbox.voice import Dialing, Gathering, Machine, Prompt, Recording

OVER = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})


@dataclass
class Call:
    """A call, either way. `transcript` is what was said and done, oldest first: {"who", "what", "text", "at"}."""

    sid: str
    direction: str  # inbound or outbound-api
    sender: str
    to: str
    status: str
    values: dict[str, list[str]] = field(default_factory=dict)
    created: datetime = field(default_factory=machine_now)
    updated: datetime = field(default_factory=machine_now)
    started: datetime | None = None
    ended: datetime | None = None
    answered_by: str | None = None
    spoken: int = 0  # seconds of recordings, which take no real time here
    sequence: int = 0
    deleted: bool = False
    transcript: list[dict[str, Any]] = field(default_factory=list)
    machine: Machine | None = None
    waiting: Prompt | None = None
    lock: threading.RLock = field(default_factory=threading.RLock)

    @property
    def patient(self) -> str:
        """The phone at the other end."""
        return self.sender if self.direction == "inbound" else self.to

    @property
    def number(self) -> str:
        """The account's number."""
        return self.to if self.direction == "inbound" else self.sender

    @property
    def seconds(self) -> int:
        """How long it has lasted."""
        if self.started is None:
            return 0
        return int(((self.ended or machine_now()) - self.started).total_seconds()) + self.spoken

    def get(self, name: str) -> str:
        """A parameter of the create request, '' when absent."""
        return next(iter(self.values.get(name, [])), "")

    def wants(self) -> str | None:
        """What the call waits for: answer, keys, speech, keys or speech, recording, dial; None when it is over."""
        if self.status in OVER:
            return None
        if isinstance(self.waiting, Gathering):
            return " or ".join(n for n, on in (("keys", self.waiting.keys), ("speech", self.waiting.speech)) if on)
        if isinstance(self.waiting, Recording):
            return "recording"
        if isinstance(self.waiting, Dialing):
            return "dial"
        return "answer"

    def write(self, who: str, what: str, text: str) -> None:
        """Add a line to the transcript."""
        self.transcript.append({"who": who, "what": what, "text": text, "at": machine_now().isoformat()})
        self.updated = machine_now()

    def json(self) -> dict[str, Any]:
        """For the control API."""
        return {
            "sid": self.sid,
            "direction": self.direction,
            "from": self.sender,
            "to": self.to,
            "status": self.status,
            "answered_by": self.answered_by,
            "wants": self.wants(),
            "seconds": self.seconds,
            "transcript": self.transcript,
            "said": [line["text"] for line in self.transcript if line["what"] == "say"],
        }
