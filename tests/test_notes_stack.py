"""Voice notes with everything running: workers killed in the middle, and a real transcriber where one is installed."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import col, select

from smsbot import transcription
from smsbot.models import Alert, VoiceNote
from smsbot.notes import files
from smsbot.sandbox.audio import tone
from smsbot.store import clinics, messages
from smsbot.store import notes as rows
from smsbot.transcription import models
from tests.sandbox_support import NUMBER
from tests.stack_support import Stack, stack
from tests.test_calls_stack import joined, press
from tests.test_transcription_long import CRISIS, HOME, spoken

pytestmark = pytest.mark.long
GONE_S = 120.0


def started(home: Path, **more: str) -> Iterator[Stack]:
    with stack(home, **more) as found:
        base = f"http://127.0.0.1:{found.port}/webhooks"
        found.box.configure_number(NUMBER, voice_url=f"{base}/voice", status_callback=f"{base}/call-status")
        found.start("web")
        found.wait_ready()
        yield found


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Stack]:
    yield from started(tmp_path)


def note(running: Stack) -> VoiceNote:
    with running.runtime.database.read() as db:
        return db.exec(select(VoiceNote).order_by(col(VoiceNote.id).desc())).first()


def sound(running: Stack) -> bytes:
    row = note(running)
    with running.runtime.database.read() as db:
        keys = clinics.keys(db, running.runtime.vault, row.clinic_id)
        return files.read(running.runtime.settings, messages.sealer_of(db, keys, row.patient_id), row.id)


def leave(running: Stack, phone: str, data: bytes) -> None:
    """Call, agree, speak, keep, hang up."""
    call = press(running, running.box.call(phone), "1", "1")
    call = press(running, running.box.act(call, "record", data=data, digits="#"), "1")
    running.box.act(call, "hangup")


def dead(running: Stack, name: str) -> bool:
    return running.processes[name].poll() is not None


@pytest.mark.parametrize("point", ["note.before_stored", "note.stored"])
def test_a_worker_killed_in_the_middle_loses_nothing_and_doubles_nothing(running: Stack, point: str) -> None:
    running.start("worker")
    phone = joined(running, 1)
    running.kill("worker")
    running.start("worker", crash_at=f"{point}:1")
    data = tone(5)
    leave(running, phone, data)
    running.until(lambda: dead(running, "worker"), 60, "nobody was killed")
    running.kill("worker")
    running.start("worker")
    running.until(lambda: note(running).carrier_deleted_at is not None, GONE_S, "the carrier still has the recording")
    assert sound(running) == data
    assert running.count(VoiceNote) == 1
    assert len(list((running.home / "voice").rglob("*.sound"))) == 1


@pytest.fixture
def listening(tmp_path: Path) -> Iterator[Stack]:
    """The same, on a machine with a model."""
    model = models.folder_of(HOME)
    if not transcription.installed() or not (model / "model.bin").is_file():
        pytest.skip("the extra stt or its model is not installed (SMSBOT_TEST_STT_HOME)")
    yield from started(tmp_path, SMSBOT_STT_MODEL=str(model), PYTHONPATH=os.environ.get("PYTHONPATH", ""))


def test_a_cry_on_the_phone_is_an_alert_within_five_minutes(listening: Stack) -> None:
    data = spoken(CRISIS)
    listening.start("worker")
    leave(listening, joined(listening, 1), data)
    took = listening.until(lambda: listening.count(Alert) > 0, 300, "no alert within five minutes")
    print(f"an alert {took:.1f} s after the call")
    assert note(listening).state == rows.UNDERSTOOD
