"""What one inbound text does: danger first, leaving at once, every word kept, every text answered once."""

from datetime import timedelta

import pytest
from sqlmodel import select

from smsbot import contacts, inbox, talk
from smsbot import scope as scopes
from smsbot.carrier.inbound import InboundText, Media
from smsbot.contacts import NewContact
from smsbot.models import Alert, Inbound, JournalEntry, PatientStatus, Task
from smsbot.store import clinics, machine, paging
from tests.api_support import NOW, World
from tests.phone_support import Phone, joined


@pytest.fixture
def ana(world: World) -> Phone:
    return joined(world)


def rows(world: World, model: type) -> list:  # type: ignore[type-arg]
    with world.runtime.database.read() as db:
        return list(db.exec(select(model)).all())


def begin(phone: Phone, flow: str) -> list[str]:
    """Open a flow with the patient, as a due touch would."""
    world = phone.world
    with world.runtime.database.write() as db:
        keys = world.keys(db)
        scope = scopes.of_patient(world.runtime, db, keys, clinics.get(db, world.harbor), phone.patient().id)
        talk.begin(scope, flow)
    return [text.line for text in phone.fresh()]


def test_before_yes_only_the_invitation_speaks(world: World) -> None:
    world.enroll()
    phone = Phone(world)
    assert [text.line for text in phone.wait(minutes=1)] == ["invite"]
    assert [text.line for text in phone.text("who are you?")] == ["invite"]
    assert phone.text("what is this about") == []


def test_yes_joins_and_asks_how_to_be_in_touch(world: World) -> None:
    world.enroll()
    phone = Phone(world)
    phone.wait(minutes=1)
    told = [(text.flow, text.line) for text in phone.text("yes")]
    assert told == [("welcome", "joined"), ("preferences", "shared_phone")]
    assert phone.patient().status == PatientStatus.ACTIVE


def test_a_repeat_of_the_same_sid_changes_nothing_and_gets_the_same_bytes(ana: Phone) -> None:
    first = ana.reply("I want to die", sid="SM" + "9" * 32)
    again = ana.reply("I want to die", sid="SM" + "9" * 32)
    assert first.twiml == again.twiml
    assert len([row for row in rows(ana.world, Inbound) if row.carrier_sid == "SM" + "9" * 32]) == 1


def test_danger_is_answered_in_the_webhook_and_freezes_everything(ana: Phone) -> None:
    reply = ana.reply("I can't do this anymore, I want to kill myself")
    assert "<Message statusCallback=" in reply.twiml
    assert "988" in reply.twiml
    assert [alert.tier for alert in rows(ana.world, Alert)] == [2]
    assert ana.patient().status == PatientStatus.FROZEN


def test_a_second_cry_within_the_hour_gets_the_short_line_and_joins_the_incident(ana: Phone) -> None:
    ana.text("I want to die")
    assert [text.line for text in ana.text("i really want to die")] == ["crs_r"]
    (alert,) = rows(ana.world, Alert)
    assert len(alert.inbounds) == 2


def test_stop_is_confirmed_once_in_the_answer_and_then_silence(ana: Phone) -> None:
    reply = ana.reply("Stop.")
    assert "unsubscribed" in reply.twiml
    assert ana.patient().status == PatientStatus.STOPPED
    ana.fresh()
    assert ana.text("hello?") == []
    assert "Message" not in ana.reply("STOP").twiml
    assert ana.wait(days=30) == []


def test_start_after_stop_comes_back_and_an_ordinary_text_does_not(ana: Phone) -> None:
    ana.text("STOP")
    assert ana.text("yes") == []
    assert [text.line for text in ana.text("START")] == ["enr_2"]
    assert ana.patient().status == PatientStatus.ACTIVE


def test_coming_back_does_not_clear_an_incident(ana: Phone) -> None:
    ana.text("I want to die")
    ana.text("STOP")
    ana.text("START")
    assert ana.patient().status == PatientStatus.FROZEN


def test_help_is_answered_in_the_webhook_even_after_stop(ana: Phone) -> None:
    ana.text("STOP")
    assert "988" in ana.reply("HELP").twiml


