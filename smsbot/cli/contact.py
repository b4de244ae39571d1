"""`smsbot clinic contact`: whom alerts reach, who is on call when, and the test page that proves it."""

import uuid
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from smsbot import contacts, rota
from smsbot import runtime as runtimes
from smsbot.cli.common import Tools, clinic_id, desk, show, tools
from smsbot.contacts import Duty, NewContact
from smsbot.errors import RefusedFields
from smsbot.jobs.link import RedisLink
from smsbot.scope import PAGE
from smsbot.store import paging
from smsbot.store.paging import Listed

ORDINALS = ("first", "second", "third")

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True, help="Whom alerts reach.")
Named = Annotated[str, typer.Argument(help="A clinic's id or name.")]
ContactId = Annotated[uuid.UUID, typer.Argument(help="A contact's id; `smsbot clinic contact list` prints it.")]
On = Annotated[list[str] | None, typer.Option(help="On call, such as mon-fri=18:00-08:00; left out, always.")]
Away = Annotated[list[str] | None, typer.Option(help="A day off, such as 2026-12-25; may be repeated.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def add(
    clinic: Named,
    name: Annotated[str, typer.Option(help="Who.")],
    kind: Annotated[str, typer.Option(help="oncall, second, lead or operator.")] = "oncall",
    phone: Annotated[str, typer.Option(help="For texts and calls, such as +16175550101.")] = "",
    email: Annotated[str, typer.Option(help="For copies.")] = "",
    rank: Annotated[int, typer.Option(help="Who is tried first: 1 before 2.")] = 1,
    voice: Annotated[bool, typer.Option(help="May be called.")] = True,
    on: On = None,
    away: Away = None,
    as_json: AsJson = False,
) -> None:
    """Put somebody on the list; go live with two, one of them by voice.

    Example: smsbot clinic contact add Harbor --kind oncall --name Dana --phone +16175550101 --on mon-fri=18:00-08:00
    """
    found = tools()
    try:
        week = rota.parse(on or (), away or ())
    except ValueError as unfit:
        raise RefusedFields({"on": str(unfit)}) from None
    new = NewContact(kind=kind, rank=rank, name=name, phone=phone, email=email, voice=voice, rota=week)
    with desk(found.plain_runtime(), clinic_id(found, clinic)) as here:
        made = contacts.add(here, new)
    if as_json:
        show({"id": made})
        return
    typer.echo(f"Added {made}")
    typer.echo(f'Next: smsbot clinic test-page "{clinic}"')


@app.command("list")
def list_contacts(clinic: Named, as_json: AsJson = False) -> None:
    """Who is on the list, who is on call when, who is tried now and who next, and when nobody is.

    Example: smsbot clinic contact list Harbor
    """
    found = tools()
    with desk(found.plain_runtime(), clinic_id(found, clinic)) as here:
        listed = paging.contacts(here.db, here.keys)
        said = contacts.coverage(here)
        duty, zone = contacts.duty(here), ZoneInfo(here.clinic.time_zone)
        here.visit().note("contacts.read", f"clinic:{here.clinic.id}")
    if as_json:
        show({"contacts": [_columns(each) for each in listed], "coverage": said, "duty": _duty(duty)})
        return
    for each in listed:
        ways = ", ".join(way for way in (each.phone, each.email) if way)
        typer.echo(f"{each.row.id}  {each.row.kind:8} {each.row.rank}  {each.name}  {ways}")
    for sentence in said:
        typer.echo(sentence)
    if duty.order:
        typer.echo(f"Tried now, in this order: {', '.join(each.name for each in duty.order)}.")
    if duty.until and duty.following:
        typer.echo(f"From {duty.until.astimezone(zone):%a %b %d %H:%M} {duty.following.name} is tried first.")


def _duty(duty: Duty) -> dict[str, Any]:
    return {
        "order": [each.row.id for each in duty.order],
        "on_call_by_rota": duty.covered,
        "until": duty.until.isoformat() if duty.until else None,
        "following": duty.following.row.id if duty.following else None,
    }


def _columns(listed: Listed) -> dict[str, Any]:
    row = listed.row
    return {
        "id": row.id,
        "kind": row.kind,
        "rank": row.rank,
        "name": listed.name,
        "phone": listed.phone,
        "email": listed.email,
        "voice": row.voice,
        "rota": row.rota,
    }


@app.command()
def change(
    clinic: Named,
    contact: ContactId,
    name: Annotated[str | None, typer.Option(help="Who.")] = None,
    kind: Annotated[str | None, typer.Option(help="oncall, second, lead or operator.")] = None,
    phone: Annotated[str | None, typer.Option(help='For texts and calls, such as +16175550101; "" for none.')] = None,
    email: Annotated[str | None, typer.Option(help='For copies; "" for none.')] = None,
    rank: Annotated[int | None, typer.Option(help="Who is tried first: 1 before 2.")] = None,
    voice: Annotated[bool | None, typer.Option(help="May be called.")] = None,
) -> None:
    """Change what is known of somebody on the list; what is left out stays, and so does their rota.

    Example: smsbot clinic contact change Harbor 01900000-0000-7000-8000-000000000000 --phone +16175550105
    """
    found = tools()
    options = {"name": name, "kind": kind, "phone": phone, "email": email, "rank": rank, "voice": voice}
    given: dict[str, Any] = {key: value for key, value in options.items() if value is not None}
    with desk(found.plain_runtime(), clinic_id(found, clinic)) as here:
        before = contacts.one(here, contact)
        contacts.change(here, contact, replace(before, **given))
        row = next(each for each in paging.contacts(here.db, here.keys) if each.row.id == contact)
        proven = paging.proven_at(here.db, here.clinic.id)
        order = [each.row.id for each in contacts.duty(here).order]
    typer.echo(_as_it_is(row))
    if row.row.id in order:
        typer.echo(f"Tried {_place(order.index(row.row.id))} if an alert came now.")
    for sentence in _proof(proven, clinic):
        typer.echo(sentence)


def _as_it_is(listed: Listed) -> str:
    """Somebody as they stand, their number by its last digits: a terminal is read by others."""
    phone = f"phone ending in {listed.phone[-4:]}" if listed.phone else "no phone"
    called = "" if listed.row.voice or not listed.phone else ", texts only"
    mail = "mail too" if listed.email else "no mail"
    return f"{listed.name}: {listed.row.kind}, rank {listed.row.rank}, {phone}{called}, {mail}."


def _place(index: int) -> str:
    return ORDINALS[index] if index < len(ORDINALS) else f"as number {index + 1}"


def _proof(proven: datetime | None, clinic: str) -> list[str]:
    """Whether pages are known to arrive, and what to do next."""
    if proven is not None:
        return [f"The last page arrived {proven:%Y-%m-%d %H:%M} UTC."]
    return [
        "No page is known to arrive: until one does, no patient is told that the clinic knows.",
        f'Next: smsbot clinic test-page "{clinic}"',
    ]


@app.command("rota")
def change_rota(clinic: Named, contact: ContactId, on: On = None, away: Away = None) -> None:
    """Change when somebody is on call, in the clinic's zone; the spans given replace those before.

    Example: smsbot clinic contact rota Harbor 01900000-0000-7000-8000-000000000000 --on sat-sun=00:00-24:00
    """
    found = tools()
    with desk(found.plain_runtime(), clinic_id(found, clinic)) as here:
        contacts.put_on_call(here, contact, on or (), away or ())
        said = contacts.coverage(here)
    for sentence in said:
        typer.echo(sentence)


@app.command()
def remove(clinic: Named, contact: ContactId) -> None:
    """Take somebody off the list.

    Example: smsbot clinic contact remove Harbor 01900000-0000-7000-8000-000000000000
    """
    found = tools()
    with desk(found.plain_runtime(), clinic_id(found, clinic)) as here:
        contacts.remove(here, contact)
    typer.echo("Removed.")


def test_page(clinic: Named) -> None:
    """Page everybody on the list with a test, now: calls ask for a key, texts and mails say that nothing has happened.

    Example: smsbot clinic test-page Harbor
    """
    found = tools()
    runtime = found.plain_runtime()
    with desk(runtime, clinic_id(found, clinic)) as here:
        test = contacts.test_now(here).id
    _ring(found)
    typer.echo(f"Test {test}: a worker or the clock sends it now. `smsbot doctor` says whether somebody answered.")


def _ring(found: Tools) -> None:
    """Wake whoever pages; without Redis the sweep finds the test within seconds."""
    runtimes.RedisBell(RedisLink(found.settings).url).ring(PAGE)
