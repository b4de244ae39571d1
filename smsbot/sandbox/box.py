"""What a running sandbox holds: settings, memory, timers, faults, webhooks and the offset of care time."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from smsbot.sandbox.callstate import Call
from smsbot.sandbox.faults import Faults
from smsbot.sandbox.settings import OPT_OUT_MODES, Settings
from smsbot.sandbox.state import Number, Service, State, machine_now
from smsbot.sandbox.timers import Timers
from smsbot.sandbox.webhooks import Webhooks

# What the control API may change while the sandbox runs.
CHANGEABLE = {
    "opt_out": str,
    "sent_after": float,
    "delivered_after": float,
    "sender_rate": float,
    "daily_cap": int,
    "service_url": str,
}


class Box:
    """Passed to everything; `settings` is replaced, never changed in place."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._first = settings
        self.state = State(settings.keep, settings.journal)
        self.timers = Timers(settings.threads)
        self.faults = Faults(settings.seed)
        self.hooks = Webhooks(settings.auth_token, self.state, self.timers, self.faults)
        self.calls: dict[str, Call] = {}
        self.offset = timedelta(0)
        self.next_slot: dict[str, float] = {}  # sender -> monotonic time of its next free moment
        self.sent_today: dict[tuple[str, str], int] = {}  # (sender, day) -> segments
        self.replies: dict[tuple[str, str], deque[float]] = {}  # (number, phone) -> times of TwiML replies
        self.furnish()

    def furnish(self) -> None:
        """The account as it was at the start: its numbers and its service, without any webhook."""
        with self.state.lock:
            self.state.services = {self.settings.service_sid: Service(self.settings.service_sid)}
            self.state.numbers = {phone: Number(phone, friendly_name=phone) for phone in self.settings.numbers}

    def care_now(self) -> datetime:
        """Machine time plus the offset the service last reported."""
        return machine_now() + self.offset

    def change(self, wanted: dict[str, Any]) -> None:
        """Change settings by name. Raises ValueError for an unknown name or a wrong value."""
        for name, value in wanted.items():
            if name not in CHANGEABLE:
                raise ValueError(f"cannot change {name!r}; these can: {', '.join(CHANGEABLE)}")
            kind = CHANGEABLE[name]
            number = kind in (int, float)
            if number and (isinstance(value, bool) or not isinstance(value, int | float) or value < 0):
                raise ValueError(f"{name} must be a number, 0 or more")
            if not number and not isinstance(value, str):
                raise ValueError(f"{name} must be text")
        if wanted.get("opt_out", "app") not in OPT_OUT_MODES:
            raise ValueError(f"opt_out must be one of {', '.join(OPT_OUT_MODES)}")
        self.settings = replace(self.settings, **wanted)

    def reset(self) -> None:
        """Back to the start: no messages, no faults, nothing planned; the numbers keep their webhooks."""
        self.timers.clear()
        self.settings = replace(self._first, service_url=self.settings.service_url)
        self.faults.clear(self.settings.seed)
        self.hooks.release()
        self.state.clear()
        self.next_slot.clear()
        self.sent_today.clear()
        self.replies.clear()
        self.calls.clear()
        self.offset = timedelta(0)  # until the service says otherwise
