"""The whole way of a recording at the carrier in a box: real REST, real faults, byte for byte."""

import hashlib
from collections.abc import Iterator

import pytest

from smsbot.carrier.client import Carrier
from smsbot.models import VoiceNote
from smsbot.notes import files
from smsbot.store import notes as rows
from tests.api_support import World
from tests.notes_support import Line, using, wav
from tests.sandbox_support import ACCOUNT_SID, ANA, AUTH_TOKEN, Listener, Sandbox, listener, shared

pytestmark = pytest.mark.long
RECORD = (
    '<Response><Record action="/recorded" maxLength="600" recordingStatusCallback="/rec" '
    'recordingStatusCallbackEvent="completed absent"/></Response>'
)


@pytest.fixture
def service() -> Iterator[Listener]:
    with listener() as found:
        found.answers["/voice"] = (200, "text/xml", RECORD)
        yield found


@pytest.fixture
def box(service: Listener) -> Sandbox:
    found = shared()
    found.reset(numbers=True)
    found.configure_number(voice_url=service.url("/voice"))
    return found


@pytest.fixture
def ana(world: World, box: Sandbox) -> Iterator[Line]:
    carrier = Carrier(ACCOUNT_SID, ACCOUNT_SID, AUTH_TOKEN, box.base, 4)
    yield using(world, carrier)
    carrier.close()


def recorded(ana: Line, box: Sandbox, service: Listener, sound: bytes) -> VoiceNote:
    """A caller speaks, and the note knows its recording."""
    box.act(box.call(ANA), "record", data=sound, digits="#")
    box.wait_idle()
    return ana.note(recording_sid=service.at("/recorded")[0]["RecordingSid"])


def test_a_ten_minute_note_comes_back_byte_for_byte(ana: Line, box: Sandbox, service: Listener, world: World) -> None:
    sound = wav(600)
    note = recorded(ana, box, service, sound)
    ana.work()
    row = ana.row(note)
    assert (row.seconds, row.size, row.digest) == (600, len(sound), hashlib.sha256(sound).hexdigest())
    assert ana.sound(note) == sound
    on_disk = files.path_of(world.runtime.settings, note.id).read_bytes()
    assert sound[1000:1064] not in on_disk
    assert b"RIFF" not in on_disk
    assert row.carrier_deleted_at is not None
    assert world.runtime.carrier.recording(row.recording_sid) is None


@pytest.mark.parametrize("fault", ["recording_html", "recording_truncated", "recording_missing"])
def test_what_the_box_serves_wrong_three_times_is_right_in_the_end(
    ana: Line, box: Sandbox, service: Listener, fault: str
) -> None:
    box.fault(fault, count=3)
    sound = wav(4)
    note = recorded(ana, box, service, sound)
    ana.work(seconds=1)
    assert ana.row(note).state == rows.EXPECTED
    assert ana.row(note).digest is None
    ana.work(minutes=1)
    assert ana.sound(note) == sound


def test_an_absent_recording_is_an_item(ana: Line, box: Sandbox, service: Listener) -> None:
    box.fault("recording_absent")
    note = recorded(ana, box, service, wav(1))
    ana.work(seconds=1)
    assert (ana.row(note).state, ana.tasks()) == (rows.ABSENT, ["recording_absent"])


def test_a_recording_nobody_named_is_found_in_the_list_of_its_call(ana: Line, box: Sandbox, service: Listener) -> None:
    sound = wav(2)
    call = box.call(ANA)
    box.act(call, "record", data=sound, digits="#")
    box.wait_idle()
    note = ana.note(rows.RECORDING, call_sid=call["sid"])
    ana.work(minutes=1)
    assert ana.sound(note) == sound
