"""On their own page patients put their words right, put them away and bring them back; staff can end the links."""

import re
import uuid
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlmodel import col, select
from werkzeug.test import TestResponse

from smsbot.models import Alert, Answer, Inbound, JournalEntry, Task
from smsbot.web.keepsake.often import Often
from tests.optout_support import copied
from tests.phone_support import Phone
from tests.portal_support import Browser, audited, browser
from tests.test_keepsake import asked, at_desk, coded, link, said, visitor, wrote

ROW = re.compile(r'name="row" value="([^"]+)"')


@pytest.fixture
def ana(tmp_path: Path) -> Phone:
    return copied(tmp_path)[1]


@pytest.fixture
def dana(ana: Phone) -> Browser:
    return browser(ana.world)


class Page:
    """The patient's page in their browser."""

    def __init__(self, ana: Phone, dana: Browser) -> None:
        self.path, self.client = link(ana, dana), visitor(dana)

    def get(self) -> str:
        return self.client.get(self.path).text

    def rows(self) -> list[str]:
        """The rows that can be changed, in the order of the page."""
        return list(dict.fromkeys(ROW.findall(self.get())))

    def change(self, words: str, row: str = "", **more: str) -> TestResponse:
        return self.send("words", row=row or self.rows()[0], words=words, **more)

    def away(self, away: bool = True, row: str = "", **more: str) -> TestResponse:
        return self.send("away", row=row or self.rows()[0], away="yes" if away else "no", **more)

    def send(self, what: str, **fields: str) -> TestResponse:
        return self.client.post(f"{self.path}/{what}", data=fields, follow_redirects=True)


@pytest.fixture
def page(ana: Phone, dana: Browser) -> Page:
    return Page(ana, dana)


def actions(ana: Phone) -> list[str]:
    return [action for actor, action, _ in audited(ana.world) if actor == "patient"]


def first_words(ana: Phone) -> str | None:
    """What the one corrected entry said at first."""
    with ana.world.desk() as desk:
        row = desk.db.exec(select(JournalEntry).where(col(JournalEntry.corrected_at).is_not(None))).one()
        sealer = desk.keys.patient(row.patient_id, ana.patient().wrapped_key)
        assert row.original_sealed
        return sealer.open("journal_entry", "original_sealed", row.id, row.original_sealed)


def test_an_entry_is_put_right_and_the_first_words_stay_beside_it(ana: Phone, page: Page) -> None:
    wrote(ana, "I saw the see today")
    shown = page.change("I saw the sea today\r\nat last").text
    assert "We kept the new words" in shown
    assert said(shown) == ["Note (changed by you): I saw the sea today at last"]
    assert first_words(ana) == "I saw the see today"
    page.change("I saw it")
    assert first_words(ana) == "I saw the see today"
    assert actions(ana).count("words.changed") == 2


def test_what_is_put_away_is_shown_nowhere_until_it_is_brought_back(ana: Phone, dana: Browser, page: Page) -> None:
    wrote(ana, "I saw the sea today", "and a gull")
    shown = page.away().text
    assert "It is put away" in shown
    assert "sea" not in shown
    assert said(at_desk(ana, dana)) == ["Note: and a gull"]
    row = page.rows()[-1]
    assert said(page.away(away=False, row=row).text) == ["Note: I saw the sea today", "Note: and a gull"]
    assert actions(ana)[-3:] == ["words.opened", "words.brought_back", "words.opened"]


@pytest.mark.long
def test_staff_read_both_versions_and_that_it_was_put_away(ana: Phone, dana: Browser, page: Page) -> None:
    wrote(ana, "I saw the see today")
    page.change("I saw the sea today")
    page.away()
    journal = unescape(dana.get(f"/patients/{ana.patient().id}/journal").text)
    assert "I saw the sea today" in journal
    assert "changed by the patient; first: “I saw the see today”" in journal
    assert "put away: do not say it back to them" in journal


