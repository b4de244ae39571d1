"""A flow with its words in every language: what one conversation is begun and finished with."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from pydantic import TypeAdapter

from smsbot.flow import Flow
from smsbot.lines import Lines, placeholders


@dataclass(frozen=True)
class Script:
    """`quotes` are the names that hold a patient's own words; `version` is the hash of everything else here."""

    flow: Flow
    lines: dict[str, Lines]
    quotes: tuple[str, ...] = ()
    version: str = ""

    def to_json(self) -> str:
        """Canonical JSON: the same script gives the same bytes."""
        return json.dumps(self, default=vars, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Script:
        """The script that `to_json` wrote. Raises pydantic.ValidationError on anything else."""
        return _SCRIPT.validate_json(text)

    def quoted(self, language: str, text: str) -> tuple[str, ...]:
        """The names of patient's words that a text would show, composed names looked through."""
        composed = self.lines[language].names
        return tuple(
            name
            for name in placeholders(text)
            if name in self.quotes or any(part in self.quotes for part in placeholders(composed.get(name, "")))
        )


def build(flow: Flow, lines: dict[str, Lines], quotes: tuple[str, ...]) -> Script:
    """A script with its version: a SHA-256 in hexadecimal."""
    script = Script(flow, lines, quotes)
    return Script(flow, lines, quotes, hashlib.sha256(script.to_json().encode()).hexdigest())


_SCRIPT = TypeAdapter(Script)
