"""REST handlers for calls and recordings."""

from __future__ import annotations

from collections.abc import Callable

from smsbot.sandbox.served import Asked, Served

HANDLERS: dict[str, Callable[[Asked], Served]] = {}
