"""Sessions of a patient: book, move (seen before it is done), arrived, done, no-show, cancel."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from flask import redirect, request, url_for
from wtforms import IntegerField, RadioField

from smsbot import decisions, series, sessions
from smsbot.localtime import instant
from smsbot.models import SessionStatus, TreatmentSession
from smsbot.sessions import Booking
from smsbot.store import sessions as rows
from smsbot.web.portal import said
from smsbot.web.portal.door import ALL, Seat, allows, bp, titles
from smsbot.web.portal.fields import Clock, Day, Form, choices, needed, optional
from smsbot.web.portal.people import ConfirmForm, act, back, known

CANCELED_BY = {
    "patient": "The patient canceled",
    "clinic": "The clinic canceled",
    "medical": "For medical reasons (nothing upbeat is sent today)",
}


class BookForm(Form):
    date = Day("Date", [needed("Give the date.")])
    time = Clock("Time", [needed("Give the time.")])
    minutes = IntegerField("Minutes (empty: as usual)", [optional()])
    places: ClassVar[Mapping[str, str]] = {"starts_at": "date"}


class MoveForm(BookForm):
    places: ClassVar[Mapping[str, str]] = {"starts_at": "date", "version": ""}


class DoneForm(Form):
    date = Day("Ended on", [needed("Give the day.")])
    time = Clock("at", [needed("Give the time.")])
    places: ClassVar[Mapping[str, str]] = {"ended_at": "time"}


class CancelForm(Form):
    by = RadioField("Why", choices=choices(CANCELED_BY), validators=[needed("Say who or what canceled it.")])


@bp.route("/patients/<uuid:patient_id>/book", methods=["GET", "POST"])
@allows(*ALL)
def book(seat: Seat, patient_id: uuid.UUID) -> Any:
    """Book one more session."""
    shown, form = known(seat, patient_id), BookForm()
    if form.validate_on_submit():
        wanted = Booking(instant(form.date.data, form.time.data, seat.zone), form.minutes.data)
        made = seat.tried(form, lambda: sessions.add(seat.desk, patient_id, wanted))
        if made is not None:
            return back(patient_id, f"Booked for {_when(seat, made)}.")
    return act(seat, shown, form, "Book a session", "book")


@bp.route("/patients/<uuid:patient_id>/end-series", methods=["GET", "POST"])
@allows(*ALL)
def end_series(seat: Seat, patient_id: uuid.UUID) -> Any:
    """The series is complete, though fewer sessions were held than planned."""
    shown, form = known(seat, patient_id), ConfirmForm()
    if form.validate_on_submit() and seat.tried(form, lambda: series.end(seat.desk, patient_id)) is not None:
        return back(patient_id, "The series has ended. What follows it is planned below.")
    return act(seat, shown, form, "End the series", "end_series")


@bp.route("/sessions/<uuid:session_id>/move", methods=["GET", "POST"])
@allows(*ALL)
def move(seat: Seat, session_id: uuid.UUID) -> Any:
    """Move a session: first what it would do, then, on a second button, the move itself."""
    row, shown = _session(seat, session_id)
    local = row.starts_at.astimezone(seat.zone)
    form = MoveForm(data={"date": local.date(), "time": local.time(), "minutes": row.minutes})
    if not form.validate_on_submit():
        return _move_page(seat, shown, form, row)
    start, minutes = instant(form.date.data, form.time.data, seat.zone), form.minutes.data
    if request.form.get("step") == "confirm":
        seen = request.form.get("version", "")
        version = int(seen) if seen.isdecimal() and len(seen) < 9 else -1
        moved = seat.tried(form, lambda: sessions.move(seat.desk, session_id, start, minutes, version))
        if moved is not None:
            return back(row.patient_id, f"Moved to {_when(seat, moved)}.")
        return _move_page(seat, shown, form, row)
    changes = seat.tried(form, lambda: sessions.move_preview(seat.desk, session_id, start, minutes))
    if changes is None:
        return _move_page(seat, shown, form, row)
    seat.desk.visit().note("session.preview", f"session:{session_id}")
    return _move_page(seat, shown, form, row, changes=changes, start=start)


def _move_page(seat: Seat, shown: dict[str, Any], form: Form, row: TreatmentSession, **more: Any) -> Any:
    more = {"changes": None, "start": None, "titles": titles(seat, shown["patient"])} | more
    return act(seat, shown, form, "Move a session", "move", row=row, **more)


@bp.post("/sessions/<uuid:session_id>/arrived")
@allows(*ALL)
def arrived(seat: Seat, session_id: uuid.UUID) -> Any:
    """The patient is here; a decision that staff owe is asked for first."""
    asked = _asked_first(seat, session_id, "arrived")
    return asked or _at_once(seat, session_id, "arrived", sessions.arrived, "Marked as arrived.")


@bp.post("/sessions/<uuid:session_id>/done-now")
@allows(*ALL)
def done_now(seat: Seat, session_id: uuid.UUID) -> Any:
    """The session has just ended."""
    asked = _asked_first(seat, session_id, "done")
    return asked or _at_once(seat, session_id, "done", sessions.done, "Done. What follows is timed from now.")


def _asked_first(seat: Seat, session_id: uuid.UUID, then: str) -> Any:
    """To the decision this session waits for, if it waits and the signed-in person may make it; else None."""
    patient, row = sessions.find(seat.desk, session_id)
    if not seat.clinical or row.status not in (SessionStatus.BOOKED, SessionStatus.NO_SHOW):
        return None
    task = decisions.before(seat.desk.db, seat.desk.keys, patient, row)
    if task is None:
        return None
    return redirect(url_for("portal.task_decide", task_id=task.id, session=session_id, then=then), 303)


def _at_once(seat: Seat, session_id: uuid.UUID, what: str, action: Callable[..., Any], words: str) -> Any:
    row, shown = _session(seat, session_id)
    form = ConfirmForm()
    if form.validate_on_submit() and seat.tried(form, lambda: action(seat.desk, session_id)) is not None:
        return back(row.patient_id, words)
    return act(seat, shown, form, said.called(what, "session"), what, row=row)


@bp.route("/sessions/<uuid:session_id>/done", methods=["GET", "POST"])
@allows(*ALL)
def done(seat: Seat, session_id: uuid.UUID) -> Any:
    """The session is over, at a time that can be put right."""
    if asked := _asked_first(seat, session_id, "done"):
        return asked
    row, shown = _session(seat, session_id)
    local = (row.ended_at or seat.desk.now).astimezone(seat.zone)
    form = DoneForm(data={"date": local.date(), "time": local.time()})
    if form.validate_on_submit():
        ended = instant(form.date.data, form.time.data, seat.zone)
        if seat.tried(form, lambda: sessions.done(seat.desk, session_id, ended)) is not None:
            return back(row.patient_id, f"Done at {said.clock(ended, seat.zone)}. What follows is timed from then.")
    return act(seat, shown, form, "Session is done", "done", row=row)


@bp.route("/sessions/<uuid:session_id>/no-show", methods=["GET", "POST"])
@allows(*ALL)
def no_show(seat: Seat, session_id: uuid.UUID) -> Any:
    """The patient did not come."""
    row, shown = _session(seat, session_id)
    form = ConfirmForm()
    if form.validate_on_submit() and seat.tried(form, lambda: sessions.no_show(seat.desk, session_id)) is not None:
        return back(row.patient_id, "Marked as no-show. Nothing after this session is asked.")
    return act(seat, shown, form, "No-show", "no_show", row=row)


@bp.route("/sessions/<uuid:session_id>/cancel", methods=["GET", "POST"])
@allows(*ALL)
def cancel(seat: Seat, session_id: uuid.UUID) -> Any:
    """Cancel a session."""
    row, shown = _session(seat, session_id)
    form = CancelForm()
    if form.validate_on_submit():
        by = form.by.data
        if seat.tried(form, lambda: sessions.cancel(seat.desk, session_id, by)) is not None:
            return back(row.patient_id, "Canceled.")
    return act(seat, shown, form, "Cancel a session", "cancel", row=row)


def _session(seat: Seat, session_id: uuid.UUID) -> tuple[TreatmentSession, dict[str, Any]]:
    """A session of this clinic, with its patient as every page of theirs shows them."""
    row = rows.get(seat.desk.db, seat.desk.keys, session_id)
    return row, known(seat, row.patient_id)


def _when(seat: Seat, row: TreatmentSession) -> str:
    day = said.day(row.starts_at, seat.zone, seat.desk.now)
    return f"{day}, {said.clock(row.starts_at, seat.zone)}"
