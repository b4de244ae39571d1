"""Ten thousand touches due at one instant, and a tick with a million waiting: what the clock costs."""

import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from statistics import median

from sqlalchemy import text
from sqlmodel import func, select

from smsbot import plans
from smsbot import scope as scopes
from smsbot.jobs import duties
from smsbot.models import Message, Touch
from smsbot.store import clinics
from tests.bench import crowd, ground
from tests.bench.measure import Figure
from tests.stack_support import ROOT, Stack

FLOW = "intention"
FEW, MANY = 1_000, 1_000_000
TICKS, PLANS = 60, 15


def burst(kind: str, count: int) -> list[Figure]:
    """`count` real touches due at once, released by as many processes as the database serves well."""
    with ground.standing(kind) as found:
        found.enroll(0)
        due = datetime.now(UTC)
        crowd.copied(found, count, FLOW, due)
        workers = 1 if kind == "sqlite" else 2
        began = time.perf_counter()
        running = [_releasing(found) for _ in range(workers)]
        if any([process.wait() for process in running]):
            raise RuntimeError("a releasing process ended with a fault")
        seconds = time.perf_counter() - began - _start_up(found)
        with found.runtime.database.read() as db:
            queued = db.exec(select(func.count()).select_from(Message)).one()
            once = db.exec(select(func.count(func.distinct(Message.touch_id)))).one()
    part = f"{count:,} touches due at one instant, {kind}, {workers} process{'es' if workers > 1 else ''}"
    return [
        Figure(part, "released", count / seconds, "/s"),
        Figure(part, "the last one in the outbox", seconds, "s", 8.7 * count / 10_000, "less", "P4"),
        Figure(part, "lost", count - once, "", 0.0, "less", "P4"),
        Figure(part, "twice", queued - once, "", 0.0, "less", "P4"),
    ]


def _releasing(found: Stack, *more: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "tests.bench.releasing", *more]
    return subprocess.Popen(command, cwd=ROOT, env=found.env, stdout=found.log, stderr=found.log)


def _start_up(found: Stack) -> float:
    """Seconds a process takes that finds nothing due: loading, not releasing."""
    began = time.perf_counter()
    _releasing(found).wait()
    return time.perf_counter() - began


def idle(kind: str, many: int = MANY) -> list[Figure]:
    """A tick with nothing due and one patient's plan, with few touches waiting and with many."""
    with ground.standing(kind) as found:
        found.enroll(0)
        crowd.copied(found, FEW, FLOW, datetime.now(UTC) + timedelta(days=300))
        few = _tick_us(found), _plan_us(found)
        _multiply(found, many // FEW - 1)
        lots = _tick_us(found), _plan_us(found)
    part = f"{many:,} touches waiting against {FEW:,}, {kind}"
    return [
        Figure(part, f"idle tick with {FEW:,}", few[0], "us"),
        Figure(part, f"idle tick with {many:,}", lots[0], "us"),
        Figure(part, "idle tick, many against few", lots[0] / few[0], "", 1.2, "less", "P5"),
        Figure(part, f"one patient planned again with {many:,}", lots[1], "us"),
        Figure(part, "one patient planned again, many against few", lots[1] / few[1], "", 1.2, "less", "P5"),
    ]


def _multiply(found: Stack, times: int) -> None:
    """Every waiting touch `times` times more, by the database itself."""
    sqlite = found.runtime.database.is_sqlite
    names = [column.name for column in Touch.__table__.columns if column.name not in ("id", "plan_key")]  # type: ignore[attr-defined]
    fresh = "lower(hex(randomblob(16)))" if sqlite else "gen_random_uuid()"
    numbers = (
        "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :times) SELECT i FROM n)"
        if sqlite
        else "generate_series(1, :times)"
    )
    columns = ", ".join(names)
    copy = (
        f"INSERT INTO touch (id, plan_key, {columns}) "
        f"SELECT {fresh}, plan_key || n.i, {columns} FROM touch, {numbers} AS n(i) WHERE due_at IS NOT NULL"
    )
    with found.runtime.database.write() as db:
        db.execute(text(copy.replace("AS n(i)", "AS n") if sqlite else copy), {"times": times})
    with found.runtime.database.write() as db:
        db.execute(text("ANALYZE"))


def _tick_us(found: Stack) -> float:
    """Median CPU of looking for anything that is due."""
    times = []
    for _ in range(TICKS):
        began = time.perf_counter()
        duties.find(found.runtime)
        times.append(time.perf_counter() - began)
    return 1e6 * median(times)


def _plan_us(found: Stack) -> float:
    """Median time of planning the enrolled patient again; nothing changes by it."""
    runtime, times = found.runtime, []
    with runtime.database.write() as db:
        keys = clinics.keys(db, runtime.vault, found.clinic.id)
        clinic = clinics.get(db, found.clinic.id)
        scope = scopes.of_phone(runtime, db, keys, clinic, "+14155550100")
        for _ in range(PLANS):
            began = time.perf_counter()
            plans.replan(scope)
            times.append(time.perf_counter() - began)
    return 1e6 * median(times)
