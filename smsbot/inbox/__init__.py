"""What comes in: `receive` for one text, `settle` for words that have come to rest, `open_scope` for one person."""

from smsbot.inbox.receiving import Reply, open_scope, receive, settle

__all__ = ["Reply", "open_scope", "receive", "settle"]
