"""Whom a clinic's alerts reach: people on a list, when each is on call, and what is missing before going live."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func
from sqlmodel import Session, col, select

from smsbot import facts, ladder, rota
from smsbot import scope as scopes
from smsbot.desk import Desk
from smsbot.errors import NotFound, RefusedFields
from smsbot.models import Alert, Contact
from smsbot.paging import weekly
from smsbot.places import Unfit, service_phone
from smsbot.scope import Scope
from smsbot.store import paging
from smsbot.store.paging import Listed
from smsbot.vault import ClinicKeys

KINDS = ("oncall", "second", "lead", "operator")
CALLED = ("oncall", "second")
# Whom a patient is promised: the operator runs the service and is tried last.
PROMISED = (*CALLED, "lead")
LONGEST_NAME, LAST_RANK = 60, 99


@dataclass(frozen=True)
class NewContact:
    """Someone alerts may reach, by phone or mail or both; `rank` 1 is tried before 2, `rota` is as rota.parse gives it.

    Kinds: oncall is tried first, second after ten minutes, lead after twenty (and alone for complaints about staff),
    operator is the vendor's, tried with everybody else after half an hour.
    """

    kind: str
    rank: int
    name: str
    phone: str = ""
    email: str = ""
    voice: bool = True
    rota: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Duty:
    """Who is tried now, in order; `covered` says whether the first is on call by the rota.

    From `until` on, as far as the next week tells, `following` is tried first.
    """

    order: tuple[Listed, ...]
    covered: bool
    until: datetime | None
    following: Listed | None


def add(desk: Desk, new: NewContact) -> uuid.UUID:
    """Store a contact, sealed under the clinic's key, and plan the weekly test; RefusedFields with every fault."""
    _refuse_unfit(new)
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
            rota=dict(new.rota),
            created_at=desk.now,
        )
    )
    weekly.plan(_scope(desk))
    desk.visit().note("contact.add", f"contact:{row_id}", kind=new.kind)
    return row_id


def one(desk: Desk, contact_id: uuid.UUID) -> NewContact:
    """Somebody on the list as they stand, to be changed; NotFound for whoever is not on it."""
    found = next((each for each in paging.contacts(desk.db, desk.keys) if each.row.id == contact_id), None)
    if found is None:
        raise NotFound("contact")
    row = found.row
    return NewContact(row.kind, row.rank, found.name, found.phone, found.email, row.voice, row.rota)


def change(desk: Desk, contact_id: uuid.UUID, new: NewContact) -> Contact:
    """Put somebody's name, ways, kind or rank right; when they are on call stays (put_on_call changes that).

    Nobody knows whether a new number rings: until a page has arrived again no patient is told that the clinic knows,
    and the weekly test comes at the next opening.
    """
    _refuse_unfit(new)
    row = _contact(desk, contact_id)
    if new.phone != one(desk, contact_id).phone and {row.kind, new.kind} & set(PROMISED):
        _doubt(desk)
    row.kind, row.rank, row.voice = new.kind, new.rank, new.voice and bool(new.phone)
    row.name_sealed = desk.keys.seal("contact", "name_sealed", row.id, new.name)
    row.phone_sealed = desk.keys.seal("contact", "phone_sealed", row.id, new.phone) if new.phone else None
    row.email_sealed = desk.keys.seal("contact", "email_sealed", row.id, new.email) if new.email else None
    desk.visit().note("contact.change", f"contact:{row.id}", kind=new.kind)
    return row


def _refuse_unfit(new: NewContact) -> None:
    faults: dict[str, str] = {}
    if not 0 < len(new.name.strip()) <= LONGEST_NAME or not new.name.isprintable():
        faults["name"] = f"Give a name of at most {LONGEST_NAME} characters."
    if not 1 <= new.rank <= LAST_RANK:
        faults["rank"] = f"Choose 1 to {LAST_RANK}."
    if new.kind not in KINDS:
        faults["kind"] = f"Choose one of {', '.join(KINDS)}."
    if not new.phone and not new.email:
        faults["phone"] = "Give a phone number or an email address."
    if new.email and ("@" not in new.email or not new.email.isprintable()):
        faults["email"] = "This is not an email address."
    try:
        if new.phone:
            service_phone(new.phone)
    except Unfit as unfit:
        faults["phone"] = str(unfit)
    if faults:
        raise RefusedFields(faults)


