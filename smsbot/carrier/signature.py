"""Proves that a webhook came from the carrier: the text Twilio signs, written out and compared in constant time.

Our own HMAC costs a third of the SDK's validator, and a property test holds the two equal.
"""

import hashlib
import hmac
from base64 import b64encode
from collections.abc import Iterator, Sequence
from urllib.parse import SplitResult, parse_qs, urlsplit

Form = Sequence[tuple[str, str]]


def valid(
    url: str, form: Form, signature: str | None, tokens: Sequence[str], settings: str | None = None, body: bytes = b""
) -> bool:
    """Say whether `signature` was made over this request with one of `tokens`; never raises, whatever it is given.

    `url`: the configured public base plus the raw request target, never a decoded one (`%7E` and `é` differ decoded).
    `form`: the decoded fields in any order, untrimmed, empty values kept.
    `settings`: the X-Twilio-Webhooks-Signature-Settings header. Its presence means shared-key signing, which we
    refuse: Twilio does not offer it for health data.
    `body`: the raw bytes of a request without form fields, compared with `bodySHA256` when the address carries one.
    """
    if not signature or settings is not None or not _body_matches(url, form, body):
        return False
    given = signature.encode("utf-8", "surrogatepass")
    fields = _fields(form)
    found = False
    for text in _addresses(url):
        for token in filter(None, tokens):
            found |= hmac.compare_digest(_digest(text + fields, token), given)
    return found


def sign(url: str, form: Form, token: str) -> str:
    """Return the signature Twilio would send for exactly this address and form; for the sandbox's tests and ours."""
    return _digest(url + _fields(form), token).decode("ascii")


def _digest(text: str, token: str) -> bytes:
    # surrogatepass: a lone surrogate can be neither a crash nor a collision.
    key, message = token.encode("utf-8", "surrogatepass"), text.encode("utf-8", "surrogatepass")
    return b64encode(hmac.digest(key, message, hashlib.sha1))


def _fields(form: Form) -> str:
    """Return names and values as signed: by name, then value, a repeated pair once."""
    return "".join(name + value for name, value in sorted(set(form)))


def _addresses(url: str) -> Iterator[str]:
    """Yield each spelling Twilio may have signed: as given, without its port, with the scheme's default port."""
    yield url
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return
    if port is not None:
        yield _spelled(parts, parts.netloc.rpartition(":")[0])
    elif parts.netloc:
        yield _spelled(parts, f"{parts.netloc}:{443 if parts.scheme == 'https' else 80}")


def _spelled(parts: SplitResult, netloc: str) -> str:
    return parts._replace(netloc=netloc).geturl()


def _body_matches(url: str, form: Form, body: bytes) -> bool:
    if form or "bodySHA256" not in url:
        return True
    hashes = parse_qs(urlsplit(url).query).get("bodySHA256", [""])
    return hmac.compare_digest(hashlib.sha256(body).hexdigest().encode(), hashes[0].encode("utf-8", "surrogatepass"))
