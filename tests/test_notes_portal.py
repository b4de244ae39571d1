"""Listening in the portal: who may, what is audited, parts of a sound, corrections, deletion and holds."""

from collections.abc import Iterator

import pytest

from smsbot.models import JournalEntry, Patient, VoiceNote
from smsbot.store import notes as rows
from tests.api_support import BEN, World
from tests.notes_support import Kept, Line, line, said, sid, wav
from tests.portal_support import Browser, audited, browser

SOUND = wav(2)


@pytest.fixture
def ana(world: World) -> Iterator[Line]:
    with line(world) as found:
        yield found


@pytest.fixture
def dana(world: World) -> Browser:
    return browser(world)


def heard(ana: Line, *words: str, confidence: float = 0.9) -> VoiceNote:
    note = ana.stored()
    ana.listen(said(*(words or ("The morning was calm.",)), confidence=confidence))
    return note


def listened(world: World, note: VoiceNote) -> int:
    return sum(1 for _, action, subject in audited(world) if (action, subject) == ("note.listen", f"note:{note.id}"))


def test_a_note_is_heard_whole_uncached_and_audited_each_time(ana: Line, dana: Browser, world: World) -> None:
    note = heard(ana)
    for _ in range(2):
        answer = dana.get(f"/notes/{note.id}/sound")
        assert (answer.status_code, answer.data, answer.mimetype) == (200, SOUND, "audio/wav")
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert listened(world, note) == 2


def test_a_player_may_ask_for_parts_and_only_the_beginning_counts(ana: Line, dana: Browser, world: World) -> None:
    note = heard(ana)
    first = dana.get(f"/notes/{note.id}/sound", headers={"Range": "bytes=0-"})
    part = dana.get(f"/notes/{note.id}/sound", headers={"Range": "bytes=100-199"})
    assert (first.status_code, first.data) == (206, SOUND)
    assert (part.data, part.headers["Content-Range"]) == (SOUND[100:200], f"bytes 100-199/{len(SOUND)}")
    assert dana.get(f"/notes/{note.id}/sound", headers={"Range": f"bytes={len(SOUND)}-"}).status_code == 416
    assert listened(world, note) == 1


def test_the_page_plays_from_here_alone_and_shows_what_the_machine_wrote(ana: Line, dana: Browser) -> None:
    note = heard(ana)
    answer = dana.get(f"/notes/{note.id}")
    assert "The morning was calm." in answer.text
    assert "90 % sure" in answer.text
    assert f'src="/portal/notes/{note.id}/sound"' in answer.text
    assert "media-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "The morning was calm." in dana.get(f"/patients/{ana.patient.id}/voice").text


def test_the_front_desk_hears_nothing(ana: Line, world: World) -> None:
    note = heard(ana)
    desk = browser(world, "front@example.org", "frontdesk")
    for path in (f"/notes/{note.id}", f"/notes/{note.id}/sound", f"/patients/{ana.patient.id}/voice"):
        assert desk.get(path).status_code == 403


def test_another_clinic_finds_nothing(ana: Line, world: World) -> None:
    note = heard(ana)
    mesa = browser(world, "mia@example.org", clinic=world.mesa)
    for path in (f"/notes/{note.id}", f"/notes/{note.id}/sound"):
        assert mesa.get(path).status_code == 404


def test_a_corrected_transcript_stands_beside_the_first(ana: Line, dana: Browser) -> None:
    note = heard(ana, "The mourning was calm.")
    answer = dana.post(f"/notes/{note.id}/correct", f"/notes/{note.id}", words="The morning was calm.")
    assert answer.status_code == 303
    text = dana.get(f"/notes/{note.id}").text
    assert "The mourning was calm." in text
    assert "The morning was calm." in text
    entry = ana.first(JournalEntry)
    assert ana.sealer.open("journal_entry", "words_sealed", entry.id, entry.words_sealed) == "The morning was calm."


