"""Days, times and hours as a patient reads them, in both languages; the caller has already chosen the zone."""

from datetime import date, datetime, time, timedelta

from smsbot.hours import Hours

WEEKDAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
}
_EN_FALL, _ES_FALL = ("October", "November", "December"), ("octubre", "noviembre", "diciembre")
MONTHS = {
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", *_EN_FALL),
    "es": ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", *_ES_FALL),
}
_NEAR = {"en": ("today", "tomorrow"), "es": ("hoy", "mañana")}
_WEEK = 7
LONGEST_MOMENT = 21
"""Characters; what the lines are measured with (placeholders.py)."""


def day(on: date, language: str) -> str:
    """ "Thursday, December 3" / "jueves 3 de diciembre"."""
    weekday, month = WEEKDAYS[language][on.weekday()], MONTHS[language][on.month - 1]
    return f"{weekday} {on.day} de {month}" if language == "es" else f"{weekday}, {month} {on.day}"


def clock(at: datetime | time, language: str) -> str:
    """ "10:00 am" / "10:00", by the wall time that `at` carries."""
    if language == "es":
        return f"{at.hour}:{at.minute:02}"
    return f"{at.hour % 12 or 12}:{at.minute:02} {'am' if at.hour < 12 else 'pm'}"


def moment(at: datetime | None, now: datetime, language: str) -> str:
    """When something opens: "today at 2 pm", "tomorrow at 9 am", "Wednesday at 10:30 am", a week on "December 3".

    `at` is a local time, `now` any aware one. Spanish takes its article along ("el miércoles a las 10"), as "abre"
    needs it. Empty when there is none, so that the line's fallback speaks. At most 21 characters.
    """
    if at is None:
        return ""
    ahead = _days_ahead(at, now)
    if ahead >= _WEEK:
        month = MONTHS[language][at.month - 1]
        return f"el {at.day} de {month}" if language == "es" else f"{month} {at.day}"
    if language == "en":
        return f"{_named(at, ahead, language)} at {_short_clock(at, language)}"
    named = _named(at, ahead, language) if ahead < 2 else f"el {_named(at, ahead, language)}"
    if at.minute:
        return f"{named} {clock(at, language)}"
    return f"{named} a la{'' if at.hour == 1 else 's'} {at.hour}"


def opening(at: datetime | None, now: datetime, language: str) -> str:
    """When a number is answered again, said behind it: "from Monday at 9 am", "desde el lunes 9:00"; "" if not known.

    `at` is a local time, `now` any aware one. At most 26 characters.
    """
    if at is None:
        return ""
    ahead = _days_ahead(at, now)
    if language == "en":
        return f"from {_short_clock(at, language) if ahead == 0 else moment(at, now, language)}"
    if ahead == 0:
        return f"desde la{'' if at.hour == 1 else 's'} {clock(at, language)}"
    if ahead >= _WEEK:
        return f"desde {moment(at, now, language)}"
    return f"desde {'el ' if ahead > 1 else ''}{_named(at, ahead, language)} {clock(at, language)}"


def window(start: datetime | None, hours: Hours, now: datetime, language: str) -> str:
    """When staff are there next: "today 9 am-5 pm", "Wednesday 10 am-4 pm", "miércoles 10:00-16:00".

    `start` is a local time inside an open span of `hours`. Empty when there is none. At most 21 characters, so half
    hours in English shorten it: "Wed 9:30 am-4:30 pm", "today until 4:30 pm", "Dec 3 from 9:30 am".
    """
    if start is None:
        return ""
    span = next(((opens, closes) for opens, closes in hours.spans(start.date()) if opens <= start < closes), None)
    if span is None:
        return moment(start, now, language)
    opens, closes = span
    ahead = _days_ahead(start, now)
    if language == "es":
        return f"{_dated(start, ahead, language)} {clock(opens, language)}-{clock(closes, language)}"
    hour, until = _short_clock(opens, language), _short_clock(closes, language)
    if ahead >= _WEEK:
        return f"{_dated(start, ahead, language)} from {hour}"
    whole = f"{_named(start, ahead, language)} {hour}-{until}"
    if len(whole) <= LONGEST_MOMENT:
        return whole
    if ahead:
        return f"{WEEKDAYS[language][start.weekday()][:3]} {hour}-{until}"
    return f"today until {until}" if opens <= now else f"today from {hour}"


def _days_ahead(at: datetime, now: datetime) -> int:
    """Calendar days from now, in the zone of `at`."""
    return (at.date() - now.astimezone(at.tzinfo).date()) // timedelta(days=1)


def _named(at: datetime, ahead: int, language: str) -> str:
    """Today, tomorrow, or the weekday."""
    return _NEAR[language][ahead] if 0 <= ahead < len(_NEAR[language]) else WEEKDAYS[language][at.weekday()]


def _dated(at: datetime, ahead: int, language: str) -> str:
    """The day's name within a week, its short date after that: "Dec 3" / "3 dic"."""
    if ahead < _WEEK:
        return _named(at, ahead, language)
    month = MONTHS[language][at.month - 1][:3]
    return f"{at.day} {month}" if language == "es" else f"{month} {at.day}"


def _short_clock(at: datetime, language: str) -> str:
    """The time without idle minutes: "9 am", "10:30 am"."""
    return clock(at, language).replace(":00", "")
