"""The control API for tests and the page: JSON under /sandbox, for this machine only."""

from __future__ import annotations

import base64
import binascii
from dataclasses import asdict
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, jsonify, request
from werkzeug.exceptions import HTTPException

from smsbot.sandbox import careclock
from smsbot.sandbox.box import Box
from smsbot.sandbox.checks import E164
from smsbot.sandbox.delivery import release
from smsbot.sandbox.faults import GROUPS
from smsbot.sandbox.inbound import receive
from smsbot.sandbox.state import Media, Message, Number

bp = Blueprint("control", __name__, url_prefix="/sandbox")
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
# Attributes of a number that the control API may set.
NUMBER_NAMES = frozenset(Number.__dataclass_fields__) - {"phone", "sid", "created", "updated"}
ANSWERS = (
    "manual",
    "human",
    "machine_start",
    "machine_end_beep",
    "machine_end_silence",
    "machine_end_other",
    "fax",
    "unknown",
    "busy",
    "no-answer",
    "failed",
)


def box() -> Box:
    """The sandbox this application serves."""
    found = current_app.extensions["box"]
    assert isinstance(found, Box)
    return found


def is_local() -> bool:
    """True for a request from this machine, to this machine's name, from one of its own pages or none."""
    host = urlsplit("//" + request.host).hostname
    origin = request.headers.get("Origin")
    same = origin is None or urlsplit(origin).netloc == request.host
    return request.remote_addr in LOOPBACK and host in LOOPBACK and same


def guard(blueprint: Blueprint) -> None:
    """Keep `blueprint` to this machine, and answer its faults as JSON with a sentence."""
    blueprint.before_request(_only_local)
    blueprint.register_error_handler(ValueError, _bad)
    blueprint.register_error_handler(careclock.ClockFault, _clock)
    blueprint.register_error_handler(HTTPException, _http)


def _only_local() -> tuple[Response, int] | None:
    return None if is_local() else (jsonify(error="this is for the machine the sandbox runs on"), 403)


def _bad(error: Exception) -> tuple[Response, int]:
    return jsonify(error=str(error)), 400


def _clock(error: Exception) -> tuple[Response, int]:
    return jsonify(error=str(error)), 502


def _http(error: Exception) -> tuple[Response, int]:
    assert isinstance(error, HTTPException)
    return jsonify(error=error.description or error.name), error.code or 500


guard(bp)


def asked() -> dict[str, Any]:
    """The JSON object of the request; raises ValueError for anything else."""
    found = request.get_json(silent=True) if request.data else {}
    if not isinstance(found, dict):
        raise ValueError("send a JSON object")
    return found


@bp.post("/text")
def text() -> Response:
    """{from, to, body, media?: [{content_type, data (base64)}], sid?, wait?}: a patient's text."""
    wanted = asked()
    media = [_media(item) for item in wanted.get("media") or []]
    to = wanted.get("to") or next(iter(box().state.numbers))
    wait = bool(wanted.get("wait", True))
    sender, body = str(wanted.get("from", "")), str(wanted.get("body", ""))
    return jsonify(receive(box(), sender, str(to), body, media, wanted.get("sid"), wait))


def _media(item: dict[str, Any]) -> Media:
    try:
        return Media(str(item["content_type"]), base64.b64decode(str(item["data"]), validate=True))
    except (KeyError, TypeError, binascii.Error) as error:
        raise ValueError("media needs content_type and data (base64)") from error


def message_json(message: Message) -> dict[str, Any]:
    """Everything the carrier knows of a message."""
    return {
        "sid": message.sid,
        "seq": message.seq,
        "changed": message.changed,
        "via": message.via,
        "direction": message.direction,
        "from": message.sender,
        "to": message.to,
        "body": message.body,
        "status": message.status,
        "segments": message.segments,
        "error": message.error,
        "at": message.created.isoformat(),
        "callback": message.callback,
        "service": message.service_sid,
        "media": len(message.media),
        "history": message.history,
        "params": message.params,
        "deleted": message.deleted,
        "stalled": message.stalled,
    }


@bp.get("/messages")
def messages() -> Response:
    """Everything the carrier saw, oldest first; ?phone= to= from= direction= via= after=<seq> changed=<n> limit=."""
    want = request.args
    with box().state.lock:
        found = list(box().state.messages.values())
        changes = box().state.changes
    keep = [m for m in found if _matches(m, want)]
    limit = int(want.get("limit", "0")) or len(keep)
    return jsonify(messages=[message_json(m) for m in keep[-limit:]], changes=changes)


def _matches(message: Message, want: Any) -> bool:
    phone = want.get("phone")
    return (
        (not phone or phone in (message.sender, message.to))
        and (not want.get("to") or message.to == want["to"])
        and (not want.get("from") or message.sender == want["from"])
        and (not want.get("via") or message.via == want["via"])
        and (not want.get("direction") or message.direction.startswith(want["direction"]))
        and message.seq > int(want.get("after", "0"))
        and message.changed > int(want.get("changed", "0"))
    )


@bp.get("/webhooks")
def webhooks() -> Response:
    """Every request to the service, oldest first, with what it answered; ?event=."""
    event = request.args.get("event")
    found = [entry for entry in list(box().state.webhooks) if not event or entry["event"] == event]
    return jsonify(webhooks=found)


