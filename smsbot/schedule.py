"""Due touches: judged again at their moment, sent, held or given up; and what every decision is concluded with."""

import logging
import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlmodel import Session

from smsbot import alerts, facts, planner, plans, raising, talk, tasks
from smsbot import scope as scopes
from smsbot.errors import VaultError
from smsbot.models import Patient, Touch, TouchState
from smsbot.planner import Drop, Hold, PlannedTouch, Send
from smsbot.plans import note, planned_of
from smsbot.runtime import Runtime
from smsbot.scope import Scope
from smsbot.store import clinics, due, turns
from smsbot.store import plans as plan_store
from smsbot.store.due import Claim, Kind
from smsbot.store.statement import forget_ahead
from smsbot.store.work import finish
from smsbot.vault import ClinicKeys

log = logging.getLogger("smsbot.schedule")
NOTHING_ASKED = "Dropped: the patient was told that nothing is asked today."
One = Callable[[Runtime, Session, Claim], set[str]]
Together = Callable[[Runtime, Session, Sequence[Claim], Mapping[uuid.UUID, uuid.UUID]], set[str]]
# How long a touch waits for a patient somebody else is busy with.
A_MOMENT = timedelta(seconds=1)
# How long the rows of a clinic wait whose keys do not open, as in the middle of a rotation that went wrong.
A_WHILE = timedelta(minutes=1)


def release(runtime: Runtime, limit: int = 100) -> tuple[int, set[str]]:
    """Release due touches; returns how many were due and the senders that now have texts to send."""
    return drain(runtime, due.TOUCHES, release_one, limit, release_together)


def drain(runtime: Runtime, kind: Kind, one: One, limit: int, together: Together | None = None) -> tuple[int, set[str]]:
    """Claim a batch of due rows and see to each in its own savepoint, in one commit (RULINGS 30).

    1. The rows of patients somebody else is busy with are left for a second later.
    2. One row of each patient goes `together` in one savepoint, where there is a way to do that.
    3. The others, and all of them if that failed, are seen to one by one. A row that fails is rolled back alone and set
       aside with an item for staff and a page to those who run the service; it stops nobody else.
    """
    senders: set[str] = set()
    with runtime.database.write() as db:
        claims = due.claim(db, kind, runtime.care(db), runtime.machine(), limit=limit)
        left, owners = _workable(runtime, db, kind, claims)
        firsts = list({owners[claim.id]: claim for claim in reversed(left)}.values())[::-1]
        if together is not None and len(firsts) > 1:
            found = _attempt(runtime, db, together, firsts, owners)
            if found is not None:
                senders |= found
                done = {claim.id for claim in firsts}
                left = [claim for claim in left if claim.id not in done]
        for claim in left:
            try:
                with db.begin_nested():
                    found = one(runtime, db, claim)
                    db.flush()  # what waits is this row's: if it does not fit, it is rolled back with it
                senders |= found
            except Exception as fault:  # any fault of one row must not stop the others
                if isinstance(fault, DBAPIError) and not isinstance(fault, (IntegrityError, DataError)):
                    raise  # the database itself is in trouble: the whole batch comes back after its lease
                log.error(
                    "set aside", extra={"table": kind.table.name, "row": str(claim.id), "fault": repr(type(fault))}
                )
                senders |= _set_aside(runtime, db, kind, claim)
        runtime.reached("batch.before_commit")
    runtime.reached("batch.committed")
    return len(claims), senders


def _workable(
    runtime: Runtime, db: Session, kind: Kind, claims: Sequence[Claim]
) -> tuple[list[Claim], dict[uuid.UUID, uuid.UUID]]:
    """The claims whose patients are locked now, and whose each is."""
    owners = due.patients_of(db, kind, [claim.id for claim in claims])
    free = due.lock_free(db, set(owners.values()))
    busy = [claim for claim in claims if owners[claim.id] not in free]
    due.put_off(db, kind, busy, runtime.machine() + A_MOMENT)
    return [claim for claim in claims if owners[claim.id] in free], owners


