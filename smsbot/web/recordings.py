"""Where the carrier tells of recordings, and fetches the sounds that it plays in a call."""

import logging
import uuid

from flask import Blueprint, Response, abort, request, send_file

from smsbot import audio, notes
from smsbot.carrier import inbound
from smsbot.errors import Erased, NotFound
from smsbot.runtime import Runtime
from smsbot.store import clinics
from smsbot.store import notes as rows
from smsbot.web import signed

log = logging.getLogger("smsbot.web")

NOTHING = ("", 204)
A_DAY = 86_400


def blueprint(runtime: Runtime) -> Blueprint:
    """The routes over this runtime."""
    hooks = Blueprint("recordings", __name__, url_prefix="/webhooks")

    @hooks.post("/recording/<uuid:note_id>")
    def recording(note_id: uuid.UUID) -> tuple[str, int]:
        """A recording is ready, absent or failed: in any order with the call's own requests, any number of times."""
        event = signed.told(request, runtime.settings, inbound.recording)
        if event is None:
            return NOTHING
        with runtime.database.write() as db:
            known = notes.told(runtime, db, note_id, event)
        if not known:
            log.warning("a recording of no note of ours", extra={"note": str(note_id), "recording": event.sid})
        return NOTHING

    @hooks.get("/audio/<token>")
    def sound(token: str) -> Response:
        """A note for <Play>, for minutes, to whoever holds the token; the carrier must not keep it."""
        note_id = notes.note_of(runtime.settings, token, runtime.machine())
        if note_id is None:
            abort(404)
        try:
            found = _sound(runtime, note_id)
        except (NotFound, Erased):
            abort(404)
        return Response(found.data, mimetype=found.content_type, headers={"Cache-Control": "no-store"})

    @hooks.get("/guided/<language>/<name>.wav")
    def guided(language: str, name: str) -> Response:
        """A guided audio: words of a clinician, nobody's data, so the carrier may keep it."""
        path = audio.file_for(runtime.settings.home, language, name)
        if path is None:
            abort(404)
        return send_file(path.absolute(), mimetype="audio/wav", max_age=A_DAY, conditional=True)

    return hooks


def _sound(runtime: Runtime, note_id: uuid.UUID) -> notes.Heard:
    with runtime.database.read() as db:
        note = rows.find(db, note_id, lock=False)
        if note is None:
            raise NotFound("voice note")
        return notes.sound(runtime, db, clinics.keys(db, runtime.vault, note.clinic_id), note)
