"""Statements of the hot path: compiled once for each database, then run on the driver's own cursor.

SQLAlchemy still writes the SQL and converts the values; what is left out is its work per execution, which costs several
times what the database takes. Errors are the same as if it had run the statement.
"""

import uuid
from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, Dialect, Insert, SelectBase, Table, bindparam
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.visitors import iterate
from sqlalchemy.types import TypeEngine
from sqlmodel import Session

Convert = Callable[[Any], Any]
Values = Mapping[str, Any]
AHEAD = "smsbot_read_ahead"
OWNER = "patient"


@dataclass(frozen=True, slots=True)
class _Ready:
    """A statement as the driver takes it: which parameter each value comes from, and how the driver wants it.

    `listed` are those that come from a place in a list; `constants` are the parameters that every execution shares.
    """

    sql: str
    order: Sequence[str] | None
    single: tuple[tuple[str, str, Convert | None], ...]
    listed: tuple[tuple[str, str, int, Convert | None], ...]
    constants: Mapping[str, Any]
    results: tuple[Convert | None, ...]

    def arguments(self, values: Values) -> Any:
        found = {name: values[of] if to is None else to(values[of]) for name, of, to in self.single}
        for name, of, place, to in self.listed:
            found[name] = values[of][place] if to is None else to(values[of][place])
        found.update(self.constants)
        return found if self.order is None else [found[name] for name in self.order]

    def opened(self, found: Sequence[Any]) -> list[Any]:
        return [value if to is None else to(value) for to, value in zip(self.results, found, strict=True)]


class Waits(Session):
    """A session whose writes wait, and which knows what reads need not wait for."""

    def reading(self, tables: frozenset[str]) -> Connection:
        """The connection for a select from these tables."""
        raise NotImplementedError


class Statement:
    """A select, insert, update or delete with named parameters; a list is a `bindparam(..., expanding=True)`.

    `columns` are the columns an update sets by name; an insert sets what it is given, defaults included. `row` makes
    something of a row's values (a named tuple unless told). `owner` is the column that says whose a selected row is:
    the parameter `patient` is compared with it, and `ahead` can then read for many at once. What the session has yet to
    write goes first where it could matter: everything before a write, because a foreign key may need it, and before a
    select from a table that it touches.
    """

    def __init__(
        self,
        clause: Any,
        columns: Sequence[str] | None = None,
        row: Callable[..., Any] | None = None,
        owner: ColumnElement[Any] | None = None,
    ) -> None:
        self._wanted = row
        self._of_many: Statement | None = None
        if owner is not None:
            of_many = clause.add_columns(owner.label("whose")).where(owner.in_(bindparam("patients", expanding=True)))
            self._of_many = Statement(of_many, row=lambda *values: values)
            clause = clause.where(owner == bindparam(OWNER))
        self._clause = clause
        self._columns = columns
        self._is_select = isinstance(clause, SelectBase)
        self._ready: dict[tuple[object, ...], _Ready] = {}

    # Both are worked out at the first use: there are many statements, and a process needs few of them.
    @cached_property
    def _row(self) -> Callable[..., Any]:
        return self._wanted or namedtuple("Row", [str(column.key) for column in _selected(self._clause)])

    @cached_property
    def tables(self) -> frozenset[str]:
        """The tables it reads or writes."""
        return frozenset(str(part.name) for part in iterate(self._clause) if isinstance(part, Table))

    @cached_property
    def _lists(self) -> tuple[str, ...]:
        binds = self._clause.compile().binds
        return tuple(name for name, bind in binds.items() if bind.expanding and not bind.unique)

    def rows(self, db: Session, values: Values) -> list[Any]:
        """What a select found; what was read ahead for this owner with the same values is taken, once."""
        kept = self.kept(db, values)
        if kept is not None:
            return kept
        return self.finished(*self._run(db, values))

    def kept(self, db: Session, values: Values) -> list[Any] | None:
        """What was read ahead of this, if anything was."""
        there = db.info.get(AHEAD)
        if not there:
            return None
        asked, found = there.pop((self, values.get(OWNER)), (None, None))
        if asked is None or any(values[name] != value for name, value in asked.items()):
            return None
        return found  # type: ignore[no-any-return]

    def ahead(self, db: Session, values: Values, owners: Sequence[uuid.UUID]) -> None:
        """Read for many owners at once what `rows` will soon be asked for each, before anything of theirs changes."""
        if self._of_many is None:
            raise TypeError("a statement without an owner cannot be read ahead")
        found: dict[uuid.UUID, list[Any]] = {owner: [] for owner in owners}
        for row in self._of_many.rows(db, {**values, "patients": owners}) if owners else ():
            found[row[-1]].append(self._row(*row[:-1]))
        kept = db.info.setdefault(AHEAD, {})
        kept.update({(self, owner): (values, rows) for owner, rows in found.items()})

    def first(self, db: Session, values: Values) -> Any | None:
        """The first row found."""
        found = self.rows(db, values)
        return found[0] if found else None

    def run(self, db: Session, values: Values) -> int:
        """Write; how many rows it changed."""
        _, cursor = self._run(db, values)
        changed: int = cursor.rowcount
        cursor.close()
        return changed

    def many(self, connection: Connection, rows: Sequence[Values]) -> None:
        """Write once for each of the values, in their order."""
        for ready, same in groupby(rows, lambda values: self._for(connection, values)):
            arguments = [ready.arguments(values) for values in same]
            cursor = connection.connection.cursor()
            with faults(connection, ready.sql):
                if len(arguments) == 1:
                    cursor.execute(ready.sql, arguments[0])
                else:
                    cursor.executemany(ready.sql, arguments)
            cursor.close()

    def _run(self, db: Session, values: Values) -> tuple[_Ready, Any]:
        if self._is_select and isinstance(db, Waits):
            return self.start(db.reading(self.tables), values)
        if db.new:
            db.flush()
        return self.start(db.connection(), values)

    def start(self, connection: Connection, values: Values) -> tuple[_Ready, Any]:
        """Send it; for `finished`."""
        ready = self._for(connection, values)
        cursor = connection.connection.cursor()
        with faults(connection, ready.sql):
            cursor.execute(ready.sql, ready.arguments(values))
        return ready, cursor

    def finished(self, ready: _Ready, cursor: Any) -> list[Any]:
        """The rows of what was sent."""
        fetched = cursor.fetchall()
        cursor.close()
        return [self._row(*ready.opened(found)) for found in fetched]

    def _for(self, connection: Connection, values: Values) -> _Ready:
        """The compiled form for this database, these columns and lists of these lengths."""
        writes = tuple(values) if isinstance(self._clause, Insert) else self._columns
        shape = (connection.dialect.name, writes, *[len(values[name]) for name in self._lists])
        ready = self._ready.get(shape)
        if ready is None:
            ready = self._ready[shape] = _compiled(self._clause, writes, connection.dialect, values)
        return ready


