"""Recordings of Record verbs: made, ready a little later (or much later, or never), told to the service, and served."""

from __future__ import annotations

from functools import partial

from smsbot.sandbox.audio import tone
from smsbot.sandbox.box import Box
from smsbot.sandbox.callstate import Call
from smsbot.sandbox.errors import ApiError
from smsbot.sandbox.faults import Fault
from smsbot.sandbox.resources import stamp
from smsbot.sandbox.served import Served
from smsbot.sandbox.state import Recording, machine_now, new_sid
from smsbot.sandbox.twiml import absolute
from smsbot.sandbox.voice import Recording as Asked
from smsbot.sandbox.webhooks import Hook

READY = 0.1  # machine seconds until the media can be fetched
# Faults of the making strike once a recording; faults of its media strike each time somebody fetches it.
MAKING = ("recording_late", "recording_absent")
MEDIA = ("recording_missing", "recording_html", "recording_truncated")
PAGE = b"<html><head><title>502 Bad Gateway</title></head><body>Try again later.</body></html>"


def make(box: Box, call: Call, asked: Asked, data: bytes, content_type: str, seconds: int) -> Recording:
    """Keep `data` (a tone of `seconds` when empty) as a recording; its media and callback come later."""
    fault = box.faults.take("recording", "recording", call.patient, kinds=MAKING)
    recording = Recording(new_sid("RE"), call.sid, b"", content_type, seconds)
    recording.status = "processing"
    box.state.recordings[recording.sid] = recording
    delay = float(fault.option("seconds", 5.0)) if fault and fault.kind == "recording_late" else READY
    box.timers.after(delay, partial(_ready, box, call, asked, recording, data or tone(seconds), fault))
    return recording


def _ready(box: Box, call: Call, asked: Asked, recording: Recording, data: bytes, fault: Fault | None) -> None:
    absent = fault is not None and fault.kind == "recording_absent"
    with box.state.lock:
        recording.status = "absent" if absent else "completed"
        recording.data = b"" if absent else data
        recording.updated = machine_now()
    events = asked.verb.get("recordingStatusCallbackEvent").split()
    target = asked.verb.get("recordingStatusCallback")
    if not target or recording.status not in events:
        return
    account = box.settings.account_sid
    params = [
        ("AccountSid", account),
        ("CallSid", call.sid),
        ("RecordingSid", recording.sid),
        ("RecordingUrl", f"https://api.twilio.com/2010-04-01/Accounts/{account}/Recordings/{recording.sid}"),
        ("RecordingStatus", recording.status),
        ("RecordingDuration", "0" if absent else str(recording.seconds)),
        ("RecordingChannels", "1"),
        ("RecordingSource", "RecordVerb"),
        ("RecordingStartTime", stamp(recording.created) or ""),
        ("RecordingTrack", "inbound"),
        *((("ErrorCode", "0"),) if not absent else ()),
    ]
    method = asked.verb.get("recordingStatusCallbackMethod")
    box.hooks.later(0, Hook("recording", absolute(asked.base, target), params, call.patient, method))


def media(box: Box, recording: Recording) -> Served:
    """The sound as it was recorded: 404 until it is ready, and when there is none; or what a fault makes of it."""
    fault = box.faults.take("recording", "media", kinds=MEDIA)
    kind = fault.kind if fault else None
    if recording.status != "completed" or recording.deleted or kind == "recording_missing":
        raise ApiError(20404)
    if kind == "recording_html":
        return Served(PAGE, content_type="text/html")
    whole = len(recording.data)
    return Served(recording.data[: whole // 2 if kind else whole], content_type=recording.content_type)
