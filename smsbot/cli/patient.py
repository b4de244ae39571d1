"""`smsbot patient`: erase with a certificate, hold, put a number right, and write as a person."""

import uuid
from datetime import datetime
from typing import Annotated

import typer

from smsbot import erasure, renumbering, replying
from smsbot.cli.common import clinic_of_patient, desk, instant, show, tools
from smsbot.enroll import ConsentForm
from smsbot.erasure import Certificate
from smsbot.errors import Refused

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    help="Erase, hold, renumber or write to a patient.",
)
Whose = Annotated[uuid.UUID, typer.Argument(help="The patient's id.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command()
def erase(
    patient: Whose,
    reason: Annotated[str, typer.Option(help="request, retention or mistake.")],
    confirm: Annotated[str, typer.Option(help="The patient's id again: this cannot be undone.")] = "",
    as_json: AsJson = False,
) -> None:
    """Destroy a patient's key: nothing they said can be read any more. Prints the certificate.

    Example: smsbot patient erase 0192f0c1-0000-7000-8000-000000000000 --reason request
    --confirm 0192f0c1-0000-7000-8000-000000000000
    """
    found = tools()
    with desk(found.plain_runtime(), clinic_of_patient(found, patient)) as here:
        erasure.erase(here, patient, reason=reason, confirm=confirm)
    certificate(patient, as_json=as_json)


@app.command()
def certificate(patient: Whose, as_json: AsJson = False) -> None:
    """Look again at an erased patient, and print what is left; exits 1 if anything of theirs could still be read.

    Example: smsbot patient certificate 0192f0c1-0000-7000-8000-000000000000 --json
    """
    found = tools()
    with desk(found.plain_runtime(), clinic_of_patient(found, patient)) as here:
        shown = erasure.certificate(here, patient)
    if as_json:
        show(shown.as_data())
    else:
        _print(shown)
    if not shown.holds:
        raise Refused("The erasure does not hold: see the certificate.")


def _print(shown: Certificate) -> None:
    cells = ", ".join(f"{table} {count}" for table, count in sorted(shown.cells.items()))
    lines = [
        "CERTIFICATE OF ERASURE",
        f"Clinic: {shown.clinic}",
        f"Patient: {shown.patient_id}",
        f"Erased: {_at(shown.erased_at)}, by {shown.by}, because {shown.reason}",
        f"Audit chain: link {shown.link}, {shown.mac}, {'holds' if shown.chain_holds else 'IS BROKEN'}",
        f"Key: destroyed. Sealed cells nobody can open: {cells}",
        f"Cells a key that is left still opens: {shown.still_open}",
        f"Columns that still lead to the number: {', '.join(shown.leads) or 'none'}",
        f"Voice files left: {shown.files_left}; recordings the carrier has yet to delete: {shown.at_the_carrier}",
        f"Do-not-text mark: {'in place' if shown.marked else 'MISSING'}; lines of the consent ledger: "
        f"{shown.ledger_lines}",
        f"Looked at again: {_at(shown.checked_at)}. The erasure {'holds' if shown.holds else 'DOES NOT HOLD'}.",
        "What stays, and why:",
        *[f"- {words}" for words in erasure.STAYS],
        "Elsewhere:",
        *[f"- {words}" for words in erasure.ELSEWHERE],
    ]
    typer.echo("\n".join(lines))


def _at(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


@app.command("erase-again")
def erase_again(as_json: AsJson = False) -> None:
    """After restoring a backup: erase whoever was erased on this machine since it was made.

    Example: smsbot patient erase-again
    """
    found = tools()
    runtime = found.plain_runtime()
    done = []
    for clinic, patient in dict.fromkeys(erasure.registered(found.settings.home)):
        with desk(runtime, clinic) as here:
            if erasure.came_back(here, patient):
                erasure.erase(here, patient, reason="request", confirm=str(patient))
                done.append(str(patient))
    if as_json:
        show({"erased": done})
        return
    typer.echo("\n".join(done) if done else "Nobody who was erased has come back.")


@app.command()
def hold(
    patient: Whose,
    lift: Annotated[bool, typer.Option("--lift", help="Lift the hold.")] = False,
    as_json: AsJson = False,
) -> None:
    """Put a patient on legal hold: nothing of theirs is erased or expires until it is lifted.

    Example: smsbot patient hold 0192f0c1-0000-7000-8000-000000000000
    """
    found = tools()
    with desk(found.plain_runtime(), clinic_of_patient(found, patient)) as here:
        row = erasure.hold(here, patient, on=not lift)
    since = row.legal_hold_at
    if as_json:
        show({"id": row.id, "legal_hold_at": since.isoformat() if since else None})
        return
    typer.echo(f"{row.id}: {f'on legal hold since {_at(since)}' if since else 'not on hold'}")


@app.command()
def phone(
    patient: Whose,
    number: Annotated[str, typer.Option(help="The right number, such as +14155550123.")],
    consent: Annotated[str, typer.Option(help="What the signed form ticks: texts, calls, echo.")],
    consent_form: Annotated[str, typer.Option(help="The version of the form, such as 2026-11.")],
    consent_at: Annotated[str, typer.Option(help="When it was signed, such as 2026-11-20T15:00:00Z.")],
    as_json: AsJson = False,
) -> None:
    """Put a wrong number right: the old one is let go and marked, the new one is invited and has to say YES.

    Example: smsbot patient phone 0192f0c1-0000-7000-8000-000000000000 --number +14155550123 --consent texts
    --consent-form 2026-11 --consent-at 2026-11-20T15:00:00Z
    """
    ticks = {tick.strip() for tick in consent.split(",")}
    form = ConsentForm("texts" in ticks, consent_form, instant(consent_at), "calls" in ticks, "echo" in ticks)
    found = tools()
    with desk(found.runtime(), clinic_of_patient(found, patient)) as here:
        row = renumbering.correct(here, patient, number, form)
    if as_json:
        show({"id": row.id, "status": row.status})
        return
    typer.echo(f"{row.id}: {row.status}. The invitation goes to the new number now.")


@app.command()
def write(
    patient: Whose,
    words: Annotated[str, typer.Option(help="The text, without a signature.")],
    name: Annotated[str, typer.Option(help="Who signs it.")],
    as_json: AsJson = False,
) -> None:
    """Send a person's own text; the script asks nothing for a day, and answers go to the work list.

    Example: smsbot patient write 0192f0c1-0000-7000-8000-000000000000 --words "Would Thursday suit you?" --name Dana
    """
    found = tools()
    with desk(found.runtime(), clinic_of_patient(found, patient)) as here:
        message = replying.reply(here, patient, words, name)
    if as_json:
        show({"id": message})
        return
    typer.echo(f"On its way, signed by {name}.")
