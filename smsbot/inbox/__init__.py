"""What comes in: `receive` for one text, `rest` for conversations whose time has come."""

from smsbot.inbox.receiving import Reply, receive
from smsbot.inbox.resting import rest

__all__ = ["Reply", "receive", "rest"]
