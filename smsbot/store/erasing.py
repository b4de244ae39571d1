"""Destroying a patient's key, and looking afterwards at what is left: no sealed cell of theirs may open any more.

What their key sealed stays as bytes that nobody can read. What would still lead to the person, or was sealed by the
clinic before they were enrolled, is taken out: the number's index, names of files at the carrier, codes of answers.
"""

import uuid
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, LargeBinary, Table, event, or_, select, update
from sqlmodel import Session, SQLModel, col

from smsbot.errors import VaultError
from smsbot.models import (
    Alert,
    Answer,
    Call,
    IdempotencyKey,
    Inbound,
    Message,
    MessageState,
    Patient,
    SessionStatus,
    Task,
    TaskState,
    TreatmentSession,
)
from smsbot.store.db import Database
from smsbot.store.messages import UNSENT
from smsbot.store.visits import Visit
from smsbot.vault import ClinicKeys

SEALED = "_sealed"
IDENTITY = ("phone_index", "wrapped_key")
NOBODY = b""
NOT_BUSY = 0
GONE, ERASED = 410, '{"status":410,"title":"Gone","detail":"This patient has been erased."}'
CHUNK = 1 << 22


def destroy(visit: Visit, patient: Patient) -> None:
    """Take the key and the identity of a patient out of the database, and whatever else leads to them."""
    db, keys = visit.db, visit.keys
    index = patient.phone_index
    for column in [each.name for each in Patient.__table__.columns]:  # type: ignore[attr-defined]
        if column in IDENTITY or column.endswith(SEALED):
            setattr(patient, column, None)
    mine = {model: _mine(model, keys, patient.id) for model in (Inbound, Call, Alert, Answer, TreatmentSession, Task)}
    db.execute(update(Inbound).where(*mine[Inbound]).values(phone_index=NOBODY, media=[]))
    db.execute(update(Call).where(*mine[Call]).values(phone_index=None, details={}))
    db.execute(update(Alert).where(*mine[Alert]).values(phone_index=None))
    db.execute(update(Answer).where(*mine[Answer]).values(code=None))
    booked = col(TreatmentSession.status) == SessionStatus.BOOKED
    over = {"status": SessionStatus.CANCELED, "canceled_why": "clinic"}
    db.execute(update(TreatmentSession).where(*mine[TreatmentSession], booked).values(**over))
    done = {"state": TaskState.DONE, "done_at": visit.at, "done_by": visit.actor}
    db.execute(update(Task).where(*mine[Task], col(Task.state) == TaskState.OPEN).values(**done))
    if index is not None:
        _forget_stranger(db, keys, index)
    _forget_answers(db, keys, patient.id)
    db.flush()


def _mine(model: Any, keys: ClinicKeys, patient_id: uuid.UUID) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(model.clinic_id) == keys.clinic_id, col(model.patient_id) == patient_id


def _forget_stranger(db: Session, keys: ClinicKeys, index: bytes) -> None:
    """What this number wrote before anybody enrolled it is sealed by the clinic: sealed anew, it says nothing."""
    wanted = select(Inbound).where(
        col(Inbound.clinic_id) == keys.clinic_id, col(Inbound.phone_index) == index, col(Inbound.patient_id).is_(None)
    )
    for row in db.execute(wanted).scalars().all():
        answers = select(Message).where(col(Message.inbound_id) == row.id, col(Message.patient_id).is_(None))
        for message in db.execute(answers).scalars().all():
            message.to_sealed = keys.seal("message", "to_sealed", message.id, "")
            message.body_sealed = keys.seal("message", "body_sealed", message.id, "")
            if message.state in UNSENT:
                message.state, message.reason, message.due_at = MessageState.DROPPED, "Dropped: erased.", None
        row.body_sealed = keys.seal("inbound", "body_sealed", row.id, "")
        row.phone_sealed = row.reply_sealed = None
        row.phone_index, row.media = NOBODY, []
    calls = (col(Call.clinic_id) == keys.clinic_id, col(Call.phone_index) == index, col(Call.patient_id).is_(None))
    db.execute(update(Call).where(*calls).values(phone_index=None, phone_sealed=None, answer_sealed=None, details={}))
    strangers = (col(Alert.clinic_id) == keys.clinic_id, col(Alert.phone_index) == index)
    db.execute(update(Alert).where(*strangers).values(phone_index=None))