def _attempt(
    runtime: Runtime, db: Session, together: Together, claims: Sequence[Claim], owners: Mapping[uuid.UUID, uuid.UUID]
) -> set[str] | None:
    """See to many rows in one savepoint; None, and nothing done, if any of them fails."""
    try:
        with db.begin_nested():
            senders = together(runtime, db, claims, owners)
            finish(db)
            return senders
    except Exception as fault:  # whatever it is, one by one it is found and set aside, or raised
        log.warning("one by one", extra={"fault": repr(type(fault))})
        return None


def _set_aside(runtime: Runtime, db: Session, kind: Kind, claim: Claim) -> set[str]:
    """Give a row up: an item for staff, and a page to those who run the service. Returns what to ring for."""
    table = kind.table
    try:
        keys = clinics.keys(db, runtime.vault, claim.clinic_id)
    except VaultError:  # nothing of this clinic can be read now: its rows wait, and nobody else's do
        due.put_off(db, kind, [claim], runtime.machine() + A_WHILE)
        return set()
    values: dict[str, Any] = {kind.due.name: None, "lease_until": None}
    if kind is due.TOUCHES:
        values |= {"state": TouchState.DROPPED, "why": "Dropped: it could not be prepared, and staff have been told."}
    db.execute(table.update().where(table.c.id == claim.id).values(values))
    clinic = clinics.get(db, claim.clinic_id)
    stranger = Scope(runtime, db, keys, clinic, None, keys.sealer, "", runtime.care(db))
    task = tasks.open_task(stranger, "set_aside", reason=table.name)
    task.details, task.patient_id = {"row": str(claim.id)}, due.patient_of(db, kind, claim.id)
    raising.fault(stranger, table.name, claim.id)
    return set(stranger.rings)


def release_one(runtime: Runtime, db: Session, claim: Claim) -> set[str]:
    """Judge one claimed touch again and act on the verdict, in the caller's savepoint."""
    clinic, keys = clinics.opened(db, runtime.vault, claim.clinic_id)
    scope = scopes.of_patient(runtime, db, keys, clinic, due.patient_of(db, due.TOUCHES, claim.id))
    touch = db.get_one(Touch, claim.id, populate_existing=True)
    if touch.due_at is None or touch.fence != claim.fence:
        return set()
    judge(scope, touch)
    conclude(scope)
    return set(scope.rings)


def release_together(
    runtime: Runtime, db: Session, claims: Sequence[Claim], owners: Mapping[uuid.UUID, uuid.UUID]
) -> set[str]:
    """Judge claimed touches of as many locked patients: what all of them need is read at once, written at once."""
    senders: set[str] = set()
    now = runtime.care(db)
    for clinic_id in dict.fromkeys(claim.clinic_id for claim in claims):
        fences = {claim.id: claim.fence for claim in claims if claim.clinic_id == clinic_id}
        clinic, keys = clinics.opened(db, runtime.vault, clinic_id)
        touches = [
            touch
            for touch in plan_store.touches(db, keys, fences).values()
            if touch.due_at is not None and touch.fence == fences[touch.id]
        ]
        patients = {row.id: row for row in turns.lock_patients(db, keys, [owners[touch.id] for touch in touches])}
        _read_ahead(runtime, db, keys, touches, now)
        shared: dict[object, Any] = {}
        for touch in touches:
            scope = scopes.of_locked(runtime, db, keys, clinic, patients[touch.patient_id], now)
            scope.shared = shared
            judge(scope, touch)
            conclude(scope)
            senders |= set(scope.rings)
    forget_ahead(db)
    return senders


def _read_ahead(runtime: Runtime, db: Session, keys: ClinicKeys, touches: Sequence[Touch], now: datetime) -> None:
    plan_store.ahead(db, keys, [touch.patient_id for touch in touches])
    for flow in sorted({touch.flow for touch in touches if touch.flow in runtime.content.scripts}):
        ids = [touch.patient_id for touch in touches if touch.flow == flow]
        facts.ahead(db, keys, runtime.content.scripts[flow], ids, now)


