"""The background duties: how to see that one is due, and how to do it. Anybody may do any of them, any number of times.

A duty has a subject (a sender to deliver for) or none (""). Doing it drains what is due at that moment.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from smsbot import inbox, notes, outbox, paging, repair, schedule
from smsbot.calls import placing
from smsbot.runtime import Runtime
from smsbot.store import due, outgoing
from smsbot.store import notes as note_rows

# A job is stopped by RQ after JOB_S; a duty stops by itself well before that and leaves the rest to the next one.
JOB_S, DUTY_S = 170, 60.0
BATCH = 100

Subjects = Callable[[Session, datetime, datetime], list[str]]
Does = Callable[[Runtime, str, float], None]


@dataclass(frozen=True)
class Duty:
    """`subjects` lists what is due at (care time, machine time); `do` sees to one, for so many seconds at most."""

    subjects: Subjects
    do: Does


def _whenever(kind: due.Kind, *, by_machine: bool = False) -> Subjects:
    def subjects(db: Session, now: datetime, machine: datetime) -> list[str]:
        return [""] if due.is_due(db, kind, machine if by_machine else now, machine) else []

    return subjects


def _deliver(runtime: Runtime, sender: str, seconds: float) -> None:
    outbox.deliver(runtime, sender, seconds)


def _check(runtime: Runtime, _: str, seconds: float) -> None:
    end = time.monotonic() + seconds
    while outbox.check(runtime) and time.monotonic() < end:
        pass


def _draining(drain: Callable[[Runtime, int], tuple[int, set[str]]]) -> Does:
    """Drain batch after batch, ringing after each commit for the senders that now have texts to send."""

    def do(runtime: Runtime, _: str, seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            count, senders = drain(runtime, BATCH)
            for sender in sorted(senders):
                runtime.bell.ring(sender)
            if count < BATCH:
                return

    return do


def _repairs(db: Session, _: datetime, machine: datetime) -> list[str]:
    return [""] if outgoing.repair_due(db, machine) else []


def _repair(runtime: Runtime, _: str, __: float) -> None:
    for sender in sorted(repair.repair(runtime)):
        runtime.bell.ring(sender)


def _page(runtime: Runtime, _: str, seconds: float) -> None:
    end = time.monotonic() + seconds
    while paging.page(runtime) and time.monotonic() < end:
        pass


def _notes(db: Session, now: datetime, machine: datetime) -> list[str]:
    return [""] if note_rows.is_due(db, now, machine) else []


def _see_to_notes(runtime: Runtime, _: str, seconds: float) -> None:
    notes.work(runtime, seconds)


# Found and done in this order: whoever may be in danger comes first.
DUTIES: dict[str, Duty] = {
    "page": Duty(_whenever(due.ALERTS), _page),
    "deliver": Duty(outgoing.senders_due, _deliver),
    "check": Duty(_whenever(due.CHECKS, by_machine=True), _check),
    "release": Duty(_whenever(due.TOUCHES), _draining(schedule.release)),
    "repair": Duty(_repairs, _repair),
    "call": Duty(_whenever(due.CALLS), _draining(placing.place)),
    "settle": Duty(_whenever(due.CONVERSATIONS), _draining(inbox.rest)),
    "notes": Duty(_notes, _see_to_notes),
}


def find(runtime: Runtime) -> list[tuple[str, str]]:
    """Every (duty, subject) that is due now: a few index probes, however many rows are waiting."""
    with runtime.database.read() as db:
        now, machine = runtime.care(db), runtime.machine()
        return [(name, subject) for name, duty in DUTIES.items() for subject in duty.subjects(db, now, machine)]


def do(runtime: Runtime, name: str, subject: str, seconds: float = DUTY_S) -> None:
    """Do one duty; a name that is none of ours is refused."""
    duty = DUTIES.get(name)
    if duty is None:
        raise ValueError("not a duty of ours")
    duty.do(runtime, subject, seconds)
