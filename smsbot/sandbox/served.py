"""What passes between the router and the handlers of REST operations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from smsbot.sandbox.box import Box


@dataclass(frozen=True)
class Asked:
    """A checked request. `test`: it came with test credentials, so nothing may be kept."""

    box: Box
    sids: Mapping[str, str]
    values: Mapping[str, list[str]]
    test: bool = False

    def get(self, name: str) -> str | None:
        """The first value of a parameter; None when it is absent."""
        return next(iter(self.values.get(name, [])), None)

    @property
    def account(self) -> str:
        """The account that asks."""
        return self.box.settings.test_account_sid if self.test else self.box.settings.account_sid


@dataclass(frozen=True)
class Served:
    """An answer: JSON (a dict) or bytes. `after` runs once it is on its way."""

    body: dict[str, Any] | bytes
    status: int = 200
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    after: Callable[[], object] | None = None


GONE = Served(b"", 204)
