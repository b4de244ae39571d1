"""Treatment sessions as clinics change them: add, move, arrived, done, no-show, cancel; each change replans."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from smsbot import decisions, planner, plans, series
from smsbot.desk import Desk
from smsbot.errors import Conflict, RefusedFields
from smsbot.localtime import said
from smsbot.models import Clinic, Patient, PatientStatus, Series, SessionStatus, TreatmentSession
from smsbot.store import patients
from smsbot.store import sessions as rows

# CONTENT 5: how long a visit lasts unless the clinic says otherwise.
VISIT_MINUTES = {"iv": 90, "im": 120, "spravato": 150, "oral": 180}
SHORTEST, LONGEST = 10, 720
FURTHEST = timedelta(days=730)
OLDEST_RECORD = timedelta(days=730)
EARLY = timedelta(hours=12)
LEEWAY = timedelta(minutes=5)
STANDING = (SessionStatus.BOOKED, SessionStatus.ARRIVED, SessionStatus.DONE)
CANCELED_BY = ("clinic", "patient", "medical")


@dataclass(frozen=True)
class Booking:
    """A session as asked for: `starts_at` aware; `minutes` None takes the clinic's length for the modality.

    `recorded` says that it has already happened: it is stored as done, and only such a booking may lie in the past.
    """

    starts_at: datetime
    minutes: int | None = None
    recorded: bool = False


def minutes_of(clinic: Clinic, modality: str) -> int:
    """A visit's usual length at this clinic, in minutes."""
    own = clinic.settings.get("visit_minutes", {})
    return int(own.get(modality, VISIT_MINUTES.get(modality, VISIT_MINUTES["iv"])))


def faults_of(
    desk: Desk, zone: ZoneInfo, bookings: Sequence[Booking], standing: Sequence[TreatmentSession], modality: str
) -> dict[str, str]:
    """What is wrong with bookings, by their place ("0.starts_at"); `standing` are sessions they must not overlap."""
    faults = {}
    taken = [(row.starts_at, row.minutes) for row in standing if row.status in STANDING]
    for place, booking in enumerate(bookings):
        minutes = booking.minutes or minutes_of(desk.clinic, modality)
        if not SHORTEST <= minutes <= LONGEST:
            faults[f"{place}.minutes"] = f"A session lasts between {SHORTEST} and {LONGEST} minutes."
        wrong = _time_fault(booking, desk.now) or _overlap(booking.starts_at, minutes, taken, zone)
        if wrong:
            faults[f"{place}.starts_at"] = wrong
        taken.append((booking.starts_at, minutes))
    return faults


def _time_fault(booking: Booking, now: datetime) -> str | None:
    start = booking.starts_at
    if start.tzinfo is None:
        return "Give the time with its offset from UTC, such as 2026-12-01T10:00:00-05:00."
    if booking.recorded:
        return None if now - OLDEST_RECORD <= start <= now else "A session that is recorded as done lies in the past."
    if start <= now:
        return "This is in the past; a session that has already happened can be recorded as done."
    if start > now + FURTHEST:
        return "This is more than two years ahead."
    return None


def _overlap(start: datetime, minutes: int, taken: list[tuple[datetime, int]], zone: ZoneInfo) -> str | None:
    end = start + timedelta(minutes=minutes)
    for other, length in taken:
        if start < other + timedelta(minutes=length) and other < end:
            return f"This overlaps with the session at {said(other, zone)}."
    return None


def book(desk: Desk, patient: Patient, into: Series, bookings: Sequence[Booking]) -> list[TreatmentSession]:
    """Store bookings that have been found fit, and number the series anew; the caller audits and replans."""
    made = []
    for booking in sorted(bookings, key=lambda each: each.starts_at):
        minutes = booking.minutes or minutes_of(desk.clinic, patient.modality)
        row = TreatmentSession(
            id=desk.runtime.new_id(),
            clinic_id=desk.keys.clinic_id,
            patient_id=patient.id,
            series_id=into.id,
            number=0,
            starts_at=booking.starts_at.astimezone(UTC),
            minutes=minutes,
            created_at=desk.now,
        )
        if booking.recorded:
            row.status = SessionStatus.DONE
            row.ended_at = min(row.starts_at + timedelta(minutes=minutes), desk.now)
        desk.db.add(row)
        made.append(row)
    desk.db.flush()
    _number(desk, patient)
    series.settle(desk, patient, into.id)
    return made


