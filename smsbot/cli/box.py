"""The carrier in a box, as a process."""

import os
from dataclasses import replace
from typing import Annotated

import typer

from smsbot.sandbox import server
from smsbot.sandbox.settings import from_environment


def sandbox(
    bind: Annotated[str, typer.Option(help="address:port, or fd://N for a socket that is bound already")] = "",
) -> None:
    """Run the carrier in a box: a Twilio-compatible API, phones on a web page and a clock that can be moved.

    Example: smsbot sandbox --bind 127.0.0.1:4010
    """
    settings = from_environment(os.environ)
    server.run(replace(settings, bind=bind) if bind else settings)
