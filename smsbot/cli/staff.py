"""`smsbot staff`: portal accounts, each one person's; a one-time password is shown once."""

from typing import Annotated

import pyotp
import typer

from smsbot.cli.common import Tools, clinic_id, desk, show, tools
from smsbot.errors import NotFound, Refused
from smsbot.staff import accounts
from smsbot.staff.accounts import Opened
from smsbot.store import staff as rows
from smsbot.store.staff import Place

app = typer.Typer(
    add_completion=False, rich_markup_mode=None, no_args_is_help=True, help="Add portal accounts and see them."
)
OfClinic = Annotated[str, typer.Option("--clinic", help="A clinic's id or name.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Email = Annotated[str, typer.Argument(help="The account's e-mail address.")]


@app.command()
def add(
    clinic: OfClinic,
    email: Annotated[str, typer.Option(help="Their own e-mail address.")],
    name: Annotated[str, typer.Option(help="What colleagues call them.")],
    role: Annotated[
        str, typer.Option(help="staff, lead (also sees complaints about staff) or frontdesk (no words of patients).")
    ] = "staff",
    as_json: AsJson = False,
) -> None:
    """Add an account and show its one-time password, once.

    Example: smsbot staff add --clinic Harbor --email dana@example.org --name Dana --role lead
    """
    found = tools()
    with desk(found.plain_runtime(), clinic_id(found, clinic)) as here:
        opened = accounts.add(here, email, name, role)
    _show(found, opened, email, as_json)


@app.command("list")
def list_staff(clinic: OfClinic, as_json: AsJson = False) -> None:
    """A clinic's accounts: who they are, what they may see, whether they still work.

    Example: smsbot staff list --clinic Harbor
    """
    found = tools()
    with desk(found.plain_runtime(), clinic_id(found, clinic)) as here:
        known = accounts.of_clinic(here)
    if as_json:
        show([vars(account) for account in known])
        return
    for account in known:
        state = "disabled" if account.disabled_at else "ready" if account.second_factor else "has not signed in yet"
        typer.echo(f"{account.email}  {account.name}  {account.role}  {state}")


@app.command()
def disable(email: Email) -> None:
    """Close an account and end its sign-ins at once.

    Example: smsbot staff disable dana@example.org
    """
    found = tools()
    place = _place(found, email)
    with desk(found.plain_runtime(), place.clinic_id) as here:
        accounts.disable(here, place.staff_id)
    typer.echo("Disabled; every sign-in of theirs has ended.")


@app.command()
def reset(
    email: Email,
    device: Annotated[bool, typer.Option("--device", help="They also lost the device that shows codes.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show a new one-time password, once; it also opens a disabled account again.

    Example: smsbot staff reset dana@example.org --device
    """
    found = tools()
    place = _place(found, email)
    with desk(found.plain_runtime(), place.clinic_id) as here:
        opened = accounts.reset(here, place.staff_id, device=device)
    _show(found, opened, email, as_json)


def _place(found: Tools, email: str) -> Place:
    with found.database.read() as db:
        place = rows.locate(db, found.vault, email)
    if place is None:
        raise NotFound("account")
    return place


def _show(found: Tools, opened: Opened, email: str, as_json: bool) -> None:
    address = f"{found.settings.public_base_url}/portal/"
    if as_json:
        show({"id": opened.staff.id, "email": email, "password": opened.password, "address": address})
        return
    typer.echo(f"Sign in at {address} as {email} with this one-time password (good for 7 days):\n")
    typer.echo(f"    {opened.password}\n\nIt is not shown again. The first sign-in sets up a code app and a password.")


Key = Annotated[list[str], typer.Argument(help="The key the sign-in page shows; spaces do not matter.")]


@app.command()
def code(key: Key) -> None:
    """The code an authenticator app would show now: for the demo and for tests, where no phone is at hand.

    Example: smsbot staff code JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP
    """
    secret = "".join(key).replace(" ", "")
    try:
        typer.echo(pyotp.TOTP(secret + "=" * (-len(secret) % 8)).now())
    except ValueError:
        raise Refused("This is no key: copy the letters and digits that the sign-in page shows.") from None
