"""How a note ends: its days are over, the patient deletes it, staff do, or the patient is erased; a hold keeps it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from smsbot import notes
from smsbot.errors import Conflict, RefusedFields
from smsbot.models import Inbound, JournalEntry, Patient, VoiceNote
from smsbot.notes import trying
from smsbot.staff import listening
from smsbot.store import calls, clinics
from smsbot.store import notes as rows
from tests.api_support import World
from tests.notes_support import Kept, Line, line, said, sid, wav
from tests.portal_support import audited


@pytest.fixture
def ana(world: World) -> Iterator[Line]:
    with line(world) as found:
        yield found


def heard(ana: Line) -> VoiceNote:
    note = ana.stored()
    ana.listen(said("The morning was calm."))
    return note


def sounds(world: World) -> list[Path]:
    return [path for path in (world.runtime.settings.home / "voice").rglob("*") if path.suffix in (".sound", ".played")]


def destroy(ana: Line, note: VoiceNote, why: str = "staff") -> None:
    with ana.world.runtime.database.write() as db:
        notes.destroy(ana.world.runtime, db, db.get_one(VoiceNote, note.id), why)


def hold(ana: Line, note: VoiceNote, what: str) -> None:
    with ana.world.runtime.database.write() as db:
        if what == "patient":
            db.get_one(Patient, ana.patient.id).legal_hold_at = ana.world.watch.now
        else:
            db.get_one(VoiceNote, note.id).held = True


def test_after_ninety_days_the_sound_is_gone_and_the_words_stay(ana: Line, world: World) -> None:
    note = heard(ana)
    ana.work(days=89)
    assert len(sounds(world)) == 1
    ana.work(days=2)
    row = ana.row(note)
    assert (row.state, row.why, sounds(world)) == (rows.EXPIRED, "retention", [])
    assert ana.sealer.open("voice_note", "transcript_sealed", note.id, row.transcript_sealed or b"")
    assert ana.first(JournalEntry) is not None


def test_a_clinics_own_days_count_for_the_notes_it_has(ana: Line, world: World) -> None:
    note = heard(ana)
    with world.runtime.database.write() as db:
        notes.keep_for(db, world.keys(db), clinics.get(db, world.harbor), 7)
    ana.work(days=8)
    assert ana.row(note).state == rows.EXPIRED
    later = heard_again(ana)
    assert (ana.row(later).expires_at or world.watch.now) - later.at < notes.keeping.HELD_AGAIN * 8


def heard_again(ana: Line) -> VoiceNote:
    ana.carrier.recordings[sid(2)] = Kept(wav(1), 1)
    note = ana.note(recording_sid=sid(2))
    ana.work()
    return note


@pytest.mark.parametrize("what", ["patient", "note"])
def test_a_legal_hold_outlives_the_days_and_refuses_deletion(ana: Line, world: World, what: str) -> None:
    note = heard(ana)
    hold(ana, note, what)
    ana.work(days=100)
    assert ana.row(note).state == rows.UNDERSTOOD
    with pytest.raises(Conflict):
        destroy(ana, note)
    assert len(sounds(world)) == 1


@pytest.mark.parametrize("why", ["patient", "staff"])
def test_a_deleted_note_leaves_no_sound_and_no_words(ana: Line, world: World, why: str) -> None:
    note = heard(ana)
    destroy(ana, note, why)
    row = ana.row(note)
    assert (row.transcript_sealed, row.state, ana.first(JournalEntry)) == (None, rows.DELETED, None)
    ana.work(seconds=1)
    assert sounds(world) == []
    inbound = ana.first(Inbound)
    assert ana.sealer.open("inbound", "body_sealed", inbound.id, inbound.body_sealed) == ""


def test_words_that_raised_an_alert_stay_with_it(ana: Line, world: World) -> None:
    note = ana.stored()
    ana.listen(said("I am going to kill myself tonight."))
    destroy(ana, note, "patient")
    ana.work(seconds=1)
    inbound = ana.first(Inbound)
    assert ana.sealer.open("inbound", "body_sealed", inbound.id, inbound.body_sealed)
    assert sounds(world) == []


def test_a_note_deleted_in_the_call_is_deleted_at_the_carrier_whenever_its_name_comes(ana: Line, world: World) -> None:
    ana.carrier.recordings[sid(1)] = Kept(wav(2), 2)
    note = ana.note(rows.DELETED, deleted_at=world.watch.now)
    ana.callback(note, sid(1))
    ana.work(seconds=1)
    assert ana.carrier.deleted == [sid(1)]
    assert (ana.row(note).digest, sounds(world)) == (None, [])


def test_a_note_deleted_in_the_call_is_looked_for_if_nobody_names_it(ana: Line, world: World) -> None:
    ana.carrier.recordings[sid(1)] = Kept(wav(2), 2)
    ana.note(rows.DELETED, deleted_at=world.watch.now)
    ana.work(minutes=5)
    assert ana.carrier.deleted == [sid(1)]


def test_a_deletion_while_the_sound_is_fetched_wins(ana: Line, world: World) -> None:
    ana.carrier.recordings[sid(1)] = Kept(wav(2), 2)
    note = ana.note(recording_sid=sid(1))
    ana.carrier.meanwhile = lambda: destroy(ana, note, "patient")
    ana.work(minutes=3)
    assert (ana.row(note).state, sounds(world), ana.carrier.deleted) == (rows.DELETED, [], [sid(1)])


def test_erasing_a_patient_ends_all_their_notes(ana: Line, world: World) -> None:
    heard(ana)
    with world.runtime.database.write() as db:
        assert notes.destroy_all(world.runtime, db, world.keys(db), ana.patient.id) == 1
        patient = db.get_one(Patient, ana.patient.id)
        patient.wrapped_key = patient.phone_sealed = None
    ana.work(minutes=1)
    assert sounds(world) == []


def test_a_recording_of_somebody_erased_meanwhile_is_only_deleted(ana: Line, world: World) -> None:
    ana.carrier.recordings[sid(1)] = Kept(wav(2), 2)
    note = ana.note(recording_sid=sid(1))
    with world.runtime.database.write() as db:
        patient = db.get_one(Patient, ana.patient.id)
        patient.wrapped_key = patient.phone_sealed = None
    ana.work(minutes=1)
    assert (ana.row(note).state, sounds(world), ana.carrier.deleted) == (rows.DELETED, [], [sid(1)])


def test_a_note_the_patient_deletes_under_a_hold_is_kept_out_of_hearing_until_it_is_lifted(
    ana: Line, world: World
) -> None:
    note = heard(ana)
    hold(ana, note, "patient")
    _say_delete(ana, note)
    ana.work(days=3)
    assert (ana.row(note).state, len(sounds(world))) == (rows.DELETED, 1)
    with world.runtime.database.write() as db:
        db.get_one(Patient, ana.patient.id).legal_hold_at = None
    ana.work(days=2)
    assert (ana.row(note).transcript_sealed, sounds(world)) == (None, [])


def _say_delete(ana: Line, note: VoiceNote) -> None:
    """As the call and the word DELETE do it."""
    with ana.world.runtime.database.write() as db:
        calls.delete_note(db.get_one(VoiceNote, note.id), ana.world.watch.now)


def test_the_days_are_set_by_the_clinic_within_reason(ana: Line, world: World) -> None:
    heard(ana)
    with world.desk() as desk:
        listening.keep_days(desk, 30)
        with pytest.raises(RefusedFields):
            listening.keep_days(desk, 0)
    note = ana.rows()[0]
    assert note.expires_at is not None
    assert (note.expires_at - note.at).days == 30
    assert "clinic.note_days" in [action for _, action, _ in audited(world)]


def test_a_deleted_note_never_comes_back_however_often_its_end_fails(ana: Line, world: World) -> None:
    note = ana.note(rows.DELETED, deleted_at=world.watch.now, attempts=100)
    with world.runtime.database.write() as db:
        (claim,) = rows.claim(db, world.watch.now, world.watch.now, trying.pause(5))
        job = trying.job_of(db, claim, hears=False)
    trying.again(world.runtime, job, "fault", final=True)
    row = ana.row(note)
    assert (row.state, ana.tasks()) == (rows.DELETED, [])
    assert row.due_at is not None
