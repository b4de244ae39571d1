"""For tests: a sandbox in its own process, a listener playing the service, the real twilio client pointed at it."""

from __future__ import annotations

import atexit
import base64
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlsplit, urlunsplit

import requests
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

ACCOUNT_SID = "AC" + "5a" * 16
AUTH_TOKEN = "sandbox-auth-token"
TEST_ACCOUNT_SID = "AC" + "7e" * 16
TEST_AUTH_TOKEN = "sandbox-test-token"
SERVICE_SID = "MG" + "5a" * 16
NUMBER = "+15005550006"
ANA = "+14155550123"


class SandboxHttpClient(TwilioHttpClient):
    """The real client's transport, with every host replaced by the sandbox's."""

    def __init__(self, base: str, timeout: float = 10.0) -> None:
        super().__init__(timeout=timeout)
        self._base = urlsplit(base)

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Any:
        parts = urlsplit(url)
        return super().request(method, urlunsplit((self._base.scheme, self._base.netloc, *parts[2:])), *args, **kwargs)


class Sandbox:
    """A sandbox process on a free port. Use it as a context manager; it is listening when the constructor returns.

    with Sandbox() as box:
        box.configure_number(NUMBER, sms_url="http://127.0.0.1:8000/webhooks/sms")
        box.text(ANA, "hello")                     # the signed inbound webhook; returns what the service answered
        box.wait_idle(); box.messages(to=ANA)      # what the carrier saw
        box.fault("lose_response", count=1)        # see smsbot/sandbox/faults.py
        client = box.twilio()                      # the real twilio client
    """

    def __init__(self, *options: str, env: dict[str, str] | None = None, ready: bool = True) -> None:
        listening = socket.socket()
        listening.bind(("127.0.0.1", 0))
        listening.listen(256)
        self.port: int = listening.getsockname()[1]
        self.base = f"http://127.0.0.1:{self.port}"
        self._http = requests.Session()
        self._http.trust_env = False
        command = [sys.executable, "-m", "smsbot.sandbox", "--bind", f"fd://{listening.fileno()}", *options]
        ours = ("TWILIO_", "SANDBOX_", "SMSBOT_", "PUBLIC_")
        quick = {"SANDBOX_SENT_AFTER": "0.01", "SANDBOX_DELIVERED_AFTER": "0.02"}
        clean = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        fds = [listening.fileno()]
        self.process = subprocess.Popen(command, env={**clean, **quick, **(env or {})}, pass_fds=fds)
        listening.close()
        if ready:
            self.get("/idle")

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop the process and wait for it."""
        self._http.close()
        self.process.send_signal(signal.SIGQUIT)  # at once: kept-alive clients are not waited for
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def twilio(self, timeout: float = 10.0, test: bool = False) -> Client:
        """The real client, with the account's credentials or the test ones."""
        sid, token = (TEST_ACCOUNT_SID, TEST_AUTH_TOKEN) if test else (ACCOUNT_SID, AUTH_TOKEN)
        return Client(sid, token, http_client=SandboxHttpClient(self.base, timeout))

    def get(self, path: str, **query: Any) -> Any:
        """GET /sandbox<path>; returns the JSON, raises on an error status."""
        return self._json(self._http.get(f"{self.base}/sandbox{path}", params=query, timeout=70))

    def post(self, path: str, **wanted: Any) -> Any:
        """POST /sandbox<path> with JSON."""
        return self._json(self._http.post(f"{self.base}/sandbox{path}", json=wanted, timeout=120))

    def delete(self, path: str, **wanted: Any) -> Any:
        """DELETE /sandbox<path> with JSON."""
        return self._json(self._http.delete(f"{self.base}/sandbox{path}", json=wanted, timeout=10))

    def _json(self, response: requests.Response) -> Any:
        found = response.json()
        if response.status_code >= 400:
            raise ValueError(f"{response.status_code}: {found.get('error', found)}")
        return found

    def configure_number(self, phone: str = NUMBER, **settings: Any) -> None:
        """Add a number or set its sms_url, sms_fallback_url, voice_url, status_callback, toll_free, service_sid..."""
        self.post("/numbers", phone=phone, **settings)

    def text(
        self, sender: str, body: str, to: str = NUMBER, media: list[tuple[str, bytes]] | None = None, **more: Any
    ) -> dict[str, Any]:
        """A patient's text. Returns {sid, answers: [{status, body, content_type, code}], replies: [SIDs], opt_out}.

        `sid=` sends an earlier message again; `wait=False` returns at once."""
        files = [{"content_type": kind, "data": base64.b64encode(data).decode()} for kind, data in media or []]
        found: dict[str, Any] = self.post("/text", **{"from": sender, "to": to, "body": body, "media": files, **more})
        return found

    def messages(self, **where: Any) -> list[dict[str, Any]]:
        """Everything the carrier saw, oldest first: phone=, to=, sender=, direction="outbound", via="rest"..."""
        if "sender" in where:
            where["from"] = where.pop("sender")
        found: list[dict[str, Any]] = self.get("/messages", **where)["messages"]
        return found

    def bodies(self, to: str) -> list[str]:
        """The texts a phone has been sent, oldest first."""
        return [message["body"] for message in self.messages(to=to)]

    def webhooks(self, event: str = "") -> list[dict[str, Any]]:
        """Every request to the service: event inbound | status | voice | call-status | recording | amd."""
        found: list[dict[str, Any]] = self.get("/webhooks", event=event)["webhooks"]
        return found

    def requests(self, operation: str = "") -> list[dict[str, Any]]:
        """Every REST request, also those a fault swallowed: operation="messages.create" ..."""
        found: list[dict[str, Any]] = self.get("/requests", operation=operation)["requests"]
        return found

    def debugger(self) -> list[dict[str, Any]]:
        """Errors and warnings as Twilio's console would list them; a clean run has none."""
        found: list[dict[str, Any]] = self.get("/debugger")["debugger"]
        return found

    def fault(self, kind: str, **options: Any) -> None:
        """Switch a fault on: fault("rate_limit", count=3), fault("duplicate", on="inbound", copies=3) ..."""
        self.post("/faults", kind=kind, **options)

    def clear_faults(self) -> None:
        """Switch all faults off."""
        self.delete("/faults")

    def reset(self, **options: Any) -> None:
        """Forget messages, faults, opt-outs and logs; numbers keep their webhooks."""
        self.post("/reset", **options)

    def change(self, **settings: Any) -> None:
        """opt_out, sent_after, delivered_after, sender_rate, daily_cap, service_url."""
        self.post("/settings", **settings)

    def wait_idle(self, timeout: float = 10.0, horizon: float = 10.0) -> None:
        """Wait until the carrier has nothing to do (work due later than `horizon` seconds does not count)."""
        if not self.get("/idle", timeout=timeout, horizon=horizon)["idle"]:
            raise TimeoutError(f"the sandbox was still busy after {timeout} s")

    def wait_for(self, condition: Callable[[], Any], timeout: float = 10.0) -> Any:
        """Poll `condition` until it is true, and return it."""
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            found = condition()
            if found:
                return found
            time.sleep(0.02)
        raise TimeoutError("the condition did not come true")

    def call(self, sender: str, to: str = NUMBER) -> dict[str, Any]:
        """A patient calls. Returns {sid, status, wants, said, transcript} when the call waits for them or is over."""
        found: dict[str, Any] = self.post("/calls", **{"from": sender, "to": to})
        return found

    def act(self, call: dict[str, Any], what: str, **how: Any) -> dict[str, Any]:
        """What the other end does: act(call, "keys", digits="1"), "speak" text=, "silence", "record" seconds= data=
        digits=, "dialed" status=, "answer" by=, "hangup". Returns the call again."""
        if isinstance(how.get("data"), bytes):
            how["data"] = base64.b64encode(how["data"]).decode()
        found: dict[str, Any] = self.post(f"/calls/{call['sid']}/{what}", **how)
        return found

    def calls(self, phone: str = "") -> list[dict[str, Any]]:
        """Every call, oldest first."""
        found: list[dict[str, Any]] = self.get("/calls", phone=phone)["calls"]
        return found

    def phone(self, number: str, **settings: Any) -> None:
        """Add a handset: name=, answers="manual" | "human" | "machine_start" | "busy" | "no-answer" ..."""
        self.post("/phones", number=number, **settings)

    def advance(self, how: str | int) -> dict[str, Any]:
        """Move care time through the service: "next", "1 day", or seconds."""
        found: dict[str, Any] = self.post("/clock", advance=how)
        return found


