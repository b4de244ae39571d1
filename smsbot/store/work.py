"""A transaction's session: its writes wait for each other and leave together, and rows come in without a detour.

What is added and changed here is written as SQLAlchemy's unit of work would write it, in the same transaction and
before any statement that could see the difference. Only the way is shorter: for the few tables of the hot path the
statements are compiled once and sent in one go, which on PostgreSQL is one round trip.
"""

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, Engine, bindparam, event, insert, update
from sqlalchemy.orm import class_mapper, make_transient, make_transient_to_detached
from sqlalchemy.orm.attributes import instance_dict, instance_state
from sqlalchemy.orm.session import JoinTransactionMode
from sqlalchemy.orm.util import identity_key
from sqlmodel import Session, SQLModel

from smsbot.models import Conversation, Inbound, Patient, Task, Touch
from smsbot.store.statement import Statement, Values, Waits, faults

# Parents first. Everything else is written by SQLAlchemy: these have plain columns, ids made in Python, no deletes.
LIGHT: tuple[type[SQLModel], ...] = (Patient, Touch, Conversation, Inbound, Task)
Row = TypeVar("Row", bound=SQLModel)
Waiting = list[tuple[Statement, Values]]

_PLACE = {model: place for place, model in enumerate(LIGHT)}
_TABLES: dict[type[SQLModel], Any] = {model: model.__table__ for model in LIGHT}  # type: ignore[attr-defined]
_COLUMNS = {model: tuple(table.columns.keys()) for model, table in _TABLES.items()}
_NEW: dict[type[SQLModel], Callable[[], Any]] = {
    model: class_mapper(model).class_manager.new_instance for model in LIGHT
}
_DEFAULTS: dict[type[SQLModel], dict[str, Any]] = {
    model: {
        name: field.get_default(call_default_factory=True)
        for name, field in model.model_fields.items()
        if not field.is_required()
    }
    for model in LIGHT
}
_INSERTS = {model: Statement(insert(table)) for model, table in _TABLES.items()}
_UPDATES: dict[tuple[type[SQLModel], tuple[str, ...]], Statement] = {}


class Work(Waits):
    """One transaction's session. Every statement passes `get_bind`, and finds what was to be written before it; only
    a hot path's select (`reading`) from tables in which nothing was to be written lets that wait on.
    """

    def __init__(self, bind: Engine | Connection, *, is_first: bool = True) -> None:
        """On a connection with an open transaction the session is a part of that: the first of it, or one behind a
        savepoint of its own; it is then committed by whoever opened it.
        """
        mode: JoinTransactionMode = "rollback_only" if is_first else "create_savepoint"
        super().__init__(bind, expire_on_commit=False, join_transaction_mode=mode)
        self._early: Waiting = []
        self._late: Waiting = []
        self._writing = False
        self._is_last = False
        self._link: tuple[object, Connection] | None = None

    def later(self, statement: Statement, values: Values, *, early: bool = False) -> None:
        """Let a write wait; `early` ones go before the session's own rows, which may refer to them."""
        (self._early if early else self._late).append((statement, values))

    def forget(self) -> None:
        """After a rollback: nothing waits any more, and what was loaded is to be read again."""
        self._early, self._late = [], []
        self.info.clear()
        self.expire_all()

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        """Write everything that waits, in an order that foreign keys allow."""
        if self._writing:
            return
        self._writing = True
        try:
            if self.new or self.deleted or self.identity_map.check_modified():
                self._flush_rows(objects)
            else:
                self._send([*self._early, *self._late])
            self._early, self._late = [], []
        finally:
            self._writing = False

    def finish(self) -> None:
        """Write everything that waits and let go of every row: nobody here will look at them again."""
        self._is_last = True
        try:
            self.flush()
        finally:
            self._is_last = False
        self.expunge_all()

    def get_bind(self, *arguments: Any, **options: Any) -> Any:
        """The engine; whoever asks is about to run a statement."""
        if (self._early or self._late) and not self._writing:
            self.flush()
        return super().get_bind(*arguments, **options)

    def connection(self, *arguments: Any, **options: Any) -> Connection:
        """The transaction's connection, looked up once for each savepoint."""
        inside = self.get_nested_transaction()
        if self._link is None or self._link[0] is not inside:
            self._link = inside, super().connection(*arguments, **options)
        elif (self._early or self._late) and not self._writing:
            self.flush()
        return self._link[1]

    def reading(self, tables: frozenset[str]) -> Connection:
        """The connection for a select from these tables, once everything is written that it could see."""
        if self._early or self._late or self.new or self.dirty:
            if not tables.isdisjoint(self.waits_for()):
                self.flush()
            kept, self._writing = self._writing, True
            try:
                return self.connection()
            finally:
                self._writing = kept
        return self.connection()

    def waits_for(self) -> set[str]:
        """The tables in which something is yet to be written."""
        found = {name for statement, _ in (*self._early, *self._late) for name in statement.tables}
        return found | {str(row.__tablename__) for row in (*self.new, *self.dirty, *self.deleted)}

    def complete(self, statement: Statement, row_id: uuid.UUID, values: Values) -> bool:
        """Add columns to an early row that still waits to be inserted; False if it does not."""
        for place, (insert_of, row) in enumerate(self._early):
            if insert_of is statement and row["id"] == row_id:
                self._early[place] = statement, {**row, **values}
                return True
        return False

    def _flush_rows(self, objects: Sequence[Any] | None) -> None:
        if self.deleted or not all(type(row) in _PLACE for row in (*self.new, *self.dirty)):
            self._send(self._early)
            super().flush(objects)
            self._send(self._late)
            return
        fresh = sorted(self.new, key=lambda row: _PLACE[type(row)])
        changed = [row for row in self.dirty if row not in self.new]
        self._send([*self._early, *_inserts(fresh), *_updates(changed), *self._late])
        for row in () if self._is_last else (*fresh, *changed):
            make_transient(row)
            make_transient_to_detached(row)
            self.add(row)

    def _send(self, waiting: Waiting) -> None:
        """Run writes: those of one statement together, statements in the order in which they first came up."""
        if not waiting:
            return
        connection = self.connection()
        sorted_out: dict[Statement, list[Values]] = {}
        for statement, values in waiting:
            sorted_out.setdefault(statement, []).append(values)
        with _together(connection, len(sorted_out)):
            for statement, rows in sorted_out.items():
                statement.many(connection, rows)


