"""Enrolling a patient: one page, nothing lost on an error, and a page that says what happens next."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from flask import redirect, request, url_for
from wtforms import BooleanField, FieldList, FormField, IntegerField, SelectField, StringField
from wtforms import Form as Row
from wtforms.validators import Length, ValidationError

from smsbot import enroll
from smsbot.enroll import ConsentForm, Request
from smsbot.localtime import instant
from smsbot.models import Patient
from smsbot.places import Unfit, likely_zone, patient_phone
from smsbot.sessions import Booking
from smsbot.store import patients, record
from smsbot.web.portal import said
from smsbot.web.portal.door import ALL, Seat, allows, bp, page, titles
from smsbot.web.portal.fields import Clock, Day, Form, choices, needed, optional

# Where US phone numbers live; any other zone a patient already has is added to their own list.
ZONES = {
    "America/New_York": "Eastern (New York)",
    "America/Chicago": "Central (Chicago)",
    "America/Denver": "Mountain (Denver)",
    "America/Phoenix": "Arizona (Phoenix)",
    "America/Los_Angeles": "Pacific (Los Angeles)",
    "America/Anchorage": "Alaska (Anchorage)",
    "Pacific/Honolulu": "Hawaii (Honolulu)",
    "America/Puerto_Rico": "Puerto Rico and the Virgin Islands",
    "Pacific/Guam": "Guam and the Marianas",
    "Pacific/Pago_Pago": "American Samoa",
}
MOST_ROWS = 12
CONSENT_PLACES = {"consent.texts": "texts", "consent.form": "form", "consent.at": "signed_on"}
SIX = 6
MONDAY, THURSDAY = 0, 3
NEXT = 4


class SessionRow(Row):  # type: ignore[misc]  # wtforms has no types
    """One session to book, in the clinic's time; an empty row is no session."""

    date = Day("Date", [optional()])
    time = Clock("Time", [optional()])
    minutes = IntegerField("Minutes", [optional()])


class EnrollForm(Form):
    phone = StringField("Mobile number", [needed("Give the patient's mobile number."), Length(max=40)])
    first_name = StringField("First name", [Length(max=40)])
    nickname = StringField("Nickname of this patient", [Length(max=40)])
    other_nickname = StringField("Nickname of the patient who has this phone", [Length(max=40)])
    birth_date = Day("Date of birth", [needed("Give the date of birth.")])
    time_zone = SelectField("Time zone the patient lives in", validate_choice=False)
    language = SelectField("Language of the texts", choices=choices(said.LANGUAGE))
    modality = SelectField("Treatment", choices=choices(said.MODALITY))
    protocol = SelectField("Protocol")
    sessions = FieldList(FormField(SessionRow), min_entries=1, max_entries=MOST_ROWS)
    texts = BooleanField(validators=[needed("Nobody is texted without their written agreement to texts.")])
    calls = BooleanField()
    echo = BooleanField()
    form = StringField("Form version", [needed("Give the version printed on the form."), Length(max=40)])
    signed_on = Day("Signed on", [needed("Give the day the form was signed.")])
    signed_at = Clock("at", [needed("Give the time the form was signed.")])

    def blame(self, faults: Mapping[str, str]) -> None:
        """The product counts the sessions it was given; empty rows were left out of them."""
        filled = [place for place, entry in enumerate(self.sessions.entries) if entry.form.date.data]
        super().blame({_row_of(name, filled): sentence for name, sentence in faults.items()})

    def validate_phone(self, field: Any) -> None:
        """Say what is wrong with the number together with everything else."""
        try:
            patient_phone(field.data or "")
        except Unfit as unfit:
            raise ValidationError(str(unfit)) from None

    places: ClassVar[Mapping[str, str]] = (
        CONSENT_PLACES
        | {"": "phone"}
        | {
            f"sessions.{place}.{name}": f"sessions.{place}.{field}"
            for place in range(MOST_ROWS)
            for name, field in (("starts_at", "date"), ("minutes", "minutes"))
        }
    )


class NumberForm(Form):
    phone = StringField("The right mobile number", [needed("Give the number."), Length(max=40)])


class SignedForm(Form):
    """A form signed since: after an opt-out (RULINGS 7), or for another number."""

    texts = BooleanField()
    calls = BooleanField()
    echo = BooleanField()
    form = StringField("Version of the signed form", [needed("Give the version printed on the form.")])
    signed_on = Day("Signed on", [needed("Give the day the form was signed.")])
    signed_at = Clock("at", [needed("Give the time the form was signed.")])
    places: ClassVar[Mapping[str, str]] = CONSENT_PLACES


def _row_of(name: str, filled: Sequence[int]) -> str:
    """The name of a fault with its session counted by rows."""
    head, _, rest = name.partition(".")
    count, _, field = rest.partition(".")
    if head != "sessions" or not count.isdigit() or int(count) >= len(filled):
        return name
    return f"{head}.{filled[int(count)]}.{field}"


def zones_with(zone: str) -> list[Any]:
    """The zones to choose from, and the one that is chosen already."""
    return choices(ZONES | {zone: ZONES.get(zone, zone)})


def consent_of(form: Any, zone: ZoneInfo) -> ConsentForm:
    """A signed form's ticks; its day and time are the clinic's."""
    at = instant(form.signed_on.data, form.signed_at.data, zone)
    return ConsentForm(
        texts=form.texts.data, calls=form.calls.data, echo=form.echo.data, form=form.form.data.strip(), at=at
    )


