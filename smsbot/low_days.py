"""Low days in a row: a second one is looked at by a person the same day (CONTENT F19 and 3.1)."""

from datetime import datetime, time, timedelta

from sqlmodel import col, select

from smsbot import facts
from smsbot.localtime import instant
from smsbot.models import Task
from smsbot.scope import Scope
from smsbot.store import turns

LOW_RATING, LOW_DAY = "low_mood", "low_day"  # the work item of a low rating; the mark of a low day that was talked of


def is_second_in_a_row(scope: Scope) -> bool:
    """Whether the patient's calendar day before this one was a low day too, by a rating or by a hard moment."""
    today, zone = facts.today(scope), facts.zone(scope)
    first, last = (instant(day, time(0), zone) for day in (today - timedelta(days=1), today))
    marks = turns.marks(scope.db, scope.keys, scope.person.id)
    if any(mark.name == LOW_DAY and first <= mark.at < last for mark in marks):
        return True
    return _listed(scope, LOW_RATING, first, last)


def _listed(scope: Scope, kind: str, first: datetime, last: datetime) -> bool:
    """Whether an item of this kind was opened for the patient between two instants."""
    wanted = select(col(Task.id)).where(
        col(Task.clinic_id) == scope.keys.clinic_id,
        col(Task.patient_id) == scope.person.id,
        col(Task.kind) == kind,
        col(Task.created_at) >= first,
        col(Task.created_at) < last,
    )
    return scope.db.exec(wanted.limit(1)).first() is not None
