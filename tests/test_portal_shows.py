"""What pages show beside the words: the history of each touch, and the way to the sound of a voice note."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest

from smsbot import notes, sessions
from smsbot.models import VoiceNote
from smsbot.store import notes as rows
from smsbot.store import sessions as session_rows
from smsbot.transcription import NotUnderstood
from tests.api_support import World
from tests.notes_support import Line, line, said
from tests.phone_support import joined
from tests.portal_support import browser

DISCLOSED = re.compile(r'<details class="touch-history">.*?</details>', re.S)
WORDS = re.compile(r"<[^>]+>")


@pytest.fixture
def ana(world: World) -> Iterator[Line]:
    with line(world) as found:
        yield found


def histories(page: str) -> list[str]:
    """What each disclosure of a page says, without its tags."""
    return [" ".join(WORDS.sub(" ", found).split()) for found in DISCLOSED.findall(page)]


def test_each_touch_tells_what_happened_to_it_in_the_patients_time(world: World) -> None:
    ana = joined(world, time_zone="America/Chicago")
    with world.desk() as desk:
        first = session_rows.of_patient(desk.db, desk.keys, ana.patient().id)[0]
        sessions.move(desk, first.id, first.starts_at + timedelta(days=1), None, first.version)
    page = browser(world, role="frontdesk").get(f"/patients/{ana.patient().id}").text
    found = histories(page)
    assert len(found) == page.count('class="touch-why"') > 10
    (invitation,) = (each for each in found if each.startswith("History of the invitation "))
    assert invitation.endswith("Today, 9:00 AM Sent. Today, 9:01 AM Answered.")
    (questions,) = (each for each in found if each.startswith("History of the second questionnaire, session 1 "))
    assert "Today, 9:00 AM Five days before session 1" in questions
    assert "Moved from 10:00 AM on Thursday, November 26 to 10:00 AM on Friday, November 27." in questions


def alert_page(world: World) -> tuple[str, str]:
    """The list of alerts, and the page of the one there is."""
    dana = browser(world)
    listed = dana.get("/alerts").text
    (alert,) = set(re.findall(r"/portal/alerts/[0-9a-f-]{36}", listed))
    return listed, dana.get(alert.removeprefix("/portal")).text


def test_an_alert_leads_to_the_sound_the_danger_was_heard_in_while_that_is_there(ana: Line, world: World) -> None:
    note = ana.stored()
    ana.listen(said("I have the pills in my hand.", "I am going to take them all tonight."))
    way = f'<a href="/portal/notes/{note.id}">Listen to the note (0:02 min)</a>'
    assert all(way in page for page in alert_page(world))
    with world.runtime.database.write() as db:
        notes.destroy(world.runtime, db, db.get_one(VoiceNote, note.id), "staff")
    gone = browser(world, "eli@example.org").get("/alerts").text
    assert "The sound is no longer here." in gone
    assert f"/portal/notes/{note.id}" not in gone


def test_an_alert_about_a_note_nobody_understood_leads_to_the_notes(ana: Line, world: World) -> None:
    note = ana.stored()
    ana.listen(NotUnderstood("time"), NotUnderstood("failed"))
    assert ana.row(note).state == rows.UNREAD
    way = f'<a href="/portal/patients/{ana.patient.id}/voice">Listen to their voice notes</a>'
    assert way in alert_page(world)[1]