@cache
def shared() -> Sandbox:
    """One sandbox for all test modules of this process; whoever uses it begins with reset(numbers=True)."""
    box = Sandbox()
    atexit.register(box.close)
    return box


@dataclass
class Got:
    """One request that the listener received, with the raw target as it was on the wire."""

    method: str
    target: str
    headers: dict[str, str]
    params: list[tuple[str, str]]
    at: float = field(default_factory=time.monotonic)

    def __getitem__(self, name: str) -> str:
        return dict(self.params)[name]


Answer = tuple[int, str, str]  # status, content type, body
EMPTY: Answer = (200, "text/xml", "<Response/>")


class Listener:
    """A tiny HTTP service on a free port: keeps what it gets; `answers` maps a path to what it says (or a function)."""

    def __init__(self) -> None:
        self.got: list[Got] = []
        self.answers: dict[str, Answer | Callable[[Got], Answer | None]] = {}
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port: int = self._socket.getsockname()[1]
        self.base = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def url(self, path: str) -> str:
        return self.base + path

    def at(self, path: str) -> list[Got]:
        """What came to a path, in order."""
        return [got for got in list(self.got) if urlsplit(got.target).path == path]

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as stream:
            method, target, _ = stream.readline().decode().split(" ", 2)
            headers: dict[str, str] = {}
            for line in iter(stream.readline, b"\r\n"):
                name, _, value = line.decode().partition(":")
                headers[name.strip().lower()] = value.strip()
            body = stream.read(int(headers.get("content-length", "0"))).decode()
            text = body if method == "POST" else urlsplit(target).query
            got = Got(method, target, headers, parse_qsl(text, keep_blank_values=True))
            self.got.append(got)
            answer = self.answers.get(urlsplit(target).path, EMPTY)
            said = answer(got) if callable(answer) else answer
            if said is not None:  # None: close without an answer
                connection.sendall(_response(*said))


def _response(status: int, kind: str, body: str) -> bytes:
    head = f"HTTP/1.1 {status} X\r\nContent-Length: {len(body.encode())}\r\nConnection: close\r\n"
    if status in (301, 302):
        head, body = f"HTTP/1.1 {status} X\r\nLocation: {body}\r\nContent-Length: 0\r\nConnection: close\r\n", ""
    if kind:
        head += f"Content-Type: {kind}\r\n"
    return (head + "\r\n" + body).encode()


@contextmanager
def listener() -> Iterator[Listener]:
    """A listener that closes at the end."""
    service = Listener()
    try:
        yield service
    finally:
        service.close()
