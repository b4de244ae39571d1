"""Paging: `page` does what the ladder asks for now; `answering` hears what came of it; `weekly` tests the way."""

from smsbot.paging.rounds import page

__all__ = ["page"]
