"""What a change of a session asks of the database finds its rows by an index, however many others wait."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event, text

from smsbot import sessions
from smsbot.jobs import duties
from smsbot.sessions import Booking
from smsbot.store import sessions as rows
from smsbot.store.db import Database
from tests.api_support import NOW, World, open_world, postgres_database

# What grows with patients, touches and texts.
# The last two are names that queries give to message.
LARGE = (
    "touch",
    "message",
    "conversation",
    "inbound",
    "answer",
    "session",
    "series",
    "mark",
    "heard_line",
    "m",
    "older",
)
DAY = timedelta(days=1)
Asked = list[tuple[str, Any]]


@contextmanager
def listening(database: Database) -> Iterator[Asked]:
    """Every statement with its parameters, as the driver gets it."""
    asked: Asked = []

    def note(_: Connection, __: Any, statement: str, parameters: Any, ___: Any, many: bool) -> None:
        asked.append((statement, parameters[0] if many else parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


def everything_done(world: World) -> Asked:
    """A session moved, another marked as done, another called off, and a look for what is due."""
    patient = world.enroll(sessions=[Booking(NOW + day * DAY, 60) for day in (9, 12, 16)])
    with world.desk() as desk:
        ids = [row.id for row in rows.of_patient(desk.db, desk.keys, patient.id)]
    with listening(world.runtime.database) as asked:
        _change(world, sessions.move, ids[0], NOW + 10 * DAY)
        world.watch.to(NOW + 10 * DAY + timedelta(hours=1))
        _change(world, sessions.done, ids[0])
        _change(world, sessions.cancel, ids[1], "clinic")
        duties.find(world.runtime)
    return [each for each in asked if re.match(r"SELECT|UPDATE|WITH", each[0]) and _large(each[0])]


def _change(world: World, action: Any, session_id: uuid.UUID, *more: Any) -> None:
    with world.desk() as desk:
        action(desk, session_id, *more)


def _large(statement: str) -> bool:
    return any(re.search(rf"\b(?:FROM|UPDATE|JOIN) {name}\b", statement) for name in LARGE)


def test_sqlite_scans_no_large_table(world: World) -> None:
    asked = everything_done(world)
    assert len(asked) > 20
    with world.runtime.database.engine.connect() as connection:
        for statement, parameters in asked:
            steps = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
            scans = [step[3] for step in steps if re.match(rf"SCAN (?:{'|'.join(LARGE)})\b", step[3])]
            assert [scan for scan in scans if "INDEX" not in scan] == [], (statement, steps)


@pytest.mark.postgres
def test_postgresql_scans_no_large_table(tmp_path: Path) -> None:
    with postgres_database() as database:
        world = open_world(tmp_path, database)
        asked = everything_done(world)
        assert len(asked) > 20
        with database.engine.connect() as connection:
            connection.execute(text("SET enable_seqscan = off"))  # a table of a few rows is scanned by choice
            for statement, parameters in asked:
                steps = connection.exec_driver_sql(f"EXPLAIN {statement}", parameters).scalars().all()
                found = [step for step in steps if re.search(rf"Seq Scan on (?:{'|'.join(LARGE)})\b", step)]
                assert found == [], (statement, steps)
