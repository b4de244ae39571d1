"""At the portal: the consent record, a text of one's own, a number put right, a task taken, hold and erasure."""

from pathlib import Path

import pytest

from smsbot.models import PatientStatus, Task
from tests.api_support import CARA
from tests.optout_support import copied
from tests.phone_support import Phone
from tests.portal_support import Browser, browser
from tests.test_inbox import rows

FORM = {"texts": "y", "form": "2026-11", "signed_on": "2026-11-20", "signed_at": "10:00"}


@pytest.fixture
def ana(tmp_path: Path) -> Phone:
    return copied(tmp_path, days=1)[1]


@pytest.fixture
def lead(ana: Phone) -> Browser:
    return browser(ana.world, role="lead")


def at(ana: Phone, what: str) -> str:
    return f"/patients/{ana.patient().id}/{what}"


def test_the_consent_record_shows_exact_words(ana: Phone, lead: Browser) -> None:
    shown = lead.get(at(ana, "consent")).text
    assert "Reply YES to start" in shown
    assert "They wrote: “YES”" in shown


def test_a_text_of_ones_own_is_signed_with_ones_name(ana: Phone, lead: Browser) -> None:
    assert lead.post(at(ana, "write"), words="See you Thursday at 3.").status_code == 303
    assert [text.body for text in ana.fresh()] == ["See you Thursday at 3. - Dana, Harbor"]
    assert "A person of the clinic" in lead.get(at(ana, "conversation")).text
    assert lead.post(at(ana, "write"), words=" ").status_code == 422


def test_a_number_is_put_right_with_the_form_that_names_it(ana: Phone, lead: Browser) -> None:
    assert lead.post(at(ana, "phone"), phone="12", **FORM).status_code == 422
    assert lead.post(at(ana, "phone"), phone=CARA, **FORM).status_code == 303
    assert Phone(ana.world, CARA).patient().status == PatientStatus.INVITED


def test_a_task_is_taken_before_it_is_done(ana: Phone, lead: Browser) -> None:
    ana.text("TALK")
    (task,) = [row for row in rows(ana.world, Task) if row.kind == "call"]
    assert "nobody has it yet" in lead.get("/tasks").text
    assert lead.post(f"/tasks/{task.id}/take", page="/tasks").status_code == 303
    assert "Dana has it" in lead.get("/tasks").text


def test_erasing_takes_two_steps_and_ends_with_a_certificate(ana: Phone, lead: Browser) -> None:
    where = at(ana, "erase")
    assert lead.post(where, reason="request").status_code == 422
    assert "Erase for good?" in lead.post(where, reason="request", told="y").text
    sure = {"reason": "request", "told": "y", "step": "sure"}
    assert lead.post(where, typed="yes", **sure).status_code == 422
    assert ana.patient().erased_at is None
    patient = ana.patient().id
    assert lead.post(where, typed="ERASE", **sure).status_code == 303
    shown = lead.get(f"/patients/{patient}/certificate").text
    assert "the erasure holds" in shown
    assert lead.get(f"/patients/{patient}").status_code == 410


def test_a_legal_hold_refuses_it_until_it_is_lifted(ana: Phone, lead: Browser) -> None:
    lead.post(at(ana, "hold"))
    sure = {"reason": "request", "told": "y", "step": "sure", "typed": "ERASE"}
    assert "legal hold" in lead.post(at(ana, "erase"), **sure).text
    lead.post(at(ana, "hold"))
    assert lead.post(at(ana, "erase"), **sure).status_code == 303


@pytest.mark.parametrize("what", ["erase", "hold", "certificate"])
def test_only_a_lead_erases(ana: Phone, what: str) -> None:
    assert browser(ana.world, email="eli@example.org").get(at(ana, what)).status_code == 403
