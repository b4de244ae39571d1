"""Where the carrier asks what a call is to do next, and tells how it ended; each request is signed."""

import uuid

from flask import Blueprint, Response, abort, request
from sqlalchemy.exc import IntegrityError

from smsbot.calls import ending, stepping
from smsbot.carrier import inbound, twiml
from smsbot.carrier.inbound import VoiceRequest
from smsbot.render import spoken
from smsbot.runtime import Runtime
from smsbot.web import faults, signed

XML = "text/xml"
NOTHING = ("", 204)


def blueprint(runtime: Runtime) -> Blueprint:
    """The voice routes over this runtime."""
    hooks = Blueprint("voice", __name__, url_prefix="/webhooks")

    @hooks.post("/voice")
    def voice() -> Response:
        """A call has come in."""
        return _answer(runtime, None, None)

    @hooks.post("/voice/<uuid:call_id>/<int:number>")
    def onward(call_id: uuid.UUID, number: int) -> Response:
        """What the caller did after document `number` of a call; 0 is a call of ours that was answered."""
        return _answer(runtime, call_id, number)

    @hooks.post("/call-status")
    @hooks.post("/call-status/<uuid:call_id>")
    def status(call_id: uuid.UUID | None = None) -> tuple[str, int]:
        """How a call goes and how it ended, in any order, any number of times."""
        event = signed.told(request, runtime.settings, inbound.call)
        if event is None:
            return NOTHING
        with runtime.database.write() as db:
            rings = ending.ended(runtime, db, event, call_id)
        for sender in rings:
            runtime.bell.ring(sender)
        return NOTHING

    return hooks


def _answer(runtime: Runtime, call_id: uuid.UUID | None, number: int | None) -> Response:
    """The call's next document. Whatever goes wrong in here, the caller hears where help is."""
    hook = signed.read(request, runtime.settings)
    try:
        asked = inbound.voice(hook.form)
    except inbound.Unreadable:
        abort(400)
    try:
        document = _decided(runtime, asked, call_id, number)
    except Exception as fault:  # an error page would have the carrier read out "an application error"
        faults.note(fault)
        document = None
    return Response(document or _neutral(runtime), mimetype=XML)


def _decided(runtime: Runtime, asked: VoiceRequest, call_id: uuid.UUID | None, number: int | None) -> str | None:
    """Of two equal requests at the same instant the second finds the first's answer."""
    try:
        return _once(runtime, asked, call_id, number)
    except IntegrityError:
        return _once(runtime, asked, call_id, number)


def _once(runtime: Runtime, asked: VoiceRequest, call_id: uuid.UUID | None, number: int | None) -> str | None:
    with runtime.database.write() as db:
        reply = stepping.step(runtime, db, asked, call_id, number)
        runtime.reached("call.before_commit")
    for sender in reply.rings if reply else ():
        runtime.bell.ring(sender)
    return reply.twiml if reply else None


def _neutral(runtime: Runtime) -> str:
    """What anybody may hear: that the line is automated, and where help is."""
    line = runtime.content.system["en"]["vox_neutral"]
    return twiml.spoken(spoken(line.voice or line.text))
