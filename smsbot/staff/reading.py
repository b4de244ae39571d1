"""What staff may read of a patient's words: a complaint about staff is the lead's alone (CONTENT.md 11.1)."""

from smsbot import decisions
from smsbot.desk import Desk
from smsbot.models import Patient, Task, TaskState
from smsbot.store import board, record
from smsbot.store.record import Entry, Place, Said

DONE_SHOWN = 50
BATCH = 200


def conversation(
    desk: Desk, patient: Patient, *, for_lead: bool, before: Place | None = None, limit: int = 50
) -> tuple[list[Said], Place | None]:
    """Up to `limit` texts both ways, oldest first, and where the page before goes on; complaints are left out."""
    visit = desk.visit()
    read = record.texts(visit, patient, before, limit + 1)
    older = read[limit - 1].place if len(read) > limit else None
    hidden = board.for_lead_alone(visit, patient) if not for_lead else ()
    return [said for said in reversed(read[:limit]) if said.id not in hidden], older


def journal(
    desk: Desk, patient: Patient, *, for_lead: bool, before: Place | None = None, limit: int = 50
) -> tuple[list[Entry], Place | None]:
    """Up to `limit` journal entries, newest first, and where the next page goes on; complaints are left out."""
    visit = desk.visit()
    read = record.journal(visit, patient, before, limit + 1)
    older = read[limit - 1].place if len(read) > limit else None
    hidden = board.for_lead_alone(visit, patient) if not for_lead else ()
    return [entry for entry in read[:limit] if entry.id not in hidden], older


def tasks(desk: Desk, *, for_lead: bool, state: str) -> list[Task]:
    """Open tasks, a session's decision and then soonest due first, or those done lately.

    Complaints are a lead's to see.
    """
    rows = _all_open(desk) if state == TaskState.OPEN else board.done_lately(desk.visit(), DONE_SHOWN)
    rows = sorted(rows, key=lambda row: state != TaskState.OPEN or row.kind != decisions.KIND)
    return [row for row in rows if for_lead or row.reason != board.LEAD_ONLY]


def _all_open(desk: Desk) -> list[Task]:
    found: list[Task] = []
    ended = None
    while batch := record.tasks(desk.visit(), before=ended, limit=BATCH):
        found += batch
        ended = Place(batch[-1].due_at, batch[-1].id)
        if len(batch) < BATCH:
            break
    return found
