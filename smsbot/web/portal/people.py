"""The patients: the list, one patient's page, what was said, and how they stand."""

import uuid
from datetime import time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import flash, redirect, request, url_for
from wtforms import StringField
from wtforms.validators import Length

from smsbot import decisions, housemates, standing
from smsbot.localtime import instant, parse_clock
from smsbot.models import PatientStatus, SessionStatus, TreatmentSession
from smsbot.staff import reading, roster
from smsbot.store import board, patients, record
from smsbot.store import sessions as session_rows
from smsbot.store.record import Place
from smsbot.web.api import cursors
from smsbot.web.portal.door import ALL, CLINICAL, Seat, allows, bp, page, titles
from smsbot.web.portal.enrolling import SignedForm, consent_of
from smsbot.web.portal.fields import Day, Form, optional
from smsbot.wishes import OPEN_END

VIEWS = ("", *roster.VIEWS, *PatientStatus)
TOUCHES_BACK = timedelta(days=14)
TOUCHES_AHEAD = 12


class SearchForm(Form):
    search = StringField("Find a patient", [Length(max=80)])


class PauseForm(Form):
    until = Day("First day with texts again (leave empty for no end)", [optional()])


class ConfirmForm(Form):
    """A button that means what the page above it says."""


@bp.get("/")
@allows(*ALL)
def home(seat: Seat) -> Any:
    """The portal's home is the list of patients."""
    return redirect(url_for("portal.patients_list"))


@bp.route("/patients", methods=["GET", "POST"])
@allows(*ALL)
def patients_list(seat: Seat) -> Any:
    """The list; what is searched for travels in the body, because addresses are written down by others."""
    form = SearchForm()
    view = request.args.get("view", "")
    search = (form.search.data or "") if form.validate_on_submit() else ""
    found = roster.listed(seat.desk, for_lead=seat.lead, view=view if view in VIEWS else "", search=search)
    return page(seat, "patients", form=form, roster=found, view=view, search=search)


def known(seat: Seat, patient_id: uuid.UUID) -> dict[str, Any]:
    """A patient with what heads every page of theirs; Erased once their key is gone."""
    desk = seat.desk
    patient = patients.get(desk.db, desk.keys, patient_id)
    person = patients.person(desk.keys, patient)
    visits = session_rows.of_patient(desk.db, desk.keys, patient.id)
    desk.visit().note("patient.read", f"patient:{patient.id}", sessions=len(visits))
    return {
        "patient": patient,
        "person": person,
        "zone": ZoneInfo(patient.time_zone),
        "visits": visits,
        "coming": _coming(seat, visits),
        "shares": housemates.shares(desk, patient),
        "decision": decisions.of_patient(desk.db, desk.keys, patient.id),
        "alerts": board.open_alerts(desk.visit(), patient.id, for_lead=seat.lead),
        "paused_until": patient.paused_until if patient.paused_until != OPEN_END else None,
        "quiet": roster.quiet_days(patient, board.last_asked(desk.visit()).get(patient.id), desk.now),
    }


def _coming(seat: Seat, visits: Any) -> TreatmentSession | None:
    """The session under way, or the next one."""
    standing_visits = [row for row in visits if row.status in (SessionStatus.BOOKED, SessionStatus.ARRIVED)]
    late = seat.desk.now - roster.UNDER_WAY
    return next((row for row in standing_visits if row.starts_at >= late), None)


@bp.get("/patients/<uuid:patient_id>")
@allows(*ALL)
def patient(seat: Seat, patient_id: uuid.UUID) -> Any:
    """One patient: sessions, and every touch with its reason."""
    shown = known(seat, patient_id)
    touches = record.timeline(seat.desk.visit(), shown["patient"])
    now = seat.desk.now
    since = None if request.args.get("all") else now - TOUCHES_BACK
    past = [each for each in touches if each.due_at < now and (since is None or each.due_at >= since)]
    ahead = [each for each in touches if each.due_at >= now]
    soon = ahead if since is None else ahead[:TOUCHES_AHEAD]
    return page(
        seat,
        "patient",
        **shown,
        ahead=soon,
        later=len(ahead) - len(soon),
        past=past[::-1],
        earlier=sum(each.due_at < now for each in touches) - len(past),
        titles=titles(seat, shown["patient"]),
        tab="plan",
    )


