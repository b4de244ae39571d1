"""`smsbot setup`: keys, folders and database, as often as you like."""

import os
from pathlib import Path

import typer

from smsbot import config
from smsbot.cli.common import bare_database, home
from smsbot.errors import SettingsFaults
from smsbot.store.migrate import migrate


def setup() -> None:
    """Make what is missing in SMSBOT_HOME: keys (readable by you alone), folders and the database.

    Example: SMSBOT_HOME=./var smsbot setup
    """
    folder = home()
    folder.mkdir(parents=True, exist_ok=True)
    for made in [*config.make_keys(folder), *_folders(folder)]:
        typer.echo(f"Made {made}")
    migrate(bare_database())
    typer.echo("The database is at the newest tables.")
    try:
        config.load(os.environ)
    except SettingsFaults as faults:
        typer.echo("\nStill to set before the service can start:")
        for fault in faults.faults:
            typer.echo(f"  {fault}")
        return
    typer.echo("All settings are fit.")


def _folders(folder: Path) -> list[Path]:
    """The folder of sealed recordings, for the service alone to read."""
    missing = [path for path in (folder / "audio",) if not path.is_dir()]
    for path in missing:
        path.mkdir(mode=0o700)
    return missing
