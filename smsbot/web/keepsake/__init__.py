"""A summary that belongs to the patient: their words by session, at the desk and by expiring link (CONTENT 9.13)."""

from smsbot.web.keepsake.gathering import Item, Part, gather
from smsbot.web.keepsake.links import DAYS, path, whose
from smsbot.web.keepsake.page import blueprint
from smsbot.web.keepsake.wording import day

__all__ = ["DAYS", "Item", "Part", "blueprint", "day", "gather", "path", "whose"]
