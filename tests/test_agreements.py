"""What was agreed to and when, with its exact words: by form, by text and aloud, each kind by itself, for good."""

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from sqlmodel import col, select

from smsbot import agreements, erasure, standing
from smsbot.agreements import Record
from smsbot.errors import NotFound
from smsbot.models import Consent
from smsbot.standing import Changes
from tests.api_support import consent_form, open_world
from tests.optout_support import open_copy
from tests.phone_support import Phone, joined


@cache
def _story() -> Path:
    """Ana joined; her form leaves quoting open."""
    folder = Path(mkdtemp(prefix="smsbot-agreements-"))
    world = open_world(folder)
    joined(world, consent=consent_form(echo=False))
    world.runtime.database.engine.dispose()
    (folder / "now").write_text(world.watch.now.isoformat())
    return folder


@pytest.fixture
def ana(tmp_path: Path) -> Phone:
    return Phone(open_copy(_story(), tmp_path), sids=100)


def exported(phone: Phone) -> Record:
    patient_id = phone.patient().id
    with phone.world.desk() as desk:
        return agreements.export(desk, patient_id)


def test_the_form_gives_three_separate_lines_with_the_words_beside_each_tick(ana: Phone) -> None:
    lines = [line for line in exported(ana).lines if line.channel == "form"]
    assert {line.kind: line.action for line in lines} == {"texts": "granted", "calls": "granted", "echo": "declined"}
    assert all(line.wording == "2026-11" for line in lines)
    assert ["STOP ends them" in (line.words or "") for line in lines].count(True) == 1
    assert len({line.words for line in lines}) == 3


def test_the_opt_in_by_text_keeps_the_line_that_asked_and_the_word_that_answered(ana: Phone) -> None:
    line = next(line for line in exported(ana).lines if line.action == "confirmed")
    assert (line.kind, line.channel, line.by, line.own_words) == ("texts", "text", "patient", "YES")
    assert line.wording.startswith("welcome/invite/en@")
    assert (line.words or "").startswith("Harbor: you asked for session support texts. Reply YES to start.")


def test_an_answer_about_quoting_is_a_line_of_its_own_with_its_question(ana: Phone) -> None:
    ana.text("2")
    line = exported(ana).lines[-1]
    assert (line.kind, line.action) == ("echo", "declined")
    assert line.wording.startswith("preferences/echo/en@")


def test_an_opt_out_by_text_keeps_what_was_written(ana: Phone) -> None:
    ana.text("please quit texting me")
    found = exported(ana)
    assert [(line.kind, line.action, line.own_words) for line in found.lines[-2:]] == [
        ("texts", "withdrawn", "please quit texting me"), ("calls", "withdrawn", "please quit texting me")
    ]  # fmt: skip
    assert found.standing == {"texts": "withdrawn", "calls": "withdrawn", "echo": "declined"}
    assert [(mark.reason, mark.lifted_at) for mark in found.marks] == [("stop", None)]


def test_an_opt_out_said_aloud_names_who_logged_it(ana: Phone) -> None:
    patient_id = ana.patient().id
    with ana.world.desk(actor="operator") as desk:
        standing.stop(desk, patient_id)
    line = exported(ana).lines[-1]
    assert (line.channel, line.by, line.own_words) == ("operator", "operator", None)


def test_withdrawing_one_kind_leaves_the_others(ana: Phone) -> None:
    patient_id = ana.patient().id
    with ana.world.desk() as desk:
        standing.change(desk, patient_id, Changes(calls=False))
    assert exported(ana).standing == {"texts": "confirmed", "calls": "withdrawn", "echo": "declined"}


def test_after_an_erasure_the_ledger_stands_without_the_patients_own_words(ana: Phone) -> None:
    before, patient_id = exported(ana), ana.patient().id
    with ana.world.desk() as desk:
        erasure.erase(desk, patient_id, reason="request", confirm=str(patient_id))
    with ana.world.desk() as desk:
        after = agreements.export(desk, patient_id)
    assert len(after.lines) == len(before.lines) + 2
    assert [line.own_words for line in after.lines] == [None] * len(after.lines)
    assert [line.words for line in after.lines[:4]] == [line.words for line in before.lines]
    assert after.standing == {"texts": "withdrawn", "calls": "withdrawn", "echo": "declined"}


def test_the_words_beside_a_line_are_sealed_by_the_patients_own_key(ana: Phone) -> None:
    with ana.world.desk() as desk:
        row = desk.db.exec(select(Consent).where(col(Consent.action) == "confirmed")).one()
    assert b"YES" not in (row.evidence_sealed or b"")


def test_looking_at_it_is_audited_and_no_clinic_sees_anothers(ana: Phone) -> None:
    patient_id = ana.patient().id
    exported(ana)
    with pytest.raises(NotFound), ana.world.desk(ana.world.mesa) as desk:
        agreements.export(desk, patient_id)
