"""Every refusal of the API as problem JSON (RFC 9457), which never repeats what was sent."""

import json
import logging
import re
import sqlite3
import traceback
from http import HTTPStatus
from typing import Any

from flask import Response, request
from flask_openapi3.openapi import OpenAPI
from pydantic import BaseModel, ValidationError
from sqlalchemy.exc import IntegrityError, OperationalError
from werkzeug.exceptions import HTTPException
from werkzeug.http import HTTP_STATUS_CODES

from smsbot.errors import Conflict, Erased, NotFound, Refused, RefusedFields

MIME = "application/problem+json"
FIELD_NAME = re.compile(r"[a-z_]{1,30}\Z")
DETAILS = {
    400: "The body is not JSON that can be read as an object.",
    401: "Give a valid API key as a Bearer token.",
    403: "This API key may not do this.",
    404: "There is nothing at this address.",
    405: "This address does not take this method.",
    413: "The body is too large.",
    415: "Send application/json.",
    429: "Too many requests with this key; wait as Retry-After says.",
    503: "The database is busy; try again in a moment.",
}
log = logging.getLogger(__name__)
_SHOWN = {MIME: {"schema": {"$ref": "#/components/schemas/Problem"}}}
# What any route may answer instead of its own; 409 only where something changes, but one table keeps it readable.
REFUSALS: dict[str | int | HTTPStatus, Any] = {
    status: {"description": HTTP_STATUS_CODES[status], "content": _SHOWN}
    for status in (400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 429, 500, 503)
}


class FieldProblem(BaseModel):
    """One input at fault."""

    field: str
    message: str


class Problem(BaseModel):
    """Why a request was refused (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: list[FieldProblem] | None = None


def answer(
    status: int, detail: str | None = None, *, code: str | None = None, faults: dict[str, str] | None = None
) -> Response:
    """A problem answer; `faults` are sentences by field."""
    title = HTTP_STATUS_CODES.get(status, "Refused")
    body: dict[str, object] = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail or DETAILS.get(status, title),
        "code": code or title.lower().replace(" ", "_"),
    }
    if faults:
        body["errors"] = [{"field": field, "message": message} for field, message in faults.items()]
    return Response(json.dumps(body), status, mimetype=MIME)


def refused(error: Refused) -> Response:
    """A person's or program's request that cannot be granted, said in our own words."""
    if isinstance(error, NotFound):
        return answer(404, str(error), code=error.code)
    if isinstance(error, Conflict):
        return answer(409, str(error), code=error.code, faults={error.field: str(error)} if error.field else None)
    faults = error.faults if isinstance(error, RefusedFields) else {error.field or "": str(error)}
    return answer(422, "Some inputs cannot be used.", code=error.code, faults=faults)


def invalid(error: ValidationError) -> Response:
    """Inputs of the wrong shape: pydantic's sentences without the inputs."""
    faults: dict[str, str] = {}
    for fault in error.errors(include_input=False, include_url=False, include_context=False):
        place = ".".join(_place(part) for part in fault["loc"])
        faults[place] = fault["msg"].removeprefix("Value error, ")
    return answer(422, "Some inputs cannot be used.", code="invalid", faults=faults)


def _place(part: int | str) -> str:
    """A place in the input; an unknown field's name is the sender's, so only a plain word is repeated."""
    return str(part) if isinstance(part, int) or FIELD_NAME.match(part) else "(unknown field)"


def _http(error: HTTPException) -> Response:
    if isinstance(error.response, Response):
        return error.response
    response = answer(error.code or 500)
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    return response


def _erased(_: Erased) -> Response:
    return answer(410, "This patient has been erased; nothing of theirs can be read.", code="erased")


def _busy(error: OperationalError) -> Response:
    """A database that is locked or away for the moment; any other fault of it is ours."""
    if getattr(error.orig, "sqlite_errorcode", sqlite3.SQLITE_BUSY) not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return _unexpected(error)
    response = answer(503)
    response.headers["Retry-After"] = "1"
    return response


def _raced(_: IntegrityError) -> Response:
    return answer(409, "Another request changed the same thing at the same time; look again.", code="conflict")


def _unexpected(error: Exception) -> Response:
    # Messages of exceptions may quote data; the way to the fault does not.
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if "smsbot" in frame.filename]
    place = " < ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in reversed(ours[-4:]))
    log.error("unforeseen fault", extra={"fault": type(error).__name__, "place": place, "route": request.endpoint})
    return answer(500, "Something went wrong here; it has been logged.")


def handle(app: OpenAPI) -> None:
    """Answer every refusal of this application with a problem."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Refused, refused)
    app.register_error_handler(Erased, _erased)
    app.register_error_handler(OperationalError, _busy)
    app.register_error_handler(IntegrityError, _raced)
    app.register_error_handler(Exception, _unexpected)
