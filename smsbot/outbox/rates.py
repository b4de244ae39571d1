"""How much a sender may send now: a bucket of segments that fills with machine time, and a daily cap. Pure."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from smsbot.localtime import instant, local_day

# The daily caps of the networks begin anew at midnight Pacific, wherever sender and patient are.
CAP_ZONE = ZoneInfo("America/Los_Angeles")


@dataclass(frozen=True)
class Bucket:
    """`rate` in segments a second, `burst` at once; `cap` segments a Pacific day (None: no cap)."""

    rate: float
    burst: float
    tokens: float
    refilled_at: datetime
    cap: int | None = None
    day: str = ""
    used: int = 0

    def refilled(self, machine: datetime) -> "Bucket":
        """The bucket at this instant. It holds a tick's worth even where the burst is smaller than the rate."""
        passed = max(0.0, (machine - self.refilled_at).total_seconds())
        tokens = min(max(self.burst, self.rate), self.tokens + passed * self.rate)
        today = local_day(machine, CAP_ZONE).isoformat()
        return replace(self, tokens=tokens, refilled_at=machine, day=today, used=self.used if today == self.day else 0)

    def takes(self, segments: int, urgent: bool) -> bool:
        """Whether this message may go now; an urgent one (P0) goes into debt rather than wait."""
        if urgent:
            return True
        within_cap = self.cap is None or self.used + segments <= self.cap
        return within_cap and self.tokens >= min(segments, max(self.burst, self.rate))

    def less(self, segments: int) -> "Bucket":
        """The bucket after sending."""
        return replace(self, tokens=self.tokens - segments, used=self.used + segments)


def cap_resets(machine: datetime) -> datetime:
    """The next midnight Pacific, when daily caps begin anew."""
    tomorrow = local_day(machine, CAP_ZONE) + timedelta(days=1)
    return instant(tomorrow, time(0), CAP_ZONE).astimezone(UTC)
