"""Rotating keys: a master key wraps the clinics' keys anew; a clinic's new key takes over its rows."""

import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, func, select
from sqlmodel import Session, SQLModel, col

from smsbot.errors import VaultError
from smsbot.models import ClinicKey, Patient, SystemKey
from smsbot.store import audit, clinics
from smsbot.store.db import Database
from smsbot.vault import ClinicKeys, Vault, WrappedKeys, version_of

BATCH = 200
SEALED = "_sealed"


def rotate_master(database: Database, vault: Vault) -> int:
    """Wrap every clinic's and system key under the newest master key, in one transaction; returns how many."""
    count = 0
    with database.write() as db:
        for row in db.execute(select(ClinicKey).with_for_update()).scalars().all():
            wrapped = WrappedKeys(row.version, row.wrapped_key, row.wrapped_phone_key)
            fresh = vault.rewrap_clinic(row.clinic_id, wrapped)
            row.wrapped_key, row.wrapped_phone_key = fresh.wrapped_key, fresh.wrapped_phone_key
            count += 1
        for system in db.execute(select(SystemKey).with_for_update()).scalars().all():
            system.wrapped_key = vault.rewrap_system(system.name, system.wrapped_key)
            count += 1
    return count


@dataclass(frozen=True)
class Rotation:
    """What a clinic's rotation works with; `now` is machine time."""

    database: Database
    vault: Vault
    clinic_id: uuid.UUID
    new_id: Callable[[], uuid.UUID]
    now: datetime

    def keys(self, db: Session) -> ClinicKeys:
        return clinics.keys(db, self.vault, self.clinic_id)

    def version(self) -> int:
        """The clinic's newest key version."""
        with self.database.read() as db:
            return self.keys(db).sealer.version

    def count(self) -> int:
        """How many rows there are to look at."""
        with self.database.read() as db:
            return sum(
                db.execute(
                    select(func.count()).select_from(table).where(table.c.clinic_id == self.clinic_id)
                ).scalar_one()
                for table in (Patient.__table__, *sealed_tables())  # type: ignore[attr-defined]
            )


def rotate_clinic(work: Rotation) -> Iterator[int]:
    """Give a clinic a new key version and seal its rows under it, a batch a transaction; yields rows done.

    1. A new version that keeps the phone-index key, so that look-ups and the audit chain hold; one audit row.
    2. Patients' keys are wrapped anew: what they seal stays as it is.
    3. Rows sealed by the clinic itself are sealed anew. Older versions stay readable, for whoever was mid-write.
    Broken off, it can be run again: another version is made and finishes the work.
    """
    with work.database.write() as db:
        _add_version(work, db)
    for ids in _batches(work, Patient.__table__):  # type: ignore[attr-defined]
        with work.database.write() as db:
            yield _rewrap_patients(work.keys(db), db, ids)
    for table in sealed_tables():
        for ids in _batches(work, table):
            with work.database.write() as db:
                yield _reseal(work.keys(db), db, table, ids)


def sealed_tables() -> list[Table]:
    """Tables of clinics' rows that have sealed columns; patients' own are sealed by their keys."""
    return [
        table
        for table in SQLModel.metadata.sorted_tables
        if table.name != "patient" and "clinic_id" in table.c and _sealed(table)
    ]


def _sealed(table: Table) -> list[Any]:
    return [column for column in table.c if column.name.endswith(SEALED)]


def _add_version(work: Rotation, db: Session) -> None:
    keys = work.keys(db)
    fresh = work.vault.new_clinic_keys(work.clinic_id, keys.sealer.version + 1, keys.phone_key)
    db.add(
        ClinicKey(
            id=work.new_id(),
            clinic_id=work.clinic_id,
            version=fresh.version,
            wrapped_key=fresh.wrapped_key,
            wrapped_phone_key=fresh.wrapped_phone_key,
            created_at=work.now,
        )
    )
    audit.record(
        db,
        keys,
        entry_id=work.new_id(),
        actor="operator",
        action="keys.rotate",
        subject=f"clinic:{work.clinic_id}",
        at=work.now,
        details={"version": fresh.version},
    )


def _batches(work: Rotation, table: Table) -> Iterator[Sequence[uuid.UUID]]:
    """The clinic's row ids in order, a batch at a time."""
    last: uuid.UUID | None = None
    while True:
        wanted = select(table.c.id).where(table.c.clinic_id == work.clinic_id).order_by(table.c.id).limit(BATCH)
        with work.database.read() as db:
            ids = db.execute(wanted if last is None else wanted.where(table.c.id > last)).scalars().all()
        if not ids:
            return
        yield ids
        last = ids[-1]


def _rewrap_patients(keys: ClinicKeys, db: Session, ids: Sequence[uuid.UUID]) -> int:
    wanted = select(Patient).where(col(Patient.clinic_id) == keys.clinic_id, col(Patient.id).in_(ids))
    for patient in db.execute(wanted.with_for_update()).scalars().all():
        if patient.wrapped_key is not None:
            patient.wrapped_key = keys.rewrap(patient.id, patient.wrapped_key)
    return len(ids)


def _reseal(keys: ClinicKeys, db: Session, table: Table, ids: Sequence[uuid.UUID]) -> int:
    columns = _sealed(table)
    rows = db.execute(select(table).where(table.c.id.in_(ids)).with_for_update()).mappings().all()
    for row in rows:
        fresh = {column.name: _fresh(keys, table.name, column.name, row) for column in columns}
        changed = {name: value for name, value in fresh.items() if value is not None}
        if changed:
            db.execute(table.update().where(table.c.id == row["id"]).values(**changed))
    return len(ids)


def _fresh(keys: ClinicKeys, table: str, column: str, row: Any) -> bytes | None:
    """The cell under the clinic's newest key; None where it is empty, or sealed by the patient's own key."""
    sealed = row[column]
    if sealed is None or version_of(sealed) == keys.sealer.version:
        return None
    try:
        plain = keys.sealer.open_bytes(table, column, row["id"], sealed)
    except VaultError:
        if row.get("patient_id") is None:
            raise
        return None
    return keys.sealer.seal_bytes(table, column, row["id"], plain)
