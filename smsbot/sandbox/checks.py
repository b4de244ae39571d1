"""Check one request against the table of operations; every refusal says which parameter and why."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from urllib.parse import urlsplit

from smsbot.sandbox.errors import ApiError
from smsbot.sandbox.operations import OPERATIONS, Operation, Param

E164 = re.compile(r"^\+[1-9]\d{6,14}$")
SHORT_CODE = re.compile(r"^\d{3,8}$")
_ROUTES = tuple((operation, operation.pattern()) for operation in OPERATIONS)

Values = Mapping[str, list[str]]


def find(method: str, path: str) -> tuple[Operation, dict[str, str]]:
    """The operation served at `path` and the SIDs in it. Raises ApiError 20404 (no such path) or 20004 (method)."""
    known = False
    for operation, pattern in _ROUTES:
        found = pattern.match(path)
        if found and operation.method == method:
            return operation, found.groupdict()
        known = known or bool(found)
    if known:
        raise ApiError(20004)
    raise ApiError(20404, f"The requested resource {path} was not found")


def check(operation: Operation, values: Values) -> None:
    """Raises ApiError for the first fault: an unknown or repeated name, a bad value, a missing required one."""
    for name, given in values.items():
        param = operation.params.get(name)
        if param is None:
            raise ApiError(20001, f"{operation.name} has no parameter {name!r}{_hint(operation, name)}")
        if len(given) > 1 and not param.repeated:
            raise ApiError(20001, f"Parameter {name} was given {len(given)} times")
        for value in given:
            _check_value(name, param, value)
    for name, param in operation.params.items():
        if param.missing and not any(values.get(name, [])):
            raise ApiError(param.missing)
    together = _TOGETHER.get(operation.name)
    if together:
        together(values)


def as_bool(text: str | None) -> bool:
    """True for `true` in any case."""
    return (text or "").lower() == "true"


def as_time(text: str) -> datetime:
    """An aware UTC time from `YYYY-MM-DD` or ISO 8601; raises ValueError."""
    time = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)


def _hint(operation: Operation, name: str) -> str:
    near = [known for known in operation.params if known.lower() == name.lower().replace("_", "")]
    return f" (it is spelled {near[0]})" if near else ""


def _check_value(name: str, param: Param, value: str) -> None:
    fault = _CHECKS[param.kind](param, value)
    if fault:
        raise ApiError(param.code, f"{name} {fault}")


def _text(param: Param, value: str) -> str | None:
    if param.high is not None and len(value) > param.high:
        return f"is {len(value)} characters long; the limit is {param.high}"
    return None


def _phone(_param: Param, value: str) -> str | None:
    return None if E164.match(value) or SHORT_CODE.match(value) else f"is not a valid phone number: {value}"


def _uri(_param: Param, value: str) -> str | None:
    if not value:  # an empty value clears a webhook
        return None
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return "is not an absolute http(s) URL"
    if "_" in parts.hostname:
        return "has an underscore in its host name"
    return None


def _int(param: Param, value: str) -> str | None:
    if not re.fullmatch(r"-?\d{1,18}", value):
        return f"is not a whole number: {value}"
    if (param.low is not None and int(value) < param.low) or (param.high is not None and int(value) > param.high):
        limit = f"{param.low} to {param.high}" if param.high is not None else f"{param.low} or more"
        return f"must be {limit}, not {value}"
    return None


def _number(_param: Param, value: str) -> str | None:
    return None if re.fullmatch(r"-?\d+(\.\d+)?", value) else f"is not a number: {value}"


def _bool(_param: Param, value: str) -> str | None:
    return None if value.lower() in ("true", "false") else f"must be true or false, not {value}"


def _sid(param: Param, value: str) -> str | None:
    return None if re.fullmatch(param.sid + "[0-9a-fA-F]{32}", value) else f"is not a {param.sid} SID: {value}"


def _date(_param: Param, value: str) -> str | None:
    try:
        as_time(value)
    except ValueError:
        return f"is not a date or an ISO 8601 time: {value}"
    return None


def _enum(param: Param, value: str) -> str | None:
    allowed = set(value.split()) if param.repeated else {value}  # events may also come in one value, by spaces
    return None if allowed <= set(param.values) else f"must be one of {', '.join(param.values)}, not {value}"


_CHECKS: dict[str, Callable[[Param, str], str | None]] = {
    "text": _text,
    "phone": _phone,
    "uri": _uri,
    "int": _int,
    "number": _number,
    "bool": _bool,
    "sid": _sid,
    "date": _date,
    "enum": _enum,
}


def _message_together(values: Values) -> None:
    if not any(values.get("From", [])) and not any(values.get("MessagingServiceSid", [])):
        raise ApiError(21603)
    if not any(any(values.get(name, [])) for name in ("Body", "MediaUrl", "ContentSid")):
        raise ApiError(21602)
    if len(values.get("MediaUrl", [])) > 10:
        raise ApiError(21623)
    if "ScheduleType" in values and not values.get("SendAt"):
        raise ApiError(35117)
    if "ScheduleType" in values and not values.get("MessagingServiceSid"):
        raise ApiError(35118)


def _call_together(values: Values) -> None:
    if not any(any(values.get(name, [])) for name in ("Url", "Twiml", "ApplicationSid")):
        raise ApiError(21205)


def _message_update_together(values: Values) -> None:
    if "Body" not in values and "Status" not in values:
        raise ApiError(20001, "Give Body= (empty, to redact) or Status=canceled")


_TOGETHER: dict[str, Callable[[Values], None]] = {
    "messages.create": _message_together,
    "messages.update": _message_update_together,
    "calls.create": _call_together,
}
