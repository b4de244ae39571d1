"""`smsbot task`: the staff work list, who has what, and what was done."""

import uuid
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from smsbot.cli.common import clinic_id, desk, show, tools
from smsbot.localtime import said
from smsbot.models import Task
from smsbot.staff import reading, worklist

app = typer.Typer(
    add_completion=False, rich_markup_mode=None, no_args_is_help=True, help="Take and finish staff tasks."
)
OfClinic = Annotated[str, typer.Option("--clinic", help="A clinic's id or name.")]
Which = Annotated[uuid.UUID, typer.Argument(help="The task's id.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
SHOWN = ("id", "patient_id", "kind", "reason", "state", "owner", "due_at", "created_at", "done_at", "done_by")


@app.command("list")
def list_tasks(
    clinic: OfClinic,
    done: Annotated[bool, typer.Option("--done", help="Those done lately.")] = False,
    as_json: AsJson = False,
) -> None:
    """What waits for a person, the most urgent first; complaints about staff are a lead's to see, in the portal.

    Example: smsbot task list --clinic Harbor
    """
    found = tools()
    with desk(found.plain_runtime(), clinic_id(found, clinic)) as here:
        rows = reading.tasks(here, for_lead=False, state="done" if done else "open")
        zone = ZoneInfo(here.clinic.time_zone)
    if as_json:
        show([_as_data(row) for row in rows])
        return
    for row in rows:
        typer.echo(f"{row.id}  {row.kind:28} due {said(row.due_at, zone)}  {row.owner or 'nobody yet'}")
    if not rows:
        typer.echo("Nothing to do.")


@app.command()
def take(task: Which, clinic: OfClinic, as_json: AsJson = False) -> None:
    """Become a task's owner.

    Example: smsbot task take 0192f0c1-0000-7000-8000-000000000000 --clinic Harbor
    """
    found = tools()
    with desk(found.plain_runtime(), clinic_id(found, clinic)) as here:
        row = worklist.take(here, task, for_lead=False)
    _report(row, as_json)


@app.command()
def done(
    task: Which,
    clinic: OfClinic,
    note: Annotated[str, typer.Option(help="What was done; it is sealed like a patient's words.")] = "",
    as_json: AsJson = False,
) -> None:
    """Tick a task off, with a note.

    Example: smsbot task done 0192f0c1-0000-7000-8000-000000000000 --clinic Harbor --note "Called back."
    """
    found = tools()
    with desk(found.plain_runtime(), clinic_id(found, clinic)) as here:
        row = worklist.finish(here, task, note, for_lead=False)
    _report(row, as_json)


@app.command()
def decide(
    task: Which,
    clinic: OfClinic,
    choice: Annotated[str, typer.Option("--decision", help="go_ahead or not_now.")],
    by: Annotated[str, typer.Option(help="The name of whoever decided.")],
    note: Annotated[str, typer.Option(help="More; it is sealed like a patient's words.")] = "",
    as_json: AsJson = False,
) -> None:
    """Make a decision that a session waits for.

    Example: smsbot task decide 0192f0c1-0000-7000-8000-000000000000 --clinic Harbor --decision go_ahead --by "Dr. Lee"
    """
    found = tools()
    with desk(found.plain_runtime(), clinic_id(found, clinic)) as here:
        row = worklist.decide(here, task, choice, by, note, for_lead=False)
    _report(row, as_json)


def _as_data(row: Task) -> dict[str, Any]:
    return {name: getattr(row, name) for name in SHOWN}


def _report(row: Task, as_json: bool) -> None:
    if as_json:
        show(_as_data(row))
        return
    typer.echo(f"{row.id}  {row.kind}  {row.state}  {row.owner or 'nobody yet'}")
