"""The comfort card to the room: what a patient answered by text, on one page that is printed and gone over aloud."""

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from smsbot import scope as scopes
from smsbot import sessions, talk
from smsbot.models import TreatmentSession
from smsbot.scope import Scope
from smsbot.sessions import Booking
from smsbot.store import clinics
from smsbot.store import sessions as rows
from smsbot.store.record import Kept
from smsbot.web.portal.comfort import LONGEST, Card, Line
from tests.api_support import NOW, World
from tests.content_support import shipped
from tests.phone_support import Phone, joined
from tests.portal_support import Browser, audited, browser

TAGS = re.compile(r"<[^>]+>")
ROWS = re.compile(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", re.S)
CARD = Card("en", shipped().printed["en"])
LAST_TIME, NOT_SAID, PRIVATE = CARD["last_time"], CARD["not_said"], CARD["private"]
FLAGGED, SPOKEN = CARD["flagged"], CARD["spoken"]
HERE, BEFORE = uuid.UUID(int=7), uuid.UUID(int=6)


@pytest.fixture
def ana(world: World) -> Phone:
    return joined(world)


def visits(ana: Phone) -> list[TreatmentSession]:
    with ana.world.desk() as desk:
        return list(rows.of_patient(desk.db, desk.keys, ana.patient().id))


def asked(ana: Phone, flow: str, *answers: str) -> None:
    """A flow begun for the first session, and the answers the patient texts."""
    first = visits(ana)[0]
    with scope_of(ana) as scope:
        talk.begin(scope, flow, session_id=first.id)
    ana.lines(*answers)


@contextmanager
def scope_of(ana: Phone) -> Iterator[Scope]:
    world, patient = ana.world, ana.patient()
    with world.runtime.database.write() as db:
        yield scopes.of_patient(world.runtime, db, world.keys(db), clinics.get(db, world.harbor), patient.id)


def path(ana: Phone) -> str:
    return f"/patients/{ana.patient().id}/comfort-card"


def shown(person: Browser, ana: Phone) -> dict[str, str]:
    """The lines of the card as they are read."""
    answer = person.get(path(ana))
    assert answer.status_code == 200, answer.text
    return {label: " ".join(TAGS.sub(" ", words).split()) for label, words in ROWS.findall(answer.text)}


def test_what_was_said_by_text_stands_in_the_staffs_words(ana: Phone) -> None:
    asked(ana, "comfort", "1 and 4, and my own headphones", "the nurse at the door")
    asked(ana, "communication", "2", "1", "2", "two taps on the armrest")
    asked(ana, "communication_more", "relax", "my sister Lena", "I go quiet when it helps")
    assert shown(browser(ana.world), ana) == {
        "For the space": "Dim light, warm blanket 1 and 4, and my own headphones",
        "Also": "the nurse at the door",
        "Touch": "A hand, only if they ask",
        "Talking": "Only if they signal",
        "If they feel unsure": "Sit near, say little",
        "Their signal": "two taps on the armrest",
        "Words and topics to avoid": "relax",
        "Whom to call first": "my sister Lena",
        "Good to know": "I go quiet when it helps",
    }


def test_a_card_of_somebody_who_said_nothing_is_a_whole_card_without_touch(ana: Phone) -> None:
    found = shown(browser(ana.world), ana)
    assert found.pop("Touch") == "None Not said"
    assert set(found.values()) == {"Not said"}


def test_the_card_names_the_session_and_the_first_name_alone(world: World) -> None:
    ana = joined(world, first_name="Ana Lucia Morales")
    page = browser(world).get(path(ana)).text
    assert "Tuesday, December 1, 10:00 AM" in page
    assert "<h1>Ana L. <span>" in page
    assert "Morales" not in page
    assert "555-0123" not in page
    assert "1988" not in page


def test_what_was_said_for_another_session_is_from_last_time(ana: Phone) -> None:
    asked(ana, "comfort", "2", "SKIP")
    asked(ana, "communication", "1", "SKIP", "3", "SKIP")
    patient = ana.patient()
    with ana.world.desk() as desk:
        sessions.add(desk, patient.id, Booking(NOW + timedelta(days=16), 60))
    ana.wait(days=10)
    found = shown(browser(ana.world), ana)
    assert found["For the space"] == "Music From last time, not confirmed"
    assert found["Talking"] == "Check in often From last time, not confirmed"
    assert found["Touch"] == "None Last time: Ask each time. From last time, not confirmed"
    assert found["Their signal"] == "Not said"


def test_words_stay_in_the_patients_language(world: World) -> None:
    ana = joined(world, language="es")
    asked(ana, "comfort", "1 y 4", "la enfermera en la puerta")
    page = browser(world).get(path(ana)).text
    assert '<strong>Dim light, warm blanket</strong> <span class="room-twin" lang="es">Luz baja, manta</span>' in page
    assert '<dt>Touch <span class="room-twin" lang="es">Contacto físico</span></dt>' in page
    assert "no da permiso para tocarte" in page
    assert '<q lang="es">la enfermera en la puerta</q>' in page


def test_what_a_patient_keeps_private_is_not_on_the_card(ana: Phone) -> None:
    asked(ana, "communication_more", "relax", "my sister Lena", "I am afraid of masks")
    ana.text("PRIVATE")
    assert shown(browser(ana.world), ana)["Good to know"] == "Kept private: ask them"
    assert "masks" not in browser(ana.world, "eli@example.org").get(path(ana)).text


def test_the_button_notes_who_went_over_it_and_keeps_nothing_else(ana: Phone) -> None:
    person = browser(ana.world)
    answer = person.post(path(ana))
    assert answer.headers["Location"] == f"/portal{path(ana)}"
    assert "confirmed aloud, by Dana" in person.get(path(ana)).text
    noted = [row for row in audited(ana.world) if row[1] == "comfort.confirmed"]
    assert [subject for _, _, subject in noted] == [f"session:{visits(ana)[0].id}"]


def test_without_a_session_there_is_a_card_and_no_button(ana: Phone) -> None:
    first = visits(ana)[0]
    with ana.world.desk() as desk:
        sessions.cancel(desk, first.id, "patient")
    page = browser(ana.world).get(path(ana)).text
    assert "No session is booked" in page
    assert '<form method="post">' not in page
    assert "Confirmed aloud with the patient" in page


def test_the_patients_page_leads_to_the_card(ana: Phone) -> None:
    link = f'href="/portal{path(ana)}"'
    here = f"/patients/{ana.patient().id}"
    assert browser(ana.world).get(here).text.count(link) == 1
    assert link not in browser(ana.world, "finn@example.org", "frontdesk").get(here).text
    ana.wait(days=8, hours=20)
    assert browser(ana.world, "eli@example.org").get(here).text.count(link) == 2  # in the row of the day's session too


def test_it_is_for_those_who_may_read_words_at_this_clinic(ana: Phone) -> None:
    assert browser(ana.world, "lea@example.org", "lead").get(path(ana)).status_code == 200
    assert browser(ana.world, "finn@example.org", "frontdesk").get(path(ana)).status_code == 403
    assert browser(ana.world, "mia@example.org", clinic=ana.world.mesa).get(path(ana)).status_code == 404
    assert ("answers.read", f"patient:{ana.patient().id}") in [row[1:] for row in audited(ana.world)]


def kept(
    name: str, words: str | None, code: str | None = None, *, session: uuid.UUID = HERE, flagged: bool = False
) -> Kept:
    """One standing answer."""
    flow = "comfort" if name.startswith("comfort") else "communication"
    return Kept(flow, name, code, words, NOW, session, flagged)


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        (kept("comfort", "7"), Line("For the space", "Not sure yet")),
        (kept("comfort", "3, 5"), Line("For the space", "Quiet, eye mask")),
        (kept("comfort", "1 and 2."), Line("For the space", "Dim light, music")),
        (kept("comfort", "9"), Line("For the space", None, "9")),
        (kept("comfort", "2 blankets"), Line("For the space", None, "2 blankets")),
        (kept("comfort", "just\nquiet"), Line("For the space", None, "just quiet")),
        (kept("signal", None), Line("Their signal", mark=PRIVATE)),
        (kept("signal", "a cry", flagged=True), Line("Their signal", mark=FLAGGED)),
        (kept("signal", ""), Line("Their signal", mark=SPOKEN)),
        (kept("signal", "x", session=BEFORE), Line("Their signal", None, "x", LAST_TIME)),
        (kept("signal", "y" * 999), Line("Their signal", None, "y" * LONGEST, cut=True)),
        (kept("touch", "no touch", "none_at_all", session=BEFORE), Line("Touch", "None", None, LAST_TIME)),
        (kept("touch", "a hug maybe"), Line("Touch", "None", "a hug maybe")),
        (kept("talking", "often", "often", flagged=True), Line("Talking", "Check in often")),
        (kept("talking", "by drum", "by_drum"), Line("Talking", None, "by drum")),
    ],
)
def test_each_answer_becomes_one_line(answer: Kept, line: Line) -> None:
    assert line in CARD.lines([answer], HERE)
    assert sum(each.mark == NOT_SAID for each in CARD.lines([answer], HERE)) == 8


def test_an_answer_of_another_flow_by_the_same_name_is_not_on_the_card() -> None:
    other = Kept("hard", "signal", None, "words for the night", NOW, HERE, False)
    assert all(line.mark == NOT_SAID for line in CARD.lines([other], HERE))
