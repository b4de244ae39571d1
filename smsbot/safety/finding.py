"""What the screen is told beside the text, and what it answers."""

from dataclasses import dataclass
from typing import Literal

Opt = Literal["stop", "start", "help", "ask"]
Question = Literal["words", "choice", "number", "yes_no", "date"]


@dataclass(frozen=True)
class Context:
    """What is known around a text; every field has the value to use when nothing is known."""

    recent: tuple[str, ...] = ()
    """The same sender's earlier texts within 30 minutes, oldest first; the last two are used."""
    hours_since_session: float | None = None
    """Hours since the planned start of the latest attended session."""
    question: Question | None = None
    """Shape of the open question, if one is open."""
    flag_open: bool = False
    """An alert on this patient is open."""
    flagged_within_24h: bool = False
    """A crisis reply went out in the last 24 hours."""
    confirmed: bool = True
    """The patient has confirmed at least one answer (wrong-number words count as such only before)."""


@dataclass(frozen=True)
class Finding:
    """The screen's answer; tier 1 is an emergency, 4 unclear, None nothing found (CONTENT.md 3.1)."""

    tier: int | None
    kind: str | None
    rule: str | None
    opt: Opt | None
    medical: bool
    version: str