def _number(desk: Desk, patient: Patient) -> None:
    """Sessions that stand count 1, 2, 3 by time within their series; canceled and missed ones keep their number."""
    counts: dict[uuid.UUID, int] = {}
    for row in rows.of_patient(desk.db, desk.keys, patient.id):
        if row.status in STANDING or row.number == 0:
            counts[row.series_id] = row.number = counts.get(row.series_id, 0) + 1
    desk.db.flush()


def add(desk: Desk, patient_id: uuid.UUID, booking: Booking) -> TreatmentSession:
    """Book one more session; a dormant or ended patient is with us again. RefusedFields says what does not fit."""
    patient = patients.get(desk.db, desk.keys, patient_id, lock=True)
    _refuse_erased(patient)
    standing = rows.of_patient(desk.db, desk.keys, patient.id)
    faults = faults_of(desk, ZoneInfo(patient.time_zone), [booking], standing, patient.modality)
    if faults:
        raise RefusedFields({place.removeprefix("0."): fault for place, fault in faults.items()})
    made = book(desk, patient, series.open_series(desk, patient), [booking])[0]
    if patient.status in (PatientStatus.DORMANT, PatientStatus.ENDED) and patient.joined_at is not None:
        patient.status = PatientStatus.ACTIVE
    _changed(desk, patient, made, "session.add")
    return made


def move(
    desk: Desk, session_id: uuid.UUID, starts_at: datetime, minutes: int | None = None, version: int | None = None
) -> TreatmentSession:
    """Move a booked session; answers stay with it and nothing is asked again. A stale `version` is a Conflict."""
    patient, row = find(desk, session_id)
    _refuse_unless(row, (SessionStatus.BOOKED,), "moved")
    _refuse_stale(row, version)
    wanted = Booking(starts_at, minutes or row.minutes)
    _refuse_unfit_move(desk, patient, row, wanted)
    if (row.starts_at, row.minutes) != (wanted.starts_at.astimezone(UTC), wanted.minutes):
        row.starts_at, row.minutes = wanted.starts_at.astimezone(UTC), minutes or row.minutes
        row.changed_at = desk.now
        _number(desk, patient)
        _changed(desk, patient, row, "session.move")
    return row


def move_preview(
    desk: Desk, session_id: uuid.UUID, starts_at: datetime, minutes: int | None = None
) -> tuple[planner.Move, ...]:
    """What a move would do to the patient's touches, with nothing changed; refused as the move would be."""
    patient, row = find(desk, session_id)
    _refuse_unless(row, (SessionStatus.BOOKED,), "moved")
    wanted = Booking(starts_at, minutes or row.minutes)
    _refuse_unfit_move(desk, patient, row, wanted)
    scope = desk.scope(patient)
    known, protocol = plans.facts_of(scope), plans.protocol_of(scope)
    start, length = starts_at.astimezone(UTC), minutes or row.minutes
    changed = [
        replace(each, starts_at=start, minutes=length, changed_at=desk.now) if each.id == row.id else each
        for each in known.sessions
    ]
    changed.sort(key=lambda each: each.starts_at)
    before = planner.plan(protocol, known, desk.now)
    after = planner.plan(protocol, replace(known, sessions=tuple(changed)), desk.now)
    gone = [past for past in known.past if past.session_id == row.id]
    return planner.move_preview(before, after, gone, ZoneInfo(patient.time_zone))


def _refuse_unfit_move(desk: Desk, patient: Patient, row: TreatmentSession, wanted: Booking) -> None:
    """RefusedFields when a session cannot go there: the past, too far ahead, or onto another of the patient's."""
    others = [each for each in rows.of_patient(desk.db, desk.keys, patient.id) if each.id != row.id]
    faults = faults_of(desk, ZoneInfo(patient.time_zone), [wanted], others, patient.modality)
    if faults:
        raise RefusedFields({place.removeprefix("0."): fault for place, fault in faults.items()})


def arrived(desk: Desk, session_id: uuid.UUID) -> TreatmentSession:
    """The patient is here. Said twice it changes nothing; a no-show said too soon is put right.

    Undecided while staff owe a decision before this session (CONTENT 11.22).
    """
    patient, row = find(desk, session_id)
    _refuse_unless(row, (SessionStatus.BOOKED, SessionStatus.ARRIVED, SessionStatus.NO_SHOW), "marked as arrived")
    _refuse_early(desk, row, EARLY)
    if row.status != SessionStatus.ARRIVED:
        decisions.refuse_undecided(desk.db, desk.keys, patient, row)
        row.status, row.arrived_at = SessionStatus.ARRIVED, desk.now
        _number(desk, patient)
        _changed(desk, patient, row, "session.arrived")
    return row


