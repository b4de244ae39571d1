"""A recording's way: from the carrier's shelf to a sealed file, and off the shelf, whatever is told, late or wrong."""

import hashlib
import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from smsbot import notes
from smsbot.errors import VaultError
from smsbot.models import VoiceNote
from smsbot.notes import files
from smsbot.store import notes as rows
from tests.api_support import BEN, World, open_world, postgres_database
from tests.notes_support import HTML, Kept, Line, line, said, sid, wav

SOUND = wav(3)


@pytest.fixture
def ana(world: World) -> Iterator[Line]:
    with line(world) as found:
        yield found


def recorded(ana: Line, number: int = 1, **changes: object) -> str:
    ana.carrier.recordings[sid(number)] = Kept(SOUND, 3, **changes)  # type: ignore[arg-type]
    return sid(number)


def on_disk(world: World) -> list[bytes]:
    return [
        path.read_bytes() for path in (world.runtime.settings.home / "voice").rglob("*.*") if path.suffix != ".lock"
    ]


def test_a_note_comes_whole_is_sealed_and_is_gone_from_the_carrier(ana: Line, world: World) -> None:
    note = ana.note(recording_sid=recorded(ana))
    ana.work()
    row = ana.row(note)
    assert (row.state, row.seconds, row.content_type, row.playable) == (rows.UNREAD, 3, "audio/wav", True)
    assert row.digest == hashlib.sha256(SOUND).hexdigest()
    assert ana.sound(note) == SOUND
    assert not any(b"RIFF" in data or SOUND[100:200] in data for data in on_disk(world))
    assert ana.carrier.deleted == [sid(1)]
    assert row.carrier_deleted_at == world.watch.now
    assert row.due_at is None


@pytest.mark.parametrize("callbacks", [0, 1, 5])
@pytest.mark.parametrize("first", ["callback", "action"])
def test_callbacks_in_any_number_and_order_make_one_note(ana: Line, callbacks: int, first: str) -> None:
    recorded(ana)
    note = ana.note(rows.RECORDING)
    if first == "action":
        _action(ana, note)
    for _ in range(callbacks):
        assert ana.callback(note, sid(1), seconds=3)
    if first == "callback":
        _action(ana, note)
    ana.work(seconds=5)
    for _ in range(callbacks):
        ana.callback(note, sid(1), seconds=3)
    ana.work(minutes=10)
    assert [row.state for row in ana.rows()] == [rows.UNREAD]
    assert ana.carrier.deleted == [sid(1)]


def _action(ana: Line, note: VoiceNote) -> None:
    """The call goes on: the recording is named and kept."""
    with ana.world.runtime.database.write() as db:
        row = db.get_one(VoiceNote, note.id)
        row.recording_sid, row.state, row.due_at = sid(1), rows.EXPECTED, ana.world.watch.now


def test_a_lost_action_and_a_lost_callback_are_made_up_for_by_looking(ana: Line) -> None:
    recorded(ana)
    note = ana.note(rows.RECORDING)
    ana.work(minutes=1)
    assert ana.row(note).recording_sid == sid(1)
    assert ana.sound(note) == SOUND


def test_two_unnamed_notes_of_a_call_find_their_own_recordings(ana: Line) -> None:
    for number, length in ((1, 3), (2, 5)):
        ana.carrier.recordings[sid(number)] = Kept(wav(length), length)
    first, second = ana.note(), ana.note()
    ana.work(minutes=1)
    assert [ana.row(note).seconds for note in (first, second)] == [3, 5]


def test_a_callback_alone_is_enough_and_waits_while_the_caller_may_delete(ana: Line) -> None:
    recorded(ana)
    note = ana.note(rows.RECORDED, due_at=None)
    ana.callback(note, sid(1), seconds=3)
    ana.work(seconds=30)
    assert ana.row(note).state == rows.RECORDED
    ana.work(minutes=2)
    assert ana.row(note).state == rows.UNREAD


def test_a_hang_up_before_the_tone_asks_nothing_of_anybody(ana: Line) -> None:
    note = ana.note(rows.RECORDING)
    ana.work(hours=2)
    assert ana.row(note).state == rows.ABSENT
    assert ana.tasks() == []


def test_a_kept_note_that_was_never_recorded_raises_an_item(ana: Line) -> None:
    note = ana.note(rows.EXPECTED)
    ana.work(hours=2)
    assert ana.row(note).state == rows.ABSENT
    assert ana.tasks() == ["recording_absent"]


def test_what_the_carrier_calls_absent_raises_an_item_at_once(ana: Line) -> None:
    note = ana.note(recording_sid=recorded(ana, status="absent"))
    ana.work(seconds=1)
    assert (ana.row(note).state, ana.tasks()) == (rows.ABSENT, ["recording_absent"])


@pytest.mark.parametrize(
    "served",
    [[None, None], [SOUND[:9000]], [HTML], [HTML, None, SOUND[:20000], b""], [b"\x89PNG\r\n\x1a\n" + bytes(500)]],
    ids=["not ready", "truncated", "error page", "all of it", "a picture"],
)
def test_what_is_wrong_is_asked_for_again_and_never_becomes_a_note(ana: Line, served: list[bytes | None]) -> None:
    note = ana.note(recording_sid=recorded(ana, served=served))
    ana.work(seconds=1)
    assert ana.row(note).state == rows.EXPECTED
    ana.work(minutes=2)
    assert ana.sound(note) == SOUND
    assert len(ana.rows()) == 1


