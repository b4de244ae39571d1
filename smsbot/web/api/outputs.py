"""Rows as the API shows them."""

from collections.abc import Sequence
from typing import Any

from smsbot import housemates
from smsbot.desk import Desk
from smsbot.models import Alert, Patient, Task, TreatmentSession
from smsbot.store import patients, record, sessions
from smsbot.store.record import Said, TouchSeen
from smsbot.web.api.gives import AlertOut, MessageOut, PatientOut, SessionOut, StandingOut, StepOut, TaskOut, TouchOut
from smsbot.wishes import OPEN_END


def _columns(row: Any, model: Any) -> dict[str, Any]:
    """The row's columns that the model shows under their own names."""
    return {name: getattr(row, name) for name in model.model_fields if hasattr(row, name)}


def session_out(row: TreatmentSession) -> SessionOut:
    """A session."""
    return SessionOut(**_columns(row, SessionOut), canceled_by=row.canceled_why)


def patient_out(desk: Desk, row: Patient) -> PatientOut:
    """A patient with identity and sessions; Erased once their key is gone."""
    columns = _columns(row, PatientOut) | vars(patients.person(desk.keys, row))
    columns["paused_until"] = standing_out(row).paused_until
    columns["sessions"] = [session_out(each) for each in sessions.of_patient(desk.db, desk.keys, row.id)]
    shares = housemates.shares(desk, row)
    columns["nickname"] = shares.nickname if shares else None
    columns["shares_phone_with"] = shares.other_id if shares else None
    return PatientOut(**columns)


def standing_out(row: Patient) -> StandingOut:
    """How a patient stands; a pause without an end shows none."""
    until = row.paused_until if row.paused_until != OPEN_END else None
    return StandingOut(id=row.id, status=row.status, paused_until=until)


def touch_out(seen: TouchSeen) -> TouchOut:
    """A touch under the name of its rule."""
    columns = _columns(seen.touch, TouchOut) | {name: getattr(seen, name) for name in ("session", "due_at", "history")}
    return TouchOut(**columns, key=seen.touch.rule, expires_at=seen.touch.send_by)


def text_out(row: Said) -> MessageOut:
    """A text."""
    return MessageOut(**vars(row))


def alerts_out(desk: Desk, rows: Sequence[Alert]) -> list[AlertOut]:
    """Alerts with the ladder so far, without words."""
    steps = record.steps(desk.visit(), rows)
    return [
        AlertOut(**_columns(row, AlertOut), steps=[StepOut(**_columns(step, StepOut)) for step in steps[row.id]])
        for row in rows
    ]


def alert_out(desk: Desk, row: Alert) -> AlertOut:
    """An alert with the ladder so far, without words."""
    return alerts_out(desk, [row])[0]


def task_out(row: Task) -> TaskOut:
    """A task, without words."""
    return TaskOut(**_columns(row, TaskOut))
