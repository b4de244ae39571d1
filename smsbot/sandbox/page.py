"""The phone page: phones as cards, plain forms that need no JavaScript, and fragments for the script."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as Redirect

from smsbot.sandbox import careclock
from smsbot.sandbox.callstate import Call
from smsbot.sandbox.checks import E164
from smsbot.sandbox.control import box, is_local
from smsbot.sandbox.faults import GROUPS
from smsbot.sandbox.inbound import receive
from smsbot.sandbox.resources import error_words
from smsbot.sandbox.state import Message, Phone

bp = Blueprint("page", __name__)
MOST_PHONES = 24  # cards shown at once; any other phone by its number
MOST_BUBBLES = 100
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    "media-src http: https:; form-action 'self'"
)
STATUS_WORDS = {"received": "sent", "queued": "on its way", "accepted": "on its way", "sending": "on its way"}


@dataclass(frozen=True)
class Bubble:
    """One text as its phone shows it. `side`: mine (the patient wrote it) or theirs."""

    sid: str
    side: str
    words: str
    at: datetime
    status: str
    parts: int
    carrier: bool


@dataclass(frozen=True)
class Card:
    """One phone with its texts, oldest first."""

    phone: Phone
    bubbles: list[Bubble]
    opted_out: bool
    call: Call | None = None

    @property
    def id(self) -> str:
        """A name for the page's own links."""
        return self.phone.number.removeprefix("+")


def only_local() -> tuple[str, int] | None:
    """Refuse what does not come from this machine and its own pages."""
    return None if is_local() else ("This page is for the machine the sandbox runs on.", 403)


def careful(response: Response) -> Response:
    """Nothing from elsewhere, nothing inline, nothing kept."""
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


bp.before_request(only_local)
bp.after_request(careful)


@bp.get("/")
def home() -> str:
    """The whole page; ?phone= shows one phone alone."""
    return render_template(
        "phones.html",
        cards=cards(request.args.get("phone")),
        alone=request.args.get("phone"),
        numbers=list(box().state.numbers.values()),
        clock=_clock(),
        said=request.args.get("said"),
        failed=request.args.get("failed"),
        faults=box().faults.list(),
        known=GROUPS,
        problems=list(box().state.debugger)[-5:],
        changes=box().state.changes,
        more=max(0, len(box().state.phones) - MOST_PHONES),
    )


@bp.get("/page/cards")
def fragment() -> Response:
    """The cards alone, for the script; 204 when nothing changed since ?changes=."""
    changes = box().state.changes
    if request.args.get("changes") == str(changes):
        return Response(status=204)
    response = make_response(render_template("cards.html", cards=cards(request.args.get("phone")), numbers=_senders()))
    response.headers["X-Changes"] = str(changes)
    return response


@bp.get("/page/clock")
def clock_fragment() -> str:
    """The clock alone, for the script."""
    return render_template("clock.html", clock=_clock())


@bp.post("/page/text")
def text() -> Redirect:
    """Send what a phone's form says."""
    phone, to = request.form.get("from", ""), request.form.get("to", "")
    body = request.form.get("body", "").replace("\r\n", "\n")
    if not body:
        return back(failed="Write something first.", phone=phone)
    try:
        receive(box(), phone, to, body, wait=False)
    except ValueError as error:
        return back(failed=str(error), phone=phone)
    return back(phone=phone)


@bp.post("/page/phones")
def add_phone() -> Redirect:
    """Add a phone by its number."""
    number = "".join(c for c in request.form.get("number", "") if c.isdigit() or c == "+")
    number = "+1" + number if len(number) == 10 and number.isdigit() else number
    if not E164.match(number) or number in box().state.numbers:
        return back(failed="A phone number looks like +1 415 555 0123, and is not one of the clinic's.")
    phone = box().state.phone(number)
    phone.name = request.form.get("name", "").strip()[:40] or phone.name
    box().state.changes += 1
    return back(phone=number)


@bp.post("/page/clock")
def move() -> Redirect:
    """Move care time."""
    try:
        reading = careclock.advance(box(), request.form.get("advance", ""))
    except (ValueError, careclock.ClockFault) as error:
        return back(failed=str(error))
    return back(said=f"The clock moved; {reading['played']} due moments were played on the way.")


@bp.post("/page/faults")
def fault() -> Redirect:
    """Switch one fault on for the next few, or all off."""
    if request.form.get("kind") == "off":
        box().faults.clear()
        return back(said="All faults are off.")
    try:
        times = request.form.get("count", "1")
        box().faults.add({"kind": request.form.get("kind"), "count": int(times) if times.isdigit() else None})
    except ValueError as error:
        return back(failed=str(error))
    return back(said="The fault is on.")


@bp.post("/page/reset")
def reset() -> Redirect:
    """Forget everything but the numbers."""
    box().reset()
    return back(said="Everything the carrier remembered is gone; the service still has its own records.")


def cards(only: str | None = None) -> list[Card]:
    """The phones with the latest texts, or just one; each with its bubbles."""
    state = box().state
    with state.lock:
        by_phone: dict[str, list[Message]] = {number: [] for number in state.phones}
        for message in state.messages.values():
            number = message.sender if message.direction == "inbound" else message.to
            by_phone.setdefault(number or "", []).append(message)
        for number in by_phone:
            state.phone(number)
        shown = [only] if only in by_phone else sorted(by_phone, key=lambda n: _latest(by_phone[n]), reverse=True)
        shown = [number for number in shown if number][:MOST_PHONES]
        # Cards stay in one place while texts come in: only which ones are shown follows the latest.
        order = [number for number in state.phones if number in shown]
        out = {phone for _, phone in state.opt_outs}
        latest = {call.patient: call for call in box().calls.values() if not call.deleted}
        return [
            Card(
                state.phones[number],
                [_bubble(m) for m in by_phone[number][-MOST_BUBBLES:]],
                number in out,
                latest.get(number),
            )
            for number in order
        ]


def _latest(messages: list[Message]) -> int:
    return max(map(attrgetter("seq"), messages), default=0)


def _bubble(message: Message) -> Bubble:
    status = STATUS_WORDS.get(message.status, message.status)
    if message.error:
        status = f"{status}: {error_words(message.error)} ({message.error})"
    if message.stalled:
        status = "held by the carrier"
    words = "(deleted)" if message.deleted else message.body
    side = "mine" if message.direction == "inbound" else "theirs"
    return Bubble(message.sid, side, words, message.care, status, message.segments, message.via == "carrier")


def _clock() -> careclock.Reading | str:
    try:
        return careclock.read(box(), hurry=True)
    except careclock.ClockFault as error:
        return str(error)


def _senders() -> list[str]:
    return list(box().state.numbers)


def back(said: str = "", failed: str = "", phone: str = "") -> Redirect:
    """To the page again, with what to tell and at the phone it was about."""
    query = {"said": said, "failed": failed}
    if request.form.get("alone"):
        query["phone"] = request.form["alone"]
    kept = urlencode({name: value for name, value in query.items() if value})
    anchor = "#phone-" + phone.removeprefix("+") if phone and not failed else ""
    return redirect("/" + ("?" + kept if kept else "") + anchor, 303)
