"""A calendar date in a reply: "tomorrow", "Thursday", "Dec 3", "3 de diciembre", "12/3"."""

import re
from collections.abc import Callable
from datetime import date as Date
from datetime import timedelta
from typing import Literal

from smsbot.answers import vocabulary_dates as vocabulary
from smsbot.answers.reading import Language, Reading, settle
from smsbot.answers.text import fold, inner, one_slip

Found = Date | Literal["ambiguous", "out_of_range"]


_LONG = 6  # letters; a slip in a shorter name makes another word
_LAST_YEAR = 9999  # the calendar's own end leaves no room for "a week from"


def date(text: str, today: Date, language: Language = "en") -> Reading[Date]:
    """The one calendar date a reply names, counted from today (the patient's local date).

    12/3 is December 3 in English and March 12 in Spanish, unless only one reading is a date. A day without a year is
    the next such day, today included. A weekday is the next one; today's own name, "next Thursday" and "May 6 or 7" are
    ambiguous. Negated days ("not Thursday") are absent, February 30 is out_of_range. Nothing else is guessed at.
    """
    folded, later = _put_off(vocabulary.COUPLE.sub("2", _corrected(inner(fold(text)))))
    folded = _unrefused(folded)
    if vocabulary.BUT_NOT.search(folded) or vocabulary.OPEN.search(folded):
        return Reading(None, "absent")
    rest, exact = _taken(folded, today, language)
    named = [_weekday(match, today, language) for match in vocabulary.NAMED.finditer(rest)]
    weekdays = {day for day in named if day is not None}
    if not exact:
        exact = weekdays
    elif any(isinstance(day, Date) and not _agrees(day, exact) for day in weekdays):
        return Reading(None, "ambiguous")
    if weekdays and vocabulary.NEXT_WEEK.search(rest):
        return Reading(None, "ambiguous")
    told = vocabulary.TOLD.search(rest) and not vocabulary.YEARS.search(folded)
    return _settled(exact, rest, bool(told), timedelta(weeks=later))


def _settled(exact: set[Found], rest: str, told: bool, later: timedelta) -> Reading[Date]:
    """The one day found, if the rest of the text neither refuses it nor names or tells of another."""
    if "out_of_range" in exact:
        return Reading(None, "out_of_range")
    if "ambiguous" in exact or len(exact) > 1 or (exact and vocabulary.OTHER_DAY.search(rest)):
        return Reading(None, "ambiguous")
    if told or vocabulary.REFUSED.search(rest) or vocabulary.BAD.search(rest):
        return Reading(None, "absent")
    return settle({day + later if later else day for day in exact if isinstance(day, Date) and day.year < _LAST_YEAR})


def _corrected(text: str) -> str:
    """The text with slips of the thumb in its longer names put right; "thursdays" stays, for it is no one day."""
    return vocabulary.WORD.sub(lambda match: _right(match.group()), text)


def _right(word: str) -> str:
    """The name a word was meant to be, or the word."""
    if len(word) < _LONG or word in vocabulary.KNOWN:
        return vocabulary.SLIPS.get(word, word)
    return next((name for name in sorted(vocabulary.LONG_NAMES) if word != f"{name}s" and one_slip(word, name)), word)


def _put_off(text: str) -> tuple[str, int]:
    """ "A week from Thursday", "del jueves en ocho": the text that names the day, and how many weeks are added."""
    match = vocabulary.WEEK_ON.search(text)
    if match is None:
        return text, 0
    weeks = vocabulary.COUNTS.get(match["count"] or "a", 0) or int(match["count"])
    return vocabulary.IN_EIGHT.sub(" ", text[: match.start()] + text[match.end() :]), weeks


def _unrefused(text: str) -> str:
    """ "Not Monday, Tuesday": what is left when the refused part is gone."""
    parts = vocabulary.TURNS.split(text)
    kept = [part for part in parts if not (vocabulary.REFUSED.search(part) or vocabulary.BAD.search(part))]
    return " ".join(kept) if len(kept) < len(parts) and any(vocabulary.NAMED.search(part) for part in kept) else text


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

    take(vocabulary.ISO, lambda match: _day(int(match["year"]), int(match["month"]), int(match["day"])))
    take(vocabulary.SLASHED, lambda match: _slashed(match, today, language))
    for pattern in (vocabulary.DAY_MONTH, vocabulary.MONTH_DAY):
        take(pattern, lambda match: _written(match, today, language))
    take(vocabulary.IN, lambda match: _later(match, today))
    for pattern, days in vocabulary.SOON:
        take(pattern, lambda _, days=days: today + timedelta(days=days))  # type: ignore[misc]
    take(vocabulary.WITH_DAY, lambda match: _named_day(match, today))
    for pattern, (month, day) in vocabulary.HOLIDAYS:
        if len(text.split()) <= vocabulary.SHORT:
            take(pattern, lambda _, month=month, day=day: _coming(month, day, today))  # type: ignore[misc]
    take(vocabulary.DAY_ALONE, lambda match: _next_day_of_month(int(match["en"] or match["es"]), today))
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
    if language == "es" and match["month"] == "mar" and match.re is vocabulary.MONTH_DAY:
        return "ambiguous"
    month, day = vocabulary.MONTHS[match["month"]], int(match["day"] or vocabulary.WORDS[match["word"]])
    return _day(int(match["year"]), month, day) if match["year"] else _coming(month, day, today)


def _later(match: re.Match[str], today: Date) -> Found | None:
    """In 3 days, dentro de dos semanas."""
    count = match["count"] or match["number"]
    number = int(count) if count.isdecimal() and len(count) < 4 else vocabulary.COUNTS.get(count)
    if number is None:
        return None
    days = number * (7 if (match["unit"] or match["units"]) in {"week", "semana"} else 1)
    return today + timedelta(days=days) if days <= vocabulary.LONGEST_WAIT else "out_of_range"


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


def _named_day(match: re.Match[str], today: Date) -> Found | None:
    """ "Tuesday the 24th", "sab 28"; "friday 5" may be five o'clock."""
    day = _next_day_of_month(int(match["day"]), today)
    name = match["name"]
    weekday = vocabulary.WEEKDAYS[name] if name in vocabulary.WEEKDAYS else vocabulary.SHORT_WEEKDAYS[name]
    return day if isinstance(day, Date) and day.weekday() == weekday else "ambiguous"


def _weekday(match: re.Match[str], today: Date, language: Language) -> Found | None:
    """The coming day of that name; "next" and today's own name mean two days to two people."""
    word, which = match["day"], match["which"]
    day = vocabulary.WEEKDAYS.get(word)
    if day is None and (
        which
        or word in vocabulary.PLAIN_SHORT
        or vocabulary.ALONE_OR_PART.fullmatch(match.string[match.start("day") :])
    ):
        day = vocabulary.SHORT_WEEKDAYS.get(word)  # "sat" and "sun" are words too
    if day is None:
        return None
    ahead = (day - today.weekday()) % 7
    if not ahead or which in {"next", "proximo"} or match["after"]:
        return "ambiguous"
    return today + timedelta(days=ahead)
