"""A decision that staff owe before a patient's next session (CONTENT 11.22): asked for, paged a day before, made.

The item says what it is about to whoever is signed in; a page, like every page, says only that something waits.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from smsbot import raising, tasks
from smsbot.errors import Undecided
from smsbot.ladder import DECISION
from smsbot.models import Alert, AlertState, Patient, Task, TaskState, TreatmentSession
from smsbot.scope import Scope
from smsbot.store import paging
from smsbot.vault import ClinicKeys

KIND = "decide_before_session"
CHOICES = ("go_ahead", "not_now")
ASKED = "decision"
# As for an incident (CONTENT 11.6): a day before the session. Sessions move, so it is looked at twice a day.
BEFORE = timedelta(hours=24)
LOOK_EVERY = timedelta(hours=12)


def ask(scope: Scope, reason: str) -> Task:
    """Open the item, and the page that a day before the session says it waits; said again it is still one decision."""
    owed = of_patient(scope.db, scope.keys, scope.person.id)
    if owed is not None:
        return owed
    task = tasks.open_task(scope, KIND, reason=reason)
    page = Alert(
        id=scope.runtime.new_id(),
        clinic_id=scope.clinic.id,
        tier=4,
        kind=DECISION,
        rule=KIND,
        state=AlertState.ACKNOWLEDGED,
        inbounds=[],
        told=[],
        opened_at=scope.now,
    )
    raising.remember(page, scope.now, ASKED, task=str(task.id))
    scope.db.add(page)
    scope.db.flush()
    look(scope, page)
    return task


def of_patient(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> Task | None:
    """The decision that is owed on a patient, if one is."""
    return next((task for task in owed(db, keys) if task.patient_id == patient_id), None)


def owed(db: Session, keys: ClinicKeys) -> Sequence[Task]:
    """Every decision that is owed at a clinic."""
    mine = (col(Task.clinic_id) == keys.clinic_id, col(Task.state) == TaskState.OPEN, col(Task.kind) == KIND)
    return db.exec(select(Task).where(*mine).order_by(col(Task.due_at))).all()


def before(db: Session, keys: ClinicKeys, patient: Patient, session: TreatmentSession) -> Task | None:
    """The decision that has to be made before this session: none where it began before anybody knew."""
    task = of_patient(db, keys, patient.id)
    return task if task is not None and session.starts_at > task.created_at else None


def refuse_undecided(db: Session, keys: ClinicKeys, patient: Patient, session: TreatmentSession) -> None:
    """Undecided, where the session waits for a decision."""
    task = before(db, keys, patient, session)
    if task is not None:
        raise Undecided(task.id)


def look(scope: Scope, page: Alert) -> None:
    """Page now, look again later, or end it: by whether the decision is made and when the session is."""
    task = scope.db.get(Task, uuid.UUID(page.told[0]["task"]))
    if task is None or task.state != TaskState.OPEN or task.patient_id is None:
        _end(page, scope.now)
        return
    starts = paging.next_session(scope.db, scope.keys, task.patient_id, scope.now)
    if starts is not None and starts - scope.now <= BEFORE:
        raising.again(scope, page, raising.AGAIN_SESSION)
        return
    page.due_at = min(starts - BEFORE, scope.now + LOOK_EVERY) if starts is not None else scope.now + LOOK_EVERY


def rest(page: Alert, now: datetime) -> None:
    """Somebody has the page, or the round is over: look again in half a day, and page again if nothing is decided."""
    page.state, page.due_at, page.lease_until = AlertState.ACKNOWLEDGED, now + LOOK_EVERY, None


def made(db: Session, keys: ClinicKeys, task: Task, now: datetime) -> None:
    """The decision is made: its page ends."""
    mine = (col(Alert.clinic_id) == keys.clinic_id, col(Alert.kind) == DECISION)
    for page in db.exec(select(Alert).where(*mine, col(Alert.state) != AlertState.RESOLVED)).all():
        if page.told[0]["task"] == str(task.id):
            _end(page, now)


def _end(page: Alert, now: datetime) -> None:
    page.state, page.resolved_at, page.due_at, page.lease_until = AlertState.RESOLVED, now, None, None
