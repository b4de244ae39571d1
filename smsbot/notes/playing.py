"""A note's sound for whoever may hear it, and addresses to hear it in a call, for minutes, by token."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from itsdangerous import BadData, URLSafeSerializer
from sqlmodel import Session

from smsbot.config import Settings
from smsbot.errors import NotFound
from smsbot.models import VoiceNote
from smsbot.notes import files, sounds
from smsbot.runtime import Runtime
from smsbot.store import messages
from smsbot.store import notes as rows
from smsbot.vault import ClinicKeys

VALID = timedelta(minutes=15)
SALT = "voice-note"


@dataclass(frozen=True)
class Heard:
    """Sound to give out: its bytes, the type they were seen to be, and a file's ending for it."""

    data: bytes = field(repr=False)
    content_type: str

    @property
    def ending(self) -> str:
        """What such a file is called."""
        return sounds.ENDINGS.get(self.content_type, "bin")


def sound(runtime: Runtime, db: Session, keys: ClinicKeys, note: VoiceNote, *, original: bool = False) -> Heard:
    """The sound of a note as a browser plays it, or as it came; NotFound where there is none (any more).

    Erased once the patient's key is gone. Who hears it is audited by the caller.
    """
    if note.state not in rows.HERE or note.content_type is None:
        raise NotFound("voice note")
    as_is = original or note.content_type in sounds.PLAYED_AS_IS or not note.playable
    part, kind = (files.SOUND, note.content_type) if as_is else (files.PLAYED, "audio/wav")
    sealer = messages.sealer_of(db, keys, note.patient_id)
    try:
        return Heard(files.read(runtime.settings, sealer, note.id, part), kind)
    except FileNotFoundError:
        raise NotFound("voice note") from None


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
