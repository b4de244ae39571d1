"""What staff change about a patient: how texts call them, when they come, how many, and what is withdrawn."""

import uuid
from collections.abc import Mapping
from typing import Any, ClassVar

from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import Length

from smsbot import standing
from smsbot.localtime import parse_clock
from smsbot.models import Patient
from smsbot.standing import Changes
from smsbot.web.portal import said
from smsbot.web.portal.door import ALL, Seat, allows, bp, page
from smsbot.web.portal.enrolling import zones_with
from smsbot.web.portal.fields import Clock, Form, choices, optional
from smsbot.web.portal.people import back, known

PACES = {"": "As planned", "light": "Fewer", "key": "Only the most important", "full": "All of them"}


class SettingsForm(Form):
    first_name = StringField("First name", [Length(max=40)])
    language = SelectField("Language of the texts", choices=choices(said.LANGUAGE))
    time_zone = SelectField("Time zone the patient lives in", validate_choice=False)
    pace = SelectField("How many texts", choices=choices(PACES))
    preferred_time = Clock("Time of day they like best", [optional()])
    discreet = BooleanField()
    own_voice = BooleanField()
    withdraw_echo = BooleanField()
    withdraw_calls = BooleanField()
    places: ClassVar[Mapping[str, str]] = {"echo": "withdraw_echo", "calls": "withdraw_calls"}


@bp.route("/patients/<uuid:patient_id>/settings", methods=["GET", "POST"])
@allows(*ALL)
def settings(seat: Seat, patient_id: uuid.UUID) -> Any:
    """Settings of one patient; texts to come move with them."""
    shown = known(seat, patient_id)
    patient = shown["patient"]
    form = _form(patient, shown["person"].first_name)
    if form.validate_on_submit():
        changes = _changes(form, patient, shown["person"].first_name)
        if seat.tried(form, lambda: standing.change(seat.desk, patient_id, changes)):
            return back(patient_id, "Kept. Texts to come have moved with it.")
    status = 422 if form.is_submitted() else 200
    return page(seat, "settings", status=status, **shown, form=form, tab="settings")


def _form(patient: Patient, first_name: str) -> SettingsForm:
    """A form that shows how things are."""
    form = SettingsForm(
        data={
            "first_name": first_name,
            "language": patient.language,
            "time_zone": patient.time_zone,
            "pace": patient.chosen_pace or "",
            "preferred_time": parse_clock(patient.preferred_time or ""),
            "discreet": patient.discreet,
            "own_voice": patient.own_voice,
        }
    )
    form.time_zone.choices = zones_with(patient.time_zone)
    return form


def _changes(form: SettingsForm, patient: Patient, first_name: str) -> Changes:
    """Only what differs from how things are: what nobody touched is no change."""
    preferred = form.preferred_time.data
    given: dict[str, Any] = {
        "first_name": form.first_name.data if form.first_name.data != first_name else None,
        "language": form.language.data if form.language.data != patient.language else None,
        "time_zone": form.time_zone.data if form.time_zone.data != patient.time_zone else None,
        "pace": form.pace.data if form.pace.data and form.pace.data != patient.chosen_pace else None,
        "preferred_time": f"{preferred:%H:%M}" if preferred else None,
        "discreet": form.discreet.data if form.discreet.data != patient.discreet else None,
        "own_voice": form.own_voice.data if form.own_voice.data != patient.own_voice else None,
        "echo": False if form.withdraw_echo.data and patient.echo else None,
        "calls": False if form.withdraw_calls.data and patient.calls else None,
    }
    if given["preferred_time"] == patient.preferred_time:
        given["preferred_time"] = None
    return Changes(**given)
