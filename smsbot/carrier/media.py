"""Fetches a picture, a sound or a recording from the carrier without ever following where a stranger points.

The address is built from ids under our own account. The carrier may send us on once, to its own file store: that host
must be on the list, its address public and then kept (no second look-up), and no credentials go there.
"""

import hashlib
import ipaddress
import re
import socket
import time
from dataclasses import dataclass
from typing import BinaryIO
from urllib.parse import SplitResult, urljoin, urlsplit

import urllib3
from urllib3.response import BaseHTTPResponse

from smsbot.carrier.errors import NotAccepted, Refused, Unknown

# Where Twilio keeps files: its own hosts, and the bucket addresses of the store behind them.
_STORES = re.compile(r"(?:[a-z0-9-]+\.)*(?:twilio\.com|twiliocdn\.com)|s3(?:[.-][a-z0-9-]+)*\.amazonaws\.com")
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")  # IPv4 behind a translator
_CHUNK = 64 * 1024
_HEAD = 64

_MAGIC = (
    (re.compile(rb"RIFF....WAVE", re.DOTALL), "audio/wav"),
    (re.compile(rb"ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb]"), "audio/mpeg"),
    (re.compile(rb"#!AMR"), "audio/amr"),
    (re.compile(rb"OggS"), "audio/ogg"),
    (re.compile(rb"....ftyp3g", re.DOTALL), "audio/3gpp"),
    (re.compile(rb"....ftyp", re.DOTALL), "audio/mp4"),
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"GIF8[79]a"), "image/gif"),
)


@dataclass(frozen=True)
class Limits:
    """What a file may be: bytes, seconds for the whole transfer, and types by their first bytes (not as declared)."""

    size: int = 16 * 1024 * 1024
    seconds: float = 60.0
    types: tuple[str, ...] = ("audio/",)


@dataclass(frozen=True)
class Fetched:
    """A stored file: the type its bytes show, its length in bytes and SHA-256 in hex."""

    content_type: str
    size: int
    sha256: str


def sniff(head: bytes) -> str | None:
    """Return the type the first bytes show, or None when it is none that we know."""
    return next((name for pattern, name in _MAGIC if pattern.match(head)), None)


def fetch(url: str, auth: tuple[str, str], into: BinaryIO, limits: Limits) -> Fetched:
    """Write the file at `url`, an address of our own making, to `into`.

    Raises Refused for a broken limit or a bad redirect, NotAccepted when the carrier has no such file (yet), Unknown
    when it could not be reached or stopped halfway. What `into` holds after an error is worthless.
    """
    deadline = time.monotonic() + limits.seconds
    headers = urllib3.make_headers(basic_auth=":".join(auth))
    try:
        with _open(urlsplit(url), None, headers, limits.seconds) as answer:
            target = answer.headers.get("location") if answer.status in (301, 302, 303, 307, 308) else None
            if target is None:
                return _keep(answer, into, limits, deadline)
        there = _checked(urlsplit(urljoin(url, target)))
        with _open(there, _public_address(there), {}, limits.seconds) as answer:
            return _keep(answer, into, limits, deadline)
    except (urllib3.exceptions.HTTPError, OSError) as fault:
        reason = type(fault).__name__
    raise Unknown(reason)


def _open(url: SplitResult, address: str | None, headers: dict[str, str], seconds: float) -> BaseHTTPResponse:
    """Ask `url.hostname`, at `address` if one was pinned; the certificate is always that of the host name."""
    host = url.hostname or ""
    timeout = urllib3.Timeout(connect=3.0, read=min(10.0, seconds))
    if url.scheme == "https":
        pool: urllib3.HTTPConnectionPool = urllib3.HTTPSConnectionPool(
            address or host, url.port, timeout=timeout, maxsize=1, assert_hostname=host, server_hostname=host
        )
    else:
        pool = urllib3.HTTPConnectionPool(address or host, url.port, timeout=timeout, maxsize=1)
    path = url.path + (f"?{url.query}" if url.query else "")
    return pool.urlopen(
        "GET", path, headers={"Host": url.netloc, **headers}, redirect=False, retries=False, preload_content=False
    )


def _checked(url: SplitResult) -> SplitResult:
    """Return `url` if we may be sent there; credentials in it, another port or a host off the list are refused."""
    try:
        port = url.port
    except ValueError:
        raise Refused("redirect") from None
    if url.scheme != "https" or port not in (None, 443) or "@" in url.netloc:
        raise Refused("redirect")
    if not _STORES.fullmatch((url.hostname or "").lower()):
        raise Refused("redirect host")
    return url


def _public_address(url: SplitResult) -> str:
    """Return one address of the host, all of which must be public: a private one means somebody plays with names."""
    found = {str(entry[4][0]) for entry in socket.getaddrinfo(url.hostname, url.port or 443, type=socket.SOCK_STREAM)}
    if not all(map(is_public, found)):
        raise Refused("redirect address")
    return min(found)


def is_public(address: str) -> bool:
    """Say whether `address` is on the open internet, also when it is an IPv4 address dressed as IPv6."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if ip.version == 6:
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1])
        if ip in _TRANSLATED or (inner is not None and not is_public(str(inner))):
            return False
    return ip.is_global and not ip.is_multicast


def _keep(answer: BaseHTTPResponse, into: BinaryIO, limits: Limits, deadline: float) -> Fetched:
    if answer.status != 200:
        # 404 comes while a file is not ready yet, 5xx at any time: both may be asked for again.
        raise NotAccepted(retryable=answer.status == 404 or answer.status >= 500 or answer.status == 429)
    digest, size, kind = hashlib.sha256(), 0, None
    for chunk in answer.stream(_CHUNK, decode_content=False):
        if size == 0:
            kind = sniff(chunk[:_HEAD])
            if kind is None or not kind.startswith(limits.types):
                raise Refused("type")
        size += len(chunk)
        if size > limits.size:
            raise Refused("size")
        if time.monotonic() > deadline:
            raise Refused("time")
        digest.update(chunk)
        into.write(chunk)
    if kind is None:
        raise Refused("empty")
    return Fetched(kind, size, digest.hexdigest())
