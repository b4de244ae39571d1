"""REST handlers for calls and recordings."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from smsbot.sandbox import calls, recordings
from smsbot.sandbox.audio import mp3_silence
from smsbot.sandbox.callstate import OVER, Call
from smsbot.sandbox.errors import ApiError
from smsbot.sandbox.magic import refuse_call
from smsbot.sandbox.resources import API, account_uri, call_recording_json, page, recording_json, stamp
from smsbot.sandbox.serve_messages import dated
from smsbot.sandbox.served import GONE, Asked, Served
from smsbot.sandbox.state import Recording, new_sid


def call_json(asked: Asked, call: Call) -> dict[str, Any]:
    """api.v2010.account.call"""
    uri = f"{account_uri(asked.account)}/Calls/{call.sid}"
    number = asked.box.state.numbers.get(call.number)
    return {
        "sid": call.sid,
        "account_sid": asked.account,
        "answered_by": call.answered_by,
        "api_version": API,
        "caller_name": None,
        "date_created": stamp(call.created),
        "date_updated": stamp(call.updated),
        "direction": call.direction,
        "duration": str(call.seconds) if call.ended else None,
        "end_time": stamp(call.ended),
        "forwarded_from": None,
        "from": call.sender,
        "from_formatted": call.sender,
        "group_sid": None,
        "parent_call_sid": None,
        "phone_number_sid": number.sid if number else None,
        "price": None,
        "price_unit": "USD",
        "queue_time": "0",
        "start_time": stamp(call.started),
        "status": call.status,
        "subresource_uris": {"recordings": uri + "/Recordings.json"},
        "to": call.to,
        "to_formatted": call.to,
        "trunk_sid": None,
        "uri": uri + ".json",
    }


def create(asked: Asked) -> Served:
    """Call a phone: 201 with status queued."""
    sender, to = asked.get("From") or "", asked.get("To") or ""
    if asked.test:
        refuse_call(asked.values)
    elif sender not in asked.box.state.numbers:
        raise ApiError(21210, f"The 'From' number {sender} is not a number of this account")
    values = {name: list(given) for name, given in asked.values.items()}
    call = Call(new_sid("CA"), "outbound-api", sender, to, "queued", values)
    after = None if asked.test else lambda: calls.dial(asked.box, call)
    if not asked.test:
        asked.box.calls[call.sid] = call
    return Served(call_json(asked, call), 201, after=after)


def find_call(asked: Asked, name: str = "Sid") -> Call:
    """The call a path names; raises ApiError 20404."""
    call = asked.box.calls.get(asked.sids[name])
    if call is None or call.deleted:
        raise ApiError(20404)
    return call


def fetch(asked: Asked) -> Served:
    """One call."""
    return Served(call_json(asked, find_call(asked)))


def listed(asked: Asked) -> Served:
    """Calls, newest first, by To, From, Status and times."""
    every = reversed(list(asked.box.calls.values()))
    keep = [call for call in every if not call.deleted and _wanted(asked, call)]
    path = account_uri(asked.account) + "/Calls.json"
    return Served(page("calls", path, keep, asked.values, lambda call: call_json(asked, call), attrgetter("sid")))


def _wanted(asked: Asked, call: Call) -> bool:
    plain = (("To", call.to), ("From", call.sender), ("Status", call.status), ("ParentCallSid", None))
    if any(asked.get(name) and asked.get(name) != value for name, value in plain):
        return False
    return dated(asked, "StartTime", call.started) and dated(asked, "EndTime", call.ended)


def update(asked: Asked) -> Served:
    """End a call (completed; canceled before it is answered) or send it to another document."""
    call = find_call(asked)
    status = asked.get("Status")
    if call.status in OVER or (status == "canceled" and call.started):
        raise ApiError(21220)
    if status:
        ended = "canceled" if status == "canceled" or not call.started else "completed"
        calls.end(asked.box, call, ended)
        return Served(call_json(asked, call))
    url, twiml = asked.get("Url"), asked.get("Twiml")
    if not url and not twiml:
        raise ApiError(21205, "Give Status, Url or Twiml")
    if not call.started:
        raise ApiError(21220)
    # The new document is fetched once the answer is on its way, as the service may have one thread only.
    return Served(
        call_json(asked, call),
        after=lambda: asked.box.timers.after(
            0, lambda: calls.redirect(asked.box, call, url, asked.get("Method") or "POST", twiml)
        ),
    )


def delete(asked: Asked) -> Served:
    """Forget a call that is over."""
    call = find_call(asked)
    if call.status not in OVER:
        raise ApiError(20009)
    call.deleted = True
    return GONE


def find_recording(asked: Asked) -> Recording:
    """The recording a path names; raises ApiError 20404."""
    recording = asked.box.state.recordings.get(asked.sids["Sid"])
    if recording is None or (recording.deleted and asked.get("IncludeSoftDeleted") != "true"):
        raise ApiError(20404)
    return recording


def recording_list(asked: Asked) -> Served:
    """Recordings, newest first, of the account or of one call."""
    call = asked.sids.get("CallSid") or asked.get("CallSid")
    every = reversed(list(asked.box.state.recordings.values()))
    deleted = asked.get("IncludeSoftDeleted") == "true"
    keep = [
        recording
        for recording in every
        if (deleted or not recording.deleted)
        and (not call or recording.call_sid == call)
        and dated(asked, "DateCreated", recording.created)
    ]
    path, shape = account_uri(asked.account) + "/Recordings.json", recording_json
    if asked.sids.get("CallSid"):
        path, shape = f"{account_uri(asked.account)}/Calls/{call}/Recordings.json", call_recording_json
    show = page("recordings", path, keep, asked.values, lambda r: shape(asked.account, r), attrgetter("sid"))
    return Served(show)


def recording_fetch(asked: Asked) -> Served:
    """One recording's description."""
    return Served(recording_json(asked.account, find_recording(asked)))


def recording_delete(asked: Asked) -> Served:
    """Destroy a recording's media; its description stays for IncludeSoftDeleted."""
    recording = find_recording(asked)
    recording.deleted, recording.data = True, b""
    return GONE


def recording_bytes(asked: Asked) -> Served:
    """The sound: 404 until it is ready, and when there is none."""
    return recordings.media(asked.box, find_recording(asked))


def recording_mp3(asked: Asked) -> Served:
    """The sound as MP3: as uploaded, else silence of the same length (nothing here encodes MP3)."""
    recording = find_recording(asked)
    if recording.status != "completed" or recording.deleted:
        raise ApiError(20404)
    own = recording.content_type == "audio/mpeg"
    return Served(recording.data if own else mp3_silence(recording.seconds), content_type="audio/mpeg")


HANDLERS: dict[str, Callable[[Asked], Served]] = {
    "calls.create": create,
    "calls.list": listed,
    "calls.fetch": fetch,
    "calls.update": update,
    "calls.delete": delete,
    "calls.recordings": recording_list,
    "recordings.list": recording_list,
    "recordings.fetch": recording_fetch,
    "recordings.delete": recording_delete,
    "recordings.bytes": recording_bytes,
    "recordings.wav": recording_bytes,
    "recordings.mp3": recording_mp3,
}
