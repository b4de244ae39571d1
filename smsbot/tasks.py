"""The staff work list: items with a reason, an owner and a due time computed from the clinic's hours."""

import uuid
from datetime import timedelta

from sqlmodel import col, select

from smsbot import facts
from smsbot.models import Task, TaskState
from smsbot.scope import Scope

# Kinds a person should see within the same open span; everything else by the end of the next business day.
TODAY = frozenset(
    {
        "answer_patient",
        "call",
        "call_before_session",
        "crisis_not_delivered",
        "decide_before_session",
        "disclosure",
        "distress",
        "held_beside",
        "end_of_series_not_helped",
        "item9_unchanged",
        "listen",
        "low_mood",
        "medical",
        "screen_fault",
        "safety_question_unanswered",
        "unread_text",
        "unsafe_plan",
        "who_wrote",
        "worry",
    }
)


def open_about(scope: Scope, kind: str, session_id: uuid.UUID | None, *, rule: str) -> Task:
    """An item about a session, one however many rules ask for it (its reason names them), and due before the session.

    What does not fit before a first session goes onto the one form that is given on arrival (CONTENT 5.2).
    """
    wanted = select(Task).where(
        col(Task.clinic_id) == scope.keys.clinic_id,
        col(Task.patient_id) == scope.person.id,
        col(Task.kind) == kind,
        col(Task.state) == TaskState.OPEN,
    )
    about = {"session": str(session_id)} if session_id else {}
    task = next((each for each in scope.db.exec(wanted).all() if each.details == about), None)
    if task is None:
        task = open_task(scope, kind, reason=rule)
        starts = next((one.starts_at for one in scope.sessions if one.id == session_id), scope.now)
        task.details, task.due_at = about, min(task.due_at, starts) if starts > scope.now else task.due_at
    elif rule not in task.reason.split(", "):
        task.reason = f"{task.reason}, {rule}"
    return task


def open_task(scope: Scope, kind: str, *, reason: str = "", conversation_id: uuid.UUID | None = None) -> Task:
    """Add an item to the work list in this transaction; `reason` is a code, never a patient's words."""
    days = 0 if kind in TODAY else 1
    due = facts.hours(scope.clinic).due(scope.now, business_days=days) or scope.now + timedelta(days=1)
    task = Task(
        id=scope.runtime.new_id(),
        clinic_id=scope.clinic.id,
        patient_id=scope.patient.id if scope.patient else None,
        kind=kind,
        reason=reason or kind,
        due_at=due,
        details={"conversation": str(conversation_id)} if conversation_id else {},
        created_at=scope.now,
    )
    scope.db.add(task)
    return task
