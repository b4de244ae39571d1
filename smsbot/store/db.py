"""One database behind every process: SQLite (WAL, FULL, IMMEDIATE) or PostgreSQL (READ COMMITTED)."""

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session, create_engine

from smsbot.store.sharing import Sharing
from smsbot.store.work import Work

READS = "smsbot_reads"
BUSY_MS = 5000
# How long a writer waits for the others (the carrier waits 15 s for an answer), and how often it looks.
LONGEST_WAIT_S = 8.0
BETWEEN_TRIES_S = 0.002
# PostgreSQL ends a transaction in which nothing has been said for so long; ours take seconds at most.
LONGEST_SILENCE_S = 60


@dataclass(frozen=True)
class Database:
    """An engine and the two kinds of transaction that are allowed on it."""

    engine: Engine
    # SQLite has one writer, and each commit waits for the disk: threads of one process queue here and share commits.
    sharing: Sharing | None = None
    # Flow versions that are known to be stored: they are never deleted, so each is looked up once by a process.
    pinned: set[str] = field(default_factory=set)

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A transaction that writes: committed at the end, rolled back on an exception."""
        with self._writing(short=False) as db:
            yield db

    @contextmanager
    def turn(self) -> Iterator[Session]:
        """The same for something short that many do at once, such as one inbound text: they may share a commit."""
        with self._writing(short=True) as db:
            yield db

    @contextmanager
    def _writing(self, *, short: bool) -> Iterator[Session]:
        if self.sharing is not None:
            with self.sharing.write(short=short) as db:
                yield db
            return
        with Work(self.engine) as db, db.begin():
            yield db
            db.finish()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A transaction that only reads: it takes no write lock on SQLite, and never commits."""
        with (
            self.engine.connect().execution_options(**{READS: True}) as connection,
            Session(connection, expire_on_commit=False) as db,
        ):
            yield db


def open_database(url: str, pool_size: int = 10, *, may_lose_on_power_cut: bool = False) -> Database:
    """Open SQLite or PostgreSQL by URL; the pool holds `pool_size` connections.

    `may_lose_on_power_cut`, for tests only, lets SQLite commit without waiting for the disk.
    """
    parsed = make_url(url)
    if parsed.drivername in ("postgresql", "postgres"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    options: dict[str, Any] = {"json_serializer": lambda value: json.dumps(value, separators=(",", ":"))}
    if parsed.get_backend_name() == "sqlite":
        options["connect_args"] = {"timeout": 5.0, "check_same_thread": False}
    else:
        options["isolation_level"] = "READ COMMITTED"
    engine = create_engine(parsed, pool_size=pool_size, max_overflow=pool_size, hide_parameters=True, **options)
    if parsed.get_backend_name() != "sqlite":
        event.listen(engine, "connect", _prepare_postgres)
        return Database(engine)
    event.listen(engine, "connect", _prepare_unsafely if may_lose_on_power_cut else _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return Database(engine, Sharing(engine))


def _prepare_sqlite(connection: Any, _: ConnectionPoolEntry, synchronous: str = "FULL") -> None:
    # The driver's own BEGIN is deferred, which fails with "database is locked" under two writers: we issue ours.
    connection.isolation_level = None
    # Secure delete: what a changed row was before is overwritten at once, or an erased key could lie in a gap.
    fixed = ("journal_mode=WAL", f"busy_timeout={BUSY_MS}", "foreign_keys=ON", "secure_delete=ON")
    for pragma in (*fixed, f"synchronous={synchronous}"):
        connection.execute(f"PRAGMA {pragma}")


def _prepare_postgres(connection: Any, _: ConnectionPoolEntry) -> None:
    # A process that froze, or a machine that fell off the network, in the middle of a transaction still holds its
    # locks: without this the texts of those patients would wait for hours.
    connection.execute(f"SET idle_in_transaction_session_timeout = '{LONGEST_SILENCE_S}s'")
    connection.commit()


def _prepare_unsafely(connection: Any, entry: ConnectionPoolEntry) -> None:
    _prepare_sqlite(connection, entry, "OFF")


def _begin_sqlite(connection: Connection) -> None:
    if connection.get_execution_options().get(READS, False):
        connection.exec_driver_sql("BEGIN")
        return
    # SQLite's own way to wait sleeps longer and longer, up to 100 ms: beside a process that commits one thing after
    # another, others would never find the moment in between.
    raw, end = connection.connection.driver_connection, time.monotonic() + LONGEST_WAIT_S
    raw.execute("PRAGMA busy_timeout=0")  # type: ignore[union-attr]
    try:
        while not _begun(raw):
            if time.monotonic() >= end:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                return
            time.sleep(BETWEEN_TRIES_S)
    finally:
        raw.execute(f"PRAGMA busy_timeout={BUSY_MS}")  # type: ignore[union-attr]


def _begun(raw: Any) -> bool:
    try:
        raw.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as fault:
        if fault.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True
