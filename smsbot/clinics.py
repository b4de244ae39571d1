"""Setting up a clinic: its numbers, zone, hours and holidays, and what its license allows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from smsbot import hours as opening
from smsbot.desk import Desk
from smsbot.errors import Conflict, RefusedFields
from smsbot.hours import DAYS
from smsbot.models import Clinic, License
from smsbot.places import Unfit, service_phone, zone
from smsbot.runtime import Runtime
from smsbot.store import clinics

DEFAULT_HOURS = ("mon-fri=09:00-17:00",)
LONGEST_ALIAS = 20
SERVICE = re.compile(r"MG[0-9a-f]{32}")


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


def set_hours(desk: Desk, spans: Sequence[str]) -> None:
    """Change the opening hours, such as "mon-fri=09:00-17:00"; every promise about when someone reads follows them."""
    try:
        desk.clinic.hours = parse_hours(spans)
    except ValueError as unfit:
        raise RefusedFields({"hours": str(unfit)}) from None
    desk.visit().note("clinic.hours", f"clinic:{desk.clinic.id}")


def set_holidays(desk: Desk, days: Sequence[str]) -> None:
    """Say on which days the clinic is closed (dates such as 2026-12-25); the days given replace those before."""
    faults = opening.faults({}, days)
    if faults:
        raise RefusedFields({"days": " ".join(faults)})
    desk.clinic.holidays = sorted(set(days))
    desk.visit().note("clinic.holidays", f"clinic:{desk.clinic.id}", days=len(desk.clinic.holidays))


def set_messaging_service(desk: Desk, sid: str) -> None:
    """Say through which messaging service of the carrier texts leave, "" for the clinic's number; calls stay with it.

    RefusedFields for what is no such id, Conflict for one that another clinic uses.
    """
    if sid and not SERVICE.fullmatch(sid):
        raise RefusedFields({"sid": "A messaging service's id is MG and 32 characters of 0-9 and a-f."})
    other = clinics.by_number(desk.db, sid) if sid else None
    if other is not None and other.id != desk.clinic.id:
        raise Conflict("Another clinic texts through this service.", field="sid")
    if not sid and not desk.clinic.number:
        raise RefusedFields({"sid": "The clinic has no number of its own to text from."})
    desk.clinic.messaging_service = sid or None
    if sid:
        clinics.open_sender(desk.db, desk.clinic.id, sid, desk.now)
    desk.visit().note("clinic.messaging_service", f"clinic:{desk.clinic.id}", sid=sid)


def add_license(desk: Desk, plan: str, seats: int | None, starts_on: date, ends_on: date | None) -> None:
    """Store a license; several may run side by side, and their seats add up."""
    row_id = desk.runtime.new_id()
    desk.db.add(
        License(id=row_id, clinic_id=desk.keys.clinic_id, plan=plan, seats=seats, starts_on=starts_on, ends_on=ends_on)
    )
    desk.visit().note("license.add", f"license:{row_id}", seats=seats)
