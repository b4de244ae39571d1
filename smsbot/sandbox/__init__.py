"""A Twilio-compatible carrier in a box: REST, signed webhooks, faults on request, phones on a page, a movable clock."""

from smsbot.sandbox.app import create_app
from smsbot.sandbox.server import run
from smsbot.sandbox.settings import Settings, from_environment

__all__ = ["Settings", "create_app", "from_environment", "run"]
