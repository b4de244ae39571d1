"""Brings a database to the newest tables; the migrations ship inside the package."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlmodel import SQLModel

from smsbot.store.db import Database
from smsbot.store.newest import FOLDER


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    return config


def migrate(database: Database) -> None:
    """Run what is missing, in one transaction where the database allows it; two starters do not collide."""
    with _migrating(database) as config:
        command.upgrade(config, "head")


def back(database: Database, revision: str) -> None:
    """Undo migrations down to a revision, likewise."""
    with _migrating(database) as config:
        command.downgrade(config, revision)


@contextmanager
def _migrating(database: Database) -> Iterator[Config]:
    """A configuration with an open transaction; SQLite's foreign keys are looked at once, at its end.

    A table of SQLite may have to be made anew, and is gone for a moment: what refers to it must not mind.
    """
    config = _config()
    with database.engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        if database.is_sqlite:
            raw.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                if not database.is_sqlite:
                    # One migrator at a time; SQLite's BEGIN IMMEDIATE already says so.
                    connection.execute(text("SELECT pg_advisory_xact_lock(7346501)"))
                config.attributes["connection"] = connection
                yield config
                if database.is_sqlite and raw.execute("PRAGMA foreign_key_check").fetchone() is not None:
                    raise RuntimeError("the migration left rows that refer to nothing")
        finally:
            if database.is_sqlite:
                raw.execute("PRAGMA foreign_keys=ON")


def differences(database: Database) -> list[object]:
    """What the tables in code and the migrated database disagree on; empty when they agree."""
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, SQLModel.metadata))


def new_revision(database: Database, message: str) -> None:
    """For developers: write a migration from the difference between the tables in code and a migrated database."""
    config = _config()
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.revision(config, message=message, autogenerate=True)
