"""The movable clock: the service keeps the offset, the sandbox asks it to move and plays every due instant on the way.

The service's end is one address, `{service}/sandbox/clock`, signed like a webhook and obeyed only in sandbox mode:
GET answers JSON {"now": care time ISO 8601, "offset": seconds, "next": ISO 8601 or null, "idle": true or false};
POST takes the form field `advance` (whole seconds, or `next`) and answers the same.
"""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from smsbot.sandbox.box import Box
from smsbot.sandbox.delivery import expire
from smsbot.sandbox.signing import signature
from smsbot.sandbox.transport import Params, send

UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800}
PATH = "/sandbox/clock"
SETTLE = 15.0  # machine seconds to wait for the service to be idle after each instant
MOST_INSTANTS = 5000


class ClockFault(Exception):
    """The clock could not be read or moved; the message says why."""


@dataclass(frozen=True)
class Reading:
    """Care time as the service has it."""

    now: datetime
    offset: float
    next: datetime | None
    idle: bool

    def json(self) -> dict[str, Any]:
        """For the page and the control API."""
        due = self.next.isoformat() if self.next else None
        return {"now": self.now.isoformat(), "offset": self.offset, "next": due, "idle": self.idle}


def seconds(text: str | float) -> int:
    """A length of time in seconds: a number, or words like `1 day` or `3 hours`. Raises ValueError."""
    if isinstance(text, int | float) and not isinstance(text, bool):
        amount = int(text)
    else:
        found = re.fullmatch(r"\+?(\d{1,9})\s*(second|minute|hour|day|week)?s?", str(text).strip().lower())
        if not found:
            raise ValueError(f"cannot read {text!r} as a length of time; try 3600, '1 hour', '1 day' or 'next'")
        amount = int(found[1]) * UNITS[found[2] or "second"]
    if amount < 0:
        raise ValueError("the clock moves forward only")
    return amount


def read(box: Box, hurry: bool = False) -> Reading:
    """Ask the service for care time; with `hurry`, wait a second at most. Raises ClockFault."""
    return _ask(box, "GET", (), "#ct=500&rt=1000&tt=1000&rc=0" if hurry else "")


def advance(box: Box, wanted: str | float) -> dict[str, Any]:
    """Move care time by a length, or to the `next` due instant; a long way is played instant by instant.

    Returns the new reading and how many instants were `played`. Raises ValueError or ClockFault."""
    if wanted == "next":
        reading = _wait_idle(box, _ask(box, "POST", (("advance", "next"),)))
        return {**reading.json(), "played": 1}
    reading = read(box)
    target = reading.now + timedelta(seconds=seconds(wanted))
    played = 0
    while reading.next and reading.next <= target and played < MOST_INSTANTS:
        before = reading.next
        reading = _wait_idle(box, _ask(box, "POST", (("advance", "next"),)))
        played += 1
        if reading.next and reading.next <= before:
            break  # what was due there stays due (a held touch): time goes on regardless
    rest = max(0, round((target - reading.now).total_seconds()))
    reading = _wait_idle(box, _ask(box, "POST", (("advance", str(rest)),)))
    return {**reading.json(), "played": played}


def _wait_idle(box: Box, reading: Reading) -> Reading:
    expire(box)
    end = time.monotonic() + SETTLE
    while time.monotonic() < end:
        quiet = box.timers.wait_idle(max(0.0, end - time.monotonic()), horizon=1.0)
        reading = read(box)
        if reading.idle and quiet and box.timers.idle(horizon=1.0):
            break
        box.timers.stopping.wait(0.05)
    return reading


def _ask(box: Box, method: str, params: Params, limits: str = "") -> Reading:
    if not box.settings.service_url:
        raise ClockFault("no service address is set, so its clock cannot be moved")
    url = box.settings.service_url.rstrip("/") + PATH
    token = box.settings.auth_token
    answer = send(
        method,
        url + limits,
        params,
        lambda how, where, form: {"X-Twilio-Signature": signature(token, where, form if how == "POST" else ())},
    )
    if answer.code or answer.status != 200:
        raise ClockFault(f"{url} answered {answer.status or 'nothing'}; is smsbot running in sandbox mode?")
    try:
        reading = _reading(json.loads(answer.text))
    except (ValueError, KeyError, TypeError) as error:
        raise ClockFault(f"{url} did not answer with a clock: {error}") from error
    box.offset = timedelta(seconds=reading.offset)
    return reading


def _reading(found: dict[str, Any]) -> Reading:
    due = found.get("next")
    return Reading(
        _utc(found["now"]), float(found["offset"]), _utc(due) if due else None, bool(found.get("idle", True))
    )


def _utc(text: str) -> datetime:
    time_ = datetime.fromisoformat(text)
    if time_.tzinfo is None:
        raise ValueError(f"{text} has no zone")
    return time_.astimezone(UTC)
