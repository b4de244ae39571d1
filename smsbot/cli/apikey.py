"""`smsbot apikey`: keys of the API, each bound to one clinic, shown once."""

import uuid
from datetime import timedelta
from typing import Annotated

import typer

from smsbot.cli.common import clinic_id, desk, show, tools
from smsbot.errors import RefusedFields
from smsbot.store import access

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True, help="Make and revoke API keys.")
OfClinic = Annotated[str, typer.Option("--clinic", help="A clinic's id or name.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def add(
    clinic: OfClinic,
    name: Annotated[str, typer.Option(help="What it is for.")] = "default",
    scopes: Annotated[str, typer.Option(help="Any of read, write, alerts, erase.")] = ",".join(access.USUAL),
    days: Annotated[int, typer.Option(help="Days until it expires; 0 for never.", min=0, max=3650)] = 365,
    as_json: AsJson = False,
) -> None:
    """Make a key and show it, once.

    Example: smsbot apikey add --clinic Harbor --name chart --scopes read,write --json
    """
    wanted = [scope.strip() for scope in scopes.split(",") if scope.strip()]
    if not wanted or not set(wanted) <= set(access.SCOPES):
        raise RefusedFields({"scopes": f"scopes: choose from {', '.join(access.SCOPES)}."})
    found, secret = tools(), access.new_secret()
    runtime = found.plain_runtime()
    key_id = runtime.new_id()
    with desk(runtime, clinic_id(found, clinic)) as here:
        now = runtime.machine()
        expires = now + timedelta(days=days) if days else None
        access.add_key(here.db, here.keys, secret, key_id=key_id, name=name, scopes=wanted, now=now, expires_at=expires)
        here.visit().note("apikey.add", f"key:{key_id}", scopes=wanted)
    if as_json:
        show({"key": secret, "id": key_id})
        return
    typer.echo(f"{secret}\nKeep it: it is not shown again. Its id is {key_id}.")


@app.command("list")
def list_keys(clinic: OfClinic, as_json: AsJson = False) -> None:
    """A clinic's keys: what they may do, when they were last used, whether they still work.

    Example: smsbot apikey list --clinic Harbor
    """
    found = tools()
    with desk(found.plain_runtime(), clinic_id(found, clinic)) as here:
        rows = access.of_clinic(here.db, here.keys)
    if as_json:
        names = ("id", "name", "scopes", "created_at", "expires_at", "used_at", "revoked_at")
        show([{name: getattr(row, name) for name in names} for row in rows])
        return
    for row in rows:
        used = f"last used {row.used_at:%Y-%m-%d %H:%M} UTC" if row.used_at else "never used"
        ends = "revoked" if row.revoked_at else f"until {row.expires_at:%Y-%m-%d}" if row.expires_at else "no end"
        typer.echo(f"{row.id}  {row.name}  {','.join(row.scopes)}  {ends}  {used}")


@app.command()
def revoke(key: Annotated[uuid.UUID, typer.Argument(help="The key's id.")], clinic: OfClinic) -> None:
    """End a key at once.

    Example: smsbot apikey revoke 0192f0c1-0000-7000-8000-000000000000 --clinic Harbor
    """
    found = tools()
    runtime = found.plain_runtime()
    with desk(runtime, clinic_id(found, clinic)) as here:
        access.revoke(here.db, here.keys, key, runtime.machine())
        here.visit().note("apikey.revoke", f"key:{key}")
    typer.echo("Revoked.")
