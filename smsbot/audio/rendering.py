"""Turns a script into a sound file with a voice on this machine: an external program, one call for each sentence group.

Words take as long as the voice takes; pauses are stretched or shortened within each part, so that the parts keep the
length a clinician planned.
"""

import io
import shutil
import subprocess
import tempfile
import wave
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from smsbot import workshop
from smsbot.audio.scripts import Part, Pause, Piece, Say, Script
from smsbot.errors import Refused
from smsbot.workshop import GIGABYTE, Limits, WorkFailed

TOLERANCE = 0.10
LEAST_PAUSE_S = 1.0
PHONE_RATE = 8000
# Programs we know how to ask; {out} is the file to write, the text comes on standard input. 130 words a minute.
KNOWN = {
    "espeak-ng": {
        "en": ("espeak-ng", "-v", "en-us", "-s", "130", "--stdin", "-w", "{out}"),
        "es": ("espeak-ng", "-v", "es-419", "-s", "130", "--stdin", "-w", "{out}"),
    }
}

# (text) -> a WAV of it.
Voice = Callable[[str], bytes]


@dataclass(frozen=True)
class Sound:
    """Samples of 16 bits, one channel."""

    frames: bytes
    rate: int

    @property
    def seconds(self) -> float:
        """How long it is."""
        return len(self.frames) / 2 / self.rate


def command_for(language: str, given: str = "") -> Sequence[str] | None:
    """The program that speaks a language: the one given, else one we know and find here, else None."""
    if given:
        return given.split()
    return next((lines[language] for name, lines in KNOWN.items() if shutil.which(name)), None)


def spoken_by(command: Sequence[str]) -> Voice:
    """A voice that is a program; Refused when it gives no sound."""

    def speak(text: str) -> bytes:
        with tempfile.TemporaryDirectory() as room:
            out = Path(room) / "out.wav"
            line = [part.replace("{out}", str(out)) for part in command]
            try:
                made = subprocess.run(line, input=text.encode(), capture_output=True, timeout=300)
            except (OSError, subprocess.TimeoutExpired) as fault:
                raise Refused(f"The voice '{command[0]}' could not be run: {type(fault).__name__}.") from None
            if made.returncode != 0 or not out.is_file():
                said = made.stderr.decode(errors="replace").strip().splitlines()[-1:] or [""]
                raise Refused(f"The voice '{command[0]}' gave no sound. {said[0]}")
            return out.read_bytes()

    return speak


def rendered(script: Script, voice: Voice) -> bytes:
    """The whole script as a WAV; Refused when it is more than 10 % off its planned length."""
    parts = [_part(part, voice) for part in script.parts]
    rates = {sound.rate for sound in parts}
    if len(rates) != 1:
        raise Refused("The voice changes its sample rate between sentences.")
    whole = Sound(b"".join(sound.frames for sound in parts), rates.pop())
    fault = length_fault(script, whole.seconds)
    if fault:
        raise Refused(fault)
    return wav(whole)


def length_fault(script: Script, seconds: float) -> str | None:
    """What is wrong with a length, in words; None within 10 % of the plan."""
    if abs(seconds - script.planned_s) <= script.planned_s * TOLERANCE:
        return None
    planned = f"{script.planned_s // 60}:{script.planned_s % 60:02}"
    return f"{script.language}/{script.name} takes {int(seconds) // 60}:{int(seconds) % 60:02}, planned is {planned}."


def _part(part: Part, voice: Voice) -> Sound:
    said = {piece: _sound(voice(piece.text)) for piece in part.pieces if isinstance(piece, Say)}
    if not said:
        raise Refused(f"The part '{part.name}' has no words.")
    rate = next(iter(said.values())).rate
    spoken = sum(said[piece].seconds for piece in part.pieces if isinstance(piece, Say))
    stretch = _stretch(part.pieces, part.planned_s - spoken)
    pieces = [
        said[piece].frames if isinstance(piece, Say) else _silence(max(LEAST_PAUSE_S, piece.seconds * stretch), rate)
        for piece in part.pieces
    ]
    return Sound(b"".join(pieces), rate)


def _stretch(pieces: Sequence[Piece], room: float) -> float:
    """By how much pauses are longer or shorter, so that they fill what the words leave."""
    paused = sum(piece.seconds for piece in pieces if isinstance(piece, Pause))
    return max(0.0, room) / paused if paused else 1.0


def _silence(seconds: float, rate: int) -> bytes:
    return bytes(2 * round(seconds * rate))


def _sound(data: bytes) -> Sound:
    """Read a WAV; Refused if it is not 16 bit, one channel."""
    try:
        with wave.open(io.BytesIO(data)) as file:
            if (file.getsampwidth(), file.getnchannels()) != (2, 1):
                raise Refused("The voice must give 16 bit, one channel.")
            return Sound(file.readframes(file.getnframes()), file.getframerate())
    except (wave.Error, EOFError):
        raise Refused("This is not a WAV file.") from None


def seconds_of(data: bytes) -> float:
    """How long a WAV is; Refused for anything else."""
    return _sound(data).seconds


def wav(sound: Sound) -> bytes:
    """A WAV around samples."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(sound.rate)
        file.writeframes(sound.frames)
    return out.getvalue()


def for_phones(data: bytes) -> bytes:
    """The same at the telephone's 8 kHz where the extra `audio` is installed, else as it is: the carrier takes both."""
    try:
        return workshop.run("smsbot.audio.convert", [str(PHONE_RATE)], data, Limits(60.0, GIGABYTE))
    except WorkFailed:
        return data
