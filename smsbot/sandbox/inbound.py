"""A patient's text: the carrier's own keywords first, then the service's webhook, then what its TwiML says."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, replace
from typing import Any

from smsbot.sandbox.box import Box
from smsbot.sandbox.checks import E164
from smsbot.sandbox.delivery import outbound, queue
from smsbot.sandbox.errors import ApiError
from smsbot.sandbox.segments import segments
from smsbot.sandbox.state import Media, Message, Number, Service, new_sid
from smsbot.sandbox.transport import Answer
from smsbot.sandbox.twiml import TwimlError, Verb, absolute, parse
from smsbot.sandbox.webhooks import Hook

KEYWORDS = {
    "STOP": frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "OPTOUT", "REVOKE"}),
    "START": frozenset({"START", "YES", "UNSTOP"}),
    "HELP": frozenset({"HELP", "INFO"}),
}
# The wording of Twilio's own answers is not published as a contract; these say the same.
CARRIER_ANSWERS = {
    "STOP": "You have successfully been unsubscribed. You will not receive any more messages from this number. "
    "Reply START to resubscribe.",
    "START": "You have successfully been re-subscribed to messages from this number. Reply HELP for help. "
    "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
    "HELP": "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
}
GEOGRAPHY = ("City", "State", "Zip", "Country")
MAX_REDIRECTS = 10
LOOP_REPLIES, LOOP_SECONDS = 30, 30.0


@dataclass(frozen=True)
class Route:
    """Where a number's texts go."""

    url: str | None
    method: str
    fallback: str | None
    fallback_method: str


def receive(
    box: Box,
    sender: str,
    to: str,
    body: str,
    media: list[Media] | None = None,
    sid: str | None = None,
    wait: bool = True,
) -> dict[str, Any]:
    """Take a text from a phone to one of the account's numbers and hand it to the service.

    Returns {"sid", "answers": [...], "replies": [SIDs], "opt_out"}; with `wait` false nothing is known yet.
    Raises ValueError for a number that is not ours or a phone that is not one. `sid` repeats an earlier message."""
    number = box.state.numbers.get(to)
    if number is None:
        raise ValueError(f"{to} is not a number of this account; it has {', '.join(box.state.numbers)}")
    if not E164.match(sender) or sender == to:
        raise ValueError(f"{sender!r} is not the phone of a patient (E.164, like +14155550123)")
    if len(body) > 1600:
        raise ValueError(f"a text has at most 1600 characters; this one has {len(body)}")
    message = _kept(box, sender, number, body, media or [], sid)
    word = _keyword(box, message, number)
    params = _params(box, message, number, word)
    route = _route(box, number)
    result: dict[str, Any] = {"sid": message.sid, "answers": [], "replies": [], "opt_out": word}
    if not route.url:
        box.state.debug(11200, "The number has no SmsUrl: the text went nowhere", sid=message.sid)
        return result

    def run(answer: Answer) -> None:
        result["answers"].append(
            {"status": answer.status, "body": answer.text, "content_type": answer.content_type, "code": answer.code}
        )
        result["replies"].extend(execute(box, message, answer, hook))

    hook = Hook("inbound", route.url, params, sender, route.method, route.fallback, route.fallback_method, twiml=True)
    if wait:
        box.hooks.now(hook, run)
    else:
        box.hooks.later(0, hook, run)
    return result


def _kept(box: Box, sender: str, number: Number, body: str, media: list[Media], sid: str | None) -> Message:
    earlier = box.state.messages.get(sid or "")
    if earlier:
        return earlier
    message = Message(
        sid=sid or new_sid("MM" if media else "SM"),
        seq=0,
        via="phone",
        direction="inbound",
        sender=sender,
        to=number.phone,
        body=body,
        status="received",
        segments=1 if media else segments(body),
        service_sid=number.service_sid,
        media=media,
    )
    message.sent, message.care = message.created, box.care_now()
    box.state.phone(sender)
    box.state.add_message(message)
    return message


def _keyword(box: Box, message: Message, number: Number) -> str | None:
    """Apply the carrier's own opt-out handling; returns STOP, START or HELP when it acted."""
    body = message.body.strip().upper()
    word = next((name for name, words in KEYWORDS.items() if body in words), None)
    mode = box.settings.opt_out
    if word is None or (mode == "app" and not number.toll_free):
        return None
    if number.toll_free and body == "YES":  # only START and UNSTOP undo a toll-free block
        return None
    entry = (box.state.scope(number.phone), message.sender or "")
    blocked = entry in box.state.opt_outs
    if word == "STOP":
        box.state.opt_outs.add(entry)
    elif word == "START":
        box.state.opt_outs.discard(entry)
    changed = (word == "STOP" and not blocked) or (word == "START" and blocked)
    if changed or (word == "HELP" and not (number.toll_free and blocked)):
        answer = outbound("carrier", number.phone, message.sender or "", CARRIER_ANSWERS[word])
        queue(box, answer)()
    return word


