"""The summary that belongs to the patient: their words at the desk and by link, and what stays closed."""

import re
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlmodel import col, select
from werkzeug.test import TestResponse

from smsbot import erasure, notes, schedule, talk
from smsbot import scope as scopes
from smsbot.calls.code import set_code
from smsbot.models import JournalEntry
from smsbot.store import clinics, patients
from smsbot.web import keepsake
from tests.optout_support import copied
from tests.phone_support import Phone
from tests.portal_support import Browser, audited, browser, staff_row

LINK = re.compile(r'<p class="sheet-link">http://127\.0\.0\.1:8000([^<]+)</p>')


@pytest.fixture
def ana(tmp_path: Path) -> Phone:
    return copied(tmp_path)[1]


@pytest.fixture
def dana(ana: Phone) -> Browser:
    return browser(ana.world)


def at_desk(ana: Phone, dana: Browser) -> str:
    return dana.get(f"/patients/{ana.patient().id}/words").text


def link(ana: Phone, dana: Browser) -> str:
    """The path of a link that staff have just made."""
    found = LINK.search(dana.post(f"/patients/{ana.patient().id}/words").text)
    assert found, dana.last
    return found[1]


def visitor(dana: Browser) -> FlaskClient:
    """Anybody else's browser."""
    return dana.client.application.test_client()


def opened(ana: Phone, dana: Browser) -> TestResponse:
    return visitor(dana).get(link(ana, dana))


def coded(ana: Phone, code: str = "4821") -> None:
    with ana.world.desk() as desk:
        row = patients.get(desk.db, desk.keys, ana.patient().id, lock=True)
        set_code(desk.keys.patient(row.id, row.wrapped_key), row, code)


def wrote(ana: Phone, *bodies: str) -> None:
    for body in bodies:
        ana.text(body)
        ana.wait(seconds=50)


def asked(ana: Phone, flow: str, *bodies: str) -> None:
    """A flow about the first session, answered with real texts."""
    with ana.world.runtime.database.write() as db:
        keys = ana.world.keys(db)
        clinic = clinics.get(db, ana.world.harbor)
        scope = scopes.of_patient(ana.world.runtime, db, keys, clinic, ana.patient().id)
        talk.begin(scope, flow, session_id=scope.sessions[0].id)
        schedule.conclude(scope)
    wrote(ana, *bodies)


def said(page: str) -> list[str]:
    """What the sheet shows, item by item, without its dates and its forms."""
    page = re.sub(r"<details.*?</details>", "", page, flags=re.DOTALL)
    items = re.findall(r"<li>\s*<p class=\"sheet-kind\">(.*?) <span>.*?</p>(.*?)</li>", page, re.DOTALL)
    return [unescape(" ".join(re.sub(r"<[^>]+>", " ", f"{kind}: {words}").split())) for kind, words in items]


# At the desk


def test_words_stand_by_session_as_they_were_written(ana: Phone, dana: Browser) -> None:
    asked(ana, "intention", "to be kinder\nto myself <3", "1")
    asked(ana, "practice", "after coffee", "write one line", "SKIP", "8")
    asked(ana, "small_win", "1", "the quiet")
    wrote(ana, "I saw the sea today", "7", "SKIP", "\N{HEAVY BLACK HEART}")
    page = at_desk(ana, dana)
    assert said(page) == [
        "Note: I saw the sea today",
        "Note: \N{HEAVY BLACK HEART}",
        "Intention: to be kinder to myself <3",
        "Plan: after coffee then write one line",
        "What went well: the quiet",
    ]
    assert "kinder\nto myself &lt;3</p>" in page
    assert page.index("Before the first session") < page.index("Session 1 <span>December 1, 2026")


def test_what_was_said_before_is_there_and_what_was_put_another_way_is_not(ana: Phone, dana: Browser) -> None:
    asked(ana, "intention", "to be kinder to myself", "2", "to sleep through the night")
    asked(ana, "intention", "to listen to my sister", "1")
    asked(ana, "practice", "after coffee", "SKIP")
    assert said(at_desk(ana, dana)) == [
        "Intention: to sleep through the night",
        "Intention: to listen to my sister",
    ]


