"""A child process with limits: bytes in, bytes out, never longer, never bigger, and none of our keys."""

import sys
import threading
from pathlib import Path

import pytest

from smsbot import workshop
from smsbot.workshop import Limits, WorkFailed

LIMITS = Limits(seconds=20.0, memory=1 << 30)


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Writes a module for the child and returns its name."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("SMSBOT_MASTER_KEY", "a secret")

    def write(*lines: str) -> str:
        head = ["import os, sys, time", "from smsbot.workshop import confine", "rest = confine(sys.argv[1:])"]
        (tmp_path / "childs_play.py").write_text("\n".join([*head, *lines]))
        return "childs_play"

    return write


def test_it_gives_back_what_the_child_writes(module) -> None:  # type: ignore[no-untyped-def]
    name = module("sys.stdout.buffer.write(sys.stdin.buffer.read()[::-1] + rest[0].encode())")
    assert workshop.run(name, ["!"], b"abc" * 100_000, LIMITS) == b"cba" * 100_000 + b"!"


def test_a_child_may_take_longer_than_a_look(module) -> None:  # type: ignore[no-untyped-def]
    name = module("time.sleep(1.2)", "sys.stdout.buffer.write(sys.stdin.buffer.read())")
    assert workshop.run(name, [], b"x" * 200_000, LIMITS) == b"x" * 200_000


def test_its_time_ends(module) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(WorkFailed) as caught:
        workshop.run(module("time.sleep(60)"), [], b"", Limits(seconds=1.0))
    assert caught.value.why == "time"


def test_its_memory_ends(module) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(WorkFailed) as caught:
        workshop.run(module("x = bytearray(1 << 31)"), [], b"", Limits(seconds=20.0, memory=1 << 29))
    assert caught.value.why == "failed"


def test_it_ends_when_we_do(module) -> None:  # type: ignore[no-untyped-def]
    stop = threading.Event()
    stop.set()
    with pytest.raises(WorkFailed) as caught:
        workshop.run(module("time.sleep(60)"), [], b"", LIMITS, stop)
    assert caught.value.why == "stopped"


def test_it_knows_no_key_of_ours(module) -> None:  # type: ignore[no-untyped-def]
    name = module("sys.stdout.write(' '.join(os.environ))")
    assert b"SMSBOT" not in workshop.run(name, [], b"", LIMITS)


def test_it_can_write_no_file(module, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    target = tmp_path / "words.txt"
    with pytest.raises(WorkFailed):
        workshop.run(module(f"f = open({str(target)!r}, 'w')", "f.write('x' * 9000)", "f.flush()"), [], b"", LIMITS)
    assert not target.exists() or target.read_text() == ""


def test_an_extra_that_is_not_there_is_told_from_a_fault(module) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(WorkFailed) as caught:
        workshop.run(module("sys.exit(3)"), [], b"", LIMITS)
    assert caught.value.why == "missing"
    assert sys.executable
