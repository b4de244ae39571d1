"""The audit chain and the consent ledger are only ever added to: the database itself refuses anything else."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.api_support import World, open_world, postgres_database

REFUSED = [
    "UPDATE audit SET actor = 'staff:eve'",
    "DELETE FROM audit",
    "UPDATE consent SET action = 'granted'",
    "DELETE FROM consent",
]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def ledgers(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A world with rows in both tables, on each database."""
    folder = tmp_path_factory.mktemp("world")
    if request.param == "sqlite":
        opened = open_world(folder)
        opened.enroll()
        yield opened
        return
    with postgres_database() as database:
        opened = open_world(folder, database)
        opened.enroll()
        yield opened


def run(world: World, statement: str) -> None:
    with world.runtime.database.write() as db:
        db.execute(text(statement))


@pytest.mark.parametrize("statement", REFUSED)
def test_nothing_is_changed_or_taken_out(ledgers: World, statement: str) -> None:
    with pytest.raises(DBAPIError, match="only ever added to"):
        run(ledgers, statement)


def test_evidence_may_be_sealed_anew_when_a_clinics_key_rotates(ledgers: World) -> None:
    run(ledgers, "UPDATE consent SET evidence_sealed = NULL")


@pytest.mark.postgres
def test_nobody_empties_a_ledger_on_postgres(tmp_path_factory: pytest.TempPathFactory) -> None:
    with postgres_database() as database:
        world = open_world(tmp_path_factory.mktemp("world"), database)
        for table in ("audit", "consent"):
            with pytest.raises(DBAPIError, match="only ever added to"):
                run(world, f"TRUNCATE {table}")
