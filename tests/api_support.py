"""A small cast and a real database: Harbor with Dana, Ana and Ben, and Mesa next door."""

import os
import pickle
import shutil
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr
from sqlalchemy.engine import Dialect, make_url
from sqlmodel import Session, col, select
from werkzeug.test import TestResponse

from smsbot import enroll
from smsbot.clocks import Clock
from smsbot.config import Settings
from smsbot.desk import Desk
from smsbot.enroll import ConsentForm, Request
from smsbot.models import Clinic, Patient
from smsbot.runtime import Runtime, new_id
from smsbot.sessions import Booking
from smsbot.store import access, clinics
from smsbot.store.db import Database, open_database
from smsbot.store.migrate import migrate
from smsbot.vault import ClinicKeys, Vault, master_keys, new_master_key
from smsbot.web import api
from tests.content_support import shipped

MASTER = new_master_key(lambda count: bytes(range(count)))
NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
HARBOR, MESA = uuid.UUID(int=1), uuid.UUID(int=2)
ANA, BEN, CARA = "+14155550123", "+14155550124", "+14155550125"
DANA = "staff:dana"
COMPILED: dict[Any, Any] = {}
BEGUN: dict[bytes, "Begun"] = {}


@dataclass
class Watch:
    """A clock that stands where the test puts it."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def to(self, at: datetime) -> None:
        self.now = at

    def on(self, **by: float) -> None:
        self.now += timedelta(**by)


@cache
def template() -> Path:
    """One migrated SQLite file with the two clinics, copied for each test."""
    path = Path(mkdtemp(prefix="smsbot-tests-")) / "template.db"
    database = open_database(f"sqlite:///{path}")
    migrate(database)
    _settle(database)
    database.engine.dispose()
    return path


def settings(**changes: Any) -> Settings:
    """Settings fit for a test; `changes` by environment name."""
    values: dict[str, Any] = {
        "SMSBOT_MASTER_KEY": SecretStr(MASTER),
        "SECRET_KEY": SecretStr("a secret"),
        "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
        "TWILIO_AUTH_TOKEN": SecretStr("token"),
        "TWILIO_API_BASE": "http://127.0.0.1:1",
    }
    return Settings(**(values | changes))


@dataclass
class World:
    """A runtime over a database of its own, with two clinics."""

    runtime: Runtime
    watch: Watch
    harbor: uuid.UUID
    mesa: uuid.UUID
    secrets: dict[uuid.UUID, str] = field(default_factory=dict)

    @contextmanager
    def desk(self, clinic: uuid.UUID | None = None, actor: str = DANA) -> Iterator[Desk]:
        """A desk at a clinic (Harbor unless told), committed at the end."""
        with self.runtime.database.write() as db:
            keys = self.keys(db, clinic)
            yield Desk(self.runtime, db, keys, clinics.get(db, keys.clinic_id), actor, self.watch.now)

    def keys(self, db: Session, clinic: uuid.UUID | None = None) -> ClinicKeys:
        return clinics.keys(db, self.runtime.vault, clinic or self.harbor)

    def enroll(self, phone: str = ANA, clinic: uuid.UUID | None = None, **changes: Any) -> Patient:
        """Enroll somebody through the real function."""

        def steps() -> uuid.UUID:
            with self.desk(clinic) as desk:
                asked = request(phone=phone, **changes)
                return enroll.enroll(desk.runtime, desk.db, desk.keys, desk.clinic, asked, desk.actor, desk.now).id

        patient_id = begun(self, steps, "enrolled", phone, clinic, changes)
        with self.runtime.database.read() as db:
            return db.exec(select(Patient).where(col(Patient.id) == patient_id)).one()

    def key(self, clinic: uuid.UUID | None = None, scopes: tuple[str, ...] = access.SCOPES, **more: Any) -> str:
        """A fresh API key of a clinic."""
        secret = access.new_secret()
        with self.desk(clinic) as desk:
            values = {"name": "test", "scopes": scopes, "now": desk.now, "expires_at": None} | more
            access.add_key(desk.db, desk.keys, secret, key_id=self.runtime.new_id(), **values)
        return secret

    def client(self) -> FlaskClient:
        """The API mounted as the product mounts it."""
        app = Flask("rest")
        api.register(app, self.runtime)
        return app.test_client()


@dataclass(frozen=True)
class Begun:
    """A world some steps after it was opened: its file, its time, and what the steps told."""

    path: Path
    now: datetime
    told: Any


def begun(world: World, steps: Callable[[], Any], *named: object) -> Any:
    """Take the steps that `named` describes and return what they tell (plain values).

    Many tests begin with the same steps from the same new world. The first of a process takes them, the others begin
    on a copy of the file it left. A world that is not new, or not like the others, takes its own steps.
    """
    if not _is_new(world):
        return steps()
    name = pickle.dumps(named)
    if name not in BEGUN:
        told = steps()
        BEGUN[name] = Begun(_copied(_file(world)), world.watch.now, told)
        return told
    found = BEGUN[name]
    world.runtime.database.engine.dispose()
    for left in ("-wal", "-shm"):
        Path(f"{_file(world)}{left}").unlink(missing_ok=True)
    shutil.copy(found.path, _file(world))
    world.watch.to(found.now)
    return found.told


def _file(world: World) -> Path:
    return Path(world.runtime.settings.home) / "smsbot.db"


def _is_new(world: World) -> bool:
    """Whether it is as `open_world` opens it for most tests, and nothing has been written."""
    runtime, path = world.runtime, _file(world)
    if not runtime.database.is_sqlite or world.watch.now != NOW or runtime.new_id is not new_id:
        return False
    if runtime.content is not shipped() or runtime.settings != settings(SMSBOT_HOME=runtime.settings.home):
        return False
    log = Path(f"{path}-wal")
    written = log.exists() and log.stat().st_size > 0
    return not written and path.read_bytes() == template().read_bytes()


def _copied(path: Path) -> Path:
    """The database as it stands, in a file that nobody writes to."""
    kept = template().with_name(f"begun-{len(BEGUN)}.db")
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(kept)) as target:
        source.backup(target)
    return kept


@dataclass
class Caller:
    """A client with a key."""

    client: FlaskClient
    secret: str

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> TestResponse:
        sent = {"Authorization": f"Bearer {self.secret}"} | {k.replace("_", "-"): v for k, v in headers.items()}
        options: dict[str, Any] = {} if body is None else {"json": body}
        return self.client.open(f"/api/v1{path}", method=method, headers=sent, **options)


def caller(world: World, clinic: uuid.UUID | None = None, **options: Any) -> Caller:
    """A caller with every scope at a clinic (Harbor unless told)."""
    return Caller(world.client(), world.key(clinic, **options))


def problem(answer: TestResponse, status: int) -> dict[str, Any]:
    """The problem an answer tells, which must have this status and the right media type."""
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    found: dict[str, Any] = answer.json
    assert found["status"] == status
    assert found["detail"]
    return found


def request(**changes: Any) -> Request:
    """Ana's form, with changes."""
    values: dict[str, Any] = {
        "phone": ANA,
        "first_name": "Ana",
        "birth_date": date(1988, 5, 4),
        "time_zone": "America/New_York",
        "consent": consent_form(),
        "sessions": (Booking(NOW + timedelta(days=9), 60),),
    }
    return Request(**(values | changes))


