"""What a call's document is made of: plain values that `twiml.call` writes out, with no address in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Language = Literal["en", "es"]


@dataclass(frozen=True)
class Say:
    """Words to be spoken in a language."""

    text: str
    language: str = "en"


@dataclass(frozen=True)
class Play:
    """A sound file at an absolute address."""

    url: str


@dataclass(frozen=True)
class Pause:
    """Silence, in whole seconds from 1."""

    seconds: int = 1


Sound = Say | Play | Pause


@dataclass(frozen=True)
class Gather:
    """Speaks `inside`, then takes up to `digits` keys (fewer end with #), or words where `speech` is allowed.

    Whoever does nothing for `timeout` seconds is brought to the next step all the same, with nothing entered.
    """

    inside: tuple[Sound, ...] = ()
    digits: int = 1
    speech: bool = False
    timeout: int = 6
    language: str = "en"


@dataclass(frozen=True)
class Record:
    """Records the caller for at most `limit` seconds, until # or `silence` seconds of silence (RULINGS 35).

    `note` names the voice note the carrier is to report on.
    """

    note: str
    limit: int = 180
    silence: int = 15


@dataclass(frozen=True)
class Dial:
    """Calls another number and joins the two; `caller_id` must be ours where we placed the call."""

    number: str
    caller_id: str | None = None
    timeout: int = 25


@dataclass(frozen=True)
class Onward:
    """On to the next step by itself."""


@dataclass(frozen=True)
class Hangup:
    """The end of the call."""


Part = Say | Play | Pause | Gather | Record | Dial | Onward | Hangup


@dataclass(frozen=True)
class Addresses:
    """Where a document leads, all absolute: `step` is asked next, `recordings` + a note's id gets its report."""

    step: str = field(default="")
    recordings: str = field(default="")
