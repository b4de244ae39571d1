"""The staff pages under /portal: signed in by two factors, one clinic, one role; every read of a patient is audited."""

from datetime import datetime
from typing import Any

from flask import Flask, Response, abort, redirect, render_template, url_for
from flask_bootstrap import Bootstrap5
from jinja2 import StrictUndefined
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import HTTPException

from smsbot.errors import Erased, NotFound, Refused
from smsbot.localtime import city
from smsbot.runtime import Runtime
from smsbot.web import faults
from smsbot.web.portal import (
    agreeing,
    alerting,
    comfort,
    enrolling,
    entrance,
    listening,
    oncall,
    people,
    room,
    said,
    settings,
    tasking,
    theirs,
    visits,
)
from smsbot.web.portal.door import bp, csrf, limiter, open_to_all

PARTS = (
    agreeing, alerting, comfort, enrolling, entrance, listening, oncall, people, room, settings, tasking, theirs, visits
)  # fmt: skip
WORDS = {
    400: ("This page is too old", "It may have been open too long. Go back, reload it, and try again."),
    403: ("Not for your role", "Your account may not see this page. Ask a lead if you need it."),
    404: ("Not found", "There is nothing at this address, or it is not your clinic's."),
    405: ("Not found", "There is nothing at this address, or it is not your clinic's."),
    409: ("Changed meanwhile", "Somebody else has changed this at the same time. Go back and look again."),
    410: ("Erased", "This patient has been erased; nothing of theirs can be read."),
    413: ("Too much", "That was more than fits. Go back and shorten it."),
    429: ("Too many tries", "Wait a quarter of an hour, then try again."),
    500: ("Something went wrong", "It has been noted. Nothing was changed. Try again in a moment."),
}


def register(app: Flask, runtime: Runtime) -> None:
    """Serve the portal from `app`, which holds the runtime in its extensions."""
    secure = runtime.settings.public_base_url.startswith("https://")
    app.static_url_path = "/static"  # Bootstrap's files are served under a name made from it
    app.config.update(
        BOOTSTRAP_SERVE_LOCAL=True,
        SESSION_COOKIE_NAME="__Host-smsbot-form" if secure else "smsbot-form",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_CHECK_DEFAULT=False,  # the portal's door asks for it; webhooks are signed instead
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,  # wants a Referer, which we ask browsers not to send
    )
    Bootstrap5(app)
    csrf.init_app(app)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.filters.update(
        called=said.called, plain=said.plain, clock=said.clock, moment=said.moment, day=said.day, since=said.since
    )
    app.jinja_env.filters.update(phone=said.phone, city=city, twelve=said.twelve, phrase=said.phrase)
    app.jinja_env.filters["instant"] = datetime.fromisoformat  # what happened to a touch is kept as JSON
    app.register_blueprint(bp)
    limiter.init_app(app)
    app.add_url_rule("/", "root", lambda: redirect(url_for("portal.patients_list"), 303))


@bp.route("/<path:anything>", methods=["GET", "POST"])
@open_to_all
def nowhere(anything: str) -> Any:
    """Whatever else is asked for below /portal."""
    abort(404)


def refusal(status: int) -> Response:
    """A page that says what happened and repeats nothing of the request."""
    title, words = WORDS.get(status, WORDS[500] if status >= 500 else WORDS[404])
    return Response(render_template("portal/refusal.html", title=title, words=words), status)


@bp.errorhandler(HTTPException)
def _http(error: HTTPException) -> Response:
    return refusal(error.code or 500)


@bp.errorhandler(NotFound)
def _not_found(_: NotFound) -> Response:
    return refusal(404)


@bp.errorhandler(Refused)
def _refused(_: Refused) -> Response:
    return refusal(404)


@bp.errorhandler(IntegrityError)
def _raced(_: IntegrityError) -> Response:
    return refusal(409)


@bp.errorhandler(Erased)
def _erased(_: Erased) -> Response:
    return refusal(410)


@bp.errorhandler(Exception)
def _broken(error: Exception) -> Response:
    faults.note(error)
    return refusal(500)
