"""What the carrier answers, as plain values that need none of its client."""

from dataclasses import dataclass
from datetime import datetime

from smsbot.carrier.inbound import InboundText


@dataclass(frozen=True)
class Accepted:
    """The carrier took a message; `segments` is 0 through a messaging service, where no sender is chosen yet."""

    sid: str
    status: str
    segments: int


@dataclass(frozen=True)
class Sent:
    """One outgoing message as the carrier lists it; `created_at` is aware UTC, to the second."""

    sid: str
    body: str
    created_at: datetime
    status: str


@dataclass(frozen=True)
class Received:
    """One inbound text as the carrier lists it, to be handled exactly like its webhook."""

    text: InboundText
    created_at: datetime


@dataclass(frozen=True)
class Placed:
    """The carrier took a call."""

    sid: str
    status: str


@dataclass(frozen=True)
class Recorded:
    """A recording as the carrier describes it: `status` completed | processing | absent | failed and so on."""

    sid: str
    call_sid: str
    status: str
    seconds: int | None
    created_at: datetime | None


@dataclass(frozen=True)
class Ringing:
    """A call as the carrier has it: `status` queued | ringing | in-progress | completed | busy | no-answer..."""

    sid: str
    status: str
    seconds: int | None
    created_at: datetime | None
