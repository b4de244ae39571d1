"""/sessions: book, read, move, and what happened on the day."""

from flask_openapi3.blueprint import APIBlueprint

from smsbot import series, sessions
from smsbot.desk import Desk
from smsbot.store import patients
from smsbot.store import sessions as rows
from smsbot.web.api.door import needs
from smsbot.web.api.gives import MoveOut, PreviewOut, SeriesEndedOut, SessionOut, SessionsOut
from smsbot.web.api.outputs import session_out
from smsbot.web.api.patients import booking
from smsbot.web.api.problems import REFUSALS
from smsbot.web.api.takes import CancelIn, DoneIn, PatientPath, SessionIn, SessionMove, SessionPath

bp = APIBlueprint("sessions", __name__, url_prefix="/api/v1", abp_responses=REFUSALS, abp_security=[{"key": []}])


@bp.get("/patients/<uuid:patient_id>/sessions", responses={200: SessionsOut})
@needs("read")
def listed(desk: Desk, path: PatientPath) -> SessionsOut:
    """All sessions of a patient, earliest first."""
    patient = patients.get(desk.db, desk.keys, path.patient_id)
    desk.visit().note("sessions.read", f"patient:{patient.id}")
    return SessionsOut(sessions=[session_out(row) for row in rows.of_patient(desk.db, desk.keys, patient.id)])


@bp.post("/patients/<uuid:patient_id>/sessions", responses={201: SessionOut})
@needs("write", 201)
def add(desk: Desk, path: PatientPath, body: SessionIn) -> SessionOut:
    """Book one more session, or record one that has happened."""
    return session_out(sessions.add(desk, path.patient_id, booking(body)))


@bp.post("/patients/<uuid:patient_id>/end-series", responses={200: SeriesEndedOut})
@needs("write")
def end_series(desk: Desk, path: PatientPath) -> SeriesEndedOut:
    """The series is complete with the sessions it has had, though fewer than planned."""
    return SeriesEndedOut(ended_at=series.end(desk, path.patient_id))


@bp.get("/sessions/<uuid:session_id>", responses={200: SessionOut})
@needs("read")
def read(desk: Desk, path: SessionPath) -> SessionOut:
    """One session."""
    row = rows.get(desk.db, desk.keys, path.session_id)
    desk.visit().note("session.read", f"session:{row.id}", patient=str(row.patient_id))
    return session_out(row)


@bp.patch("/sessions/<uuid:session_id>", responses={200: SessionOut})
@needs("write")
def move(desk: Desk, path: SessionPath, body: SessionMove) -> SessionOut:
    """Move a booked session; answers stay with it and nothing is asked again."""
    return session_out(sessions.move(desk, path.session_id, body.starts_at, body.minutes, body.version))


@bp.post("/sessions/<uuid:session_id>/move-preview", responses={200: PreviewOut})
@needs("read")
def move_preview(desk: Desk, path: SessionPath, body: SessionMove) -> PreviewOut:
    """What a move would do: which touches move, drop or come new, and which were already sent or answered."""
    moves = sessions.move_preview(desk, path.session_id, body.starts_at, body.minutes)
    desk.visit().note("session.preview", f"session:{path.session_id}")
    return PreviewOut(touches=[MoveOut.model_validate(each, from_attributes=True) for each in moves])


@bp.post("/sessions/<uuid:session_id>/arrived", responses={200: SessionOut})
@needs("write")
def arrived(desk: Desk, path: SessionPath) -> SessionOut:
    """The patient is here."""
    return session_out(sessions.arrived(desk, path.session_id))


@bp.post("/sessions/<uuid:session_id>/done", responses={200: SessionOut})
@needs("write")
def done(desk: Desk, path: SessionPath, body: DoneIn) -> SessionOut:
    """The session is over; what follows it is timed from this end."""
    return session_out(sessions.done(desk, path.session_id, body.ended_at))


@bp.post("/sessions/<uuid:session_id>/no-show", responses={200: SessionOut})
@needs("write")
def no_show(desk: Desk, path: SessionPath) -> SessionOut:
    """The patient did not come."""
    return session_out(sessions.no_show(desk, path.session_id))


@bp.post("/sessions/<uuid:session_id>/cancel", responses={200: SessionOut})
@needs("write")
def cancel(desk: Desk, path: SessionPath, body: CancelIn) -> SessionOut:
    """Cancel a session, saying who or what canceled it."""
    return session_out(sessions.cancel(desk, path.session_id, body.by))
