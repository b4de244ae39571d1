"""The migrations make exactly the tables the code speaks of, on both databases."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import SQLModel, select

from smsbot.models import Clinic, Message, StatusEvent
from smsbot.runtime import new_id
from smsbot.store.db import Database, open_database
from smsbot.store.migrate import back, differences, migrate
from smsbot.store.newest import is_current
from tests.api_support import NOW, World, postgres_database

SID = "SM" + "1" * 32
A_TEXT: dict[str, Any] = {
    "sender": "+15005550006",
    "to_sealed": b"to",
    "body_sealed": b"words",
    "flow": "system",
    "line": "x",
    "language": "en",
    "segments": 1,
    "priority": 1,
    "seq": 1,
    "state": "accepted",
}


@pytest.fixture
def sqlite(tmp_path: Path) -> Database:
    return open_database(f"sqlite:///{tmp_path / 'a.db'}")


def test_a_fresh_database_is_not_current(sqlite: Database) -> None:
    assert not is_current(sqlite)


def test_migrations_and_tables_agree_on_sqlite(sqlite: Database) -> None:
    migrate(sqlite)
    assert differences(sqlite) == []
    assert is_current(sqlite)


def test_migrating_again_changes_nothing(sqlite: Database) -> None:
    migrate(sqlite)
    migrate(sqlite)
    assert differences(sqlite) == []


def test_two_starters_do_not_collide(tmp_path: Path) -> None:
    databases = [open_database(f"sqlite:///{tmp_path / 'a.db'}") for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(migrate, databases))
    assert is_current(databases[0])


def test_a_missing_column_is_told(sqlite: Database) -> None:
    migrate(sqlite)
    with sqlite.write() as db:
        db.connection().exec_driver_sql("ALTER TABLE task DROP COLUMN owner")
    assert "owner" in str(differences(sqlite))


def two_of_one_id(database: Database) -> tuple[uuid.UUID, uuid.UUID]:
    """A database as the first release left it: two messages that a race gave one carrier id, and a third without.

    A receipt names the second of the two.
    """
    back(database, "0001")
    texts = {new_id(): SID, new_id(): SID, new_id(): None}
    first, second, _ = texts
    clinic = Clinic(
        id=new_id(),
        name="H",
        alias="H",
        phone="+1",
        time_zone="UTC",
        hours={},
        holidays=[],
        settings={},
        created_at=NOW,
    )
    with database.write() as db:
        db.add(clinic)
        db.flush()
        for age, (row, sid) in enumerate(texts.items()):
            db.add(Message(id=row, clinic_id=clinic.id, carrier_sid=sid, created_at=NOW + timedelta(age), **A_TEXT))
        db.flush()
        told = {"carrier_sid": SID, "status": "delivered", "at": NOW}
        db.add(StatusEvent(id=new_id(), clinic_id=clinic.id, message_id=second, **told))
    return first, second


def ids_of(database: Database) -> dict[uuid.UUID, str | None]:
    with database.read() as db:
        return {row.id: row.carrier_sid for row in db.exec(select(Message)).all()}


def proves_the_second(database: Database) -> None:
    """From 0001 with data to 0002, and back and forth once more: nothing is lost but the id of the wrong one."""
    first, second = two_of_one_id(database)
    migrate(database)
    assert differences(database) == []
    found = ids_of(database)
    assert (len(found), found[first], found[second]) == (3, None, SID)
    back(database, "0001")
    migrate(database)
    assert ids_of(database) == found


def test_the_second_migration_keeps_what_the_first_left_on_sqlite(sqlite: Database) -> None:
    migrate(sqlite)
    proves_the_second(sqlite)


@pytest.mark.postgres
def test_the_second_migration_keeps_what_the_first_left_on_postgres() -> None:
    with postgres_database() as database:
        proves_the_second(database)


def rows_of(database: Database, table: str) -> list[Any]:
    with database.read() as db:
        return list(db.connection().exec_driver_sql(f"SELECT * FROM {table} ORDER BY id").all())


def test_the_third_migration_keeps_patients_and_what_refers_to_them(world: World) -> None:
    world.enroll()
    database = open_database(f"sqlite:///{world.runtime.database.engine.url.database}")
    tables = ("patient", "session", "consent", "touch", "series")
    before = [rows_of(database, table) for table in tables]
    back(database, "0002")
    migrate(database)
    assert [rows_of(database, table) for table in tables] == before
    assert differences(database) == []


def test_every_table_of_a_clinic_names_its_clinic() -> None:
    shared = {"clinic", "flow_version", "heartbeat", "clock_offset", "system_key"}
    unbound = {table.name for table in SQLModel.metadata.sorted_tables if "clinic_id" not in table.c}
    assert unbound == shared


@pytest.mark.postgres
def test_migrations_and_tables_agree_on_postgres() -> None:
    with postgres_database() as database:
        assert differences(database) == []
        migrate(database)
        assert is_current(database)