def test_an_empty_correction_is_refused_in_words(ana: Line, dana: Browser) -> None:
    note = heard(ana)
    answer = dana.post(f"/notes/{note.id}/correct", f"/notes/{note.id}", words="  ")
    assert answer.status_code == 422
    assert "Write down what was said" in answer.text


def test_a_private_note_is_closed_unless_a_risk_was_seen(ana: Line, dana: Browser, world: World) -> None:
    note = heard(ana)
    _private(ana)
    assert "A private note." in dana.get(f"/notes/{note.id}").text
    assert dana.get(f"/notes/{note.id}/sound").status_code == 404
    assert listened(world, note) == 0
    with world.runtime.database.write() as db:
        db.get_one(JournalEntry, ana.first(JournalEntry).id).flagged = True
    assert dana.get(f"/notes/{note.id}/sound").status_code == 200


def _private(ana: Line) -> None:
    with ana.world.runtime.database.write() as db:
        db.get_one(JournalEntry, ana.first(JournalEntry).id).private = True


def test_a_spoken_complaint_about_staff_is_the_leads_alone(ana: Line, dana: Browser, world: World) -> None:
    note = heard(ana, "My therapist touched me and made me uncomfortable during the session.")
    lead = browser(world, "lee@example.org", "lead")
    assert dana.get(f"/notes/{note.id}/sound").status_code == 404
    assert lead.get(f"/notes/{note.id}/sound").status_code == 200


def test_the_task_leads_to_the_note(ana: Line, dana: Browser) -> None:
    note = heard(ana, "mumble", confidence=0.2)
    text = dana.get("/tasks").text
    assert "Listen to a voice note" in text
    assert f'href="/portal/notes/{note.id}"' in text


def test_staff_delete_a_note(ana: Line, dana: Browser, world: World) -> None:
    note = heard(ana)
    dana.post(f"/notes/{note.id}/delete", f"/notes/{note.id}")
    assert ana.row(note).state == rows.DELETED
    assert dana.get(f"/notes/{note.id}/sound").status_code == 404
    assert "note.delete" in [action for _, action, _ in audited(world)]


def test_a_hold_is_a_leads_and_keeps_the_note(ana: Line, dana: Browser, world: World) -> None:
    note = heard(ana)
    assert dana.post(f"/notes/{note.id}/hold", f"/notes/{note.id}", held="yes").status_code == 403
    lead = browser(world, "lee@example.org", "lead")
    lead.post(f"/notes/{note.id}/hold", f"/notes/{note.id}", held="yes")
    dana.post(f"/notes/{note.id}/delete", f"/patients/{ana.patient.id}/pause")
    assert ana.row(note).state == rows.UNDERSTOOD


def test_an_erased_patients_note_is_gone(ana: Line, dana: Browser, world: World) -> None:
    note = heard(ana)
    with world.runtime.database.write() as db:
        patient = db.get_one(Patient, ana.patient.id)
        patient.wrapped_key = patient.phone_sealed = None
    assert dana.get(f"/notes/{note.id}/sound").status_code == 410


def test_what_does_not_play_here_is_offered_as_it_came(ana: Line, dana: Browser, world: World) -> None:
    ana.carrier.recordings[sid(1)] = Kept(SOUND, 2)
    note = ana.note(recording_sid=sid(1))
    ana.work()
    with world.runtime.database.write() as db:
        row = db.get_one(VoiceNote, note.id)
        row.content_type, row.playable = "audio/amr", False
    assert "Download the recording" in dana.get(f"/notes/{note.id}").text
    answer = dana.get(f"/notes/{note.id}/sound?original=1")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert answer.data == SOUND


def test_a_note_of_somebody_else_is_not_on_a_patients_page(ana: Line, dana: Browser, world: World) -> None:
    heard(ana)
    ben = world.enroll(phone=BEN)
    assert "No voice notes yet." in dana.get(f"/patients/{ben.id}/voice").text
