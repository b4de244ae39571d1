"""`smsbot code`: the four-digit code behind which the phone line plays a patient's own words."""

import secrets
import uuid
from typing import Annotated

import typer

from smsbot.calls.code import is_plain, set_code
from smsbot.cli.common import clinic_of_patient, desk, show, tools
from smsbot.store import patients


def code(
    patient: Annotated[uuid.UUID, typer.Argument(help="The patient's id.")],
    to: Annotated[str, typer.Option("--set", help="These four digits; left out, fresh ones.")] = "",
    remove: Annotated[bool, typer.Option("--remove", help="Take the code away.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Give a patient a code for the phone line, shown once here; a new one also lifts the lock after five misses.

    Example: smsbot code 0192f0c1-0000-7000-8000-000000000000 --json
    """
    found = tools()
    fresh = None if remove else to or _fresh()
    with desk(found.plain_runtime(), clinic_of_patient(found, patient)) as here:
        row = patients.get(here.db, here.keys, patient, lock=True)
        set_code(here.keys.patient(row.id, row.wrapped_key), row, fresh)
        here.visit().note("patient.code", f"patient:{row.id}", given=fresh is not None)
    if as_json:
        show({"id": patient, "code": fresh})
    else:
        typer.echo(
            f"The code is {fresh}: tell it to the patient, and to nobody else." if fresh else "The code is gone."
        )


def _fresh() -> str:
    """Four digits that nobody would try first."""
    while True:
        digits = f"{secrets.randbelow(10_000):04d}"
        if not is_plain(digits):
            return digits
