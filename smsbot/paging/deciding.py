"""One claimed alert: what the ladder asks for now becomes steps, and attempts to make once those are committed."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from sqlmodel import Session

from smsbot import crisis, decisions, facts, ladder, pages, raising, reminding, tasks
from smsbot import scope as scopes
from smsbot.errors import Erased
from smsbot.ladder import DECISION, FAULT, TEST, Next, Page
from smsbot.models import Alert, AlertState, AlertStep, Clinic, PatientStatus
from smsbot.pages import Wording
from smsbot.paging import faults, weekly
from smsbot.runtime import Runtime
from smsbot.scope import CRISIS, Scope
from smsbot.store import clinics, paging, turns
from smsbot.store.due import Claim
from smsbot.store.paging import Listed
from smsbot.vault import ClinicKeys

PROMISES = {told: untold for told, untold in [*crisis.BY_KIND.values(), *crisis.BY_TIER.values()] if told != untold}
A_DAY = timedelta(days=1)
JUST_BEFORE = timedelta(seconds=1)


@dataclass(frozen=True)
class Attempt:
    """One way to try now, opened; it lives in memory until it has been made and is never logged."""

    step_id: uuid.UUID
    channel: Literal["call", "text", "email"]
    to: str = field(repr=False)
    sender: str
    words: Wording


@dataclass(frozen=True)
class Case:
    """An alert, its clinic and its people inside one transaction, at one care time."""

    runtime: Runtime
    db: Session
    keys: ClinicKeys
    clinic: Clinic
    alert: Alert
    now: datetime

    def listed(self) -> list[Listed]:
        return paging.contacts(self.db, self.keys)

    def ask(self, steps: Sequence[AlertStep], listed: Sequence[Listed]) -> Next:
        """What the ladder says about this alert now."""
        hours = facts.hours(self.clinic)
        people = [paging.person(each, hours.zone) for each in listed]
        return ladder.next_pages(paging.cry(self.alert), people, hours, paging.tried(steps), self.now)

    def scope(self) -> Scope:
        """The clinic's scope, for items that concern no one's words."""
        return scopes.of_clinic(self.runtime, self.db, self.keys, self.clinic, self.now)


def case_of(runtime: Runtime, db: Session, clinic_id: uuid.UUID, alert_id: uuid.UUID) -> Case:
    """The case of an alert, its row locked, after its patient's."""
    clinic, keys = clinics.opened(db, runtime.vault, clinic_id)
    paging.lock_person(db, keys, alert_id)
    return Case(runtime, db, keys, clinic, paging.alert(db, keys, alert_id), runtime.care(db))


def decide(runtime: Runtime, db: Session, claim: Claim) -> list[Attempt]:
    """Write the steps that are due for one claimed alert and return the attempts to make once that is committed.

    The alert stays leased until their outcome is written down; if nobody lives to do that, they are made again.
    """
    case = case_of(runtime, db, claim.clinic_id, claim.id)
    if case.alert.fence != claim.fence or case.alert.due_at is None or case.alert.due_at > case.now:
        return []
    if case.alert.state != AlertState.OPEN:
        reminding.look(case.scope(), case.alert)
        if case.alert.state != AlertState.OPEN:
            case.alert.lease_until = None
            return []
    listed = case.listed()
    rows = list(paging.steps(db, case.keys, case.alert.id))
    asked = case.ask(rows, listed)
    attempts = _again(case, asked, rows, listed) + _fresh(case, asked, rows, listed)
    if not attempts:
        settle(case, rows, listed)
    return attempts


def settle(case: Case, rows: Sequence[AlertStep], listed: Sequence[Listed]) -> None:
    """Say when the ladder is to be looked at again, and let go of the alert; at the end of a round, what then."""
    case.alert.lease_until = None
    if case.alert.state != AlertState.OPEN:
        return
    asked = case.ask(rows, listed)
    case.alert.due_at = case.now if asked.pages or asked.again else asked.at
    if case.alert.due_at is None:
        _round_over(case)


def _round_over(case: Case) -> None:
    """Nobody came in a whole round: an item stands on the list, and the next opening begins another round."""
    if case.alert.kind == TEST:
        weekly.conclude(case.scope(), case.alert)
        return
    if case.alert.kind == FAULT:
        faults.conclude(case.scope(), case.alert)
        return
    if case.alert.kind == DECISION:
        decisions.rest(case.alert, case.now)
        return
    tasks.open_task(case.scope(), "alert_unacknowledged", reason=raising.NOBODY).patient_id = case.alert.patient_id
    opens = facts.hours(case.clinic).opens_next(case.now + timedelta(minutes=1))
    raising.remember(case.alert, case.now, raising.NOBODY)
    case.alert.first_step = paging.after_last(case.db, case.keys, case.alert.id)
    case.alert.paged_at = case.alert.due_at = opens or case.now + A_DAY


