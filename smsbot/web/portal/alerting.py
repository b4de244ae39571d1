"""Alerts: exact words, what was told to whom, acknowledge, resolve; and the count every page shows."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from flask import Response, flash, jsonify, redirect, request, url_for
from wtforms import BooleanField, RadioField, TextAreaField

from smsbot import housemates, incidents
from smsbot.errors import Erased
from smsbot.models import Alert, AlertState, PatientStatus
from smsbot.staff import listening, worklist
from smsbot.staff.worklist import UNREACHED, Resolution
from smsbot.store import board, patients, record
from smsbot.store import sessions as session_rows
from smsbot.web.portal import said
from smsbot.web.portal.door import ALL, CLINICAL, Seat, allows, bp, page
from smsbot.web.portal.fields import Form, choices, needed

STATES = (AlertState.OPEN, AlertState.ACKNOWLEDGED, AlertState.RESOLVED)
RESUMES = {
    "resume": "Resume texts as before",
    "gentle": "Resume gently: at most one text every few days",
    "paused": "Keep texts paused",
    "end": "End the program",
}


class AcknowledgeForm(Form):
    logistics = RadioField(
        "While texts are on hold, who sees to visits?",
        choices=choices(
            {
                "phone": "We phone about visits: no reminders go out",
                "send": "Send visit reminders: only place and time, nothing else",
            }
        ),
        validate_choice=False,
    )


class ResolveForm(Form):
    spoke = RadioField(
        "Did you speak with the patient?",
        choices=choices({"yes": "Yes", "no": "No"}),
        validators=[needed("Say yes or no.")],
    )
    outcome = RadioField("What came of it", choices=choices(said.OUTCOME), validators=[needed("Choose one.")])
    plan = TextAreaField("Plan: what happens next and who does it (or how and when you tried)")
    resume = RadioField("Texts from now on", choices=choices(RESUMES), validate_choice=False)
    welcome = BooleanField("Send one soft first text (“Your texts can start again, gently …”)")
    places: ClassVar[Mapping[str, str]] = {"note": "plan"}


@bp.get("/alerts")
@allows(*CLINICAL)
def alerts(seat: Seat) -> Any:
    """Alerts with the words that raised them, those nobody has first."""
    state = request.args.get("state", "")
    resolved = state == AlertState.RESOLVED
    wanted = (AlertState.RESOLVED,) if resolved else (AlertState.OPEN, AlertState.ACKNOWLEDGED)
    rows = [
        row for each in wanted for row in record.alerts(seat.desk.visit(), state=each, for_lead=seat.lead, limit=100)
    ]
    if not resolved:
        rows.sort(key=lambda row: (row.state != AlertState.OPEN, row.tier))
    return page(seat, "alerts", shown=[_opened(seat, row) for row in rows], resolved=resolved)


@bp.get("/alerts/count")
@allows(*ALL, quietly=True)
def count(seat: Seat) -> Response:
    """How many alerts nobody has acknowledged; asked by every open page, which keeps nobody signed in."""
    return jsonify(signed_in=True, open=board.waiting_alerts(seat.desk.visit(), for_lead=seat.lead))


@bp.post("/still-here")
@allows(*ALL)
def still_here(seat: Seat) -> Response:
    """Somebody is typing or reading: the sign-in goes on."""
    return jsonify(signed_in=True)


@bp.get("/alerts/<uuid:alert_id>")
@allows(*CLINICAL)
def alert(seat: Seat, alert_id: uuid.UUID) -> Any:
    """One alert, with what can be done about it now."""
    return _shown(seat, alert_id)


@bp.post("/alerts/<uuid:alert_id>/acknowledge")
@allows(*CLINICAL)
def acknowledge(seat: Seat, alert_id: uuid.UUID) -> Any:
    """Somebody has it: paging stops."""
    form = AcknowledgeForm()
    if form.validate_on_submit():
        logistics = form.logistics.data or None
        done = seat.tried(form, lambda: incidents.acknowledge(seat.desk, alert_id, logistics, for_lead=seat.lead))
        if done is not None:
            flash("Acknowledged: it is yours now, and paging has stopped. Resolve it when you know more.")
            return redirect(url_for("portal.alert", alert_id=alert_id), 303)
    return _shown(seat, alert_id, acknowledging=form)


@bp.post("/alerts/<uuid:alert_id>/resolve")
@allows(*CLINICAL)
def resolve(seat: Seat, alert_id: uuid.UUID) -> Any:
    """What came of it; "unable to reach" keeps the case open."""
    form = ResolveForm()
    if form.validate_on_submit():
        resolution = Resolution(
            spoke=form.spoke.data == "yes",
            outcome=form.outcome.data,
            plan=(form.plan.data or "").strip(),
            resume="paused" if form.outcome.data == UNREACHED else form.resume.data or "",
            welcome=form.welcome.data and form.resume.data in ("resume", "gentle"),
        )
        when = f"{said.day(seat.desk.now, seat.zone, seat.desk.now)}, {said.clock(seat.desk.now, seat.zone)}"
        when = f"{seat.desk.now.astimezone(seat.zone):%B} {seat.desk.now.astimezone(seat.zone).day}, {when}"
        done = seat.tried(
            form,
            lambda: worklist.resolve(seat.desk, alert_id, resolution, seat.name, when, for_lead=seat.lead),
        )
        if done is not None:
            still = done.state != AlertState.RESOLVED
            flash("Noted. The case stays open until somebody has been reached." if still else "Resolved.")
            return redirect(url_for("portal.alert", alert_id=alert_id), 303)
    return _shown(seat, alert_id, resolving=form)


def _shown(seat: Seat, alert_id: uuid.UUID, acknowledging: Form | None = None, resolving: Form | None = None) -> Any:
    row = record.alert(seat.desk.visit(), alert_id, for_lead=seat.lead)
    visit = seat.desk.visit()
    status = 422 if acknowledging or resolving else 200
    return page(
        seat,
        "alert",
        status=status,
        **_opened(seat, row),
        told=board.told(visit, row),
        ladder=board.ladder(visit, row),
        facts=[{"at": datetime.fromisoformat(each["at"]), "fact": each["fact"]} for each in row.told],
        note=board.note(visit, row),
        names=board.names(visit, (row.acknowledged_by, row.resolved_by)),
        acknowledging=acknowledging or AcknowledgeForm(formdata=None),
        resolving=resolving or ResolveForm(formdata=None),
        form=resolving or acknowledging,
    )


def _opened(seat: Seat, row: Alert) -> dict[str, Any]:
    """An alert with its words and its person, as much of them as there still is."""
    desk, visit = seat.desk, seat.desk.visit()
    heard = record.alert_texts(visit, row)
    spoken = listening.spoken(desk, [said.id for said in heard])
    shown: dict[str, Any] = {
        "alert": row,
        "heard": heard,
        "spoken": {text: (note, listening.can_be_heard(note)) for text, note in spoken.items()},
        "patient": None,
        "person": None,
        "zone": seat.zone,
        "last": None,
        "upcoming": None,
        "stranger": board.stranger(visit, row) if row.patient_id is None else None,
        "frozen": False,
        "shares": None,
    }
    if row.patient_id is None:
        return shown
    patient = patients.get(desk.db, desk.keys, row.patient_id)
    shown |= {"patient": patient, "zone": ZoneInfo(patient.time_zone)}
    shown["frozen"] = patient.status == PatientStatus.FROZEN
    try:
        shown["person"] = patients.person(desk.keys, patient)
    except Erased:
        return shown
    shown["shares"] = housemates.shares(desk, patient)
    visits = [each for each in session_rows.of_patient(desk.db, desk.keys, patient.id) if each.status != "canceled"]
    shown["last"] = next((each for each in reversed(visits) if each.starts_at <= desk.now), None)
    shown["upcoming"] = next((each for each in visits if each.starts_at > desk.now), None)
    return shown