@pytest.mark.long
def test_of_a_plan_either_half_is_put_right_and_both_are_put_away(ana: Phone, page: Page) -> None:
    asked(ana, "practice", "after coffee", "write one line", "SKIP", "8")
    act = page.rows()[1]
    assert said(page.change("write one word", act).text) == ["Plan (changed by you): after coffee then write one word"]
    assert said(page.away().text) == []
    with ana.world.runtime.database.read() as db:
        rows = db.exec(select(Answer).where(col(Answer.name).in_(("cue", "act")))).all()
        assert [row.put_away_at is not None for row in rows] == [True, True]


def test_danger_written_there_is_heard_as_anywhere(ana: Phone, page: Page) -> None:
    wrote(ana, "I saw the sea today")
    answer = page.change("I want to kill myself")
    assert "call 911 now" in unescape(answer.text)
    assert said(answer.text) == ["Note: I saw the sea today"]
    assert [text.purpose for text in ana.fresh()][:1] == ["crisis"]
    with ana.world.runtime.database.read() as db:
        assert len(db.exec(select(Alert)).all()) == 1
        assert [row.filed_as for row in db.exec(select(Inbound).where(Inbound.via == "page")).all()] == ["danger"]


def test_what_is_never_said_back_goes_to_people_instead(ana: Phone, page: Page) -> None:
    wrote(ana, "I saw the sea today")
    answer = page.change("I found out that I'm pregnant")
    assert "went to your clinic" in answer.text
    assert "pregnant" not in answer.text
    with ana.world.runtime.database.read() as db:
        assert "pregnancy" in [task.reason for task in db.exec(select(Task)).all()]


def test_a_private_note_is_put_right_only_with_the_code(ana: Phone, page: Page) -> None:
    wrote(ana, "my secret garden", "PRIVATE")
    coded(ana)
    row = ROW.findall(page.client.post(page.path, data={"code": "4821"}).text)[0]
    assert page.change("a gate", row).status_code == 404
    assert page.change("a gate", row, code="1357").status_code == 422
    assert page.change("a gate", row, code="4821").status_code == 200
    assert said(page.client.post(page.path, data={"code": "4821"}).text) == ["Note (private) (changed by you): a gate"]


def test_only_what_stands_on_the_page_can_be_changed(ana: Phone, dana: Browser, page: Page) -> None:
    wrote(ana, "a good day", "I want to kill myself")
    with ana.world.runtime.database.read() as db:
        flagged = db.exec(select(JournalEntry).where(JournalEntry.flagged)).first()
        assert flagged
    for row in (f"entry.{flagged.id.hex}", "entry.0", "", "answer." + "0" * 32):
        assert page.change("fine", row or " ").status_code == 404
        assert page.away(row=row or " ").status_code == 404
    assert page.change("x" * 20_001).status_code == 413
    assert page.change("a good day").text.count("Nothing was changed") == 1


def test_every_opening_is_written_down_and_no_link_is_used_without_end(ana: Phone, page: Page) -> None:
    page.get()
    page.get()
    assert actions(ana) == ["words.opened"] * 2
    often, now = Often(2), ana.world.watch.now
    who, other = uuid.uuid4(), uuid.uuid4()
    assert [often(who, now) for _ in range(3)] == [True, True, False]
    assert often(other, now)
    assert often(who, now + timedelta(hours=1))


def test_staff_end_every_link_and_can_make_a_new_one(ana: Phone, dana: Browser, page: Page) -> None:
    where = f"/patients/{ana.patient().id}/words"
    assert dana.post(f"{where}/end-links", page=where).status_code == 303
    nothing: FlaskClient = page.client
    for answer in (nothing.get(page.path), nothing.post(f"{page.path}/away", data={"row": "x"})):
        assert (answer.status_code, answer.data) == (404, nothing.get("/w/nothing").data)
    assert Page(ana, dana).client.get(link(ana, dana)).status_code == 200
    assert "words.end_links" in [action for _, action, _ in audited(ana.world)]


@pytest.mark.long
def test_the_page_is_changed_in_spanish_too(ana: Phone, page: Page) -> None:
    wrote(ana, "ES", "hoy vi el mar")
    assert "Guardamos las palabras nuevas" in page.change("hoy vi el mar otra vez").text
    assert "Queda apartado" in page.away().text
