"""What phones send by MMS becomes a WAV that a browser plays, with all of its sound; needs PyAV (extra audio)."""

import io
import wave

import pytest

from smsbot.audio.convert import converted
from tests.notes_support import wav

av = pytest.importorskip("av", reason="PyAV (extra audio) is not installed")

KINDS = [("ogg", "libopus", 48_000), ("mp4", "aac", 44_100), ("3gp", "aac", 16_000), ("mp3", "libmp3lame", 44_100)]


def recorded(kind: str, codec: str, rate: int, seconds: int) -> bytes:
    """A tone as a phone of that kind writes it."""
    out = io.BytesIO()
    with av.open(io.BytesIO(wav(seconds))) as tone, av.open(out, "w", format=kind) as file:
        stream = file.add_stream(codec, rate=rate, layout="mono")
        for frame in tone.decode(audio=0):
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return out.getvalue()


@pytest.mark.parametrize(("kind", "codec", "rate"), KINDS, ids=[kind for kind, _, _ in KINDS])
def test_a_recording_of_a_phone_becomes_a_wav_of_its_length(kind: str, codec: str, rate: int) -> None:
    with wave.open(io.BytesIO(converted(recorded(kind, codec, rate, 3), av, 16_000))) as made:
        assert (made.getframerate(), made.getnchannels(), made.getsampwidth()) == (16_000, 1, 2)
        assert made.getnframes() / 16_000 == pytest.approx(3, abs=0.1)


def test_nothing_of_a_telephone_recording_is_lost_at_its_end() -> None:
    with wave.open(io.BytesIO(converted(wav(2), av, 16_000))) as made:
        assert made.getnframes() == 32_000


def test_what_holds_no_sound_is_refused() -> None:
    with pytest.raises(av.error.FFmpegError):
        converted(b"<html>", av, 16_000)
