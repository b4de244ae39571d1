"""`smsbot clinic`: add a clinic, see clinics, change hours and holidays, say what the license allows."""

from typing import Annotated, Any

import typer

from smsbot import clinics as clinic_actions
from smsbot import contacts
from smsbot.cli import contact
from smsbot.cli import line as phone_line
from smsbot.cli.common import Tools, clinic_id, day, desk, in_words, show, tools
from smsbot.clinics import NewClinic
from smsbot.errors import RefusedFields
from smsbot.models import Clinic
from smsbot.staff import listening
from smsbot.store import clinics as rows
from smsbot.store import patients

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True, help="Add clinics and see them.")
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Named = Annotated[str, typer.Argument(help="A clinic's id or name.")]


@app.command()
def add(
    name: Annotated[str, typer.Option(help="The clinic's name.")],
    time_zone: Annotated[str, typer.Option(help="Such as America/New_York.")],
    phone: Annotated[str, typer.Option(help="The number patients call, such as +16175550100.")],
    number: Annotated[str, typer.Option(help="The number texts leave from, such as +15005550006.")],
    alias: Annotated[str, typer.Option(help="The name patients see in texts; the name unless given.")] = "",
    oncall: Annotated[str, typer.Option(help="The number for after hours.")] = "",
    protocol: Annotated[str, typer.Option(help="The protocol of patients who are enrolled without one.")] = "induction",
    hours: Annotated[
        list[str] | None, typer.Option(help="Opening hours, such as mon-fri=09:00-17:00; may be repeated.")
    ] = None,
    no_after_hours: Annotated[bool, typer.Option(help="Nobody answers after hours: texts say so.")] = False,
    as_json: AsJson = False,
) -> None:
    """Add a clinic.

    Example: smsbot clinic add --name Harbor --number +15005550006 --time-zone America/New_York --phone +16175550100
    """
    found = tools()
    runtime = found.plain_runtime() if protocol == "induction" else found.runtime()
    wanted = NewClinic(
        name=name,
        alias=alias or name,
        number=number,
        phone=phone,
        oncall_phone=oncall,
        time_zone=time_zone,
        protocol=protocol,
        hours=tuple(hours or ()),
        after_hours="none" if no_after_hours else "oncall",
    )
    with in_words(), found.database.write() as db:
        made = clinic_actions.add(runtime, db, wanted)
        made_id = made.id
    if as_json:
        show({"id": made_id})
        return
    typer.echo(f"Added {name}: {made_id}")
    typer.echo(f'Next: smsbot clinic contact add {made_id} --kind oncall --name "..." --phone +1...')


@app.command("list")
def list_clinics(as_json: AsJson = False) -> None:
    """All clinics by name.

    Example: smsbot clinic list
    """
    with tools().database.read() as db:
        found = rows.every(db)
    if as_json:
        show([{"id": each.id, "name": each.name, "number": each.number} for each in found])
        return
    for each in found:
        typer.echo(f"{each.id}  {each.name}  {each.messaging_service or each.number or '-'}  {each.time_zone}")


@app.command("show")
def show_clinic(clinic: Named, as_json: AsJson = False) -> None:
    """One clinic: its settings, seats and contacts (how many, not who).

    Example: smsbot clinic show Harbor
    """
    facts = _facts(tools(), clinic)
    if as_json:
        show(facts)
        return
    for name, value in facts.items():
        typer.echo(f"{name.replace('_', ' '):16} {value if value not in (None, '') else '-'}")


def _facts(found: Tools, named: str) -> dict[str, Any]:
    which = clinic_id(found, named)
    with found.database.read() as db:
        keys = rows.keys(db, found.vault, which)
        clinic = rows.get(db, which)
        owned = patients.licenses(db, keys)
        return _columns(clinic) | {
            "contacts": contacts.count(db, keys),
            "seats_taken": patients.seats_taken(db, keys),
            "licenses": [
                {"plan": each.plan, "seats": each.seats, "from": each.starts_on, "to": each.ends_on} for each in owned
            ],
        }


