"""REST handlers for messages and their media. Nothing is deduplicated: every create makes a message."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from operator import attrgetter

from smsbot.sandbox.checks import SHORT_CODE, as_bool, as_time
from smsbot.sandbox.delivery import QUEUE_LIFE, cancel, outbound, queue
from smsbot.sandbox.errors import ApiError
from smsbot.sandbox.magic import refuse_message
from smsbot.sandbox.resources import account_uri, media_json, message_json, page
from smsbot.sandbox.segments import segments, smart_encoded
from smsbot.sandbox.served import GONE, Asked, Served
from smsbot.sandbox.state import FINAL, Media, Message


def create(asked: Asked) -> Served:
    """Take a message on: 201 with its first status."""
    if asked.test:
        refuse_message(asked.values)
    else:
        _refuse(asked)
    message = _message(asked)
    if asked.test:  # test credentials: a plausible answer, and nothing happens
        return Served(message_json(asked.account, message), 201)
    start = queue(asked.box, message, int(asked.get("ValidityPeriod") or QUEUE_LIFE))
    return Served(message_json(asked.account, message), 201, after=start)


def _refuse(asked: Asked) -> None:
    state = asked.box.state
    sender, to, service = asked.get("From"), asked.get("To") or "", asked.get("MessagingServiceSid")
    if service and service not in state.services:
        raise ApiError(21701)
    if service and not sender and not any(number.service_sid == service for number in state.numbers.values()):
        raise ApiError(21703)
    if sender and sender not in state.numbers:
        raise ApiError(21606, f"The 'From' number {sender} is not a number of this account")
    if sender == to:
        raise ApiError(21266)
    if SHORT_CODE.match(to):
        raise ApiError(21211, f"The 'To' number {to} is not a valid phone number")
    number = state.numbers.get(sender or "")
    toll_free = bool(number and number.toll_free)
    if not service and not toll_free and state.opted_out(sender or "", to):
        raise ApiError(21610)


def _message(asked: Asked) -> Message:
    body = asked.get("Body") or ""
    if as_bool(asked.get("SmartEncoded")):
        body = smart_encoded(body)
    media = [Media("application/octet-stream", b"") for _ in asked.values.get("MediaUrl", [])]
    service = asked.get("MessagingServiceSid")
    message = outbound("rest", asked.get("From"), asked.get("To") or "", body, service, media)
    message.callback = asked.get("StatusCallback") or None
    known = asked.box.state.services.get(service or "")
    if known and not message.callback:
        message.callback = known.status_callback
    message.params = {name: list(values) for name, values in asked.values.items()}
    if asked.get("ScheduleType"):
        message.send_at = _send_at(asked)
        message.status = "scheduled"
    return message


def _send_at(asked: Asked) -> datetime:
    when, now = as_time(asked.get("SendAt") or ""), asked.box.care_now()
    if not now + timedelta(seconds=300) < when <= now + timedelta(days=35):
        raise ApiError(35115)
    return when


def find_message(asked: Asked, name: str = "Sid") -> Message:
    """The message a path names; raises ApiError 20404."""
    message = asked.box.state.messages.get(asked.sids[name])
    if message is None or message.deleted:
        raise ApiError(20404)
    return message


def fetch(asked: Asked) -> Served:
    """One message."""
    return Served(message_json(asked.account, find_message(asked)))


def listed(asked: Asked) -> Served:
    """Messages, newest first, by To, From and DateSent (a day, or before and after a time)."""
    with asked.box.state.lock:
        every = sorted(asked.box.state.messages.values(), key=attrgetter("seq"), reverse=True)
    keep = [message for message in every if not message.deleted and _wanted(asked, message)]
    path = account_uri(asked.account) + "/Messages.json"
    shown = page("messages", path, keep, asked.values, lambda m: message_json(asked.account, m), attrgetter("sid"))
    return Served(shown)


def _wanted(asked: Asked, message: Message) -> bool:
    to, sender = asked.get("To"), asked.get("From")
    if (to and message.to != to) or (sender and message.sender != sender):
        return False
    return dated(asked, "DateSent", message.sent)


def dated(asked: Asked, name: str, time: datetime | None) -> bool:
    """Whether `time` is within the filters `name`, `name<` and `name>` (whole days when given as dates)."""
    for suffix in ("", "<", ">"):
        wanted = asked.get(name + suffix)
        if not wanted:
            continue
        if time is None:
            return False
        limit = as_time(wanted)
        moment = time.replace(microsecond=0)
        if suffix == "" and moment.date() != limit.date():
            return False
        if suffix == "<" and moment > limit + (timedelta(days=1) if len(wanted) == len("2026-01-01") else timedelta()):
            return False
        if suffix == ">" and moment < limit:
            return False
    return True


def update(asked: Asked) -> Served:
    """Redact (Body=) or cancel a scheduled message."""
    message = find_message(asked)
    if asked.get("Status"):
        cancel(asked.box, message)
    if asked.get("Body") is not None:
        message.body = ""
        message.media.clear()
        message.segments = segments("")
        asked.box.state.touch(message)
    return Served(message_json(asked.account, message))


def delete(asked: Asked) -> Served:
    """Forget a message that has reached its end."""
    message = find_message(asked)
    if message.status not in FINAL and message.status != "sent":
        raise ApiError(20009)
    message.deleted = True
    message.body = ""
    message.media.clear()
    asked.box.state.touch(message)
    return GONE


def media_list(asked: Asked) -> Served:
    """The attachments of a message."""
    message = find_message(asked, "MessageSid")
    path = f"{account_uri(asked.account)}/Messages/{message.sid}/Media.json"
    keep = [item for item in message.media if dated(asked, "DateCreated", item.created)]
    shown = page(
        "media_list", path, keep, asked.values, lambda m: media_json(asked.account, message, m), attrgetter("sid")
    )
    return Served(shown)


def _media(asked: Asked) -> tuple[Message, Media]:
    message = find_message(asked, "MessageSid")
    found = next((item for item in message.media if item.sid == asked.sids["Sid"]), None)
    if found is None:
        raise ApiError(20404)
    return message, found


def media_fetch(asked: Asked) -> Served:
    """One attachment's description."""
    return Served(media_json(asked.account, *_media(asked)))


def media_bytes(asked: Asked) -> Served:
    """One attachment's bytes."""
    _, media = _media(asked)
    return Served(media.data, content_type=media.content_type)


def media_delete(asked: Asked) -> Served:
    """Forget one attachment."""
    message, media = _media(asked)
    message.media.remove(media)
    return GONE


HANDLERS: dict[str, Callable[[Asked], Served]] = {
    "messages.create": create,
    "messages.list": listed,
    "messages.fetch": fetch,
    "messages.update": update,
    "messages.delete": delete,
    "media.list": media_list,
    "media.fetch": media_fetch,
    "media.bytes": media_bytes,
    "media.delete": media_delete,
}
