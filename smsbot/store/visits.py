"""A visit: one person's or key's way to a clinic's patient data, which leaves an audit row in the same transaction."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session

from smsbot.store import audit
from smsbot.vault import ClinicKeys


@dataclass(frozen=True)
class Visit:
    """Who acts ("staff:<id>", "key:<id>" or "operator"), in which transaction, with which keys, when (machine time)."""

    db: Session
    keys: ClinicKeys = field(repr=False)
    actor: str
    at: datetime
    new_id: Callable[[], uuid.UUID] = field(repr=False)

    def note(self, action: str, subject: str, **details: Any) -> None:
        """Leave one audit row in this transaction; `details` holds ids, counts and codes, never words."""
        audit.record(
            self.db,
            self.keys,
            entry_id=self.new_id(),
            actor=self.actor,
            action=action,
            subject=subject,
            at=self.at,
            details=details,
        )
