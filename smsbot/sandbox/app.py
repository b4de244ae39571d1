"""The sandbox's Flask application: REST, control API and page over one box."""

from __future__ import annotations

from flask import Flask

from smsbot.sandbox import control, control_calls, page, page_calls, rest
from smsbot.sandbox.box import Box
from smsbot.sandbox.settings import Settings

MOST = 20 * 1024 * 1024  # bytes of one request: an uploaded voice note fits


def create_app(settings: Settings) -> Flask:
    """A new sandbox; its box is `app.extensions["box"]`."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = MOST
    app.config["MAX_FORM_MEMORY_SIZE"] = MOST
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.extensions["box"] = Box(settings)
    app.register_blueprint(rest.bp)
    app.register_blueprint(control.bp)
    app.register_blueprint(control_calls.bp)
    app.register_blueprint(page.bp)
    app.register_blueprint(page_calls.bp)
    return app
