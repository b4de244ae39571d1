"""Two patients on one phone: each text says whose it is, each reply finds its writer, and nothing is lost."""

import pytest
from sqlmodel import select

from smsbot import consent
from smsbot.models import Alert, Consent, PatientStatus, Suppression, TreatmentSession
from smsbot.store import patients
from tests.api_support import ANA, World
from tests.phone_support import joined
from tests.sharing_support import MAX, SOL, Two, shown, two


@pytest.fixture
def both(world: World) -> Two:
    return two(world)


def test_both_have_joined_and_each_has_answers_of_their_own(both: Two) -> None:
    assert {both.of(name).status for name in (SOL, MAX)} == {PatientStatus.ACTIVE}
    assert both.wrote(MAX) == ["YES", "3", "1"]
    assert both.wrote(SOL) == ["YES", "1", "3", "1"]
    assert all(both.of(name).shared_phone and both.of(name).discreet for name in (SOL, MAX))


def test_the_second_invitation_says_whose_it_is_and_from_which_clinic(both: Two) -> None:
    first, second = (text.body for text in both.phone.said if text.line == "invite")
    assert first.startswith("Harbor: you asked")
    assert second.startswith("Max: Harbor: you asked")


def test_a_conversation_of_two_on_one_phone(both: Two) -> None:
    """The transcript: two questions on one morning, answers with and without a name, and the one question back."""
    both.phone.wait(hours=30)
    assert both.begin(SOL, "small_win") == ["Sol: easier"]
    assert both.begin(MAX, "small_win") == ["Max: easier"]
    assert both.said("I walked to the lake") == ["who_wrote"]
    assert both.said("with the dog") == []
    assert both.wrote(None) == ["I walked to the lake", "with the dog"]
    assert both.said("it's Max") == []
    assert both.wrote(None) == []
    assert both.wrote(MAX)[-3:] == ["I walked to the lake", "with the dog", ""]
    assert [shown(text) for text in both.phone.wait(seconds=50)] == ["Max: found"]


def test_a_name_before_the_words_is_taken_off_in_any_spelling(both: Two) -> None:
    for body in ("SOL: one day at a time", "sol, two", "Max - three", "m\u00e1x four", "Solar five"):
        both.said(body)
        both.phone.wait(seconds=1)
    assert both.wrote(SOL)[-2:] == ["one day at a time", "two"]
    assert both.wrote(MAX)[-3:] == ["three", "four", "Solar five"]


def test_whoever_was_just_heard_needs_no_name(both: Two) -> None:
    both.said("Sol: I slept well")
    both.said("and woke early")
    assert both.wrote(SOL)[-1] == "and woke early"


def test_a_reply_without_a_name_goes_to_the_one_who_was_asked(both: Two) -> None:
    both.phone.wait(hours=30)
    both.begin(SOL, "small_win")
    both.said("I walked")
    assert both.wrote(SOL)[-1] == "I walked"


def test_a_cry_is_answered_at_once_and_people_are_told_that_it_named_nobody(both: Two) -> None:
    both.ask_both()
    reply = both.phone.reply("I want to kill myself")
    assert "988" in reply.twiml
    assert "Sol:" not in reply.twiml
    assert "Max:" not in reply.twiml
    (alert,) = both.rows(Alert)
    assert [each["fact"] for each in alert.told] == ["not_named"]
    frozen = {name: both.of(name).status == PatientStatus.FROZEN for name in (SOL, MAX)}
    assert sorted(frozen.values()) == [False, True]
    calm = next(name for name in frozen if not frozen[name])
    assert both.of(calm).hold_asks_until is not None


def test_a_cry_with_a_name_is_that_ones(both: Two) -> None:
    both.said("max: i want to die")
    assert both.of(MAX).status == PatientStatus.FROZEN
    assert both.of(SOL).status == PatientStatus.ACTIVE
    assert both.rows(Alert)[0].told == []


def test_a_name_that_is_a_word_hides_no_cry(world: World) -> None:
    both = two(world, other_nickname="Hope")
    reply = both.phone.reply("hope i never wake up again")
    assert "988" in reply.twiml


