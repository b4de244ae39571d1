"""The carrier tells of recordings and fetches sounds: signed, in any order, by token, for minutes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from smsbot import inbox, notes
from smsbot.carrier.inbound import InboundText, Media
from smsbot.notes import playable
from smsbot.store import notes as rows
from smsbot.web import create_app
from tests.api_support import ANA, World
from tests.notes_support import CALL, Kept, Line, line, sid, wav
from tests.phone_support import HARBOR
from tests.test_webhooks import ACCOUNT, post

SOUND = wav(2)


@pytest.fixture
def ana(world: World) -> Iterator[Line]:
    with line(world) as found:
        yield found


@pytest.fixture
def web(world: World) -> FlaskClient:
    return create_app(world.runtime).test_client()


def told(number: int = 1, status: str = "completed") -> list[tuple[str, str]]:
    fields = {"AccountSid": ACCOUNT, "CallSid": CALL, "RecordingSid": sid(number), "RecordingStatus": status}
    fields["RecordingUrl"] = "https://evil.example/2010-04-01/x"
    return list((fields | {"RecordingDuration": "2"}).items())


def test_a_signed_callback_brings_the_note(ana: Line, web: FlaskClient) -> None:
    ana.carrier.recordings[sid(1)] = Kept(SOUND, 2)
    note = ana.note(rows.RECORDING)
    for _ in range(3):
        assert post(web, told(), f"/webhooks/recording/{note.id}").status_code == 204
    ana.work(minutes=3)
    assert ana.sound(note) == SOUND


def test_a_forged_callback_changes_nothing(ana: Line, web: FlaskClient) -> None:
    note = ana.note(rows.RECORDING)
    assert post(web, told(), f"/webhooks/recording/{note.id}", token="wrong").status_code == 403
    assert ana.row(note).recording_sid is None


@pytest.mark.parametrize("fields", [[("AccountSid", ACCOUNT)], told()])
def test_a_callback_about_nothing_of_ours_is_taken_and_forgotten(
    ana: Line, web: FlaskClient, fields: list[tuple[str, str]]
) -> None:
    answer = post(web, fields, "/webhooks/recording/00000000-0000-0000-0000-00000000abcd")
    assert (answer.status_code, ana.rows()) == (204, [])


def test_a_note_is_played_in_the_call_and_not_after(ana: Line, web: FlaskClient, world: World) -> None:
    ana.carrier.recordings[sid(1)] = Kept(SOUND, 2)
    note = ana.note(recording_sid=sid(1))
    path = notes.audio_path(world.runtime, note.id, world.watch.now)
    assert web.get(path).status_code == 404
    ana.work()
    answer = web.get(path)
    assert (answer.data, answer.mimetype, answer.headers["Cache-Control"]) == (SOUND, "audio/wav", "no-store")
    world.watch.on(minutes=16)
    assert web.get(path).status_code == 404


@pytest.mark.parametrize("token", ["", "x", "WyIwIiwgMV0.abc"])
def test_a_made_up_token_opens_nothing(web: FlaskClient, token: str) -> None:
    assert web.get(f"/webhooks/audio/{token}").status_code == 404


def test_guided_audio_is_served_from_its_folder_alone(web: FlaskClient, world: World) -> None:
    folder: Path = world.runtime.settings.home / "audio" / "en"
    folder.mkdir(parents=True)
    (folder / "arrive.wav").write_bytes(SOUND)
    with web.get("/webhooks/guided/en/arrive.wav") as answer:
        assert answer.data == SOUND
        assert "max-age=86400" in answer.headers["Cache-Control"]
    for path in ("en/leaves", "fr/arrive", "en/..%2f..%2fkeys%2fmaster"):
        assert web.get(f"/webhooks/guided/{path}.wav").status_code == 404


AMR = b"#!AMR\n" + bytes([0x3C]) + bytes(31) + (bytes([0x3C]) + bytes(31)) * 49  # one second of 12.2 kbit/s frames


def media(ana: Line, data: bytes, kind: str) -> None:
    """A text with an attachment arrives at the webhook."""
    ana.carrier.media["ME" + "3" * 32] = Kept(data, None)
    text = InboundText("MM" + "4" * 32, ACCOUNT, ANA, HARBOR, "", (Media("ME" + "3" * 32, kind),))
    with ana.world.runtime.database.write() as db:
        assert inbox.receive(ana.world.runtime, db, text)


def test_a_sound_that_comes_with_a_text_goes_the_same_way(ana: Line) -> None:
    media(ana, AMR, "audio/amr")
    ana.work()
    note = ana.rows()[0]
    assert (note.state, note.content_type, ana.sound(note)) == (rows.UNREAD, "audio/amr", AMR)
    assert ana.carrier.deleted == ["ME" + "3" * 32]
    assert ana.tasks() == ["no_transcriber"]


def test_a_picture_makes_no_note(ana: Line) -> None:
    media(ana, b"\xff\xd8\xff", "image/jpeg")
    assert ana.rows() == []


@pytest.mark.skipif(not playable.can_convert(), reason="PyAV (extra audio) is not installed")
def test_what_no_browser_plays_is_made_playable_beside_the_original(ana: Line, world: World) -> None:
    media(ana, AMR, "audio/amr")
    ana.work()
    note = ana.rows()[0]
    assert (note.playable, note.seconds) == (True, 1)
    with world.runtime.database.read() as db:
        keys = world.keys(db)
        assert notes.sound(world.runtime, db, keys, note).data[:4] == b"RIFF"
        assert notes.sound(world.runtime, db, keys, note, original=True).data == AMR
