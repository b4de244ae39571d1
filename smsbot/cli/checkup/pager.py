"""What must be true before real patients may rely on a clinic's alerts (CONTENT.md 3.2, go-live blockers)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from smsbot import contacts, decisions
from smsbot.cli.checkup.finding import Finding, judged
from smsbot.config import Settings
from smsbot.desk import Desk
from smsbot.models import Alert, AlertState
from smsbot.paging.weekly import ANSWERED
from smsbot.rulebook import hotlines
from smsbot.store import paging
from smsbot.store.paging import Listed

TESTED_WITHIN = timedelta(days=14)
LIST, TEST = "smsbot clinic contact add", "smsbot clinic test-page"


@dataclass(frozen=True)
class Standing:
    """A clinic's pager as it stands: who is on the list, and how the last tests went."""

    name: str
    listed: list[Listed]
    tests: list[Alert]
    proven: bool
    now: datetime


def clinic_findings(desk: Desk, settings: Settings) -> Iterator[Finding]:
    """What is right and wrong with a clinic's alerts; a fault keeps it from going live."""
    done = list(paging.tests(desk.db, desk.keys, AlertState.RESOLVED))
    proven = paging.proven_at(desk.db, desk.clinic.id) is not None
    standing = Standing(desk.clinic.name, paging.contacts(desk.db, desk.keys), done, proven, desk.now)
    yield from _people(standing)
    yield _tested(standing)
    yield from _hours(standing, desk)
    yield from _ways(standing, desk, settings)
    yield from _decisions(standing, desk)
    yield from _country(standing, desk)
    yield Finding(
        f"{standing.name} resume policy",
        "ask",
        "Texts resume after an incident only when a person says so; who may say so, and when, is for the clinic.",
        "have it in writing before the first patient",
    )


def _people(standing: Standing) -> Iterator[Finding]:
    """Two people at least, one by voice, and a lead whom complaints about staff go to."""
    called = [each for each in standing.listed if each.row.kind in contacts.PROMISED]
    wrong = "Nobody is on the list: a patient in danger is not told that the clinic knows."
    yield judged(f"{standing.name} alerts", bool(called), f"{len(called)} to reach.", wrong, LIST)
    wrong = "There is nobody to page when the first does not answer."
    yield judged(f"{standing.name} second contact", len(called) > 1, "There is one.", wrong, f"{LIST} --kind second")
    by_voice = any(each.row.voice and each.phone for each in called)
    wrong = "Nobody on the list may be called: a text at night wakes no one."
    yield judged(f"{standing.name} voice", by_voice, "Somebody can be called.", wrong, f"{LIST} --phone")
    lead = any(each.row.kind == "lead" for each in standing.listed)
    wrong = "Nobody: a complaint about staff goes to the operator alone, or to no one."
    yield judged(f"{standing.name} lead", lead, "There is one.", wrong, f"{LIST} --kind lead", "warning")


def _tested(standing: Standing) -> Finding:
    answered = next((test for test in standing.tests if test.outcome == ANSWERED), None)
    fresh = answered is not None and standing.now - answered.opened_at < TESTED_WITHIN
    wrong = "No test page has been answered with a key in two weeks."
    if fresh:
        wrong = "A number on the list has changed, or the last pages failed: none is known to arrive since."
    said = "A test page was answered lately."
    fine = fresh and standing.proven
    return judged(f"{standing.name} test page", fine, said, wrong, f'{TEST} "{standing.name}", and press 1')


def _hours(standing: Standing, desk: Desk) -> Iterator[Finding]:
    clinic = desk.clinic
    planned = clinic.after_hours == "none" or bool(clinic.oncall_phone)
    wrong = "No number for patients after hours, and the clinic is not marked as having no after-hours response."
    mend = "set --oncall, or --no-after-hours, when adding the clinic"
    yield judged(f"{standing.name} after hours", planned, "There is a plan.", wrong, mend)
    for gap in (said for said in contacts.coverage(desk) if said.startswith("Nobody is on call ")):
        yield Finding(f"{standing.name} rota", "warning", gap, "smsbot clinic contact rota")


def _ways(standing: Standing, desk: Desk, settings: Settings) -> Iterator[Finding]:
    wrong = "Calls need a number to come from; a messaging service has none of its own."
    yield judged(
        f"{standing.name} calling", bool(desk.clinic.number), "Calls have a number.", wrong, "set the clinic's number"
    )
    if any(each.email for each in standing.listed):
        wrong = "People on the list have mail addresses, and no mail server is set."
        yield judged(f"{standing.name} mail", bool(settings.mail), "Set.", wrong, "set SMTP_URL, ALERT_FROM", "warning")


def _decisions(standing: Standing, desk: Desk) -> Iterator[Finding]:
    """How many sessions wait for a decision of staff; whose is on the signed-in page."""
    waiting = len(decisions.owed(desk.db, desk.keys))
    if waiting:
        said = f"{waiting} to make before a session can begin."
        yield Finding(f"{standing.name} decisions", "warning", said, "smsbot task decide, or the first of the tasks")


def _country(standing: Standing, desk: Desk) -> Iterator[Finding]:
    """Whether the crisis lines name the country's own numbers, and whether somebody has called those lately."""
    country = desk.clinic.country
    numbers = hotlines.of(country)
    wrong = hotlines.faults(country, desk.runtime.content.system)
    said = f"The crisis lines name those of {numbers.name}." if numbers else ""
    yield judged(f"{standing.name} country numbers", not wrong, said, " ".join(wrong[:1]), "do not go live there")
    if numbers is None:
        return
    late = hotlines.overdue(country, desk.now.date())
    mend = "call each, then date them in smsbot/rulebook/data/hotlines.toml"
    said = f"To be called again by {numbers.review}."
    yield judged(f"{standing.name} numbers called", late is None, said, late or "", mend, "warning")
