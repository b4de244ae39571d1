"""Fills the demo's database once: Harbor with Dana, and patients at different points of a series, enrolled for real.

Run as `python -m smsbot.demo.seed`, it prints JSON: {"account": {email, password} or null, "replies": [[phone, text]]}.
The replies are what the patients then text from the phones of the sandbox, like anybody.
"""

import json
import os
import sys
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlmodel import Session

from smsbot import clinics, config, contacts, content, enroll
from smsbot.clinics import NewClinic
from smsbot.contacts import NewContact
from smsbot.demo.people import NUMBER, PEOPLE, STAFF, Person
from smsbot.desk import Desk, at
from smsbot.enroll import ConsentForm, Request
from smsbot.localtime import instant, local_clock, local_day
from smsbot.runtime import Runtime
from smsbot.sessions import Booking
from smsbot.staff import accounts
from smsbot.store import clinics as clinic_rows
from smsbot.store import machine, paging
from smsbot.store.db import open_database
from smsbot.store.migrate import migrate
from smsbot.vault import Vault

ZONE = ZoneInfo("America/New_York")
EMAIL = "dana@harbor.example"
# The demo opens inside texting hours, whatever the hour is where it runs.
OPENS, CLOSES = time(10, 5), time(17, 0)


def seed(runtime: Runtime, db: Session) -> dict[str, object]:
    """Enroll everybody in one transaction."""
    machine.move(db, until_open(runtime.care(db)))
    harbor = clinics.add(
        runtime,
        db,
        NewClinic(
            name="Harbor",
            alias="Harbor",
            number=NUMBER,
            phone="+16175550100",
            time_zone=ZONE.key,
            oncall_phone="+16175550101",
            hours=("mon-fri=09:00-17:00",),
        ),
    )
    desk = at(runtime, db, clinic_rows.keys(db, runtime.vault, harbor.id), "operator")
    for one in STAFF:
        contacts.add(desk, NewContact(one.kind, 1, one.name.partition(",")[0], one.phone, one.email))
    # The list counts as tested, as it must be before a clinic goes live: a cry is answered with "we are alerting".
    paging.prove(db, harbor.id, runtime.machine())
    opened = accounts.add(desk, EMAIL, "Dana", "lead")
    for person in PEOPLE:
        enroll.enroll(runtime, db, desk.keys, harbor, request(person, desk), "operator", desk.now)
    replies = [[person.phone, text] for person in PEOPLE for text in person.replies]
    return {"account": {"email": EMAIL, "password": opened.password}, "replies": replies}


def until_open(now: datetime) -> timedelta:
    """How far to move care time so that texts may leave: not at all in the middle of the day."""
    if OPENS <= local_clock(now, ZONE) < CLOSES:
        return timedelta(0)
    day = local_day(now, ZONE)
    opens = instant(day, OPENS, ZONE)
    return (opens if opens > now else instant(day + timedelta(days=1), OPENS, ZONE)) - now


def request(person: Person, desk: Desk) -> Request:
    """The person's enrollment form, signed two weeks ago."""
    today = local_day(desk.now, ZONE)
    bookings = tuple(
        Booking(instant(today + timedelta(days=days), time(hour), ZONE), recorded=days < 0)
        for days, hour in person.sessions
    )
    signed = (desk.now - timedelta(days=14)).astimezone(UTC)
    return Request(
        phone=person.phone,
        birth_date=person.born,
        consent=ConsentForm(texts=True, calls=True, echo=True, form="2026-11", at=signed),
        first_name=person.name,
        time_zone=ZONE.key,
        language=person.language,
        protocol=person.protocol,
        sessions=bookings,
    )


def main() -> None:
    """Make keys and tables where they are missing, fill an empty database, and print what came of it."""
    home = Path(os.environ["SMSBOT_HOME"])
    config.make_keys(home)
    settings = config.load(os.environ)
    database = open_database(settings.database)
    migrate(database)
    with database.read() as db:
        empty = not clinic_rows.every(db)
    found: dict[str, object] = {"account": None, "replies": []}
    if empty:
        flows, templates = content.locate(settings.home)
        words = content.load(settings.flows or flows, settings.templates or templates)
        runtime = Runtime(settings=settings, database=database, vault=Vault(settings.masters), content=words)
        with database.write() as db:
            found = seed(runtime, db)
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
