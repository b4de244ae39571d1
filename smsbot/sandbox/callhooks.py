"""What a call asks of the service and tells it: the next document, and its progress."""

from __future__ import annotations

from dataclasses import replace

from smsbot.sandbox.box import Box
from smsbot.sandbox.callstate import Call
from smsbot.sandbox.state import machine_now
from smsbot.sandbox.transport import Answer
from smsbot.sandbox.twiml import Document, TwimlError, parse
from smsbot.sandbox.voice import Fetch
from smsbot.sandbox.webhooks import Hook


def _params(box: Box, call: Call) -> list[tuple[str, str]]:
    return [
        ("CallSid", call.sid),
        ("AccountSid", box.settings.account_sid),
        ("From", call.sender),
        ("To", call.to),
        ("Caller", call.sender),
        ("Called", call.to),
        ("CallStatus", call.status),
        ("ApiVersion", "2010-04-01"),
        ("Direction", call.direction),
        *((f"{end}{part}", "US" if part == "Country" else "") for end in ("From", "To", "Caller", "Called")
          for part in ("City", "State", "Zip", "Country")),
    ]  # fmt: skip


def fetched(box: Box, call: Call, wanted: Fetch) -> tuple[Document, str] | None:
    """Ask the service for a document; None when it has none to give."""
    number = box.state.numbers.get(call.number)
    fallback = call.get("FallbackUrl") or (number.voice_fallback_url if number else None)
    params = [*_params(box, call), *wanted.params]
    hook = Hook("voice", wanted.url, params, call.patient, wanted.method or "POST", fallback or None, twiml=True)
    answers = box.hooks.now(hook)
    best: Answer | None = next((answer for answer in answers if not answer.code), None)
    if best is None:
        return None
    if best.content_type == "text/plain":  # read aloud
        said = parse("<Response><Say/></Response>", "voice").verbs[0]
        return Document((replace(said, text=best.text),), ()), best.url
    document = parsed(box, call, best.text, best.url)
    return (document, best.url) if document else None


def parsed(box: Box, call: Call, text: str, base: str | None) -> Document | None:
    """The document in `text`; None (and a line in the debugger) when it cannot be run."""
    try:
        document = parse(text, "voice", base)
    except TwimlError as error:
        box.state.debug(12100, str(error), sid=call.sid, url=base)
        return None
    for warning in document.warnings:
        box.state.debug(12200, warning, sid=call.sid, url=base)
    return document


def tell(box: Box, call: Call, event: str) -> None:
    """The call's status callback, for the events it asked for (inbound calls: the number's, at the end)."""
    number = box.state.numbers.get(call.number)
    url = call.get("StatusCallback") or (number.status_callback if number and call.direction == "inbound" else None)
    events = " ".join(call.values.get("StatusCallbackEvent", [])).split() or ["completed"]
    if not url or event not in events:
        return
    params = _params(box, call)
    if event == "completed":
        params += [("CallDuration", str(call.seconds)), ("Duration", str(-(-call.seconds // 60)))]
    params += [
        ("Timestamp", machine_now().strftime("%a, %d %b %Y %H:%M:%S +0000")),
        ("CallbackSource", "call-progress-events"),
        ("SequenceNumber", str(call.sequence)),
    ]
    call.sequence += 1
    method = call.get("StatusCallbackMethod") or "POST"
    box.hooks.in_turn(call.sid, Hook("call-status", url, params, call.patient, method))