def done(desk: Desk, session_id: uuid.UUID, ended_at: datetime | None = None) -> TreatmentSession:
    """The session is over, now or at `ended_at`: touches after it hang on this end. Said again it corrects the time.

    Undecided as for `arrived`, where nobody has marked that the patient is here.
    """
    patient, row = find(desk, session_id)
    _refuse_unless(row, (*STANDING, SessionStatus.NO_SHOW), "marked as done")
    _refuse_early(desk, row, EARLY)
    if row.status not in (SessionStatus.ARRIVED, SessionStatus.DONE):
        decisions.refuse_undecided(desk.db, desk.keys, patient, row)
    if row.status == SessionStatus.DONE and ended_at is None:
        return row
    end = (ended_at or desk.now).astimezone(UTC)
    if not row.starts_at - EARLY <= end <= desk.now + LEEWAY:
        raise RefusedFields({"ended_at": "A session ends after it started, and not in the future."})
    if (row.status, row.ended_at) != (SessionStatus.DONE, end):
        row.status, row.ended_at = SessionStatus.DONE, end
        _number(desk, patient)
        _changed(desk, patient, row, "session.done")
    return row


def no_show(desk: Desk, session_id: uuid.UUID) -> TreatmentSession:
    """The patient did not come: a person says so, it is never inferred. Nothing after the session is asked."""
    patient, row = find(desk, session_id)
    _refuse_unless(row, (SessionStatus.BOOKED, SessionStatus.ARRIVED, SessionStatus.NO_SHOW), "marked as no-show")
    _refuse_early(desk, row, timedelta(0))
    if row.status != SessionStatus.NO_SHOW:
        row.status, row.arrived_at, row.changed_at = SessionStatus.NO_SHOW, None, desk.now
        _number(desk, patient)
        _changed(desk, patient, row, "session.no_show")
    return row


def cancel(desk: Desk, session_id: uuid.UUID, by: str) -> TreatmentSession:
    """Cancel a session: `by` clinic, patient, or for medical reasons (nothing upbeat is sent that day)."""
    patient, row = find(desk, session_id)
    if by not in CANCELED_BY:
        raise RefusedFields({"by": f"Say who canceled: {', '.join(CANCELED_BY)}."})
    _refuse_unless(row, (SessionStatus.BOOKED, SessionStatus.ARRIVED, SessionStatus.CANCELED), "canceled")
    if row.status != SessionStatus.CANCELED:
        row.status, row.canceled_why, row.changed_at = SessionStatus.CANCELED, by, desk.now
        if by == "medical":
            patient.upbeat_hold_until = max(_end_of_day(desk, patient), patient.upbeat_hold_until or desk.now)
        _number(desk, patient)
        _changed(desk, patient, row, "session.cancel")
    return row


def find(desk: Desk, session_id: uuid.UUID) -> tuple[Patient, TreatmentSession]:
    """A session with its patient's row locked: whoever changes sessions of one patient comes one after another."""
    patient = patients.get(desk.db, desk.keys, rows.get(desk.db, desk.keys, session_id).patient_id, lock=True)
    return patient, rows.get(desk.db, desk.keys, session_id)


def _changed(desk: Desk, patient: Patient, row: TreatmentSession, action: str) -> None:
    if action != "session.add":
        row.version += 1
    series.settle(desk, patient, row.series_id)
    desk.visit().note(action, f"session:{row.id}", patient=str(patient.id), version=row.version, status=row.status)
    desk.replan(patient)


def _end_of_day(desk: Desk, patient: Patient) -> datetime:
    local = desk.now.astimezone(ZoneInfo(patient.time_zone))
    return local.replace(hour=23, minute=59, second=59, microsecond=0).astimezone(UTC)


def _refuse_erased(patient: Patient) -> None:
    if patient.erased_at is not None:
        raise Conflict("This patient has been erased; nothing can be booked.")


def _refuse_unless(row: TreatmentSession, states: Sequence[str], what: str) -> None:
    if row.status not in states:
        raise Conflict(f"This session is {row.status.replace('_', '-')}; it cannot be {what}.")


def _refuse_stale(row: TreatmentSession, version: int | None) -> None:
    if version is not None and version != row.version:
        raise Conflict("This session has been changed since you read it; look at it again.", field="version")


def _refuse_early(desk: Desk, row: TreatmentSession, before: timedelta) -> None:
    if desk.now < row.starts_at - before:
        raise Conflict("This session has not begun; it can be moved or canceled.")