def test_a_stranger_hears_one_line_a_day_that_confirms_nothing(world: World) -> None:
    stranger = Phone(world, "+14155550199")
    assert [text.line for text in stranger.text("hi")] == ["unk_1"]
    assert stranger.text("hi again") == []
    stranger.wait(hours=25)
    assert [text.line for text in stranger.text("hi")] == ["unk_1"]


def test_a_strangers_cry_is_answered_without_naming_a_clinic(world: World) -> None:
    reply = Phone(world, "+14155550199").reply("i took all my pills")
    assert "911" in reply.twiml
    assert "Harbor" not in reply.twiml


def test_words_settle_before_they_count_and_are_joined(ana: Phone) -> None:
    assert begin(ana, "intention") == ["elicit"]
    assert ana.text("I'd like to be at the table with my kids") == []
    ana.wait(seconds=10)
    assert ana.text("not just near it") == []
    (confirm,) = ana.wait(seconds=30)
    assert confirm.line == "confirm"
    assert "at the table with my kids" in confirm.body


def test_digits_are_answered_at_once(ana: Phone) -> None:
    begin(ana, "mood")
    assert [text.line for text in ana.text("a 7 I guess")] == ["kept"]


def test_a_low_mood_is_asked_about_and_two_is_an_alert(ana: Phone) -> None:
    begin(ana, "mood")
    assert [text.flow for text in ana.text("1")] == ["low_mood"]
    ana.wait(seconds=15)
    assert "988" in ana.reply("2").twiml
    assert [alert.kind for alert in rows(ana.world, Alert)] == ["suicide"]


def test_a_digit_before_the_check_could_be_read_never_means_safe(ana: Phone) -> None:
    ana.text("this is killing me lol")
    assert [text.line for text in ana.text("1")] == ["check"]
    ana.wait(seconds=20)
    assert [text.line for text in ana.text("1")] == ["safe"]


def test_every_digit_belongs_to_the_safety_question_while_it_is_open(ana: Phone) -> None:
    begin(ana, "mood")
    ana.text("this is killing me lol")
    ana.wait(seconds=20)
    (answer,) = ana.text("3")
    assert (answer.flow, answer.line) == ("safety_check", "call")
    assert "call" in [task.kind for task in rows(ana.world, Task)]


def test_an_unanswered_check_tells_staff_and_sends_the_patient_nothing(ana: Phone) -> None:
    ana.text("this is killing me lol")
    assert ana.wait(minutes=61) == []
    assert [alert.kind for alert in rows(ana.world, Alert)] == ["unanswered_check"]


def test_a_text_that_answers_nothing_is_a_journal_entry_thanked_once_an_hour(ana: Phone) -> None:
    assert [text.line for text in ana.text("the light on the water was so gold today")] == ["thanks"]
    assert ana.text("and the dog slept on my feet") == []
    assert len(rows(ana.world, JournalEntry)) == 2


def test_private_hides_the_last_entry_and_share_undoes_it(ana: Phone) -> None:
    ana.text("I dreamed of my grandmother's kitchen")
    assert [text.line for text in ana.text("PRIVATE")] == ["prv_1"]
    assert rows(ana.world, JournalEntry)[0].private
    assert [text.line for text in ana.text("share")] == ["shared_again"]


def test_a_late_answer_is_kept_with_its_question_and_thanked(ana: Phone) -> None:
    begin(ana, "mood")
    ana.wait(hours=30)
    assert [text.line for text in ana.text("6")] == ["late_thanks"]


def test_the_answer_goes_to_the_question_whose_shape_it_fits(ana: Phone) -> None:
    begin(ana, "mood")
    begin(ana, "intention")
    assert [text.line for text in ana.text("4")] == ["late_thanks"]


def test_a_medical_question_goes_to_people(ana: Phone) -> None:
    (text,) = ana.text("can I take my ibuprofen tonight?")
    assert text.line in ("med_1", "cls_1")
    assert "medical" in [task.kind for task in rows(ana.world, Task)]


