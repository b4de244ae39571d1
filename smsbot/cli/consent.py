"""`smsbot consent`: the record of what a patient agreed to, and an opt-out somebody said aloud."""

import csv
import sys
import uuid
from dataclasses import asdict
from typing import Annotated

import typer

from smsbot import agreements, standing
from smsbot.agreements import COLUMNS, Record
from smsbot.cli.common import clinic_of_patient, desk, show, tools

app = typer.Typer(
    add_completion=False, rich_markup_mode=None, no_args_is_help=True, help="Hand out the consent record; log opt-outs."
)
Whose = Annotated[uuid.UUID, typer.Argument(help="The patient's id.")]


@app.command()
def export(
    patient: Whose,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV, one line of the ledger a row.")] = False,
) -> None:
    """What was agreed to and withdrawn, when, in which exact words, and who logged it; each look is audited.

    Example: smsbot consent export 0192f0c1-0000-7000-8000-000000000000 --csv
    """
    found = tools()
    with desk(found.plain_runtime(), clinic_of_patient(found, patient)) as here:
        record = agreements.export(here, patient)
    if as_json:
        show(asdict(record))
    elif as_csv:
        _as_csv(record)
    else:
        _print(record)


def _as_csv(record: Record) -> None:
    rows = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
    rows.writeheader()
    for line in record.lines:
        rows.writerow({name: _cell(getattr(line, name)) for name in COLUMNS})


def _cell(value: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text


def _print(record: Record) -> None:
    typer.echo("  ".join(f"{kind}: {state}" for kind, state in record.standing.items()))
    for line in record.lines:
        typer.echo(f"{line.at:%Y-%m-%d %H:%M} UTC  {line.kind} {line.action}, {line.channel}, by {line.by}")
        typer.echo(f"    {line.wording}: {line.words or '(a form of the clinic’s own)'}")
        if line.own_words:
            typer.echo(f"    They wrote: {line.own_words}")
    for mark in record.marks:
        lifted = f", lifted {mark.lifted_at:%Y-%m-%d %H:%M} UTC" if mark.lifted_at else ", stands"
        typer.echo(f"Do-not-text mark ({mark.reason}) of {mark.at:%Y-%m-%d %H:%M} UTC{lifted}")


@app.command()
def stop(patient: Whose, as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Log an opt-out that was said aloud: texts and calls end at once, and nothing confirms it by text.

    Example: smsbot consent stop 0192f0c1-0000-7000-8000-000000000000
    """
    found = tools()
    with desk(found.runtime(), clinic_of_patient(found, patient)) as here:
        row = standing.stop(here, patient)
    if as_json:
        show({"id": row.id, "status": row.status})
        return
    typer.echo(f"{row.id}: {row.status}. No more texts or calls go out.")
