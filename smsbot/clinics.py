"""Setting up a clinic: its numbers, zone and hours, whom alerts reach, what its license allows."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from smsbot import hours as opening
from smsbot.desk import Desk
from smsbot.errors import Conflict, RefusedFields
from smsbot.hours import DAYS
from smsbot.models import Clinic, Contact, License
from smsbot.places import Unfit, service_phone, zone
from smsbot.runtime import Runtime
from smsbot.store import clinics
from smsbot.vault import ClinicKeys

DEFAULT_HOURS = ("mon-fri=09:00-17:00",)
CONTACT_KINDS = ("oncall", "second", "lead", "operator")
LONGEST_ALIAS = 20


@dataclass(frozen=True)
class NewClinic:
    """A clinic as typed; `hours` are spans such as "mon-fri=09:00-17:00", none for the usual ones."""

    name: str
    alias: str
    number: str
    phone: str
    time_zone: str
    oncall_phone: str = ""
    protocol: str = "induction"
    hours: Sequence[str] = ()
    after_hours: str = "oncall"


@dataclass(frozen=True)
class NewContact:
    """Someone alerts may reach, by phone or mail or both; `rank` 1 is tried before 2."""

    kind: str
    rank: int
    name: str
    phone: str = ""
    email: str = ""
    voice: bool = True


def add(runtime: Runtime, db: Session, new: NewClinic) -> Clinic:
    """Store a clinic with keys of its own; RefusedFields with every fault, Conflict for a number already in use."""
    faults, week = _faults(runtime, new)
    if faults:
        raise RefusedFields(faults)
    if clinics.by_number(db, new.number) is not None:
        raise Conflict("Another clinic texts from this number.", field="number")
    now = runtime.care(db)
    clinic = Clinic(
        id=runtime.new_id(),
        name=new.name.strip(),
        alias=new.alias.strip(),
        number=new.number,
        phone=new.phone,
        oncall_phone=new.oncall_phone or None,
        time_zone=new.time_zone,
        protocol=new.protocol,
        hours=week,
        holidays=[],
        after_hours=new.after_hours,
        settings={},
        created_at=now,
    )
    clinics.add(db, runtime.vault, clinic, runtime.new_id(), now)
    return clinic


def _faults(runtime: Runtime, new: NewClinic) -> tuple[dict[str, str], dict[str, list[str]]]:
    faults: dict[str, str] = {}
    for field, check, value in (
        ("number", service_phone, new.number),
        ("phone", service_phone, new.phone),
        ("oncall", service_phone, new.oncall_phone),
        ("time_zone", zone, new.time_zone),
    ):
        try:
            if value or field != "oncall":
                check(value)
        except Unfit as unfit:
            faults[field] = str(unfit)
    if not new.name.strip() or not new.name.isprintable():
        faults["name"] = "Give the clinic's name."
    if not 0 < len(new.alias.strip()) <= LONGEST_ALIAS or not new.alias.isprintable():
        faults["alias"] = f"The name in texts has at most {LONGEST_ALIAS} characters."
    if new.protocol != "induction" and new.protocol not in runtime.content.protocols:
        faults["protocol"] = f"There is no such protocol; choose one of {', '.join(sorted(runtime.content.protocols))}."
    try:
        week = parse_hours(new.hours or DEFAULT_HOURS)
    except ValueError as unfit:
        return faults | {"hours": str(unfit)}, {}
    return faults, week


def parse_hours(spans: Sequence[str]) -> dict[str, list[str]]:
    """Opening hours by weekday from "mon-fri=09:00-17:00" and the like; ValueError says what is wrong."""
    week: dict[str, list[str]] = {}
    for text in spans:
        days, _, span = text.partition("=")
        first, _, last = days.strip().partition("-")
        if first not in DAYS or (last or first) not in DAYS:
            raise ValueError(f"Write hours like mon-fri=09:00-17:00; days are {', '.join(DAYS)}.")
        for each in DAYS[DAYS.index(first) : DAYS.index(last or first) + 1]:
            week.setdefault(each, []).append(span.strip())
    faults = opening.faults(week, [])
    if faults:
        raise ValueError(" ".join(faults))
    return week


def add_contact(desk: Desk, new: NewContact) -> uuid.UUID:
    """Store a contact, sealed under the clinic's key; RefusedFields with every fault."""
    faults: dict[str, str] = {}
    if new.kind not in CONTACT_KINDS:
        faults["kind"] = f"Choose one of {', '.join(CONTACT_KINDS)}."
    if not new.phone and not new.email:
        faults["phone"] = "Give a phone number or an email address."
    if new.email and "@" not in new.email:
        faults["email"] = "This is not an email address."
    try:
        service_phone(new.phone or desk.clinic.phone)
    except Unfit as unfit:
        faults["phone"] = str(unfit)
    if faults:
        raise RefusedFields(faults)
    row_id = desk.runtime.new_id()
    desk.db.add(
        Contact(
            id=row_id,
            clinic_id=desk.keys.clinic_id,
            kind=new.kind,
            rank=new.rank,
            name_sealed=desk.keys.seal("contact", "name_sealed", row_id, new.name),
            phone_sealed=desk.keys.seal("contact", "phone_sealed", row_id, new.phone) if new.phone else None,
            email_sealed=desk.keys.seal("contact", "email_sealed", row_id, new.email) if new.email else None,
            voice=new.voice and bool(new.phone),
            rota={},
            created_at=desk.now,
        )
    )
    desk.visit().note("contact.add", f"contact:{row_id}", kind=new.kind)
    return row_id


def count_contacts(db: Session, keys: ClinicKeys) -> int:
    """How many contacts alerts can reach."""
    wanted = select(func.count(col(Contact.id))).where(
        col(Contact.clinic_id) == keys.clinic_id, col(Contact.disabled_at).is_(None)
    )
    return db.exec(wanted).one()


def add_license(desk: Desk, plan: str, seats: int | None, starts_on: date, ends_on: date | None) -> None:
    """Store a license; several may run side by side, and their seats add up."""
    row_id = desk.runtime.new_id()
    desk.db.add(
        License(id=row_id, clinic_id=desk.keys.clinic_id, plan=plan, seats=seats, starts_on=starts_on, ends_on=ends_on)
    )
    desk.visit().note("license.add", f"license:{row_id}", seats=seats)
