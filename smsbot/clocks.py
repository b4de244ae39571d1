"""Two times (RULINGS 41): care time, movable in the sandbox, and machine time, which nobody moves."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime


def machine_now() -> datetime:
    """Machine time: leases, rates, receipts, reconciliation, sign-in and heartbeats are measured by it."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Clock:
    """Where a process takes the time from; tests and the simulator pass their own."""

    machine: Callable[[], datetime] = machine_now
