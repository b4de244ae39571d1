"""What the carrier tells us: texts, receipts, calls and recordings, read leniently from webhook forms."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Form = Sequence[tuple[str, str]]

# Receipts come in any order, and twice; only a higher rank is news.
STATUS_RANK = {
    "accepted": 0,
    "scheduled": 0,
    "queued": 1,
    "sending": 2,
    "sent": 3,
    "canceled": 4,
    "failed": 4,
    "undelivered": 4,
    "delivered": 4,
    "read": 5,
}

_MESSAGE = re.compile(r"(?:SM|MM)[0-9a-fA-F]{32}")
_CALL = re.compile(r"CA[0-9a-fA-F]{32}")
_RECORDING = re.compile(r"RE[0-9a-fA-F]{32}")
_MOST_MEDIA = 10


class Unreadable(Exception):
    """The webhook lacks the one field it is known by; `field` names it, no value is kept."""

    def __init__(self, field: str) -> None:
        super().__init__(f"the webhook has no usable {field}")
        self.field = field


@dataclass(frozen=True)
class Media:
    """One attachment, by id: fetched only under our own account, never from the address given."""

    sid: str
    content_type: str


@dataclass(frozen=True)
class InboundText:
    """One text from a phone; `body` exactly as received, `opt_out_type` set when Twilio has already answered it."""

    sid: str
    account_sid: str
    from_: str
    to: str
    body: str
    media: tuple[Media, ...] = ()
    opt_out_type: Literal["STOP", "START", "HELP"] | None = None
    segments: int = 1
    service_sid: str | None = None


@dataclass(frozen=True)
class StatusEvent:
    """One receipt for an outgoing message; `raw_done_date` is the network's own YYMMDDhhmm, zone unknown."""

    sid: str
    account_sid: str
    status: str
    error_code: int | None = None
    raw_done_date: str | None = None


@dataclass(frozen=True)
class VoiceRequest:
    """One question of a running call: what to do next. `from_` may be anything; it proves nothing about the caller.

    `recording_seconds` is there after a Record (`digits` is then the key that ended it, or "hangup"), `dialed` after a
    Dial: completed, busy, no-answer and so on.
    """

    sid: str
    account_sid: str
    from_: str
    to: str
    status: str
    direction: str
    digits: str | None = None
    speech: str | None = None
    confidence: float | None = None
    answered_by: str | None = None
    recording_sid: str | None = None
    recording_seconds: int | None = None
    dialed: str | None = None


@dataclass(frozen=True)
class RecordingEvent:
    """A recording is ready, absent or failed; seconds is None when the carrier does not know."""

    sid: str
    account_sid: str
    call_sid: str
    status: str
    seconds: int | None = None
    error_code: int | None = None


@dataclass(frozen=True)
class CallEvent:
    """A call's state changed; `sequence` orders the events of one call where the carrier numbers them."""

    sid: str
    account_sid: str
    status: str
    sequence: int | None = None
    seconds: int | None = None
    answered_by: str | None = None


def text(form: Form) -> InboundText:
    """Read an inbound SMS or MMS; raises Unreadable without a message id. Unknown fields are ignored."""
    fields = _first(form)
    sid = _sid(fields, "MessageSid", _MESSAGE)
    account = fields.get("AccountSid", "")
    count = min(_whole(fields.get("NumMedia")) or 0, _MOST_MEDIA)
    media = tuple(found for index in range(count) if (found := _media(fields, index, account, sid)))
    return InboundText(
        sid=sid,
        account_sid=account,
        from_=fields.get("From", ""),
        to=fields.get("To", ""),
        body=fields.get("Body", ""),
        media=media,
        opt_out_type=_opt_out(fields.get("OptOutType")),
        segments=_whole(fields.get("NumSegments")) or 1,
        service_sid=fields.get("MessagingServiceSid") or None,
    )


