"""What a patient agreed to, their number put right, a person's own text, legal hold, and erasure with its proof."""

import uuid
from typing import Any

from flask import flash, redirect, url_for
from wtforms import BooleanField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import AnyOf, Length

from smsbot import agreements, erasure, renumbering, replying
from smsbot.store import patients
from smsbot.web.portal.door import ALL, CLINICAL, LEADS, Seat, allows, bp, page
from smsbot.web.portal.enrolling import NumberForm, SignedForm, consent_of
from smsbot.web.portal.fields import Form, choices, needed
from smsbot.web.portal.people import act, back, known

SURE = "ERASE"


class WriteForm(Form):
    words = TextAreaField("Your text", [Length(max=replying.LONGEST)])


class PhoneForm(NumberForm, SignedForm):
    """The right number, and the signed form that names it."""


class HoldForm(Form):
    """A button."""


class EraseForm(Form):
    reason = RadioField("Why", choices=choices(erasure.REASONS), validators=[needed("Choose one.")])
    told = BooleanField("The patient, or whoever decides for them, knows that this cannot be undone.")
    step = HiddenField()


class SureForm(EraseForm):
    """The second look: the word is typed, so that no click alone erases anybody."""

    typed = StringField(f"Type {SURE} to go on", [AnyOf([SURE], message=f"Type {SURE} in capital letters.")])


@bp.get("/patients/<uuid:patient_id>/consent")
@allows(*ALL)
def consent(seat: Seat, patient_id: uuid.UUID) -> Any:
    """The consent record, each line with its exact words; printable."""
    return page(
        seat,
        "consent",
        patient_id=patient_id,
        found=agreements.export(seat.desk, patient_id),
        patient=patients.get(seat.desk.db, seat.desk.keys, patient_id),
    )


@bp.route("/patients/<uuid:patient_id>/write", methods=["GET", "POST"])
@allows(*CLINICAL)
def write(seat: Seat, patient_id: uuid.UUID) -> Any:
    """A staff member's own text, signed with their name."""
    shown, form = known(seat, patient_id), WriteForm()
    if form.validate_on_submit():
        words = form.words.data or ""
        if seat.tried(form, lambda: replying.reply(seat.desk, patient_id, words, seat.name)):
            return back(patient_id, "On its way, signed by you. No question is asked for a day; answers are tasks.")
    return act(seat, shown, form, "Write a text yourself", "write", template="agree")


@bp.route("/patients/<uuid:patient_id>/phone", methods=["GET", "POST"])
@allows(*ALL)
def phone(seat: Seat, patient_id: uuid.UUID) -> Any:
    """A wrong number put right, with the form that names the right one."""
    shown, form = known(seat, patient_id), PhoneForm()
    if form.validate_on_submit():
        given = consent_of(form, seat.zone)
        if seat.tried(form, lambda: renumbering.correct(seat.desk, patient_id, form.phone.data, given)):
            return back(patient_id, "The old number is let go. The new one was invited and has to say YES.")
    return act(seat, shown, form, "Put the number right", "phone", template="agree")


@bp.route("/patients/<uuid:patient_id>/hold", methods=["GET", "POST"])
@allows(*LEADS)
def hold(seat: Seat, patient_id: uuid.UUID) -> Any:
    """Legal hold on, or off."""
    shown, form = known(seat, patient_id), HoldForm()
    on = shown["patient"].legal_hold_at is None
    if form.validate_on_submit() and seat.tried(form, lambda: erasure.hold(seat.desk, patient_id, on=on)):
        return back(patient_id, "On legal hold: nothing is erased." if on else "The legal hold is lifted.")
    return act(seat, shown, form, "Put on legal hold" if on else "Lift the legal hold", "hold", template="agree")


@bp.route("/patients/<uuid:patient_id>/erase", methods=["GET", "POST"])
@allows(*LEADS)
def erase(seat: Seat, patient_id: uuid.UUID) -> Any:
    """Erase in two steps: why and that it is known, then the word typed out."""
    shown = known(seat, patient_id)
    form = EraseForm()
    if not form.validate_on_submit():
        return act(seat, shown, form, "Erase this patient", "erase", template="agree")
    if not form.told.data:
        form.blame({"told": "Tick this once they know."})
        return act(seat, shown, form, "Erase this patient", "erase", template="agree")
    sure = SureForm()
    if form.step.data != "sure":
        return act(seat, shown, sure, "Erase for good?", "sure", template="agree")
    reason, confirm = str(form.reason.data), str(patient_id)
    if sure.validate() and seat.tried(
        sure, lambda: erasure.erase(seat.desk, patient_id, reason=reason, confirm=confirm)
    ):
        flash("Erased. This is the certificate.")
        return redirect(url_for("portal.certificate", patient_id=patient_id), 303)
    return act(seat, shown, sure, "Erase for good?", "sure", template="agree")


@bp.get("/patients/<uuid:patient_id>/certificate")
@allows(*LEADS)
def certificate(seat: Seat, patient_id: uuid.UUID) -> Any:
    """The certificate of an erasure, looked at again now; printable."""
    found = erasure.certificate(seat.desk, patient_id)
    return page(seat, "certificate", found=found, stays=erasure.STAYS, elsewhere=erasure.ELSEWHERE)
