"""Addresses under which a note can be heard without signing in: in a call, for minutes, by whoever holds the token."""

import uuid
from datetime import datetime, timedelta

from itsdangerous import BadData, URLSafeSerializer

from smsbot.config import Settings
from smsbot.runtime import Runtime

VALID = timedelta(minutes=15)
SALT = "voice-note"


def audio_path(runtime: Runtime, note_id: uuid.UUID, at: datetime) -> str:
    """The address of a note for <Play>, relative to our base; it works from `at` (machine time) for 15 minutes."""
    until = int((at + VALID).timestamp())
    return f"/webhooks/audio/{_signer(runtime.settings).dumps([note_id.hex, until])}"


def note_of(settings: Settings, token: str, at: datetime) -> uuid.UUID | None:
    """The note a token names, unless it is forged or its time is over (machine time)."""
    try:
        name, until = _signer(settings).loads(token)
        return uuid.UUID(name) if at.timestamp() < until else None
    except (BadData, ValueError, TypeError):
        return None


def _signer(settings: Settings) -> URLSafeSerializer:
    return URLSafeSerializer(settings.secret_key.get_secret_value(), salt=SALT)
