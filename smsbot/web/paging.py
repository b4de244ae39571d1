"""Where the carrier asks about pages: what to say to whoever picked up, which key they pressed, how it ended."""

import uuid
from collections.abc import Callable

from flask import Blueprint, Response, abort, request

from smsbot.carrier import inbound
from smsbot.carrier.inbound import Unreadable
from smsbot.paging import answering
from smsbot.paging.answering import Heard
from smsbot.runtime import Runtime
from smsbot.web import signed
from smsbot.web.signed import Hook

XML = "text/xml"
NOTHING = ("", 204)


def blueprint(runtime: Runtime) -> Blueprint:
    """The routes of pages over this runtime; the id in them is the step's."""
    hooks = Blueprint("paging", __name__, url_prefix="/webhooks/page")

    def said(step_id: uuid.UUID, say: Callable[[Heard, inbound.VoiceRequest], str]) -> Response:
        hook = signed.read(request, runtime.settings)
        try:
            asked = inbound.voice(hook.form)
        except Unreadable:
            abort(400)
        with runtime.database.write() as db:
            found = answering.heard(runtime, db, step_id)
            if found is None:
                abort(404)
            return Response(say(found, asked), mimetype=XML)

    @hooks.post("/<uuid:step_id>")
    def answered(step_id: uuid.UUID) -> Response:
        """A page call was picked up."""
        return said(step_id, lambda found, asked: answering.answered(found, asked.answered_by))

    @hooks.post("/<uuid:step_id>/key")
    def key(step_id: uuid.UUID) -> Response:
        """A key was pressed in a page call."""
        return said(step_id, lambda found, asked: answering.keyed(found, asked.digits))

    @hooks.post("/<uuid:step_id>/status")
    def status(step_id: uuid.UUID) -> tuple[str, int]:
        """A receipt for a page by text, or the state of a page call."""
        hook = signed.read(request, runtime.settings)
        rings: tuple[str, ...] = ()
        with runtime.database.write() as db:
            found = answering.heard(runtime, db, step_id)
            if found is not None:
                rings = _ended(found, hook)
        for each in rings:
            runtime.bell.ring(each)
        return NOTHING

    return hooks


def _ended(found: Heard, hook: Hook) -> tuple[str, ...]:
    try:
        if hook.has("CallSid"):
            return answering.call_ended(found, inbound.call(hook.form).status)
        event = inbound.status(hook.form)
    except Unreadable:
        return ()
    return answering.text_ended(found, event.status, event.error_code)
