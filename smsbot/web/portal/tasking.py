"""The work list: what waits for a person, until when, and what was noted when it was done."""

import uuid
from typing import Any
from zoneinfo import ZoneInfo

from flask import flash, redirect, request, url_for
from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import Length

from smsbot import decisions, sessions
from smsbot.errors import Erased, NotFound
from smsbot.models import Task, TaskState
from smsbot.staff import reading, worklist
from smsbot.store import board, patients, record
from smsbot.web.portal.door import CLINICAL, Seat, allows, bp, page
from smsbot.web.portal.fields import Form, choices, needed
from smsbot.web.portal.people import act, back, known

CHOICES = {
    "go_ahead": "The session goes ahead",
    "not_now": "Not this time: the session is moved or canceled",
}
THEN = {"arrived": sessions.arrived, "done": sessions.done}


class DecideForm(Form):
    decision = RadioField("Decision", choices=choices(CHOICES), validators=[needed("Choose one.")])
    decided_by = StringField("Who decided", [needed("Give the name of whoever decided."), Length(max=80)])
    note = TextAreaField("Note (only for signed-in staff)")


class DoneForm(Form):
    note = TextAreaField("Note (what was done)")


@bp.get("/tasks")
@allows(*CLINICAL)
def tasks(seat: Seat) -> Any:
    """Open tasks, the most urgent first, or those done lately."""
    return _list(seat)


@bp.post("/tasks/<uuid:task_id>/take")
@allows(*CLINICAL)
def task_take(seat: Seat, task_id: uuid.UUID) -> Any:
    """Say that one sees to a task."""
    form = DoneForm()
    if form.validate_on_submit() and seat.tried(form, lambda: worklist.take(seat.desk, task_id, for_lead=seat.lead)):
        flash("It is yours.")
        return redirect(url_for("portal.tasks"), 303)
    return _list(seat, form, task_id)


@bp.post("/tasks/<uuid:task_id>/done")
@allows(*CLINICAL)
def task_done(seat: Seat, task_id: uuid.UUID) -> Any:
    """Tick a task off, with a note."""
    form = DoneForm()
    note = (form.note.data or "").strip()
    if seat.tried(form, lambda: worklist.finish(seat.desk, task_id, note, for_lead=seat.lead)) is not None:
        flash("Done.")
        return redirect(url_for("portal.tasks"), 303)
    return _list(seat, form, task_id)


@bp.route("/tasks/<uuid:task_id>/decide", methods=["GET", "POST"])
@allows(*CLINICAL)
def task_decide(seat: Seat, task_id: uuid.UUID) -> Any:
    """Make a decision that a session waits for; with ?session= and ?then= the session is marked right after."""
    task, form = record.task(seat.desk.visit(), task_id), DecideForm()
    if task.patient_id is None or task.kind != decisions.KIND:
        raise NotFound("task")
    if form.validate_on_submit() and seat.tried(form, lambda: _decided(seat, task_id, form)) is not None:
        return back(task.patient_id, _went_on(form.decision.data))
    return act(seat, known(seat, task.patient_id), form, "Decide before the session", "decide", task=task)


def _decided(seat: Seat, task_id: uuid.UUID, form: DecideForm) -> Task:
    """The decision, and in the same step what it was asked for."""
    note = (form.note.data or "").strip()
    task = worklist.decide(seat.desk, task_id, form.decision.data, form.decided_by.data or "", note, for_lead=seat.lead)
    then, session = THEN.get(request.args.get("then", "")), request.args.get("session", type=uuid.UUID)
    if then is not None and session is not None and form.decision.data == "go_ahead":
        then(seat.desk, session)
    return task


def _went_on(decision: str) -> str:
    if decision == "not_now":
        return "Noted. The session is still booked: move or cancel it below."
    then = request.args.get("then", "")
    return f"Noted, and marked as {then}." if then in THEN else "Noted: the session goes ahead."


def _list(seat: Seat, form: Form | None = None, at: uuid.UUID | None = None) -> Any:
    state = TaskState.DONE if request.args.get("state") == TaskState.DONE else TaskState.OPEN
    visit = seat.desk.visit()
    rows = reading.tasks(seat.desk, for_lead=seat.lead, state=state)
    names = board.names(visit, {who for row in rows for who in (row.done_by, row.owner)})
    shown = [_opened(seat, row) for row in rows]
    status = 422 if form is not None else 200
    return page(seat, "tasks", status=status, shown=shown, state=state, names=names, form=form, at=at)


def _opened(seat: Seat, row: Task) -> dict[str, Any]:
    """A task with its person."""
    name, zone = "", seat.zone
    if row.patient_id is not None:
        patient = patients.get(seat.desk.db, seat.desk.keys, row.patient_id)
        zone = ZoneInfo(patient.time_zone)
        try:
            name = patients.person(seat.desk.keys, patient).first_name
        except Erased:
            name = "(erased)"
    return {"task": row, "name": name, "zone": zone, "note": board.task_note(seat.desk.visit(), row)}
