"""What was said in a note: screened before all else, kept, or given to people in time."""

from collections.abc import Iterator

import pytest
from sqlmodel import select

from smsbot.models import Alert, Answer, Conversation, Inbound, JournalEntry, Message, Patient
from smsbot.store import notes as rows
from smsbot.transcription import NotUnderstood
from tests.api_support import World
from tests.notes_support import Kept, Line, line, said, sid, wav
from tests.phone_support import joined


@pytest.fixture
def ana(world: World) -> Iterator[Line]:
    with line(world) as found:
        yield found


@pytest.mark.parametrize(
    ("words", "tier"),
    [
        (("I went for a walk.", "I have the pills in my hand.", "I am going to take them all tonight."), 1),
        (("The music was fine.", "I keep thinking everybody would be better off without me."), 2),
        (("Siento que todos estarían mejor sin mí.", "Ya no quiero vivir."), 2),
    ],
)
def test_danger_spoken_is_an_alert_as_danger_written_is(ana: Line, words: tuple[str, ...], tier: int) -> None:
    note = ana.stored()
    ana.listen(said(*words))
    alert = ana.first(Alert)
    assert (alert.tier, alert.patient_id) == (tier, ana.patient.id)
    assert alert.inbounds == [str(ana.row(note).words_id)]
    assert ana.first(Message).purpose == "crisis"


@pytest.mark.parametrize(
    ("words", "begins"),
    [
        ("I am going to take all my pills tonight.", "What you said sounds serious"),
        ("Voy a tomarme todas las pastillas esta noche.", "Lo que dices suena grave"),
    ],
)
def test_the_text_that_answers_danger_spoken_does_not_speak_of_writing(ana: Line, words: str, begins: str) -> None:
    ana.stored()
    if begins.startswith("Lo"):
        with ana.world.runtime.database.write() as db:
            db.exec(select(Patient)).one().language = "es"
    ana.listen(said(words))
    row = ana.first(Message)
    assert row.variant == "said"
    assert ana.sealer.open("message", "body_sealed", row.id, row.body_sealed).startswith(begins)


def test_a_disclosure_spoken_stops_the_questions_as_one_written_does(ana: Line) -> None:
    ana.stored()
    ana.listen(said("My uncle touched me when I was a kid."))
    patient = ana.first(Patient)
    assert patient.hold_asks_until == patient.upbeat_hold_until is not None


def test_the_transcript_is_never_texted(ana: Line) -> None:
    ana.stored()
    ana.listen(said("I saw a blue elephant and I do not want to be here anymore."))
    with ana.world.runtime.database.read() as db:
        texts = [ana.sealer.open("message", "body_sealed", row.id, row.body_sealed) for row in db.exec(select(Message))]
    assert texts
    assert not any("elephant" in text for text in texts)


def test_quiet_words_become_a_journal_entry_and_nothing_else(ana: Line) -> None:
    note = ana.stored()
    ana.listen(said("The morning was calm.", "I walked by the river."))
    entry, row = ana.first(JournalEntry), ana.row(note)
    words = ana.sealer.open("journal_entry", "words_sealed", entry.id, entry.words_sealed)
    assert (words, entry.kind, entry.flagged) == ("The morning was calm. I walked by the river.", "voice", False)
    assert (row.state, row.listen_at, row.confidence, row.engine) == (rows.UNDERSTOOD, None, 0.9, "test")
    assert ana.first(Alert) is None
    assert ana.tasks() == []


def test_danger_in_the_other_languages_pass_counts(ana: Line) -> None:
    ana.stored()
    heard = said("Cantar mejor y mi", confidence=0.5)
    ana.listen(type(heard)(heard.pieces, 0.5, "en", "test", ("I want to kill myself tonight",)))
    assert ana.first(Alert).tier <= 2
    assert "not_understood" in ana.tasks()


@pytest.mark.parametrize("confidence", [0.3, None])
def test_doubtful_words_ask_a_person_to_listen(ana: Line, confidence: float | None) -> None:
    ana.stored()
    ana.listen(said(*(["mumble mumble"] if confidence else []), confidence=confidence))
    assert ana.tasks() == ["not_understood"]