def _forget_answers(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> None:
    """An answer given to a program is kept for repeats under the clinic's key, identity and all: it says so no more."""
    for row in (
        db.execute(select(IdempotencyKey).where(col(IdempotencyKey.clinic_id) == keys.clinic_id)).scalars().all()
    ):
        if str(patient_id) in keys.open("idempotency_key", "body_sealed", row.id, row.body_sealed):
            row.status, row.body_sealed = GONE, keys.seal("idempotency_key", "body_sealed", row.id, ERASED)


def _tables() -> Iterator[tuple[Table, list[str]]]:
    """Tables that hold something sealed about a patient, with those columns."""
    for table in SQLModel.metadata.sorted_tables:
        sealed = [column.name for column in table.columns if column.name.endswith(SEALED)]
        if sealed and ("patient_id" in table.c or table.name == "patient"):
            yield table, sealed


def sealed_cells(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> Mapping[str, int]:
    """How many sealed cells of a patient each table has; tables without any are left out."""
    found: dict[str, int] = {}
    for table, _, _, _ in _cells(db, keys, patient_id):
        found[table] = found.get(table, 0) + 1
    return found


def still_open(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> int:
    """How many sealed cells of an erased patient some key that is left still opens; it must be none."""
    count = 0
    for table, column, row, sealed in _cells(db, keys, patient_id):
        try:
            keys.sealer.open_bytes(table, column, row, sealed)
        except VaultError:
            continue
        count += 1
    return count


def _cells(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> Iterator[tuple[str, str, uuid.UUID, bytes]]:
    """(table, column, row id, sealed bytes) of everything sealed about a patient."""
    for table, columns in _tables():
        whose = table.c.id if table.name == "patient" else table.c.patient_id
        cells = [table.c[name] for name in columns]
        mine = (table.c.clinic_id == keys.clinic_id, whose == patient_id, or_(*[cell.is_not(None) for cell in cells]))
        for row in db.execute(select(table.c.id, *cells).where(*mine)):
            for name, value in zip(columns, row[1:], strict=True):
                if value is not None:
                    yield table.name, name, row[0], value


def leads_to(db: Session, keys: ClinicKeys, patient_id: uuid.UUID) -> list[str]:
    """Columns of a patient's rows that still hold an index of their number; the consent ledger keeps its own."""
    found = []
    for table in SQLModel.metadata.sorted_tables:
        index = table.c.get("phone_index")
        if index is None or table.name == "consent" or not isinstance(index.type, LargeBinary):
            continue
        whose = table.c.id if table.name == "patient" else table.c.get("patient_id")
        if whose is None:
            continue
        mine = select(index).where(table.c.clinic_id == keys.clinic_id, whose == patient_id, index.is_not(None))
        if any(value != NOBODY for value in db.execute(mine).scalars()):
            found.append(f"{table.name}.phone_index")
    return found


def after_commit(database: Database, db: Session, act: Callable[[], None]) -> None:
    """Act once this transaction is on the disk: when its connection is handed back after the commit.

    The session's own event comes too early where writers share a commit.
    """
    ours = db.connection().connection.dbapi_connection
    waiting: list[Callable[[], None]] = []

    def committed(session: Session) -> None:
        if not session.in_nested_transaction():
            waiting[:] = [act]

    def handed_back(connection: Any, _: Any) -> None:
        if connection is ours and waiting:
            waiting.pop()()

    event.listen(db, "after_commit", committed)
    event.listen(database.engine, "checkin", handed_back)


def is_erased(database: Database, patient_id: uuid.UUID) -> bool:
    """Whether a patient's key is gone, as committed."""
    with database.read() as db:
        gone = select(col(Patient.erased_at)).where(col(Patient.id) == patient_id)
        return db.execute(gone).scalar_one_or_none() is not None


def sweep(database: Database, key: bytes = b"") -> bool:
    """Take earlier copies of changed rows off the disk; False where others were reading and it has to be done again.

    SQLite overwrites what it changes; its log is written into the file and emptied here. Should `key` still lie in a
    gap of the file, from before that was so, the file is written anew. PostgreSQL vacuums the patients' table.
    """
    fault = database.engine.dialect.loaded_dbapi.Error
    try:
        return _swept(database, key)
    except fault:  # locked, or away: what is committed stands, and the sweep is made again
        return False


def _swept(database: Database, key: bytes) -> bool:
    if not database.is_sqlite:
        _run_alone(database, "VACUUM patient")
        return True
    emptied = _empty_log(database)
    if key and _lies_in(database, key):
        _run_alone(database, "VACUUM")
        emptied = _empty_log(database)
    return emptied and not (key and _lies_in(database, key))


def _empty_log(database: Database) -> bool:
    connection = database.engine.raw_connection()
    try:
        row = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return bool(row[0] == NOT_BUSY)
    finally:
        connection.close()


def _run_alone(database: Database, statement: str) -> None:
    """Run what no transaction may hold."""
    connection = database.engine.raw_connection()
    try:
        if database.is_sqlite:
            connection.cursor().execute(statement)
            return
        connection.driver_connection.autocommit = True  # type: ignore[union-attr]
        connection.cursor().execute(statement)
        connection.driver_connection.autocommit = False  # type: ignore[union-attr]
    finally:
        connection.close()


def _lies_in(database: Database, key: bytes) -> bool:
    """Whether these bytes are anywhere in the database's files."""
    main = Path(str(database.engine.url.database))
    return any(_holds(path, key) for path in (main, main.with_name(f"{main.name}-wal")) if path.exists())


def _holds(path: Path, key: bytes) -> bool:
    before = b""
    with path.open("rb") as file:
        while block := file.read(CHUNK):
            if key in before + block:
                return True
            before = block[-len(key) :]
    return False
