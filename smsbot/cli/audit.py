"""`smsbot audit`: whether the chain holds, and who saw a patient."""

import uuid
from typing import Annotated

import typer

from smsbot.cli.common import clinic_of_patient, show, tools, visit
from smsbot.errors import Refused
from smsbot.store import audit, clinics, whose
from smsbot.store.audit_trail import about

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True, help="Verify the audit chain.")
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def verify(
    clinic: Annotated[str, typer.Option(help="A clinic's id or name; left out, every clinic.")] = "",
    as_json: AsJson = False,
) -> None:
    """Walk the audit chain; exits 1 at the first link that does not hold. Keep the heads elsewhere: a cut tail shows
    only against them.

    Example: smsbot audit verify --json
    """
    found = tools()
    results = []
    with found.database.read() as db:
        ids = [whose.clinic(db, clinic)] if clinic else [each.id for each in clinics.every(db)]
        for each in ids:
            verdict = audit.verify(db, clinics.keys(db, found.vault, each))
            results.append({"clinic": str(each), **vars(verdict)})
    if as_json:
        show(results)
    else:
        for result in results:
            typer.echo(f"{result['clinic']}  {result['links']} links  head {result['head']}")
    broken = [f"{result['clinic']} at link {result['broken_at']}" for result in results if result["broken_at"]]
    if broken:
        raise Refused(f"The chain is broken: {', '.join(broken)}.")


@app.command()
def patient(
    patient: Annotated[uuid.UUID, typer.Argument(help="The patient's id.")],
    as_json: AsJson = False,
) -> None:
    """Who saw or changed what of a patient, and when.

    Example: smsbot audit patient 0192f0c1-0000-7000-8000-000000000000
    """
    found = tools()
    with visit(found.plain_runtime(), clinic_of_patient(found, patient)) as looking:
        rows = about(looking, patient)
    if as_json:
        show([{"at": row.at.isoformat(), "actor": row.actor, "action": row.action} for row in rows])
        return
    for row in rows:
        typer.echo(f"{row.at:%Y-%m-%d %H:%M:%S} UTC  {row.actor}  {row.action}")
