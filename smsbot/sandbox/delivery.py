"""Outbound messages: accepted, queued at the sender's rate, sent, delivered or not, each step told to the service."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from smsbot.sandbox.box import Box
from smsbot.sandbox.errors import ApiError
from smsbot.sandbox.faults import Fault
from smsbot.sandbox.segments import segments
from smsbot.sandbox.state import FINAL, Media, Message, machine_now, new_sid
from smsbot.sandbox.webhooks import Hook

QUEUE_LIFE = 36_000  # seconds, both the default validity period and the longest queue of a sender
EXPIRED, DAILY_CAP, OPTED_OUT, TOLL_FREE_BLOCK = 30036, 30023, 21610, 30004


def queue(box: Box, message: Message, validity: int = QUEUE_LIFE) -> Callable[[], None]:
    """Take `message` on and return what starts its delivery (called once the create request is answered).

    Raises ApiError 21611 when its sender's queue is over ten hours long."""
    state = box.state
    wait = _slot(box, message)
    message.care = box.care_now()
    message.expires = (message.send_at or box.care_now()) + timedelta(seconds=validity)
    state.add_message(message)
    fault = box.faults.take("delivery", message.via, message.to, message.sender)
    message.stalled = bool(fault and fault.kind == "stall")
    start = partial(_advance, box, message, fault)
    if fault and fault.kind == "early_receipts":
        _advance(box, message, fault)
        return lambda: None
    if message.stalled:
        box.timers.after(validity, partial(expire, box))
    delay = wait + box.settings.sent_after
    return partial(box.timers.after, delay, start)


def outbound(
    via: str, sender: str | None, to: str, body: str, service_sid: str | None = None, media: list[Media] | None = None
) -> Message:
    """A new outbound message, not yet taken on."""
    return Message(
        sid=new_sid("MM" if media else "SM"),
        seq=0,
        via=via,
        direction="outbound-api" if via == "rest" else "outbound-reply",
        sender=sender,
        to=to,
        body=body,
        status="accepted" if service_sid else "queued",
        segments=1 if media else segments(body),
        service_sid=service_sid,
        media=media or [],
    )


def _slot(box: Box, message: Message) -> float:
    """Seconds until the sender's rate lets this message go."""
    rate = box.settings.sender_rate
    sender = message.service_sid or message.sender or ""
    if not rate:
        return 0.0
    with box.state.lock:
        now = time.monotonic()
        slot = max(now, box.next_slot.get(sender, now))
        if slot - now > QUEUE_LIFE:
            raise ApiError(21611)
        box.next_slot[sender] = slot + message.segments / rate
    return slot - now


def _advance(box: Box, message: Message, fault: Fault | None) -> None:
    """Carry a message from accepted, scheduled or queued to its end."""
    state = box.state
    with state.lock:
        if message.status in FINAL or message.status == "sent" or message.deleted:
            return
        if message.send_at and message.send_at > box.care_now():
            return  # looked at again when the clock moves
        if message.service_sid and message.status in ("accepted", "scheduled"):
            _choose_sender(box, message)
            _step(box, message, "queued")
        if message.stalled:
            return
        refused = _refusal(box, message)
        if refused:
            _step(box, message, "failed", refused)
            return
        state.touch(message, "sending")
        message.sent = machine_now()
        state.touch(message, "sent")
    _finish(box, message, fault)


def _finish(box: Box, message: Message, fault: Fault | None) -> None:
    kind = fault.kind if fault else ""
    delay = box.settings.delivered_after
    final, error = ("delivered", None) if kind != "fail" else _failure(fault)
    tell_sent = partial(_callback, box, message, "sent", None)
    if kind == "early_receipts":
        box.hooks.now(_hook(box, message, "sent", None)) if message.callback else None
        box.state.touch(message, final, error)
        box.hooks.now(_hook(box, message, final, error)) if message.callback else None
    elif kind == "reverse_receipts":
        box.state.touch(message, final, error)
        _callback(box, message, final, error)
        box.timers.after(delay, tell_sent)
    else:
        tell_sent()
        if kind != "no_receipt":
            box.timers.after(delay, partial(_step, box, message, final, error))


def _failure(fault: Fault | None) -> tuple[str, int | None]:
    if fault is None:
        return "delivered", None
    return str(fault.option("status", "undelivered")), int(fault.option("code", 30003))


def _choose_sender(box: Box, message: Message) -> None:
    pool = [number for number in box.state.numbers.values() if number.service_sid == message.service_sid]
    message.sender = message.sender or (pool[0].phone if pool else None)


def _refusal(box: Box, message: Message) -> int | None:
    """The error this message ends with instead of being sent, if any."""
    sender = message.sender or ""
    number = box.state.numbers.get(sender)
    if message.expires and box.care_now() >= message.expires:
        return EXPIRED
    if number and number.toll_free and box.state.opted_out(sender, message.to):
        return TOLL_FREE_BLOCK
    if message.via != "carrier" and box.state.opted_out(message.service_sid or sender, message.to):
        return OPTED_OUT
    if box.settings.daily_cap:
        day = (sender, machine_now().date().isoformat())
        used = box.sent_today.get(day, 0) + message.segments
        if used > box.settings.daily_cap:
            return DAILY_CAP
        box.sent_today[day] = used
    return None


def _step(box: Box, message: Message, status: str, error: int | None = None) -> None:
    box.state.touch(message, status, error)
    _callback(box, message, status, error)


def _callback(box: Box, message: Message, status: str, error: int | None) -> None:
    if message.callback:
        box.hooks.in_turn(message.sid, _hook(box, message, status, error))


def _hook(box: Box, message: Message, status: str, error: int | None) -> Hook:
    params = [
        ("SmsSid", message.sid),
        ("SmsStatus", status),
        ("MessageStatus", status),
        ("To", message.to),
        ("MessageSid", message.sid),
        ("AccountSid", box.settings.account_sid),
        ("From", message.sender or ""),
        ("ApiVersion", "2010-04-01"),
    ]
    if message.service_sid:
        params.append(("MessagingServiceSid", message.service_sid))
    if error:
        params.append(("ErrorCode", str(error)))
    if status in ("delivered", "undelivered"):
        params.append(("RawDlrDoneDate", machine_now().strftime("%y%m%d%H%M")))
    return Hook("status", message.callback or "", params, phone=message.to)


def release(box: Box) -> int:
    """Let every stalled message go on; how many there were."""
    with box.state.lock:
        stalled = [message for message in box.state.messages.values() if message.stalled]
        for message in stalled:
            message.stalled = False
    for message in stalled:
        box.timers.after(0, partial(_advance, box, message, None))
    return len(stalled)


def expire(box: Box) -> None:
    """Look again at what waits: messages past their validity fail (30036), scheduled ones that are due go."""
    now = box.care_now()
    with box.state.lock:
        waiting = [m for m in box.state.messages.values() if m.status in ("accepted", "queued", "scheduled")]
    for message in waiting:
        if message.stalled and message.expires and message.expires <= now:
            message.stalled = False
            box.timers.after(0, partial(_advance, box, message, None))
        elif message.send_at and message.send_at <= now:
            box.timers.after(0, partial(_advance, box, message, None))


def cancel(box: Box, message: Message) -> None:
    """Cancel a scheduled message; raises ApiError 20001 when it is not scheduled."""
    if message.status != "scheduled":
        raise ApiError(20001, f"Only a scheduled message can be canceled; this one is {message.status}")
    _step(box, message, "canceled")
