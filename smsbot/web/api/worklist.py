"""/alerts and /tasks: what waits for a person."""

from flask_openapi3.blueprint import APIBlueprint

from smsbot import incidents
from smsbot.desk import Desk
from smsbot.staff import worklist as tasking
from smsbot.store import board, record
from smsbot.store.record import Place
from smsbot.web.api import cursors
from smsbot.web.api.door import needs
from smsbot.web.api.gives import AlertOut, AlertsOut, TaskOut, TasksOut
from smsbot.web.api.outputs import alert_out, alerts_out, task_out
from smsbot.web.api.problems import REFUSALS
from smsbot.web.api.takes import (
    AcknowledgeIn,
    AlertPath,
    AlertQuery,
    DecideIn,
    DoneTaskIn,
    ResolveIn,
    TaskPath,
    TaskQuery,
)

bp = APIBlueprint("worklist", __name__, url_prefix="/api/v1", abp_responses=REFUSALS, abp_security=[{"key": []}])


@bp.get("/alerts", responses={200: AlertsOut})
@needs("alerts")
def alerts(desk: Desk, query: AlertQuery) -> AlertsOut:
    """Alerts, newest first."""
    rows = record.alerts(desk.visit(), state=query.state, before=cursors.read(query.cursor), limit=query.limit + 1)
    shown, last = cursors.cut(rows, query.limit)
    next_cursor = cursors.write(Place(last.opened_at, last.id)) if last else None
    return AlertsOut(alerts=alerts_out(desk, shown), next_cursor=next_cursor)


@bp.post("/alerts/<uuid:alert_id>/acknowledge", responses={200: AlertOut})
@needs("alerts")
def acknowledge(desk: Desk, path: AlertPath, body: AcknowledgeIn) -> AlertOut:
    """Someone has it: paging stops."""
    return alert_out(desk, incidents.acknowledge(desk, path.alert_id, body.logistics))


@bp.post("/alerts/<uuid:alert_id>/resolve", responses={200: AlertOut})
@needs("alerts")
def resolve(desk: Desk, path: AlertPath, body: ResolveIn) -> AlertOut:
    """What came of it, and whether texts go on; unable_to_reach keeps the case open."""
    return alert_out(desk, incidents.resolve(desk, path.alert_id, **body.model_dump()))


@bp.get("/tasks", responses={200: TasksOut})
@needs("read")
def tasks(desk: Desk, query: TaskQuery) -> TasksOut:
    """The work list, the most urgent first."""
    rows = record.tasks(desk.visit(), state=query.state, before=cursors.read(query.cursor), limit=query.limit + 1)
    shown, last = cursors.cut(rows, query.limit)
    next_cursor = cursors.write(Place(last.due_at, last.id)) if last else None
    # A complaint about staff is a lead's to see, and a key is nobody's lead (CONTENT.md 11.1).
    tasks = [task_out(row) for row in shown if row.reason != board.LEAD_ONLY]
    return TasksOut(tasks=tasks, next_cursor=next_cursor)


@bp.post("/tasks/<uuid:task_id>/take", responses={200: TaskOut})
@needs("write")
def take(desk: Desk, path: TaskPath) -> TaskOut:
    """Become a task's owner."""
    return task_out(tasking.take(desk, path.task_id, for_lead=False))


@bp.post("/tasks/<uuid:task_id>/done", responses={200: TaskOut})
@needs("write")
def done(desk: Desk, path: TaskPath, body: DoneTaskIn) -> TaskOut:
    """Tick off a task, with a note."""
    return task_out(tasking.finish(desk, path.task_id, body.note, for_lead=False))


@bp.post("/tasks/<uuid:task_id>/decide", responses={200: TaskOut})
@needs("write")
def decide(desk: Desk, path: TaskPath, body: DecideIn) -> TaskOut:
    """Make the decision a session waits for: until then it can be marked neither arrived nor done."""
    return task_out(tasking.decide(desk, path.task_id, body.decision, body.decided_by, body.note, for_lead=False))