def status(form: Form) -> StatusEvent:
    """Read a receipt; raises Unreadable without a message id or a status we know."""
    fields = _first(form)
    word = (fields.get("MessageStatus") or fields.get("SmsStatus") or "").lower()
    if word not in STATUS_RANK:
        raise Unreadable("MessageStatus")
    return StatusEvent(
        sid=_sid(fields, "MessageSid", _MESSAGE),
        account_sid=fields.get("AccountSid", ""),
        status=word,
        error_code=_whole(fields.get("ErrorCode")),
        raw_done_date=fields.get("RawDlrDoneDate") or None,
    )


def next_status(current: str | None, event: str) -> str | None:
    """Return the status after `event` arrives at `current`: never back, but a late delivery mends "undelivered"."""
    if current is None or (current, event) == ("undelivered", "delivered"):
        return event
    return event if STATUS_RANK.get(event, -1) > STATUS_RANK.get(current, -1) else current


def voice(form: Form) -> VoiceRequest:
    """Read a call's request for instructions; raises Unreadable without a call id."""
    fields = _first(form)
    recording = fields.get("RecordingSid", "")
    return VoiceRequest(
        sid=_sid(fields, "CallSid", _CALL),
        account_sid=fields.get("AccountSid", ""),
        from_=fields.get("From", ""),
        to=fields.get("To", ""),
        status=fields.get("CallStatus", "").lower(),
        direction=fields.get("Direction", "inbound").lower(),
        digits=fields.get("Digits"),
        speech=fields.get("SpeechResult"),
        confidence=_fraction(fields.get("Confidence")),
        answered_by=fields.get("AnsweredBy"),
        recording_sid=recording if _RECORDING.fullmatch(recording) else None,
        recording_seconds=_whole(fields.get("RecordingDuration")),
        dialed=fields.get("DialCallStatus"),
    )


def recording(form: Form) -> RecordingEvent:
    """Read a recording's callback; raises Unreadable without its id. The address in it is ignored: we build our own."""
    fields = _first(form)
    return RecordingEvent(
        sid=_sid(fields, "RecordingSid", _RECORDING),
        account_sid=fields.get("AccountSid", ""),
        call_sid=fields.get("CallSid", ""),
        status=fields.get("RecordingStatus", "completed").lower(),
        seconds=_whole(fields.get("RecordingDuration")),
        error_code=_whole(fields.get("ErrorCode")),
    )


def call(form: Form) -> CallEvent:
    """Read a call's status callback; raises Unreadable without its id."""
    fields = _first(form)
    return CallEvent(
        sid=_sid(fields, "CallSid", _CALL),
        account_sid=fields.get("AccountSid", ""),
        status=fields.get("CallStatus", "").lower(),
        sequence=_whole(fields.get("SequenceNumber")),
        seconds=_whole(fields.get("CallDuration")),
        answered_by=fields.get("AnsweredBy"),
    )


def _first(form: Form) -> dict[str, str]:
    return dict(reversed(form))


def _sid(fields: dict[str, str], name: str, pattern: re.Pattern[str]) -> str:
    value = fields.get(name, "")
    if not pattern.fullmatch(value):
        raise Unreadable(name)
    return value


def _opt_out(word: str | None) -> Literal["STOP", "START", "HELP"] | None:
    match (word or "").upper():
        case "STOP":
            return "STOP"
        case "START":
            return "START"
        case "HELP":
            return "HELP"
        case _:
            return None


def _media(fields: dict[str, str], index: int, account: str, sid: str) -> Media | None:
    """Return the attachment if its address lies under this message of this account; the host is not trusted or used."""
    path = rf"https?://[^/?#\\]+/2010-04-01/Accounts/{re.escape(account)}/Messages/{re.escape(sid)}/Media/(ME[0-9a-fA-F]{{32}})"
    found = re.fullmatch(path, fields.get(f"MediaUrl{index}", ""))
    return Media(found[1], fields.get(f"MediaContentType{index}", "")) if found else None


def _whole(value: str | None) -> int | None:
    # Not isdigit(): "²" is a digit to Python and no number to int().
    return int(value) if value and re.fullmatch(r"[0-9]{1,9}", value) else None


def _fraction(value: str | None) -> float | None:
    return float(value) if value and re.fullmatch(r"[0-9]{1,2}(?:\.[0-9]{1,18})?", value) else None
