"""When a series of sessions is over, what undoes that, and how staff end one early."""

import uuid
from datetime import datetime, timedelta

from smsbot.desk import Desk
from smsbot.errors import Conflict
from smsbot.models import Patient, PatientStatus, Series, SessionStatus
from smsbot.store import patients
from smsbot.store import sessions as rows

# A session booked while maintenance still runs (CONTENT 5.2 A: to week 12) goes on with the series it follows.
GOES_ON = timedelta(weeks=12)
BY_ITSELF, BY_STAFF = "over", "staff"
ATTENDED = (SessionStatus.ARRIVED, SessionStatus.DONE)


def open_series(desk: Desk, patient: Patient) -> Series:
    """The series a new session belongs to: the running one, or a new one after the last has ended.

    A series that ended by itself, because nothing was booked, runs on when something is, within `GOES_ON`.
    """
    latest = patients.latest_series(desk.db, desk.keys, patient.id)
    if latest is not None and patient.status != PatientStatus.ENDED:
        if latest.ended_at is None:
            return latest
        if latest.ended_why == BY_ITSELF and desk.now - latest.ended_at < GOES_ON:
            latest.ended_at = latest.ended_why = None
            return latest
    if latest is not None:
        latest.ended_at = latest.ended_at or desk.now
    made = Series(
        id=desk.runtime.new_id(),
        clinic_id=desk.keys.clinic_id,
        patient_id=patient.id,
        number=latest.number + 1 if latest else 1,
        protocol=patient.protocol,
        started_at=desk.now,
    )
    desk.db.add(made)
    desk.db.flush()
    return made


def settle(desk: Desk, patient: Patient, series_id: uuid.UUID) -> None:
    """After any change of a session: its series is over while one was attended and none is booked, else it runs.

    What staff ended stays ended. The planner gives a series cut short time for a new booking before it speaks of an
    end (planner.context), so a clinic may book visit by visit.
    """
    series = desk.db.get_one(Series, series_id)
    if series.ended_why == BY_STAFF or patient.status == PatientStatus.ENDED:
        return
    states = {row.status for row in rows.of_patient(desk.db, desk.keys, patient.id) if row.series_id == series_id}
    is_over = SessionStatus.BOOKED not in states and not states.isdisjoint(ATTENDED)
    if is_over != (series.ended_at is not None):
        series.ended_at, series.ended_why = (desk.now, BY_ITSELF) if is_over else (None, None)


def end(desk: Desk, patient_id: uuid.UUID) -> datetime:
    """Staff say that a series is complete though fewer sessions were held than planned; returns when it ended.

    What follows a series is planned from its last session. Conflict while one is booked, or when none was attended.
    Said twice it changes nothing; a session booked later begins a new series.
    """
    patient = patients.get(desk.db, desk.keys, patient_id, lock=True)
    series = patients.latest_series(desk.db, desk.keys, patient.id)
    visits = rows.of_patient(desk.db, desk.keys, patient.id)
    states = [row.status for row in visits if series and row.series_id == series.id]
    if series is None or not any(state in ATTENDED for state in states):
        raise Conflict("No session of this series has been attended, so there is nothing to end.")
    if SessionStatus.BOOKED in states:
        raise Conflict("A session is still booked: cancel it first.")
    if series.ended_at is None or series.ended_why != BY_STAFF:
        series.ended_at, series.ended_why = series.ended_at or desk.now, BY_STAFF
        desk.visit().note("series.end", f"series:{series.id}", patient=str(patient.id))
        desk.replan(patient)
    return series.ended_at
