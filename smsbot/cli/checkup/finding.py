"""One thing the doctor has looked at."""

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "fault", "warning", "ask"]


@dataclass(frozen=True)
class Finding:
    """`what` was looked at, `said` in one sentence, `mend` what to do; "ask" is what only a person can check."""

    what: str
    state: State
    said: str
    mend: str = ""


def judged(what: str, fine: bool, said: str, wrong: str, mend: str, state: State = "fault") -> Finding:
    """An "ok" finding that says `said`, or one in `state` that says `wrong` and how to mend it."""
    return Finding(what, "ok", said) if fine else Finding(what, state, wrong, mend)
