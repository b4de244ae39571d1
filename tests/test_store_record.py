"""The record as people read it: every read leaves its row, private words stay closed, pages do not skip."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from smsbot.errors import NotFound
from smsbot.models import Alert, AuditEntry, Inbound, JournalEntry, Message, Patient, Task
from smsbot.store import audit_trail, messages, patients, record
from smsbot.store.messages import NewMessage
from smsbot.store.record import Place
from tests.api_support import ANA, BEN, NOW, World


@pytest.fixture
def ana(world: World) -> Patient:
    return world.enroll()


def text_in(world: World, ana: Patient, words: str, minute: int, **entry: Any) -> None:
    """A text from Ana that became a journal entry."""
    with world.desk() as desk:
        sealer = desk.keys.patient(ana.id, ana.wrapped_key)
        row, kept = world.runtime.new_id(), world.runtime.new_id()
        at = NOW + timedelta(minutes=minute)
        desk.db.add(
            Inbound(
                id=row,
                clinic_id=world.harbor,
                patient_id=ana.id,
                carrier_sid=f"SM{row.hex}",
                phone_index=desk.keys.phone_index(ANA),
                body_sealed=sealer.seal("inbound", "body_sealed", row, words),
                media=[],
                received_at=at,
                screen_version="1",
                filed_as="journal",
            )
        )
        desk.db.flush()
        sealed = sealer.seal("journal_entry", "words_sealed", kept, words)
        ids = {"id": kept, "clinic_id": world.harbor, "patient_id": ana.id, "inbound_id": row}
        desk.db.add(JournalEntry(**ids, words_sealed=sealed, at=at, **entry))


def text_out(world: World, ana: Patient, words: str, minute: int) -> None:
    with world.desk() as desk:
        new = NewMessage(
            id=world.runtime.new_id(),
            sender="+15005550006",
            to=ANA,
            body=words,
            flow="mood",
            line="ask",
            language="en",
            segments=1,
            priority=3,
            seq=minute,
            now=NOW + timedelta(minutes=minute),
            patient_id=ana.id,
        )
        messages.add(desk.db, desk.keys, desk.keys.patient(ana.id, ana.wrapped_key), new)


def read(world: World, reading: Any, ana: Patient, *args: Any) -> list[Any]:
    with world.desk() as desk:
        patient = patients.get(desk.db, desk.keys, ana.id)
        return list(reading(desk.visit(), patient, *args))


def test_texts_are_read_both_ways_newest_first(world: World, ana: Patient) -> None:
    text_out(world, ana, "How is it?", 1)
    text_in(world, ana, "Calm, mostly", 2)
    found = [(row.direction, row.words) for row in read(world, record.texts, ana)]
    assert found == [("in", "Calm, mostly"), ("out", "How is it?")]


@pytest.mark.parametrize(("flagged", "words"), [(False, None), (True, "only mine")])
def test_private_words_stay_closed_unless_flagged(world: World, ana: Patient, flagged: bool, words: str | None) -> None:
    text_in(world, ana, "only mine", 1, private=True, flagged=flagged)
    for reading in (record.texts, record.journal):
        rows = read(world, reading, ana)
        assert [row.words for row in rows] == [words]


def test_pages_go_back_without_a_gap_or_a_repeat(world: World, ana: Patient) -> None:
    for minute in range(7):
        text_in(world, ana, f"entry {minute}", minute // 2)
        text_out(world, ana, f"text {minute}", minute // 2)
    seen: list[uuid.UUID] = []
    place: Place | None = None
    while rows := read(world, record.texts, ana, place, 3):
        seen += [row.id for row in rows]
        place = rows[-1].place
    assert len(seen) == len(set(seen)) == 14


def test_every_reading_leaves_one_row(world: World, ana: Patient) -> None:
    for reading in (record.timeline, record.texts, record.journal, record.answers):
        read(world, reading, ana)
    with world.runtime.database.read() as db:
        entries = db.exec(select(AuditEntry).order_by(col(AuditEntry.seq))).all()
    actions = [entry.action for entry in entries][1:]
    assert actions == ["timeline.read", "messages.read", "journal.read", "answers.read"]
    assert {entry.subject for entry in entries} == {f"patient:{ana.id}"}


def test_no_row_holds_a_word_of_the_patient(world: World, ana: Patient) -> None:
    text_in(world, ana, "a very secret sentence", 1)
    read(world, record.texts, ana)
    with world.runtime.database.read() as db:
        everything = repr(db.exec(select(AuditEntry)).all())
    for plain in ("secret", "Ana", ANA):
        assert plain not in everything


def test_erased_words_are_gone_and_the_rest_is_still_there(world: World, ana: Patient) -> None:
    text_in(world, ana, "gone", 1)
    with world.desk() as desk:
        patients.get(desk.db, desk.keys, ana.id).wrapped_key = None
    assert [row.words for row in read(world, record.texts, ana)] == [None]


def test_a_message_row_swapped_between_patients_does_not_open(world: World, ana: Patient) -> None:
    ben = world.enroll(BEN, first_name="Ben")
    text_out(world, ana, "for Ana", 1)
    with world.runtime.database.write() as db:
        row = db.exec(select(Message)).one()
        row.patient_id = ben.id
        db.add(row)
    with pytest.raises(Exception, match="could not be opened"):
        read(world, record.texts, ben)


def test_who_saw_a_patient_is_one_question(world: World, ana: Patient) -> None:
    ben = world.enroll(BEN, first_name="Ben")
    read(world, record.journal, ana)
    read(world, record.journal, ben)
    with world.desk() as desk:
        actions = [row.action for row in audit_trail.about(desk.visit(), ana.id)]
    assert actions == ["patient.enroll", "journal.read"]


def test_an_alert_shows_its_very_words_even_private_ones(world: World, ana: Patient) -> None:
    text_in(world, ana, "the words", 1, private=True)
    with world.desk() as desk:
        inbound = desk.db.exec(select(Inbound)).one()
        alert = Alert(
            id=world.runtime.new_id(),
            clinic_id=world.harbor,
            patient_id=ana.id,
            tier=1,
            kind="k",
            rule="r",
            inbounds=[str(inbound.id)],
            told=[],
            opened_at=NOW,
        )
        desk.db.add(alert)
        desk.db.flush()
        assert [said.words for said in record.alert_texts(desk.visit(), alert)] == ["the words"]
    with world.desk(world.mesa) as desk:
        assert record.alert_texts(desk.visit(), alert) == []


def test_the_work_list_begins_with_the_most_urgent(world: World) -> None:
    with world.desk() as desk:
        for hours in (3, 1, 2):
            due = NOW + timedelta(hours=hours)
            ids = {"id": world.runtime.new_id(), "clinic_id": world.harbor}
            desk.db.add(Task(**ids, kind="call", reason=str(hours), due_at=due, created_at=NOW, details={}))
        desk.db.flush()
        first = record.tasks(desk.visit(), limit=2)
        rest = record.tasks(desk.visit(), before=Place(first[-1].due_at, first[-1].id))
    assert [task.reason for task in first + rest] == ["1", "2", "3"]


def test_a_task_is_ticked_off_once(world: World, ana: Patient) -> None:
    with world.desk() as desk:
        task = Task(
            id=world.runtime.new_id(),
            clinic_id=world.harbor,
            kind="call",
            reason="call",
            due_at=NOW,
            created_at=NOW,
            details={},
        )
        desk.db.add(task)
        desk.db.flush()
        record.finish_task(desk.visit(), task.id)
        assert record.finish_task(desk.visit(), task.id).done_by == "staff:dana"
        rows = record.tasks(desk.visit(), state="done")
    assert [row.id for row in rows] == [task.id]
    with world.desk(world.mesa) as desk, pytest.raises(NotFound):
        record.finish_task(desk.visit(), task.id)
