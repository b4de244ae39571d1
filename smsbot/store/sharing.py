"""Writers of one process share SQLite's commits: while one waits for the disk's flush, none of the others could write.

A commit is durable when it returns, and costs one flush of the disk however much it holds. So a writer that is done and
sees others waiting leaves its transaction open for the next, each behind a savepoint of its own, and the last one
commits for all. Nobody is told that their work is done before that commit has returned; if it fails, it fails for all.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from smsbot.store.work import Work

MOST = 8
LONGEST_S = 0.05
# After a shared commit other processes, which only look in now and then, get a moment to take SQLite's one pen.
PAUSE_S = 0.003


class LostTransaction(SQLAlchemyError):
    """SQLite gave the whole transaction up."""


@dataclass
class _Shared:
    """A transaction that is open: who is in it waits for `done`; `fault` is why it came to nothing."""

    connection: Connection
    began: float = field(default_factory=time.monotonic)
    turns: int = 0
    done: threading.Event = field(default_factory=threading.Event)
    fault: BaseException | None = None


class Sharing:
    """One writer at a time, and several short ones to a commit."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._door = threading.Condition()
        self._short_waiting = 0
        self._inside: int | None = None
        self._open: _Shared | None = None
        self._rests_until = 0.0
        self._never = threading.Event()

    @contextmanager
    def write(self, *, short: bool = False) -> Iterator[Work]:
        """A transaction that is committed when this returns, and leaves nothing if its body raises.

        Only `short` ones share a commit, so that none waits for somebody's long work.
        """
        self._enter(short)
        try:
            shared = self._open = self._open or _Shared(self._begun())
        except BaseException:
            self._leave()
            raise
        try:
            with Work(shared.connection, is_first=shared.turns == 0) as db, db.begin():
                yield db
                db.finish()
        except BaseException:
            self._drop_out(shared)
            raise
        shared.turns += 1
        self._hand_over(shared, short)
        shared.done.wait()
        if shared.fault is not None:
            raise shared.fault

    def _begun(self) -> Connection:
        rest = self._rests_until - time.monotonic()
        if rest > 0:
            self._never.wait(rest)
        connection = self._engine.connect()
        try:
            connection.begin()
        except BaseException:
            connection.close()
            raise
        return connection

    def _enter(self, short: bool) -> None:
        me = threading.get_ident()
        with self._door:
            if self._inside == me:
                raise RuntimeError("a transaction that writes inside another one would wait for itself")
            self._short_waiting += short
            try:
                self._door.wait_for(lambda: self._inside is None and (short or self._open is None))
                self._inside = me
            finally:
                self._short_waiting -= short

    def _leave(self) -> None:
        with self._door:
            self._inside = None
            self._door.notify_all()

    def _drop_out(self, shared: _Shared) -> None:
        """This writer's part has been rolled back; what others did before it is still theirs."""
        if shared.turns:
            self._hand_over(shared, short=True)
        else:
            self._open = None
            try:
                shared.connection.close()
            finally:
                self._leave()

    def _hand_over(self, shared: _Shared, short: bool) -> None:
        """Leave the transaction to whoever waits, or commit for everybody in it."""
        whole = _is_whole(shared)
        with self._door:
            room = shared.turns < MOST and time.monotonic() - shared.began < LONGEST_S
            if whole and short and room and self._short_waiting:
                self._inside = None
                self._door.notify_all()
                return
        self._open = None
        try:
            if not whole:
                raise LostTransaction
            shared.connection.commit()
        except BaseException as fault:  # whatever it is: nobody may believe that their work is done
            shared.fault = fault
            shared.connection.invalidate()  # whatever state it is in, nobody else shall have it
        finally:
            try:
                shared.connection.close()
            finally:  # whatever acts on a connection that is handed back, the door must not stay locked behind it
                if shared.turns > 1:
                    self._rests_until = time.monotonic() + PAUSE_S
                self._leave()
                shared.done.set()


def _is_whole(shared: _Shared) -> bool:
    """Whether the transaction still stands: on some faults (a full disk) SQLite rolls all of it back by itself."""
    if shared.connection.invalidated:
        return False
    raw = shared.connection.connection.driver_connection
    return raw is not None and raw.in_transaction
