"""What staff see over all of a clinic's patients, and what belongs to an alert; counts and ids, words where audited."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import col, select

from smsbot.ladder import ABOUT_NOBODY
from smsbot.models import (
    Alert,
    AlertState,
    AlertStep,
    ApiKey,
    Contact,
    Inbound,
    JournalEntry,
    Message,
    Patient,
    SessionStatus,
    Staff,
    Task,
    TaskState,
    Touch,
    TreatmentSession,
)
from smsbot.store import messages, patients
from smsbot.store import staff as accounts
from smsbot.store.visits import Visit

BATCH = 500
LEAD_ONLY = "misconduct"


@dataclass(frozen=True)
class Told:
    """One text the person was sent since, with the state of its delivery."""

    at: datetime
    words: str | None
    line: str
    state: str


@dataclass(frozen=True)
class Rung:
    """One step of an alert's ladder, with the name of whoever was tried."""

    step: AlertStep
    contact: str | None


def everyone(visit: Visit) -> list[Patient]:
    """All patients of the clinic who have not been erased, newest first; the caller audits what is shown."""
    found: list[Patient] = []
    before = None
    while page := patients.page(visit.db, visit.keys, before=before, limit=BATCH):
        found += [row for row in page if row.erased_at is None]
        before = page[-1].id
    return found


def last_asked(visit: Visit) -> Mapping[uuid.UUID, datetime]:
    """When each patient was last sent a question."""
    wanted = (
        select(Touch.patient_id, func.max(col(Touch.sent_at)))
        .where(col(Touch.clinic_id) == visit.keys.clinic_id, col(Touch.asks).is_(True), col(Touch.sent_at).is_not(None))
        .group_by(col(Touch.patient_id))
    )
    return {patient_id: at for patient_id, at in visit.db.exec(wanted).all() if at is not None}


def next_sessions(visit: Visit, since: datetime) -> Mapping[uuid.UUID, TreatmentSession]:
    """Each patient's next booked session that has not ended by itself before `since`."""
    wanted = (
        select(TreatmentSession)
        .where(
            col(TreatmentSession.clinic_id) == visit.keys.clinic_id,
            col(TreatmentSession.status).in_((SessionStatus.BOOKED, SessionStatus.ARRIVED)),
            col(TreatmentSession.starts_at) >= since,
        )
        .order_by(col(TreatmentSession.starts_at).desc())
    )
    return {row.patient_id: row for row in visit.db.exec(wanted).all()}


def alerted(visit: Visit, *, for_lead: bool) -> Collection[uuid.UUID]:
    """The patients with an alert that is not resolved."""
    wanted = select(Alert.patient_id).where(*_standing(visit, for_lead))
    return {patient_id for patient_id in visit.db.exec(wanted).all() if patient_id is not None}


def waiting_alerts(visit: Visit, *, for_lead: bool) -> int:
    """How many alerts nobody has acknowledged: a count, which names nobody and leaves no row."""
    mine = (*_standing(visit, for_lead), col(Alert.state) == AlertState.OPEN)
    return visit.db.exec(select(func.count(col(Alert.id))).where(*mine)).one()


def open_alerts(visit: Visit, patient_id: uuid.UUID, *, for_lead: bool) -> Sequence[Alert]:
    """A patient's alerts that are not resolved, newest first; the caller audits."""
    wanted = select(Alert).where(*_standing(visit, for_lead), col(Alert.patient_id) == patient_id)
    return visit.db.exec(wanted.order_by(col(Alert.opened_at).desc())).all()


def _standing(visit: Visit, for_lead: bool):  # type: ignore[no-untyped-def]  # conditions of a query
    # A weekly test of the pager and a fault of the service are nobody's alerts.
    mine = (
        col(Alert.clinic_id) == visit.keys.clinic_id,
        col(Alert.state) != AlertState.RESOLVED,
        col(Alert.kind).not_in(ABOUT_NOBODY),
    )
    return mine if for_lead else (*mine, col(Alert.lead_only).is_(False))


def open_tasks(visit: Visit, *, for_lead: bool) -> int:
    """How many tasks are open: a count."""
    wanted = select(func.count(col(Task.id))).where(
        col(Task.clinic_id) == visit.keys.clinic_id, col(Task.state) == TaskState.OPEN
    )
    return visit.db.exec(wanted if for_lead else wanted.where(col(Task.reason) != LEAD_ONLY)).one()


def _is_erased(visit: Visit, patient_id: uuid.UUID | None) -> bool:
    return patient_id is not None and patients.get(visit.db, visit.keys, patient_id).wrapped_key is None


def stranger(visit: Visit, alert: Alert) -> str | None:
    """The number of a sender who is no patient, from the alert's first text that has it."""
    ids = [uuid.UUID(text) for text in alert.inbounds]
    wanted = select(Inbound).where(
        col(Inbound.clinic_id) == visit.keys.clinic_id, col(Inbound.id).in_(ids), col(Inbound.phone_sealed).is_not(None)
    )
    row = visit.db.exec(wanted).first()
    if row is None or row.phone_sealed is None or row.patient_id is not None:
        return None
    return visit.keys.open("inbound", "phone_sealed", row.id, row.phone_sealed)


