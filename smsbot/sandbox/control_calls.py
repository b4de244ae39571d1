"""The control API for calls: call as a patient, pick up, press keys, speak, record, hang up."""

from __future__ import annotations

import base64
import binascii

from flask import Blueprint, Response, jsonify, request

from smsbot.sandbox import calls
from smsbot.sandbox.audio import seconds_of
from smsbot.sandbox.callstate import Call
from smsbot.sandbox.control import ANSWERS, asked, box, guard
from smsbot.sandbox.state import new_sid
from smsbot.sandbox.voice import Dialed, Pressed, Silent, Spoke

bp = Blueprint("control_calls", __name__, url_prefix="/sandbox/calls")
guard(bp)
KEYS = frozenset("0123456789*#ABCDabcdwW")


def find(sid: str) -> Call:
    """The call, or ValueError."""
    call = box().calls.get(sid)
    if call is None:
        raise ValueError(f"there is no call {sid}")
    return call


@bp.get("")
def listed() -> Response:
    """Every call, oldest first; ?phone= limits to one."""
    phone = request.args.get("phone")
    return jsonify(calls=[call.json() for call in list(box().calls.values()) if not phone or phone == call.patient])


@bp.post("")
def place() -> Response:
    """{from, to?}: a patient calls; answers when the call waits for the patient or is over."""
    wanted = asked()
    to = wanted.get("to") or next(iter(box().state.numbers))
    return jsonify(calls.place(box(), str(wanted.get("from", "")), str(to)).json())


@bp.get("/<sid>")
def one(sid: str) -> Response:
    """One call with its transcript."""
    return jsonify(find(sid).json())


@bp.post("/<sid>/answer")
def answer(sid: str) -> Response:
    """{by?: human | machine_start | ... | busy | no-answer | failed}"""
    by = str(asked().get("by", "human"))
    if by not in ANSWERS or by == "manual":
        raise ValueError(f"by must be one of {', '.join(ANSWERS[1:])}")
    call = find(sid)
    calls.answer(box(), call, by)
    return jsonify(call.json())


@bp.post("/<sid>/keys")
def keys(sid: str) -> Response:
    """{digits}"""
    digits, call = str(asked().get("digits", "")), find(sid)
    if not digits or not KEYS.issuperset(digits):
        raise ValueError(f"{digits!r} are not keys of a phone")
    calls.give(box(), call, Pressed(digits))
    return jsonify(call.json())


@bp.post("/<sid>/speak")
def speak(sid: str) -> Response:
    """{text, confidence?}: what the recognizer makes of the caller's words."""
    wanted, call = asked(), find(sid)
    calls.give(box(), call, Spoke(str(wanted.get("text", "")), wanted.get("confidence", 0.9)))
    return jsonify(call.json())


@bp.post("/<sid>/silence")
def silence(sid: str) -> Response:
    """The caller does nothing until the time is over."""
    call = find(sid)
    calls.give(box(), call, Silent())
    return jsonify(call.json())


@bp.post("/<sid>/record")
def record(sid: str) -> Response:
    """{seconds?, data? (base64), content_type?, digits?: a key, '' (silence) or hangup}"""
    wanted, call = asked(), find(sid)
    try:
        data = base64.b64decode(str(wanted.get("data", "")), validate=True)
    except binascii.Error as error:
        raise ValueError("data must be base64") from error
    seconds = int(wanted.get("seconds") or seconds_of(data) or 5)
    kind = str(wanted.get("content_type") or "audio/wav")
    calls.record(box(), call, data, kind, seconds, str(wanted.get("digits", "")))
    return jsonify(call.json())


@bp.post("/<sid>/dialed")
def dialed(sid: str) -> Response:
    """{status?: completed | busy | no-answer | failed, seconds?}: how a Dial went."""
    wanted, call = asked(), find(sid)
    status, seconds = str(wanted.get("status", "completed")), int(wanted.get("seconds", 0))
    calls.give(box(), call, Dialed(status, new_sid("CA"), seconds))
    return jsonify(call.json())


@bp.post("/<sid>/hangup")
def hangup(sid: str) -> Response:
    """The caller hangs up."""
    call = find(sid)
    calls.hang_up(box(), call)
    return jsonify(call.json())
