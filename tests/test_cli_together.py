"""The service as one command: children that die are back, and all end with it."""

import os
import signal
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from smsbot.cli.together import Family


def note(place: Path) -> None:
    """A child's work: say who it is, then wait for the end."""
    with place.open("a") as file:
        file.write(f"{os.getpid()}\n")
    signal.pause()


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 15
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    assert condition()


def test_a_child_that_is_killed_is_back_and_all_end_with_the_command(tmp_path: Path) -> None:
    one, two, ending = tmp_path / "one", tmp_path / "two", threading.Event()
    for place in (one, two):
        place.touch()
    family = Family({"one": partial(note, one), "two": partial(note, two)})
    run = threading.Thread(target=family.run, args=(ending,))
    run.start()
    try:
        until(lambda: bool(one.read_text() and two.read_text()))
        os.kill(int(one.read_text()), signal.SIGKILL)
        until(lambda: len(one.read_text().split()) == 2)
    finally:
        ending.set()
        run.join(20)
    assert len(two.read_text().split()) == 1
    assert not any(child.process.is_alive() for child in family.children.values())