def test_a_plan_made_smaller_is_shown_as_it_was_and_as_it_is(ana: Phone, dana: Browser) -> None:
    asked(ana, "practice", "after coffee", "write one line", "SKIP", "8")
    asked(ana, "small_win", "3", "1", "no time", "write one word")
    plans = ["Plan: after coffee then write one line", "Plan: after coffee then write one word"]
    assert said(at_desk(ana, dana)) == plans


def test_the_sign_of_a_bad_time_is_only_for_a_low_day(ana: Phone, dana: Browser) -> None:
    asked(ana, "series_end", "1", "the sea", "I no longer cook for us", "my sister", "6", "1")
    assert said(at_desk(ana, dana)) == ["A thread to keep: the sea", "What helps: my sister"]


def test_what_the_safety_screen_stopped_at_is_left_out(ana: Phone, dana: Browser) -> None:
    wrote(ana, "a good day with my dog", "I want to kill myself")
    assert said(at_desk(ana, dana)) == ["Note: a good day with my dog"]
    assert "kill" not in opened(ana, dana).text


def test_a_complaint_about_staff_is_on_no_page_that_lies_about(ana: Phone) -> None:
    wrote(ana, "the doctor touched me inappropriately during my session")
    lead = browser(ana.world, "lee@example.org", role="lead")
    assert said(at_desk(ana, lead)) == said(opened(ana, lead).text) == []


def test_of_a_private_note_staff_see_only_that_it_is_there(ana: Phone, dana: Browser) -> None:
    wrote(ana, "my secret garden", "PRIVATE")
    asked(ana, "intention", "to forgive my father", "1", "PRIVATE")
    page = at_desk(ana, dana)
    assert said(page) == ["A private note:", "A private note:"]
    assert "garden" not in page
    assert "forgive" not in page


def test_a_plan_is_private_when_half_of_it_is(ana: Phone, dana: Browser) -> None:
    asked(ana, "boundary", "when they call", "not tonight", "SKIP", "PRIVATE")
    assert said(at_desk(ana, dana)) == ["A private note:"]


def test_the_page_speaks_the_patients_language(ana: Phone, dana: Browser) -> None:
    wrote(ana, "ES", "hoy vi el mar")
    page = opened(ana, dana).text
    assert said(page) == ["Nota: hoy vi el mar"]
    assert '<html lang="es">' in page
    assert "En tus propias palabras" in page
    assert "22 de noviembre de 2026" in page
    assert "Antes de la primera sesión" in at_desk(ana, dana)


def test_words_are_for_whoever_may_read_words(ana: Phone) -> None:
    where = f"/patients/{ana.patient().id}"
    desk = browser(ana.world, "eve@example.org", role="frontdesk")
    assert desk.get(f"{where}/words").status_code == 403
    assert "/words" not in desk.get(where).text
    assert f"{where}/words" in browser(ana.world, role="lead").get(where).text


def test_another_clinic_finds_nothing(ana: Phone) -> None:
    mesa = browser(ana.world, "mo@example.org", clinic=ana.world.mesa)
    where = f"/patients/{ana.patient().id}/words"
    assert mesa.get(where).status_code == 404
    assert mesa.post(where, page="/patients").status_code == 404


# The link


