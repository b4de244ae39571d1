"""After somebody took an alert: until they said who sees to visits, they are paged again before the next one."""

from datetime import datetime, timedelta

from smsbot import decisions, raising
from smsbot.ladder import DECISION
from smsbot.models import Alert, AlertState
from smsbot.scope import Scope
from smsbot.store import paging

# CONTENT.md 11.6: neither "we phone" nor "send" picked 24 h before a session pages again.
BEFORE = timedelta(hours=24)
AT_LEAST = timedelta(hours=1)
LOOK_EVERY = timedelta(hours=12)


def look(scope: Scope, alert: Alert) -> None:
    """See whether an alert that somebody has must page again, or when to look next; a resolved one is left alone."""
    if alert.kind == DECISION:
        decisions.look(scope, alert)
        return
    starts = _session(scope, alert)
    if alert.state != AlertState.ACKNOWLEDGED or alert.logistics is not None or alert.patient_id is None:
        alert.due_at = None
    elif starts is not None and starts - scope.now <= BEFORE and _had_time(alert, scope.now):
        raising.again(scope, alert, raising.AGAIN_SESSION)
    else:
        alert.due_at = next_look(alert, starts, scope.now)


def after_acknowledging(scope: Scope, alert: Alert) -> None:
    """Paging has stopped; look again before the next session, unless it is settled who sees to it."""
    unsettled = alert.logistics is None and alert.patient_id is not None and not alert.lead_only
    alert.due_at = next_look(alert, _session(scope, alert), scope.now) if unsettled else None


def next_look(alert: Alert, starts: datetime | None, now: datetime) -> datetime:
    """24 h before the session, though not within the hour; sessions move, so at least every 12 hours."""
    wanted = starts - BEFORE if starts is not None else now + LOOK_EVERY
    return min(max(wanted, now + AT_LEAST), now + LOOK_EVERY)


def _had_time(alert: Alert, now: datetime) -> bool:
    return alert.acknowledged_at is None or now - alert.acknowledged_at >= AT_LEAST


def _session(scope: Scope, alert: Alert) -> datetime | None:
    if alert.patient_id is None:
        return None
    return paging.next_session(scope.db, scope.keys, alert.patient_id, scope.now)
