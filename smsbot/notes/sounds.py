"""What the bytes of a recording say about themselves: how long it is, and whether all of it is there."""

import struct
from dataclasses import dataclass

# What browsers play as it is; the carrier's own recordings are WAV.
PLAYED_AS_IS = frozenset({"audio/wav", "audio/mpeg"})
ENDINGS = {
    "audio/wav": "wav",
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
    "audio/mp4": "m4a",
    "audio/amr": "amr",
    "audio/3gpp": "3gp",
}
STREAMED = (0, 0xFFFFFFFF)  # sizes a writer leaves in the header when it cannot go back to mend it
SLACK_S, SLACK = 2.0, 0.05


@dataclass(frozen=True)
class Look:
    """`seconds` is None where the type does not tell; `fault` says what is wrong: "truncated" or "length"."""

    seconds: float | None
    fault: str | None = None


def look(sound: bytes, content_type: str, told_seconds: int | None) -> Look:
    """Compare a recording with its own header and with the length the carrier gave, in whole seconds."""
    if content_type != "audio/wav":
        return Look(None)
    found = _wav(sound)
    if found.seconds is None or told_seconds is None:
        return found
    off = abs(found.seconds - told_seconds)
    return Look(found.seconds, "length" if off > max(SLACK_S, told_seconds * SLACK) else None)


def _wav(sound: bytes) -> Look:
    """Walk the chunks of a RIFF file: bytes a second from `fmt `, and as many bytes as `data` promises."""
    at, rate = 12, 0
    while at + 8 <= len(sound):
        name, size = sound[at : at + 4], struct.unpack_from("<I", sound, at + 4)[0]
        if name == b"fmt " and at + 20 <= len(sound):
            rate = struct.unpack_from("<I", sound, at + 16)[0]
        if name == b"data":
            there = len(sound) - at - 8
            if rate <= 0 or (size not in STREAMED and there < size):
                return Look(None, "truncated")
            return Look((there if size in STREAMED else size) / rate)
        at += 8 + size + size % 2
    return Look(None, "truncated")
