"""A patient's record as people read it: touches, texts, journal, answers, alerts, tasks; each read is audited.

Words a patient marked as private stay closed unless a flag is on them (CONTENT.md 9.4); erased words are gone.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col, select

from smsbot.errors import NotFound
from smsbot.ladder import ABOUT_NOBODY
from smsbot.models import (
    Alert,
    AlertState,
    AlertStep,
    Answer,
    Inbound,
    JournalEntry,
    Message,
    Patient,
    Task,
    TaskState,
    Touch,
    TreatmentSession,
)
from smsbot.store.histories import of_patient
from smsbot.store.visits import Visit
from smsbot.vault import Sealer


@dataclass(frozen=True)
class Place:
    """Where a page of rows ended: the next one goes on with older rows."""

    at: datetime
    id: uuid.UUID


@dataclass(frozen=True)
class TouchSeen:
    """A touch with the number of its session; `due_at` is when it is or was due, `history` all that happened to it."""

    touch: Touch
    session: int | None
    due_at: datetime
    history: list[dict[str, Any]]


@dataclass(frozen=True)
class Said:
    """One text, from the patient ("in") or to them ("out"); `words` is None where they are withheld or erased."""

    id: uuid.UUID
    direction: str
    at: datetime
    words: str | None
    state: str
    flow: str | None = None
    line: str | None = None
    private: bool = False
    tier: int | None = None

    @property
    def place(self) -> Place:
        return Place(self.at, self.id)


@dataclass(frozen=True)
class Entry:
    """A journal entry; `words` is None where they are withheld or erased.

    `first` is what it said before the patient put it right, `put_away` that they do not want it said back to them.
    """

    id: uuid.UUID
    at: datetime
    kind: str
    words: str | None
    private: bool
    flagged: bool
    first: str | None = None
    put_away: bool = False

    @property
    def place(self) -> Place:
        return Place(self.at, self.id)


@dataclass(frozen=True)
class Kept:
    """A standing answer under its name; `first` and `put_away` as of an entry."""

    flow: str
    name: str
    code: str | None
    words: str | None
    at: datetime
    session_id: uuid.UUID | None
    flagged: bool
    first: str | None = None
    put_away: bool = False


def timeline(visit: Visit, patient: Patient) -> list[TouchSeen]:
    """Every touch of a patient, past and to come, in the order it was due."""
    numbers = select(TreatmentSession.id, TreatmentSession.number).where(
        col(TreatmentSession.clinic_id) == visit.keys.clinic_id, col(TreatmentSession.patient_id) == patient.id
    )
    number = dict(visit.db.exec(numbers).all())
    wanted = select(Touch).where(col(Touch.clinic_id) == visit.keys.clinic_id, col(Touch.patient_id) == patient.id)
    touches = visit.db.exec(wanted).all()
    histories = of_patient(visit, patient.id, touches)
    rows = [
        TouchSeen(
            touch=touch,
            session=number.get(touch.session_id) if touch.session_id else None,
            due_at=touch.due_at or touch.planned_at,
            history=histories[touch.id],
        )
        for touch in touches
    ]
    visit.note("timeline.read", f"patient:{patient.id}", touches=len(rows))
    return sorted(rows, key=lambda row: (row.due_at, row.touch.id))


def texts(visit: Visit, patient: Patient, before: Place | None = None, limit: int = 50) -> list[Said]:
    """Up to `limit` texts both ways, newest first."""
    sealer = _sealer(visit, patient)
    inbound = _older(Inbound, Inbound.received_at, before, patient, visit).limit(limit)
    outbound = _older(Message, Message.created_at, before, patient, visit).limit(limit)
    received: Sequence[Inbound] = visit.db.exec(inbound).all()
    closed = _private(visit, patient, [row.id for row in received])
    rows = [_heard(sealer, row, row.id in closed) for row in received]
    rows += [_sent(sealer, row) for row in visit.db.exec(outbound).all()]
    found = sorted(rows, key=lambda row: (row.at, row.id), reverse=True)[:limit]
    visit.note("messages.read", f"patient:{patient.id}", messages=len(found))
    return found


def journal(visit: Visit, patient: Patient, before: Place | None = None, limit: int = 50) -> list[Entry]:
    """Up to `limit` journal entries, newest first."""
    sealer = _sealer(visit, patient)
    rows = visit.db.exec(_older(JournalEntry, JournalEntry.at, before, patient, visit).limit(limit)).all()
    found = [_entry(sealer, row) for row in rows]
    visit.note("journal.read", f"patient:{patient.id}", entries=len(found))
    return found


def answers(visit: Visit, patient: Patient) -> list[Kept]:
    """The standing answers of a patient, oldest first; those they hid stay closed unless flagged."""
    sealer = _sealer(visit, patient)
    wanted = select(Answer).where(
        col(Answer.clinic_id) == visit.keys.clinic_id,
        col(Answer.patient_id) == patient.id,
        col(Answer.superseded_at).is_(None),
    )
    rows = visit.db.exec(wanted.order_by(col(Answer.at), col(Answer.id))).all()
    visit.note("answers.read", f"patient:{patient.id}", answers=len(rows))
    return [_kept(sealer, row) for row in rows]


def alerts(
    visit: Visit,
    *,
    state: str | None = None,
    before: Place | None = None,
    limit: int = 50,
    for_lead: bool = False,
) -> list[Alert]:
    """Up to `limit` alerts, newest first. A complaint about staff is the lead's alone (CONTENT.md 11.1)."""
    mine = (col(Alert.clinic_id) == visit.keys.clinic_id, col(Alert.kind).not_in(ABOUT_NOBODY))
    wanted = select(Alert).where(*mine, *_before(Alert, Alert.opened_at, before))
    if state is not None:
        wanted = wanted.where(col(Alert.state) == state)
    if not for_lead:
        wanted = wanted.where(col(Alert.lead_only).is_(False))
    wanted = wanted.order_by(col(Alert.opened_at).desc(), col(Alert.id).desc())
    rows = list(visit.db.exec(wanted.limit(limit)).all())
    visit.note("alerts.read", f"clinic:{visit.keys.clinic_id}", alerts=[str(row.id) for row in rows])
    return rows


