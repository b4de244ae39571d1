"""One webhook request over HTTP, with the time limits and retries that the URL's fragment asks for (TWILIO.md 1.2)."""

from __future__ import annotations

import http.client
import re
import socket
import ssl
import string
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit

LIMIT = 64 * 1024
MAX_REDIRECTS = 10
Params = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Limits:
    """Seconds (`ct`, `rt`, `tt` of the fragment are milliseconds), retries and what is retried."""

    connect: float = 5.0
    read: float = 15.0
    total: float = 15.0
    retries: int = 1
    policy: frozenset[str] = frozenset({"ct"})


@dataclass(frozen=True)
class Answer:
    """What came back. `code` is the debugger's error (0: none); `why` is the retry class: ct, rt, 4xx, 5xx or ''."""

    url: str
    status: int = 0
    content_type: str = ""
    body: bytes = b""
    code: int = 0
    why: str = ""
    attempts: int = 1

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")


class Refused(Exception):
    """The connection could not be made."""


def limits(url: str) -> Limits:
    """The limits of `url#ct=..&rt=..&tt=..&rc=..&rp=..`; values out of range are ignored."""
    wanted = dict(parse_qsl(urlsplit(url).fragment))
    plain = Limits()

    def number(name: str, low: int, high: int, default: float, scale: float) -> float:
        text = wanted.get(name, "")
        return int(text) * scale if text.isdigit() and low <= int(text) <= high else default

    policy = frozenset(wanted.get("rp", "ct").split(","))
    return Limits(
        number("ct", 100, 10_000, plain.connect, 0.001),
        number("rt", 100, 15_000, plain.read, 0.001),
        number("tt", 100, 15_000, plain.total, 0.001),
        int(number("rc", 0, 5, plain.retries, 1)),
        frozenset({"4xx", "5xx", "ct", "rt"}) if "all" in policy else policy,
    )


def send(method: str, url: str, params: Params, headers: Callable[[str, str, Params], dict[str, str]]) -> Answer:
    """Send the request and retry it as its URL says; `headers(method, url, params)` signs each one. Never raises
    for what the network or the service does: the answer's `code` says it."""
    asked = limits(url)
    end = time.monotonic() + asked.total
    answer = Answer(url)
    for attempt in range(1, asked.retries + 2):
        answer = _attempt(method, url, params, headers, asked, end, attempt)
        if answer.why not in asked.policy or time.monotonic() >= end:
            break
    return answer


def _attempt(
    method: str,
    url: str,
    params: Params,
    headers: Callable[[str, str, Params], dict[str, str]],
    asked: Limits,
    end: float,
    attempt: int,
) -> Answer:
    for _ in range(MAX_REDIRECTS + 1):
        target = url.partition("#")[0]
        try:
            if method == "GET" and params:
                target, params = target + ("&" if "?" in target else "?") + urlencode(params), ()
            response, body = _exchange(method, target, params, headers(method, target, params), asked, end)
        except Refused:
            return Answer(url, code=11205, why="ct", attempts=attempt)
        except TimeoutError:
            return Answer(url, code=11205, why="rt", attempts=attempt)
        except (OSError, http.client.HTTPException):
            return Answer(url, code=11205, attempts=attempt)  # a partial answer is never retried
        if response.status in (301, 302, 303, 307, 308) and response.getheader("Location"):
            # Twilio follows with GET, and the form fields are gone.
            url, method, params = urljoin(target, response.getheader("Location") or ""), "GET", ()
            continue
        return _answer(url, response, body, attempt)
    return Answer(url, code=11215, attempts=attempt)


def _answer(url: str, response: http.client.HTTPResponse, body: bytes, attempt: int) -> Answer:
    kind = (response.getheader("Content-Type") or "").partition(";")[0].strip().lower()
    code, why = 0, ""
    if response.status >= 400:
        code, why = 11200, "5xx" if response.status >= 500 else "4xx"
    elif len(body) > LIMIT:
        code = 11750
    elif not kind and body:
        code = 11200
    return Answer(url, response.status, kind, body[:LIMIT], code, why, attempt)


def _exchange(
    method: str, url: str, params: Params, headers: dict[str, str], asked: Limits, end: float
) -> tuple[http.client.HTTPResponse, bytes]:
    parts = urlsplit(url)
    connection = _connection(parts.scheme, parts.hostname or "", parts.port, asked.connect)
    try:
        try:
            connection.connect()
        except OSError as error:
            raise Refused(str(error)) from error
        sock = connection.sock
        _wait_at_most(sock, asked, end)
        # The path goes out exactly as configured: it is part of what is signed.
        raw = re.sub(r"^[^:]+://[^/?#]*", "", url) or "/"
        connection.putrequest(method, quote(raw if raw[0] == "/" else "/" + raw, safe=string.punctuation))
        body = urlencode(params).encode() if method == "POST" else b""
        for name, value in headers.items():
            connection.putheader(name, value)
        if method == "POST":
            connection.putheader("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        response = connection.getresponse()
        received = bytearray()
        while len(received) <= LIMIT:
            _wait_at_most(sock, asked, end)
            piece = response.read1(16_384)
            if not piece:
                break
            received += piece
        return response, bytes(received)
    finally:
        connection.close()


def _connection(scheme: str, host: str, port: int | None, timeout: float) -> http.client.HTTPConnection:
    if scheme == "https":
        return http.client.HTTPSConnection(host, port, timeout=timeout, context=ssl.create_default_context())
    return http.client.HTTPConnection(host, port, timeout=timeout)


def _wait_at_most(sock: socket.socket | None, asked: Limits, end: float) -> None:
    if sock is not None:  # http.client hands the socket over to the response when the service closes
        sock.settimeout(max(0.05, min(asked.read, end - time.monotonic())))