def told(visit: Visit, alert: Alert) -> list[Told]:
    """What the person was sent about it: crisis lines since, and every answer to the alert's own texts."""
    ids = [uuid.UUID(text) for text in alert.inbounds]
    about: ColumnElement[bool] = col(Message.inbound_id).in_(ids)
    if alert.patient_id is not None:
        later = (col(Message.purpose) == "crisis") & (col(Message.created_at) >= alert.opened_at)
        about = or_(about, and_(col(Message.patient_id) == alert.patient_id, later))
    wanted = select(Message).where(col(Message.clinic_id) == visit.keys.clinic_id, about)
    rows = visit.db.exec(wanted.order_by(col(Message.created_at), col(Message.seq))).all()
    return [Told(row.created_at, _said(visit, row), f"{row.flow}/{row.line}", row.state) for row in rows]


def _said(visit: Visit, row: Message) -> str | None:
    if _is_erased(visit, row.patient_id):
        return None
    sealer = messages.sealer_of(visit.db, visit.keys, row.patient_id)
    return sealer.open("message", "body_sealed", row.id, row.body_sealed)


def ladder(visit: Visit, alert: Alert) -> list[Rung]:
    """Who was tried for an alert, and what came of it, in order."""
    wanted = select(AlertStep).where(
        col(AlertStep.clinic_id) == visit.keys.clinic_id, col(AlertStep.alert_id) == alert.id
    )
    rows = visit.db.exec(wanted.order_by(col(AlertStep.at), col(AlertStep.number))).all()
    contacts = {row.id: row for row in visit.db.exec(select(Contact).where(_in_clinic(visit, Contact))).all()}
    return [Rung(row, _contact(visit, contacts.get(row.contact_id) if row.contact_id else None)) for row in rows]


def _contact(visit: Visit, contact: Contact | None) -> str | None:
    return visit.keys.open("contact", "name_sealed", contact.id, contact.name_sealed) if contact else None


def _in_clinic(visit: Visit, model: type[Contact | Staff | ApiKey]):  # type: ignore[no-untyped-def]  # a condition
    return col(model.clinic_id) == visit.keys.clinic_id


def note(visit: Visit, alert: Alert) -> str:
    """What people have written about an alert so far; empty once its patient is erased."""
    if alert.note_sealed is None or _is_erased(visit, alert.patient_id):
        return ""
    sealer = messages.sealer_of(visit.db, visit.keys, alert.patient_id)
    return sealer.open("alert", "note_sealed", alert.id, alert.note_sealed)


def done_lately(visit: Visit, limit: int) -> Sequence[Task]:
    """Up to `limit` tasks that were done, the latest first."""
    wanted = select(Task).where(col(Task.clinic_id) == visit.keys.clinic_id, col(Task.state) == TaskState.DONE)
    rows = visit.db.exec(wanted.order_by(col(Task.done_at).desc()).limit(limit)).all()
    visit.note("tasks.read", f"clinic:{visit.keys.clinic_id}", tasks=[str(row.id) for row in rows])
    return rows


def task_note(visit: Visit, task: Task) -> str:
    """What was written when a task was done."""
    if task.note_sealed is None or _is_erased(visit, task.patient_id):
        return ""
    sealer = messages.sealer_of(visit.db, visit.keys, task.patient_id)
    return sealer.open("task", "note_sealed", task.id, task.note_sealed)


def keep_task_note(visit: Visit, task: Task, words: str) -> None:
    """Seal what a person writes about a task they have done."""
    sealer = messages.sealer_of(visit.db, visit.keys, task.patient_id)
    task.note_sealed = sealer.seal("task", "note_sealed", task.id, words)


def for_lead_alone(visit: Visit, patient: Patient) -> Collection[uuid.UUID]:
    """Ids of texts, replies and journal entries of complaints about staff, which only a lead may see."""
    mine = select(Alert.inbounds).where(
        col(Alert.clinic_id) == visit.keys.clinic_id,
        col(Alert.patient_id) == patient.id,
        col(Alert.lead_only).is_(True),
    )
    inbounds = {uuid.UUID(text) for texts in visit.db.exec(mine).all() for text in texts}
    found = set(inbounds)
    for model in (Message, JournalEntry):
        theirs = select(model.id).where(
            col(model.clinic_id) == visit.keys.clinic_id,
            col(model.patient_id) == patient.id,
            col(model.inbound_id).in_(inbounds),
        )
        found |= set(visit.db.exec(theirs).all())
    return found


def names(visit: Visit, actors: Collection[str | None]) -> Mapping[str, str]:
    """What people read for actors: a colleague's name, that of a contact or a key, or the operator."""
    wanted = {actor for actor in actors if actor}
    known = {f"staff:{row.id}": accounts.name(visit.keys, row) for row in accounts.of_clinic(visit.db, visit.keys)}
    people = visit.db.exec(select(Contact).where(_in_clinic(visit, Contact))).all()
    known |= {f"contact:{row.id}": f"{_contact(visit, row)} (by phone)" for row in people}
    keys = visit.db.exec(select(ApiKey).where(_in_clinic(visit, ApiKey))).all()
    known |= {f"key:{row.id}": f"program “{row.name}”" for row in keys}
    return {actor: known.get(actor, actor if ":" not in actor else "someone") for actor in wanted}
