"""Memory of the whole stack at rest, how soon the web process answers, how soon `--help` is printed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from tests.bench import ground
from tests.bench.measure import Figure
from tests.stack_support import ROOT

PART = "processes, sqlite"
QUIET_S = 6.0
HELPS = 5


def measured() -> list[Figure]:
    """PSS of each process, seconds to the first answer, seconds of `smsbot --help`."""
    with ground.standing("sqlite") as found:
        began = time.perf_counter()
        found.start("web")
        found.wait_ready()
        ready = time.perf_counter() - began
        found.start("worker")
        found.start("clock")
        time.sleep(QUIET_S)
        sizes = {name: sum(_pss_mb(pid) for pid in _tree(found.processes[name].pid)) for name in found.processes}
        sizes["valkey"] = sum(_pss_mb(pid) for pid in found.redis_pids())
        for name in tuple(found.processes):
            found.kill(name)
        found.start("all")
        found.wait_ready()
        time.sleep(QUIET_S)
        one = sum(_pss_mb(pid) for pid in [*_tree(found.processes["all"].pid), *found.redis_pids()])
        together = found.processes.pop("all")
        os.kill(together.pid, signal.SIGTERM)
        together.wait()
    figures = [Figure(PART, f"memory of {name} (PSS)", size, "MB") for name, size in sizes.items()]
    return [
        *figures,
        Figure(PART, "memory of all (PSS)", sum(sizes.values()), "MB", 300.0, "less", "P7"),
        Figure(PART, "memory of all as one command (PSS)", one, "MB", 300.0, "less", "P7"),
        Figure(PART, "web answers after", ready, "s", 1.5, "less", "P7"),
        Figure(PART, "smsbot --help", _help_s(), "s", 0.4, "less", "P7"),
    ]


def _tree(pid: int) -> list[int]:
    """A process and everything below it."""
    below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in below for each in _tree(int(child)))]


def _pss_mb(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def _help_s() -> float:
    times = []
    for _ in range(HELPS):
        began = time.perf_counter()
        subprocess.run(
            [str(Path(sys.executable).parent / "smsbot"), "--help"], cwd=ROOT, check=True, capture_output=True
        )
        times.append(time.perf_counter() - began)
    return median(times)