def _again(case: Case, asked: Next, rows: Sequence[AlertStep], listed: Sequence[Listed]) -> list[Attempt]:
    """Attempts that may have been lost: for a page, twice is better than never."""
    lost = {(each.number, each.channel, each.contact) for each in asked.again}
    made = []
    for row in rows:
        if (row.number, row.channel, row.contact_id) in lost:
            row.tries, row.at = row.tries + 1, case.now
            made += _attempt(case, row, listed)
    return made


def _fresh(case: Case, asked: Next, rows: list[AlertStep], listed: Sequence[Listed]) -> list[Attempt]:
    made = []
    for page in asked.pages:
        row = _row(case, page)
        case.db.add(row)
        rows.append(row)
        if page.channel in TELLS:
            row.state, row.why = TELLS[page.channel](case)
            row.done_at = case.now
        else:
            made += _attempt(case, row, listed)
    case.db.flush()
    return made


def _row(case: Case, page: Page) -> AlertStep:
    return AlertStep(
        id=case.runtime.new_id(),
        clinic_id=case.clinic.id,
        alert_id=case.alert.id,
        number=page.number,
        channel=page.channel,
        contact_id=page.contact,
        at=case.now,
    )


def _attempt(case: Case, row: AlertStep, listed: Sequence[Listed]) -> list[Attempt]:
    """The attempt of a step, or none where our side lacks what it needs, which the step then says."""
    contact = next((each for each in listed if each.row.id == row.contact_id), None)
    phone, email = (contact.phone, contact.email) if contact else ("", "")
    words = wording(case.runtime, case.clinic, case.alert, row.channel)
    caller, writer = case.clinic.number, case.clinic.messaging_service or case.clinic.number
    post = case.runtime.settings.alert_from if case.runtime.settings.mail else ""
    ways: dict[str, tuple[Literal["call", "text", "email"], str, str | None, str]] = {
        "call": ("call", phone, caller, "the clinic has no number to call from"),
        "text": ("text", phone, writer, "the clinic has no number to text from"),
        "email": ("email", email, post, "no mail server is set (SMTP_URL, ALERT_FROM)"),
        "main_line": ("call", case.clinic.phone, caller, "the clinic has no number to call from"),
    }
    channel, to, sender, lacking = ways[row.channel]
    if not to or not sender:
        row.state, row.why, row.done_at = ladder.FAILED, lacking if to else "no longer on the list", case.now
        return []
    return [Attempt(row.id, channel, to, sender, words)]


def wording(runtime: Runtime, clinic: Clinic, alert: Alert, channel: str) -> Wording:
    """What a page says; only ids of ours are in it."""
    link = f"{runtime.settings.public_base_url}/portal/alerts/{alert.id}"
    if alert.kind == TEST:
        return pages.test(clinic.alias, f"{runtime.settings.public_base_url}/portal/alerts")
    if alert.kind == FAULT:
        return pages.fault(clinic.alias, f"{runtime.settings.public_base_url}/portal/tasks")
    if alert.kind == DECISION:
        return pages.decision(clinic.alias, f"{runtime.settings.public_base_url}/portal/tasks")
    return pages.main_line(clinic.alias) if channel == "main_line" else pages.urgent(clinic.alias, link)


def _patient(case: Case) -> Scope | None:
    """The person the alert is about, if texts may name the clinic to them; their row is locked."""
    if case.alert.patient_id is None:
        return None
    try:
        scope = scopes.of_patient(case.runtime, case.db, case.keys, case.clinic, case.alert.patient_id)
    except Erased:
        return None  # their number is gone; people go on being paged
    patient = scope.person
    stopped = patient.status in (PatientStatus.STOPPED, PatientStatus.ENDED)
    return None if patient.joined_at is None or stopped else scope


def _still_trying(case: Case) -> tuple[str, str]:
    """CRS-6: the patient is not left waiting for people who have not come."""
    scope = _patient(case)
    if scope is None:
        return "skipped", "this person is sent nothing unasked"
    _say(scope, "crs_6")
    return "sent", "CRS-6"


def _not_reached(case: Case) -> tuple[str, str]:
    """No page was accepted within a minute: whoever was promised one is told the truth (RULINGS 3)."""
    scope = _patient(case)
    since = case.alert.opened_at - JUST_BEFORE
    said = scope and turns.last_sent(case.db, case.keys, scope.person.id, tuple(PROMISES), since)
    if scope is None or not said:
        return "skipped", "nobody had been promised a page"
    _say(scope, PROMISES[max(said, key=lambda line: said[line])])
    return "sent", "the clinic could not be reached by alert"


def _say(scope: Scope, line: str) -> None:
    values = facts.system_values(scope) | {"clinic": scope.clinic.alias}
    scope.queue(scope.system(line, values), priority=CRISIS, purpose="crisis")


TELLS: dict[str, Callable[[Case], tuple[str, str]]] = {"patient": _still_trying, "truth": _not_reached}
