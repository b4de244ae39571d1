"""The child process that turns a phone's recording (AMR, 3GPP, MP4, Ogg and so on) into WAV: 16 bit, one channel.

Run as a module: the recording on standard input, the WAV on standard output. Exits with status 3 without PyAV (the
extra `audio`).
"""

import importlib
import io
import sys
import wave
from itertools import chain
from typing import Any

from smsbot.workshop import MISSING, confine

RATE = 16_000
LONGEST_S = 3600


def converted(sound: bytes, av: Any, rate: int) -> bytes:
    """The WAV of whatever PyAV can decode, with so many samples a second; its own errors otherwise."""
    samples = bytearray()
    with av.open(io.BytesIO(sound)) as container:
        resampler = av.AudioResampler(format="s16", layout="mono", rate=rate)
        for frame in chain(container.decode(audio=0), (None,)):  # None: what the resampler still holds
            for piece in resampler.resample(frame):
                samples += bytes(piece.planes[0])[: piece.samples * 2]
            if len(samples) > LONGEST_S * rate * 2:
                raise ValueError("too long")
    if not samples:
        raise ValueError("no sound")
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(bytes(samples))
    return out.getvalue()


def main() -> int:
    """Convert standard input; exit status 0, 1 when it cannot be decoded, 3 without PyAV."""
    rate = int((confine(sys.argv[1:]) or [str(RATE)])[0])
    try:
        av = importlib.import_module("av")
    except ImportError:
        return MISSING
    sys.stdout.buffer.write(converted(sys.stdin.buffer.read(), av, rate))
    return 0


if __name__ == "__main__":
    sys.exit(main())
