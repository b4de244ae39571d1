"""Reads a carrier webhook: raw address, form as sent, signature first; a forged one learns nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import parse_qsl, urlsplit

from flask import Request, abort
from werkzeug.exceptions import RequestEntityTooLarge

from smsbot.carrier import signature
from smsbot.carrier.inbound import Form, Unreadable
from smsbot.config import Settings

LARGEST = 64 * 1024
MOST_FIELDS = 200

Event = TypeVar("Event")


@dataclass(frozen=True)
class Hook:
    """A webhook that the carrier has signed: its fields in the order they came."""

    form: list[tuple[str, str]]

    def has(self, name: str) -> bool:
        return any(field == name for field, _ in self.form)


def read(request: Request, settings: Settings) -> Hook:
    """The signed form of a webhook; aborts with 403 for a wrong signature or account, 413 when it is too large."""
    if (request.content_length or 0) > LARGEST:
        raise RequestEntityTooLarge
    body = request.get_data(cache=False)
    if len(body) > LARGEST:
        raise RequestEntityTooLarge
    form = _form(body, request.mimetype)
    given = request.headers.get("X-Twilio-Signature")
    shared_key = request.headers.get("X-Twilio-Webhooks-Signature-Settings")
    if not signature.valid(address(request, settings), form, given, settings.tokens, shared_key, body):
        abort(403)
    account = next((value for name, value in form if name == "AccountSid"), settings.account_sid)
    if account != settings.account_sid:
        abort(403)
    return Hook(form)


def told(request: Request, settings: Settings, understand: Callable[[Form], Event]) -> Event | None:
    """What a signed callback tells; None where it cannot be read, for to bring it again would not help."""
    form = read(request, settings).form
    try:
        return understand(form)
    except Unreadable:
        return None


def address(request: Request, settings: Settings) -> str:
    """The address as the carrier signed it: our configured base and the request target exactly as it came."""
    target = request.environ.get("RAW_URI") or request.environ.get("REQUEST_URI") or request.full_path
    if target.startswith(("http://", "https://")):  # absolute form: keep path and query only
        parts = urlsplit(target)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
    return settings.public_base_url + target


def _form(body: bytes, mimetype: str) -> list[tuple[str, str]]:
    if mimetype != "application/x-www-form-urlencoded":
        return []
    try:
        return _pairs(body, "surrogatepass")
    except UnicodeDecodeError:
        return _pairs(body, "replace")
    except ValueError:
        raise RequestEntityTooLarge from None


def _pairs(body: bytes, errors: str) -> list[tuple[str, str]]:
    text = body.decode("utf-8", errors)
    return parse_qsl(text, keep_blank_values=True, encoding="utf-8", errors=errors, max_num_fields=MOST_FIELDS)