def test_two_failures_ask_a_person_and_page(ana: Line) -> None:
    note = ana.stored()
    assert ana.listen(NotUnderstood("time"), NotUnderstood("failed")) == 2
    assert (ana.row(note).state, ana.tasks()) == (rows.UNREAD, ["transcription_failed"])
    alert = ana.first(Alert)
    assert (alert.tier, alert.rule) == (3, "voice note not understood: failed")


def test_one_failure_is_tried_once_more(ana: Line) -> None:
    note = ana.stored()
    ana.listen(NotUnderstood("failed"), said("All is well."))
    assert (ana.row(note).state, ana.tasks()) == (rows.UNDERSTOOD, [])


def test_a_killed_transcriber_counts_as_a_failure(ana: Line) -> None:
    note = ana.stored()
    with ana.world.runtime.database.write() as db:
        row = db.get_one(type(note), note.id)
        row.attempts, row.fence = 1, row.fence + 1
    ana.listen(NotUnderstood("failed"))
    assert ana.row(note).state == rows.UNREAD


def test_a_note_still_waiting_after_five_minutes_is_a_persons_to_hear(ana: Line) -> None:
    ana.stored()
    ana.work(minutes=5)
    assert ana.tasks() == ["transcription_late"]
    ana.listen(said("I am going to kill myself tonight."))
    assert ana.first(Alert).tier == 1


def test_without_a_transcriber_a_person_listens_at_once(ana: Line) -> None:
    ana.carrier.recordings[sid(1)] = Kept(wav(2), 2)
    note = ana.note(recording_sid=sid(1))
    ana.work(seconds=1)
    assert (ana.row(note).state, ana.tasks()) == (rows.UNREAD, ["no_transcriber"])


def test_a_note_nobody_understands_while_an_alert_is_open_is_tier_2(ana: Line) -> None:
    ana.stored()
    ana.listen(said("I cannot sleep and I hear voices telling me things."))
    before = ana.first(Alert)
    ana.stored(2)
    ana.listen(said("mumble", confidence=0.2))
    assert before is not None
    assert ana.first(Alert).tier == 2


def test_the_answer_a_recording_stands_for_gets_its_words(ana: Line, world: World) -> None:
    at = world.watch.now
    with world.runtime.database.write() as db:
        ids = {name: world.runtime.new_id() for name in ("talk", "answer")}
        owner = {"clinic_id": world.harbor, "patient_id": ana.patient.id}
        talk = Conversation(
            id=ids["talk"], flow="intention", flow_version="v", language="en", state_sealed=b"", opened_at=at, **owner
        )
        db.add(talk)
        db.flush()
        empty = ana.sealer.seal("answer", "value_sealed", ids["answer"], "")
        db.add(
            Answer(
                id=ids["answer"],
                conversation_id=talk.id,
                flow="intention",
                name="intention",
                value_sealed=empty,
                at=at,
                **owner,
            )
        )
    ana.stored(conversation_id=ids["talk"], at=at)
    ana.listen(said("I would like to be gentle with myself."))
    answer = ana.first(Answer)
    words = ana.sealer.open("answer", "value_sealed", answer.id, answer.value_sealed)
    assert words == "I would like to be gentle with myself."
    assert ana.first(JournalEntry) is None


def test_the_words_are_an_inbound_of_their_own(ana: Line) -> None:
    note = ana.stored()
    ana.listen(said("It was a calm day."))
    row = ana.first(Inbound)
    assert (row.id, row.via, row.filed_as, row.tier) == (ana.row(note).words_id, "voice", "voice_note", None)


def test_a_spoken_cry_freezes_what_was_planned(world: World) -> None:
    phone = joined(world)
    with line(world, phone.patient()) as ana:
        ana.stored()
        ana.listen(said("I want to die. I am going to do it tonight."))
    assert phone.patient().status == "frozen"
