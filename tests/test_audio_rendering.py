"""Guided audio as files: read strictly, as long as planned whatever the voice, refused when not, and kept by name."""

import json
import math
from pathlib import Path

import pytest

from smsbot import audio
from smsbot.audio import rendering
from smsbot.audio.rendering import Sound
from smsbot.audio.scripts import Pause, Say
from smsbot.cli import COMMANDS, cli
from smsbot.errors import Refused
from smsbot.tree import ContentFaults

TEMPLATES = Path(__file__).parent.parent / "message_templates"
RATE = 4000
SCRIPT = """audio: calm
language: en
title: Calm
when: any day
length: 0:20
signed: {by: "", on: ""}
parts:
  - part: only
    length: 0:20
    script:
      - say: One two three four five six.
      - pause: 8
      - say: Seven eight nine ten.
      - pause: 8
"""


def voice(words_a_minute: float, rate: int = RATE):  # type: ignore[no-untyped-def]
    """A voice that hums for as long as the words would take."""

    def speak(text: str) -> bytes:
        seconds = len(text.split()) * 60 / words_a_minute
        count = int(seconds * rate)
        return rendering.wav(
            Sound(b"".join(int(900 * math.sin(n)).to_bytes(2, "little", signed=True) for n in range(count)), rate)
        )

    return speak


def folder(tmp_path: Path, text: str = SCRIPT) -> Path:
    (tmp_path / "en" / "audio").mkdir(parents=True)
    (tmp_path / "en" / "audio" / "calm.yaml").write_text(text)
    return tmp_path


def calm(tmp_path: Path) -> audio.Script:
    return audio.load(folder(tmp_path))["en"]["calm"]


def test_a_script_is_words_and_pauses_in_order(tmp_path: Path) -> None:
    script = calm(tmp_path)
    kinds = [type(piece) for piece in script.pieces]
    assert kinds == [Say, Pause, Say, Pause]
    assert (script.planned_s, round(script.estimated_s, 1)) == (20, 20.6)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("pause: 8", "pause: soon", "a pause is a whole number of seconds"),
        ("- say: One", "- shout: One", "a piece has no 'shout'"),
        ("length: 0:20\nsigned", "length: 20\nsigned", "a length is minutes and seconds"),
        ("audio: calm", "audio: storm", "'audio:' should be calm"),
        ("title: Calm\n", "", "needs 'title:'"),
    ],
)
def test_a_fault_in_a_script_is_said_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(ContentFaults) as caught:
        audio.load(folder(tmp_path, SCRIPT.replace(old, new, 1)))
    assert said in str(caught.value)
    assert caught.value.faults[0].file == "en/audio/calm.yaml"


@pytest.mark.parametrize("pace", [100, 130, 180])
def test_a_rendered_script_lasts_as_planned_whatever_the_voice(tmp_path: Path, pace: float) -> None:
    made = rendering.rendered(calm(tmp_path), voice(pace))
    assert abs(rendering.seconds_of(made) - 20) < 2


def test_a_voice_too_slow_for_the_plan_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="en/calm takes 0:32, planned is 0:20"):
        rendering.rendered(calm(tmp_path), voice(20))


@pytest.mark.parametrize("data", [b"<html>", b"RIFF\x00\x00\x00\x00WAVE"])
def test_a_voice_that_gives_no_sound_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(Refused, match="not a WAV file"):
        rendering.rendered(calm(tmp_path), lambda _: data)


def test_a_voice_is_a_program_that_reads_text_and_writes_a_file(tmp_path: Path) -> None:
    program = tmp_path / "voice.sh"
    (tmp_path / "said.wav").write_bytes(voice(130)("hello"))
    program.write_text(f'#!/bin/sh\ncat > {tmp_path}/text; cp {tmp_path}/said.wav "$1"\n')
    program.chmod(0o700)
    speak = rendering.spoken_by([str(program), "{out}"])
    assert rendering.seconds_of(speak("Hello there.")) > 0
    assert (tmp_path / "text").read_text() == "Hello there."


@pytest.mark.parametrize("command", [["false"], ["/nowhere/voice", "{out}"]])
def test_a_program_that_fails_is_said(command: list[str]) -> None:
    with pytest.raises(Refused, match="voice"):
        rendering.spoken_by(command)("Hello.")


def run(home: Path, *line: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    status = 0
    try:
        cli(["audio", *line], standalone_mode=False)
    except SystemExit as ended:
        status = int(ended.code or 0)
    return status, capsys.readouterr().out


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SMSBOT_HOME", str(tmp_path))
    return tmp_path


def test_all_shipped_scripts_pass_the_check(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out = run(home, "check", "--json", capsys=capsys)
    rows = json.loads(out)
    assert (status, len(rows)) == (0, 16)
    assert all(row["file"] is None and row["fault"] is None for row in rows)


def recording(home: Path, seconds: int) -> str:
    file = home / "mine.wav"
    file.write_bytes(rendering.wav(Sound(bytes(2 * RATE * seconds), RATE)))
    return str(file)


def test_a_recording_of_a_clinicians_own_is_played_instead(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(home, "use", recording(home, 175), "arrive", capsys=capsys)[0] == 0
    path = audio.file_for(home, "en", "arrive")
    assert path is not None
    assert rendering.seconds_of(path.read_bytes()) == 175
    _, out = run(home, "check", "--lang", "en", capsys=capsys)
    assert "en/arrive: planned 180 s, file 175 s" in out


def test_a_recording_of_another_length_is_refused(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Refused, match="arrive takes 1:40, planned is 3:00"):
        run(home, "use", recording(home, 100), "arrive", capsys=capsys)
    assert audio.file_for(home, "en", "arrive") is None


def test_the_command_is_in_the_table() -> None:
    assert {"audio", "transcribe"} <= set(COMMANDS)
