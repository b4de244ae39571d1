"""The on-call page: who is tried now and who next, the list and its rota changed by a lead, the test page sent."""

import re
import uuid
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import col, select

from smsbot import contacts, rota
from smsbot.contacts import NewContact
from smsbot.hours import DAYS
from smsbot.models import Alert, AlertStep
from smsbot.store import paging as rows
from smsbot.store.paging import Listed
from smsbot.web.portal import rotas
from tests.api_support import NOW, World
from tests.portal_support import Browser, audited, browser

NIGHTS = rota.parse(["mon-fri=18:00-08:00"], [])
DANA = NewContact("oncall", 1, "Dana", "+16175550121", "dana@harbor.example", rota=NIGHTS)
ELI = NewContact("second", 1, "Eli", "+16175550122")
WORDS = re.compile(r"<[^>]+>")


@pytest.fixture
def lead(world: World) -> Browser:
    return browser(world, "lea@example.org", role="lead")


def enlist(world: World, *people: NewContact) -> list[uuid.UUID]:
    with world.desk() as desk:
        return [contacts.add(desk, each) for each in people]


def listed(world: World) -> list[Listed]:
    with world.desk() as desk:
        return rows.contacts(desk.db, desk.keys)


def read(page: str) -> str:
    """A page as people read it."""
    return " ".join(WORDS.sub(" ", page).split())


def test_an_empty_list_says_what_that_means_and_only_a_lead_is_asked_to_fill_it(world: World, lead: Browser) -> None:
    assert "Nobody is on the list" in lead.get("/on-call").text
    assert "/portal/on-call/add" in lead.get("/on-call").text
    assert "/portal/on-call/add" not in browser(world).get("/on-call").text
    assert "There is nobody to page yet" in lead.post("/on-call/test", page="/on-call/add").text


def test_who_is_on_call_now_and_who_is_next_is_what_the_ladder_would_do(world: World) -> None:
    world.watch.on(days=1, hours=10)  # Monday, 8 PM in Harbor's zone
    enlist(world, ELI, DANA)
    page = read(browser(world).get("/on-call").text)
    assert "Dana is tried first, on call. Who is next if they do not answer: Eli." in page
    assert "Next change: Tomorrow, 8:00 AM . Eli is tried first then." in page
    world.watch.on(hours=12, minutes=1)
    page = read(browser(world, "lea@example.org").get("/on-call").text)
    assert "Eli is tried first, on call. Who is next if they do not answer: Dana." in page


def test_nobody_on_duty_is_told_before_it_is_too_late(world: World, lead: Browser) -> None:
    enlist(world, DANA)  # Sunday morning: off duty
    page = read(lead.get("/on-call").text)
    assert "Nobody is on call by the rota at this moment." in page
    assert "There is nobody to page when they do not answer." in page
    assert "everybody is tried: Today, 10:00 AM to Tomorrow, 6:00 PM" in page


def test_somebody_is_put_on_the_list_with_a_number_as_people_write_it(world: World, lead: Browser) -> None:
    typed = {"name": " Dana ", "kind": "oncall", "rank": "1", "phone": "(617) 555-0121", "email": "", "voice": "y"}
    assert lead.post("/on-call/add", **typed).status_code == 303
    (dana,) = listed(world)
    assert (dana.name, dana.phone, dana.row.kind, dana.row.voice) == ("Dana", "+16175550121", "oncall", True)
    page = read(lead.get("/on-call").text)
    assert "Dana is on the list." in page
    assert "(617) 555-0121" in page
    assert "contact.add" in [action for _, action, _ in audited(world)]


