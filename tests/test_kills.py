"""SIGKILL at the named points of the send and of the turn, and of Redis: nothing is lost, nothing goes twice."""

import random
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.stack_support import Stack, stack

# Which process passes which point.
POINTS = {
    "turn.before_commit": "web",
    "turn.committed": "web",
    "outbox.claimed": "worker",
    "outbox.sending": "worker",
    "outbox.sent": "worker",
    "outbox.recorded": "worker",
    "batch.before_commit": "worker",
    "batch.committed": "worker",
}
PATIENTS = 12
UNDECIDED = ("ready", "claimed", "sending", "unknown")


@pytest.fixture
def running(tmp_path: Path):  # type: ignore[no-untyped-def]
    with stack(tmp_path) as found:
        found.start("web")
        found.start("worker")
        found.start("clock")
        found.wait_ready()
        yield found


def join(running: Stack) -> list[str]:
    """Enroll everybody and let them say YES, with nothing failing yet."""
    phones = [running.enroll(number) for number in range(PATIENTS)]
    running.until(lambda: len(running.box.messages(direction="outbound-api")) >= PATIENTS, 60, "no invitations")
    for phone in phones:
        running.box.text(phone, "YES")
    running.until(lambda: not running.states(*UNDECIDED), 90, "the welcome did not arrive")
    return phones


def campaign(running: Stack, phones: list[str], points: Sequence[str], seed: int) -> int:
    """Text and kill until a process has died at each of the points; returns how many texts were written."""
    chance = random.Random(seed)
    sent = 0
    for number, point in enumerate(points):
        process = POINTS[point]
        running.kill(process)
        running.start(process, f"{point}:{chance.randint(1, 2)}")
        if process == "web":
            running.wait_ready()
        sent += until_dead(running, point, phones, chance)
        if number % 10 == 4:
            running.kill_redis()
        if number % 10 == 9:
            running.kill("clock")
            running.start("clock")
    return sent


def until_dead(running: Stack, point: str, phones: list[str], chance: random.Random) -> int:
    """Give the armed process work until it has killed itself (a web worker is one of gunicorn's children)."""
    process, sent, before = POINTS[point], 0, deaths(running, POINTS[point])
    end = time.monotonic() + 40
    while deaths(running, process) == before and time.monotonic() < end:
        if point.startswith("batch"):
            phones.append(running.enroll(len(phones)))  # an invitation is due at once
            time.sleep(2)
        else:
            running.box.text(chance.choice(phones[:PATIENTS]), "MENU", wait=False)
            sent += 1
            time.sleep(0.3)
    running.kills += deaths(running, process) > before
    running.kill(process)
    running.start(process)
    if process == "web":
        running.wait_ready()
    return sent


def deaths(running: Stack, process: str) -> int:
    """How often the process, or the child of gunicorn that serves, has been killed."""
    if process != "web":
        return int(running.processes[process].poll() is not None)
    running.log.flush()
    return Path(running.log.name).read_bytes().count(b"SIGKILL")


def settle(running: Stack, wanted: int) -> None:
    """Everything runs again, unarmed: the texts that were missed are fetched, and every story comes to its end."""
    for process in ("web", "worker", "clock"):
        running.kill(process)
        running.start(process)
    running.wait_ready()
    running.until(lambda: running.inbound() >= wanted, 120, "texts that the carrier has never arrived")
    running.until(lambda: not running.states(*UNDECIDED), 180, "some sends are still undecided")


def prove(running: Stack, wanted: int) -> None:
    """Every text is here once; every row of ours is at the carrier once. A receipt may have been lost on the way."""
    rows, carrier = running.rows(), running.at_carrier()
    assert running.inbound() == wanted
    assert {row: count for row, count in carrier.items() if count != 1} == {}, "sent twice"
    assert set(carrier) ^ set(rows) == set(), "lost, or sent without a row"
    assert set(rows.values()) <= {"delivered", "sent", "accepted"}


def run(running: Stack, points: Sequence[str], seed: int) -> None:
    phones = join(running)
    wanted = len(phones) + campaign(running, phones, points, seed)
    settle(running, wanted)
    prove(running, wanted)
    print(f"{running.kills} kills, {wanted} texts: none lost, none twice")


def test_a_few_kills_lose_nothing_and_double_nothing(running: Stack) -> None:
    run(running, ("turn.committed", "outbox.sending", "outbox.sent"), seed=1)


@pytest.mark.long
def test_two_hundred_kills_lose_nothing_and_double_nothing(running: Stack) -> None:
    run(running, random.Random(2026).choices(list(POINTS), k=200), seed=2026)
    assert running.kills >= 195
