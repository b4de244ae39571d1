"""What people do about alerts: acknowledge (someone has it), resolve (what came of it, and whether texts go on)."""

import uuid
from collections.abc import Callable

from sqlmodel import col, select

from smsbot import facts, reminding
from smsbot import scope as scopes
from smsbot.desk import Desk
from smsbot.errors import Conflict, RefusedFields
from smsbot.models import Alert, AlertState, Patient, PatientStatus
from smsbot.scope import CRISIS
from smsbot.store import messages, paging, patients, record
from smsbot.wishes import OPEN_END

# CONTENT.md 3.2 and 11.6.
LOGISTICS = ("phone", "send")
OUTCOMES = ("spoke", "safe_by_other", "emergency_services", "not_meant", "unable_to_reach")
RESUMES = ("resume", "gentle", "paused", "end")
LONGEST_NOTE = 4000


def acknowledge(
    desk: Desk,
    alert_id: uuid.UUID,
    logistics: str | None = None,
    *,
    for_lead: bool = False,
    by_phone: bool = False,
) -> Alert:
    """Someone has the alert: paging stops. For a frozen patient say who sees to logistics, `phone` or `send`.

    `by_phone` acknowledges with a key, where nothing more can be said; logistics are then asked for on the page, and
    before the next session by another page (CONTENT.md 11.6).
    """
    paging.lock_person(desk.db, desk.keys, alert_id)
    alert = record.alert(desk.visit(), alert_id, for_lead=for_lead, lock=True)
    if alert.state == AlertState.RESOLVED:
        raise Conflict("This alert has been resolved.")
    must_choose = not by_phone and _is_frozen(desk, alert)
    if logistics not in LOGISTICS and (logistics is not None or must_choose):
        raise RefusedFields({"logistics": 'Choose "phone" (you phone about visits) or "send" (reminders go on).'})
    if alert.state == AlertState.OPEN:
        alert.state, alert.acknowledged_at, alert.acknowledged_by = AlertState.ACKNOWLEDGED, desk.now, desk.actor
        alert.lease_until = None
    alert.logistics = logistics or alert.logistics
    _look_again(desk, alert)
    if alert.patient_id is not None:
        desk.replan(patients.get(desk.db, desk.keys, alert.patient_id, lock=True))
    # Audited last, as everywhere: the patient's row is locked before the clinic's chain, never the other way round.
    desk.visit().note("alert.acknowledge", f"alert:{alert.id}", logistics=alert.logistics or "")
    return alert


def resolve(
    desk: Desk,
    alert_id: uuid.UUID,
    *,
    outcome: str,
    resume: str,
    note: str = "",
    welcome: bool = False,
    for_lead: bool = False,
) -> Alert:
    """Record what came of an alert and whether the program goes on; `unable_to_reach` keeps the case open.

    `resume` is resume | gentle | paused | end and counts once no other alert of the patient is open. `welcome`
    approves the one soft first text (CRS-7), which is never sent without a person's word.
    """
    _refuse_unfit(outcome, resume, note)
    paging.lock_person(desk.db, desk.keys, alert_id)
    alert = record.alert(desk.visit(), alert_id, for_lead=for_lead, lock=True)
    if alert.state == AlertState.RESOLVED:
        raise Conflict("This alert has been resolved.")
    if note:
        sealer = messages.sealer_of(desk.db, desk.keys, alert.patient_id)
        alert.note_sealed = sealer.seal("alert", "note_sealed", alert.id, note)
    alert.outcome = outcome
    if alert.acknowledged_at is None:
        alert.acknowledged_at, alert.acknowledged_by = desk.now, desk.actor
    alert.state, alert.due_at, alert.lease_until = AlertState.ACKNOWLEDGED, None, None
    if outcome != "unable_to_reach":
        alert.state, alert.resume = AlertState.RESOLVED, resume
        alert.resolved_at, alert.resolved_by = desk.now, desk.actor
        _go_on(desk, alert, resume, welcome)
    else:
        _look_again(desk, alert)
    desk.visit().note("alert.resolve", f"alert:{alert.id}", outcome=outcome, resume=resume)
    return alert


def _look_again(desk: Desk, alert: Alert) -> None:
    scope = scopes.of_clinic(desk.runtime, desk.db, desk.keys, desk.clinic, desk.now)
    reminding.after_acknowledging(scope, alert)


def _refuse_unfit(outcome: str, resume: str, note: str) -> None:
    faults = {}
    if outcome not in OUTCOMES:
        faults["outcome"] = f"Choose one of {', '.join(OUTCOMES)}."
    if resume not in RESUMES:
        faults["resume"] = f"Choose one of {', '.join(RESUMES)}."
    if len(note) > LONGEST_NOTE:
        faults["note"] = f"At most {LONGEST_NOTE} characters."
    if faults:
        raise RefusedFields(faults)


def _is_frozen(desk: Desk, alert: Alert) -> bool:
    if alert.patient_id is None:
        return False
    return patients.get(desk.db, desk.keys, alert.patient_id).status == PatientStatus.FROZEN


def _go_on(desk: Desk, alert: Alert, resume: str, welcome: bool) -> None:
    """Lift the freeze as decided, unless another alert still holds it; stopped and ended patients stay so."""
    if alert.patient_id is None:
        return
    patient = patients.get(desk.db, desk.keys, alert.patient_id, lock=True)
    desk.db.flush()
    if patient.status != PatientStatus.FROZEN or _another_open(desk, alert):
        return
    RESUMING[resume](desk, patient)
    if welcome and patient.status == PatientStatus.ACTIVE:
        scope = desk.scope(patient)
        values = facts.system_values(scope) | {"clinic": desk.clinic.alias}
        scope.queue(scope.system("crs_7", values), priority=CRISIS, purpose="staff")
    desk.replan(patient)


def _another_open(desk: Desk, alert: Alert) -> bool:
    others = select(col(Alert.id)).where(
        col(Alert.clinic_id) == desk.keys.clinic_id,
        col(Alert.patient_id) == alert.patient_id,
        col(Alert.id) != alert.id,
        col(Alert.state) != AlertState.RESOLVED,
        col(Alert.tier) <= 2,
    )
    return desk.db.exec(others.limit(1)).first() is not None


def _active(desk: Desk, patient: Patient) -> None:
    patient.status = PatientStatus.ACTIVE if patient.joined_at is not None else PatientStatus.INVITED


def _gentle(desk: Desk, patient: Patient) -> None:
    _active(desk, patient)
    patient.pace = patient.chosen_pace = "key"


def _paused(desk: Desk, patient: Patient) -> None:
    patient.status, patient.paused_until = PatientStatus.PAUSED, OPEN_END


def _ended(desk: Desk, patient: Patient) -> None:
    patient.status = PatientStatus.ENDED
    messages.drop_unsent(desk.db, desk.keys, patient.id, "the program was ended")


RESUMING: dict[str, Callable[[Desk, Patient], None]] = {
    "resume": _active,
    "gentle": _gentle,
    "paused": _paused,
    "end": _ended,
}
