"""Keeps a patient's stored touches equal to what the planner says: the diff is written, what has gone out stays."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, cast
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from smsbot import hours, planner, tasks
from smsbot.localtime import said
from smsbot.models import Clinic, Patient, PatientStatus, SessionStatus, Touch, TouchState
from smsbot.planner import PlannedTouch
from smsbot.rules import Protocol
from smsbot.scope import Scope
from smsbot.store import plans, turns
from smsbot.store.plans import Outcomes, TouchRow
from smsbot.store.turns import SessionRow

PLANNED: TypeAdapter[PlannedTouch] = TypeAdapter(PlannedTouch)
WAITING = (TouchState.PLANNED, TouchState.HELD)


def replan(scope: Scope) -> None:
    """Plan a patient's touches again and write the difference, in the caller's transaction.

    The same facts change nothing. Touches that went out, or were given up when they came due, are never touched.
    What this plan gives up may leave work for staff.
    """
    known, zone = facts_of(scope), ZoneInfo(scope.person.time_zone)
    stored = {row.plan_key: row for row in plans.standing(scope.db, scope.keys, scope.person.id)}
    wanted = {planned.key: planned for planned in planner.plan(protocol_of(scope), known, scope.now)}
    views = {key: PLANNED.dump_python(planned, mode="json") for key, planned in wanted.items()}
    differing = [row.id for key, row in stored.items() if _differs(row, views.get(key))]
    loaded = plans.touches(scope.db, scope.keys, differing)
    for key, planned in wanted.items():
        row = stored.get(key)
        if row is None:
            fresh = _insert(scope, planned, views[key])
        else:
            fresh = row.id in loaded and _update(loaded[row.id], planned, views[key], zone, scope.now)
        if fresh and planned.task:
            tasks.open_about(scope, planned.task, planned.session_id, rule=planned.rule)
    for touch in loaded.values():
        if touch.plan_key not in wanted:
            end(touch, TouchState.CANCELED, planner.withdrawn(known, planned_of(touch)) or "", scope.now)
    scope.replan = False


def _differs(row: TouchRow, view: dict[str, Any] | None) -> bool:
    """Whether a stored touch is not as the plan (None: not in it) wants it, and may still be changed."""
    if plans.had_its_moment(row) or row.details.get("later"):
        return False
    if view is None:
        return row.state in WAITING
    return row.details["plan"] != view or row.state == TouchState.CANCELED


def protocol_of(scope: Scope) -> Protocol:
    """The timing rules a patient is under."""
    return scope.runtime.content.protocols[scope.person.protocol]


def planned_of(touch: Touch) -> PlannedTouch:
    """The planner's own view of a stored touch, with the time it stands at now."""
    planned = PLANNED.validate_python(touch.details["plan"])
    send_by = touch.send_by or planned.send_by
    return replace(planned, send_by=max(send_by, planned.send_by) if touch.details.get("later") else planned.send_by)


def end(touch: Touch, state: TouchState, why: str, now: datetime) -> None:
    """Put a touch into a final state with its reason."""
    touch.state, touch.why, touch.due_at, touch.lease_until = state, why, None, None
    note(touch, why, now)


def note(touch: Touch, what: str, now: datetime) -> None:
    """Add a line to a touch's history."""
    touch.history = [*touch.history, {"at": now.isoformat(), "what": what}]


def facts_of(scope: Scope) -> planner.Facts:
    """Everything about one patient that timing depends on, whatever was decided in this transaction included."""
    scope.db.flush()
    return facts_as_written(scope)


def facts_as_written(scope: Scope) -> planner.Facts:
    """The same, where nothing was decided about this patient yet."""
    db, keys, patient = scope.db, scope.keys, scope.person
    sessions = scope.known_sessions = turns.sessions(db, keys, patient.id)
    results = plans.outcomes(db, keys, patient.id)
    marks = turns.marks(db, keys, patient.id)
    ended = _ended(scope, sessions)
    return planner.Facts(
        patient=_patient(patient, logistics=_logistics_while_held(scope)),
        sessions=tuple(_session(session) for session in sessions),
        past=tuple(_past(touch, results) for touch in plans.past(db, keys, patient.id)),
        marks=tuple(planner.Mark(str(mark.id), mark.name, mark.at) for mark in marks),
        clinic=_clinic(scope.clinic),
        open_since=plans.open_since(db, keys, patient.id),
        series=str(sessions[-1].series_id) if sessions else "series",
        series_ended=ended == "staff",
        series_over=ended == "over",
    )


def _ended(scope: Scope, sessions: Sequence[SessionRow]) -> str | None:
    """How the present series ended; a series with a session still booked has not, and is not looked up."""
    if not sessions or any(row.status == SessionStatus.BOOKED for row in sessions):
        return None
    return plans.series_ended(scope.db, scope.keys, sessions[-1].series_id)


