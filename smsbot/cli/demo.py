"""`smsbot demo`: everything on this machine, with a clinic to look at."""

import os
from functools import partial
from pathlib import Path

import typer

from smsbot.demo import supervisor


def demo() -> None:
    """Run the service before a carrier in a box, with a demo clinic. Nothing leaves this machine.

    Example: smsbot demo
    """
    supervisor.run(Path(os.environ.get("SMSBOT_HOME") or "var"), dict(os.environ), partial(typer.echo, color=False))
