"""Speech to text on the clinic's own machine: whether it can be done here, and doing it in a child."""

import importlib.util
import json
import threading
from dataclasses import dataclass
from pathlib import Path

from smsbot import workshop
from smsbot.config import Settings
from smsbot.transcription import models
from smsbot.workshop import GIGABYTE, Limits, WorkFailed

# A slow machine is told from a stuck one by this; people are asked after five minutes however long it takes.
START_S, PER_SECOND = 60.0, 3.0
MOST_S = 1800.0
LONGEST_S = 600  # what a note of unknown length is taken for
# Clear telephone speech came out at 0.68 to 0.84, garbled at 0.33 to 0.63: below this a person listens as well.
CONFIDENT = 0.65


@dataclass(frozen=True)
class Transcript:
    """What was understood: pieces of speech in order, how sure the model is (0-1, None without words), which model.

    `other` are the pieces of the less sure pass in the other language; `seconds` is the length of the recording.
    """

    pieces: tuple[str, ...]
    confidence: float | None
    language: str
    engine: str
    other: tuple[str, ...] = ()
    seconds: float | None = None

    @property
    def words(self) -> str:
        """All of it as one text."""
        return " ".join(self.pieces)

    @property
    def sure(self) -> bool:
        """Whether nobody has to listen because of the machine's doubts."""
        return self.confidence is not None and self.confidence >= CONFIDENT


class NotUnderstood(Exception):
    """The transcriber failed; `why` is a word of ours."""

    def __init__(self, why: str) -> None:
        super().__init__(f"transcription failed ({why})")
        self.why = why


def installed() -> bool:
    """Whether the extra `stt` is there."""
    return importlib.util.find_spec("faster_whisper") is not None


def ready(settings: Settings) -> bool:
    """Whether this machine can transcribe: the extra is installed and a model is in place."""
    return installed() and models.locate(settings) is not None


def time_for(seconds: int | None) -> float:
    """How long a note of this length may take."""
    return min(MOST_S, START_S + PER_SECOND * (seconds or LONGEST_S))


def transcribe(
    settings: Settings, sound: bytes, language: str, seconds: int | None, stop: threading.Event | None = None
) -> Transcript:
    """Understand a recording, in a child process with limits; NotUnderstood when it gave nothing."""
    folder: Path | None = models.locate(settings)
    if folder is None:
        raise NotUnderstood("missing")
    limits = Limits(seconds=time_for(seconds), memory=3 * GIGABYTE)
    try:
        given = workshop.run("smsbot.transcription.child", [str(folder.absolute()), language], sound, limits, stop)
        found = json.loads(given)
    except WorkFailed as fault:
        raise NotUnderstood(fault.why) from None
    except ValueError:
        raise NotUnderstood("failed") from None
    pieces = tuple(str(piece) for piece in found["pieces"])
    other = tuple(str(piece) for piece in found["other"])
    return Transcript(pieces, found["confidence"], found["language"], models.engine(folder), other, found["seconds"])