def judge(scope: Scope, touch: Touch) -> None:
    """The verdict at the moment of sending, and what follows from it."""
    planned = planned_of(touch)
    match planner.verdict(plans.protocol_of(scope), planned, plans.facts_as_written(scope), scope.now):
        case Send(variant):
            _send(scope, touch, planned, variant)
        case Hold(until, why):
            if why != touch.why:
                note(touch, why, scope.now)
            touch.state, touch.due_at, touch.why, touch.lease_until = TouchState.HELD, until, why, None
        case Drop(why):
            touch.details = touch.details | {"given_up": True}
            note(touch, why, scope.now)
            end_touch(scope, touch, why)
            # A lesson that did not go leaves its place to the next one, so that none is left out or said twice.
            scope.replan = scope.replan or planned.item is not None


def end_touch(scope: Scope, touch: Touch, why: str) -> None:
    """A touch given up at its moment; staff may have work because of it."""
    touch.state, touch.why, touch.due_at, touch.lease_until = TouchState.DROPPED, why, None, None
    left = planner.left_for_staff(plans.protocol_of(scope), planned_of(touch), scope.now)
    if left:
        tasks.open_about(scope, left, touch.session_id, rule=touch.rule)


def _send(scope: Scope, touch: Touch, planned: PlannedTouch, variant: str | None) -> None:
    """The touch goes: a staff task, or a conversation that opens with its text."""
    touch.state, touch.sent_at = TouchState.SENT, scope.now
    touch.due_at = touch.lease_until = None
    if not touch.flow:
        note(touch, "Put on the work list.", scope.now)
        tasks.open_task(scope, planned.task or touch.rule, reason=touch.rule)
        return
    touch.why = planned.why
    note(touch, planner.sent_words(scope.now - touch.planned_at), scope.now)
    if planned.second and scope.now > planned.send_by:
        touch.send_by = planned.second[1]  # the last moment of the chance it has taken
    talk.begin(
        scope,
        touch.flow,
        touch=touch,
        session_id=touch.session_id,
        variant=variant,
        priority=touch.priority,
        purpose="touch",
    )
    _remember_told(scope, touch)


def _remember_told(scope: Scope, touch: Touch) -> None:
    """The patient now knows this session's time, so a later move is worth a text."""
    about = ("tells the time", touch.flow, scope.language)
    if about not in scope.shared:
        lines = scope.runtime.content.scripts[touch.flow].lines[scope.language]
        scope.shared[about] = any("{session_time}" in text for _, _, text in lines.texts())
    if not scope.shared[about]:
        return
    for session in scope.sessions:
        if session.id == touch.session_id:
            turns.told(scope.db, scope.keys, session.id, session.starts_at)


def conclude(scope: Scope) -> None:
    """What every decision ends with, before the commit: alerts that flows raised, touches asked inside, a new plan."""
    alerts.from_flow(scope)
    if scope.patient is None:
        return
    while scope.closed:
        touch_id, ended_as = scope.closed.pop(0)
        _ask_inside(scope, touch_id, ended_as)
        alerts.from_flow(scope)
    if scope.replan:
        plans.replan(scope)


def _ask_inside(scope: Scope, host_id: uuid.UUID, ended_as: str) -> None:
    """Begin the touches that are asked inside a conversation, once it has ended the right way."""
    scope.db.flush()
    host = scope.db.get_one(Touch, host_id)
    for touch in plan_store.hosted(scope.db, scope.keys, scope.person.id):
        planned = planned_of(touch)
        if planned.inside != host.plan_key or ended_as not in planned.after:
            continue
        if _nothing_asked(scope):
            note(touch, NOTHING_ASKED, scope.now)
            end_touch(scope, touch, NOTHING_ASKED)
        else:
            _send(scope, touch, planned, planned.line)


def _nothing_asked(scope: Scope) -> bool:
    """Whether the patient was told that nothing is asked today, as on a day of grief (CONTENT 11.21)."""
    until = scope.person.hold_asks_until
    return until is not None and scope.now < until


def replan(runtime: Runtime, db: Session, keys: ClinicKeys, patient: Patient, now: datetime) -> None:
    """Plan a patient again after a change by staff, in the same transaction."""
    scope = scopes.of_patient(runtime, db, keys, clinics.get(db, keys.clinic_id), patient.id)
    scope.now = now
    plans.replan(scope)