def alert(visit: Visit, alert_id: uuid.UUID, *, for_lead: bool = False, lock: bool = False) -> Alert:
    """One alert of this clinic; NotFound also for a lead's alert that is not theirs to see. The caller audits."""
    wanted = select(Alert).where(col(Alert.clinic_id) == visit.keys.clinic_id, col(Alert.id) == alert_id)
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    row = visit.db.exec(wanted).first()
    if row is None or (row.lead_only and not for_lead):
        raise NotFound("alert")
    return row


def steps(visit: Visit, alerts: Sequence[Alert]) -> dict[uuid.UUID, list[AlertStep]]:
    """Who was tried for these alerts, in order, by alert."""
    wanted = select(AlertStep).where(
        col(AlertStep.clinic_id) == visit.keys.clinic_id, col(AlertStep.alert_id).in_([row.id for row in alerts])
    )
    found: dict[uuid.UUID, list[AlertStep]] = {row.id: [] for row in alerts}
    for step in visit.db.exec(wanted.order_by(col(AlertStep.at), col(AlertStep.number), col(AlertStep.id))).all():
        found[step.alert_id].append(step)
    return found


def alert_texts(visit: Visit, alert: Alert) -> list[Said]:
    """The very words an alert is about, oldest first: a flag opens private ones too (CONTENT.md 9.4)."""
    ids = [uuid.UUID(found) for found in alert.inbounds]
    wanted = select(Inbound).where(col(Inbound.clinic_id) == visit.keys.clinic_id, col(Inbound.id).in_(ids))
    rows = visit.db.exec(wanted.order_by(col(Inbound.received_at), col(Inbound.id))).all()
    visit.note("alert.read", f"alert:{alert.id}", texts=len(rows))
    return [_heard(_owner(visit, row), row, private=False) for row in rows]


def open_alerts(visit: Visit) -> int:
    """How many alerts wait for a person: a count, which names nobody and leaves no row."""
    wanted = select(col(Alert.id)).where(
        col(Alert.clinic_id) == visit.keys.clinic_id,
        col(Alert.state) == AlertState.OPEN,
        col(Alert.kind).not_in(ABOUT_NOBODY),
    )
    return len(visit.db.exec(wanted).all())


def tasks(
    visit: Visit, *, state: str | None = TaskState.OPEN, before: Place | None = None, limit: int = 50
) -> list[Task]:
    """Up to `limit` tasks of the work list, the most urgent first; `before` is where the page before this one ended."""
    wanted = select(Task).where(col(Task.clinic_id) == visit.keys.clinic_id)
    if before is not None:
        same = and_(col(Task.due_at) == before.at, col(Task.id) > before.id)
        wanted = wanted.where(or_(col(Task.due_at) > before.at, same))
    if state is not None:
        wanted = wanted.where(col(Task.state) == state)
    rows = list(visit.db.exec(wanted.order_by(col(Task.due_at), col(Task.id)).limit(limit)).all())
    visit.note("tasks.read", f"clinic:{visit.keys.clinic_id}", tasks=[str(row.id) for row in rows])
    return rows


