"""smsbot transcribe as a clinic runs it, with an engine that hears what is written in the file."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from smsbot.transcription import Transcript, models
from smsbot.transcription.measuring import Measured, recordings
from smsbot.transcription.scoring import Score

ENGINE = """
class Segment:
    avg_logprob, start, end = -0.1, 0.0, 2.0
    def __init__(self, text): self.text = text
class About:
    duration = 4.0
class WhisperModel:
    def __init__(self, folder, **options): pass
    def transcribe(self, sound, **options):
        return [Segment(sound.read().decode())], About()
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a model's files, and recordings of a clinic's own."""
    (tmp_path / "engine").mkdir()
    (tmp_path / "engine" / "faster_whisper.py").write_text(ENGINE)
    models.folder_of(tmp_path).mkdir(parents=True)
    for name in models.NEEDED:
        (models.folder_of(tmp_path) / name).touch()
    own = tmp_path / "own"
    own.mkdir()
    for name, text in {"a.wav": "uno dos tres", "a.txt": "Uno, dos, tres.", "b.wav": "cuatro seis"}.items():
        (own / name).write_text(text)
    return tmp_path


def run(home: Path, *args: str) -> tuple[int, list[str]]:
    env = {**os.environ, "SMSBOT_HOME": str(home), "PYTHONPATH": f"{home / 'engine'}:{Path.cwd()}"}
    command = [sys.executable, "-c", "from smsbot.cli import main; main()", "transcribe", *args]
    made = subprocess.run(command, env=env, capture_output=True, text=True, timeout=60)
    return made.returncode, made.stdout.splitlines()


def test_a_folder_is_measured_against_what_lies_beside_or_is_listed(home: Path) -> None:
    said = home / "said.txt"
    said.write_text("b.wav: cuatro cinco seis\n")
    code, lines = run(home, str(home / "own"), "--lang", "es", "--words", str(said), "--json")
    first, second, total = map(json.loads, lines)
    assert (code, first["errors"], first["of"], second["errors"], second["of"]) == (0, 0, 3, 1, 3)
    assert (total["files"], total["errors"], total["of_words"], total["error_rate"]) == (2, 1, 6, 0.167)
    assert (total["sound_s"], total["doubtful"], total["failed"]) == (8.0, 0, 0)
    assert total["of_real_time"] == pytest.approx(total["took_s"] / 8, abs=0.02)
    assert total["megabytes"] > 5


def test_the_last_line_tells_people_what_it_came_to() -> None:
    done = Measured()
    done.add(Transcript(("cuatro seis",), 0.9, "es", "test", (), 4.0), Score(1, 3), 1.0)
    done.add(Transcript((), None, "es", "test", (), 6.0), None, 2.0)
    assert done.line().startswith("2 files, 33.3 % of 3 words wrong, 1 doubtful; 10.0 s of sound in 3.0 s (0.3 of real")


def test_a_folder_holds_recordings_and_what_was_said(home: Path) -> None:
    assert [path.name for path in recordings(home / "own")] == ["a.wav", "b.wav"]