def put_on_call(desk: Desk, contact_id: uuid.UUID, spans: Sequence[str], away: Sequence[str]) -> Contact:
    """Change when somebody is on call: spans such as "fri=18:00-08:00" (none: always) and days away."""
    row = _contact(desk, contact_id)
    try:
        row.rota = rota.parse(spans, away)
    except ValueError as unfit:
        raise RefusedFields({"on": str(unfit)}) from None
    desk.visit().note("contact.rota", f"contact:{row.id}")
    return row


def remove(desk: Desk, contact_id: uuid.UUID) -> Contact:
    """Take somebody off the list; what they did stays in the record.

    Where pages are not known to have reached any of those who stay, the line counts as untested again.
    """
    row = _contact(desk, contact_id)
    row.disabled_at = desk.now
    desk.db.flush()
    stay = [each.row.id for each in paging.contacts(desk.db, desk.keys) if each.row.kind in PROMISED]
    if row.kind in PROMISED and not paging.reached(desk.db, desk.keys, stay, desk.now - paging.PROVEN_FOR):
        _doubt(desk)
    desk.visit().note("contact.remove", f"contact:{row.id}")
    return row


def _doubt(desk: Desk) -> None:
    paging.doubt(desk.db, desk.keys.clinic_id)
    weekly.soon(_scope(desk))


def _contact(desk: Desk, contact_id: uuid.UUID) -> Contact:
    wanted = select(Contact).where(
        col(Contact.clinic_id) == desk.keys.clinic_id,
        col(Contact.id) == contact_id,
        col(Contact.disabled_at).is_(None),
    )
    row = desk.db.exec(wanted).first()
    if row is None:
        raise NotFound("contact")
    return row


def count(db: Session, keys: ClinicKeys) -> int:
    """How many contacts alerts can reach."""
    wanted = select(func.count(col(Contact.id))).where(
        col(Contact.clinic_id) == keys.clinic_id, col(Contact.disabled_at).is_(None)
    )
    return db.exec(wanted).one()


def test_now(desk: Desk) -> Alert:
    """Page everybody on the list with a test, now. Ring for scope.PAGE after the commit."""
    if not paging.contacts(desk.db, desk.keys):
        raise NotFound("contact")
    test = weekly.now(_scope(desk))
    desk.visit().note("pager.test", f"alert:{test.id}")
    return test


def _scope(desk: Desk) -> Scope:
    return scopes.of_clinic(desk.runtime, desk.db, desk.keys, desk.clinic, desk.now)


def duty(desk: Desk) -> Duty:
    """Who would be tried first, and after them, if an alert came now, as the ladder decides it, and what comes next."""
    zone = facts.hours(desk.clinic).zone
    listed = {each.row.id: each for each in paging.contacts(desk.db, desk.keys)}
    people = [paging.person(each, zone) for each in listed.values()]
    order = ladder.on_call(people, desk.now)
    if not order:
        return Duty((), False, None, None)
    edges = sorted({at for each in people for at in each.rota.edges(desk.now)})
    changes = ((at, ladder.on_call(people, at)[0].id) for at in edges)
    until, following = next(((at, who) for at, who in changes if who != order[0].id), (None, None))
    covered = order[0].kind in CALLED and order[0].rota.covers(desk.now)
    return Duty(tuple(listed[each.id] for each in order), covered, until, listed[following] if following else None)


def coverage(desk: Desk) -> list[str]:
    """Who is on call when, in sentences, computed from rotas and hours; the last ones say when nobody is."""
    listed = paging.contacts(desk.db, desk.keys)
    hours = facts.hours(desk.clinic)
    called = [each for each in listed if each.row.kind in CALLED]
    said = [f"{each.name} ({each.row.kind}) is on call {_said(each, hours.zone)}." for each in called]
    if not called:
        return ["Nobody is on call: an alert then goes to leads, or to the clinic's own telephone."]
    if desk.clinic.after_hours == "none":
        said.append("The clinic gives no after-hours response: while it is closed, patients are told so.")
    return said + [_gap(start, end, hours.zone) for start, end in gaps(desk)]


def gaps(desk: Desk) -> list[tuple[datetime, datetime]]:
    """When nobody is on call by the rota in the coming week; the whole of it where nobody ever is."""
    zone = facts.hours(desk.clinic).zone
    called = [each for each in paging.contacts(desk.db, desk.keys) if each.row.kind in CALLED]
    return rota.gaps([rota.read(each.row.rota, zone) for each in called], desk.now)


def _said(listed: Listed, zone: ZoneInfo) -> str:
    return rota.said(rota.read(listed.row.rota, zone))


def _gap(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    first, last = start.astimezone(zone), end.astimezone(zone)
    return f"Nobody is on call {first:%a %b} {first.day} {first:%H:%M} to {last:%a %H:%M}: everybody is tried then."
