"""`smsbot keys`: add a master key, wrap everything under the newest one, give a clinic a new key."""

import os
from typing import Annotated

import typer

from smsbot.cli.common import Tools, clinic_id, home, tools
from smsbot.config import KEY_FILES
from smsbot.errors import Refused
from smsbot.store.rotation import Rotation, rotate_clinic, rotate_master
from smsbot.vault import new_master_key

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True, help="Rotate keys.")
MASTER = "SMSBOT_MASTER_KEY"


@app.command()
def add() -> None:
    """Put a fresh master key in front of the ones in SMSBOT_HOME/keys. Then restart every process, and rotate.

    Example: smsbot keys add
    """
    path = home() / "keys" / KEY_FILES[MASTER]
    if os.environ.get(MASTER) or not path.is_file():
        raise Refused(
            f"The master key comes from {MASTER}: put a fresh one in front of it there, separated by a comma."
        )
    text = ",".join([new_master_key(), path.read_text().strip()])
    fresh = path.with_suffix(".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(text + "\n")
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(path)
    typer.echo("Added. Restart web, worker and clock, so that they know it; then run `smsbot keys rotate`.")


@app.command()
def rotate(
    clinic: Annotated[str, typer.Option(help="Give this clinic (id or name) a new key of its own.")] = "",
) -> None:
    """Wrap all keys under the newest master key; or, with --clinic, seal a clinic's data under a new key.

    Example: smsbot keys rotate --clinic Harbor
    """
    found = tools()
    if clinic:
        _clinic(found, clinic)
        return
    count = rotate_master(found.database, found.vault)
    typer.echo(f"{count} keys are under the newest master key; older ones can be removed from {MASTER}.")


def _clinic(found: Tools, named: str) -> None:
    runtime = found.plain_runtime()
    which = clinic_id(found, named)
    work = Rotation(found.database, found.vault, which, runtime.new_id, runtime.machine())
    with typer.progressbar(
        rotate_clinic(work), length=work.count(), label="Sealing", file=typer.get_text_stream("stderr")
    ) as bar:
        done = sum(bar)
    typer.echo(f"Key version {work.version()}: {done} rows sealed anew.")