def finish(db: Session) -> None:
    """Write everything that waits, where nobody will look at its rows in this transaction again."""
    if isinstance(db, Work):
        db.finish()
    else:
        db.flush()


def made(db: Session, model: type[Row], **values: Any) -> Row:
    """A new row of a light model, added to the session, as its constructor would make it."""
    row: Row = _NEW[model]()
    instance_dict(row).update(_DEFAULTS[model])
    instance_dict(row).update(values)
    missing = [name for name in _COLUMNS[model] if name not in instance_dict(row)]
    if missing or len(instance_dict(row)) != len(_COLUMNS[model]) + 1:
        raise TypeError(f"{model.__name__} has other columns than {sorted(values)}")
    db.add(row)
    return row


def later(db: Session, statement: Statement, values: Values, *, early: bool = False) -> None:
    """Let a write wait for the others of this transaction; in a session that cannot wait it is run at once."""
    if isinstance(db, Work):
        db.later(statement, values, early=early)
    else:
        statement.run(db, values)


class Objects(Generic[Row]):
    """A select of all columns of a light model, whose rows become objects of the session.

    What has changed there is written first. An object that is there already stays as it is.
    """

    def __init__(self, model: type[Row], clause: Any, owner: ColumnElement[Any] | None = None) -> None:
        self._model = model
        self.statement = Statement(clause, row=lambda *values: values, owner=owner)

    def objects(self, db: Session, values: Values) -> list[Row]:
        """Every row found."""
        if not isinstance(db, Work):
            db.flush()
        rows = self.statement.rows(db, values)
        return [_taken_in(db, self._model, row) for row in rows]

    def object(self, db: Session, values: Values) -> Row | None:
        """The first row found."""
        found = self.objects(db, values)
        return found[0] if found else None

    def ahead(self, db: Session, values: Values, owners: Sequence[uuid.UUID]) -> None:
        """Read for many owners at once what will soon be asked for each."""
        self.statement.ahead(db, values, owners)


def _taken_in(db: Session, model: type[Row], values: Sequence[Any]) -> Row:
    known: Row | None = db.identity_map.get(identity_key(model, values[0]))
    if known is not None:
        return known
    row: Row = _NEW[model]()
    instance_dict(row).update(zip(_COLUMNS[model], values, strict=True))
    make_transient_to_detached(row)
    db.add(row)
    return row


def _inserts(rows: Iterable[SQLModel]) -> Iterator[tuple[Statement, Values]]:
    for row in rows:
        yield _INSERTS[type(row)], {name: getattr(row, name) for name in _COLUMNS[type(row)]}


def _updates(rows: Iterable[SQLModel]) -> Iterator[tuple[Statement, Values]]:
    """An update of the columns that have changed, for each row that has any."""
    for row in rows:
        state = instance_state(row)
        was, now = state.committed_state, state.dict
        names = tuple(name for name in _COLUMNS[type(row)] if name in was and was[name] != now[name])
        if names:
            row_id: uuid.UUID = now["id"]
            yield _update(type(row), names), {"row": row_id} | {name: now[name] for name in names}


def _update(model: type[SQLModel], names: tuple[str, ...]) -> Statement:
    if (model, names) not in _UPDATES:
        table = _TABLES[model]
        _UPDATES[model, names] = Statement(update(table).where(table.c.id == bindparam("row")), names)
    return _UPDATES[model, names]


@contextmanager
def _together(connection: Connection, count: int) -> Iterator[None]:
    """PostgreSQL gets several statements before it answers the first; SQLite has no way to go."""
    if count < 2 or connection.dialect.name == "sqlite":
        yield
        return
    with faults(connection, "several writes"), connection.connection.driver_connection.pipeline():  # type: ignore[union-attr]
        yield


@event.listens_for(Work, "after_soft_rollback")
def _rolled_back(db: Work, _: object) -> None:
    db.forget()
