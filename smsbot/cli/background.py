"""The processes that work behind the web: worker and clock."""

import os

from smsbot import clock as clocks
from smsbot import config
from smsbot.jobs import working


def worker() -> None:
    """Run a worker process: sends texts, settles answers, releases touches. Run as many as you like.

    Example: smsbot worker
    """
    working.start(config.load(os.environ))


def clock() -> None:
    """Run the clock process: sees what is due each second and has it done. Two may run; one is enough.

    Example: smsbot clock
    """
    clocks.start(config.load(os.environ))
