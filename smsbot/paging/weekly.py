"""The weekly test: a page to everyone on the list that says nothing has happened, and a task when nobody answers it."""

from datetime import datetime, timedelta

from smsbot import facts, tasks
from smsbot.ladder import TEST
from smsbot.models import Alert, AlertState
from smsbot.scope import Scope
from smsbot.store import paging

# The same opening, a week later: a little less than a week, so that daylight saving does not push it to the next day.
ALMOST_A_WEEK = timedelta(days=6, hours=20)
FAILED = "pager_test_failed"
ANSWERED = "answered"


def plan(scope: Scope) -> Alert:
    """The test that comes next; one is planned for the next opening if there is none."""
    planned = paging.tests(scope.db, scope.keys, AlertState.OPEN)
    return planned[0] if planned else _planned(scope, scope.now + timedelta(minutes=1))


def soon(scope: Scope) -> None:
    """Somebody's number is new: the test comes at the next opening, not in a week; one under way goes on."""
    test = plan(scope)
    at = facts.hours(scope.clinic).opens_next(scope.now + timedelta(minutes=1))
    if at is not None and test.opened_at > max(at, scope.now):
        test.paged_at = test.due_at = test.opened_at = at


def now(scope: Scope) -> Alert:
    """Test now: the planned test is brought forward. Ring for PAGE after the commit."""
    test = plan(scope)
    test.paged_at = test.due_at = test.opened_at = scope.now
    test.first_step = paging.after_last(scope.db, scope.keys, test.id)
    scope.paged = True
    return test


def conclude(scope: Scope, test: Alert) -> None:
    """Half an hour is over: note what came of the test, tell staff if nobody answered, and plan the next one."""
    close(scope, test)
    if test.outcome != ANSWERED:
        tasks.open_task(scope, FAILED, reason=test.outcome or "")
    scope.db.flush()
    _planned(scope, scope.now + ALMOST_A_WEEK)


def close(scope: Scope, page: Alert) -> set[str]:
    """End a page about nobody: its outcome says how far it came (answered with a key, arrived, or failed).

    Returns the states of its attempts: a mail that was sent proves nothing, and yet may have been read.
    """
    states = {step.state for step in paging.steps(scope.db, scope.keys, page.id)}
    arrived = "arrived" if states & {"delivered", "answered"} else "failed"
    page.outcome = ANSWERED if "acknowledged" in states else arrived
    page.state, page.resolved_at, page.due_at = AlertState.RESOLVED, scope.now, None
    return states


def _planned(scope: Scope, after: datetime) -> Alert:
    at = facts.hours(scope.clinic).opens_next(after) or after
    test = Alert(
        id=scope.runtime.new_id(),
        clinic_id=scope.clinic.id,
        tier=4,
        kind=TEST,
        rule="weekly test",
        inbounds=[],
        told=[],
        opened_at=at,
        paged_at=at,
        due_at=at,
    )
    scope.db.add(test)
    return test
