"""Brings a database to the newest tables; the migrations ship inside the package."""

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
    config = _config()
    with database.engine.begin() as connection:
        if not database.is_sqlite:
            # One migrator at a time; SQLite's BEGIN IMMEDIATE already says so.
            connection.execute(text("SELECT pg_advisory_xact_lock(7346501)"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


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
