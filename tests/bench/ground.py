"""The ground a measurement stands on: databases of its own, a home, patients enrolled by the real code."""

import os
import socket
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import update
from sqlalchemy.engine import make_url

from smsbot import scope as scopes
from smsbot import talk
from smsbot.models import Patient, PatientStatus
from smsbot.store import clinics
from smsbot.store.db import open_database
from tests.stack_support import ROOT, Stack, stack

NO_POSTGRES = "TEST_POSTGRES_URL names no server: PostgreSQL is left out (.ci/with-postgres make bench)"
__all__ = ["NO_POSTGRES", "PATIENT", "ROOT", "ask", "database_url", "free_port", "joined", "kinds", "standing"]
PATIENT = Patient.__table__  # type: ignore[attr-defined]


@contextmanager
def database_url(kind: str) -> Iterator[str]:
    """The URL of an empty database: "" for SQLite in the home, or a PostgreSQL database that is dropped afterwards."""
    if kind == "sqlite":
        yield ""
        return
    url, name = os.environ["TEST_POSTGRES_URL"], f"bench_{uuid.uuid4().hex}"
    server = open_database(url).engine.execution_options(isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    try:
        yield make_url(url).set(database=name).render_as_string(hide_password=False)
    finally:
        with server.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
        server.dispose()


def kinds() -> list[str]:
    """The databases that are here."""
    return ["sqlite", "postgresql"] if os.environ.get("TEST_POSTGRES_URL") else ["sqlite"]


@contextmanager
def standing(kind: str, **settings: str) -> Iterator[Stack]:
    """A migrated home on this kind of database, with one clinic; no process of the service runs yet."""
    told = {"SMSBOT_SANDBOX": "0"} | settings
    with (
        TemporaryDirectory(prefix="smsbot-bench-") as folder,
        database_url(kind) as url,
        stack(Path(folder), box=None, database_url=url, cold=True, **told) as found,
    ):
        yield found


def joined(found: Stack, count: int) -> list[str]:
    """The phones of `count` patients, enrolled by the real code and taking part."""
    phones = [found.enroll(number) for number in range(count)]
    with found.runtime.database.write() as db:
        db.execute(update(PATIENT).values(status=PatientStatus.ACTIVE, joined_at=datetime.now(UTC)))
    return phones


def ask(found: Stack, phones: Sequence[str], flow: str) -> None:
    """Begin a flow with each of these patients, as a due touch would."""
    runtime = found.runtime
    with runtime.database.write() as db:
        keys = clinics.keys(db, runtime.vault, found.clinic.id)
        clinic = clinics.get(db, found.clinic.id)
        for phone in phones:
            talk.begin(scopes.of_phone(runtime, db, keys, clinic, phone), flow)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
