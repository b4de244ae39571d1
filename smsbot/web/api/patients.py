"""/patients: enroll, list, read, change, pause, resume, stop, and what is on their record."""

from flask_openapi3.blueprint import APIBlueprint

from smsbot import enroll as enrolling
from smsbot import standing
from smsbot.desk import Desk
from smsbot.enroll import ConsentForm, Request
from smsbot.models import Patient
from smsbot.sessions import Booking
from smsbot.standing import Changes
from smsbot.store import board, patients, record
from smsbot.store import sessions as session_rows
from smsbot.store.record import Place
from smsbot.web.api import cursors
from smsbot.web.api.door import needs
from smsbot.web.api.gives import (
    EnrolledOut,
    EntryOut,
    JournalOut,
    MessagesOut,
    PatientListed,
    PatientOut,
    PatientsOut,
    StandingOut,
    TimelineOut,
)
from smsbot.web.api.outputs import patient_out, session_out, standing_out, text_out, touch_out
from smsbot.web.api.problems import REFUSALS
from smsbot.web.api.takes import (
    ConsentIn,
    PageQuery,
    PatientChange,
    PatientIn,
    PatientPath,
    PatientQuery,
    PauseIn,
    ResumeIn,
    SessionIn,
)

bp = APIBlueprint("patients", __name__, url_prefix="/api/v1", abp_responses=REFUSALS, abp_security=[{"key": []}])


def form(given: ConsentIn) -> ConsentForm:
    """A consent form as it was sent."""
    return ConsentForm(texts=given.texts, calls=given.calls, echo=given.echo, form=given.form, at=given.at)


def booking(given: SessionIn) -> Booking:
    """A session as it was asked for."""
    return Booking(given.starts_at, given.minutes, given.recorded)


@bp.post("/patients", responses={201: EnrolledOut})
@needs("write", 201)
def enroll(desk: Desk, body: PatientIn) -> EnrolledOut:
    """Enroll a patient with their sessions; the invitation goes out inside the texting window."""
    fields = body.model_dump(exclude={"consent", "sessions"})
    asked = Request(**fields, consent=form(body.consent), sessions=tuple(booking(each) for each in body.sessions))
    patient = enrolling.enroll(desk.runtime, desk.db, desk.keys, desk.clinic, asked, desk.actor, desk.now)
    rows = session_rows.of_patient(desk.db, desk.keys, patient.id)
    return EnrolledOut(
        id=patient.id,
        status=patient.status,
        language=patient.language,
        time_zone=patient.time_zone,
        modality=patient.modality,
        protocol=patient.protocol,
        sessions=[session_out(row) for row in rows],
    )


@bp.get("/patients", responses={200: PatientsOut})
@needs("read")
def listed(desk: Desk, query: PatientQuery) -> PatientsOut:
    """A page of patients, newest first."""
    before = cursors.read(query.cursor)
    rows = patients.page(
        desk.db, desk.keys, status=query.status, before=before.id if before else None, limit=query.limit + 1
    )
    shown, last = cursors.cut(rows, query.limit)
    desk.visit().note("patients.list", f"clinic:{desk.keys.clinic_id}", patients=[str(row.id) for row in shown])
    return PatientsOut(
        patients=[_listed(desk, row) for row in shown],
        next_cursor=cursors.write(Place(last.created_at, last.id)) if last else None,
    )


def _listed(desk: Desk, row: Patient) -> PatientListed:
    name = patients.person(desk.keys, row).first_name if row.wrapped_key is not None else ""
    return PatientListed(
        id=row.id,
        status=row.status,
        first_name=name,
        protocol=row.protocol,
        time_zone=row.time_zone,
        created_at=row.created_at,
    )


@bp.get("/patients/<uuid:patient_id>", responses={200: PatientOut})
@needs("read")
def read(desk: Desk, path: PatientPath) -> PatientOut:
    """One patient with their sessions."""
    patient = patients.get(desk.db, desk.keys, path.patient_id)
    desk.visit().note("patient.read", f"patient:{patient.id}")
    return patient_out(desk, patient)


@bp.patch("/patients/<uuid:patient_id>", responses={200: PatientOut})
@needs("write")
def change(desk: Desk, path: PatientPath, body: PatientChange) -> PatientOut:
    """Change settings; future touches move with them."""
    return patient_out(desk, standing.change(desk, path.patient_id, Changes(**body.model_dump())))


@bp.post("/patients/<uuid:patient_id>/pause", responses={200: StandingOut})
@needs("write")
def pause(desk: Desk, path: PatientPath, body: PauseIn) -> StandingOut:
    """Pause texts until a time or until resumed; nothing missed is replayed."""
    return standing_out(standing.pause(desk, path.patient_id, body.until))


@bp.post("/patients/<uuid:patient_id>/resume", responses={200: StandingOut})
@needs("write")
def resume(desk: Desk, path: PatientPath, body: ResumeIn) -> StandingOut:
    """Resume after a pause; after an opt-out only with a consent form signed since."""
    return standing_out(standing.resume(desk, path.patient_id, form(body.consent) if body.consent else None))


@bp.post("/patients/<uuid:patient_id>/stop", responses={200: StandingOut})
@needs("write")
def stop(desk: Desk, path: PatientPath) -> StandingOut:
    """Log an opt-out that the patient said aloud: texts and calls end at once."""
    return standing_out(standing.stop(desk, path.patient_id))


@bp.get("/patients/<uuid:patient_id>/timeline", responses={200: TimelineOut})
@needs("read")
def timeline(desk: Desk, path: PatientPath) -> TimelineOut:
    """Every touch, sent or not, and why."""
    patient = patients.get(desk.db, desk.keys, path.patient_id)
    return TimelineOut(touches=[touch_out(seen) for seen in record.timeline(desk.visit(), patient)])


@bp.get("/patients/<uuid:patient_id>/messages", responses={200: MessagesOut})
@needs("read")
def messages(desk: Desk, path: PatientPath, query: PageQuery) -> MessagesOut:
    """Texts both ways, newest first; a complaint about staff is not among them."""
    patient = patients.get(desk.db, desk.keys, path.patient_id)
    rows = record.texts(desk.visit(), patient, cursors.read(query.cursor), query.limit + 1)
    shown, last = cursors.cut(rows, query.limit)
    next_cursor = cursors.write(last.place) if last else None
    hidden = board.for_lead_alone(desk.visit(), patient)
    return MessagesOut(messages=[text_out(row) for row in shown if row.id not in hidden], next_cursor=next_cursor)


@bp.get("/patients/<uuid:patient_id>/journal", responses={200: JournalOut})
@needs("read")
def journal(desk: Desk, path: PatientPath, query: PageQuery) -> JournalOut:
    """Journal entries, newest first; a private one shows that it is there, not its words."""
    patient = patients.get(desk.db, desk.keys, path.patient_id)
    rows = record.journal(desk.visit(), patient, cursors.read(query.cursor), query.limit + 1)
    shown, last = cursors.cut(rows, query.limit)
    hidden = board.for_lead_alone(desk.visit(), patient)
    entries = [EntryOut(**vars(row)) for row in shown if row.id not in hidden]
    return JournalOut(entries=entries, next_cursor=cursors.write(last.place) if last else None)
