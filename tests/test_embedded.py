"""The embedded Redis: one server per folder whoever starts it, its data kept, its socket private."""

import os
import re
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import redis

from smsbot import embedded
from smsbot.embedded import EmbeddedError


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """Return a home folder whose server is stopped afterwards."""
    yield tmp_path
    embedded.stop(tmp_path)


def ask(address: str) -> "redis.Redis":
    """Return a client for the server at `address`."""
    return redis.Redis.from_url(address, decode_responses=True)


def pid(address: str) -> int:
    """Return the server's process id."""
    with ask(address) as client:
        return int(client.info("server")["process_id"])


def test_it_is_set_up_as_a_store_of_record(home: Path):
    with ask(embedded.ensure(home)) as client:
        assert client.ping()
        settings = client.config_get("*")
    kept = {name: settings[name] for name in ("port", "appendonly", "appendfsync", "save", "maxmemory-policy")}
    assert kept == {
        "port": "0",
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "maxmemory-policy": "noeviction",
    }


def test_only_this_user_may_open_the_socket(home: Path):
    embedded.ensure(home)
    path = embedded.socket_path(home)
    assert stat.S_IMODE(path.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_no_port_is_opened(home: Path):
    server = pid(embedded.ensure(home))
    inodes = {os.readlink(f"/proc/{server}/fd/{fd}") for fd in os.listdir(f"/proc/{server}/fd")}
    tables = "\n".join(Path("/proc/net", name).read_text() for name in ("tcp", "tcp6"))
    rows = [line.split() for line in tables.splitlines() if line.count(":") > 4]
    assert not [row for row in rows if f"socket:[{row[9]}]" in inodes]


def test_a_second_start_shares_the_first_server(home: Path):
    assert pid(embedded.ensure(home)) == pid(embedded.ensure(home))


def test_eight_at_once_start_one_server(home: Path):
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: pid(embedded.ensure(home)), range(8)))
    assert len(found) == 1


def test_several_processes_at_once_start_one_server(home: Path):
    code = "import sys, pathlib; from smsbot import embedded; print(embedded.ensure(pathlib.Path(sys.argv[1])))"
    starts = [
        subprocess.Popen([sys.executable, "-c", code, str(home)], stdout=subprocess.PIPE, text=True) for _ in range(3)
    ]
    addresses = {start.communicate(timeout=20)[0].strip() for start in starts}
    assert addresses == {embedded.url(home)}
    with ask(embedded.url(home)) as client:
        assert client.ping()  # it outlives the processes that started it


def test_a_killed_server_comes_back_with_its_data(home: Path):
    address = embedded.ensure(home)
    first = pid(address)
    with ask(address) as client:
        client.rpush("wake", "a", "b")
    os.kill(first, signal.SIGKILL)
    with ask(embedded.ensure(home)) as client:
        assert client.lrange("wake", 0, -1) == ["a", "b"]
    assert pid(address) != first


def test_a_stopped_server_keeps_its_data_and_frees_the_folder(home: Path):
    with ask(embedded.ensure(home)) as client:
        client.set("a", "1")
    assert embedded.stop(home)
    assert not embedded.stop(home)
    with ask(embedded.ensure(home)) as client:
        assert client.get("a") == "1"


def test_a_long_path_gets_a_short_socket_of_its_own(tmp_path: Path):
    home = tmp_path / ("long" * 30)
    try:
        address = embedded.ensure(home)
        path = embedded.socket_path(home)
        assert len(str(path)) <= embedded.LONGEST_SOCKET
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        assert path != embedded.socket_path(tmp_path / ("long" * 31))
        with ask(address) as client:
            assert client.config_get("dir")["dir"] == str(home / "valkey")
    finally:
        embedded.stop(home)
        path.parent.rmdir()


def test_a_path_with_odd_characters_works(tmp_path: Path):
    home = tmp_path / "a b%é?#"
    try:
        with ask(embedded.ensure(home)) as client:
            assert client.ping()
    finally:
        embedded.stop(home)


@pytest.mark.parametrize("where", ["file/home", "/sys/smsbot"])
def test_a_folder_that_cannot_be_written_is_explained(tmp_path: Path, where: str):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(EmbeddedError, match=r"cannot write to .*: make it writable, or point SMSBOT_HOME"):
        embedded.ensure(tmp_path / where)


def test_data_it_cannot_read_is_explained_with_its_own_words(tmp_path: Path):
    embedded.ensure(tmp_path)
    embedded.stop(tmp_path)
    (base,) = (tmp_path / "valkey" / "appendonlydir").glob("*.base.rdb")
    base.write_bytes(b"REDIS9999" + bytes(50))
    with pytest.raises(EmbeddedError, match="stopped at once") as caught:
        embedded.ensure(tmp_path)
    assert re.search(r"RDB|AOF|append only", str(caught.value))
