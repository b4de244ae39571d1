"""What the carrier's words make of a message, and how far along each of our states is; only forward is news."""

from smsbot.models import MessageState

BECOMES = {
    "accepted": MessageState.ACCEPTED,
    "scheduled": MessageState.ACCEPTED,
    "queued": MessageState.ACCEPTED,
    "sending": MessageState.ACCEPTED,
    "sent": MessageState.SENT,
    "delivered": MessageState.DELIVERED,
    "read": MessageState.DELIVERED,
    "undelivered": MessageState.UNDELIVERED,
    "failed": MessageState.FAILED,
    "canceled": MessageState.FAILED,
}
PLACE = {
    MessageState.ACCEPTED: 1,
    MessageState.SENT: 2,
    MessageState.UNDELIVERED: 3,
    MessageState.FAILED: 3,
    MessageState.DELIVERED: 4,
}
FAILURES = (MessageState.UNDELIVERED, MessageState.FAILED)
