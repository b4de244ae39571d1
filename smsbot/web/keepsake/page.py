"""The patient's own page behind an expiring link: no sign-in, no script, no name of a clinic, nothing kept of it.

What they said they may put right, put away and bring back there (CONTENT 9.2). Whoever holds the link is taken for
them, so every opening and every change is in the audit chain, and staff can end all links.
"""

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, abort, redirect, render_template, request
from sqlmodel import Session

from smsbot import corrections
from smsbot import desk as desks
from smsbot.calls.code import is_code
from smsbot.desk import Desk
from smsbot.errors import Erased, NotFound
from smsbot.models import Patient
from smsbot.rewording import reword
from smsbot.runtime import Runtime
from smsbot.store import board, clinics, patients
from smsbot.store.corrections import Row, key
from smsbot.web.keepsake import links
from smsbot.web.keepsake.gathering import Item, Part, gather
from smsbot.web.keepsake.links import Link
from smsbot.web.keepsake.often import Often
from smsbot.web.keepsake.wording import day

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
}
ACTOR = "patient"
PER_HOUR = 60
LONGEST = 20_000  # characters
DONE = frozenset({"changed", "same", "away", "back"})


@dataclass(frozen=True)
class Visitor:
    """Whoever holds a link, at the desk for one request; `code` is what they typed, `opened` that it was right."""

    desk: Desk
    patient: Patient
    link: Link
    code: str
    opened: bool

    @property
    def wrong(self) -> bool:
        return bool(self.code) and not self.opened

    def parts(self, *, away: bool = False) -> list[Part]:
        """Their words, or those they put away."""
        desk, hidden = self.desk, board.for_lead_alone(self.desk.visit(), self.patient)
        return gather(desk.db, desk.keys, self.patient, private=self.opened, away=away, without=hidden)

    def item(self, wanted: str) -> Item:
        """The shown item that has this row; 404 where none has."""
        shown = [item for away in (False, True) for part in self.parts(away=away) for item in part.items]
        found = next((item for item in shown if item.words and wanted in [key(row) for row in item.rows]), None)
        return found or abort(404)

    def note(self, action: str, **details: Any) -> None:
        self.desk.visit().note(action, f"patient:{self.patient.id}", **details)


def blueprint(runtime: Runtime) -> Blueprint:
    """The routes over this runtime."""
    pages = Blueprint(
        "keepsake", __name__, url_prefix="/w", template_folder="templates", static_folder="static", static_url_path="/s"
    )
    often = Often(PER_HOUR)

    @pages.get("/<token>")
    def words(token: str) -> Response:
        """Their words, private ones left out."""
        with runtime.database.write() as db:
            visitor = _visitor(runtime, often, db, token)
            visitor.note("words.opened")
            return _page(visitor, request.args.get("done", ""))

    @pages.post("/<token>")
    def private(token: str) -> Response:
        """The same with private words, behind the four digits of the phone line; misses count there and here."""
        with runtime.database.write() as db:
            visitor = _visitor(runtime, often, db, token)
            visitor.note("words.unlocked" if visitor.opened else "words.code_wrong")
            return _page(visitor, status=200 if visitor.opened else 422)

    @pages.post("/<token>/words")
    def change(token: str) -> Any:
        """Words of theirs put right."""
        with runtime.database.write() as db:
            visitor = _visitor(runtime, often, db, token)
            if visitor.wrong:
                return _page(visitor, status=422)
            return _change(visitor, token)

    @pages.post("/<token>/away")
    def away(token: str) -> Any:
        """Something put away, or brought back."""
        with runtime.database.write() as db:
            visitor = _visitor(runtime, often, db, token)
            if visitor.wrong:
                return _page(visitor, status=422)
            return _put_away(visitor, token)

    return pages


def _visitor(runtime: Runtime, often: Often, db: Session, token: str) -> Visitor:
    """Who comes, or the one 404 for whatever is not there: unknown, forged, over, ended, foreign or erased."""
    link = links.whose(runtime.settings, token, runtime.machine())
    if link is None:
        abort(404)
    if not often(link.patient_id, runtime.machine()):
        abort(429)
    code = request.form.get("code", "").strip()
    try:
        desk = desks.at(runtime, db, clinics.keys(db, runtime.vault, link.clinic_id), ACTOR)
        patient = patients.get(desk.db, desk.keys, link.patient_id, lock=True)
        if link.revoked != patient.links_revoked:
            abort(404)
        scope = desk.scope(patient)
    except (NotFound, Erased):
        abort(404)
    return Visitor(desk, patient, link, code, opened=bool(code) and is_code(scope, code))


def _change(visitor: Visitor, token: str) -> Any:
    wanted, words = request.form.get("row", ""), request.form.get("words", "").replace("\r\n", "\n")
    if len(words) > LONGEST:
        abort(413)
    row = next(row for row in visitor.item(wanted).rows if key(row) == wanted)
    came = reword(visitor.desk, visitor.patient, row, words)
    visitor.note("words.changed", row=wanted, came=came)
    return _page(visitor, came) if came in ("danger", "told") else _back(token, came)


def _put_away(visitor: Visitor, token: str) -> Any:
    """The whole item: of a plan both halves."""
    away = request.form.get("away") == "yes"
    rows: tuple[Row, ...] = visitor.item(request.form.get("row", "")).rows
    scope = visitor.desk.scope(visitor.patient)
    for row in rows:
        corrections.put_away(scope, row, away=away)
    visitor.note("words.put_away" if away else "words.brought_back", rows=[key(row) for row in rows])
    return _back(token, "away" if away else "back")


def _back(token: str, done: str) -> Any:
    """To the page, which says what was done and can be loaded again."""
    return redirect(f"/w/{token}?done={done}", 303)


def _page(visitor: Visitor, say: str = "", status: int = 200) -> Response:
    """The page; `say` names what was done, or what has to be said first."""
    parts, put_away = visitor.parts(), visitor.parts(away=True)
    shown = {
        **sheet(visitor.desk.runtime, visitor.patient, parts),
        "ends": visitor.link.ends,
        "own": request.path.removesuffix("/words").removesuffix("/away"),
        "key": key,
        "put_away": [item for part in put_away for item in part.items],
        "say": f"own_{say}" if say in DONE | {"danger", "told"} else "",
        "opened": visitor.opened,
        "wrong": visitor.wrong or status == 422,
        "coded": visitor.patient.pin_sealed is not None,
        "closed": _withheld(parts) or _withheld(put_away),
    }
    return Response(_whole(render_template("keepsake/page.html", **shown)), status, headers=HEADERS)


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