def test_stop_ends_the_texts_of_both_with_one_confirmation(both: Two) -> None:
    said = both.phone.text("STOP")
    assert [text.line for text in said] == ["stp_1"]
    assert not said[0].body.startswith(("Sol:", "Max:"))
    assert {both.of(name).status for name in (SOL, MAX)} == {PatientStatus.STOPPED}
    ledger = [
        (row.patient_id, row.by) for row in both.rows(Consent) if (row.kind, row.action) == ("texts", "withdrawn")
    ]
    assert sorted(by for _, by in ledger) == ["patient", consent.SAME_PHONE]
    assert len(both.rows(Suppression)) == 1
    assert both.phone.wait(days=3) == []


def test_start_brings_back_the_one_who_wrote_it(both: Two) -> None:
    both.said("STOP")
    assert both.said("Max: START") == ["Max: enr_2"]
    assert both.of(MAX).status == PatientStatus.ACTIVE
    assert both.of(SOL).status == PatientStatus.STOPPED
    assert both.said("sol: start") == ["Sol: enr_2"]


def test_stop_from_one_who_has_stopped_ends_the_others_texts_again(both: Two) -> None:
    both.said("STOP", "Max: START")
    assert both.said("Sol: STOP") == ["stp_1"]
    assert both.of(MAX).status == PatientStatus.STOPPED


def test_a_wrong_number_holds_both_until_people_have_asked(both: Two) -> None:
    both.begin(MAX, "identity")
    both.said("Max: 2")
    assert both.of(MAX).status == PatientStatus.ENDED
    assert both.of(SOL).status == PatientStatus.STOPPED
    assert {("wrong_number", "open"), ("held_beside", "open")} <= set(both.tasks())
    assert both.phone.wait(days=2) == []


def test_a_repeated_text_changes_nothing_and_gets_the_same_answer(both: Two) -> None:
    both.ask_both()
    sid = "SM" + "7" * 32
    assert [text.line for text in both.phone.text("hello there", sid=sid)] == ["who_wrote"]
    assert both.phone.text("hello there", sid=sid) == []
    both.said("Sol")
    assert both.phone.text("hello there", sid=sid) == []
    assert both.wrote(SOL).count("hello there") == 1


def test_what_waited_is_work_for_people_until_it_has_a_name(both: Two) -> None:
    both.ask_both()
    both.said("I walked")
    assert ("who_wrote", "open") in both.tasks()
    both.said("Sol")
    assert ("who_wrote", "done") in both.tasks()


def test_a_name_alone_may_be_an_answer(both: Two) -> None:
    """With nothing waiting for it, it is what was said."""
    both.said("Sol")
    assert both.wrote(SOL)[-1] == "Sol"


def test_a_single_patient_reads_no_name_and_pays_no_statement(world: World) -> None:
    world.enroll()
    with world.desk() as desk:
        (ana,) = patients.by_phone(desk.db, desk.keys, ANA)
        assert (ana.nickname_sealed, ana.phone_place) == (None, 0)


def test_around_a_session_of_either_nobody_is_asked_who_wrote(both: Two) -> None:
    """No question goes to somebody who may be in treatment; the text waits, and people see it."""
    both.ask_both()
    with both.world.desk() as desk:
        for row in desk.db.exec(select(TreatmentSession)).all():
            row.starts_at = both.world.watch.now
            desk.db.add(row)
    assert both.said("I walked") == []
    assert both.wrote(None) == ["I walked"]
    assert ("who_wrote", "open") in both.tasks()


def test_a_picture_without_words_waits_for_a_name_too(both: Two) -> None:
    both.ask_both()
    assert [text.line for text in both.phone.text("", media=1)] == ["who_wrote"]
    assert [shown(text) for text in both.phone.text("Sol")] == ["Sol: photo"]


def test_in_spanish_the_question_is_spanish(world: World) -> None:
    both = two(world, language="es")
    with world.desk() as desk:
        patients.get(desk.db, desk.keys, both.of(SOL).id).language = "es"
    both.ask_both()
    (asked,) = both.phone.text("hoy mejor")
    assert asked.body == "¿Quién escribe? Responde Max o Sol. Puedes empezar cada texto con tu nombre."


def test_a_yes_without_a_name_is_that_of_the_one_who_was_invited(world: World) -> None:
    phone = joined(world)
    asked = {"nickname": MAX, "other_nickname": SOL}
    ids = {SOL: phone.patient().id, MAX: world.enroll(**asked).id}
    phone.wait(hours=3)
    phone.text("yes")
    assert Two(phone, ids).of(MAX).status == PatientStatus.ACTIVE