def consent_form(**changes: Any) -> ConsentForm:
    """A signed form with every tick, with changes."""
    values: dict[str, Any] = {
        "texts": True,
        "calls": True,
        "echo": True,
        "form": "2026-11",
        "at": NOW - timedelta(days=2),
    }
    return ConsentForm(**(values | changes))


def body(**changes: Any) -> dict[str, Any]:
    """Ana's enrollment as the API takes it (DESIGN.md 8), with changes."""
    values: dict[str, Any] = {
        "phone": ANA,
        "first_name": "Ana",
        "time_zone": "America/New_York",
        "language": "en",
        "birth_date": "1988-05-04",
        "modality": "iv",
        "protocol": "induction",
        "consent": {"texts": True, "calls": True, "echo": True, "form": "2026-11", "at": "2026-11-20T15:00:00Z"},
        "sessions": [{"starts_at": "2026-12-01T10:00:00-05:00", "minutes": 60}],
    }
    return values | changes


def open_world(folder: Path, database: Database | None = None, **changes: Any) -> World:
    """A world in a folder, on a copy of the migrated file or on the given (migrated, empty) database."""
    if database is not None:
        _settle(database)
    else:
        path = folder / "smsbot.db"
        shutil.copy(template(), path)
        database = sharing(open_database(f"sqlite:///{path}", may_lose_on_power_cut=True))
    watch = Watch()
    runtime = Runtime(
        settings=settings(SMSBOT_HOME=folder, **changes),
        database=database,
        vault=Vault(master_keys(MASTER)),
        content=shipped(),
        clock=Clock(watch),
    )
    return World(runtime, watch, HARBOR, MESA)


def sharing(database: Database) -> Database:
    """The database with the statements that were compiled for others: compiling them costs more than running them."""
    database.engine.dialect = _dialect()
    database.engine.update_execution_options(compiled_cache=COMPILED)
    return database


@cache
def _dialect() -> Dialect:
    return open_database(f"sqlite:///{template()}").engine.dialect


@contextmanager
def postgres_database() -> Iterator[Database]:
    """A migrated PostgreSQL database of its own beside the one TEST_POSTGRES_URL names; skips without it."""
    url = os.environ.get("TEST_POSTGRES_URL")
    if not url:
        pytest.skip("TEST_POSTGRES_URL names no PostgreSQL server")
    name = f"smsbot_{uuid.uuid4().hex}"
    server = open_database(url).engine.execution_options(isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    database = open_database(make_url(url).set(database=name).render_as_string(hide_password=False))
    try:
        migrate(database)
        yield database
    finally:
        database.engine.dispose()
        with server.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
        server.dispose()


def _settle(database: Database) -> None:
    """Harbor and Mesa, each with keys of its own."""
    vault = Vault(master_keys(MASTER))
    with database.write() as db:
        for clinic_id, name, number in ((HARBOR, "Harbor", "+15005550006"), (MESA, "Mesa", "+15005550007")):
            clinic = Clinic(
                id=clinic_id,
                name=name,
                alias=name,
                number=number,
                phone="+16175550100",
                time_zone="America/New_York",
                hours={"mon": ["09:00-17:00"]},
                holidays=[],
                settings={},
                created_at=NOW,
            )
            clinics.add(db, vault, clinic, new_id(), NOW)
