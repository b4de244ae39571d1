"""The real engine on real speech, where extra, model and a voice are installed; what is missing is said and skipped.

SMSBOT_TEST_STT_HOME names a home with a model (`smsbot transcribe --setup`); the voice is espeak-ng, or a command in
SMSBOT_TEST_VOICE that reads English text and writes {out}. `smsbot transcribe FOLDER` measures whole sets.
"""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from smsbot import transcription
from smsbot.audio import rendering
from smsbot.models import Alert
from smsbot.store import notes as rows
from smsbot.transcription import models
from smsbot.transcription.scoring import score
from tests.api_support import World, open_world
from tests.notes_support import Kept, Line, line, sid, wav

pytestmark = pytest.mark.long

HOME = Path(os.environ.get("SMSBOT_TEST_STT_HOME") or "nowhere")
CRISIS = "I keep thinking that everybody would be better off without me. I do not want to be here anymore."


@pytest.fixture
def ana(tmp_path: Path) -> Iterator[Line]:
    """Ana at a clinic whose machine has a model."""
    world: World = open_world(tmp_path, SMSBOT_STT_MODEL=models.folder_of(HOME))
    if not transcription.ready(world.runtime.settings):
        pytest.skip("the extra stt or its model is not installed (SMSBOT_TEST_STT_HOME)")
    with line(world) as found:
        yield found


def spoken(text: str) -> bytes:
    """A WAV of telephone quality."""
    command = rendering.command_for("en", os.environ.get("SMSBOT_TEST_VOICE", ""))
    if command is None:
        pytest.skip("there is no voice here: espeak-ng, or SMSBOT_TEST_VOICE")
    made = rendering.for_phones(rendering.spoken_by(command)(text))
    assert rendering.seconds_of(made) > 2
    return made


def test_a_crisis_sentence_spoken_aloud_alarms_within_five_minutes(ana: Line) -> None:
    sound = spoken(CRISIS)
    ana.carrier.recordings[sid(1)] = Kept(sound, round(rendering.seconds_of(sound)))
    note = ana.note()
    called_back = ana.world.watch.now
    ana.callback(note, sid(1))
    ana.work()
    assert ana.row(note).state == rows.STORED
    ana.hear()
    row, alert = ana.row(note), ana.first(Alert)
    written = ana.sealer.open("voice_note", "transcript_sealed", note.id, row.transcript_sealed or b"")
    assert score(CRISIS, written).errors <= 4, written
    assert alert.tier <= 2
    assert ana.world.watch.now - called_back < timedelta(minutes=5)


def test_silence_and_a_tone_have_no_words_and_ask_a_person(ana: Line) -> None:
    ana.carrier.recordings[sid(1)] = Kept(wav(8, hertz=0.0), 8)
    note = ana.note(recording_sid=sid(1))
    ana.work()
    ana.hear()
    assert ana.row(note).confidence is None
    assert ana.tasks() == ["not_understood"]


def test_what_is_no_speech_file_at_all_fails_twice_and_goes_to_people(ana: Line) -> None:
    broken = wav(2)[:44] + bytes(20)
    ana.carrier.recordings[sid(1)] = Kept(b"#!AMR\n" + broken, None)
    note = ana.note(recording_sid=sid(1))
    ana.work()
    for _ in range(2):
        ana.hear()
    assert ana.row(note).state in (rows.UNREAD, rows.UNDERSTOOD)
    assert len(ana.tasks()) == 1
