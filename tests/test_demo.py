"""The demo: children that live and die with their supervisor, a home nobody else is in, and the whole thing once."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests

from smsbot import embedded, paging, raising
from smsbot import scope as scopes
from smsbot.carrier.answers import Accepted
from smsbot.demo import people, places, seed
from smsbot.demo.children import Child
from smsbot.demo.places import Addresses, Home
from smsbot.errors import Refused
from smsbot.localtime import local_clock
from smsbot.runtime import Runtime
from smsbot.store import clinics
from smsbot.store.db import open_database
from smsbot.store.migrate import migrate
from smsbot.vault import Vault, master_keys
from tests.api_support import ANA, MASTER, settings, shipped

SMSBOT = str(Path(sys.executable).with_name("smsbot"))


def until(come: Callable[[], object], seconds: float = 10.0) -> object:
    """Wait for something to come."""
    end = time.monotonic() + seconds
    while not (found := come()):
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.02)
    return found


def alive(pid: int) -> bool:
    """Whether a process still runs (one that is dead but not yet buried does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def sleeper(tmp_path: Path, code: str = "import time; time.sleep(60)") -> Child:
    """A child that runs a line of Python."""
    return Child("sleeper", lambda: ([sys.executable, "-c", code], ()), dict(os.environ), tmp_path / "log")


def test_a_child_that_dies_is_started_again_later_each_time(tmp_path: Path):
    child = sleeper(tmp_path, "pass")
    child.start()
    waits = []
    for _ in range(3):
        until(child.tend)  # found dead
        waits.append(child.wait_s)
        until(lambda: child.tend() or child.again_at == 0.0)  # started again
    child.stop()
    assert waits == [1.0, 2.0, 4.0]


def test_what_follows_a_start_is_tried_until_it_is_done(tmp_path: Path):
    tries: list[int] = []
    child = sleeper(tmp_path)
    child.then = lambda: len(tries) == 2 or bool(tries.append(1))
    child.start()
    until(lambda: child.tend() or child.settled)
    assert len(tries) == 2
    child.stop()


def test_a_stopped_child_is_asked_first(tmp_path: Path):
    code = (
        "import signal, sys, time; signal.signal(15, lambda *_: sys.exit(7)); print('up', flush=True); time.sleep(60)"
    )
    child = sleeper(tmp_path, code)
    child.start()
    until(lambda: child.log.read_text() == "up\n")
    child.stop()
    assert child.process is not None
    assert child.process.returncode == 7


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells children of their parent's death")
def test_a_child_dies_when_its_supervisor_is_killed(tmp_path: Path):
    code = (
        "import pathlib, time; from tests.test_demo import sleeper;"
        f"child = sleeper(pathlib.Path({str(tmp_path)!r})); child.start(); print(child.process.pid, flush=True);"
        "time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as supervisor:
        assert supervisor.stdout is not None
        child = int(supervisor.stdout.readline())
        assert alive(child)
        supervisor.kill()
    until(lambda: not alive(child))


def test_one_demo_holds_a_home_and_the_next_is_told_where_it_runs(tmp_path: Path):
    first, second = Home(tmp_path), Home(tmp_path)
    assert first.take()
    first.remember(Addresses("http://127.0.0.1:1/portal/", "http://127.0.0.1:2/", 1))
    assert not second.take()
    found = second.remembered()
    assert found is not None
    assert found.phones == "http://127.0.0.1:2/"
    first.release()
    assert second.take()
    second.release()


def test_a_port_in_use_gives_way_unless_it_was_asked_for():
    with places.listen(0, firmly=False) as taken:
        port = taken.getsockname()[1]
        with places.listen(port, firmly=False) as other:
            assert other.getsockname()[1] != port
        with pytest.raises(Refused, match=f"Port {port} is in use"):
            places.listen(port, firmly=True)


def test_no_setting_of_a_real_clinic_reaches_the_demo():
    given = {
        "PATH": "/bin",
        "TWILIO_AUTH_TOKEN": "real",
        "DATABASE_URL": "postgresql://real",
        "SMSBOT_MASTER_KEY": "real",
        "REDIS_URL": "redis://real",
        "SMSBOT_FLOWS": "/my/flows",
    }
    assert places.environment(given) == {"PATH": "/bin", "SMSBOT_FLOWS": "/my/flows"}


@pytest.mark.parametrize("hour", range(0, 24, 3))
def test_the_demo_opens_inside_texting_hours(hour: int):
    now = datetime(2026, 11, 22, hour, 30, tzinfo=UTC)
    by = seed.until_open(now)
    assert timedelta(0) <= by < timedelta(hours=24)
    assert seed.OPENS <= local_clock(now + by, seed.ZONE) <= seed.CLOSES


class Posted:
    """A carrier that takes every text, and remembers to whom."""

    def __init__(self) -> None:
        self.to: list[str] = []

    def send(self, to: str, sender: str, body: str, status_callback: str, validity_s: int) -> Accepted:
        self.to.append(to)
        return Accepted(f"SM{len(self.to):032d}", "queued", 1)


def test_a_fault_of_the_demos_service_comes_to_its_operators_phone(tmp_path: Path):
    database = open_database(f"sqlite:///{tmp_path / 'demo.db'}", may_lose_on_power_cut=True)
    migrate(database)
    posted = Posted()
    known = settings(SMSBOT_HOME=tmp_path, SMSBOT_SANDBOX=True)
    runtime = Runtime(known, database, Vault(master_keys(MASTER)), shipped(), carrier=posted)
    with database.write() as db:
        seed.seed(runtime, db)
        clinic = clinics.every(db)[0]
        keys = clinics.keys(db, runtime.vault, clinic.id)
        raising.fault(scopes.of_clinic(runtime, db, keys, clinic, runtime.care(db)), "touch", runtime.new_id())
    paging.page(runtime)
    operator = next(each.phone for each in people.STAFF if each.kind == "operator")
    assert operator in posted.to


@contextmanager
def demo(home: Path) -> Iterator["subprocess.Popen[str]"]:
    """A running demo, gone afterwards whatever happens."""
    env = {name: value for name, value in os.environ.items() if name != "PORT"} | {"SMSBOT_HOME": str(home)}
    process = subprocess.Popen([SMSBOT, "demo"], env=env, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if "Ctrl-C" in line:
                break
        assert process.poll() is None
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)


def family(pid: int) -> dict[str, int]:
    """The children of a process by what they are, with its own workers' children left out."""
    found = {}
    for each in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parent = int(each.read_text().rpartition(")")[2].split()[1])
            words = (each.parent / "cmdline").read_text().split("\0")
            if parent == pid:
                kind = next((word for word in words if word in ("web", "worker", "clock", "sandbox")), "store")
                found[kind] = int(each.parent.name)
    return found


def texts(phones: str, phone: str) -> list[str]:
    """What a phone of the demo has been sent."""
    found = requests.get(f"{phones}sandbox/messages", params={"to": phone}, timeout=10).json()
    return [message["body"] for message in found["messages"]]


@pytest.mark.long
def test_the_demo_runs_mends_itself_and_leaves_nothing_behind(tmp_path: Path):
    home = Home(tmp_path)
    with demo(tmp_path) as process:
        found = home.remembered()
        assert found is not None
        until(lambda: len(texts(found.phones, ANA)) >= 2)  # invited, and welcomed after YES
        env = {**os.environ, "SMSBOT_HOME": str(tmp_path)}
        again = subprocess.run([SMSBOT, "demo"], env=env, capture_output=True, text=True, timeout=60)
        assert (again.returncode, found.portal in again.stdout) == (0, True)
        before = family(process.pid)
        assert set(before) == {"store", "sandbox", "web", "worker", "clock"}
        for kind in ("store", "worker", "clock"):
            os.kill(before[kind], signal.SIGKILL)
        until(lambda: set(family(process.pid)) == set(before) and family(process.pid) != before, 60)
        until(lambda: embedded.answers(home.path), 30)
        after = family(process.pid)
        process.kill()
        until(lambda: not any(map(alive, after.values())), 30)
    with demo(tmp_path) as process:
        last = family(process.pid)
    until(lambda: not any(map(alive, last.values())), 30)
    assert not embedded.answers(home.path)
    assert json.loads((home.path / "demo.json").read_text())["email"] == seed.EMAIL
