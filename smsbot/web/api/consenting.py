"""/patients/{id}: what they agreed to, a number put right, a person's own text, legal hold, and erasure."""

from flask_openapi3.blueprint import APIBlueprint

from smsbot import agreements, erasure, renumbering, replying
from smsbot.desk import Desk
from smsbot.models import Patient
from smsbot.web.api.door import needs
from smsbot.web.api.gives import CertificateOut, ConsentLineOut, ConsentOut, HoldOut, MarkOut, StandingOut, WrittenOut
from smsbot.web.api.outputs import standing_out
from smsbot.web.api.patients import form
from smsbot.web.api.problems import REFUSALS
from smsbot.web.api.takes import EraseIn, HoldIn, PatientPath, RenumberIn, WriteIn

bp = APIBlueprint("consenting", __name__, url_prefix="/api/v1", abp_responses=REFUSALS, abp_security=[{"key": []}])


@bp.get("/patients/<uuid:patient_id>/consent", responses={200: ConsentOut})
@needs("read")
def consent(desk: Desk, path: PatientPath) -> ConsentOut:
    """The consent record: each line with its exact words, its version, when, and who logged it."""
    found = agreements.export(desk, path.patient_id)
    return ConsentOut(
        patient_id=found.patient_id,
        standing=found.standing,
        lines=[ConsentLineOut(**vars(line)) for line in found.lines],
        marks=[MarkOut(**vars(mark)) for mark in found.marks],
    )


@bp.post("/patients/<uuid:patient_id>/phone", responses={200: StandingOut})
@needs("write")
def phone(desk: Desk, path: PatientPath, body: RenumberIn) -> StandingOut:
    """Put a wrong number right: the old one is let go and marked, the new one has to say YES itself."""
    return standing_out(renumbering.correct(desk, path.patient_id, body.phone, form(body.consent)))


@bp.post("/patients/<uuid:patient_id>/messages", responses={201: WrittenOut})
@needs("write", 201)
def write(desk: Desk, path: PatientPath, body: WriteIn) -> WrittenOut:
    """Send a person's own text, signed; the script asks nothing for a day, and answers go to the work list."""
    return WrittenOut(id=replying.reply(desk, path.patient_id, body.words, body.name))


@bp.post("/patients/<uuid:patient_id>/hold", responses={200: HoldOut})
@needs("erase")
def hold(desk: Desk, path: PatientPath, body: HoldIn) -> HoldOut:
    """Put a patient on legal hold, which refuses erasure, or lift it."""
    row: Patient = erasure.hold(desk, path.patient_id, on=body.on)
    return HoldOut(id=row.id, legal_hold_at=row.legal_hold_at)


@bp.post("/patients/<uuid:patient_id>/erase", responses={200: CertificateOut})
@needs("erase")
def erase(desk: Desk, path: PatientPath, body: EraseIn) -> CertificateOut:
    """Destroy a patient's key, for good; `confirm` repeats the id. The answer is the certificate."""
    return _shown(erasure.erase(desk, path.patient_id, reason=body.reason, confirm=body.confirm))


@bp.get("/patients/<uuid:patient_id>/erasure", responses={200: CertificateOut})
@needs("read")
def certificate(desk: Desk, path: PatientPath) -> CertificateOut:
    """The certificate of an erasure, looked at again now."""
    return _shown(erasure.certificate(desk, path.patient_id))


def _shown(found: erasure.Certificate) -> CertificateOut:
    return CertificateOut(**found.as_data())
