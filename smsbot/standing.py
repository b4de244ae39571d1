"""What staff change about an enrolled patient: settings, pause, resume, and an opt-out said aloud."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from smsbot import consent, facts, housemates
from smsbot.desk import Desk
from smsbot.enroll import ConsentForm, agree, choice_faults, form_faults, name_faults
from smsbot.errors import Conflict, RefusedFields
from smsbot.localtime import local_clock, parse_clock
from smsbot.models import Patient, PatientStatus
from smsbot.places import Unfit, zone
from smsbot.rulebook import quiet_hours
from smsbot.scope import Scope
from smsbot.store import patients
from smsbot.store.patients import Agreement
from smsbot.wishes import OPEN_END, PACES

SPOKEN = "spoken to staff"
EARLIEST, LATEST = quiet_hours.federal()
CLOCKS = ("preferred_time", "window_start", "window_end")


@dataclass(frozen=True)
class Changes:
    """Settings to change; None leaves a field as it is. Clock times are "HH:MM" in the patient's zone."""

    first_name: str | None = None
    nickname: str | None = None
    language: str | None = None
    time_zone: str | None = None
    modality: str | None = None
    protocol: str | None = None
    pace: str | None = None
    preferred_time: str | None = None
    window_start: str | None = None
    window_end: str | None = None
    discreet: bool | None = None
    echo: bool | None = None
    calls: bool | None = None
    own_voice: bool | None = None

    def given(self) -> dict[str, str | bool]:
        """Only what is to change."""
        pairs = ((each.name, getattr(self, each.name)) for each in fields(self))
        return {name: value for name, value in pairs if value is not None}


def change(desk: Desk, patient_id: uuid.UUID, changes: Changes) -> Patient:
    """Change settings and replan; RefusedFields with every fault. Echo and calls can be withdrawn here, not granted."""
    patient = patients.get(desk.db, desk.keys, patient_id, lock=True)
    _refuse_erased(patient)
    given = changes.given()
    faults = _faults(desk, patient, given)
    if faults:
        raise RefusedFields(faults)
    _note_agreements(desk, patient, given)
    nickname = given.pop("nickname", None)
    if nickname is not None:
        housemates.rename(desk, patient, str(nickname))
    name = given.pop("first_name", None)
    if name:
        patients.rename(desk.keys, patient, " ".join(str(name).split()))
    if "pace" in given:
        patient.chosen_pace = str(given["pace"])
    if "window_start" in given or "window_end" in given:
        given = {**_window(desk, patient), **given}
    for field, value in given.items():
        setattr(patient, field, _spelled(field, value))
    changed = sorted([*given, *(["first_name"] if name else []), *(["nickname"] if nickname else [])])
    desk.visit().note("patient.change", f"patient:{patient.id}", fields=changed)
    desk.replan(patient)
    return patient


def _window(desk: Desk, patient: Patient) -> dict[str, str | bool]:
    """Both ends of a patient's own window: it counts only whole."""
    return {
        "window_start": patient.window_start or desk.clinic.window_start,
        "window_end": patient.window_end or desk.clinic.window_end,
    }


def _spelled(field: str, value: str | bool) -> str | bool:
    """Times of day as "09:00", whatever was typed; all else as given."""
    clock = parse_clock(str(value)) if field in CLOCKS else None
    return f"{clock:%H:%M}" if clock else value


def _faults(desk: Desk, patient: Patient, given: Mapping[str, str | bool]) -> dict[str, str]:
    """What is wrong with changes, by field."""
    after = {name: str(given.get(name, getattr(patient, name))) for name in ("language", "modality", "protocol")}
    faults = {name: fault for name, fault in choice_faults(desk.runtime.content, **after).items() if name in given}
    faults |= name_faults(str(given.get("first_name", "")))
    if "time_zone" in given:
        try:
            zone(str(given["time_zone"]))
        except Unfit as unfit:
            faults["time_zone"] = str(unfit)
    if "pace" in given and given["pace"] not in PACES:
        faults["pace"] = f"Choose one of {', '.join(sorted(PACES))}."
    for name in ("echo", "calls"):
        if given.get(name) is True:
            faults[name] = "Only a signed form grants this; it can be withdrawn here."
    return faults | _clock_faults(desk, patient, given)


