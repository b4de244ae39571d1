"""The HTTP underneath the Twilio client: kept-alive connections for many threads, time-outs, another host if asked."""

import logging
from collections.abc import Mapping
from urllib.parse import urlsplit

from requests import Session
from requests.adapters import HTTPAdapter
from twilio.http import HttpClient
from twilio.http.response import Response

# Seconds to connect and to wait for an answer. The SDK has no time-out of its own and would wait for ever.
TIMEOUT = (3.0, 10.0)

# At INFO the SDK logs addresses with the patient's number in them.
logging.getLogger("twilio.http_client").setLevel(logging.WARNING)


class Transport(HttpClient):  # type: ignore[misc]  # the SDK is untyped
    """Sends each request once: a request that may have been accepted is never repeated down here."""

    def __init__(self, base: str | None, connections: int, timeout: tuple[float, float] = TIMEOUT) -> None:
        super().__init__(logging.getLogger("twilio.http_client"), False)
        self.timeout = timeout  # a pair is refused by the constructor, though requests takes it
        self._base = urlsplit(base.rstrip("/")) if base else None
        self._session = Session()
        # A sandbox on this machine is never behind a proxy, whatever the environment says.
        self._session.trust_env = self._base is None or self._base.hostname not in ("127.0.0.1", "localhost", "::1")
        adapter = HTTPAdapter(pool_connections=4, pool_maxsize=connections, max_retries=0, pool_block=True)
        self._session.mount("https://", adapter)
        self._session.mount("http://", adapter)

    def request(
        self,
        method: str,
        url: str,
        params: Mapping[str, object] | None = None,
        data: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,
        allow_redirects: bool = False,
    ) -> Response:
        """Send one request and return the whole answer; redirects are never followed, so credentials stay here."""
        answer = self._session.request(
            method.upper(),
            self._aimed(url),
            params=params,  # type: ignore[arg-type]  # the SDK passes only str, int and lists of them
            data=data,
            headers=headers,
            auth=auth,
            timeout=timeout or self.timeout,
            allow_redirects=False,
        )
        return Response(answer.status_code, answer.text, answer.headers)

    def close(self) -> None:
        """Close the kept-alive connections."""
        self._session.close()

    def _aimed(self, url: str) -> str:
        if self._base is None:
            return url
        path = self._base.path + urlsplit(url).path
        return urlsplit(url)._replace(scheme=self._base.scheme, netloc=self._base.netloc, path=path).geturl()
