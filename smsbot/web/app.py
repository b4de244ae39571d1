"""Puts the web application together: routes, limits, headers, and error pages that tell nothing."""

from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from smsbot.runtime import Runtime
from smsbot.web import api, clockdoor, faults, health, keepsake, paging, portal, recordings, voice, webhooks

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
LARGEST_BODY = 2 * 1024 * 1024


def create_app(runtime: Runtime) -> Flask:
    """The WSGI application of one process."""
    app = Flask("smsbot.web", static_folder=None)
    app.config.update(
        SECRET_KEY=runtime.settings.secret_key.get_secret_value(),
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        PROPAGATE_EXCEPTIONS=False,
        TRAP_HTTP_EXCEPTIONS=False,
    )
    app.url_map.strict_slashes = False  # a redirect would lose the carrier's form
    app.extensions["smsbot"] = runtime
    app.register_blueprint(webhooks.blueprint(runtime))
    app.register_blueprint(recordings.blueprint(runtime))
    app.register_blueprint(voice.blueprint(runtime))
    app.register_blueprint(paging.blueprint(runtime))
    app.register_blueprint(keepsake.blueprint(runtime))
    app.register_blueprint(health.blueprint(runtime))
    if runtime.settings.movable_clock:
        app.register_blueprint(clockdoor.blueprint(runtime))
    api.register(app, runtime)
    portal.register(app, runtime)
    app.register_error_handler(HTTPException, _plain)
    app.register_error_handler(Exception, _broken)
    app.after_request(_guard(runtime.settings.public_base_url.startswith("https://")))
    return app


def _plain(error: HTTPException) -> Response:
    """A short page without a word of the request."""
    return Response(f"{error.code} {error.name}\n", status=error.code, mimetype="text/plain", headers=_allow(error))


def _allow(error: HTTPException) -> dict[str, str]:
    methods = getattr(error, "valid_methods", None)
    return {"Allow": ", ".join(methods)} if methods else {}


def _broken(error: Exception) -> Response:
    """An unforeseen fault: its kind and place are logged, its words (which may hold a patient's) are not."""
    faults.note(error)
    return Response("500 Something went wrong.\n", status=500, mimetype="text/plain")


def _guard(secure: bool):  # type: ignore[no-untyped-def]  # Flask's own signature
    headers = dict(HEADERS)
    if secure:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"

    def guard(response: Response) -> Response:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        return response

    return guard
