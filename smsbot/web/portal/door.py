"""The portal's door: who is signed in, what their role may see, one transaction a page, and a form's own token."""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    g,
    jsonify,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf.csrf import CSRFProtect
from werkzeug.wrappers import Response as Answer

from smsbot import desk as desks
from smsbot.desk import Desk
from smsbot.errors import NotFound, Refused, RefusedFields
from smsbot.models import Patient, Staff
from smsbot.runtime import Runtime
from smsbot.staff import signing
from smsbot.staff.signing import IDLE, Signed
from smsbot.store import board, clinics
from smsbot.store import staff as accounts
from smsbot.web.portal.fields import Form

View = TypeVar("View", bound=Callable[..., Any])
Result = TypeVar("Result")
EXTENSION = "smsbot"
EVERYONE = frozenset({"everyone"})
CLINICAL = ("staff", "lead")
ALL = ("staff", "lead", "frontdesk")
LEADS = ("lead",)
# Files of our own and nobody's data.
OPEN_FILES = frozenset({"portal.static"})
csrf = CSRFProtect()
# On top of five tries an account; a clinic's staff may share one address, so it is generous.
limiter = Limiter(get_remote_address, storage_uri="memory://")
PER_ADDRESS = "60 per 15 minutes"
bp = Blueprint(
    "portal", __name__, url_prefix="/portal", template_folder="templates", static_folder="static", static_url_path="/s"
)


@dataclass(frozen=True)
class Seat:
    """A signed-in person at their clinic's desk, for one page."""

    desk: Desk
    signed: Signed
    staff: Staff

    @property
    def lead(self) -> bool:
        return self.staff.role == "lead"

    @property
    def clinical(self) -> bool:
        """Whether they may see words of patients."""
        return self.staff.role in CLINICAL

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.desk.clinic.time_zone)

    @property
    def name(self) -> str:
        return accounts.name(self.desk.keys, self.staff)

    @property
    def email(self) -> str:
        return accounts.email(self.desk.keys, self.staff)

    def tried(self, form: Form, action: Callable[[], Result]) -> Result | None:
        """Run an action; what it refuses is undone and shown in the form, nothing else is."""
        try:
            with self.desk.db.begin_nested():
                return action()
        except NotFound:
            raise
        except RefusedFields as refused:
            form.blame(refused.faults)
        except Refused as refused:
            form.blame({refused.field or "": str(refused)})
        return None


def runtime() -> Runtime:
    """This application's runtime."""
    found: Runtime = current_app.extensions[EXTENSION]
    return found


def cookie_name() -> str:
    """The sign-in cookie; over https no other host or path can set one of this name."""
    return "__Host-smsbot" if is_secure() else "smsbot"


def is_secure() -> bool:
    return runtime().settings.public_base_url.startswith("https://")


def token() -> str:
    """The token the browser holds, or an empty one."""
    return request.cookies.get(cookie_name(), "")


def give_token(response: Answer, value: str) -> Answer:
    """Hand the browser a token: for this host only, out of scripts' reach, not sent along from other sites."""
    session.clear()  # forms get a new token as well
    response.set_cookie(cookie_name(), value, httponly=True, secure=is_secure(), samesite="Lax", path="/")
    return response


def take_token(response: Answer) -> Answer:
    """Take the token back, and whatever else the browser may have kept of us."""
    session.clear()
    response.delete_cookie(cookie_name(), httponly=True, secure=is_secure(), samesite="Lax", path="/")
    response.headers["Clear-Site-Data"] = '"storage"'
    return response


def open_to_all(view: View) -> View:
    """Declare a page for people who are not signed in (yet)."""
    view.allows = EVERYONE  # type: ignore[attr-defined]
    return view


def allows(*roles: str, quietly: bool = False) -> Callable[[View], View]:
    """Declare who may see a page; the function gets a Seat. `quietly` when a machine asks, which keeps nobody in."""

    def declare(view: View) -> View:
        @functools.wraps(view)
        def enter(**inputs: Any) -> Any:
            with runtime().database.write() as db:
                signed: Signed = g.signed
                keys = clinics.keys(db, runtime().vault, signed.clinic_id)
                desk = desks.at(runtime(), db, keys, signed.actor)
                g.seat = Seat(desk, signed, accounts.get(db, keys, signed.staff_id))
                return view(g.seat, **inputs)

        enter.allows = frozenset(roles)  # type: ignore[attr-defined]
        enter.quietly = quietly  # type: ignore[attr-defined]
        return enter  # type: ignore[return-value]

    return declare


@bp.before_request
def admit() -> Any:
    """Before anything of a request is read: its token, its person, their role."""
    if request.endpoint in OPEN_FILES:
        return None
    view = current_app.view_functions[request.endpoint or ""]
    roles: frozenset[str] = getattr(view, "allows", frozenset())
    if request.headers.get("Sec-Fetch-Site", "same-origin") == "cross-site" and request.method == "POST":
        abort(400)
    csrf.protect()
    if roles == EVERYONE:
        return None
    quietly = getattr(view, "quietly", False)
    signed = signing.recognize(runtime(), token(), quietly=quietly)
    if signed is None:
        return (jsonify(signed_in=False), 401) if quietly else redirect(_entrance(), 303)
    if signed.must_choose and request.endpoint not in ("portal.password", "portal.sign_out"):
        return redirect(url_for("portal.password"), 303)
    if signed.role not in roles:
        signing.note_refusal(runtime(), signed, request.endpoint or "")
        abort(403)
    g.signed = signed
    return None


def _entrance() -> str:
    """The sign-in page, which leads back to a page that was only to be read."""
    return url_for("portal.sign_in", next=request.path if request.method == "GET" else None)


def way_back(wanted: str | None) -> str:
    """Where to go after signing in: a page of the portal, or its home."""
    home = url_for("portal.patients_list")
    parts = urlsplit(wanted or "")
    inside = parts.path.startswith("/portal/") and not (parts.scheme or parts.netloc) and "\\" not in parts.path
    return parts.path if inside else home


def page(seat: Seat, template: str, *, status: int = 200, **values: Any) -> Response:
    """A page with its frame: the clinic, the person, and what waits."""
    visit = seat.desk.visit()
    frame: Mapping[str, Any] = {
        "seat": seat,
        "clinic": seat.desk.clinic,
        "now": seat.desk.now,
        "here": seat.zone,
        "waiting": board.waiting_alerts(visit, for_lead=seat.lead),
        "open_tasks": board.open_tasks(visit, for_lead=seat.lead),
        "idle_seconds": int(IDLE.total_seconds()),
    }
    return Response(_whole(render_template(f"portal/{template}.html", **{**frame, **values})), status)


def _whole(text: str) -> str:
    """Half a character of a text, which no page can carry, shown as the sign for it."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def titles(seat: Seat, patient: Patient) -> dict[str, str]:
    """What the rules of a patient's protocol are called."""
    protocol = seat.desk.runtime.content.protocols.get(patient.protocol)
    return {rule.name: rule.called for rule in protocol.rules} if protocol else {}
