"""Twilio's magic numbers, exactly as TWILIO.md 9 lists them; they work with the test credentials only."""

from __future__ import annotations

from collections.abc import Mapping

from smsbot.sandbox.errors import ApiError

BASE = "+1500555"
GOOD_SENDER = BASE + "0006"
MESSAGE_FROM = {"0001": 21212, "0007": 21606, "0008": 21611, "0006": 0}
MESSAGE_TO = {"0001": 21211, "0002": 21612, "0003": 21408, "0004": 21610, "0009": 21614}
CALL_FROM = {"0001": 21212, "0006": 0}
CALL_TO = {"0001": 21217, "0002": 21214, "0003": 21215, "0004": 21216}
BUY = {"0000": 21422, "0001": 21421, "0006": 0}
AREA_CODE = {"533": 21452, "500": 0}

Values = Mapping[str, list[str]]


def refuse_message(values: Values) -> None:
    """Raises the error that creating this message gives with test credentials; no error: it is accepted."""
    if values.get("MessagingServiceSid"):
        raise ApiError(21701)
    _refuse(values, MESSAGE_FROM, 21606, MESSAGE_TO)


def refuse_call(values: Values) -> None:
    """Raises the error that creating this call gives with test credentials."""
    _refuse(values, CALL_FROM, 21210, CALL_TO)


def refuse_number(values: Values) -> None:
    """Raises the error that buying this number gives with test credentials."""
    code = AREA_CODE.get(_first(values, "AreaCode"), 21452) if values.get("AreaCode") else 21421
    if values.get("PhoneNumber"):
        code = BUY.get(_magic(_first(values, "PhoneNumber")), 21421)
    if code:
        raise ApiError(code)


def _refuse(values: Values, senders: Mapping[str, int], other: int, receivers: Mapping[str, int]) -> None:
    code = senders.get(_magic(_first(values, "From")), other) or receivers.get(_magic(_first(values, "To")), 0)
    if code:
        raise ApiError(code)


def _first(values: Values, name: str) -> str:
    return next(iter(values.get(name, [])), "")


def _magic(number: str) -> str:
    return number[-4:] if number.startswith(BASE) and len(number) == len(GOOD_SENDER) else ""
