"""From the line to people: tasks with an owner and a due time, a person's own text, and a number put right."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import col, select

from smsbot import renumbering, replying
from smsbot.errors import Conflict, NotFound, RefusedFields
from smsbot.models import (
    Consent,
    Conversation,
    JournalEntry,
    Message,
    PatientStatus,
    Suppression,
    Task,
    TaskState,
)  # fmt: skip
from smsbot.staff import worklist
from tests.api_support import ANA, BEN, CARA, MESA, World, consent_form
from tests.optout_support import copied
from tests.phone_support import Phone
from tests.portal_support import audited
from tests.test_inbox import begin, rows

NEW_YORK = ZoneInfo("America/New_York")
WORDS = "I read your note. Would Thursday at 3 suit you?"


@pytest.fixture
def ana(tmp_path: Path) -> Phone:
    return copied(tmp_path, days=1)[1]


def write(phone: Phone, words: str = WORDS, name: str = "Dana") -> list[str]:
    patient_id = phone.patient().id
    with phone.world.desk() as desk:
        replying.reply(desk, patient_id, words, name)
    return [text.body for text in phone.fresh()]


def renumber(phone: Phone, number: str, **form: datetime) -> None:
    patient_id = phone.patient().id
    with phone.world.desk() as desk:
        renumbering.correct(desk, patient_id, number, consent_form(**form))


def tasks(world: World) -> dict[str, Task]:
    return {task.kind: task for task in rows(world, Task)}


@pytest.mark.parametrize(
    ("body", "kind"),
    [("TALK", "call"), ("can I take my ibuprofen tonight?", "medical")],
)  # fmt: skip
def test_what_a_person_has_to_see_to_is_due_by_the_clinics_hours(ana: Phone, body: str, kind: str) -> None:
    ana.text(body)
    task = tasks(ana.world)[kind]
    due = task.due_at.astimezone(NEW_YORK)
    # Harbor is open on Mondays from 9 to 5; the world stands on a Monday morning.
    assert (due.weekday(), due.hour) == (0, 17)
    assert (task.state, task.owner, task.patient_id) == ("open", None, ana.patient().id)


@pytest.mark.parametrize(
    ("body", "kind"),
    [("MOVE", "move_session"), ("I want a copy of my records", "privacy")],
)
def test_what_can_wait_is_due_a_business_day_later(ana: Phone, body: str, kind: str) -> None:
    ana.text(body)
    assert tasks(ana.world)[kind].due_at - ana.world.watch.now > timedelta(days=6)


def test_a_task_has_an_owner_a_note_and_an_end(ana: Phone) -> None:
    ana.text("TALK")
    task_id = tasks(ana.world)["call"].id
    with ana.world.desk() as desk:
        assert worklist.take(desk, task_id, for_lead=False).owner == "staff:dana"
    with ana.world.desk(actor="staff:eli") as desk:
        done = worklist.finish(desk, task_id, "called, will come Thursday", for_lead=False)
    assert (done.state, done.owner, done.done_by) == (TaskState.DONE, "staff:dana", "staff:eli")
    assert b"Thursday" not in (done.note_sealed or b"")
    with pytest.raises(Conflict), ana.world.desk() as desk:
        worklist.take(desk, task_id, for_lead=False)
    assert ("staff:dana", "task.take", f"task:{task_id}") in audited(ana.world)


def test_a_task_is_nobodys_at_another_clinic(ana: Phone) -> None:
    ana.text("TALK")
    with pytest.raises(NotFound), ana.world.desk(MESA) as desk:
        worklist.take(desk, tasks(ana.world)["call"].id, for_lead=True)


def test_a_persons_text_is_signed_recorded_and_audited(ana: Phone) -> None:
    assert write(ana) == [f"{WORDS} - Dana, Harbor"]
    (row,) = [row for row in rows(ana.world, Message) if row.flow == "staff"]
    assert (row.variant, row.purpose, row.state) == ("staff:dana", "staff", "ready")
    assert ("staff:dana", "patient.write", f"patient:{ana.patient().id}") in audited(ana.world)


def test_a_discreet_text_does_not_name_the_clinic(ana: Phone) -> None:
    with ana.world.runtime.database.write() as db:
        patient = ana.patient()
        patient.discreet = True
        db.merge(patient)
    assert write(ana) == [f"{WORDS} - Dana"]


def test_the_script_waits_and_the_answer_goes_to_people(ana: Phone) -> None:
    begin(ana, "mood")
    write(ana)
    (asked,) = [row for row in rows(ana.world, Conversation) if row.flow == "mood"]
    assert (asked.state, asked.ended_as) == ("closed", "handed_over")
    assert ana.text("7") == []
    assert ana.text("yes, Thursday is good") == []
    assert [task.kind for task in rows(ana.world, Task)].count("answer_patient") == 1
    assert len(rows(ana.world, JournalEntry)) == 2
    asks = [text for text in ana.wait(hours=23) if text.flow not in ("system", "staff", "day_before")]
    assert asks == []


def test_after_a_day_the_script_answers_again(ana: Phone) -> None:
    write(ana)
    ana.wait(hours=25)
    assert [text.line for text in ana.text("the light was so gold today")] == ["thanks"]


def test_universal_words_and_danger_outrank_the_person_who_writes(ana: Phone) -> None:
    write(ana)
    assert [text.line for text in ana.text("LESS")] == ["less"]
    assert "988" in ana.reply("I want to die").twiml


@pytest.mark.parametrize("status", ["stopped", "ended", "invited"])
def test_whoever_may_not_be_texted_is_phoned(ana: Phone, status: str) -> None:
    with ana.world.runtime.database.write() as db:
        patient = ana.patient()
        patient.status = PatientStatus(status)
        db.merge(patient)
    with pytest.raises(Conflict, match=r"[Pp]hone"):
        write(ana)


def test_somebody_on_hold_may_be_written_to_by_a_person(ana: Phone) -> None:
    ana.text("I want to die")
    assert write(ana, "I will call you in five minutes.") == ["I will call you in five minutes. - Dana, Harbor"]


def test_nobody_is_woken_unless_they_just_wrote(ana: Phone) -> None:
    ana.world.watch.to(ana.world.watch.now.replace(hour=8))
    with pytest.raises(Conflict, match="night"):
        write(ana)
    ana.text("can't sleep, thinking about the sea")
    assert write(ana, "I'm here.") == ["I'm here. - Dana, Harbor"]


@pytest.mark.parametrize(("words", "name"), [("  ", "Dana"), ("x" * 481, "Dana"), ("hi", ""), ("hi", "D\n")])
def test_it_takes_words_and_a_name(ana: Phone, words: str, name: str) -> None:
    with pytest.raises(RefusedFields):
        write(ana, words, name)


def test_a_number_put_right_is_invited_anew_and_the_old_one_is_let_go(ana: Phone) -> None:
    patient_id = ana.patient().id
    begin(ana, "mood")
    renumber(ana, CARA)
    there = Phone(ana.world, CARA, sids=700)
    assert [(text.flow, text.line) for text in there.fresh()] == [("welcome", "invite")]
    assert (there.patient().id, there.patient().status) == (patient_id, PatientStatus.INVITED)
    assert ana.text("who is this?") == []
    with ana.world.runtime.database.read() as db:
        marks = db.exec(select(Suppression)).all()
        waiting = db.exec(select(Message).where(col(Message.state) == "ready")).all()
    assert [mark.reason for mark in marks] == ["wrong_number"]
    assert {row.flow for row in waiting} == {"welcome"}
    assert ("staff:dana", "patient.phone", f"patient:{patient_id}") in audited(ana.world)


def test_the_new_number_has_to_say_yes_itself(ana: Phone) -> None:
    renumber(ana, CARA)
    there = Phone(ana.world, CARA, sids=700)
    assert {text.flow for text in there.wait(days=2)} == {"welcome"}
    there.text("YES")
    assert there.patient().status == PatientStatus.ACTIVE
    lines = [row for row in rows(ana.world, Consent) if row.kind == "texts"]
    assert [row.action for row in lines] == ["granted", "confirmed", "wrong_number", "granted", "confirmed"]
    assert len({row.phone_index for row in lines}) == 2


def test_a_number_is_refused_that_is_no_ones_mobile_or_anothers(ana: Phone) -> None:
    ana.world.enroll(BEN)
    for number, fault in ((BEN, "belongs to patient"), (ANA, "already"), ("+447700900123", "US area code")):
        with pytest.raises((Conflict, RefusedFields), match=fault):
            renumber(ana, number)


def test_a_number_that_opted_out_needs_a_newer_form(ana: Phone) -> None:
    Phone(ana.world, CARA, sids=700).text("STOP")
    with pytest.raises(Conflict, match="not to be texted"):
        renumber(ana, CARA)
    ana.world.watch.on(hours=1)
    renumber(ana, CARA, at=ana.world.watch.now)
    assert Phone(ana.world, CARA).patient().status == PatientStatus.INVITED


def test_with_an_alert_open_the_number_stays(ana: Phone) -> None:
    ana.text("I want to die")
    with pytest.raises(Conflict, match="alert"):
        renumber(ana, CARA)


def test_no_number_is_invited_at_night(ana: Phone) -> None:
    ana.world.watch.to(ana.world.watch.now + timedelta(hours=12))
    with pytest.raises(Conflict, match="night"):
        renumber(ana, CARA)
