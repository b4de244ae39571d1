"""A process that releases what is due until nothing is, as the clock and the workers do."""

import os

from smsbot import runtime, schedule
from smsbot.config import load
from smsbot.jobs.duties import BATCH

if __name__ == "__main__":
    made = runtime.build(load(os.environ))
    while schedule.release(made, BATCH)[0]:
        pass
