"""Calls on the phone page: one form each for calling, picking up, keys, words, a recorded note, hanging up."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, request
from werkzeug.wrappers import Response as Redirect

from smsbot.sandbox import calls
from smsbot.sandbox.audio import seconds_of
from smsbot.sandbox.callstate import Call
from smsbot.sandbox.control import ANSWERS, box
from smsbot.sandbox.page import back, careful, only_local
from smsbot.sandbox.state import new_sid
from smsbot.sandbox.voice import Dialed, Pressed, Silent, Spoke

bp = Blueprint("page_calls", __name__)
bp.before_request(only_local)
bp.after_request(careful)


@bp.post("/page/call")
def call() -> Redirect:
    """Do `what` the form says to the call `sid`, or place a new one."""
    phone = request.form.get("phone", "")
    try:
        _act(phone, request.form.get("what", ""))
    except ValueError as error:
        return back(failed=str(error), phone=phone)
    return back(phone=phone)


def _act(phone: str, what: str) -> None:
    if what == "call":
        calls.place(box(), phone, request.form.get("to", ""))
        return
    found = box().calls.get(request.form.get("sid", ""))
    if found is None:
        raise ValueError("there is no call like that")
    if what not in _DOINGS:
        raise ValueError(f"a call cannot {what!r}")
    _DOINGS[what](found)


def _answer(found: Call) -> None:
    by = request.form.get("by", "human")
    if by not in ANSWERS or by == "manual":
        raise ValueError(f"nobody answers as {by!r}")
    calls.answer(box(), found, by)


def _dialed(found: Call) -> None:
    calls.give(box(), found, Dialed(request.form.get("status", "completed"), new_sid("CA"), 60))


def _record(found: Call) -> None:
    file = request.files.get("file")
    data = file.read() if file else b""
    given = request.form.get("seconds", "")
    seconds = seconds_of(data) or (int(given) if given.isdigit() else 5)
    kind = (file.mimetype if file and data else "") or "audio/wav"
    calls.record(box(), found, data, kind, seconds, request.form.get("key", "#"))


_DOINGS: dict[str, Callable[[Call], None]] = {
    "answer": _answer,
    "keys": lambda found: calls.give(box(), found, Pressed(request.form.get("digits", "") or "#")),
    "speak": lambda found: calls.give(box(), found, Spoke(request.form.get("words", ""))),
    "silence": lambda found: calls.give(box(), found, Silent()),
    "record": _record,
    "dialed": lambda found: calls.give(
        box(), found, Dialed(request.form.get("status", "completed"), new_sid("CA"), 60)
    ),
    "hangup": lambda found: calls.hang_up(box(), found),
}
