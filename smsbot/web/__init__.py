"""The web application: webhooks, API, portal and health, put together over one runtime."""

from smsbot.web.app import create_app

__all__ = ["create_app"]
