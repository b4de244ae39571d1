"""How a day is written on the page of a patient's own words."""

from datetime import datetime
from zoneinfo import ZoneInfo

from smsbot.render.moments import MONTHS


def day(at: datetime, zone: ZoneInfo, language: str) -> str:
    """ "December 1, 2026" / "1 de diciembre de 2026"."""
    on = at.astimezone(zone).date()
    month = MONTHS[language][on.month - 1]
    return f"{on.day} de {month} de {on.year}" if language == "es" else f"{month} {on.day}, {on.year}"
