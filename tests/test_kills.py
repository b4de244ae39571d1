"""SIGKILL at the named points of the send and of the turn, and of Redis: nothing is lost, nothing goes twice."""

import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path

import pytest

from tests.stack_support import Stack, stack

WEB = ("turn.before_commit", "turn.committed")
BACKGROUND = (
    "outbox.claimed",
    "outbox.sending",
    "outbox.sent",
    "outbox.recorded",
    "batch.before_commit",
    "batch.committed",
)
PATIENTS = 6
# Each death keeps its patients' queues waiting until it is known what was sent: many deaths need many patients.
MANY_PATIENTS = 30
DEATHS = 2
MOST_PATIENTS = 200
STALLED_S = 20.0
LONGEST_S = 1200.0
UNDECIDED = ("ready", "claimed", "sending", "unknown")


@pytest.fixture
def running(tmp_path: Path):  # type: ignore[no-untyped-def]
    with stack(tmp_path) as found:
        found.start("web")
        found.start("worker")
        found.start("clock")
        found.wait_ready()
        yield found


def join(running: Stack, patients: int) -> list[str]:
    """Enroll everybody and let them say YES, with nothing failing yet."""
    phones = [running.enroll(number) for number in range(patients)]
    running.until(lambda: len(running.box.messages(direction="outbound-api")) >= patients, 90, "no invitations")
    for phone in phones:
        running.box.text(phone, "YES")
    running.until(lambda: not running.states(*UNDECIDED), 120, "the welcome did not arrive")
    return phones


def kill_web(running: Stack, phones: list[str], points: Sequence[str], chance: random.Random) -> int:
    """Text until the serving child of gunicorn has died at each point; returns how many texts were written.

    gunicorn starts another child, which is armed as its elder was: each armed web process serves for several deaths.
    """
    sent = 0
    for point in points:
        running.kill("web")
        running.start("web", f"{point}:{chance.randint(1, 3)}")
        running.wait_ready()
        before, end = web_deaths(running), time.monotonic() + 60
        while web_deaths(running) < before + DEATHS and time.monotonic() < end:
            sent += text(running, phones, chance)
        running.kills += web_deaths(running) - before
    running.kill("web")
    running.start("web")
    running.wait_ready()
    return sent


def web_deaths(running: Stack) -> int:
    """How many of its children gunicorn has seen killed."""
    running.log.flush()
    return Path(running.log.name).read_bytes().count(b"SIGKILL")


def kill_background(
    running: Stack, phones: list[str], points: Iterator[str], deaths: int, chance: random.Random
) -> int:
    """Worker and clock are armed all the time; whichever dies starts again, armed with the next point.

    A clock passes some points only while no worker is there: who has not died for a while is armed anew.
    """
    sent, last, joined = 0, time.monotonic(), list(phones)
    for process in ("worker", "clock"):
        arm(running, process, next(points), chance)
    target, end = running.kills + deaths, time.monotonic() + LONGEST_S
    while running.kills < target and time.monotonic() < end:
        sent += text(running, joined, chance)
        if chance.random() < 0.2 and len(phones) < MOST_PATIENTS:
            phones.append(running.enroll(len(phones)))  # an invitation is due at once: batches have work
        for process in ("worker", "clock"):
            died = running.processes[process].poll() is not None
            if died or time.monotonic() - last > STALLED_S:
                running.kills += died
                last = time.monotonic()
                arm(running, process, next(points), chance)
                if running.kills % 10 == 5:
                    running.kill_redis()
    return sent


def arm(running: Stack, process: str, point: str, chance: random.Random) -> None:
    """Start a process anew, to die at this point."""
    if process in running.processes:
        running.kill(process)
    running.start(process, f"{point}:{chance.randint(1, 3)}")


def text(running: Stack, phones: list[str], chance: random.Random) -> int:
    """One text from one of the patients who joined, unless many replies are waiting: the dead cannot send them."""
    if running.states(*UNDECIDED) > 3 * len(phones):
        time.sleep(0.5)
        return 0
    running.box.text(chance.choice(phones), "MENU", wait=False)
    time.sleep(0.25)
    return 1


def settle(running: Stack, wanted: int) -> None:
    """Everything runs again, unarmed: the texts that were missed are fetched, and every story comes to its end."""
    for process in ("web", "worker", "clock"):
        running.kill(process)
        running.start(process)
    running.wait_ready()
    running.until(lambda: running.inbound() >= wanted, 120, "texts that the carrier has never arrived")
    running.until(lambda: not running.states(*UNDECIDED), 300, "some sends are still undecided")


def prove(running: Stack, wanted: int) -> None:
    """Every text is here once, and what we wrote is what people got. A receipt may have been lost on the way."""
    ours, theirs = running.ours(), running.theirs()
    assert running.inbound() == wanted
    assert theirs - ours == Counter(), "sent twice"
    assert ours - theirs == Counter(), "lost"
    assert set(running.rows().values()) <= {"delivered", "sent", "accepted"}


def run(running: Stack, web: Sequence[str], points: Iterator[str], deaths: int, patients: int, seed: int) -> None:
    chance = random.Random(seed)
    phones = join(running, patients)
    wanted = patients + kill_web(running, phones, web, chance)
    wanted += kill_background(running, phones, points, deaths, chance)
    settle(running, wanted)
    prove(running, wanted)
    print(f"{running.kills} kills, {wanted} texts: none lost, none twice")
    assert running.kills >= len(web) * DEATHS + deaths


def test_a_few_kills_lose_nothing_and_double_nothing(running: Stack) -> None:
    points = cycle(("outbox.sending", "outbox.sent", "batch.committed", "outbox.sent"))
    run(running, ("turn.committed",), points, deaths=2, patients=PATIENTS, seed=2026)


@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_two_hundred_kills_lose_nothing_and_double_nothing(running: Stack, seed: int) -> None:
    """Fifty each, so that four may run beside each other."""
    points = random.Random(seed)
    run(running, WEB * 3, iter(lambda: points.choice(BACKGROUND), ""), deaths=38, patients=MANY_PATIENTS, seed=seed)
