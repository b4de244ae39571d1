"""Calm audio in the room: staff start a guided recording for a session, on the speaker of their own screen (9.11)."""

import uuid
from dataclasses import dataclass
from typing import Any

from flask import Response, abort, redirect, request, send_file, url_for

from smsbot import audio, content
from smsbot.audio.files import LANGUAGES
from smsbot.audio.scripts import Script
from smsbot.calls.saying import recordings
from smsbot.models import SessionStatus, TreatmentSession
from smsbot.store import patients
from smsbot.store import sessions as rows
from smsbot.web.portal.door import CLINICAL, Seat, allows, bp, page
from smsbot.web.portal.listening import POLICY

NOT_HELD = (SessionStatus.CANCELED, SessionStatus.NO_SHOW)
GUIDED = "guided_audio"
SCRIPT = "room"  # the page's own script asks, which needs no new page


@dataclass(frozen=True)
class Track:
    """A guided recording as the page offers it; `here` is whether there is a file to play."""

    name: str
    title: str
    when: str
    seconds: int
    here: bool


@bp.get("/sessions/<uuid:session_id>/room")
@allows(*CLINICAL)
def room(seat: Seat, session_id: uuid.UUID) -> Any:
    """The tracks, and a player; nothing of the patient but their language is on this page, for they see it too."""
    row = _held(seat, session_id)
    patient = patients.get(seat.desk.db, seat.desk.keys, row.patient_id)
    wanted = request.args.get("lang", patient.language)
    language = wanted if wanted in LANGUAGES else "en"
    tracks = _tracks(seat, language)
    chosen = next((each for each in tracks if each.here and each.name == request.args.get("track")), None)
    seat.desk.visit().note("patient.read", f"patient:{patient.id}")
    number = seat.desk.clinic.number
    answer = page(
        seat, "room", row=row, patient=patient, language=language, tracks=tracks, chosen=chosen, number=number
    )
    answer.headers["Content-Security-Policy"] = POLICY
    return answer


@bp.post("/sessions/<uuid:session_id>/room/<language>/<name>")
@allows(*CLINICAL)
def room_start(seat: Seat, session_id: uuid.UUID, language: str, name: str) -> Any:
    """A track is started: who, which and for which session is written down."""
    _held(seat, session_id)
    if audio.file_for(seat.desk.runtime.settings.home, language, name) is None:
        abort(404)
    seat.desk.visit().note("room.play", f"session:{session_id}", track=name, language=language)
    if request.headers.get("X-Requested-With") == SCRIPT:
        return Response(status=204)
    return redirect(url_for("portal.room", session_id=session_id, lang=language, track=name), 303)


@bp.get("/sessions/<uuid:session_id>/room/<language>/<name>.wav")
@allows(*CLINICAL, quietly=True)
def room_sound(seat: Seat, session_id: uuid.UUID, language: str, name: str) -> Any:
    """The sound of a track; asked for by a player, which keeps nobody signed in."""
    _held(seat, session_id)
    path = audio.file_for(seat.desk.runtime.settings.home, language, name)
    if path is None:
        abort(404)
    answer: Response = send_file(path.absolute(), mimetype="audio/wav", conditional=True, etag=False)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _held(seat: Seat, session_id: uuid.UUID) -> TreatmentSession:
    """A session of this clinic that is not off."""
    row = rows.get(seat.desk.db, seat.desk.keys, session_id)
    if row.status in NOT_HELD:
        abort(404)
    return row


def _tracks(seat: Seat, language: str) -> list[Track]:
    """The recordings of a language, in the order in which they are offered by text and on the phone."""
    runtime = seat.desk.runtime
    folder = runtime.settings.templates or content.locate(runtime.settings.home)[1]
    scripts = recordings(folder)[language]
    steps = runtime.content.scripts[GUIDED].flow.steps.values()
    offered = [code for step in steps for code in step.codes() if code in scripts]
    return [_track(seat, scripts[name]) for name in dict.fromkeys((*offered, *scripts))]


def _track(seat: Seat, script: Script) -> Track:
    here = audio.file_for(seat.desk.runtime.settings.home, script.language, script.name) is not None
    return Track(script.name, script.title, script.when, script.planned_s, here)
