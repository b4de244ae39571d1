"""The carrier's side of request signing: X-Twilio-Signature over a URL and its form fields (HMAC-SHA1, base64)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable

_AUTHORITY = re.compile(r"^(https)://(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)(?::\d+)?", re.IGNORECASE)


def signed_url(url: str) -> str:
    """The form of `url` that is signed: no fragment, and over HTTPS neither user, password nor port."""
    return _AUTHORITY.sub(r"\1://\2", url.partition("#")[0])


def signature(token: str, url: str, params: Iterable[tuple[str, str]] = ()) -> str:
    """The header's value for a request to `url` carrying the form fields `params` (none for GET).

    Names sort by code point; each distinct value of a repeated name counts once, sorted."""
    text = signed_url(url) + "".join(name + value for name, value in sorted(set(params)))
    return base64.b64encode(hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()).decode()
