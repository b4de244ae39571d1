"""Sound for recordings that nobody spoke: a quiet tone as WAV, silence as MP3, and what a file says it is."""

from __future__ import annotations

import io
import math
import struct
import wave

RATE = 8000  # samples a second, as the telephone network has it
# One MPEG-1 layer III frame, 128 kbit/s, 44.1 kHz, mono, all zero: 1152 samples of silence.
MP3_FRAME = bytes([0xFF, 0xFB, 0x90, 0xC4]) + bytes(413)
MP3_SECONDS = 1152 / 44_100


def tone(seconds: int) -> bytes:
    """A WAV file (8 kHz, 16 bit, mono) of a tone that long."""
    sample = [int(2000 * math.sin(2 * math.pi * 440 * n / RATE)) for n in range(RATE)]
    second = struct.pack(f"<{RATE}h", *sample)
    return wav(second * seconds)


def wav(samples: bytes) -> bytes:
    """A WAV file around 16-bit samples."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples)
    return out.getvalue()


def mp3_silence(seconds: int) -> bytes:
    """An MP3 file of silence that long."""
    return MP3_FRAME * max(1, round(seconds / MP3_SECONDS))


def seconds_of(data: bytes) -> int | None:
    """The length of a WAV file in whole seconds, at least one; None when it is not a WAV file."""
    try:
        with wave.open(io.BytesIO(data)) as file:
            return max(1, int(file.getnframes() / file.getframerate() + 0.5))
    except (wave.Error, EOFError):
        return None
