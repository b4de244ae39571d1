"""What an exception raised while asking the carrier proves about the request."""

import ssl
from collections.abc import Iterator

import requests
from twilio.base.exceptions import TwilioException, TwilioRestException, TwilioServiceException
from urllib3.exceptions import NewConnectionError

from smsbot.carrier.errors import Kind, NotAccepted, Rejected, Unknown, meaning

_UNDIALED = (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema, requests.exceptions.MissingSchema)


def classify(exception: BaseException) -> NotAccepted | Rejected | Unknown:
    """Say what `exception`, raised while asking the carrier, proves about the request.

    1. An answer with a status: 429 was never processed; 5xx and 408 may have been; any other refusal was not.
    2. A connection that was never made (refused, no such host, connect time-out, failed handshake): not accepted.
    3. An address requests could not even dial: not accepted, and asking again is pointless.
    4. Everything else (read time-out, reset, truncated or unreadable answer, bad headers): unknown.
    """
    match exception:
        case TwilioRestException() | TwilioServiceException():
            return _answered(exception.status, exception.code)
        case TwilioException():
            return _page(exception)
        case requests.exceptions.ConnectTimeout():
            return NotAccepted(retryable=True)
        case requests.exceptions.ConnectionError():
            return NotAccepted(retryable=True) if _never_connected(exception) else Unknown("connection lost")
        case requests.exceptions.Timeout():
            return Unknown("no answer in time")
        case (
            requests.exceptions.InvalidURL() | requests.exceptions.InvalidSchema() | requests.exceptions.MissingSchema()
        ):
            return NotAccepted(retryable=False)
        case requests.exceptions.RequestException():
            return Unknown("broken answer")
        case ValueError() | TypeError() | KeyError():
            return Unknown("unreadable answer")
        case _:
            return Unknown(type(exception).__name__)


def _answered(status: object, code: object) -> NotAccepted | Rejected | Unknown:
    status = status if isinstance(status, int) else 500
    number = code if isinstance(code, int) and not isinstance(code, bool) else status
    if status == 429 or number == 20429:
        return NotAccepted(retryable=True, code=20429)
    if status >= 500 or status == 408:
        return Unknown(f"status {status}")
    if status in (401, 403) and number == status:
        number = 20003
    if status < 400:  # a redirect is not followed: the address we were given is not the API's
        return Rejected(number, Kind.CONFIG)
    return Rejected(number, meaning(number).kind)


def _page(exception: TwilioException) -> NotAccepted | Rejected | Unknown:
    """Classify the bare exception that listing raises, whose second argument is the carrier's answer."""
    status = getattr(exception.args[1], "status_code", None) if len(exception.args) > 1 else None
    return _answered(status, None) if isinstance(status, int) else Unknown("unreadable answer")


def _never_connected(exception: requests.exceptions.ConnectionError) -> bool:
    return any(isinstance(cause, NewConnectionError) or _failed_handshake(cause) for cause in _causes(exception))


# A handshake ends before a byte of the request is written. An end of file can come later as well, so it proves nothing.
_HANDSHAKE = (
    "WRONG_VERSION_NUMBER",
    "HANDSHAKE_FAILURE",
    "UNSUPPORTED_PROTOCOL",
    "PROTOCOL_VERSION",
    "UNRECOGNIZED_NAME",
)


def _failed_handshake(cause: BaseException) -> bool:
    if isinstance(cause, ssl.SSLCertVerificationError):
        return True
    return isinstance(cause, ssl.SSLError) and any(word in str(getattr(cause, "reason", "")) for word in _HANDSHAKE)


def _causes(exception: BaseException) -> Iterator[BaseException]:
    """Yield the exception and all it was made from: requests hides the cause in an argument, urllib3 in `reason`."""
    waiting: list[object] = [exception]
    seen: set[int] = set()
    while waiting:
        cause = waiting.pop()
        if not isinstance(cause, BaseException) or id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        waiting += [*cause.args, getattr(cause, "reason", None), cause.__cause__, cause.__context__]
