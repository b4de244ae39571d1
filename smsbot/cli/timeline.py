"""`smsbot timeline`: every touch of a patient, sent or not, and why."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from smsbot.cli.common import clinic_of_patient, show, tools, visit
from smsbot.store import patients, record
from smsbot.store.record import TouchSeen


def timeline(
    patient: Annotated[uuid.UUID, typer.Argument(help="The patient's id.")],
    rule: Annotated[str, typer.Option(help="Only touches of this rule, such as landing.")] = "",
    brief: Annotated[bool, typer.Option("--brief", help="Leave out what happened to each on the way.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Every touch of a patient, past and to come, in their local time, with its reason and its history.

    Example: smsbot timeline 0192f0c1-0000-7000-8000-000000000000 --rule landing
    """
    found = tools()
    with visit(found.plain_runtime(), clinic_of_patient(found, patient)) as looking:
        row = patients.get(looking.db, looking.keys, patient)
        touches = [each for each in record.timeline(looking, row) if rule in ("", each.touch.rule)]
    if as_json:
        show({"touches": [as_data(seen) for seen in touches]})
        return
    typer.echo(f"{row.status}, {row.time_zone}, protocol {row.protocol}")
    print_touches(touches, ZoneInfo(row.time_zone), brief=brief)


def print_touches(touches: Sequence[TouchSeen], zone: ZoneInfo, *, brief: bool = True) -> None:
    """One line a touch, in local time; unless `brief`, those with a history have it below."""
    for seen in touches:
        at = seen.due_at.astimezone(zone)
        session = f"session {seen.session}" if seen.session else "-"
        typer.echo(f"{at:%a %b %d %H:%M}  {seen.touch.rule:20} {session:10} {seen.touch.state:10} {seen.touch.why}")
        if not brief and len(seen.history) > 1:
            for entry in seen.history:
                then = datetime.fromisoformat(entry["at"]).astimezone(zone)
                typer.echo(f"{'':18}{then:%b %d %H:%M}  {entry['what']}")


def as_data(seen: TouchSeen) -> dict[str, Any]:
    """A touch as the API shows it."""
    touch = seen.touch
    return {
        "id": touch.id,
        "key": touch.rule,
        "session": seen.session,
        "flow": touch.flow,
        "due_at": seen.due_at.isoformat(),
        "expires_at": touch.send_by.isoformat() if touch.send_by else None,
        "state": touch.state,
        "why": touch.why,
        "sent_at": touch.sent_at.isoformat() if touch.sent_at else None,
        "answered_at": touch.answered_at.isoformat() if touch.answered_at else None,
        "history": seen.history,
    }
