"""A patient's number put right: the old one is let go and marked, the new one is asked again before anything else."""

import uuid
from datetime import UTC

from smsbot import consent, talk
from smsbot.desk import Desk
from smsbot.enroll import ConsentForm, agree, form_faults
from smsbot.errors import Conflict, RefusedFields
from smsbot.models import Patient, PatientStatus
from smsbot.places import Unfit, patient_phone
from smsbot.standing import refuse_at_night
from smsbot.store import patients, turns


def correct(desk: Desk, patient_id: uuid.UUID, typed: str, form: ConsentForm) -> Patient:
    """Give a patient another number, in the caller's transaction; `form` is the signed one that names it.

    1. RefusedFields and Conflict as when enrolling; Conflict too while an alert is open, because its words may be
       another person's, and at night, because the invitation goes out at once.
    2. The old number gets the ledger's line and, unless another patient shares it, a do-not-text mark; what was on its
       way there is dropped.
    3. The new number is invited like a new patient's: only its own YES lets anything else out. Audited without numbers.
    """
    patient = patients.get(desk.db, desk.keys, patient_id, lock=True)
    if patient.erased_at is not None:
        raise Conflict("This patient has been erased.")
    if turns.open_incident(desk.db, desk.keys, patient.id) is not None:
        raise Conflict("An alert about this patient is open: resolve it first.")
    phone = _fit(desk, patient, typed, form)
    old = desk.scope(patient)
    refuse_at_night(old)
    consent.another_number(old, by=desk.actor)
    desk.db.flush()
    _move(desk, patient, phone, form)
    new = desk.scope(patient)
    talk.begin(new, consent.INVITATION)
    desk.replan(patient)
    desk.visit().note("patient.phone", f"patient:{patient.id}", form=form.form)
    return patient


def _fit(desk: Desk, patient: Patient, typed: str, form: ConsentForm) -> str:
    faults = {f"consent.{name}": fault for name, fault in form_faults(form, desk.now).items()}
    phone = ""
    try:
        phone = patient_phone(typed)
    except Unfit as unfit:
        faults["phone"] = str(unfit)
    if phone and phone in (desk.clinic.number, desk.clinic.phone, desk.clinic.oncall_phone):
        faults["phone"] = "This is the clinic's own number."
    if faults:
        raise RefusedFields(faults)
    if phone == patients.person(desk.keys, patient).phone:
        raise Conflict("This is the number they have already.", field="phone")
    for known in patients.by_phone(desk.db, desk.keys, phone):
        raise Conflict(f"This number already belongs to patient {known.id}.", field="phone")
    mark = patients.suppression(desk.db, desk.keys, desk.keys.phone_index(phone))
    if mark is not None and form.at <= mark.at:
        raise Conflict("This number asked not to be texted after this form was signed.", field="consent.at")
    return phone


def _move(desk: Desk, patient: Patient, phone: str, form: ConsentForm) -> None:
    patients.renumber(desk.keys, patient, phone)
    if patient.phone_index is not None:
        patients.lift(desk.db, desk.keys, patient.phone_index, desk.now.astimezone(UTC))
    patient.status, patient.joined_at = PatientStatus.INVITED, None
    patient.echo, patient.calls = form.echo, form.calls
    patient.shared_phone = patient.discreet = False
    patient.paused_until = patient.hold_asks_until = None
    agree(desk, patient, form)
    desk.db.flush()
