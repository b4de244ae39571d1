"""`python -m smsbot.sandbox`: a sandbox on its own, set by the environment and a few options."""

from __future__ import annotations

import argparse
import os
from dataclasses import replace
from pathlib import Path

from smsbot.sandbox.server import run
from smsbot.sandbox.settings import OPT_OUT_MODES, Settings, from_environment


def arguments(argv: list[str] | None = None) -> Settings:
    """The settings that the environment and the command line ask for."""
    settings = from_environment()
    parser = argparse.ArgumentParser(prog="smsbot.sandbox", description="A Twilio-compatible carrier in a box.")
    parser.add_argument("--bind", default=settings.bind, help="address:port, or fd://N (default %(default)s)")
    parser.add_argument("--service-url", default=settings.service_url, help="where smsbot answers")
    parser.add_argument("--number", action="append", help="a phone number of the account (repeat for more)")
    parser.add_argument("--opt-out", choices=OPT_OUT_MODES, default=settings.opt_out)
    parser.add_argument("--seed", type=int, default=settings.seed)
    parser.add_argument("--journal", type=Path, default=settings.journal)
    given = parser.parse_args(argv)
    return replace(
        settings,
        bind=given.bind,
        service_url=given.service_url,
        numbers=tuple(given.number or settings.numbers),
        opt_out=given.opt_out,
        seed=given.seed,
        journal=given.journal,
    )


if __name__ == "__main__":
    # A folder of gunicorn settings must not leak into the sandbox.
    os.environ.pop("GUNICORN_CMD_ARGS", None)
    run(arguments())