@bp.get("/patients/<uuid:patient_id>/conversation")
@allows(*CLINICAL)
def conversation(seat: Seat, patient_id: uuid.UUID) -> Any:
    """What was written, both ways."""
    shown = known(seat, patient_id)
    said, older = reading.conversation(seat.desk, shown["patient"], for_lead=seat.lead, before=_before())
    waiting = housemates.unclaimed(seat.desk, shown["patient"])
    return page(seat, "conversation", **shown, said=said, older=_cursor(older), unclaimed=waiting, tab="conversation")


@bp.post("/patients/<uuid:patient_id>/wrote/<uuid:text_id>")
@allows(*CLINICAL)
def claim(seat: Seat, patient_id: uuid.UUID, text_id: uuid.UUID) -> Any:
    """Staff know which of two on one phone wrote a text."""
    housemates.claim(seat.desk, patient_id, text_id)
    flash("Filed in their journal. Nothing was answered.")
    return redirect(url_for("portal.conversation", patient_id=patient_id), 303)


@bp.get("/patients/<uuid:patient_id>/journal")
@allows(*CLINICAL)
def journal(seat: Seat, patient_id: uuid.UUID) -> Any:
    """Journal entries, and the answers that stand."""
    shown = known(seat, patient_id)
    entries, older = reading.journal(seat.desk, shown["patient"], for_lead=seat.lead, before=_before())
    answers = record.answers(seat.desk.visit(), shown["patient"])
    numbers = {row.id: row.number for row in shown["visits"]}
    return page(
        seat,
        "journal",
        **shown,
        entries=entries,
        older=_cursor(older),
        answers=answers[::-1],
        numbers=numbers,
        tab="journal",
    )


def _before() -> Place | None:
    return cursors.read(request.args.get("before"))


def _cursor(place: Place | None) -> str | None:
    return cursors.write(place) if place else None


@bp.route("/patients/<uuid:patient_id>/pause", methods=["GET", "POST"])
@allows(*ALL)
def pause(seat: Seat, patient_id: uuid.UUID) -> Any:
    """Pause texts."""
    shown, form = known(seat, patient_id), PauseForm()
    if form.validate_on_submit():
        opens = parse_clock(shown["patient"].window_start or seat.desk.clinic.window_start) or time(9)
        until = instant(form.until.data, opens, shown["zone"]) if form.until.data else None
        if seat.tried(form, lambda: standing.pause(seat.desk, patient_id, until)):
            return back(patient_id, "Paused. Nothing that would have gone out meanwhile is sent later.")
    return act(seat, shown, form, "Pause texts", "pause")


@bp.route("/patients/<uuid:patient_id>/resume", methods=["GET", "POST"])
@allows(*ALL)
def resume(seat: Seat, patient_id: uuid.UUID) -> Any:
    """Resume texts; after an opt-out only with a form signed since."""
    shown = known(seat, patient_id)
    stopped = shown["patient"].status == PatientStatus.STOPPED
    form = SignedForm() if stopped else ConfirmForm()
    if form.validate_on_submit():
        given = consent_of(form, seat.zone) if isinstance(form, SignedForm) else None
        if seat.tried(form, lambda: standing.resume(seat.desk, patient_id, given)):
            return back(patient_id, "Texts go on.")
    return act(seat, shown, form, "Bring back with a new form" if stopped else "Resume texts", "resume")


@bp.route("/patients/<uuid:patient_id>/stop", methods=["GET", "POST"])
@allows(*ALL)
def stop(seat: Seat, patient_id: uuid.UUID) -> Any:
    """Log an opt-out the patient said aloud."""
    shown, form = known(seat, patient_id), ConfirmForm()
    if form.validate_on_submit() and seat.tried(form, lambda: standing.stop(seat.desk, patient_id)):
        return back(patient_id, "Opted out. No more texts or calls go out.")
    return act(seat, shown, form, "Log an opt-out", "stop")


def act(
    seat: Seat, shown: dict[str, Any], form: Form, title: str, what: str, *, template: str = "act", **more: Any
) -> Any:
    """The page of one action, with its form and what it means."""
    status = 422 if form.general or any(form.faulty()) else 200
    return page(seat, template, status=status, **shown, form=form, title=title, what=what, **more)


def back(patient_id: uuid.UUID, words: str) -> Any:
    """To the patient's page, which says what was done."""
    flash(words)
    return redirect(url_for("portal.patient", patient_id=patient_id), 303)
