"""Voice notes: the list of a patient, one note with its player and its words, and the sound itself."""

import uuid
from typing import Any
from zoneinfo import ZoneInfo

from flask import Response, flash, redirect, request, url_for
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from wtforms import TextAreaField

from smsbot.errors import Conflict
from smsbot.models import Patient, VoiceNote
from smsbot.staff import listening
from smsbot.store import patients
from smsbot.web.portal.door import CLINICAL, LEADS, Seat, allows, bp, page
from smsbot.web.portal.fields import Form
from smsbot.web.portal.people import known

# The page may play sound from here and nowhere else; the rest is as on every page.
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; media-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class WordsForm(Form):
    words = TextAreaField("What was said")


@bp.get("/patients/<uuid:patient_id>/voice")
@allows(*CLINICAL)
def voice(seat: Seat, patient_id: uuid.UUID) -> Any:
    """A patient's voice notes, newest first."""
    shown = known(seat, patient_id)
    found = listening.listed(seat.desk, shown["patient"], for_lead=seat.lead)
    return page(seat, "voice", **shown, notes=found, tab="voice")


@bp.get("/notes/<uuid:note_id>")
@allows(*CLINICAL)
def note(seat: Seat, note_id: uuid.UUID) -> Any:
    """One note: player, what the machine wrote, what a person corrected."""
    return _page(seat, note_id, WordsForm(formdata=None))


@bp.post("/notes/<uuid:note_id>/correct")
@allows(*CLINICAL)
def note_correct(seat: Seat, note_id: uuid.UUID) -> Any:
    """Keep a corrected transcript beside the machine's."""
    form = WordsForm()
    words = form.words.data or ""
    if seat.tried(form, lambda: listening.correct(seat.desk, note_id, words, for_lead=seat.lead)) is not None:
        return _back(note_id, "Kept. What the machine wrote stays beside it.")
    return _page(seat, note_id, form, 422)


@bp.post("/notes/<uuid:note_id>/delete")
@allows(*CLINICAL)
def note_delete(seat: Seat, note_id: uuid.UUID) -> Any:
    """Delete a note for good."""
    try:
        ended = listening.delete(seat.desk, note_id, for_lead=seat.lead)
    except Conflict:
        return _back(note_id, "A legal hold keeps this voice note.")
    flash("Deleted: the sound and the words.")
    if ended.patient_id is None:
        return redirect(url_for("portal.tasks"), 303)
    return redirect(url_for("portal.voice", patient_id=ended.patient_id), 303)


@bp.post("/notes/<uuid:note_id>/hold")
@allows(*LEADS)
def note_hold(seat: Seat, note_id: uuid.UUID) -> Any:
    """Put a note under a legal hold, or lift it."""
    held = request.form.get("held") == "yes"
    listening.set_hold(seat.desk, note_id, held, for_lead=True)
    return _back(note_id, "On legal hold: kept until the hold is lifted." if held else "The hold is lifted.")


@bp.get("/notes/<uuid:note_id>/sound")
@allows(*CLINICAL)
def note_sound(seat: Seat, note_id: uuid.UUID) -> Any:
    """The sound, whole or a part of it as players ask; every start from the beginning is audited as listening."""
    wanted, original = request.range, "original" in request.args
    begins = wanted is None or not wanted.ranges or not wanted.ranges[0][0]
    found = listening.play(seat.desk, note_id, for_lead=seat.lead, begins=begins, original=original)
    response = Response(found.data, mimetype=found.content_type)
    name = f"note-{note_id.hex[-8:]}.{found.ending}"
    response.headers["Content-Disposition"] = f'{"attachment" if original else "inline"}; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    response.headers["Accept-Ranges"] = "bytes"
    try:
        return response.make_conditional(request.environ, accept_ranges=True, complete_length=len(found.data))
    except RequestedRangeNotSatisfiable:
        return Response(status=416, headers={"Content-Range": f"bytes */{len(found.data)}"})


def _page(seat: Seat, note_id: uuid.UUID, form: WordsForm, status: int = 200) -> Response:
    shown = listening.one(seat.desk, note_id, for_lead=seat.lead)
    if not form.is_submitted():
        form.words.data = shown.corrected or shown.written or ""
    answer = page(seat, "note", status=status, shown=shown, row=shown.note, form=form, **_who(seat, shown.note))
    answer.headers["Content-Security-Policy"] = POLICY
    return answer


def _who(seat: Seat, row: VoiceNote) -> dict[str, Any]:
    """Whose note it is, as far as that is known."""
    if row.patient_id is None:
        return {"patient": None, "name": "a caller who is not enrolled", "zone": seat.zone}
    patient: Patient = patients.get(seat.desk.db, seat.desk.keys, row.patient_id)
    name = patients.person(seat.desk.keys, patient).first_name or "No name given"
    return {"patient": patient, "name": name, "zone": ZoneInfo(patient.time_zone)}


def _back(note_id: uuid.UUID, words: str) -> Any:
    flash(words)
    return redirect(url_for("portal.note", note_id=note_id), 303)
