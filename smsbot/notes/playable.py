"""Makes what a phone recorded playable in a browser, where the extra `audio` is installed; the original stays."""

import importlib.util
from dataclasses import dataclass, replace

from smsbot import workshop
from smsbot.carrier.media import Fetched
from smsbot.notes import sounds
from smsbot.workshop import GIGABYTE, Limits, WorkFailed

LIMITS = Limits(seconds=30.0, memory=GIGABYTE)


@dataclass(frozen=True)
class Sound:
    """A whole recording: its bytes as served, what they are, how long, and the bytes a browser plays where others."""

    data: bytes
    fetched: Fetched
    seconds: int | None
    played: bytes | None = None


def can_convert() -> bool:
    """Whether PyAV is installed."""
    return importlib.util.find_spec("av") is not None


def with_played(sound: Sound) -> Sound:
    """The sound with a WAV beside it, if it needs one and it can be made; its length is known then as well."""
    if sound.fetched.content_type in sounds.PLAYED_AS_IS or not can_convert():
        return sound
    try:
        made = workshop.run("smsbot.audio.convert", [], sound.data, LIMITS)
    except WorkFailed:
        return sound
    look = sounds.look(made, "audio/wav", None)
    seconds = round(look.seconds) if look.seconds is not None else sound.seconds
    return replace(sound, played=made, seconds=max(1, seconds) if seconds is not None else None)
