"""The silence around a session: no timed text and no planned call while it is on (RULINGS 21)."""

from datetime import datetime, timedelta

from smsbot.models import SessionStatus
from smsbot.scope import Scope
from smsbot.store.turns import SessionRow

BEFORE, AFTER = timedelta(minutes=10), timedelta(hours=3)
COUNTED = (SessionStatus.BOOKED, SessionStatus.ARRIVED, SessionStatus.DONE)


def end_of(session: SessionRow) -> datetime:
    """The actual end, else the planned one."""
    return session.ended_at or session.starts_at + timedelta(minutes=session.minutes)


def is_on(scope: Scope) -> bool:
    """Whether a session is on: from 10 minutes before its start until 3 hours after its end."""
    return over(scope, scope.now) != scope.now


def over(scope: Scope, at: datetime) -> datetime:
    """When the silence that holds at an instant is over; the instant itself where none does."""
    spans = ((item.starts_at - BEFORE, end_of(item) + AFTER) for item in scope.sessions if item.status in COUNTED)
    return max((until for since, until in spans if since <= at < until), default=at)
