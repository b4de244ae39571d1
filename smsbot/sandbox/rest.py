"""The REST side: authenticate, check against the table, strike with a fault or serve, answer in Twilio's JSON."""

from __future__ import annotations

import contextlib
import hmac
import socket
import time
import uuid
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, request

from smsbot.sandbox.box import Box
from smsbot.sandbox.checks import check, find
from smsbot.sandbox.errors import ApiError
from smsbot.sandbox.faults import Fault
from smsbot.sandbox.operations import Operation
from smsbot.sandbox.serve_calls import HANDLERS as CALLS
from smsbot.sandbox.serve_messages import HANDLERS as MESSAGES
from smsbot.sandbox.serve_numbers import HANDLERS as NUMBERS
from smsbot.sandbox.served import Asked, Served
from smsbot.sandbox.state import machine_now

bp = Blueprint("rest", __name__)
HANDLERS: dict[str, Callable[[Asked], Served]] = {**MESSAGES, **CALLS, **NUMBERS}
METHODS = ["GET", "POST", "DELETE", "PUT", "PATCH"]


def box() -> Box:
    """The sandbox this application serves."""
    found = current_app.extensions["box"]
    assert isinstance(found, Box)
    return found


@bp.route("/2010-04-01/<path:rest>", methods=METHODS)
@bp.route("/v1/<path:rest>", methods=METHODS)
def serve(rest: str) -> Response:
    """Every REST call ends here; the table of operations is the router."""
    began = time.monotonic()
    try:
        response = _serve(box())
    except ApiError as error:
        response = jsonify(error.body())
        response.status_code = error.status
        if error.status == 401:
            response.headers["WWW-Authenticate"] = 'Basic realm="Twilio API"'
    response.headers["Twilio-Request-Id"] = "RQ" + uuid.uuid4().hex
    response.headers["Twilio-Concurrent-Requests"] = "1"
    response.headers["Twilio-Request-Duration"] = f"{time.monotonic() - began:.3f}"
    return response


def _serve(box: Box) -> Response:
    test = _authenticated(box)
    operation, sids = find(request.method, request.path)
    if sids.get("AccountSid", box.settings.account_sid) != _account(box, test):
        raise ApiError(20003)
    if test and not operation.test:
        raise ApiError(20008)
    values = (request.args if request.method == "GET" else request.form).to_dict(flat=False)
    entry = {"at": machine_now().isoformat(), "operation": operation.name, "sids": sids, "params": values}
    box.state.requests.append(entry)
    to = values.get("To", [None])[0]
    fault = box.faults.take("rest", operation.name, to)
    if fault:
        return _strike(box, fault, lambda: _run(box, operation, sids, values, test))
    return _run(box, operation, sids, values, test)


def _run(box: Box, operation: Operation, sids: dict[str, str], values: dict[str, list[str]], test: bool) -> Response:
    check(operation, values)
    served = HANDLERS[operation.name](Asked(box, sids, values, test))
    if isinstance(served.body, dict):
        response = jsonify(served.body)
    else:
        response = Response(served.body, content_type=served.content_type)
    response.status_code = served.status
    response.headers.extend(served.headers)
    if served.after:
        # What follows an accepted request (delivery) begins once its answer is on its way.
        response.call_on_close(box.timers.promise(served.after))
    return response


def _authenticated(box: Box) -> bool:
    """False for the account's own credentials, True for test credentials; raises ApiError 20003 for neither."""
    given = request.authorization
    settings = box.settings
    user, password = (given.username or "", given.password or "") if given else ("", "")
    for name, secret, test in (
        (settings.account_sid, settings.auth_token, False),
        (settings.api_key_sid, settings.api_key_secret, False),
        (settings.test_account_sid, settings.test_auth_token, True),
    ):
        if hmac.compare_digest(user.encode(), name.encode()) and hmac.compare_digest(
            password.encode(), secret.encode()
        ):
            return test
    raise ApiError(20003)


def _account(box: Box, test: bool) -> str:
    return box.settings.test_account_sid if test else box.settings.account_sid


def _strike(box: Box, fault: Fault, run: Callable[[], Response]) -> Response:
    """What `fault` makes of a request that `run` would serve."""
    if fault.kind == "rate_limit":
        raise ApiError(20429)
    if fault.kind == "reject":
        raise ApiError(int(fault.option("code", 21610)))
    if fault.kind == "drop":
        return _cut()
    if fault.kind == "slow":
        box.timers.stopping.wait(float(fault.option("seconds", 1.0)))
        return run()
    if fault.kind in ("lose_response", "truncate") or fault.option("accepted", False):
        return _spoil(box, fault, _closed(run()))
    return _spoil(box, fault, None)


def _spoil(box: Box, fault: Fault, response: Response | None) -> Response:
    if fault.kind == "truncate" and response is not None:
        text = response.get_data()
        response.set_data(text[: len(text) // 2])
        return response
    if fault.kind == "server_error":
        status = int(fault.option("status", 503))
        raise ApiError(20500 if status == 500 else 20503, status=status)
    if fault.kind == "hang":
        box.timers.stopping.wait(float(fault.option("seconds", 60.0)))
    return _cut()


def _closed(response: Response) -> Response:
    """The request was accepted although its answer will be spoiled: what follows it begins now."""
    response.close()
    return response


def _cut() -> Response:
    """Close the connection under the server: the client sees it dropped."""
    sock: Any = request.environ.get("gunicorn.socket") or request.environ.get("werkzeug.socket")
    if sock is not None:
        with contextlib.suppress(OSError):  # the client may have gone first
            sock.shutdown(socket.SHUT_RDWR)
    return Response(status=204)
