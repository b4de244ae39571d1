"""`smsbot session`: add, move, finish or cancel a session, and list a patient's."""

import uuid
from collections.abc import Sequence
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from smsbot import series, sessions
from smsbot.cli.common import clinic_of_patient, clinic_of_session, desk, instant, show, tools, visit
from smsbot.localtime import said
from smsbot.models import TreatmentSession
from smsbot.planner import Move
from smsbot.sessions import Booking
from smsbot.store import patients
from smsbot.store import sessions as rows

app = typer.Typer(
    add_completion=False, rich_markup_mode=None, no_args_is_help=True, help="Add, move, finish or cancel a session."
)
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Which = Annotated[uuid.UUID, typer.Argument(help="The session's id.")]
Whose = Annotated[uuid.UUID, typer.Argument(help="The patient's id.")]
Start = Annotated[str, typer.Option(help="Such as 2026-12-01T10:00:00-05:00.")]
Length = Annotated[int | None, typer.Option(help="Minutes; left out, the usual length.")]


@app.command()
def add(
    patient: Whose,
    at: Start,
    minutes: Length = None,
    recorded: Annotated[bool, typer.Option(help="It has already happened.")] = False,
    as_json: AsJson = False,
) -> None:
    """Book one more session.

    Example: smsbot session add 0192f0c1-0000-7000-8000-000000000000 --at 2026-12-01T10:00:00-05:00 --minutes 60
    """
    found = tools()
    with desk(found.runtime(), clinic_of_patient(found, patient)) as here:
        row = sessions.add(here, patient, Booking(instant(at), minutes, recorded))
    _report(row, as_json)


@app.command()
def move(
    session: Which,
    to: Start,
    minutes: Length = None,
    preview: Annotated[bool, typer.Option("--preview", help="Only show what would change.")] = False,
    as_json: AsJson = False,
) -> None:
    """Move a booked session; answers stay with it and nothing is asked again.

    Example: smsbot session move 0192f0c1-0000-7000-8000-000000000000 --to 2026-12-02T10:00:00-05:00 --preview
    """
    found = tools()
    if preview:
        with desk(found.runtime(), clinic_of_session(found, session)) as here:
            moves = sessions.move_preview(here, session, instant(to), minutes)
            here.visit().note("session.preview", f"session:{session}")
        _show_moves(moves, as_json)
        return
    with desk(found.runtime(), clinic_of_session(found, session)) as here:
        row = sessions.move(here, session, instant(to), minutes)
    _report(row, as_json)


@app.command()
def arrived(session: Which, as_json: AsJson = False) -> None:
    """The patient is here.

    Example: smsbot session arrived 0192f0c1-0000-7000-8000-000000000000
    """
    found = tools()
    with desk(found.runtime(), clinic_of_session(found, session)) as here:
        row = sessions.arrived(here, session)
    _report(row, as_json)


@app.command()
def done(
    session: Which,
    ended: Annotated[str, typer.Option(help="When it ended; left out, now.")] = "",
    as_json: AsJson = False,
) -> None:
    """The session is over; what follows it is timed from this end.

    Example: smsbot session done 0192f0c1-0000-7000-8000-000000000000 --ended 2026-12-01T11:10:00-05:00
    """
    found = tools()
    with desk(found.runtime(), clinic_of_session(found, session)) as here:
        row = sessions.done(here, session, instant(ended) if ended else None)
    _report(row, as_json)


@app.command("no-show")
def no_show(session: Which, as_json: AsJson = False) -> None:
    """The patient did not come.

    Example: smsbot session no-show 0192f0c1-0000-7000-8000-000000000000
    """
    found = tools()
    with desk(found.runtime(), clinic_of_session(found, session)) as here:
        row = sessions.no_show(here, session)
    _report(row, as_json)


@app.command()
def cancel(
    session: Which,
    by: Annotated[str, typer.Option(help="clinic, patient or medical.")] = "clinic",
    as_json: AsJson = False,
) -> None:
    """Cancel a session, saying who or what canceled it.

    Example: smsbot session cancel 0192f0c1-0000-7000-8000-000000000000 --by patient
    """
    found = tools()
    with desk(found.runtime(), clinic_of_session(found, session)) as here:
        row = sessions.cancel(here, session, by)
    _report(row, as_json)


@app.command("end-series")
def end_series(patient: Whose, as_json: AsJson = False) -> None:
    """The series is complete with the sessions it has had, though fewer than planned.

    Example: smsbot session end-series 0192f0c1-0000-7000-8000-000000000000
    """
    found = tools()
    with desk(found.runtime(), clinic_of_patient(found, patient)) as here:
        at = series.end(here, patient)
    if as_json:
        show({"ended_at": at.isoformat()})
        return
    typer.echo("The series has ended; what follows it is planned.")


@app.command("list")
def list_sessions(patient: Whose, as_json: AsJson = False) -> None:
    """All sessions of a patient, in their local time.

    Example: smsbot session list 0192f0c1-0000-7000-8000-000000000000
    """
    found = tools()
    with visit(found.plain_runtime(), clinic_of_patient(found, patient)) as looking:
        row = patients.get(looking.db, looking.keys, patient)
        looking.note("sessions.read", f"patient:{patient}")
        booked = rows.of_patient(looking.db, looking.keys, patient)
    if as_json:
        show({"sessions": [_as_data(each) for each in booked]})
        return
    for each in booked:
        start = said(each.starts_at, ZoneInfo(row.time_zone))
        typer.echo(f"{each.id}  session {each.number}  {start}  {each.minutes} min  {each.status}")


def _show_moves(moves: Sequence[Move], as_json: bool) -> None:
    if as_json:
        names = ("rule", "change", "before", "after", "why")
        show({"touches": [{name: getattr(each, name) for name in names} for each in moves]})
        return
    for each in moves or ():
        typer.echo(f"{each.change:9} {each.rule:20} {each.why}")
    if not moves:
        typer.echo("Nothing would change.")


def _as_data(row: TreatmentSession) -> dict[str, Any]:
    return {
        "id": row.id,
        "number": row.number,
        "starts_at": row.starts_at.isoformat(),
        "minutes": row.minutes,
        "status": row.status,
        "version": row.version,
        "ended_at": row.ended_at.isoformat() if row.ended_at else None,
    }


def _report(row: TreatmentSession, as_json: bool) -> None:
    if as_json:
        show(_as_data(row))
        return
    typer.echo(f"Session {row.number} ({row.id}): {row.status}, {row.starts_at:%Y-%m-%d %H:%M} UTC, {row.minutes} min")
