"""Where the carrier brings texts and receipts. Each route checks the signature, then asks one function."""

import uuid

from flask import Blueprint, Response, abort, request
from sqlalchemy.exc import IntegrityError

from smsbot import inbox, outbox
from smsbot.carrier import inbound, twiml
from smsbot.carrier.inbound import InboundText
from smsbot.runtime import Runtime
from smsbot.web import signed

XML = "text/xml"
NOTHING = ("", 204)


def blueprint(runtime: Runtime) -> Blueprint:
    """The webhook routes over this runtime."""
    hooks = Blueprint("webhooks", __name__, url_prefix="/webhooks")

    @hooks.post("/sms")
    def sms() -> Response:
        """An inbound text, by the primary address or (with ErrorCode) by the fallback."""
        hook = signed.read(request, runtime.settings)
        try:
            text = inbound.text(hook.form)
        except inbound.Unreadable:
            abort(400)
        reply = _receive(runtime, text, "fallback" if hook.has("ErrorCode") else "webhook")
        return Response(reply, mimetype=XML)

    @hooks.post("/status/<uuid:message_id>")
    def status(message_id: uuid.UUID) -> tuple[str, int]:
        """A receipt for one of our messages, in any order, any number of times."""
        event = signed.told(request, runtime.settings, inbound.status)
        if event is None:
            return NOTHING
        with runtime.database.turn() as db:
            rings = outbox.receipt(runtime, db, message_id, event)
        for sender in rings:
            runtime.bell.ring(sender)
        return NOTHING

    return hooks


def _receive(runtime: Runtime, text: InboundText, via: str) -> str:
    """Store and answer one text; of two equal ones at the same instant the second finds the first's answer."""
    try:
        reply = _once(runtime, text, via)
    except IntegrityError:
        reply = _once(runtime, text, via)
    return reply


def _once(runtime: Runtime, text: InboundText, via: str) -> str:
    with runtime.database.turn() as db:
        reply = inbox.receive(runtime, db, text, via)
        runtime.reached("turn.before_commit")
    runtime.reached("turn.committed")
    if reply is None:
        return twiml.EMPTY
    for sender in reply.rings:
        runtime.bell.ring(sender)
    return reply.twiml
