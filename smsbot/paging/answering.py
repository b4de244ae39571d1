"""What comes back of a page: who picked up, which key they pressed, how a call or a text ended."""

import uuid
from dataclasses import dataclass

from sqlmodel import Session

from smsbot import decisions, incidents, ladder, pages
from smsbot.carrier import pagecall
from smsbot.carrier.errors import meaning
from smsbot.desk import Desk
from smsbot.models import AlertState, AlertStep
from smsbot.paging import deciding
from smsbot.paging.deciding import Case
from smsbot.runtime import Runtime
from smsbot.scope import PAGE
from smsbot.store import paging

MACHINES = ("machine", "fax")
UNANSWERED = {"busy": "busy", "no-answer": "nobody picked up", "canceled": "canceled"}
ALREADY = "This is the automated alert line. Somebody has taken this item already. Thank you. Goodbye."


@dataclass(frozen=True)
class Heard:
    """A step whose call or text tells something, with the case it belongs to."""

    case: Case
    step: AlertStep

    @property
    def action(self) -> str:
        """Where the next key of this call goes."""
        return f"{self.case.runtime.settings.public_base_url}/webhooks/page/{self.step.id}/key"

    @property
    def words(self) -> pages.Wording:
        return deciding.wording(self.case.runtime, self.case.clinic, self.case.alert, self.step.channel)

    def moved(self, state: str, why: str | None = None) -> None:
        """The step has come further."""
        self.step.state, self.step.why, self.step.done_at = state, why, self.case.now

    def arrived(self) -> None:
        """This page has reached a phone: the pager works."""
        paging.prove(self.case.db, self.case.clinic.id, self.case.runtime.machine())

    def asks(self) -> str:
        return pagecall.asking(self.words.asks, self.action, self.words.bye)


def heard(runtime: Runtime, db: Session, step_id: uuid.UUID) -> Heard | None:
    """The step a webhook is about, alert and step locked; None for one that is not ours."""
    behind = paging.behind_step(db, step_id)
    if behind is None:
        return None
    case = deciding.case_of(runtime, db, *behind)
    return Heard(case, paging.step(db, case.keys, step_id))


def answered(found: Heard, by: str | None) -> str:
    """Somebody or something picked up: what to say, as TwiML."""
    if (by or "").startswith(MACHINES):
        found.moved("unanswered", "a machine picked up")
        return pagecall.HANG_UP
    if found.step.state not in ("acknowledged", "heard"):
        found.moved("answered")
    found.arrived()
    if found.case.alert.state != AlertState.OPEN:
        return pagecall.saying(ALREADY)
    return found.asks()


def keyed(found: Heard, digits: str | None) -> str:
    """A key was pressed: the right one takes the alert, any other is asked again. Returns TwiML."""
    if digits != pages.KEY:
        return found.asks()
    found.arrived()
    if found.step.contact_id is None:
        # Nobody knows who picked up the clinic's telephone: they pass it on, and paging goes on.
        found.moved("heard")
        return pagecall.saying(found.words.heard)
    found.moved("acknowledged")
    if found.case.alert.kind == ladder.DECISION and found.case.alert.state == AlertState.OPEN:
        decisions.rest(found.case.alert, found.case.now)
    if found.case.alert.kind in ladder.ABOUT_NOBODY:
        return pagecall.saying(found.words.took)
    if found.case.alert.state != AlertState.OPEN:
        return pagecall.saying(ALREADY)
    case = found.case
    desk = Desk(case.runtime, case.db, case.keys, case.clinic, f"contact:{found.step.contact_id}", case.now)
    incidents.acknowledge(desk, case.alert.id, for_lead=True, by_phone=True)
    return pagecall.saying(found.words.took)


def call_ended(found: Heard, status: str) -> tuple[str, ...]:
    """A page call is over (or was answered): what it came to. Returns what to ring for."""
    if found.step.state in ("acknowledged", "heard"):
        return ()
    if status == "completed" and found.step.state == "answered":
        found.step.why = "no key was pressed"
    elif status in UNANSWERED:
        found.moved("unanswered", UNANSWERED[status])
    elif status == "failed":
        return _failed(found, "the call could not be connected")
    return ()


def text_ended(found: Heard, status: str, code: int | None) -> tuple[str, ...]:
    """A receipt for a page by text. Returns what to ring for."""
    if status in ("delivered", "read"):
        found.moved("delivered")
        found.arrived()
    elif status in ("undelivered", "failed") and found.step.state != "delivered":
        return _failed(found, meaning(code).words)
    return ()


def _failed(found: Heard, why: str) -> tuple[str, ...]:
    """This way does not lead to them: the ladder looks at once whether the next rung has to come early."""
    found.moved(ladder.FAILED, why)
    alert = found.case.alert
    if alert.state != AlertState.OPEN or alert.due_at is None:
        return ()
    alert.due_at = min(alert.due_at, found.case.now)
    return (PAGE,)