@bp.route("/enroll", methods=["GET", "POST"])
@allows(*ALL)
def enroll_patient(seat: Seat) -> Any:
    """The form; two of its buttons only change the rows of sessions."""
    form = _form(seat)
    step = request.form.get("step", "")
    known = None
    if step in ("add", "six"):
        _more_rows(form, step)
        return page(seat, "enroll", form=form, zone=seat.zone, focus=len(form.sessions) - 1, known=None)
    if form.validate_on_submit() and _rows_fit(form):
        made = seat.tried(form, lambda: _enroll(seat, form))
        if made is not None:
            return redirect(url_for("portal.enrolled", patient_id=made.id), 303)
        known = _known(seat, form)
    status = 422 if form.is_submitted() else 200
    return page(seat, "enroll", status=status, form=form, zone=seat.zone, focus=None, known=known)


def _form(seat: Seat) -> EnrollForm:
    """A form with the clinic's own choices filled in."""
    clinic, local = seat.desk.clinic, seat.desk.now.astimezone(seat.zone)
    form = EnrollForm(
        data={
            "time_zone": clinic.time_zone,
            "protocol": clinic.protocol,
            "signed_on": local.date(),
            "signed_at": local.time().replace(second=0, microsecond=0),
        }
    )
    form.time_zone.choices = zones_with(clinic.time_zone)
    protocols = seat.desk.runtime.content.protocols
    form.protocol.choices = choices({name: protocols[name].title for name in sorted(protocols)})
    return form


def _more_rows(form: EnrollForm, step: str) -> None:
    """One more empty row, or six sessions on Mondays and Thursdays from the first row on."""
    if step == "add":
        if len(form.sessions) < MOST_ROWS:
            last = form.sessions.entries[-1].form
            form.sessions.append_entry({"time": last.time.data, "minutes": last.minutes.data})
        return
    first = form.sessions.entries[0].form
    if first.date.data is None or first.time.data is None:
        first.date.errors = ["Give the first session's date and time; the others follow from it."]
        return
    while len(form.sessions):
        form.sessions.pop_entry()
    for day in mondays_and_thursdays(first.date.data, SIX):
        form.sessions.append_entry({"date": day, "time": first.time.data, "minutes": first.minutes.data})


def mondays_and_thursdays(first: date, count: int) -> list[date]:
    """The first day as it is, then the Mondays and Thursdays after it."""
    days = [first]
    while len(days) < count:
        following = days[-1] + timedelta(days=1)
        while following.weekday() not in (MONDAY, THURSDAY) or (following - days[-1]).days < 2:
            following += timedelta(days=1)
        days.append(following)
    return days


def _rows_fit(form: EnrollForm) -> bool:
    """Whether each row is whole or empty."""
    fit = True
    for entry in form.sessions.entries:
        row = entry.form
        for field, other, sentence in (
            (row.date, row.time, "Give the date as well."),
            (row.time, row.date, "Give the time as well."),
        ):
            if field.data is None and (other.data is not None or row.minutes.data is not None):
                field.errors = [sentence]
                fit = False
    return fit


def _enroll(seat: Seat, form: EnrollForm) -> Patient:
    desk = seat.desk
    asked = Request(
        phone=form.phone.data,
        first_name=form.first_name.data or "",
        birth_date=form.birth_date.data,
        time_zone=form.time_zone.data,
        language=form.language.data,
        modality=form.modality.data,
        protocol=form.protocol.data,
        consent=consent_of(form, seat.zone),
        sessions=_bookings(form, seat.zone),
        nickname=form.nickname.data or "",
        other_nickname=form.other_nickname.data or "",
    )
    return enroll.enroll(desk.runtime, desk.db, desk.keys, desk.clinic, asked, desk.actor, desk.now)


def _bookings(form: EnrollForm, zone: ZoneInfo) -> tuple[Booking, ...]:
    """The rows that are filled in."""
    rows = [entry.form for entry in form.sessions.entries]
    return tuple(
        Booking(instant(row.date.data, row.time.data, zone), row.minutes.data) for row in rows if row.date.data
    )


def _known(seat: Seat, form: EnrollForm) -> uuid.UUID | None:
    """The patient who already has this number, to open instead."""
    try:
        found = patients.by_phone(seat.desk.db, seat.desk.keys, patient_phone(form.phone.data or ""))
    except Unfit:
        return None
    if len(found) == 1 and not form.nickname.data:
        form.phone.errors = ["This number already belongs to a patient. If it is one phone for both, give nicknames."]
    return found[0].id if found else None


@bp.get("/patients/<uuid:patient_id>/enrolled")
@allows(*ALL)
def enrolled(seat: Seat, patient_id: uuid.UUID) -> Any:
    """What happens next, in words, right after enrolling."""
    desk = seat.desk
    patient = patients.get(desk.db, desk.keys, patient_id)
    person = patients.person(desk.keys, patient)
    touches = record.timeline(desk.visit(), patient)
    ahead = [each for each in touches if each.due_at >= desk.now and each.touch.due_at is not None]
    likely = likely_zone(person.phone)
    return page(
        seat,
        "enrolled",
        patient=patient,
        person=person,
        zone=ZoneInfo(patient.time_zone),
        ahead=ahead[:NEXT],
        titles=titles(seat, patient),
        more=max(0, len(ahead) - NEXT),
        likely=likely if likely and _differs(likely, patient.time_zone, desk.now) else None,
    )


def _differs(one: str, other: str, now: datetime) -> bool:
    """Whether two zones show another time now or half a year on."""
    moments = (now, now + timedelta(days=182))
    return any(at.astimezone(ZoneInfo(one)).utcoffset() != at.astimezone(ZoneInfo(other)).utcoffset() for at in moments)
