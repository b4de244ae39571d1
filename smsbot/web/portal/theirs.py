"""Their words: a patient's own summary at the desk to print, and the link that staff hand over (CONTENT 9.13)."""

import uuid
from typing import Any

import segno
from flask import flash, redirect, url_for
from markupsafe import Markup

from smsbot.models import Patient
from smsbot.store import board, patients
from smsbot.web import keepsake
from smsbot.web.keepsake.page import sheet
from smsbot.web.portal.door import CLINICAL, Seat, allows, bp, page
from smsbot.web.portal.fields import Form
from smsbot.web.portal.people import known


class LinkForm(Form):
    """A button."""


@bp.get("/patients/<uuid:patient_id>/words")
@allows(*CLINICAL)
def words(seat: Seat, patient_id: uuid.UUID) -> Any:
    """A patient's words by session; of a private note staff see only that there is one."""
    return _page(seat, patient_id, LinkForm(formdata=None))


@bp.post("/patients/<uuid:patient_id>/words")
@allows(*CLINICAL)
def words_link(seat: Seat, patient_id: uuid.UUID) -> Any:
    """Make a link for the patient, shown this once; it is never sent (DAT-1: no records by text)."""
    form = LinkForm()
    return _page(seat, patient_id, form, linked=form.validate_on_submit())


@bp.post("/patients/<uuid:patient_id>/words/end-links")
@allows(*CLINICAL)
def words_end_links(seat: Seat, patient_id: uuid.UUID) -> Any:
    """End every link that was made for a patient."""
    if LinkForm().validate_on_submit():
        desk = seat.desk
        patient = patients.get(desk.db, desk.keys, patient_id, lock=True)
        patient.links_revoked += 1
        desk.visit().note("words.end_links", f"patient:{patient_id}")
        flash("Every link made so far is ended.")
    return redirect(url_for("portal.words", patient_id=patient_id), 303)


def _page(seat: Seat, patient_id: uuid.UUID, form: LinkForm, *, linked: bool = False) -> Any:
    desk, shown = seat.desk, known(seat, patient_id)
    patient, visit = shown["patient"], desk.visit()
    parts = keepsake.gather(desk.db, desk.keys, patient, private=False, without=board.for_lead_alone(visit, patient))
    visit.note("words.read", f"patient:{patient.id}", items=sum(len(part.items) for part in parts))
    link = _link(seat, patient) if linked else None
    picture = _picture(link) if link else None
    more: dict[str, Any] = {"form": form, "link": link, "picture": picture, "days": keepsake.DAYS, "tab": "words"}
    return page(seat, "theirs", **shown, **sheet(desk.runtime, patient, parts), **more)


def _link(seat: Seat, patient: Patient) -> str:
    desk = seat.desk
    settings, at = desk.runtime.settings, desk.runtime.machine()
    desk.visit().note("words.link", f"patient:{patient.id}", days=keepsake.DAYS)
    return settings.public_base_url + keepsake.path(
        settings, desk.keys.clinic_id, patient.id, at, patient.links_revoked
    )


def _picture(link: str) -> Markup:
    """The link as a picture that a phone's camera reads."""
    drawn = segno.make(link, error="m", micro=False).svg_inline(omitsize=True, border=2, title="The link, for a camera")
    return Markup(drawn)  # noqa: S704  # drawn by us from our own signed address