def _columns(clinic: Clinic) -> dict[str, Any]:
    names = (
        "id",
        "name",
        "alias",
        "number",
        "messaging_service",
        "phone",
        "oncall_phone",
        "time_zone",
        "protocol",
        "hours",
        "holidays",
    )
    return {name: getattr(clinic, name) for name in (*names, "window_start", "window_end", "after_hours")}


@app.command()
def hours(
    clinic: Named,
    at: Annotated[list[str], typer.Option(help="Such as mon-fri=09:00-17:00; may be repeated.")],
) -> None:
    """Change the opening hours; what texts promise about when someone reads follows them.

    Example: smsbot clinic hours Harbor --at mon-thu=09:00-17:00 --at fri=09:00-13:00
    """
    found = tools()
    with desk(found.plain_runtime(), clinic_id(found, clinic)) as here:
        clinic_actions.set_hours(here, at)
    typer.echo("Changed.")


@app.command()
def holidays(
    clinic: Named,
    day: Annotated[list[str] | None, typer.Option(help="A date such as 2026-12-25; may be repeated.")] = None,
) -> None:
    """Say on which days the clinic is closed; those given replace those before.

    Example: smsbot clinic holidays Harbor --day 2026-12-25 --day 2027-01-01
    """
    found = tools()
    with desk(found.plain_runtime(), clinic_id(found, clinic)) as here:
        clinic_actions.set_holidays(here, day or [])
    typer.echo("Changed.")


app.command("line")(phone_line.line)
app.command("test-page")(contact.test_page)
app.add_typer(contact.app, name="contact")


@app.command()
def service(
    clinic: Named,
    sid: Annotated[str, typer.Option(help="The service's id (MG and 32 characters); \"\" for the clinic's number.")],
) -> None:
    """Say through which messaging service of the carrier texts leave; calls go on from the clinic's number.

    Example: smsbot clinic service Harbor --sid MG5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a
    """
    found = tools()
    with desk(found.plain_runtime(), clinic_id(found, clinic)) as here:
        clinic_actions.set_messaging_service(here, sid)
        now = f"the messaging service {sid}" if sid else f"{here.clinic.number}"
        calls = here.clinic.number
    typer.echo(
        f"Texts leave from {now} now; " + (f"calls from {calls}." if calls else "there is no number to call from.")
    )
    typer.echo("Next: smsbot doctor --fix")


@app.command()
def notes(
    clinic: Named,
    days: Annotated[int, typer.Option(help="For how many days the sound of a voice note is kept.")],
) -> None:
    """Change how long voice notes are kept, those that are here as well; what was said stays in the record.

    Example: smsbot clinic notes Harbor --days 30
    """
    found = tools()
    with desk(found.plain_runtime(), clinic_id(found, clinic)) as here:
        listening.keep_days(here, days)
    typer.echo("Changed.")


@app.command("license")
def add_license(
    clinic: Named,
    plan: Annotated[str, typer.Option(help="What was bought, such as year.")],
    starts: Annotated[str, typer.Option(help="First day, such as 2026-12-01.")],
    ends: Annotated[str, typer.Option(help="Last day; left out, without end.")] = "",
    seats: Annotated[
        int | None, typer.Option(help="How many patients at once; left out, without limit.", min=0)
    ] = None,
) -> None:
    """Say how many patients may be enrolled and until when; it never stops a running series.

    Example: smsbot clinic license Harbor --plan year --starts 2026-12-01 --ends 2027-11-30 --seats 50
    """
    first, last = day(starts), day(ends) if ends else None
    if last is not None and last < first:
        raise RefusedFields({"ends": "The license ends before it starts."})
    found = tools()
    with desk(found.plain_runtime(), clinic_id(found, clinic)) as here:
        clinic_actions.add_license(here, plan, seats, first, last)
    typer.echo("Added.")