def test_a_body_cut_short_behind_a_proxy_that_mends_its_length_is_seen(ana: Line) -> None:
    short = wav(1)
    ana.carrier.recordings[sid(1)] = Kept(short, 30)
    note = ana.note(recording_sid=sid(1))
    ana.work(minutes=6)
    assert (ana.row(note).state, ana.row(note).why) == (rows.EXPECTED, "length")
    assert ana.tasks() == ["not_here_yet"]


def test_what_stays_wrong_raises_an_item_within_five_minutes_and_is_tried_for_hours(ana: Line, world: World) -> None:
    note = ana.note(recording_sid=recorded(ana, served=[HTML] * 1000))
    ana.callback(note, sid(1))
    ana.work(minutes=5)
    assert ana.tasks() == ["not_here_yet"]
    ana.work(hours=20)
    assert ana.row(note).state == rows.FAILED
    assert len(ana.tasks()) == 1
    assert sid(1) in ana.carrier.recordings, "what we do not have is not deleted"
    assert on_disk(world) == []


def test_a_copy_the_carrier_will_not_delete_is_asked_for_until_it_is_gone(ana: Line) -> None:
    ana.carrier.refusing = 3
    note = ana.note(recording_sid=recorded(ana))
    ana.work(seconds=1)
    assert ana.sound(note) == SOUND
    assert ana.row(note).carrier_deleted_at is None
    ana.work(minutes=5)
    assert ana.row(note).carrier_deleted_at is not None


def test_a_copy_that_stays_becomes_a_persons_matter(ana: Line) -> None:
    ana.carrier.refusing = 1000
    ana.note(recording_sid=recorded(ana))
    ana.work(hours=1)
    assert ana.tasks("carrier_copy") == ["not_deleted"]


def test_a_recording_is_never_taken_from_the_note_that_has_it(ana: Line, world: World) -> None:
    ben = world.enroll(phone=BEN)
    note = ana.note(recording_sid=recorded(ana))
    other = ana.note(rows.RECORDING, patient_id=ben.id)
    assert not ana.callback(other, sid(1))
    assert not ana.callback(note, sid(2))
    assert ana.row(note).recording_sid == sid(1)


class Killed(BaseException):
    """The process is gone at this point."""


@pytest.mark.parametrize("point", ["note.before_stored", "note.stored", "note.wiped"])
def test_a_kill_at_any_point_costs_the_lease_and_nothing_else(ana: Line, world: World, point: str) -> None:
    note = ana.note(recording_sid=recorded(ana))
    deaths = itertools.count()

    def reached(name: str) -> None:
        if name == point and next(deaths) == 0:
            raise Killed

    dying = Line(_with(world, reached), ana.carrier, ana.patient, ana.call_id)
    for _ in range(2):
        try:
            dying.work()
        except Killed:
            world.watch.on(minutes=3)
        if point == "note.wiped":
            _deleted(world, note)
    ana.work(minutes=5)
    assert ana.carrier.deleted == [sid(1)]
    row = ana.row(note)
    assert row.carrier_deleted_at is not None
    if point == "note.wiped":
        assert (row.state, on_disk(world)) == (rows.DELETED, [])
    else:
        assert ana.sound(note) == SOUND


def _with(world: World, reached: object) -> World:
    return replace(world, runtime=replace(world.runtime, reached=reached))


def _deleted(world: World, note: VoiceNote) -> None:
    with world.runtime.database.write() as db:
        notes.destroy(world.runtime, db, db.get_one(VoiceNote, note.id), "patient")


def test_a_file_does_not_open_under_another_notes_name(ana: Line, world: World) -> None:
    first = ana.note(recording_sid=recorded(ana, 1))
    second = ana.note(recording_sid=recorded(ana, 2))
    ana.work()
    settings = world.runtime.settings
    files.path_of(settings, second.id).write_bytes(files.path_of(settings, first.id).read_bytes())
    with pytest.raises(VaultError):
        ana.sound(second)


def test_the_folder_and_its_files_are_for_us_alone(ana: Line, world: World) -> None:
    note = ana.note(recording_sid=recorded(ana))
    ana.work()
    path = files.path_of(world.runtime.settings, note.id)
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


@pytest.mark.postgres
def test_the_same_way_on_postgres(tmp_path: Path) -> None:
    with postgres_database() as database, line(open_world(tmp_path, database)) as ana:
        note = ana.stored()
        ana.listen(said("The morning was calm."))
        assert ana.row(note).state == rows.UNDERSTOOD
        late = ana.stored(2)
        ana.work(minutes=5)
        assert ana.tasks() == ["transcription_late"]
        _deleted(ana.world, late)
        ana.work(days=91)
        assert [row.state for row in (ana.row(note), ana.row(late))] == [rows.EXPIRED, rows.DELETED]
        assert on_disk(ana.world) == []
