"""Where the commands about content find it."""

import os
from pathlib import Path

import typer

from smsbot import content
from smsbot.script import Script


def folders(home: Path | None) -> tuple[Path, Path]:
    """The folders of flows and lines: those of `home`, else of SMSBOT_HOME, else the ones that came with smsbot."""
    return content.locate(home or Path(os.environ.get("SMSBOT_HOME", "var")))


def loaded(home: Path | None) -> content.Content:
    """The content, or its faults on standard error and exit status 1."""
    try:
        return content.load(*folders(home))
    except content.ContentFaults as error:
        for fault in error.faults:
            typer.echo(str(fault), err=True)
        raise SystemExit(1) from None


def script_of(found: content.Content, flow: str) -> Script:
    """One flow's script; an unknown name is answered with the names there are."""
    if flow not in found.scripts:
        typer.echo(f"There is no flow '{flow}'. There are: {', '.join(found.scripts)}.", err=True)
        raise SystemExit(2)
    return found.scripts[flow]
