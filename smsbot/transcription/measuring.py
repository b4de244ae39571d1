"""What is measured of transcription: which recordings, what was said in them, words wrong, speed and memory."""

import resource
from dataclasses import dataclass
from pathlib import Path

from smsbot.transcription import Transcript
from smsbot.transcription.scoring import Score

SAID = ".txt"  # beside a recording: what was said in it


def recordings(given: Path) -> list[Path]:
    """A file, or what a folder holds besides notes of what was said."""
    if not given.is_dir():
        return [given]
    return sorted(path for path in given.iterdir() if path.is_file() and path.suffix != SAID)


def told(path: Path | None) -> dict[str, str]:
    """Lines `file name: what was said` of a file, by name."""
    if path is None:
        return {}
    pairs = (line.partition(":") for line in path.read_text(encoding="utf-8").splitlines() if ":" in line)
    return {name.strip(): said.strip() for name, _, said in pairs}


def said_in(path: Path, known: dict[str, str]) -> str | None:
    """What was really said in a recording, if anybody wrote it down."""
    beside = path.with_suffix(SAID)
    return known.get(path.name) or (beside.read_text(encoding="utf-8") if beside.is_file() else None)


@dataclass
class Measured:
    """What several recordings came to: how many, how long they are, how long it took, and the words wrong in them."""

    files: int = 0
    failed: int = 0
    doubtful: int = 0
    sound_s: float = 0.0
    took_s: float = 0.0
    errors: int = 0
    words: int = 0

    def add(self, found: Transcript, made: Score | None, took_s: float) -> None:
        """One more, with its score where it is known what was said."""
        self.files += 1
        self.doubtful += not found.sure
        self.sound_s += found.seconds or 0.0
        self.took_s += took_s
        if made is not None:
            self.errors, self.words = self.errors + made.errors, self.words + made.words

    def figures(self) -> dict[str, float | None]:
        """As one JSON object: rates are shares of 1, `of_real_time` is how long a second of sound took."""
        child = resource.getrusage(resource.RUSAGE_CHILDREN)
        return {
            "files": self.files,
            "failed": self.failed,
            "doubtful": self.doubtful,
            "sound_s": round(self.sound_s, 1),
            "took_s": round(self.took_s, 1),
            "core_s": round(child.ru_utime + child.ru_stime, 1),
            "of_real_time": round(self.took_s / self.sound_s, 2) if self.sound_s else None,
            "megabytes": child.ru_maxrss // 1024,
            "errors": self.errors,
            "of_words": self.words,
            "error_rate": round(self.errors / self.words, 3) if self.words else None,
        }

    def line(self) -> str:
        """As one line for people."""
        told = self.figures()
        wrong = f"{100 * self.errors / self.words:.1f} % of {self.words} words wrong, " if self.words else ""
        return (
            f"{self.files} files, {wrong}{self.doubtful} doubtful; {told['sound_s']} s of sound in {told['took_s']} s "
            f"({told['of_real_time']} of real time, {told['core_s']} s of one core), {told['megabytes']} MB at most"
        )
