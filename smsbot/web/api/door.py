"""The API's door: who is calling, what they may do, one transaction a call, and answers given before."""

import functools
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Request, Response, abort, current_app, g, request
from pydantic import BaseModel
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session
from werkzeug.exceptions import BadRequest

from smsbot import desk as desks
from smsbot.desk import Desk
from smsbot.errors import Refused, RefusedFields
from smsbot.runtime import Runtime
from smsbot.store import access, clinics
from smsbot.store.access import Holder, Remembered
from smsbot.web.api import problems
from smsbot.web.api.limits import Allowance

View = TypeVar("View", bound=Callable[..., Any])
OPEN_TO_ALL = frozenset({"openapi_json"})
LONGEST_TOKEN = 255
EXTENSION, ALLOWANCE = "smsbot", "smsbot_allowance"


class ApiRequest(Request):
    """A body is a JSON object or nothing, which reads as an empty object."""

    def get_json(self, force: bool = False, silent: bool = False, cache: bool = True) -> Any:
        """The body as a dict; 400 for anything unreadable and 415 for another type, whatever `silent` says."""
        if not self.get_data(cache=True):
            return {}
        try:
            value = super().get_json(force=False, silent=False, cache=cache)
        except RecursionError:
            raise BadRequest from None
        if not isinstance(value, dict):
            raise BadRequest
        return value


def runtime() -> Runtime:
    """This application's runtime."""
    found: Runtime = current_app.extensions[EXTENSION]
    return found


def admit() -> Response | None:
    """Before anything of a request is read: a live key with the scope the route needs."""
    if request.endpoint is None or request.endpoint in OPEN_TO_ALL or request.method == "OPTIONS":
        return None
    needs = getattr(current_app.view_functions[request.endpoint], "needs", None)
    with runtime().database.read() as db:
        holder = access.holder(db, _bearer(), runtime().machine())
    if holder is None:
        response = problems.answer(401)
        response.headers["WWW-Authenticate"] = "Bearer"
        return response
    if needs not in holder.scopes:
        return problems.answer(403)
    g.holder = holder
    allowance: Allowance = current_app.extensions[ALLOWANCE]
    return None if allowance.take(holder.key_id, runtime().machine()) else _too_many()


def _too_many() -> Response:
    response = problems.answer(429)
    response.headers["Retry-After"] = "1"
    return response


def _bearer() -> str:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""


def needs(scope: str, status: int = 200) -> Callable[[View], View]:
    """Declare a route's scope; the function gets a Desk, and what it returns is answered with `status`."""

    def declare(view: View) -> View:
        @functools.wraps(view)
        def enter(**inputs: Any) -> Response:
            return _enter(view, status, inputs)

        enter.__doc__ = f"{view.__doc__}\n\nThe key needs the scope {scope}."
        enter.needs = scope  # type: ignore[attr-defined]
        return enter  # type: ignore[return-value]

    return declare


def _enter(view: Callable[..., BaseModel], status: int, inputs: dict[str, Any]) -> Response:
    """One transaction; a race lost against another request is run once more and then sees the winner's rows."""
    try:
        with runtime().database.write() as db:
            return _perform(db, view, status, inputs)
    except IntegrityError:
        with runtime().database.write() as db:
            return _perform(db, view, status, inputs)


def _perform(db: Session, view: Callable[..., BaseModel], status: int, inputs: dict[str, Any]) -> Response:
    holder: Holder = g.holder
    keys = clinics.keys(db, runtime().vault, holder.clinic_id)
    desk = desks.at(runtime(), db, keys, f"key:{holder.key_id}")
    if desk.clinic.disabled_at is not None:
        abort(403)
    access.note_use(db, keys, holder.key_id, runtime().machine())
    token = _token() if request.method == "POST" else None
    if token is None:
        return _json(view(desk, **inputs).model_dump_json(), status)
    asked = _asked(desk)
    known = access.recall(db, keys, holder.key_id, token, runtime().machine())
    if known is not None:
        return _replay(known, asked)
    body = view(desk, **inputs).model_dump_json()
    answer = Remembered(asked, status, body)
    access.remember(db, keys, holder.key_id, token, answer, row_id=runtime().new_id(), now=runtime().machine())
    return _json(body, status)


def _token() -> str | None:
    """The Idempotency-Key, if one was sent."""
    token = request.headers.get("Idempotency-Key")
    if token is not None and not (0 < len(token) <= LONGEST_TOKEN and token.isascii() and token.isprintable()):
        raise RefusedFields({"Idempotency-Key": f"1 to {LONGEST_TOKEN} printable ASCII characters."})
    return token


def _asked(desk: Desk) -> str:
    """A keyed hash of what is asked: a plain one would let a reader of the table try phone numbers."""
    body = request.get_data().decode("utf-8", "backslashreplace")
    return desk.keys.phone_index(f"{request.method} {request.path}\n{body}").hex()


def _replay(known: Remembered, asked: str) -> Response:
    if known.request_hash != asked:
        raise Refused(
            "This Idempotency-Key was used for another request.", field="Idempotency-Key", code="idempotency_key_reused"
        )
    response = _json(known.body, known.status)
    response.headers["Idempotent-Replayed"] = "true"
    return response


def _json(body: str, status: int) -> Response:
    return Response(body, status, mimetype="application/json")
