"""A real HTTP server on loopback that answers each request with the next act of a script; acts see the raw socket."""

import json
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

ACCOUNT = "AC" + "0" * 32


@dataclass
class Seen:
    """One request as it arrived."""

    method: str
    path: str
    form: list[tuple[str, str]]
    authorization: str
    client: tuple[str, int]


class Stage(BaseHTTPRequestHandler):
    """One request handled by the script of its server."""

    protocol_version = "HTTP/1.1"
    server: "Server"

    def do_GET(self) -> None:
        """Handle any method: read the request whole, then act."""
        length = int(self.headers.get("Content-Length", 0))
        form = parse_qsl(self.rfile.read(length).decode(), keep_blank_values=True)
        authorization = self.headers.get("Authorization", "")
        self.server.seen.append(Seen(self.command, self.path, form, authorization, self.client_address))
        acts = self.server.acts
        (acts.pop(0) if len(acts) > 1 else acts[0])(self)

    do_POST = do_DELETE = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """The server, its script and what it saw."""

    daemon_threads = True

    def __init__(self, acts: list["Act"]) -> None:
        super().__init__(("127.0.0.1", 0), Stage)
        self.acts, self.seen = acts, list[Seen]()

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: half the acts end badly on purpose."""

    @property
    def base(self) -> str:
        """The address to aim at."""
        return f"http://127.0.0.1:{self.server_port}"


Act = Callable[[Stage], None]


@contextmanager
def serving(*acts: Act) -> Iterator[Server]:
    """Run a server whose last act repeats."""
    with Server(list(acts)) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def answer(status: int, body: object, **headers: str) -> Act:
    """Answer with JSON, or with bytes as they are."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()

    def act(stage: Stage) -> None:
        stage.send_response(status)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(raw)), **given}.items():
            stage.send_header(name, value)
        stage.end_headers()
        stage.wfile.write(raw)

    return act


def refuse(status: int, code: int) -> Act:
    """Answer as Twilio does when it refuses, with the patient's number in its words."""
    return answer(status, {"code": code, "message": "The 'To' number +14155550123 is bad", "status": status})


def truncated(stage: Stage) -> None:
    """Promise more than is sent, then hang up."""
    answer(201, b'{"sid": "SM', Content_Length="500")(stage)
    stage.close_connection = True


def reset(stage: Stage) -> None:
    """Read the request, then reset the connection without a word."""
    stage.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    stage.connection.close()
    stage.close_connection = True


def silent_until(event: threading.Event) -> Act:
    """Keep the client waiting until the test is done with it."""

    def act(stage: Stage) -> None:
        event.wait(10)
        stage.close_connection = True

    return act


def message(number: int, **fields: object) -> dict[str, object]:
    """Return a message resource as Twilio shows it."""
    return {
        "sid": f"SM{number:032x}",
        "status": "queued",
        "num_segments": "1",
        "num_media": "0",
        "direction": "outbound-api",
        "body": "Hello",
        "from": "+15005550006",
        "to": "+14155550123",
        "account_sid": ACCOUNT,
        "date_created": "Sun, 22 Nov 2026 08:00:05 +0000",
        "date_sent": None,
        **fields,
    }


def page(key: str, *rows: dict[str, object]) -> dict[str, object]:
    """Return one whole list page."""
    return {key: list(rows), "next_page_uri": None, "page_size": 1000, "page": 0}


@dataclass
class DeadPort:
    """A port nobody listens on, held so that nobody else can."""

    _socket: socket.socket = field(default_factory=socket.socket)

    def __enter__(self) -> str:
        self._socket.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def __exit__(self, *_: object) -> None:
        self._socket.close()
