"""Moving, canceling and completing a session while few and while very many touches of others wait."""

import time
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from statistics import median
from typing import Any

from sqlalchemy import text
from sqlmodel import func, select

from smsbot import enroll, sessions
from smsbot.desk import Desk
from smsbot.enroll import ConsentForm, Request
from smsbot.models import Touch
from smsbot.sessions import Booking
from smsbot.store import clinics
from smsbot.store import sessions as rows
from tests.bench import crowd, ground
from tests.bench.measure import Figure
from tests.stack_support import Stack

FLOW = "intention"
FEW = 1_000
ROUNDS = 12
DAY = timedelta(days=1)
SERIES = (20, 23, 27, 30, 34, 37)
Change = Callable[[Desk, uuid.UUID], Any]


def _later(desk: Desk, session_id: uuid.UUID) -> None:
    sessions.move(desk, session_id, rows.get(desk.db, desk.keys, session_id).starts_at + DAY)


def _soon(desk: Desk, session_id: uuid.UUID) -> None:
    sessions.move(desk, session_id, desk.now + timedelta(hours=1))


def _cancel(desk: Desk, session_id: uuid.UUID) -> None:
    sessions.cancel(desk, session_id, "clinic")


# One session of six goes through these, each in a transaction of its own with all it plans anew.
CHANGES: dict[str, tuple[int, Change]] = {
    "move": (1, _later),
    "move to today": (0, _soon),
    "complete": (0, sessions.done),
    "cancel": (2, _cancel),
}


def measured(kind: str, many: int) -> list[Figure]:
    """Both crowds stand at once and the changes are made in turns, so that only the crowd differs."""
    with ground.standing(kind) as few, ground.standing(kind) as lots:
        for found, count in ((few, FEW), (lots, many)):
            _crowd(found, count)
        times: dict[tuple[str, int], list[float]] = {}
        for number in range(1, ROUNDS + 1):
            for place, found in enumerate((few, lots) if number % 2 else (lots, few)):
                is_lots = place == number % 2
                for name, seconds in _round(found, number).items():
                    times.setdefault((name, is_lots), []).append(seconds)
        waiting = _waiting(lots)
    part = f"a session changed with {waiting:,} touches of others waiting against {FEW:,}, {kind}"
    figures = []
    for name in CHANGES:
        low, high = (median(times[name, is_lots]) for is_lots in (False, True))
        figures += [
            Figure(part, f"{name} with {FEW:,}", 1e3 * low, "ms"),
            Figure(part, f"{name} with {waiting:,}", 1e3 * high, "ms"),
            Figure(part, f"{name}, many against few", high / low, "", 1.2, "less", "P5"),
        ]
    return figures


def _crowd(found: Stack, count: int) -> None:
    """`count` touches of other patients, due in ten months: real copies, then multiplied by the database itself."""
    found.enroll(0)
    patients = min(count, FEW)
    crowd.copied(found, patients, FLOW, datetime.now(UTC) + 300 * DAY)
    times = count // patients - 1
    if times:
        multiply(found, times)
    with found.runtime.database.write() as db:
        db.execute(text("ANALYZE"))


def multiply(found: Stack, times: int) -> None:
    """Every waiting touch `times` times more, by the database itself."""
    sqlite = found.runtime.database.is_sqlite
    names = [column.name for column in Touch.__table__.columns if column.name not in ("id", "plan_key")]  # type: ignore[attr-defined]
    columns = ", ".join(names)
    fresh, numbers = (
        (
            "lower(hex(randomblob(16)))",
            "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :times) SELECT i FROM n) AS n",
        )
        if sqlite
        else ("gen_random_uuid()", "generate_series(1, :times) AS n(i)")
    )
    copy = (
        f"INSERT INTO touch (id, plan_key, {columns}) "
        f"SELECT {fresh}, plan_key || n.i, {columns} FROM touch, {numbers} WHERE due_at IS NOT NULL"
    )
    with found.runtime.database.write() as db:
        db.execute(text(copy), {"times": times})


def _waiting(found: Stack) -> int:
    soon = datetime.now(UTC) + 200 * DAY
    with found.runtime.database.read() as db:
        return db.exec(select(func.count()).select_from(Touch).where(Touch.due_at > soon)).one()  # type: ignore[operator]


def _round(found: Stack, number: int) -> dict[str, float]:
    """Seconds of each change to the sessions of a patient who has just been enrolled."""
    booked = _enroll(found, number)
    return {name: _timed(found, change, booked[place]) for name, (place, change) in CHANGES.items()}


def _timed(found: Stack, change: Change, session_id: uuid.UUID) -> float:
    runtime = found.runtime
    began = time.perf_counter()
    with runtime.database.write() as db:
        keys = clinics.keys(db, runtime.vault, found.clinic.id)
        change(Desk(runtime, db, keys, clinics.get(db, found.clinic.id), "operator", datetime.now(UTC)), session_id)
    return time.perf_counter() - began


def _enroll(found: Stack, number: int) -> list[uuid.UUID]:
    """Somebody new with six sessions; their ids."""
    runtime, now = found.runtime, datetime.now(UTC)
    form = ConsentForm(texts=True, calls=False, echo=True, form="2026-11", at=now - DAY)
    asked = Request(
        phone=f"+1617555{1000 + number}",
        first_name="Ana",
        birth_date=date(1988, 5, 4),
        time_zone="America/New_York",
        consent=form,
        sessions=tuple(Booking(now + day * DAY, 60) for day in SERIES),
    )
    with runtime.database.write() as db:
        keys = clinics.keys(db, runtime.vault, found.clinic.id)
        clinic = clinics.get(db, found.clinic.id)
        made = enroll.enroll(runtime, db, keys, clinic, asked, "operator", now)
        return [row.id for row in rows.of_patient(db, keys, made.id)]
