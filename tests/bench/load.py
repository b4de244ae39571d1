"""A small load generator: one thread, kept-alive raw sockets, requests made beforehand, every answer timed."""

import selectors
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

GIVE_UP_S = 20.0


@dataclass
class Load:
    """What one run saw: seconds from request to whole answer, and how many answers were not 200."""

    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    errors: int = 0

    @property
    def rate(self) -> float:
        return len(self.times) / self.seconds if self.seconds else 0.0

    def percentile_ms(self, share: float) -> float:
        ordered = sorted(self.times)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


@dataclass
class _Line:
    """One connection and the answer it is reading."""

    to: socket.socket
    began: float = 0.0
    got: bytes = b""

    def ask(self, request: bytes) -> None:
        self.began, self.got = time.perf_counter(), b""
        self.to.sendall(request)

    def answered(self) -> int | None:
        """The status once the whole answer is here (0 for a closed connection), None before."""
        more = self.to.recv(65536)
        if not more:
            return 0
        self.got += more
        head, gap, body = self.got.partition(b"\r\n\r\n")
        if not gap:
            return None
        length = head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0]
        return int(head[9:12]) if len(body) >= int(length or b"0") else None


def run(port: int, requests: Iterator[bytes], connections: int, seconds: float) -> Load:
    """Keep `connections` requests under way for `seconds`, or until `requests` are used up."""
    found = Load()
    with selectors.DefaultSelector() as waiting:
        lines = [_Line(socket.create_connection(("127.0.0.1", port))) for _ in range(connections)]
        began = time.perf_counter()
        busy = sum(_next(line, requests, waiting) for line in lines)
        while busy:
            ready = waiting.select(GIVE_UP_S)
            if not ready:
                found.errors += busy
                break
            for key, _ in ready:
                line: _Line = key.data
                status = line.answered()
                if status is None:
                    continue
                now = time.perf_counter()
                found.times.append(now - line.began)
                found.errors += status != 200
                waiting.unregister(line.to)
                more = status != 0 and now - began < seconds
                busy += (_next(line, requests, waiting) if more else 0) - 1
        found.seconds = time.perf_counter() - began
        for line in lines:
            line.to.close()
    return found


def _next(line: _Line, requests: Iterator[bytes], waiting: selectors.BaseSelector) -> int:
    request = next(requests, None)
    if request is None:
        return 0
    line.ask(request)
    waiting.register(line.to, selectors.EVENT_READ, line)
    return 1
