"""The list of patients as staff see it: who has an open alert, who is quiet, who comes next; searched in memory."""

import unicodedata
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from smsbot import decisions
from smsbot.desk import Desk
from smsbot.models import Patient, PatientStatus, TreatmentSession
from smsbot.places import Unfit, patient_phone
from smsbot.store import board, patients

# CONTENT.md 11.19: staff may phone after two quiet days.
QUIET = timedelta(days=2)
UNDER_WAY = timedelta(hours=12)
LAST_DIGITS = 4
VIEWS = ("alert", "quiet")


@dataclass(frozen=True)
class Listed:
    """A patient in the list; `quiet_days` counts whole days without a word since a question went out unanswered."""

    id: uuid.UUID
    name: str = field(repr=False)
    phone: str = field(repr=False)
    status: str
    time_zone: str
    alert: bool
    quiet_days: int | None
    session: TreatmentSession | None
    decision: bool
    created_at: datetime


@dataclass(frozen=True)
class Roster:
    """The rows that were asked for, and how many there are in all, by view."""

    rows: list[Listed]
    total: int
    by_view: Mapping[str, int]


def listed(desk: Desk, *, for_lead: bool, view: str = "", search: str = "") -> Roster:
    """Patients who fit a view (a status, "alert" or "quiet") and a search; alerts first, then who is quiet.

    Names are opened and searched in memory: the database cannot read them. What is shown is audited by id.
    """
    everyone = _everyone(desk, for_lead=for_lead)
    counts = {each: sum(_fits(row, each) for row in everyone) for each in (*VIEWS, *PatientStatus)}
    rows = [row for row in everyone if (not view or _fits(row, view)) and _found(row, search)]
    shown = sorted(rows, key=lambda row: _order(row, desk.now))
    desk.visit().note("patients.list", f"clinic:{desk.keys.clinic_id}", patients=[str(row.id) for row in shown])
    return Roster(shown, len(everyone), counts)


def quiet_days(patient: Patient, asked_at: datetime | None, now: datetime) -> int | None:
    """Whole days an active patient has not written, if a question has gone out since; None below two."""
    since = max(filter(None, (patient.last_inbound_at, patient.joined_at)), default=None)
    if patient.status != PatientStatus.ACTIVE or since is None or asked_at is None or asked_at <= since:
        return None
    return (now - since).days if now - since >= QUIET else None


def _everyone(desk: Desk, *, for_lead: bool) -> list[Listed]:
    visit = desk.visit()
    alerted = board.alerted(visit, for_lead=for_lead)
    asked = board.last_asked(visit)
    coming = board.next_sessions(visit, desk.now - UNDER_WAY)
    undecided = {task.patient_id for task in decisions.owed(desk.db, desk.keys)}
    found = []
    for row in board.everyone(visit):
        person = patients.person(desk.keys, row)
        quiet = quiet_days(row, asked.get(row.id), desk.now)
        found.append(
            Listed(
                id=row.id,
                name=person.first_name,
                phone=person.phone,
                status=row.status,
                time_zone=row.time_zone,
                alert=row.id in alerted,
                quiet_days=quiet,
                session=coming.get(row.id),
                decision=row.id in undecided,
                created_at=row.created_at,
            )
        )
    return found


def _fits(row: Listed, view: str) -> bool:
    if view == "alert":
        return row.alert
    return row.quiet_days is not None if view == "quiet" else row.status == view


def _found(row: Listed, search: str) -> bool:
    """Part of a name in any spelling, a whole number however it is written, or its last digits."""
    wanted = _plain(search)
    digits = "".join(letter for letter in search if letter.isdigit())
    if not wanted:
        return True
    if len(digits) >= LAST_DIGITS and not any(letter.isalpha() for letter in search):
        return row.phone.endswith(digits) or row.phone == _number(search)
    return wanted in _plain(row.name)


def _number(search: str) -> str | None:
    try:
        return patient_phone(search)
    except Unfit:
        return None


def _plain(text: str) -> str:
    """Without accents, case and spare spaces."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


def _order(row: Listed, now: datetime) -> tuple[bool, int, datetime, str]:
    starts = row.session.starts_at if row.session else datetime.max.replace(tzinfo=now.tzinfo)
    return not row.alert, -(row.quiet_days or 0), starts, _plain(row.name)
