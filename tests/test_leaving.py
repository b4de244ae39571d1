"""Leaving, at the carrier's door: what always ends the texts, what never does, and every step in between."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlmodel import col, select

from smsbot.models import Alert, Consent, Message, Patient, PatientStatus, Suppression, Task, Touch, TreatmentSession
from smsbot.web import create_app
from tests.api_support import World, body, caller, problem
from tests.optout_support import copied
from tests.phone_support import Phone, joined
from tests.test_inbox import begin, rows
from tests.test_webhooks import form, post

NEVER = [
    "couldn't stop crying",
    "stop by tomorrow",
    "we've got to stop this pattern",
    "I can't stop thinking about it",
    "I'll stop by at 3",
    "get my ex to leave me alone",
    "no more hiding",
    "ya no más",
    "no puedo más",
    "I want to quit drinking",
    "cancel my session tomorrow",
    "the end of the session was hard",
    "I'm not me today",
    "quiero dejar de fumar",
]
ALWAYS = [
    "STOP",
    "Stop.",
    "stop 🙏",
    "no más",
    "no mas",
    "please quit texting me",
    "take me off this",
    "unsubscribe",
    "END",
    "cancel",
    "dejen de escribirme",
    "leave me alone",
    "basta",
    "I revoke my consent",
]


@pytest.fixture
def ana(tmp_path: Path) -> Phone:
    return copied(tmp_path, days=1)[1]


@pytest.fixture
def door(ana: Phone) -> FlaskClient:
    return create_app(ana.world.runtime).test_client()


def send(door: FlaskClient, words: str, sid: str = "7", **fields: str) -> str:
    answer = post(door, form(Body=words, MessageSid="SM" + sid * 32, **fields))
    assert answer.status_code == 200
    return str(answer.text)


def ledger(world: World, kind: str) -> str:
    return str([row for row in rows(world, Consent) if row.kind == kind][-1].action)


@pytest.mark.parametrize("words", NEVER)
def test_it_never_ends_the_texts(ana: Phone, door: FlaskClient, words: str) -> None:
    assert "unsubscribed" not in send(door, words)
    assert ana.patient().status != PatientStatus.STOPPED
    assert rows(ana.world, Suppression) == []


@pytest.mark.parametrize("words", ALWAYS)
def test_it_always_ends_the_texts_with_one_confirmation(ana: Phone, door: FlaskClient, words: str) -> None:
    assert send(door, words).count("<Message") == 1
    assert ana.patient().status == PatientStatus.STOPPED
    assert "<Message" not in send(door, words, sid="8")
    assert (ledger(ana.world, "texts"), ledger(ana.world, "calls")) == ("withdrawn", "withdrawn")


@pytest.mark.parametrize("words", ["no más", "please quit texting me", "take me off this"])
def test_it_ends_the_texts_in_the_middle_of_a_question_in_words(ana: Phone, door: FlaskClient, words: str) -> None:
    begin(ana, "intention")
    send(door, words)
    assert ana.patient().status == PatientStatus.STOPPED


def test_a_plain_no_more_to_a_question_in_words_is_asked_about_once(ana: Phone) -> None:
    begin(ana, "intention")
    assert [text.flow for text in ana.text("no more")] == ["stop_check"]
    assert ana.wait(hours=25) == []
    assert ana.patient().status == PatientStatus.STOPPED
    assert "stop_by_silence" in [task.kind for task in rows(ana.world, Task)]


SAID_BEFORE = {
    "a safety question": ("this is killing me lol",),
    "a question whether to stop": ("can you stop",),
    "a crisis, and the texts frozen": ("I want to die",),
    "a pause": ("PAUSE", "1", "1"),
    "half an answer": ("I want to let go of",),
}


@pytest.mark.parametrize("before", SAID_BEFORE)
@pytest.mark.parametrize(("words", "ends"), [("no más", True), ("take me off this", True), ("stop by tomorrow", False)])
def test_what_was_said_before_changes_nothing_about_it(ana: Phone, before: str, words: str, ends: bool) -> None:
    begin(ana, "intention")
    for earlier in SAID_BEFORE[before]:
        ana.text(earlier)
    ana.text(words)
    assert (ana.patient().status == PatientStatus.STOPPED) == ends


def test_no_more_ends_the_texts_before_they_began(world: World) -> None:
    world.enroll()
    phone = Phone(world)
    phone.wait(minutes=1)
    phone.text("no más")
    assert phone.patient().status == PatientStatus.STOPPED
    assert len(rows(world, Suppression)) == 1


@pytest.mark.parametrize(("answer", "status"), [("1", "active"), ("STOP", "stopped")])
def test_unclear_wishes_are_answered_with_a_digit_or_the_word(ana: Phone, answer: str, status: str) -> None:
    assert [text.flow for text in ana.text("can you stop")] == ["stop_check"]
    ana.text(answer)
    assert ana.patient().status == status


def test_with_the_carrier_confirming_we_stay_silent_and_stop_all_the_same(world: World) -> None:
    settings = world.runtime.settings.model_copy(update={"opt_out_mode": "twilio"})
    object.__setattr__(world.runtime, "settings", settings)
    phone = joined(world)
    door = create_app(world.runtime).test_client()
    assert "<Message" not in send(door, "STOP", OptOutType="STOP")
    assert phone.patient().status == PatientStatus.STOPPED
    phone.text("START", opt_out="START")
    assert "<Message" in send(door, "please quit texting me", sid="8")


@pytest.mark.parametrize("words", ["stop texting me, I want to kill myself", "STOP I want to die"])
def test_a_cry_with_an_opt_out_is_answered_alerted_and_then_let_go(ana: Phone, door: FlaskClient, words: str) -> None:
    answer = send(door, words)
    assert "988" in answer
    assert answer.count("<Message") == 1
    assert len(rows(ana.world, Alert)) == 1
    assert ana.patient().status == PatientStatus.STOPPED
    ana.fresh()
    assert ana.wait(days=2) == []


def test_an_unclear_wish_beside_danger_is_asked_once_the_danger_is_settled(ana: Phone) -> None:
    assert [text.flow for text in ana.text("ya basta")] == ["safety_check"]
    ana.wait(seconds=20)
    assert [text.flow for text in ana.text("1")] == ["safety_check", "stop_check"]
    assert "stop_unclear" in [task.kind for task in rows(ana.world, Task)]


def test_an_opt_out_soon_after_a_low_mood_is_honored_and_seen_by_a_person(ana: Phone) -> None:
    begin(ana, "mood")
    ana.text("2")
    ana.wait(hours=3)
    ana.text("STOP")
    assert ana.patient().status == PatientStatus.STOPPED
    assert "stop_after_low_mood" in [task.kind for task in rows(ana.world, Task)]


@pytest.mark.parametrize(
    ("word", "back"),
    [("LESS", "MORE"), ("PAUSE", "RESUME"), ("NO CALLS", "CALL"), ("SESSION DAYS ONLY", "MORE")],
)
def test_each_step_short_of_stop_says_how_to_come_back(ana: Phone, word: str, back: str) -> None:
    said = ana.text(word)
    said += ana.wait(seconds=50)
    said += ana.text("1") if word == "PAUSE" else []
    said += ana.text("1") if word == "PAUSE" else []
    assert back in " ".join(text.body for text in said)
    assert ana.patient().status in (PatientStatus.ACTIVE, PatientStatus.PAUSED)
    assert rows(ana.world, Suppression) == []


def test_no_calls_withdraws_calls_alone(ana: Phone) -> None:
    ana.text("NO CALLS")
    assert (ledger(ana.world, "calls"), ledger(ana.world, "texts")) == ("withdrawn", "confirmed")
    assert not ana.patient().calls


def test_session_days_only_leaves_texts_around_sessions_alone(ana: Phone) -> None:
    ana.text("SESSION DAYS ONLY")
    session = min(row.starts_at for row in _sessions(ana.world))
    waiting = [row for row in rows(ana.world, Touch) if row.due_at is not None and row.proactive]
    assert waiting
    assert all(abs(row.due_at - session) < timedelta(days=2) for row in waiting)


def _sessions(world: World) -> list[TreatmentSession]:
    with world.runtime.database.read() as db:
        return list(db.exec(select(TreatmentSession)).all())


def test_start_comes_back_and_an_ordinary_text_does_not(ana: Phone, door: FlaskClient) -> None:
    send(door, "STOP")
    send(door, "YES", sid="8")
    assert ana.patient().status == PatientStatus.STOPPED
    send(door, "START", sid="9")
    assert ana.patient().status == PatientStatus.ACTIVE
    assert rows(ana.world, Suppression)[0].lifted_at is not None


@pytest.mark.parametrize(("status", "code"), [("failed", "21610"), ("undelivered", "30004")])
def test_an_opt_out_at_the_carrier_is_ours_as_well(ana: Phone, door: FlaskClient, status: str, code: str) -> None:
    (text,) = ana.text("LESS")
    fields = {"MessageStatus": status, "ErrorCode": code, "MessageSid": "SM" + "5" * 32}
    answer = post(door, form(**fields), f"/webhooks/status/{text.row}")
    assert answer.status_code in (200, 204)
    assert ana.patient().status == PatientStatus.STOPPED
    assert [mark.reason for mark in rows(ana.world, Suppression)] == ["carrier"]
    assert {"carrier_opt_out", "maybe_opted_out"} & {task.kind for task in rows(ana.world, Task)}


@pytest.mark.parametrize("words", ["3", "wrong number", "who is this"])
def test_a_wrong_number_is_let_go_before_anything_was_confirmed(world: World, words: str) -> None:
    world.enroll()
    phone = Phone(world)
    phone.wait(minutes=1)
    phone.text(words)
    assert phone.patient().status in (PatientStatus.ENDED, PatientStatus.STOPPED)
    assert len(rows(world, Suppression)) == 1
    assert phone.wait(days=3) == []


def test_a_reassigned_number_is_let_go_by_one_digit(ana: Phone) -> None:
    assert [(text.flow, text.line) for text in ana.text("who is this?")] == [("identity", "check")]
    ana.text("2")
    assert ana.patient().status == PatientStatus.ENDED
    assert [mark.reason for mark in rows(ana.world, Suppression)] == ["wrong_number"]


def test_on_a_shared_phone_texts_are_plain(world: World) -> None:
    world.enroll()
    phone = Phone(world)
    phone.wait(minutes=1)
    phone.text("YES")
    phone.text("2")
    phone.wait(minutes=2)
    patient = phone.patient()
    assert (patient.shared_phone, patient.discreet) == (True, True)
    later = phone.wait(days=3)
    assert all("Harbor" not in text.body for text in later if text.purpose == "touch")


def test_nobody_under_eighteen_is_enrolled(world: World) -> None:
    call = caller(world)
    refused = problem(call("POST", "/patients", body(birth_date="2010-01-01")), 422)
    assert "18 or older" in str(refused)
    assert rows(world, Patient) == []


def test_a_score_brings_up_no_second_safety_question_within_a_day(ana: Phone) -> None:
    begin(ana, "mood")
    assert [text.flow for text in ana.text("1")] == ["low_mood"]
    ana.wait(seconds=20)
    ana.text("1")
    ana.text("1")
    ana.wait(hours=5)
    begin(ana, "mood")
    assert [text.line for text in ana.text("0")] == ["crs_3"]
    assert "distress" in [task.kind for task in rows(ana.world, Task)]


def test_new_words_are_asked_about_however_lately_a_score_was(ana: Phone) -> None:
    begin(ana, "mood")
    ana.text("1")
    ana.wait(seconds=20)
    ana.text("1")
    ana.text("1")
    ana.wait(hours=2)
    assert [text.flow for text in ana.text("this is killing me lol")] == ["safety_check"]


def test_no_text_says_more_than_one_confirmation_after_leaving(ana: Phone) -> None:
    ana.text("STOP")
    with ana.world.runtime.database.read() as db:
        sent = db.exec(select(Message).where(col(Message.purpose) == "stop")).all()
    assert len(sent) == 1
    assert re.search("START", ana.said[-1].body)
