"""The child process that turns speech into text with Whisper (extra `stt`): one recording in, one JSON line out.

Run as a module with the model's folder and the patient's language; the recording comes on standard input. Exits with
status 3 without the extra. Nothing is downloaded: the model is a folder.
"""

import importlib
import io
import json
import math
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from smsbot.transcription import CONFIDENT, models
from smsbot.workshop import MISSING, confine

# Without a look for speech Whisper invents words in silence ("You"). A strict look cuts off first words (20 % of words
# wrong instead of 4 %), so it is a lenient one, with a second of room around what it finds.
SPEECH = {"threshold": 0.2, "neg_threshold": 0.1, "speech_pad_ms": 1000, "min_silence_duration_ms": 3000}


@dataclass(frozen=True)
class Heard:
    """What one pass understood, and how long the recording is."""

    pieces: list[str]
    confidence: float | None
    language: str
    seconds: float


def hear(whisper: Any, sound: bytes, language: str) -> Heard:
    """One pass in one language. Confidence: the mean probability of a token, weighted by the length of its piece."""
    found, about = whisper.transcribe(
        io.BytesIO(sound),
        language=language,
        beam_size=1,
        vad_filter=True,
        vad_parameters=SPEECH,
        condition_on_previous_text=False,
    )
    segments = [(str(each.text).strip(), float(each.avg_logprob), float(each.end - each.start)) for each in found]
    spoken = [(text, sure, max(seconds, 0.1)) for text, sure, seconds in segments if text]
    sure = _confidence((sure, seconds) for _, sure, seconds in spoken)
    return Heard([text for text, _, _ in spoken], sure, language, round(float(about.duration), 1))


def _confidence(rated: Iterable[tuple[float, float]]) -> float | None:
    pieces = list(rated)
    total = sum(seconds for _, seconds in pieces)
    return round(math.exp(sum(sure * seconds for sure, seconds in pieces) / total), 3) if pieces else None


def best(whisper: Any, sound: bytes, language: str, known: tuple[str, ...]) -> dict[str, Any]:
    """Listen in the patient's language; where that is doubtful, in the other one too, and take the surer.

    The words of the less sure pass are given as well: danger in either counts.
    """
    first = hear(whisper, sound, language if language in known else known[0])
    other = next((each for each in known if each != first.language), None)
    if other is None or (first.confidence or 0) >= CONFIDENT:
        return asdict(first) | {"other": []}
    second = hear(whisper, sound, other)
    chosen, rest = sorted((first, second), key=lambda heard: heard.confidence or 0, reverse=True)
    return asdict(chosen) | {"other": rest.pieces}


def main() -> int:
    """Transcribe standard input."""
    folder, language = confine(sys.argv[1:])
    try:
        engine = importlib.import_module("faster_whisper")
    except ImportError:
        return MISSING
    whisper = engine.WhisperModel(
        folder, device="cpu", compute_type="int8", cpu_threads=1, num_workers=1, local_files_only=True
    )
    given = best(whisper, sys.stdin.buffer.read(), language, models.languages(Path(folder)))
    sys.stdout.write(json.dumps(given) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
