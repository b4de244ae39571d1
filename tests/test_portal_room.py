"""Calm audio for the room: who may start it, what is written down, and that texts keep quiet meanwhile."""

import io
import wave
from pathlib import Path

import pytest

from smsbot import audio
from smsbot.models import TreatmentSession
from smsbot.store import sessions as rows
from tests.api_support import World
from tests.optout_support import copied
from tests.phone_support import Phone
from tests.portal_support import Browser, audited, browser, staff_row


@pytest.fixture
def ana(tmp_path: Path) -> Phone:
    return copied(tmp_path)[1]


@pytest.fixture
def dana(ana: Phone) -> Browser:
    return browser(ana.world)


def session(ana: Phone) -> TreatmentSession:
    with ana.world.desk() as desk:
        return rows.of_patient(desk.db, desk.keys, ana.patient().id)[0]


def room(ana: Phone) -> str:
    return f"/sessions/{session(ana).id}/room"


def made(world: World, name: str = "leaves", language: str = "en", seconds: int = 2) -> bytes:
    """A track's file, of silence."""
    held = io.BytesIO()
    with wave.open(held, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(16000 * seconds))
    folder = audio.folder_of(world.runtime.settings.home, language)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.wav").write_bytes(held.getvalue())
    return held.getvalue()


def test_tracks_without_a_file_say_what_to_do_instead(ana: Phone, dana: Browser) -> None:
    page = dana.get(room(ana)).text
    assert "The tracks have no sound file yet" in page
    assert "smsbot audio render --lang en" in page
    assert "Press 1, then 3, then the track" in page
    assert "<audio" not in page
    assert page.count("not made yet") == 8


def test_a_track_is_started_and_written_down_with_the_session(ana: Phone, dana: Browser) -> None:
    made(ana.world)
    where = room(ana)
    answer = dana.post(f"{where}/en/leaves", page=where)
    assert answer.status_code == 303
    page = dana.client.get(answer.location).text
    assert f'src="/portal{where}/en/leaves.wav"' in page
    assert "autoplay" not in page
    assert (f"staff:{staff_row(ana.world).id}", "room.play", f"session:{session(ana).id}") in audited(ana.world)


def test_nothing_of_the_patient_is_on_the_page(ana: Phone, dana: Browser) -> None:
    page = dana.get(room(ana)).text
    for word in ("Ana", "1988", "415", "Session 1"):
        assert word not in page


def test_the_sound_is_for_whoever_is_signed_in_and_kept_by_nobody(ana: Phone, dana: Browser) -> None:
    sound, where = made(ana.world), f"{room(ana)}/en/leaves.wav"
    with dana.get(where) as answer:
        assert (answer.status_code, answer.data, answer.headers["Cache-Control"]) == (200, sound, "no-store")
    with dana.get(where, headers={"Range": "bytes=10-19"}) as part:
        assert (part.status_code, part.data) == (206, sound[10:20])
    assert dana.client.application.test_client().get(f"/portal{where}").status_code == 401


def test_a_script_is_answered_without_a_page(ana: Phone, dana: Browser) -> None:
    made(ana.world)
    where = f"/portal{room(ana)}/en/leaves"
    assert dana.client.post(where, headers={"X-Requested-With": "room"}).status_code == 400  # no form's own token
    assert "room.play" not in [action for _, action, _ in audited(ana.world)]


@pytest.mark.parametrize("path", ["/en/nothing", "/fr/leaves", "/en/frames"])
def test_what_is_not_there_is_not_started(ana: Phone, dana: Browser, path: str) -> None:
    made(ana.world)
    assert dana.post(f"{room(ana)}{path}", page=room(ana)).status_code == 404
    assert dana.get(f"{room(ana)}{path}.wav").status_code == 404


def test_the_room_is_for_clinical_staff_of_this_clinic(ana: Phone) -> None:
    made(ana.world)
    for path in (room(ana), f"{room(ana)}/en/leaves.wav"):
        assert browser(ana.world, f"eve{len(path)}@example.org", role="frontdesk").get(path).status_code == 403
        assert browser(ana.world, f"mo{len(path)}@example.org", clinic=ana.world.mesa).get(path).status_code == 404


@pytest.mark.long
def test_a_session_that_is_off_has_no_room(ana: Phone, dana: Browser) -> None:
    where = room(ana)
    dana.post(f"/sessions/{session(ana).id}/cancel", by="clinic")
    assert dana.get(where).status_code == 404


def test_texts_keep_quiet_while_it_plays(ana: Phone, dana: Browser) -> None:
    made(ana.world)
    starts = session(ana).starts_at
    ana.wait(seconds=(starts - ana.world.watch.now).total_seconds())
    dana = browser(ana.world, "lee@example.org")
    assert dana.post(f"{room(ana)}/en/leaves", page=room(ana)).status_code == 303
    assert ana.wait(minutes=55) == []
    assert [text.line for text in ana.text("is this on")] == ["ses_1"]
    assert ana.wait(minutes=120) == []