def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_lost(world: World, lead: Browser) -> None:
    fit = {"name": "Anaïs", "kind": "oncall", "rank": "1", "phone": "+16175550121", "email": "a@b.example"}
    for name, unfit in (
        ("name", {"name": ""}),
        ("phone", {"phone": "12"}),
        ("phone", {"phone": "", "email": ""}),
        ("email", {"email": "dana"}),
        ("kind", {"kind": "boss"}),
        ("rank", {"rank": "0"}),
    ):
        answer = lead.post("/on-call/add", **(fit | unfit))
        assert answer.status_code == 422
        assert f'id="{name}-fault"' in answer.text
        assert f'aria-describedby="{name}' in answer.text
        assert name == "name" or 'value="Anaïs"' in answer.text
    assert listed(world) == []


def test_a_contact_is_changed_and_keeps_the_rota(world: World, lead: Browser) -> None:
    (dana,) = enlist(world, DANA)
    assert 'value="(617) 555-0121"' in lead.get(f"/on-call/{dana}/change").text
    typed = {"name": "Dana Lee", "kind": "second", "rank": "2", "phone": "617-555-0199", "email": ""}
    assert lead.post(f"/on-call/{dana}/change", **typed).status_code == 303
    (now,) = listed(world)
    assert (now.name, now.phone, now.email, now.row.voice) == ("Dana Lee", "+16175550199", "", False)
    assert (now.row.kind, now.row.rank, now.row.rota) == ("second", 2, DANA.rota)
    assert ("contact.change", f"contact:{dana}") in [entry[1:] for entry in audited(world)]


def test_a_rota_is_changed_in_rows_of_days_and_hours(world: World, lead: Browser) -> None:
    (dana,) = enlist(world, DANA)
    page = lead.get(f"/on-call/{dana}/hours").text
    assert '<option selected value="mon">' in page
    assert 'value="18:00"' in page
    typed = {
        "spans-0-first": "mon", "spans-0-last": "thu", "spans-0-start": "17:30", "spans-0-end": "09:00",
        "spans-1-first": "sat", "spans-1-last": "", "spans-1-start": "00:00", "spans-1-end": "00:00",
        "away-0-first": "2026-12-24", "away-0-last": "2026-12-26",
    }  # fmt: skip
    assert lead.post(f"/on-call/{dana}/hours", **typed).status_code == 303
    stored = listed(world)[0].row.rota
    assert stored["week"] == {day: ["17:30-09:00"] for day in ("mon", "tue", "wed", "thu")} | {"sat": ["00:00-24:00"]}
    assert stored["away"] == ["2026-12-24", "2026-12-25", "2026-12-26"]
    page = read(lead.get("/on-call").text)
    assert (
        "Monday to Thursday 5:30 PM to 9:00 AM; Saturday 12:00 AM to midnight; away Dec 24, 2026 to Dec 26, 2026"
        in page
    )
    assert lead.post(f"/on-call/{dana}/hours", **dict.fromkeys(typed, "")).status_code == 303
    assert listed(world)[0].row.rota == {}


def test_half_a_row_is_refused_in_words_and_a_row_more_stores_nothing(world: World, lead: Browser) -> None:
    (dana,) = enlist(world, DANA)
    half = {"spans-0-first": "sat", "spans-0-last": "", "spans-0-start": "09:00", "spans-0-end": ""}
    half |= {"away-0-first": "", "away-0-last": "2026-12-24"}
    answer = lead.post(f"/on-call/{dana}/hours", **half)
    assert answer.status_code == 422
    assert {"Give the time it ends.", "Give the first day."} <= set(re.findall(r'-fault">([^<]+)</p>', answer.text))
    more = lead.post(f"/on-call/{dana}/hours", **half, step="spans")
    assert (more.status_code, more.text.count('aria-label="Hours ')) == (200, 2)
    assert listed(world)[0].row.rota == DANA.rota


def test_somebody_is_taken_off_the_list_after_a_second_look(world: World, lead: Browser) -> None:
    dana, _ = enlist(world, DANA, ELI)
    assert "Only Eli would be left" in lead.get(f"/on-call/{dana}/remove").text
    assert lead.post(f"/on-call/{dana}/remove").status_code == 303
    assert [each.name for each in listed(world)] == ["Eli"]
    assert lead.get(f"/on-call/{dana}/remove").status_code == 404