def _params(box: Box, message: Message, number: Number, word: str | None) -> list[tuple[str, str]]:
    params = [
        ("ToCountry", "US"),
        ("ToState", ""),
        ("SmsMessageSid", message.sid),
        ("NumMedia", str(len(message.media))),
        ("ToCity", ""),
        ("FromZip", ""),
        ("SmsSid", message.sid),
        ("FromState", ""),
        ("SmsStatus", "received"),
        ("FromCity", ""),
        ("Body", message.body),
        ("FromCountry", "US"),
        ("To", message.to),
        ("ToZip", ""),
        ("NumSegments", str(message.segments)),
        ("MessageSid", message.sid),
        ("AccountSid", box.settings.account_sid),
        ("From", message.sender or ""),
        ("ApiVersion", "2010-04-01"),
    ]
    if number.service_sid:
        params.append(("MessagingServiceSid", number.service_sid))
    if word and box.settings.opt_out == "advanced":
        params.append(("OptOutType", word))
    base = f"https://api.twilio.com/2010-04-01/Accounts/{box.settings.account_sid}/Messages/{message.sid}/Media/"
    for index, item in enumerate(message.media):
        params += [(f"MediaContentType{index}", item.content_type), (f"MediaUrl{index}", base + item.sid)]
    return params


def _route(box: Box, number: Number) -> Route:
    service: Service | None = box.state.services.get(number.service_sid or "")
    if service and not service.use_inbound_webhook_on_number:
        return Route(service.inbound_request_url, service.inbound_method, service.fallback_url, service.fallback_method)
    return Route(number.sms_url, number.sms_method, number.sms_fallback_url, number.sms_fallback_method)


def execute(box: Box, message: Message, answer: Answer, hook: Hook, depth: int = 0) -> list[str]:
    """Run the TwiML of an answer to `message`; returns the SIDs of the messages it made."""
    if answer.code or not answer.body.strip():
        return []
    if answer.content_type == "text/plain":
        return _reply(box, message, Verb("Message", {}, answer.text.strip()), answer.url)
    try:
        document = parse(answer.text, "messaging", answer.url)
    except TwimlError as error:
        box.state.debug(12100, str(error), sid=message.sid, url=answer.url)
        return []
    for warning in document.warnings:
        box.state.debug(12200, warning, sid=message.sid, url=answer.url)
    made: list[str] = []
    for verb in document.verbs:
        if verb.name == "Redirect":
            made += _redirected(box, message, verb, replace(hook, url=absolute(answer.url, verb.text)), depth)
            break
        made += _reply(box, message, verb, answer.url)
    return made


def _redirected(box: Box, message: Message, verb: Verb, hook: Hook, depth: int) -> list[str]:
    made: list[str] = []
    if depth >= MAX_REDIRECTS:
        box.state.debug(11215, "Too many redirects", sid=message.sid)
        return made
    following = replace(hook, method=verb.get("method"))
    box.hooks.now(following, lambda answer: made.extend(execute(box, message, answer, following, depth + 1)))
    return made


def _reply(box: Box, message: Message, verb: Verb, base: str) -> list[str]:
    body = "".join(child.text for child in verb.children if child.name == "Body") or verb.text
    pictures = [Media("application/octet-stream", b"") for child in verb.children if child.name == "Media"]
    # Without statusCallback, an action URL is told the message's fate.
    target = verb.get("statusCallback") or verb.get("action")
    reply = outbound(
        "twiml", verb.get("from") or message.to, verb.get("to") or message.sender or "", body, None, pictures
    )
    reply.callback = absolute(base, target) if target else None
    reply.params = {name: [value] for name, value in verb.attributes.items()}
    code = _reply_fault(box, reply)
    if code:
        box.state.debug(code, ApiError(code).message, sid=message.sid, to=reply.to)
        return []
    queue(box, reply)()
    return [reply.sid]


def _reply_fault(box: Box, reply: Message) -> int | None:
    if not reply.body and not reply.media:
        return 21602
    if len(reply.body) > 1600:
        return 21617
    if not E164.match(reply.to):
        return 21211
    if reply.sender not in box.state.numbers:
        return 21606
    if box.state.opted_out(reply.sender or "", reply.to) and not box.state.numbers[reply.sender or ""].toll_free:
        return 21610
    return 14107 if _looping(box, reply) else None


def _looping(box: Box, reply: Message) -> bool:
    """Twilio's guard: more than 30 replies between the same two numbers within 30 seconds."""
    with box.state.lock:
        times = box.replies.setdefault((reply.sender or "", reply.to), deque(maxlen=LOOP_REPLIES))
        now = time.monotonic()
        looping = len(times) == LOOP_REPLIES and now - times[0] < LOOP_SECONDS
        times.append(now)
    return looping
