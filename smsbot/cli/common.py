"""What the clinic commands share: opening only what is needed, reading times, printing data."""

import json
import os
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import typer
from sqlmodel import Session

from smsbot import config, content
from smsbot import desk as desks
from smsbot.config import Settings
from smsbot.content import Content
from smsbot.desk import Desk
from smsbot.errors import Refused, RefusedFields
from smsbot.runtime import Runtime
from smsbot.store import clinics, whose
from smsbot.store.db import Database, open_database
from smsbot.store.newest import is_current
from smsbot.store.visits import Visit
from smsbot.vault import Vault

OPERATOR = "operator"


def home() -> Path:
    """The home folder, before any other setting is known to be fit."""
    return Path(os.environ.get("SMSBOT_HOME") or "var")


def bare_database() -> Database:
    """The database, for the two commands that work before all settings are made."""
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{home().absolute() / 'smsbot.db'}"
    return open_database(url)


@dataclass(frozen=True)
class Tools:
    """An open database with its settings and vault; `runtime` also reads the content."""

    settings: Settings
    database: Database
    vault: Vault

    def runtime(self, words: Content | None = None) -> Runtime:
        """A runtime that changes what is planned; without `words` the content is read."""
        flows, templates = content.locate(self.settings.home)
        loaded = words or content.load(self.settings.flows or flows, self.settings.templates or templates)
        return Runtime(settings=self.settings, database=self.database, vault=self.vault, content=loaded)

    def plain_runtime(self) -> Runtime:
        """A runtime for commands that neither plan nor speak: it does without content, and starts at once."""
        return self.runtime(Content(scripts={}, protocols={}, system={}))


def tools() -> Tools:
    """Check the settings and open the database; refused while it is not at the newest tables."""
    settings = config.load(os.environ)
    database = open_database(settings.database)
    if database.is_sqlite and not Path(str(database.engine.url.database)).exists():
        raise Refused("There is no database yet: run `smsbot setup`.")
    if not is_current(database):
        raise Refused("The database is not at the newest tables: run `smsbot migrate`.")
    return Tools(settings, database, Vault(settings.masters))


@contextmanager
def desk(runtime: Runtime, clinic_id: uuid.UUID) -> Iterator[Desk]:
    """The operator's desk at a clinic: one transaction, faults in the command line's words."""
    with in_words(), runtime.database.write() as db:
        yield desks.at(runtime, db, clinics.keys(db, runtime.vault, clinic_id), OPERATOR)


@contextmanager
def visit(runtime: Runtime, clinic_id: uuid.UUID) -> Iterator[Visit]:
    """The operator's look at a clinic's patients."""
    with runtime.database.write() as db:
        keys = clinics.keys(db, runtime.vault, clinic_id)
        yield Visit(db, keys, OPERATOR, runtime.machine(), runtime.new_id)


@contextmanager
def in_words() -> Iterator[None]:
    """Name the option at fault in front of each sentence."""
    try:
        yield
    except RefusedFields as refused:
        lines = [f"{field.replace('_', '-')}: {fault}" for field, fault in refused.faults.items()]
        raise Refused("\n".join(lines)) from None


def find_clinic(db: Session, named: str) -> uuid.UUID:
    """The clinic with this id or name."""
    return whose.clinic(db, named)


def clinic_id(found: Tools, named: str) -> uuid.UUID:
    """The clinic with this id or name, in a transaction of its own."""
    with found.database.read() as db:
        return whose.clinic(db, named)


def clinic_of_patient(found: Tools, patient_id: uuid.UUID) -> uuid.UUID:
    """The clinic of a patient, in a transaction of its own."""
    with found.database.read() as db:
        return whose.patient(db, patient_id)


def clinic_of_session(found: Tools, session_id: uuid.UUID) -> uuid.UUID:
    """The clinic of a session, in a transaction of its own."""
    with found.database.read() as db:
        return whose.session(db, session_id)


def instant(text: str) -> datetime:
    """A time with its offset from UTC, as an option's value."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("give a time such as 2026-12-01T10:00:00-05:00") from None
    if at.tzinfo is None:
        raise typer.BadParameter("give the time with its offset from UTC, such as 2026-12-01T10:00:00-05:00")
    return at


def day(text: str) -> date:
    """A calendar day, as an option's value."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("give a date such as 1988-05-04") from None


def show(data: Mapping[str, Any] | list[Any]) -> None:
    """Print data as one JSON document."""
    typer.echo(json.dumps(data, default=str))
