"""A rota as a form and in words: rows of weekdays with a time from and to, and days away."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time, timedelta
from typing import Any

from flask import request
from wtforms import FieldList, FormField, SelectField
from wtforms import Form as Row

from smsbot.hours import DAYS
from smsbot.web.portal import said as words
from smsbot.web.portal.fields import Clock, Day, Form, choices, optional

NAMES = dict(zip(DAYS, ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), strict=True))
MOST_ROWS = 28
LONGEST_AWAY = timedelta(days=366)
MIDNIGHT = "24:00"
A_DAY = timedelta(days=1)
Span = tuple[str, str, str]


class SpanRow(Row):  # type: ignore[misc]  # wtforms has no types
    """The same hours on each day of a stretch; an empty row is nothing."""

    first = SelectField("First day", choices=choices({"": "–"} | NAMES))
    last = SelectField("Last day", choices=choices({"": "same day"} | NAMES))
    start = Clock("Begins", [optional()])
    end = Clock("Ends", [optional()])


class AwayRow(Row):  # type: ignore[misc]  # wtforms has no types
    """Days away, both included; an empty row is nothing."""

    first = Day("First day away", [optional()])
    last = Day("Last day away", [optional()])


class RotaForm(Form):
    spans = FieldList(FormField(SpanRow), min_entries=1, max_entries=MOST_ROWS)
    away = FieldList(FormField(AwayRow), min_entries=1, max_entries=MOST_ROWS)


def form_of(rota: Mapping[str, Any], today: date) -> RotaForm:
    """A form that shows a stored rota; days away that are over are left out."""
    rows = [_row(*span) for span in stretches(rota.get("week", {}))]
    ahead = [each for each in rota.get("away", ()) if each >= (today - A_DAY).isoformat()]
    return RotaForm(data={"spans": rows or [{}], "away": [_days(*each) for each in _runs(ahead)] or [{}]})


def _row(first: str, last: str, span: str) -> dict[str, Any]:
    start, _, end = span.partition("-")
    return {
        "first": first,
        "last": "" if last == first else last,
        "start": time.fromisoformat(start),
        "end": time(0) if end == MIDNIGHT else time.fromisoformat(end),
    }


def _days(first: date, last: date) -> dict[str, date]:
    return {"first": first, "last": last}


def _runs(days: Sequence[str]) -> Iterator[tuple[date, date]]:
    """Days put together where one follows the other."""
    known = sorted(date.fromisoformat(each) for each in days)
    begins = [day for day in known if day - A_DAY not in known]
    for first in begins:
        last = first
        while last + A_DAY in known:
            last += A_DAY
        yield first, last


def stretches(week: Mapping[str, Sequence[str]]) -> list[Span]:
    """A week's spans as (first day, last day, span), days with the same hours put together."""
    found: list[Span] = []
    for span in dict.fromkeys(span for day in DAYS for span in week.get(day, ())):
        having = [place for place, day in enumerate(DAYS) if span in week.get(day, ())]
        for first in (place for place in having if place - 1 not in having):
            last = first
            while last + 1 in having:
                last += 1
            found.append((DAYS[first], DAYS[last], span))
    return found


def said(rota: Mapping[str, Any]) -> str:
    """A stored rota in a few words."""
    parts = []
    for first, last, span in stretches(rota.get("week", {})):
        days = NAMES[first] if first == last else f"{NAMES[first]} to {NAMES[last]}"
        start, _, end = span.partition("-")
        parts.append(f"{days} {words.twelve(start)} to {'midnight' if end == MIDNIGHT else words.twelve(end)}")
    runs = _runs(rota.get("away", ()))
    away = [_day(first) if first == last else f"{_day(first)} to {_day(last)}" for first, last in runs]
    return ("; ".join(parts) or "around the clock") + (f"; away {', '.join(away)}" if away else "")


def _day(day: date) -> str:
    return f"{day:%b} {day.day}, {day.year}"


def more_rows(form: RotaForm) -> str | None:
    """Add an empty row where one of the two buttons asks for that, and say to which list; nothing is stored then."""
    wanted = request.form.get("step")
    if wanted not in ("spans", "away"):
        return None
    rows = form.spans if wanted == "spans" else form.away
    if len(rows) < MOST_ROWS:
        rows.append_entry({})
    return wanted


def fits(form: RotaForm) -> bool:
    """Whether each row is whole or empty; what is missing stands beside its field."""
    for entry in form.spans.entries:
        row = entry.form
        if not (row.first.data or row.last.data or row.start.data or row.end.data):
            continue
        _require(row.first, "Choose the day.")
        _require(row.start, "Give the time it begins.")
        _require(row.end, "Give the time it ends.")
        if row.start.data is not None and row.start.data == row.end.data and row.start.data != time(0):
            row.end.errors = ["It ends when it begins. For a whole day give 12:00 AM twice."]
    for entry in form.away.entries:
        row = entry.form
        if row.last.data is not None:
            _require(row.first, "Give the first day.")
        if row.first.data and row.last.data and not timedelta(0) <= row.last.data - row.first.data <= LONGEST_AWAY:
            row.last.errors = ["It lies before the first day, or more than a year after it."]
    return not any(form.faulty())


def _require(field: Any, sentence: str) -> None:
    if field.data in (None, "") and not field.errors:
        field.errors = [sentence]


def spans(form: RotaForm) -> list[str]:
    """The filled rows as rota.parse reads them: mon-fri=18:00-08:00."""
    rows = [entry.form for entry in form.spans.entries if entry.form.first.data]
    return [f"{row.first.data}-{row.last.data or row.first.data}={row.start.data:%H:%M}-{_end(row)}" for row in rows]


def _end(row: Any) -> str:
    """Midnight at the end of a day is written as 24:00."""
    return MIDNIGHT if row.end.data == time(0) else f"{row.end.data:%H:%M}"


def away(form: RotaForm) -> list[str]:
    """Every day away, as dates."""
    found: set[date] = set()
    for row in (entry.form for entry in form.away.entries if entry.form.first.data):
        last = row.last.data or row.first.data
        found |= {row.first.data + n * A_DAY for n in range((last - row.first.data).days + 1)}
    return sorted(day.isoformat() for day in found)
