"""The names of the states, once (RULINGS 38)."""

from enum import StrEnum


class PatientStatus(StrEnum):
    INVITED = "invited"
    ACTIVE = "active"
    PAUSED = "paused"
    FROZEN = "frozen"
    STOPPED = "stopped"
    DORMANT = "dormant"
    ENDED = "ended"


class SessionStatus(StrEnum):
    BOOKED = "booked"
    ARRIVED = "arrived"
    DONE = "done"
    NO_SHOW = "no_show"
    CANCELED = "canceled"


class TouchState(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    SENT = "sent"
    ANSWERED = "answered"
    UNANSWERED = "unanswered"
    DROPPED = "dropped"
    CANCELED = "canceled"


class MessageState(StrEnum):
    READY = "ready"
    CLAIMED = "claimed"
    SENDING = "sending"
    ACCEPTED = "accepted"
    SENT = "sent"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    FAILED = "failed"
    REJECTED = "rejected"
    UNKNOWN = "unknown"
    DROPPED = "dropped"


class ConversationState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class AlertState(StrEnum):
    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    RESOLVED = "resolved"


class TaskState(StrEnum):
    OPEN = "open"
    DONE = "done"