def _clock_faults(desk: Desk, patient: Patient, given: Mapping[str, str | bool]) -> dict[str, str]:
    faults = {}
    for name in CLOCKS:
        clock = parse_clock(str(given[name])) if name in given else EARLIEST
        if clock is None or not EARLIEST <= clock <= LATEST:
            faults[name] = "Give a time of day between 08:00 and 21:00, such as 16:00."
    window = {**_window(desk, patient), **given}
    first, last = parse_clock(str(window["window_start"])), parse_clock(str(window["window_end"]))
    if not faults and first and last and first >= last:
        faults["window_end" if "window_end" in given else "window_start"] = "The window ends before it begins."
    return faults


def _note_agreements(desk: Desk, patient: Patient, given: Mapping[str, str | bool]) -> None:
    """A line in the ledger for what was agreed to or withdrawn aloud; only hearing one's own voice needs no form."""
    for kind in ("echo", "calls", "own_voice"):
        if kind in given and given[kind] != getattr(patient, kind):
            line = Agreement(kind, "granted" if given[kind] else "withdrawn", SPOKEN, "staff")
            row_id = desk.runtime.new_id()
            patients.agree(desk.db, desk.keys, patient, line, row_id=row_id, by=desk.actor, at=desk.now)


def pause(desk: Desk, patient_id: uuid.UUID, until: datetime | None = None) -> Patient:
    """Pause until an instant, or until resumed; only an active or paused patient can be paused."""
    patient = patients.get(desk.db, desk.keys, patient_id, lock=True)
    if patient.status not in (PatientStatus.ACTIVE, PatientStatus.PAUSED):
        raise Conflict(f"This patient is {patient.status}; only someone who is active can be paused.")
    if until is not None and until <= desk.now:
        raise RefusedFields({"until": "A pause ends in the future."})
    patient.paused_until = until.astimezone(UTC) if until else OPEN_END
    consent.pause(desk.scope(patient))
    desk.replan(patient)
    desk.visit().note("patient.pause", f"patient:{patient.id}")
    return patient


def resume(desk: Desk, patient_id: uuid.UUID, form: ConsentForm | None = None) -> Patient:
    """Resume a paused or dormant patient; one who stopped only with a form signed since (RULINGS 7).

    A freeze is lifted by resolving its alert, never here.
    """
    patient = patients.get(desk.db, desk.keys, patient_id, lock=True)
    if patient.status == PatientStatus.STOPPED:
        _rejoin(desk, patient, form)
    elif patient.status in (PatientStatus.PAUSED, PatientStatus.DORMANT, PatientStatus.ACTIVE):
        consent.resume(desk.scope(patient))
    else:
        raise Conflict(f"This patient is {patient.status}; there is nothing to resume.")
    desk.replan(patient)
    desk.visit().note("patient.resume", f"patient:{patient.id}", form=form.form if form else "")
    return patient


def _rejoin(desk: Desk, patient: Patient, form: ConsentForm | None) -> None:
    if form is None:
        raise Conflict("This patient opted out: a consent form signed since then is needed.", field="consent")
    faults = {f"consent.{name}": fault for name, fault in form_faults(form, desk.now).items()}
    index = patient.phone_index
    mark = patients.suppression(desk.db, desk.keys, index) if index else None
    if not faults and mark is not None and form.at <= mark.at:
        faults["consent.at"] = "This form was signed before the patient opted out."
    if faults:
        raise RefusedFields(faults)
    agree(desk, patient, form)
    patient.echo, patient.calls = form.echo, form.calls
    scope = desk.scope(patient)
    refuse_at_night(scope)
    consent.restart(scope, by=desk.actor)
    scope.queue(scope.system("enr_2", facts.system_values(scope)), purpose="staff")


def refuse_at_night(scope: Scope) -> None:
    """A welcome or an invitation goes out at once, and must not wake anyone: Conflict before 8:00 and after 21:00."""
    clock = local_clock(scope.now, ZoneInfo(scope.person.time_zone))
    if not EARLIEST <= clock < LATEST:
        raise Conflict("A text goes out at once, and it is night where the patient lives: do this from 8:00.")


def stop(desk: Desk, patient_id: uuid.UUID) -> Patient:
    """Log an opt-out that was said aloud: at once, for texts and calls, with nothing sent."""
    patient = patients.get(desk.db, desk.keys, patient_id, lock=True)
    if patient.status != PatientStatus.STOPPED:
        consent.stop(desk.scope(patient), by=desk.actor, reason="verbal")
        desk.replan(patient)
        desk.visit().note("patient.stop", f"patient:{patient.id}")
    return patient


def _refuse_erased(patient: Patient) -> None:
    if patient.erased_at is not None:
        raise Conflict("This patient has been erased; nothing can be changed.")
