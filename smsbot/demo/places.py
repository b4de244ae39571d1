"""Where the demo lives: a home folder of its own that one supervisor holds, and two listening sockets."""

import fcntl
import json
import os
import socket
from dataclasses import asdict, dataclass
from pathlib import Path

from smsbot.errors import Refused

HOST = "127.0.0.1"
WEB_PORT, BOX_PORT = 8000, 4010
# Settings that would join the demo to a real clinic, carrier or store are taken out of its environment.
OURS = (
    "TWILIO_",
    "SMSBOT_",
    "SANDBOX_",
    "DATABASE_URL",
    "REDIS_URL",
    "PUBLIC_BASE_URL",
    "SECRET_KEY",
    "SMTP_URL",
    "PORT",
)
KEPT = ("SMSBOT_FLOWS", "SMSBOT_TEMPLATES", "SMSBOT_LOG_LEVEL")


@dataclass
class Addresses:
    """What a second start prints; `account` is the demo's portal account, its password as long as it is fresh."""

    portal: str
    phones: str
    pid: int
    email: str = ""
    password: str = ""


class Home:
    """The demo's folder: inside SMSBOT_HOME but apart from it, so that no real patient is ever in the demo."""

    def __init__(self, base: Path) -> None:
        self.path = base.absolute() / "demo"
        self.logs = self.path / "logs"
        self._lock: int | None = None

    def take(self) -> bool:
        """Hold the folder until this process ends, however it ends; False while another demo does."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.logs.mkdir(mode=0o700, exist_ok=True)
        lock = os.open(self.path / "demo.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            return False
        self._lock = lock
        return True

    def release(self) -> None:
        """Let go of the folder."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def remember(self, addresses: Addresses) -> None:
        """Note where the demo runs, for the next start and for nobody else."""
        path = self.path / "demo.json"
        path.touch(mode=0o600)
        path.write_text(json.dumps(asdict(addresses)))

    def remembered(self) -> Addresses | None:
        """Where the demo runs, or ran last."""
        try:
            return Addresses(**json.loads((self.path / "demo.json").read_text()))
        except (OSError, ValueError, TypeError):
            return None


def listen(preferred: int, *, firmly: bool) -> socket.socket:
    """A listening socket on the preferred port, else on any free one; Refused if it must be that one and is taken."""
    for port in (preferred, 0):
        listening = socket.socket()
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((HOST, port))
        except OSError:
            listening.close()
            if firmly:
                raise Refused(f"Port {preferred} is in use: choose another with PORT=...") from None
            continue
        listening.listen(256)
        return listening
    raise Refused("There is no free port on this machine.")


def address(listening: socket.socket) -> str:
    """The address browsers use."""
    return f"http://{HOST}:{listening.getsockname()[1]}"


def environment(environ: dict[str, str]) -> dict[str, str]:
    """What children inherit: everything but settings, save those that point to a clinician's own content."""
    kept = {name: value for name, value in environ.items() if not name.startswith(OURS)}
    return kept | {name: environ[name] for name in KEPT if name in environ}