def test_the_link_opens_the_patients_own_page_which_names_and_keeps_nothing(ana: Phone, dana: Browser) -> None:
    wrote(ana, "I saw the sea today")
    answer = opened(ana, dana)
    assert answer.status_code == 200
    assert said(answer.text) == ["Note: I saw the sea today"]
    assert "<title>In your own words</title>" in answer.text
    for word in ("Harbor", "Ana", "/portal", "<script", "ketamine"):
        assert word not in answer.text
    headers = answer.headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "script-src" not in headers["Content-Security-Policy"]
    assert (headers["Cache-Control"], headers["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert headers["X-Robots-Tag"].startswith("noindex")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in headers


def test_making_a_link_is_audited_and_sends_nothing(ana: Phone, dana: Browser) -> None:
    assert dana.client.post(f"/portal/patients/{ana.patient().id}/words").status_code == 400  # no form's own token
    path = link(ana, dana)
    actor = f"staff:{staff_row(ana.world).id}"
    assert (actor, "words.link", f"patient:{ana.patient().id}") in audited(ana.world)
    assert ana.fresh() == []
    assert path not in at_desk(ana, dana)
    assert [action for _, action, _ in audited(ana.world)].count("words.link") == 1


def test_a_link_ends_after_seven_days(ana: Phone, dana: Browser) -> None:
    path, client = link(ana, dana), visitor(dana)
    ana.world.watch.on(days=7, seconds=-2)
    assert client.get(path).status_code == 200
    ana.world.watch.on(seconds=3)
    unknown = client.get("/w/nothing")
    assert (client.get(path).status_code, client.get(path).data) == (404, unknown.data)
    assert client.post(path, data={"code": "4821"}).status_code == 404


def test_a_forged_link_is_as_unknown_as_any(ana: Phone, dana: Browser) -> None:
    path, client = link(ana, dana), visitor(dana)
    body, _, mark = path.rpartition(".")
    turned = "A" if mark[0] != "A" else "B"
    for forged in (path[:-1], f"{body}.{turned}{mark[1:]}", f"{body}x.{mark}", body):
        assert (client.get(forged).status_code, client.get(forged).data) == (404, client.get("/w/nothing").data)


def test_a_link_binds_patient_and_clinic(ana: Phone, dana: Browser) -> None:
    world, patient = ana.world, ana.patient().id
    settings, at = world.runtime.settings, world.runtime.machine()
    paths = [keepsake.path(settings, world.mesa, patient, at), keepsake.path(settings, world.harbor, world.mesa, at)]
    paths.append("/w/" + notes.audio_path(world.runtime, patient, at).rpartition("/")[2])  # signed, for a sound
    client = visitor(dana)
    assert [client.get(path).status_code for path in paths] == [404, 404, 404]


def test_erasing_ends_every_link_and_the_page(ana: Phone, dana: Browser) -> None:
    path, patient = link(ana, dana), ana.patient().id
    with ana.world.desk() as desk:
        erasure.erase(desk, patient, reason="request", confirm=str(patient))
    client = visitor(dana)
    assert (client.get(path).status_code, client.get(path).data) == (404, client.get("/w/nothing").data)
    assert client.post(path, data={"code": "4821"}).status_code == 404
    assert dana.get(f"/patients/{patient}/words").status_code == 410


# Private words behind the link


def test_without_a_code_private_words_are_left_out_and_that_is_said(ana: Phone, dana: Browser) -> None:
    wrote(ana, "my secret garden", "PRIVATE")
    path, client = link(ana, dana), visitor(dana)
    page = client.get(path).text
    assert said(page) == ["A private note:"]
    assert "ask your clinic for a code" in page
    assert "<form" not in page
    answer = client.post(path, data={"code": ""})
    assert answer.status_code == 422
    assert "garden" not in answer.text


def test_the_code_of_the_phone_line_opens_them(ana: Phone, dana: Browser) -> None:
    wrote(ana, "my secret garden", "PRIVATE")
    coded(ana)
    path, client = link(ana, dana), visitor(dana)
    assert "garden" not in client.get(path).text
    wrong = client.post(path, data={"code": "1357"})
    assert (wrong.status_code, "garden" in wrong.text, "did not match" in wrong.text) == (422, False, True)
    right = client.post(path, data={"code": "4821"})
    assert (right.status_code, said(right.text)) == (200, ["Note (private): my secret garden"])
    assert right.headers["Cache-Control"] == "no-store"
    assert "garden" not in client.get(path).text


def test_five_misses_close_them_until_there_is_a_new_code(ana: Phone, dana: Browser) -> None:
    wrote(ana, "my secret garden", "PRIVATE")
    coded(ana)
    path, client = link(ana, dana), visitor(dana)
    for _ in range(5):
        client.post(path, data={"code": "1357"})
    assert client.post(path, data={"code": "4821"}).status_code == 422
    coded(ana, "4822")
    assert "garden" in client.post(path, data={"code": "4822"}).text


def test_neither_a_damaged_cell_nor_an_opt_out_keeps_anybody_from_the_rest(ana: Phone, dana: Browser) -> None:
    wrote(ana, "first", "second", "STOP")
    with ana.world.runtime.database.write() as db:
        damaged = db.exec(select(JournalEntry).order_by(col(JournalEntry.at))).first()
        assert damaged
        damaged.words_sealed = damaged.words_sealed[:-1]
    assert said(opened(ana, dana).text) == ["Note: second"]