def _logistics_while_held(scope: Scope) -> bool:
    """Whether day-before and morning texts pass: a pause with reminders, or a freeze where staff ticked them."""
    if scope.person.status == PatientStatus.PAUSED:
        return scope.person.pause_reminders
    if scope.person.status != PatientStatus.FROZEN:
        return False
    incident = turns.open_incident(scope.db, scope.keys, scope.person.id)
    return incident is not None and incident.logistics == "send"


def _patient(patient: Patient, *, logistics: bool) -> planner.Patient:
    return planner.Patient(
        zone=ZoneInfo(patient.time_zone),
        status=patient.status,
        invited_at=patient.created_at,
        joined_at=patient.joined_at,
        preferred=time.fromisoformat(patient.preferred_time or "16:00"),
        chosen_pace=cast(Any, patient.chosen_pace),
        window=_window(patient.window_start, patient.window_end),
        session_days_only=patient.session_days_only,
        paused_until=patient.paused_until,
        hold_asks_until=patient.hold_asks_until,
        upbeat_hold_until=patient.upbeat_hold_until,
        last_inbound_at=patient.last_inbound_at,
        logistics_while_held=logistics,
    )


def _session(session: SessionRow) -> planner.Session:
    return planner.Session(
        id=session.id,
        starts_at=session.starts_at,
        minutes=session.minutes,
        booked_at=session.created_at,
        status=session.status,
        version=session.version,
        changed_at=session.changed_at,
        arrived_at=session.arrived_at,
        ended_at=session.ended_at,
        told_start=session.told_start,
        canceled_why=session.canceled_why,
        series=str(session.series_id),
    )


def _clinic(clinic: Clinic) -> planner.Clinic:
    days = frozenset(number for number, day in enumerate(hours.DAYS) if clinic.hours.get(day))
    return planner.Clinic(
        window=_window(clinic.window_start, clinic.window_end),
        open_days=days or frozenset(range(5)),
        holidays=frozenset(date.fromisoformat(day) for day in clinic.holidays),
    )


def _window(start: str | None, stop: str | None) -> tuple[time, time] | None:
    return (time.fromisoformat(start), time.fromisoformat(stop)) if start and stop else None


def _past(touch: TouchRow, results: Outcomes) -> planner.Past:
    plan = touch.details["plan"]
    return planner.Past(
        key=touch.plan_key,
        rule=touch.rule,
        flow=touch.flow or None,
        state=touch.state,
        due_at=touch.planned_at,
        priority=touch.priority,
        kind=plan["kind"],
        counts=touch.proactive,
        session_id=touch.session_id,
        sent_at=touch.sent_at,
        answered_at=touch.answered_at,
        closed_at=results.closed_at.get(touch.id),
        delivered=False if touch.id in results.failed else None,
        codes=results.codes.get(touch.id, frozenset()),
    )


def _columns(planned: PlannedTouch) -> dict[str, Any]:
    waiting = planned.state == "planned"
    return {
        "session_id": planned.session_id,
        "rule": planned.rule,
        "flow": planned.flow or "",
        "variant": planned.line,
        "priority": planned.priority,
        "proactive": planned.counts,
        "asks": planned.kind == "ask",
        "planned_at": planned.due_at,
        "due_at": planned.due_at if waiting else None,
        "send_by": planned.send_by,
        "answer_until": planned.answer_until,
        "state": TouchState.PLANNED if waiting else TouchState.DROPPED,
        "why": planned.why,
        "session_version": planned.session_version,
    }


def _insert(scope: Scope, planned: PlannedTouch, view: dict[str, Any]) -> bool:
    """Store a new touch; True if the plan drops it at once."""
    values = {
        "id": scope.runtime.new_id(),
        "clinic_id": scope.clinic.id,
        "patient_id": scope.person.id,
        "plan_key": planned.key,
        "created_at": scope.now,
        "history": [{"at": scope.now.isoformat(), "what": planned.why}],
        "details": {"plan": view},
    }
    plans.add(scope.db, values | _columns(planned))
    return planned.state == "dropped"


def _news(touch: Touch, planned: PlannedTouch, zone: ZoneInfo) -> str | None:
    """What a new plan says of a touch that its history does not say already: that it moves, or why it stands so."""
    stays = planned.state == "planned" and touch.state in WAITING
    if stays and touch.planned_at == planned.due_at and planned.why == touch.details["plan"].get("why"):
        return None
    if stays and touch.planned_at != planned.due_at:
        return f"Moved from {said(touch.planned_at, zone)} to {said(planned.due_at, zone)}. {planned.why}"
    return planned.why if planned.why != touch.why else None


def _update(touch: Touch, planned: PlannedTouch, view: dict[str, Any], zone: ZoneInfo, now: datetime) -> bool:
    """Bring a stored touch in line with the plan; True if this plan is what dropped it."""
    was, told = touch.state, _news(touch, planned, zone)
    for name, value in _columns(planned).items():
        setattr(touch, name, value)
    touch.details = touch.details | {"plan": view}
    touch.lease_until, touch.fence = None, touch.fence + 1
    if told:
        note(touch, told, now)
    return planned.state == "dropped" and was != TouchState.DROPPED
