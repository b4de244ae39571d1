"""How often one key may call this process: a bucket of calls that refills steadily."""

import threading
import uuid
from dataclasses import dataclass, field
from datetime import datetime

BURST = 300
PER_SECOND = 10.0


@dataclass
class Allowance:
    """`burst` calls at once and `per_second` after; kept in this process alone, for it guards only this process."""

    burst: int = BURST
    per_second: float = PER_SECOND
    _left: dict[uuid.UUID, tuple[float, datetime]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, key_id: uuid.UUID, now: datetime) -> bool:
        """Whether this key may call now (machine time); if so, it has one call less."""
        with self._lock:
            left, at = self._left.get(key_id, (float(self.burst), now))
            left = min(self.burst, left + max(0.0, (now - at).total_seconds()) * self.per_second)
            allowed = left >= 1
            self._left[key_id] = (left - 1 if allowed else left, now)
            return allowed
