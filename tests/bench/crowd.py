"""Many patients at once: one enrolled by the real code, then copied with keys and ids of their own."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlmodel import Session

from smsbot.models import Series, Touch, TreatmentSession
from smsbot.runtime import Runtime, new_id
from smsbot.store import clinics
from smsbot.vault import ClinicKeys, Sealer
from tests.bench.ground import PATIENT
from tests.stack_support import Stack

SERIES = Series.__table__  # type: ignore[attr-defined]
SESSION = TreatmentSession.__table__  # type: ignore[attr-defined]
TOUCH = Touch.__table__  # type: ignore[attr-defined]
AT_ONCE = 500
BEFORE = timedelta(hours=44)


def copied(found: Stack, count: int, flow: str, due: datetime) -> None:
    """`count` copies of the first patient, each with one touch of this flow due at `due` (and no other)."""
    runtime = found.runtime
    with runtime.database.write() as db:
        keys = clinics.keys(db, runtime.vault, found.clinic.id)
        model = _rows(db, PATIENT)[0]
        series, session = _rows(db, SERIES)[0], _rows(db, SESSION)[0]
        session["starts_at"] = due + BEFORE
        touch = next(row for row in _rows(db, TOUCH) if row["flow"] == flow and row["session_id"] == session["id"])
        db.execute(TOUCH.update().values(due_at=None))
        for start in range(0, count, AT_ONCE):
            batch = [_copy(runtime, keys, model, start + step) for step in range(min(AT_ONCE, count - start))]
            db.execute(insert(PATIENT), batch)
            _follow(db, batch, series, session, _due(touch, due))


def _rows(db: Session, table: Any) -> list[dict[str, Any]]:
    return [dict(row._mapping) for row in db.execute(select(table).order_by(table.c.id))]


def _copy(runtime: Runtime, keys: ClinicKeys, model: dict[str, Any], number: int) -> dict[str, Any]:
    own = new_id()
    wrapped = keys.new_patient_key(own)
    sealer: Sealer = keys.patient(own, wrapped)
    phone = f"+1646{5550000 + number:07d}"
    return model | {
        "id": own,
        "wrapped_key": wrapped,
        "phone_index": keys.phone_index(phone),
        "phone_sealed": sealer.seal("patient", "phone_sealed", own, phone),
        "first_name_sealed": sealer.seal("patient", "first_name_sealed", own, f"Pat{number}"),
        "birth_date_sealed": None,
        "status": "active",
        "joined_at": datetime.now(UTC),
        "message_seq": 0,
    }


def _due(touch: dict[str, Any], due: datetime) -> dict[str, Any]:
    """The touch as planned for then, with a day to spare."""
    until = due.replace(year=due.year + 1)
    plan = touch["details"]["plan"] | {"due_at": due.isoformat(), "send_by": until.isoformat()}
    times = {"planned_at": due, "due_at": due, "send_by": until, "answer_until": until}
    return touch | times | {"details": {"plan": plan | {"answer_until": until.isoformat()}}, "state": "planned"}


def _follow(db: Session, batch: list[dict[str, Any]], series: Any, session: Any, touch: Any) -> None:
    """Series, session and touch of each patient of the batch."""
    for table, model in ((SERIES, series), (SESSION, session), (TOUCH, touch)):
        db.execute(insert(table), list(_owned(batch, table, model)))


def _owned(batch: list[dict[str, Any]], table: Any, model: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for patient in batch:
        own = {"id": uuid.uuid5(patient["id"], table.name), "patient_id": patient["id"]}
        links = {
            f"{name}_id": uuid.uuid5(patient["id"], name) for name in ("series", "session") if f"{name}_id" in model
        }
        row = model | links | own
        if "details" in row:
            row["details"] = {"plan": row["details"]["plan"] | {"session_id": str(links["session_id"])}}
        yield row
