"""The processes: web, worker, clock, the carrier in a box, and the demo that runs them all."""

import os
from typing import Annotated

import typer

from smsbot import config
from smsbot.web import serve

Host = Annotated[str, typer.Option(help="Address to listen on; a proxy with TLS stands in front of it.")]


def web(
    host: Host = "127.0.0.1",
) -> None:
    """Run the web process: webhooks, API and portal.

    Example: PORT=8000 smsbot web
    """
    serve.serve(config.load(os.environ), host)
