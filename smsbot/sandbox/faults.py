"""Faults on request: what can go wrong, how often, and to whom; every draw comes from one seeded generator.

A fault is JSON: {"kind": ..., "probability": 1.0, "count": null, "skip": 0, "on": ..., "to": ..., and its options}.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

REST = {
    "drop": "close the connection before accepting the request",
    "lose_response": "accept the request, then close the connection without an answer",
    "truncate": "accept the request and answer 201 with half of the JSON",
    "rate_limit": "429 with code 20429; the request is not processed",
    "server_error": "answer `status` (503); processed only with accepted=true",
    "slow": "answer after `seconds` (1)",
    "hang": "give no answer for `seconds` (60), then close; processed only with accepted=true",
    "reject": "400 with `code` (21610)",
}
WEBHOOK = {
    "duplicate": "send `copies` (2) at once, with one idempotency token (same_token=false: a new one each)",
    "delay": "send `seconds` (1) later",
    "lose": "do not send",
    "reorder": "hold until `window` (2) are waiting, or `seconds` (2) have passed, and send them last first",
}
DELIVERY = {
    "fail": "end as `status` (undelivered) with error `code` (30003)",
    "stall": "stay queued until released, or until the validity period ends (30036)",
    "no_receipt": "end as sent: the carrier never reports delivery",
    "reverse_receipts": "send the callback for delivered before the one for sent",
    "early_receipts": "send the status callbacks before the create request is answered",
}
RECORDING = {
    "recording_late": "the recording is ready only after `seconds` (5)",
    "recording_absent": "there was nothing to record: status absent",
    "recording_missing": "its media answers 404",
    "recording_html": "its media is a page of HTML, with status 200",
    "recording_truncated": "its media ends halfway, as if that were all",
}
GROUPS: dict[str, Mapping[str, str]] = {"rest": REST, "webhook": WEBHOOK, "delivery": DELIVERY, "recording": RECORDING}
# Which events a fault is about when it does not say: creating messages; any webhook.
DEFAULT_ON = {"rest": "messages.create"}
OPTIONS: dict[str, type] = {
    "seconds": float,
    "copies": int,
    "same_token": bool,
    "window": int,
    "status": object,
    "code": int,
    "accepted": bool,
}


@dataclass
class Fault:
    """One switch. `on` names operations (messages.create) or webhooks (inbound, status, ...), `*` for all;
    `to` limits it to one phone number; `skip` lets the first ones pass; `count` is how many remain."""

    kind: str
    probability: float = 1.0
    count: int | None = None
    skip: int = 0
    on: str = "*"
    to: str | None = None
    options: dict[str, Any] = field(default_factory=dict)
    hits: int = 0

    def option(self, name: str, default: Any) -> Any:
        """An option, or its default."""
        return self.options.get(name, default)


class Faults:
    """The switches now on. Thread-safe; the same seed and the same calls give the same faults."""

    def __init__(self, seed: int) -> None:
        self._lock = threading.Lock()
        self._random = random.Random(seed)
        self._faults: list[Fault] = []

    def add(self, wanted: Mapping[str, Any]) -> Fault:
        """Switch a fault on from its JSON. Raises ValueError naming what is wrong with it."""
        fault = parse(wanted)
        with self._lock:
            self._faults.append(fault)
        return fault

    def clear(self, seed: int | None = None) -> None:
        """Switch all off; with a seed, start its draws anew."""
        with self._lock:
            self._faults.clear()
            if seed is not None:
                self._random.seed(seed)

    def list(self) -> list[dict[str, Any]]:
        """The switches, as JSON."""
        with self._lock:
            return [asdict(fault) for fault in self._faults]

    def take(self, group: str, event: str, *phones: str | None, kinds: tuple[str, ...] = ()) -> Fault | None:
        """The first fault of `group` (and of `kinds`) that strikes this event on these phones, counted down."""
        with self._lock:
            for fault in self._faults:
                wanted = fault.kind in GROUPS[group] and (not kinds or fault.kind in kinds)
                here = fault.on in ("*", event) and (fault.to is None or fault.to in phones)
                if wanted and here and self._strikes(fault):
                    return fault
        return None

    def _strikes(self, fault: Fault) -> bool:
        if fault.count == 0:
            return False
        if fault.skip > 0:
            fault.skip -= 1
            return False
        if self._random.random() >= fault.probability:
            return False
        if fault.count is not None:
            fault.count -= 1
        fault.hits += 1
        return True


def parse(wanted: Mapping[str, Any]) -> Fault:
    """A fault from its JSON, with every name and type checked. Raises ValueError."""
    kind = wanted.get("kind")
    group = next((name for name, kinds in GROUPS.items() if kind in kinds), None)
    if group is None:
        known = ", ".join(name for kinds in GROUPS.values() for name in kinds)
        raise ValueError(f"unknown fault {kind!r}; known: {known}")
    probability = wanted.get("probability", 1.0)
    if isinstance(probability, bool) or not isinstance(probability, int | float) or not 0 <= probability <= 1:
        raise ValueError("probability must be a number from 0 to 1")
    for name, floor in (("count", 1), ("skip", 0)):
        value = wanted.get(name)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < floor):
            raise ValueError(f"{name} must be a whole number, {floor} or more")
    rest = {name: value for name, value in wanted.items() if name not in Fault.__dataclass_fields__}
    for name, value in rest.items():
        _check_option(name, value)
    on = str(wanted.get("on") or DEFAULT_ON.get(group, "*"))
    return Fault(
        str(kind), float(probability), wanted.get("count"), wanted.get("skip") or 0, on, wanted.get("to"), rest
    )


def _check_option(name: str, value: object) -> None:
    wanted = OPTIONS.get(name)
    if wanted is None:
        raise ValueError(f"unknown option {name!r}; known: {', '.join(OPTIONS)}")
    right = isinstance(value, int | float) if wanted is float else isinstance(value, wanted)
    if not right or (wanted is not bool and wanted is not object and isinstance(value, bool)):
        raise ValueError(f"{name} must be {wanted.__name__}")