def task(visit: Visit, task_id: uuid.UUID) -> Task:
    """One task of this clinic; the caller audits."""
    row = visit.db.exec(
        select(Task).where(col(Task.clinic_id) == visit.keys.clinic_id, col(Task.id) == task_id)
    ).first()
    if row is None:
        raise NotFound("task")
    return row


def finish_task(visit: Visit, task_id: uuid.UUID) -> Task:
    """Tick off a task; said twice it changes nothing."""
    row = task(visit, task_id)
    if row.state != TaskState.DONE:
        row.state, row.done_at, row.done_by = TaskState.DONE, visit.at, visit.actor
        visit.note("task.done", f"task:{row.id}")
    return row


def _older(model: Any, at: Any, before: Place | None, patient: Patient, visit: Visit) -> Any:
    """The patient's rows before a place, newest first."""
    mine = (col(model.clinic_id) == visit.keys.clinic_id, col(model.patient_id) == patient.id)
    wanted = select(model).where(*mine, *_before(model, at, before))
    return wanted.order_by(col(at).desc(), col(model.id).desc())


def _before(model: Any, at: Any, before: Place | None) -> list[ColumnElement[bool]]:
    if before is None:
        return []
    return [or_(col(at) < before.at, and_(col(at) == before.at, col(model.id) < before.id))]


def _sealer(visit: Visit, patient: Patient) -> Sealer | None:
    return visit.keys.patient(patient.id, patient.wrapped_key) if patient.wrapped_key is not None else None


def _owner(visit: Visit, row: Inbound) -> Sealer | None:
    """Whose key sealed a text: its patient's, or the clinic's for a number nobody knew."""
    if row.patient_id is None:
        return visit.keys.sealer
    return _sealer(visit, visit.db.get_one(Patient, row.patient_id))


def _open(sealer: Sealer | None, table: str, column: str, row_id: uuid.UUID, sealed: bytes) -> str | None:
    return sealer.open(table, column, row_id, sealed) if sealer is not None else None


def _private(visit: Visit, patient: Patient, inbound_ids: list[uuid.UUID]) -> set[uuid.UUID]:
    """Which of these texts became journal entries that staff may not read."""
    wanted = select(JournalEntry.inbound_id).where(
        col(JournalEntry.clinic_id) == visit.keys.clinic_id,
        col(JournalEntry.patient_id) == patient.id,
        col(JournalEntry.inbound_id).in_(inbound_ids),
        col(JournalEntry.private).is_(True),
        col(JournalEntry.flagged).is_(False),
    )
    return {found for found in visit.db.exec(wanted).all() if found is not None}


def _heard(sealer: Sealer | None, row: Inbound, private: bool) -> Said:
    words = None if private else _open(sealer, "inbound", "body_sealed", row.id, row.body_sealed)
    return Said(row.id, "in", row.received_at, words, row.filed_as, private=private, tier=row.tier)


def _sent(sealer: Sealer | None, row: Message) -> Said:
    words = _open(sealer, "message", "body_sealed", row.id, row.body_sealed)
    return Said(row.id, "out", row.created_at, words, row.state, row.flow, row.line)


def _entry(sealer: Sealer | None, row: JournalEntry) -> Entry:
    withheld = row.private and not row.flagged
    words = None if withheld else _open(sealer, "journal_entry", "words_sealed", row.id, row.words_sealed)
    first = _first(sealer, "journal_entry", row) if words is not None else None
    return Entry(row.id, row.at, row.kind, words, row.private, row.flagged, first, row.put_away_at is not None)


def _kept(sealer: Sealer | None, row: Answer) -> Kept:
    withheld = row.hidden and not row.flagged
    words = None if withheld else _open(sealer, "answer", "value_sealed", row.id, row.value_sealed)
    first, away = _first(sealer, "answer", row) if words is not None else None, row.put_away_at is not None
    return Kept(row.flow, row.name, row.code, words, row.at, row.session_id, row.flagged, first, away)


def _first(sealer: Sealer | None, table: str, row: Answer | JournalEntry) -> str | None:
    """What words said before their patient put them right."""
    sealed = row.original_sealed
    return _open(sealer, table, "original_sealed", row.id, sealed) if sealed is not None else None
