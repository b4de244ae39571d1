"""The patient's own page behind an expiring link: no sign-in, no script, no name of a clinic, nothing kept of it."""

import uuid
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, abort, render_template, request
from sqlmodel import Session

from smsbot import desk as desks
from smsbot.calls.code import is_code
from smsbot.desk import Desk
from smsbot.errors import Erased, NotFound
from smsbot.models import Patient
from smsbot.runtime import Runtime
from smsbot.store import board, clinics, patients
from smsbot.web.keepsake import links
from smsbot.web.keepsake.gathering import Part, gather
from smsbot.web.keepsake.wording import day

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
}
ACTOR = "patient"


def blueprint(runtime: Runtime) -> Blueprint:
    """The route over this runtime."""
    pages = Blueprint(
        "keepsake", __name__, url_prefix="/w", template_folder="templates", static_folder="static", static_url_path="/s"
    )

    @pages.get("/<token>")
    def words(token: str) -> Response:
        """Their words, private ones left out."""
        with runtime.database.read() as db:
            return _answer(runtime, db, token)

    @pages.post("/<token>")
    def private(token: str) -> Response:
        """The same with private words, behind the four digits of the phone line; misses count there and here."""
        with runtime.database.write() as db:
            return _answer(runtime, db, token, request.form.get("code", "").strip())

    return pages


def _answer(runtime: Runtime, db: Session, token: str, code: str | None = None) -> Response:
    """The page, or the one 404 for whatever is not there: unknown, forged, over, foreign or erased."""
    found = links.whose(runtime.settings, token, runtime.machine())
    if found is None:
        abort(404)
    clinic_id, patient_id, ends = found
    try:
        desk = desks.at(runtime, db, clinics.keys(db, runtime.vault, clinic_id), ACTOR)
        shown, status = _shown(desk, patient_id, code)
    except (NotFound, Erased):
        abort(404)
    page = render_template("keepsake/page.html", ends=ends, **shown)
    return Response(_whole(page), status, headers=HEADERS)


def _shown(desk: Desk, patient_id: uuid.UUID, code: str | None) -> tuple[dict[str, Any], int]:
    patient = patients.get(desk.db, desk.keys, patient_id, lock=code is not None)
    opened = code is not None and is_code(desk.scope(patient), code)
    parts = gather(desk.db, desk.keys, patient, private=opened, without=board.for_lead_alone(desk.visit(), patient))
    wrong = code is not None and not opened
    asks = {"opened": opened, "wrong": wrong, "coded": patient.pin_sealed is not None, "closed": _withheld(parts)}
    return {**sheet(desk.runtime, patient, parts), **asks}, 422 if wrong else 200


def sheet(runtime: Runtime, patient: Patient, parts: list[Part]) -> dict[str, Any]:
    """What the sheet's template needs, in the patient's language and zone."""
    printed = runtime.content.printed
    language = patient.language if patient.language in printed else "en"
    zone = ZoneInfo(patient.time_zone)
    return {
        "parts": parts,
        "language": language,
        "words": printed[language],
        "dated": lambda at: day(at, zone, language),
    }


def _withheld(parts: list[Part]) -> bool:
    return any(item.words is None for part in parts for item in part.items)


def _whole(text: str) -> str:
    """Half a character of a text, which no page can carry, shown as the sign for it."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
