"""`smsbot clinic line`: what a clinic's phone line may do."""

from typing import Annotated

import typer

from smsbot.calls import house
from smsbot.cli.common import clinic_id, desk, show, tools


def line(
    clinic: Annotated[str, typer.Argument(help="A clinic's id or name.")],
    minutes: Annotated[int | None, typer.Option(help="How long a voice note may be.", min=1, max=10)] = None,
    dial_988: Annotated[bool | None, typer.Option("--dial-988/--no-dial-988", help="Offer to connect to 988.")] = None,
    transfer: Annotated[bool | None, typer.Option(help="Put callers through to the clinic while it is open.")] = None,
    speech: Annotated[bool | None, typer.Option(help="Take spoken answers where a key would do.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Change what the phone line does; what is left out stays as it is. Without options, say how it stands.

    Example: smsbot clinic line Harbor --minutes 5 --dial-988
    """
    found = tools()
    wanted = {
        "note_seconds": minutes * 60 if minutes is not None else None,
        "dial_988": dial_988,
        "transfer": transfer,
        "speech": speech,
    }
    with desk(found.plain_runtime(), clinic_id(found, clinic)) as here:
        changed = house.change(here.clinic, {name: value for name, value in wanted.items() if value is not None})
        if changed:
            here.visit().note("clinic.line", f"clinic:{here.clinic.id}", **changed)
        stands = house.settings(here.clinic)
    if as_json:
        show(dict(stands))
        return
    typer.echo(f"Voice notes of {stands['note_seconds'] // 60} minutes at most.")
    for name, words in (("dial_988", "988 is offered"), ("transfer", "the clinic is put through to")):
        typer.echo(f"On request {words}: {'yes' if stands[name] else 'no'}.")
    typer.echo(f"Spoken answers: {'yes' if stands['speech'] else 'no'}.")
