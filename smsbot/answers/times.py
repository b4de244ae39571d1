"""A time of day in a reply: "9:30", "9am", "a las 9", or a part of the day."""

import re
from datetime import time
from typing import Literal, get_args

from smsbot.answers.bags import phrases
from smsbot.answers.reading import Reading, settle
from smsbot.answers.text import fold, inner, windows, words
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
_ALONE = re.compile(
    r"(?:(?:at|around|about|like|maybe|al|a|como) )*(?:noon|noonish|midday|mediodia)(?: please| por favor)?"
)
_ROUGHLY = r"(?:like|about|around|maybe|probably|say|ish|como|tipo|cerca de|a eso de|por ahi de|quizas?|tal vez)"
# Ways of saying a time, rewritten as the clock shows it.
_QUARTERS = (
    (re.compile(rf"\bhalf past (?P<hour>\d{{1,2}}|{_WORD_HOURS})\b"), 30),
    (re.compile(rf"\b(?:a )?quarter (?:past|after) (?P<hour>\d{{1,2}}|{_WORD_HOURS})\b"), 15),
    (re.compile(rf"\b(?:a )?quarter (?:to|til|till|of) (?P<hour>\d{{1,2}}|{_WORD_HOURS})\b"), -15),
    (re.compile(rf"\b(?:las? )?(?P<hour>\d{{1,2}}|{_WORD_HOURS}) y cuarto\b"), 15),
    (re.compile(rf"\b(?:un )?cuarto para las? (?P<hour>\d{{1,2}}|{_WORD_HOURS})\b"), -15),
    (re.compile(rf"\b(?:las? )?(?P<hour>\d{{1,2}}|{_WORD_HOURS}) menos cuarto\b"), -15),
)
_REWRITTEN = (
    (re.compile(r"\b(\d{1,2})([0-5]\d) ?([ap])(?:\.? ?m\b\.?|\b)"), r"\1:\2 \3m"),  # 530pm
    (re.compile(r"\b(\d{1,2}) ([0-5]\d)(?= ?[ap]\.? ?m\b)"), r"\1:\2"),  # 9 30 am
    (re.compile(r"\b(\d{1,2}(?::\d\d)?)([ap])\b"), r"\1\2m"),  # 6p
    (re.compile(r"\b(\d{1,2}(?::\d\d)?) ?-? ?ish\b"), r"at \1"),  # 10ish
    (re.compile(r"^(\d{2})([0-5]\d)$"), r"\1:\2"),  # 1730
    (re.compile(r"\b(1[3-9]|2[0-3]) ?(?:h|hs|hrs)\b"), r"\1:00"),  # 17h
    (re.compile(rf"^(?:{_ROUGHLY} )+(?=\d{{1,2}}\W*$)"), "at "),  # like 7
)
_NOT_ONE = re.compile(
    r"\b(?:not|cant|dont|except|no|nunca|menos|excepto)\b|\b(?:after|before|until|til|till|since|by|past|despues de|"
    r"antes de|hasta|desde|a partir de)(?: las?| la| noon)? ?\d|\b(?:before|after) noon\b"
    r"|\d ?(?:[ap]m)? ?(?:or|o|to|y|and|-|/) ?(?:las? )?\d|\b(?:between|entre)\b"
)
_PM_PARTS = ("afternoon", "evening", "tarde", "noche")
PARTS: tuple[DayPart, ...] = get_args(DayPart)
_UNTIL: tuple[tuple[DayPart, time], ...] = (
    ("morning", time(11, 30)),
    ("midday", time(14, 30)),
    ("afternoon", time(18)),
)
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
    folded = _as_shown(inner(fold(text)))
    if _ALONE.fullmatch(folded.strip(" .!")):
        return Reading(time(12), "found")
    if _NOT_ONE.search(folded):
        return Reading(None, "absent")
    found: set[time] = set()
    for match in _CLOCK.finditer(folded):
        if not _meant(match, folded):
            continue
        fitting = _times(match, earliest, latest)
        if len(fitting) != 1:
            return Reading(None, "ambiguous" if fitting or int(_hour(match)) < 13 else "out_of_range")
        found |= fitting
    return settle(found)


def part_by_clock(text: str) -> DayPart | None:
    """The part of the day a reply names, in words or by the clock ("around 7", "5pm"), as CONTENT F02 parts it."""
    at = clock_time(text).value
    if at is None:
        return day_part(text)
    return next((part for part, until in _UNTIL if at < until), "evening")


def _as_shown(folded: str) -> str:
    """ "Half past 5", "cuarto para las 6", "530pm", "10ish": as a clock shows them."""
    for pattern, minutes in _QUARTERS:
        folded = pattern.sub(lambda match, minutes=minutes: _moved(match["hour"], minutes), folded)  # type: ignore[misc]
    for pattern, shown in _REWRITTEN:
        folded = pattern.sub(shown, folded)
    return folded


def _moved(hour: str, minutes: int) -> str:
    """The clock some minutes after or before an hour: ("6", -15) is "5:45"."""
    said = int(hour) if hour.isdecimal() else _HOURS[hour]
    shown = said if minutes > 0 else (said - 1 or 12)
    return f"{shown}:{minutes % 60:02}"


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
