"""Nothing that lies around a text may keep it from being heard, and no words that waited are left behind."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select, update

from smsbot import contacts, inbox, renumbering
from smsbot.carrier.inbound import InboundText
from smsbot.contacts import NewContact
from smsbot.models import (
    Alert,
    Contact,
    Conversation,
    ConversationState,
    FlowVersion,
    Inbound,
    JournalEntry,
    Patient,
    PatientStatus,
    Suppression,
    Task,
)
from tests.api_support import ANA, NOW, World, consent_form
from tests.phone_support import HARBOR, Phone, joined
from tests.test_inbox import begin, rows

ELSEWHERE = "+14155550199"


@pytest.fixture
def ana(world: World) -> Phone:
    return joined(world)


def move(phone: Phone) -> None:
    """Staff put Ana's number right: this phone was never hers."""
    world = phone.world
    with world.desk() as desk:
        form = consent_form(at=world.watch.now - timedelta(hours=1))
        renumbering.correct(desk, phone.patient().id, ELSEWHERE, form)


def damage(phone: Phone, *, state: str) -> None:
    """What was asked last can no longer be read."""
    with phone.world.runtime.database.write() as db:
        row = db.exec(select(Conversation).where(Conversation.state == "open")).one()
        row.state, row.closed_at = state, phone.world.watch.now
        row.ended_as = "unanswered" if state == ConversationState.CLOSED else None
        row.flow_version = "of a release nobody has any more"
        assert db.get(FlowVersion, row.flow_version) is None


def test_whoever_has_the_number_after_a_patient_is_heard_at_once(ana: Phone) -> None:
    ana.text("is this the pharmacy")
    move(ana)
    assert [text.line for text in ana.text("I want to kill myself")] == ["crs_2_unknown"]
    assert ana.text("STOP") == []  # marked when the number was let go: no second confirmation


def test_words_of_whoever_had_the_number_before_are_not_read_with_the_next_ones(ana: Phone) -> None:
    ana.text("I want to kill")
    move(ana)
    ana.text("myself")
    assert rows(ana.world, Inbound)[-1].tier is None


@pytest.mark.parametrize("state", list(ConversationState))
@pytest.mark.parametrize(("words", "line"), [("I want to kill myself", "crs_2b"), ("STOP", "stp_1"), ("MENU", "menu")])
def test_a_question_that_cannot_be_read_keeps_no_text_from_being_heard(
    ana: Phone, state: str, words: str, line: str
) -> None:
    begin(ana, "intention")
    damage(ana, state=state)
    assert [text.line for text in ana.text(words)] == [line]


def stands(phone: Phone, status: PatientStatus) -> None:
    with phone.world.runtime.database.write() as db:
        db.execute(update(Patient).values(status=status, joined_at=None if status == PatientStatus.INVITED else NOW))


@pytest.mark.parametrize(
    ("status", "word"),
    [(PatientStatus.DORMANT, "RESUME"), (PatientStatus.DORMANT, "START"), (PatientStatus.INVITED, "YES")],
)
def test_no_word_begins_the_texts_while_an_incident_is_open(ana: Phone, status: PatientStatus, word: str) -> None:
    stands(ana, status)
    ana.text("I want to kill myself")
    ana.text(word)
    assert ana.patient().status == PatientStatus.FROZEN


@pytest.mark.parametrize(
    ("model", "cell"), [(Patient, "first_name_sealed"), (Patient, "wrapped_key"), (Inbound, "body_sealed")]
)
def test_no_damaged_cell_keeps_a_cry_or_a_stop_from_being_heard(ana: Phone, model: Any, cell: str) -> None:
    ana.text("hello")
    with ana.world.runtime.database.write() as db:
        db.execute(update(model).values({cell: b"\x01" + bytes(80)}))
    for sid, words in (("SM1", "I want to kill myself"), ("SM2", "STOP")):
        text = InboundText(sid, "AC" + "0" * 32, ANA, HARBOR, words)
        with ana.world.runtime.database.write() as db:
            reply = inbox.receive(ana.world.runtime, db, text)
        assert reply is not None
        assert "<Message" in reply.twiml
    assert [alert.kind for alert in rows(ana.world, Alert)] == ["suicide"]
    assert len(rows(ana.world, Suppression)) == 1


def test_a_question_that_cannot_be_read_is_closed_and_staff_see_it(ana: Phone) -> None:
    begin(ana, "intention")
    damage(ana, state=ConversationState.OPEN)
    ana.text("6")
    assert rows(ana.world, Conversation)[-1].ended_as == "unreadable"
    assert "set_aside" in [task.kind for task in rows(ana.world, Task)]


@pytest.mark.parametrize("word", ["SKIP", "LATER", "PAUSE", "TALK"])
def test_words_that_wait_are_kept_when_their_question_ends_before_they_count(ana: Phone, word: str) -> None:
    begin(ana, "intention")
    ana.text("to be gentle with myself")
    ana.world.watch.on(seconds=5)
    ana.text(word)
    entry = rows(ana.world, JournalEntry)[-1]
    waited = next(row for row in rows(ana.world, Inbound) if row.id == entry.inbound_id)
    assert (waited.filed_as, waited.settled) == ("journal", True)
    with ana.world.runtime.database.read() as db:
        sealer = ana.world.keys(db).patient(ana.patient().id, ana.patient().wrapped_key)
    assert sealer.open("journal_entry", "words_sealed", entry.id, entry.words_sealed) == "to be gentle with myself"


def test_words_that_have_settled_are_the_answer_and_nothing_else(ana: Phone) -> None:
    begin(ana, "intention")
    ana.text("to be gentle")
    ana.text("with myself")
    ana.wait(seconds=46)
    assert rows(ana.world, JournalEntry) == []
    assert ana.patient().status == PatientStatus.ACTIVE


def test_a_contact_that_can_no_longer_be_read_keeps_no_cry_from_being_answered(ana: Phone) -> None:
    with ana.world.desk() as desk:
        contacts.add(desk, NewContact("oncall", 1, "Dana", "+16175550101"))
    with ana.world.runtime.database.write() as db:
        (row,) = db.exec(select(Contact)).all()
        row.phone_sealed = bytes(40)
    assert [text.line for text in ana.text("I want to kill myself")] == ["crs_2b"]
