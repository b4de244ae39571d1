"""What goes into a turn of a conversation and what comes out of it, as plain data."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Channel = Literal["text", "voice"]


@dataclass(frozen=True)
class Facts:
    """What is known when a turn is taken.

    `values` hold {names} ready to be read (and `closed` while the clinic is closed), `numbers` what number tests need,
    `heard` the bank line ids this patient had in the last 30 days, `seed` anything that differs between conversations.
    Leave flagged words out of `values`. `today` is needed by `ask: date` only.
    """

    language: Literal["en", "es"] = "en"
    channel: Channel = "text"
    echo: bool = False
    values: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, float] = field(default_factory=dict)
    heard: dict[str, frozenset[str]] = field(default_factory=dict)
    seed: int = 0
    today: date | None = None


@dataclass(frozen=True)
class Heard:
    """One answer of a patient. A recording may have no text yet; `flagged` words are kept and never quoted."""

    text: str
    kind: Literal["words", "keys", "speech", "recording"] = "words"
    flagged: bool = False


@dataclass(frozen=True)
class Kept:
    """A kept answer: the words, or a choice's label with its code, or a number with itself as code."""

    value: str
    code: str | None = None
    flagged: bool = False


@dataclass(frozen=True)
class State:
    """A patient's place in a flow. `step` is the last question asked, also after the `end`; `texts` counts ours."""

    flow: str
    version: str
    step: str | None = None
    restated: bool = False
    kept: dict[str, Kept] = field(default_factory=dict)
    texts: int = 0
    end: str | None = None

    def to_json(self) -> str:
        """The state as JSON, in ASCII: whatever a patient typed, half an emoji included, comes back the same."""
        kept = {name: vars(one) for name, one in self.kept.items()}
        return json.dumps(vars(self) | {"kept": kept}, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> State:
        """The state that `to_json` wrote. Raises ValueError or TypeError on anything else."""
        told = json.loads(text)
        return cls(**told | {"kept": {name: Kept(**one) for name, one in told["kept"].items()}})


@dataclass(frozen=True)
class Say:
    """One text to send or speak, final for its channel. `used` are the bank lines in it as (bank, id)."""

    line: str
    variant: str
    text: str
    used: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Keep:
    """Keep an answer under a name. Without a code it is the patient's own words."""

    name: str
    value: str
    code: str | None = None


@dataclass(frozen=True)
class Clear:
    """Forget what was kept under these names."""

    names: tuple[str, ...]


@dataclass(frozen=True)
class Mark:
    """Leave an anchor that timing rules may hang on."""

    name: str


@dataclass(frozen=True)
class Task:
    """Put an item on the staff work-list."""

    kind: str


@dataclass(frozen=True)
class Alert:
    """Open an alert for staff."""

    kind: str


@dataclass(frozen=True)
class Set:
    """Set a field of the patient."""

    field: str
    value: str


@dataclass(frozen=True)
class Open:
    """Begin another flow when this conversation has closed."""

    flow: str


@dataclass(frozen=True)
class Close:
    """The conversation is over, by this end."""

    end: str


Effect = Say | Keep | Clear | Mark | Task | Alert | Set | Open | Close


@dataclass(frozen=True)
class Turn:
    """Where the conversation stands now, and what is to be done, in order."""

    state: State
    effects: tuple[Effect, ...]

    def says(self) -> tuple[str, ...]:
        """The texts of this turn."""
        return tuple(effect.text for effect in self.effects if isinstance(effect, Say))
