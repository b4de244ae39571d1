"""A full inbound turn under gunicorn, beside a bare view and the textbook stack, in one interleaved run."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from statistics import median

import requests

from smsbot import embedded
from tests.bench import ground, load, texts
from tests.bench.load import Load
from tests.bench.measure import Figure
from tests.stack_support import ROOT, Stack

CONNECTIONS = (1, 16, 64)
PATIENCE_S = 120.0
AIM = {"sqlite": 0.13, "postgresql": 0.20}
P99_MS = {1: {"sqlite": 5.0, "postgresql": 5.0}, 16: {"sqlite": 60.0, "postgresql": 25.0}}
FLOW, DIGITS = "gad7", 7


def measured(kind: str, seconds: float, patients: int, rounds: int) -> list[Figure]:
    """Rates, ratios and tails on one kind of database."""
    with ground.standing(kind) as found:
        phones = ground.joined(found, patients)
        found.start("web")
        found.wait_ready()
        url = embedded.ensure(found.home)
        with _baseline(found, "bare", url) as bare, _baseline(found, "textbook", url) as textbook:
            figures = [_figure(kind, "the disk's own flush of 12 kB, p50", _flush_ms(found), "ms")]
            for connections in CONNECTIONS:
                figures += _beside(found, kind, phones, (bare, textbook), connections, seconds, rounds)
            found.kill_redis()
            ours = _ours(found, phones, 16, seconds)
            figures.append(_figure(kind, "p99 at 16 connections, Redis killed", ours.percentile_ms(0.99), "ms"))
            figures.append(_figure(kind, "errors with Redis killed", ours.errors, "", 0.0))
    return figures


def _beside(
    found: Stack, kind: str, phones: list[str], ports: tuple[int, int], connections: int, seconds: float, rounds: int
) -> list[Figure]:
    """One number of connections: bare, ours and textbook by turns."""
    runs: list[tuple[Load, Load, Load]] = []
    for _ in range(rounds):
        bare = load.run(ports[0], cycle(_plain(ports[0], phones, 1)), connections, seconds)
        ours = _ours(found, phones, connections, seconds)
        textbook = load.run(ports[1], iter(_plain(ports[1], phones, 2 * DIGITS)), connections, seconds)
        runs.append((bare, ours, textbook))
    at = f"at {connections} connection{'s' if connections > 1 else ''}"
    ratio = median(ours.rate / bare.rate for bare, ours, _ in runs)
    times = median(ours.rate / textbook.rate for _, ours, textbook in runs)
    aims = connections == 16
    p99 = P99_MS.get(connections, {}).get(kind)
    return [
        _figure(kind, f"bare view {at}", median(bare.rate for bare, _, _ in runs), "req/s"),
        _figure(kind, f"full turn {at}", median(ours.rate for _, ours, _ in runs), "req/s"),
        _figure(kind, f"full turn {at}, of the bare view", ratio, "", AIM[kind] if aims else None, "more", "P1"),
        _figure(kind, f"full turn {at}, of the textbook stack", times, "", 3.5 if aims else None, "more", "P1"),
        _figure(kind, f"p50 {at}", median(ours.percentile_ms(0.5) for _, ours, _ in runs), "ms"),
        _figure(kind, f"p99 {at}", median(ours.percentile_ms(0.99) for _, ours, _ in runs), "ms", p99, "less", "P3"),
        _figure(kind, f"errors {at}", sum(ours.errors for _, ours, _ in runs), "", 0.0, "less", "P1"),
    ]


def _figure(kind: str, name: str, value: float, unit: str, aim: float | None = None, *more: str) -> Figure:
    return Figure(f"inbound turn, {kind}", name, value, unit, aim, *more)  # type: ignore[arg-type]


def _flush_ms(found: Stack, times: int = 100) -> float:
    """What one durable commit costs at least: with one writer, its inverse bounds the turns per second."""
    taken = []
    with (found.home / "flush").open("wb", buffering=0) as file:
        for _ in range(times):
            file.write(b"x" * 12_000)
            began = time.perf_counter()
            os.fdatasync(file.fileno())
            taken.append(time.perf_counter() - began)
    return 1000 * median(taken)


def _base(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def _ours(found: Stack, phones: list[str], connections: int, seconds: float) -> Load:
    half = len(phones) // 2
    ground.ask(found, phones[:half], FLOW)
    made = texts.rounds(_base(found.port), phones[:half], phones[half : 2 * half], DIGITS)
    return load.run(found.port, iter(made), connections, seconds)


def _plain(port: int, phones: list[str], each: int) -> list[bytes]:
    """Texts for a baseline, made and signed before the run so that the client's work is the same for all."""
    return [texts.request(_base(port), phone, "1") for _ in range(each) for phone in phones]


def _listens(port: int) -> bool:
    try:
        requests.get(_base(port), timeout=2)
    except requests.RequestException:
        return False
    return True


@contextmanager
def _baseline(found: Stack, name: str, redis_url: str) -> Iterator[int]:
    port = ground.free_port()
    env = found.env | {"PORT": str(port), "REDIS_URL": redis_url, "PUBLIC_BASE_URL": _base(port)}
    env |= {
        "DATABASE_URL": found.env["DATABASE_URL"] if found.env["DATABASE_URL"] else f"sqlite:///{found.home}/book.db"
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.baselines", name], cwd=ROOT, env=env, stdout=found.log, stderr=found.log
    )
    try:
        found.until(lambda: _listens(port), PATIENCE_S, f"the {name} baseline did not answer")
        yield port
    finally:
        process.terminate()
        process.wait(10)
