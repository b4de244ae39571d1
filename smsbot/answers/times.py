"""A time of day in a reply: "9:30", "9am", "a las 9", or a part of the day."""

import re
from datetime import time
from typing import Literal

from smsbot.answers.bags import phrases
from smsbot.answers.reading import Reading, settle
from smsbot.answers.text import fold, windows, words
from smsbot.answers.vocabulary_numbers import SPELLED

DayPart = Literal["morning", "midday", "afternoon", "evening"]

_HOURS = {word: value for word, value in SPELLED.items() if 1 <= value <= 12 and word != "uno"} | {"una": 1}
_WORD_HOURS = "|".join(_HOURS)
_CLOCK = re.compile(
    rf"(?<![\d:/.-])(?P<at>\b(?:at|around|a las?|las?) )?(?P<hour>\d{{1,2}}|\b(?:{_WORD_HOURS})\b)"
    r"(?:[:h.](?P<minute>[0-5]\d))?(?P<half> y media)?(?: ?(?P<half_day>[ap]\.? ?m\b\.?))?(?P<oclock> ?oclock|"
    r" en punto)?"
    r"(?P<part> (?:in the|de la|por la) (?:morning|afternoon|evening|manana|tarde|noche))?(?![\d:/-])"
)
_ALONE = re.compile(r"\b(?:noon|midday|mediodia)\b")
_PM_PARTS = ("afternoon", "evening", "tarde", "noche")
_PARTS: dict[DayPart, frozenset[tuple[str, ...]]] = {
    "morning": phrases(
        "morning; mornings; early; am; por la manana; en la manana; de manana; mananas; las mananas; temprano"
    ),
    "midday": phrases("midday; noon; lunch; lunchtime; mediodia; medio dia; almuerzo"),
    "afternoon": phrases("afternoon; afternoons; por la tarde; en la tarde; tarde; tardes"),
    "evening": phrases(
        "evening; evenings; night; nights; after work; after dinner; por la noche; en la noche; noche; noches"
    ),
}


def day_part(text: str) -> DayPart | None:
    """The one part of the day a reply names; two parts, or a negation, are None."""
    body = words(text)
    if {"not", "no", "never", "nunca", "except", "menos"} & set(body):
        return None
    found = {
        part for part, known in _PARTS.items() for size in (1, 2, 3) for run in windows(body, size) if run in known
    }
    if body == ("manana",):
        return None  # "tomorrow" as much as "morning"
    if found == {"afternoon", "morning"} and "mas tarde" in " ".join(body):
        return None
    return found.pop() if len(found) == 1 else None


def clock_time(text: str, earliest: time = time(9), latest: time = time(20)) -> Reading[time]:
    """The one time of day a reply names.

    An hour without am or pm is the one inside the patient's window (earliest to latest): with 9:00-20:00 "9" is 9:00
    and "7" is 19:00; where both or neither fit, it is ambiguous. A bare number counts only when it is the whole reply
    or follows "at" / "a las".
    """
    folded = fold(text)
    if _ALONE.fullmatch(folded.strip(" .!")):
        return Reading(time(12), "found")
    found: set[time] = set()
    for match in _CLOCK.finditer(folded):
        if not _meant(match, folded):
            continue
        fitting = _times(match, earliest, latest)
        if len(fitting) != 1:
            return Reading(None, "ambiguous" if fitting or int(_hour(match)) < 13 else "out_of_range")
        found |= fitting
    return settle(found)


def _meant(match: re.Match[str], folded: str) -> bool:
    """Is this number a time, rather than any number in a sentence?"""
    marked = any(match[name] for name in ("at", "minute", "half_day", "oclock", "part", "half"))
    return marked or match.group().strip() == folded.strip(" .!?")


def _hour(match: re.Match[str]) -> int:
    """The hour as said."""
    return int(match["hour"]) if match["hour"].isdecimal() else _HOURS[match["hour"]]


def _times(match: re.Match[str], earliest: time, latest: time) -> set[time]:
    """Every time of the day that the words allow."""
    hour, minute = _hour(match), 30 if match["half"] else int(match["minute"] or 0)
    if hour > 23:
        return set()
    said = (match["half_day"] or "")[:1] or _by_part(match["part"] or "")
    if said:
        return {time(hour % 12 + (12 if said == "p" else 0), minute)} if 1 <= hour <= 12 else {time(hour, minute)}
    if hour > 12 or hour == 0:
        return {time(hour, minute)}
    both = {time(hour % 12, minute), time(hour % 12 + 12, minute)}
    return {moment for moment in both if earliest <= moment <= latest}


def _by_part(part: str) -> str:
    """The a or p that "in the afternoon" stands for."""
    if not part:
        return ""
    return "p" if part.endswith(_PM_PARTS) else "a"
