"""Is this process up, is the service ready, and how is it doing: three addresses without a word about patients."""

from datetime import timedelta

from flask import Blueprint, Response, jsonify
from sqlalchemy.exc import SQLAlchemyError

from smsbot.runtime import Runtime
from smsbot.store import machine, newest


def blueprint(runtime: Runtime) -> Blueprint:
    """The health routes over this runtime."""
    health = Blueprint("health", __name__)

    @health.get("/healthz")
    def healthz() -> Response:
        """This process answers."""
        return jsonify(status="ok")

    @health.get("/readyz")
    def readyz() -> tuple[Response, int]:
        """The service can do its work: database, newest tables, workers and clock alive, Redis answering."""
        checks = _checks(runtime)
        ready = all(value == "ok" for name, value in checks.items() if name != "care_time_offset_seconds")
        return jsonify(status="ready" if ready else "not ready", checks=checks), 200 if ready else 503

    return health


def _checks(runtime: Runtime) -> dict[str, object]:
    found: dict[str, object] = {}
    try:
        found["tables"] = "ok" if newest.is_current(runtime.database) else "run `smsbot migrate`"
        with runtime.database.read() as db:
            now = runtime.machine()
            for kind in ("worker", "clock"):
                alive = machine.alive(db, (kind,), now, timedelta(seconds=60))
                found[kind] = "ok" if alive else f"no {kind} in the last minute"
            alarms = [beat.alarm for beat in machine.heartbeats(db) if beat.alarm]
            found["alarms"] = "ok" if not alarms else "; ".join(alarms)
            if runtime.settings.movable_clock:
                found["care_time_offset_seconds"] = machine.offset(db).total_seconds()
        found["database"] = "ok"
    except SQLAlchemyError as error:
        found["database"] = f"unreachable ({type(error).__name__})"
    found["redis"] = "ok" if runtime.bell.works() else "unreachable; texts leave by the sweep"
    return found
