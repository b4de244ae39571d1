"""The sandbox's door to care time: signed like a webhook, present only where no real phone can be reached."""

from datetime import UTC, datetime, timedelta

from flask import Blueprint, Response, abort, jsonify, request
from sqlmodel import Session

from smsbot.carrier import signature
from smsbot.runtime import Runtime
from smsbot.store import due, machine, paging
from smsbot.web import signed

ALL_DUE = (due.TOUCHES, due.CONVERSATIONS, due.ALERTS, due.MESSAGES, due.CALLS)


def blueprint(runtime: Runtime) -> Blueprint:
    """GET answers the care time; POST `advance` (seconds, or "next") moves it forward."""
    door = Blueprint("clock", __name__)

    @door.route("/sandbox/clock", methods=["GET", "POST"])
    def clock() -> Response:
        if request.method == "POST":
            wanted = dict(signed.read(request, runtime.settings).form).get("advance", "0")
            with runtime.database.write() as db:
                _move(runtime, db, wanted)
        else:
            given = request.headers.get("X-Twilio-Signature")
            where = signed.address(request, runtime.settings)
            if not signature.valid(where, (), given, runtime.settings.tokens):
                abort(403)
        with runtime.database.read() as db:
            return jsonify(_reading(runtime, db))

    return door


def _move(runtime: Runtime, db: Session, wanted: str) -> None:
    if wanted == "next":
        upcoming = _next(runtime, db)
        by = upcoming - runtime.care(db) if upcoming else timedelta(0)
    else:
        try:
            by = timedelta(seconds=int(wanted))
        except (ValueError, OverflowError):
            abort(400)
    machine.move(db, max(by, timedelta(0)))


def _next(runtime: Runtime, db: Session) -> datetime | None:
    now = runtime.care(db)
    kinds = (kind for kind in ALL_DUE if kind is not due.ALERTS)
    times = [at for kind in kinds if (at := due.next_due(db, kind, after=now)) is not None]
    pages = paging.next_instant(db, now)
    times += [pages] if pages is not None else []
    return min(times) if times else None


def _reading(runtime: Runtime, db: Session) -> dict[str, object]:
    now, actual = runtime.care(db), runtime.machine()
    upcoming = _next(runtime, db)
    idle = not any(due.is_due(db, kind, now, actual) for kind in ALL_DUE) and not paging.at_work(db, now)
    return {
        "now": now.astimezone(UTC).isoformat(),
        "offset": machine.offset(db).total_seconds(),
        "next": upcoming.isoformat() if upcoming else None,
        "idle": idle,
    }
