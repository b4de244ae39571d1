"""Recordings at the carrier of a play: each holds, beside its silence, the words that the story says were spoken.

So what a transcriber hears in the end has gone the whole way: served, fetched, sealed on the disk and opened again.
"""

from __future__ import annotations

import hashlib
import struct
import threading
from dataclasses import dataclass, field
from typing import BinaryIO

from smsbot.carrier.answers import Recorded
from smsbot.carrier.errors import NotAccepted
from smsbot.carrier.media import Fetched, Limits
from smsbot.transcription import Transcript

RATE = 8000
SAID = b"said"
SURE = 0.9


def tape(words: str, seconds: int) -> bytes:
    """A WAV of a telephone's quality: so many seconds of silence, and the words in a part that players pass over."""
    said = words.encode()
    silence = bytes(2 * RATE * seconds)
    parts = (
        (b"fmt ", struct.pack("<HHIIHH", 1, 1, RATE, 2 * RATE, 2, 16)),
        (SAID, said + bytes(len(said) % 2)),
        (b"data", silence),
    )
    body = b"WAVE" + b"".join(name + struct.pack("<I", len(part)) + part for name, part in parts)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def listen(sound: bytes, language: str, seconds: int | None, stop: threading.Event) -> Transcript:
    """What a machine hears on a tape: its words; of one without words nothing, as of a mumble."""
    at = sound.index(SAID)
    size = struct.unpack_from("<I", sound, at + 4)[0]
    words = sound[at + 8 : at + 8 + size].rstrip(b"\0").decode()
    return Transcript((words,) if words else (), SURE if words else None, language, "story")


@dataclass(frozen=True)
class Tape:
    """One recording as the carrier has it."""

    call_sid: str
    seconds: int
    sound: bytes


@dataclass
class Shelf:
    """The carrier's recordings by id, until they are deleted there."""

    tapes: dict[str, Tape] = field(default_factory=dict, kw_only=True)

    def recording(self, sid: str) -> Recorded | None:
        """A recording that is ready, or None."""
        found = self.tapes.get(sid)
        return Recorded(sid, found.call_sid, "completed", found.seconds, None) if found else None

    def recordings_of(self, call_sid: str) -> list[Recorded]:
        """Those of a call, in their order."""
        return [Recorded(sid, call_sid, "completed", one.seconds, None) for sid, one in self._of(call_sid)]

    def _of(self, call_sid: str) -> list[tuple[str, Tape]]:
        return [(sid, one) for sid, one in self.tapes.items() if one.call_sid == call_sid]

    def fetch_recording(self, sid: str, into: BinaryIO, limits: Limits) -> Fetched:
        """Serve a recording; NotAccepted for one that is not there."""
        if sid not in self.tapes:
            raise NotAccepted(retryable=True)
        sound = self.tapes[sid].sound
        into.write(sound)
        return Fetched("audio/wav", len(sound), hashlib.sha256(sound).hexdigest())

    def delete_recording(self, sid: str) -> bool:
        """Delete a recording; whether it was there."""
        return self.tapes.pop(sid, None) is not None
