"""One readable document of a protocol: every text in both languages, every time and branch, and a page to sign."""

from smsbot.book.document import book

__all__ = ["book"]
