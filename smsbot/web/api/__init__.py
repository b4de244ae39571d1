"""The API under /api/v1: an application of its own, so that the portal's cookies, forms and pages never meet it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask import Flask, Response, jsonify
from flask_openapi3.models.info import Info
from flask_openapi3.openapi import OpenAPI

from smsbot.runtime import Runtime
from smsbot.web.api import consenting, door, patients, problems, sessions, worklist
from smsbot.web.api.limits import Allowance

MOST_BYTES = 64 * 1024
VERSION = "1"
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}
SECURE = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}
IDEMPOTENCY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": door.LONGEST_TOKEN, "pattern": r"^[ -~]+$"},
    "description": "Any word of yours: the same request with the same word is done once.",
}
ABOUT = """Enroll patients, book their sessions and read what happened. Every key is bound to one clinic and has
scopes (read, write, alerts, erase). Times carry their offset. A POST with an Idempotency-Key is done once and answered
the same for 24 hours. Every refusal is problem JSON (RFC 9457)."""


def build(runtime: Runtime, allowance: Allowance | None = None) -> OpenAPI:
    """The API as an application; `allowance` limits how often a key may call."""
    app = OpenAPI(
        "smsbot.web.api",
        info=Info(title="smsbot", version=VERSION, description=ABOUT),
        security_schemes={"key": {"type": "http", "scheme": "bearer"}},
        validation_error_callback=problems.invalid,
        validation_error_model=problems.Problem,
        doc_ui=False,
        static_folder=None,
    )
    app.request_class = door.ApiRequest
    app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    app.extensions[door.EXTENSION] = runtime
    app.extensions[door.ALLOWANCE] = allowance or Allowance()
    app.url_map.strict_slashes = False
    problems.handle(app)
    app.before_request(door.admit)
    app.after_request(_guard(HEADERS | (SECURE if runtime.settings.public_base_url.startswith("https://") else {})))
    for part in (patients.bp, consenting.bp, sessions.bp, worklist.bp):
        app.register_api(part)
    document = _with_idempotency(app.api_doc)
    app.add_url_rule("/api/v1/openapi.json", "openapi_json", lambda: jsonify(document))
    return app


def _with_idempotency(document: dict[str, Any]) -> dict[str, Any]:
    """Say of every POST that it takes an Idempotency-Key, which the door sees to."""
    for methods in document["paths"].values():
        if "post" in methods:
            methods["post"].setdefault("parameters", []).append(IDEMPOTENCY)
    return document


def _guard(headers: Mapping[str, str]) -> Callable[[Response], Response]:
    def guard(response: Response) -> Response:
        response.headers.update(headers)
        return response

    return guard


def register(app: Flask, runtime: Runtime) -> None:
    """Answer everything under /api from the API, and the rest from `app` as before."""
    api, rest = build(runtime), app.wsgi_app

    def dispatch(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        return (api if path == "/api" or path.startswith("/api/") else rest)(environ, start_response)

    app.wsgi_app = dispatch  # type: ignore[method-assign]
