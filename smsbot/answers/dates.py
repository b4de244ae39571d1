"""A calendar date in a reply: "tomorrow", "Thursday", "Dec 3", "3 de diciembre", "12/3"."""

import re
from collections.abc import Callable
from datetime import date as Date
from datetime import timedelta
from typing import Literal

from smsbot.answers.bags import counted
from smsbot.answers.reading import Language, Reading, settle
from smsbot.answers.text import fold
from smsbot.answers.vocabulary_numbers import SPELLED

MONTHS = {
    **counted("january february march april may june july august september october november december", 1),
    **counted("jan feb mar apr may jun jul aug sep oct nov dec", 1),
    **counted("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre", 1),
    **counted("ene feb mar abr may jun jul ago sep oct nov dic", 1),
    **{"sept": 9, "setiembre": 9, "set": 9},
}
WEEKDAYS = {
    **counted("monday tuesday wednesday thursday friday saturday sunday", 0),
    **counted("lunes martes miercoles jueves viernes sabado domingo", 0),
}
SHORT_WEEKDAYS = {
    **counted("mon tue wed thu fri sat sun", 0),
    **counted("lun mar mie jue vie sab dom", 0),
    **{"tues": 1, "weds": 2, "thur": 3, "thurs": 3},
}

Found = Date | Literal["ambiguous", "out_of_range"]

_YEAR = r"(?:,? (?:de |del )?(?P<year>\d{4}))?"
_MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + ")"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|ro|o)?"
_ISO = re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})\b")
_SLASHED = re.compile(r"(?<![\d/.-])(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?:(?P=sep)(?P<year>\d{4}|\d{2}))?(?!\d)")
_MONTH_DAY = re.compile(rf"\b{_MONTH}\.? (?:the )?{_DAY}\b(?! ?(?:am|pm|:|-)){_YEAR}")
_DAY_MONTH = re.compile(rf"\b{_DAY} (?:de |of )?{_MONTH}\b\.?{_YEAR}")
_DAY_ALONE = re.compile(
    r"\b(?:the (?P<en>\d{1,2})(?:st|nd|rd|th)|el (?:dia )?(?P<es>\d{1,2}))\b(?! ?(?:[:/-]|de\b|am\b|pm\b))"
)
_SOON = (
    (re.compile(r"\b(?:the )?day after tomorrow\b|\bpasado manana\b"), 2),
    (re.compile(r"\b(?:tomorrow|tomorow|tommorow|tommorrow|tmrw?|tmw|2moro)\b"), 1),
    (re.compile(r"(?<!la )(?<!esta )(?<!de )\bmanana\b"), 1),
    (re.compile(r"\b(?:today|tonight|hoy|esta noche)\b"), 0),
)
_IN = re.compile(r"\b(?:in|en|dentro de) (?P<count>\w+) (?P<unit>day|dia|week|semana)s?\b")
_NAMED = re.compile(
    rf"\b(?:(?P<which>next|proximo|this|este|on|el) )?(?P<day>{'|'.join(WEEKDAYS | SHORT_WEEKDAYS)})\b"
    r"(?P<after> que viene| proximo)?"
)
_REFUSED = re.compile(
    r"\b(?:not|cant|cannot|dont|wont|except|unless|every|each|no|excepto|menos|cada|todos|last|pasado|or|o)\b"
)
_OTHER_DAY = re.compile(r"\b(?:or|o|and|y|to|al?) \d{1,2}\b|- ?\d")
_COUNTS = {"a": 1, "an": 1, "un": 1, "una": 1} | SPELLED
_LONGEST_WAIT = 120  # days; past that "in N days" is a figure of speech


def date(text: str, today: Date, language: Language = "en") -> Reading[Date]:
    """The one calendar date a reply names, counted from today (the patient's local date).

    12/3 is December 3 in English and March 12 in Spanish, unless only one reading is a date. A day without a year is
    the next such day, today included. A weekday is the next one; today's own name, "next Thursday" and "May 6 or 7" are
    ambiguous. Negated days ("not Thursday") are absent, February 30 is out_of_range. Nothing else is guessed at.
    """
    rest, exact = _taken(fold(text), today, language)
    named = [_weekday(match, today, language) for match in _NAMED.finditer(rest)]
    weekdays = {day for day in named if day is not None}
    if not exact:
        exact = weekdays
    elif any(isinstance(day, Date) and not _agrees(day, exact) for day in weekdays):
        return Reading(None, "ambiguous")
    if "out_of_range" in exact:
        return Reading(None, "out_of_range")
    if "ambiguous" in exact or len(exact) > 1 or (exact and _OTHER_DAY.search(rest)):
        return Reading(None, "ambiguous")
    if exact and _REFUSED.search(rest):
        return Reading(None, "absent")
    return settle({day for day in exact if isinstance(day, Date)})


