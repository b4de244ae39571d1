"""The migrations make exactly the tables the code speaks of, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from smsbot.store.db import Database, open_database
from smsbot.store.migrate import differences, migrate
from smsbot.store.newest import is_current
from tests.api_support import postgres_database


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
