"""Numbers as people read them: telephone numbers on a screen, and digits one by one in a call."""

import re

_NORTH_AMERICA = re.compile(r"\+1([2-9]\d\d)(\d{3})(\d{4})")
_TELEPHONE = re.compile(r"(?:\+?1[ .-]?)?\(?([2-9]\d\d)\)?[ .-]?(\d{3})[ .-](\d{4})\b")
_LONG_OR_CRISIS = re.compile(r"(?<![\d:.,/$])(?:988|911|211|\d{5,})(?![\d:/%])")


def phone(number: str) -> str:
    """+16175550100 as (617) 555-0100; numbers of other countries stay as they are."""
    match = _NORTH_AMERICA.fullmatch(number)
    return f"({match[1]}) {match[2]}-{match[3]}" if match else number


def spoken(text: str) -> str:
    """The text with telephone numbers, 988, 911 and long codes as single digits, in groups where people pause."""
    grouped = _TELEPHONE.sub(lambda match: ", ".join(" ".join(group) for group in match.groups()), text)
    return _LONG_OR_CRISIS.sub(lambda match: " ".join(match.group()), grouped)