def _agrees(weekday: Date, exact: set[Found]) -> bool:
    """ "Thursday, Dec 3" is one date only if December 3 is a Thursday."""
    return all(isinstance(day, Date) and day.weekday() == weekday.weekday() for day in exact)


def _taken(text: str, today: Date, language: Language) -> tuple[str, set[Found]]:
    """The dates said in full or relative to today, and the text with them taken out."""
    found: set[Found] = set()

    def take(pattern: re.Pattern[str], reading: Callable[[re.Match[str]], Found | None]) -> None:
        nonlocal text
        for match in list(pattern.finditer(text)):
            day = reading(match)
            if day is not None:
                found.add(day)
                text = text[: match.start()] + "|" * len(match.group()) + text[match.end() :]

    take(_ISO, lambda match: _day(int(match["year"]), int(match["month"]), int(match["day"])))
    take(_SLASHED, lambda match: _slashed(match, today, language))
    for pattern in (_DAY_MONTH, _MONTH_DAY):
        take(pattern, lambda match: _written(match, today, language))
    for pattern, days in _SOON:
        take(pattern, lambda _, days=days: today + timedelta(days=days))  # type: ignore[misc]
    take(_IN, lambda match: _later(match, today))
    take(_DAY_ALONE, lambda match: _next_day_of_month(int(match["en"] or match["es"]), today))
    return text, found


def _day(year: int, month: int, day: int) -> Found:
    """The date, if the calendar has it."""
    try:
        return Date(year, month, day)
    except ValueError:
        return "out_of_range"


def _coming(month: int, day: int, today: Date) -> Found:
    """The next such day, today included."""
    this_year = _day(today.year, month, day)
    return this_year if isinstance(this_year, Date) and this_year >= today else _day(today.year + 1, month, day)


def _slashed(match: re.Match[str], today: Date, language: Language) -> Found | None:
    """12/3, 12/3/26, 3.12.2026; "6-7" without a year is a range and no date."""
    a, b, year = int(match["a"]), int(match["b"]), match["year"]
    if match["sep"] != "/" and year is None:
        return None
    orders = [(a, b), (b, a)] if language == "en" else [(b, a), (a, b)]
    for month, day in orders:
        if 1 <= month <= 12:
            return _day(_full_year(int(year), today), month, day) if year else _coming(month, day, today)
    return "out_of_range"


def _full_year(year: int, today: Date) -> int:
    """Two digits mean the hundred years that end twenty years from now."""
    if year > 99:
        return year
    return year + today.year // 100 * 100 - (100 if year > today.year % 100 + 20 else 0)


def _written(match: re.Match[str], today: Date, language: Language) -> Found:
    """Dec 3, 3 de diciembre; "mar 3" in Spanish is March or Tuesday."""
    if language == "es" and match["month"] == "mar" and match.re is _MONTH_DAY:
        return "ambiguous"
    month, day = MONTHS[match["month"]], int(match["day"])
    return _day(int(match["year"]), month, day) if match["year"] else _coming(month, day, today)


def _later(match: re.Match[str], today: Date) -> Found | None:
    """In 3 days, dentro de dos semanas."""
    count = match["count"]
    number = int(count) if count.isdecimal() and len(count) < 4 else _COUNTS.get(count)
    if number is None:
        return None
    days = number * (7 if match["unit"] in {"week", "semana"} else 1)
    return today + timedelta(days=days) if days <= _LONGEST_WAIT else "out_of_range"


def _next_day_of_month(day: int, today: Date) -> Found:
    """The 3rd, el 3: this month's if still to come, else the next month's that has one."""
    if not 1 <= day <= 31:
        return "out_of_range"
    first = today.replace(day=1)
    for _ in range(3):
        here = _day(first.year, first.month, day)
        if isinstance(here, Date) and here >= today:
            return here
        first = (first + timedelta(days=32)).replace(day=1)
    return "out_of_range"


def _weekday(match: re.Match[str], today: Date, language: Language) -> Found | None:
    """The coming day of that name; "next" and today's own name mean two days to two people."""
    word, which = match["day"], match["which"]
    day = WEEKDAYS.get(word)
    if day is None and (which or match.string.strip(" .!?,") == word):
        day = SHORT_WEEKDAYS.get(word)  # "sat" and "sun" are words too
    if day is None:
        return None
    ahead = (day - today.weekday()) % 7
    if not ahead or which in {"next", "proximo"} or match["after"]:
        return "ambiguous"
    return today + timedelta(days=ahead)