@contextmanager
def faults(connection: Connection, sql: str) -> Iterator[None]:
    """The driver's errors become SQLAlchemy's, without their values."""
    fault = connection.dialect.loaded_dbapi.Error
    try:
        yield
    except fault as error:
        raise DBAPIError.instance(sql, None, error, fault, hide_parameters=True, dialect=connection.dialect) from error


def together(db: Session, asked: Sequence[tuple[Statement, Values]]) -> None:
    """Ask PostgreSQL several selects before it answers the first; each statement's `rows` then takes its own, once.

    Nothing of what they read may change in between. SQLite answers at once, so there is nothing to gain.
    """
    connection = db.connection()
    if connection.dialect.name == "sqlite":
        return
    raw: Any = connection.connection.driver_connection
    with faults(connection, "several reads"), raw.pipeline():
        started = [statement.start(connection, values) for statement, values in asked]
    kept = db.info.setdefault(AHEAD, {})
    for (statement, values), (ready, cursor) in zip(asked, started, strict=True):
        kept[statement, values.get(OWNER)] = values, statement.finished(ready, cursor)


def forget_ahead(db: Session) -> None:
    """What was read ahead and not asked for is of no more use."""
    db.info.pop(AHEAD, None)


def _selected(clause: Any) -> list[ColumnElement[Any]]:
    return list(clause.selected_columns) if isinstance(clause, SelectBase) else []


def _compiled(clause: Any, writes: Sequence[str] | None, dialect: Dialect, values: Values) -> _Ready:
    compiled = clause.compile(dialect=dialect, column_keys=writes)
    whole = compiled.construct_expanded_state(_defaults(compiled) | dict(values))
    sources = {
        name: (source, place) for source, names in whole.parameter_expansion.items() for place, name in enumerate(names)
    }
    single: list[tuple[str, str, Convert | None]] = []
    listed: list[tuple[str, str, int, Convert | None]] = []
    constants = {}
    for name, value in whole.parameters.items():
        source, place = sources.get(name, (name, None))
        convert = compiled.binds[source].type.dialect_impl(dialect).bind_processor(dialect)
        if source not in values:
            constants[name] = value if convert is None else convert(value)
        elif place is None:
            single.append((name, source, convert))
        else:
            listed.append((name, source, place, convert))
    results = tuple(_opener(column.type, dialect) for column in _selected(clause))
    return _Ready(whole.statement, whole.positiontup, tuple(single), tuple(listed), constants, results)


def _defaults(compiled: SQLCompiler) -> dict[str, Any]:
    """Values of the columns that an insert leaves to their defaults; a default that is computed is refused."""
    found: dict[str, Any] = {}
    for column in getattr(compiled, "insert_prefetch", ()):
        if not column.default.is_scalar:
            raise TypeError(f"{column} has a computed default: give its value")
        found[column.key] = column.default.arg
    return found


def _opener(kind: TypeEngine[Any], dialect: Dialect) -> Convert | None:
    return kind.dialect_impl(dialect).result_processor(dialect, None)