@pytest.mark.parametrize(
    ("word", "line"),
    [("LESS", "less"), ("more", "more"), ("RESUME", "resume_done"), ("menú", "menu"), ("MOVE", "mov_1"),
     ("no calls", "no_calls"), ("SESSION DAYS ONLY", "session_days_only"), ("skip", "nothing_to_skip"),
     ("TALK", "voicemail"), ("PAUSE", "length")],
)  # fmt: skip
def test_universal_words_work_anywhere(ana: Phone, word: str, line: str) -> None:
    assert [text.line for text in ana.text(word)] == [line]


def test_es_changes_the_language_for_good(ana: Phone) -> None:
    (text,) = ana.text("ES")
    assert text.line == "language_changed"
    assert "español" in text.body.lower()


@pytest.mark.parametrize("body", ["", "   ", "😀😀", "a" * 1600, "\x00\x07", "\ud800 alone", "¿qué?\n\n" * 200, "null"])
def test_everyday_texts_do_not_hurt(ana: Phone, body: str) -> None:
    reply = ana.reply(body)
    assert "<Response" in reply.twiml
    with ana.world.runtime.database.read() as db:
        newest = db.exec(select(Inbound).order_by(Inbound.id.desc())).first()  # type: ignore[attr-defined]
        sealer = ana.world.keys(db).patient(ana.patient().id, ana.patient().wrapped_key)
        assert sealer.open("inbound", "body_sealed", newest.id, newest.body_sealed) == body


def test_a_picture_alone_is_thanked_as_words_only(ana: Phone) -> None:
    assert [text.line for text in ana.text("", media=1)] == ["photo"]


@pytest.mark.parametrize(
    ("types", "line"),
    [(["audio/amr"], "note_came"), (["audio/mp4", "audio/mp4"], "note_came"), (["audio/amr", "image/png"], "photo")],
)
def test_a_sound_that_comes_with_a_text_is_thanked_as_a_note(ana: Phone, types: list[str], line: str) -> None:
    files = tuple(Media(f"ME{n:032d}", content_type) for n, content_type in enumerate(types))
    text = InboundText("SM" + "5" * 32, "AC" + "0" * 32, ana.number, ana.to, "", files)
    with ana.world.runtime.database.write() as db:
        inbox.receive(ana.world.runtime, db, text)
    assert [one.line for one in ana.fresh()] == [line]


def test_around_a_session_the_line_stays_quiet_and_says_whom_to_turn_to(ana: Phone) -> None:
    start = NOW + timedelta(days=9)
    ana.wait(seconds=(start - timedelta(minutes=5) - ana.world.watch.now).total_seconds())
    assert [text.line for text in ana.text("feeling floaty")] == ["ses_1"]
    assert ana.text("still floaty") == []


def test_a_word_that_an_open_question_offers_is_its_answer(ana: Phone) -> None:
    begin(ana, "low_mood")
    ana.wait(seconds=20)
    ana.text("1")
    assert [(text.flow, text.line) for text in ana.text("audio")] == [("low_mood", "audio")]


def test_the_clinic_is_said_to_be_told_only_when_somebody_can_be_paged(ana: Phone) -> None:
    assert [text.line for text in ana.text("I want to die")] == ["crs_2b"]


def test_with_a_contact_and_a_live_pager_the_clinic_is_being_told(ana: Phone) -> None:
    with ana.world.desk() as desk:
        contacts.add(desk, NewContact("oncall", 1, "Dana", "+16175550101"))
        paging.prove(desk.db, desk.clinic.id, desk.runtime.machine())
        machine.beat(desk.db, "worker:1", "worker", desk.runtime.machine())
    assert [text.line for text in ana.text("I want to die")] == ["crs_2"]


def test_a_complaint_about_staff_never_swallows_a_cry(ana: Phone) -> None:
    ana.text("the nurse touched me and it was not ok")
    ana.text("I want to die")
    found = {alert.kind: alert.lead_only for alert in rows(ana.world, Alert)}
    assert found["misconduct"]
    assert not found["suicide"]


def test_the_check_is_not_asked_again_while_it_is_open(ana: Phone) -> None:
    assert [text.line for text in ana.text("this is killing me lol")] == ["check"]
    assert ana.text("really, this is killing me lol") == []
