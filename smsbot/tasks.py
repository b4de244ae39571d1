"""The staff work list: items with a reason, an owner and a due time computed from the clinic's hours."""

import uuid
from datetime import timedelta

from smsbot import facts
from smsbot.models import Task
from smsbot.scope import Scope

# Kinds a person should see within the same open span; everything else by the end of the next business day.
TODAY = frozenset(
    {
        "answer_patient",
        "call",
        "call_before_session",
        "crisis_not_delivered",
        "disclosure",
        "distress",
        "end_of_series_not_helped",
        "item9_unchanged",
        "listen",
        "low_mood",
        "medical",
        "screen_fault",
        "safety_question_unanswered",
        "unread_text",
        "unsafe_plan",
        "worry",
    }
)


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