@dataclass
class Bell:
    """Remembers what was rung for."""

    rung: list[str] = field(default_factory=list)

    def ring(self, what: str) -> None:
        self.rung.append(what)

    def works(self) -> bool:
        return True


def test_a_test_page_is_sent_and_its_answer_shown(world: World) -> None:
    bell = Bell()
    world.runtime = replace(world.runtime, bell=bell)
    lead = browser(world, role="lead")
    (dana,) = enlist(world, replace(DANA, email=""))
    assert "No test has been answered with a key yet" in lead.get("/on-call").text
    assert lead.post("/on-call/test", page="/on-call").status_code == 303
    assert bell.rung == ["page"]
    assert "A test is under way" in lead.get("/on-call").text
    with world.runtime.database.write() as db:
        test = db.exec(select(Alert).where(col(Alert.kind) == "test")).one()
        step = {"id": uuid.uuid4(), "alert_id": test.id, "number": 0, "channel": "call", "contact_id": dana}
        done = {"state": "acknowledged", "at": world.watch.now, "done_at": world.watch.now}
        db.add(AlertStep(clinic_id=world.harbor, **step, **done))
    world.watch.on(minutes=3)
    page = read(lead.get("/on-call").text)
    assert "Last answered with a key Today, 10:00 AM (3 minutes ago)" in page
    assert "Call to Dana: taken with a key" in page
    assert ("pager.test", f"alert:{test.id}") in [entry[1:] for entry in audited(world)]


@pytest.mark.parametrize("role", ["staff", "frontdesk"])
def test_others_see_the_list_and_change_nothing(world: World, role: str) -> None:
    (dana,) = enlist(world, DANA)
    person = browser(world, role=role)
    page = person.get("/on-call").text
    assert "(617) 555-0121" in page
    for change in ("add", f"{dana}/change", f"{dana}/hours", f"{dana}/remove"):
        assert f"/portal/on-call/{change}" not in page
        assert person.get(f"/on-call/{change}").status_code == 403
        assert person.post(f"/on-call/{change}", page="/on-call").status_code == 403
    assert person.post("/on-call/test", page="/on-call").status_code == 403
    assert len(listed(world)) == 1


def test_another_clinics_contact_is_nowhere(world: World) -> None:
    (dana,) = enlist(world, DANA)
    mesa = browser(world, "mo@example.org", role="lead", clinic=world.mesa)
    assert "Dana" not in mesa.get("/on-call").text
    assert mesa.get(f"/on-call/{dana}/change").status_code == 404


AWAY = st.lists(st.integers(20, 30).map(lambda day: f"2026-11-{day}"), max_size=3)
SPANS = st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS), st.sampled_from(["18:00-08:00", "00:00-24:00"]))


@given(st.lists(SPANS, max_size=5))
def test_a_week_put_into_rows_and_back_is_the_same_week(given_spans: list[tuple[str, str, str]]) -> None:
    week = rota.parse([f"{first}-{last}={span}" for first, last, span in given_spans], []).get("week", {})
    once = {day: list(dict.fromkeys(spans)) for day, spans in week.items()}
    again = rota.parse([f"{first}-{last}={span}" for first, last, span in rotas.stretches(once)], []).get("week", {})
    assert {day: set(spans) for day, spans in again.items()} == {day: set(spans) for day, spans in once.items()}


@given(st.lists(SPANS, max_size=2), AWAY)
@settings(max_examples=25)
def test_nobody_comes_or_goes_but_at_an_edge(given_spans: list[tuple[str, str, str]], away: list[str]) -> None:
    stored = rota.parse([f"{first}-{last}={span}" for first, last, span in given_spans], away)
    mine = rota.read(stored, ZoneInfo("America/New_York"))
    edges = set(mine.edges(NOW))
    hours = [NOW + timedelta(hours=n) for n in range(7 * 24)]
    assert {at for before, at in pairwise(hours) if mine.covers(before) != mine.covers(at)} <= edges