@bp.get("/requests")
def requests() -> Response:
    """Every authenticated REST request, oldest first, also those that a fault swallowed; ?operation=."""
    name = request.args.get("operation")
    found = [entry for entry in list(box().state.requests) if not name or entry["operation"] == name]
    return jsonify(requests=found)


@bp.get("/debugger")
def debugger() -> Response:
    """What Twilio's console would list as errors and warnings."""
    return jsonify(debugger=list(box().state.debugger))


@bp.route("/faults", methods=["GET", "POST", "DELETE"])
def faults() -> tuple[Response, int] | Response:
    """GET: switches and what there is; POST: one fault or {"faults": [...]}; DELETE: all off."""
    if request.method == "POST":
        wanted = asked()
        many = wanted.get("faults", [wanted])
        for fault in many:
            box().faults.add(fault)
        return jsonify(faults=box().faults.list()), 201
    if request.method == "DELETE":
        box().faults.clear()
    return jsonify(faults=box().faults.list(), known=GROUPS)


@bp.post("/release")
def let_go() -> Response:
    """Stalled messages go on; held webhooks are sent."""
    box().hooks.release()
    return jsonify(released=release(box()))


@bp.post("/reset")
def reset() -> Response:
    """Back to the start; {"numbers": true} also forgets added numbers and every webhook."""
    wanted = asked()
    box().reset()
    if wanted.get("seed") is not None:
        box().faults.clear(int(wanted["seed"]))
    if wanted.get("numbers"):
        box().furnish()
    return jsonify(ok=True)


@bp.route("/settings", methods=["GET", "POST"])
def settings() -> Response:
    """What may change at run time: opt_out, sent_after, delivered_after, sender_rate, daily_cap, service_url."""
    if request.method == "POST":
        box().change(asked())
    shown = {
        name: value for name, value in asdict(box().settings).items() if "token" not in name and "secret" not in name
    }
    return jsonify({**shown, "journal": str(shown["journal"]) if shown["journal"] else None})


@bp.route("/numbers", methods=["GET", "POST"])
def numbers() -> Response:
    """GET: the account's numbers; POST {phone, sms_url?, voice_url?, ...}: add one or change its webhooks."""
    if request.method == "POST":
        wanted = asked()
        phone = str(wanted.pop("phone", ""))
        if not E164.match(phone):
            raise ValueError(f"{phone!r} is not an E.164 phone number")
        unknown = set(wanted) - NUMBER_NAMES
        if unknown:
            raise ValueError(f"a number has no {', '.join(sorted(unknown))}; it has {', '.join(sorted(NUMBER_NAMES))}")
        with box().state.lock:
            number = box().state.numbers.setdefault(phone, Number(phone, friendly_name=phone))
            for name, value in wanted.items():
                setattr(number, name, value)
    found = [{**asdict(number), "created": None, "updated": None} for number in list(box().state.numbers.values())]
    return jsonify(numbers=found)


@bp.route("/phones", methods=["GET", "POST"])
def phones() -> Response:
    """GET: the handsets; POST {number, name?, answers?}: add one or say what it does when called."""
    if request.method == "POST":
        wanted = asked()
        number = str(wanted.get("number", ""))
        if not E164.match(number):
            raise ValueError(f"{number!r} is not an E.164 phone number")
        if wanted.get("answers", "manual") not in ANSWERS:
            raise ValueError(f"answers must be one of {', '.join(ANSWERS)}")
        phone = box().state.phone(number)
        phone.name = str(wanted.get("name", phone.name))
        phone.answers = str(wanted.get("answers", phone.answers))
    return jsonify(phones=[asdict(phone) for phone in list(box().state.phones.values())])


@bp.route("/opt-outs", methods=["GET", "POST", "DELETE"])
def opt_outs() -> Response:
    """The carrier's own block list; POST or DELETE {number, phone}."""
    if request.method in ("POST", "DELETE"):
        wanted = asked()
        entry = (box().state.scope(str(wanted["number"])), str(wanted["phone"]))
        with box().state.lock:
            if request.method == "POST":
                box().state.opt_outs.add(entry)
            else:
                box().state.opt_outs.discard(entry)
    return jsonify(opt_outs=[{"number": number, "phone": phone} for number, phone in sorted(box().state.opt_outs)])


@bp.get("/idle")
def idle() -> Response:
    """Wait up to ?timeout= (5) seconds until nothing runs and nothing is due within ?horizon= (10) seconds."""
    timeout, horizon = float(request.args.get("timeout", "5")), float(request.args.get("horizon", "10"))
    return jsonify(idle=box().timers.wait_idle(min(timeout, 60.0), horizon))


@bp.route("/clock", methods=["GET", "POST"])
def clock() -> Response:
    """GET: care time as the service has it; POST {"advance": "1 day" | seconds | "next"}."""
    if request.method == "POST":
        wanted = asked()
        if "advance" not in wanted:
            raise ValueError('say how far: {"advance": "1 day"}')
        return jsonify(careclock.advance(box(), wanted["advance"]))
    return jsonify(careclock.read(box()).json())
