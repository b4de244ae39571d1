"""What staff write down when they close something: a task's note, and what came of an alert."""

import uuid
from dataclasses import dataclass, field

from smsbot import decisions, incidents
from smsbot.desk import Desk
from smsbot.errors import Conflict, NotFound, RefusedFields
from smsbot.models import Alert, Task, TaskState
from smsbot.store import board, paging, record

LONGEST_NOTE = 2000
LONGEST_NAME = 80
DECIDED = {"go_ahead": "The session goes ahead.", "not_now": "Not this time."}
UNREACHED = "unable_to_reach"
# Who was spoken with decides which outcomes can be true.
SPOKEN_ONLY = frozenset({"spoke"})


@dataclass(frozen=True)
class Resolution:
    """What a person says came of an alert; `plan` is what happens next, or how reaching them was tried."""

    spoke: bool
    outcome: str
    plan: str = field(repr=False)
    resume: str
    welcome: bool = False


def take(desk: Desk, task_id: uuid.UUID, *, for_lead: bool) -> Task:
    """Become the owner of an open task, whoever had it; audited once, and only where that is new."""
    task = _open_to(desk, task_id, for_lead=for_lead)
    if task.state != TaskState.OPEN:
        raise Conflict("This task is done already.")
    if task.owner != desk.actor:
        task.owner = desk.actor
        desk.visit().note("task.take", f"task:{task.id}")
    return task


def _open_to(desk: Desk, task_id: uuid.UUID, *, for_lead: bool) -> Task:
    """A task; NotFound also for a complaint about staff, which is a lead's alone."""
    task = record.task(desk.visit(), task_id)
    if task.reason == board.LEAD_ONLY and not for_lead:
        raise NotFound("task")
    return task


def finish(desk: Desk, task_id: uuid.UUID, note: str, *, for_lead: bool) -> Task:
    """Tick off a task with a note; a complaint's task is a lead's to see, and so to finish."""
    if len(note) > LONGEST_NOTE:
        raise RefusedFields({"note": f"At most {LONGEST_NOTE} characters."})
    if _open_to(desk, task_id, for_lead=for_lead).kind == decisions.KIND:
        raise Conflict("A session waits for this: it needs a decision and who made it, not a tick.")
    task = record.finish_task(desk.visit(), task_id)
    task.owner = task.owner or desk.actor
    if note:
        board.keep_task_note(desk.visit(), task, note)
    return task


def decide(desk: Desk, task_id: uuid.UUID, choice: str, by: str, note: str = "", *, for_lead: bool = False) -> Task:
    """Write down a decision that a session waited for: go_ahead | not_now, the name of whoever made it, and a note.

    `not_now` moves and cancels nothing by itself: when the session is instead, only a person knows.
    """
    by = " ".join(by.split())
    _refuse_unfit_decision(choice, by, note)
    if _open_to(desk, task_id, for_lead=for_lead).kind != decisions.KIND:
        raise Conflict("This task asks for no decision.")
    if record.task(desk.visit(), task_id).state != TaskState.OPEN:
        raise Conflict("This has been decided already.")
    task = record.finish_task(desk.visit(), task_id)
    task.owner = task.owner or desk.actor
    task.details = {**task.details, "decision": choice}
    board.keep_task_note(desk.visit(), task, f"{DECIDED[choice]} Decided by {by}.\n{note}".strip())
    decisions.made(desk.db, desk.keys, task, desk.now)
    desk.visit().note("task.decide", f"task:{task.id}", decision=choice)
    return task


def _refuse_unfit_decision(choice: str, by: str, note: str) -> None:
    faults = {}
    if choice not in decisions.CHOICES:
        faults["decision"] = f"Choose one of {', '.join(decisions.CHOICES)}."
    if not by or len(by) > LONGEST_NAME or not by.isprintable():
        faults["decided_by"] = "Give the name of whoever decided."
    if len(note) > LONGEST_NOTE:
        faults["note"] = f"At most {LONGEST_NOTE} characters."
    if faults:
        raise RefusedFields(faults)


def resolve(desk: Desk, alert_id: uuid.UUID, said: Resolution, who: str, when: str, *, for_lead: bool) -> Alert:
    """Record a resolution after what was noted before; `who` and `when` head the note, as people read them."""
    _refuse_unfit(said)
    paging.lock_person(desk.db, desk.keys, alert_id)
    alert = record.alert(desk.visit(), alert_id, for_lead=for_lead, lock=True)
    before = board.note(desk.visit(), alert)
    spoke = "Spoke with the patient." if said.spoke else "Did not speak with the patient."
    entry = f"{who}, {when}. {spoke}\n{said.plan}"
    return incidents.resolve(
        desk,
        alert_id,
        outcome=said.outcome,
        resume=said.resume,
        note=f"{before}\n\n{entry}" if before else entry,
        welcome=said.welcome,
        for_lead=for_lead,
    )


def _refuse_unfit(said: Resolution) -> None:
    faults = {}
    if said.outcome in SPOKEN_ONLY and not said.spoke:
        faults["spoke"] = "“Spoke and made a plan” needs a talk with the patient: say yes, or choose another outcome."
    if said.outcome == UNREACHED and said.spoke:
        faults["spoke"] = "You cannot have spoken with someone you could not reach."
    if not said.plan.strip():
        tried = "Say how and when you tried." if said.outcome == UNREACHED else "Say what happens next."
        faults["plan"] = tried
    if len(said.plan) > LONGEST_NOTE:
        faults["plan"] = f"At most {LONGEST_NOTE} characters."
    if faults:
        raise RefusedFields(faults)
