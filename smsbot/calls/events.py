"""What can happen in a call, as plain data: keys, words, recordings, and what a doing of the machine brought back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Arrived:
    """The call has begun; `by` is what answered ours: human, machine, fax, or "" for a call that came in."""

    by: str = ""


@dataclass(frozen=True)
class Keys:
    """Keys, as pressed."""

    digits: str


@dataclass(frozen=True)
class Spoken:
    """Words the carrier understood; nobody has screened them yet."""

    words: str


@dataclass(frozen=True)
class Harmless:
    """Words that were screened and held neither danger nor a request to stop."""

    words: str


@dataclass(frozen=True)
class Nothing:
    """No key, no word, until the time was over; or a pause that has passed."""


@dataclass(frozen=True)
class Recorded:
    """A recording is over: its carrier id, if told, its length, and "hangup" where that ended it."""

    sid: str | None
    seconds: int
    ended_by: str = ""


@dataclass(frozen=True)
class Joined:
    """A transfer is over; `well` if somebody talked."""

    well: bool


@dataclass(frozen=True)
class Told:
    """The engine, the screen or a wish has answered: what to say, and the shape of the question that is open now.

    `audio` names a guided recording that is to be played; `danger` that a crisis line was among the words.
    """

    lines: tuple[str, ...] = ()
    asks: str = ""
    high: int = 0
    danger: bool = False
    over: bool = False
    audio: str = ""


@dataclass(frozen=True)
class NothingOpen:
    """There is no open question; `may_begin` says whether this caller may begin one."""

    may_begin: bool


@dataclass(frozen=True)
class Checked:
    """Whether the code was the caller's."""

    right: bool


@dataclass(frozen=True)
class Sound:
    """The address of a recording, or None while it is not there."""

    url: str | None


@dataclass(frozen=True)
class Own:
    """The caller's intention, as words to be spoken or in their own voice; `note` is the address of one they kept to
    hear before a session. Nothing of all that when nothing is kept."""

    words: str = ""
    url: str | None = None
    note: str | None = None


Event = (
    Arrived
    | Keys
    | Spoken
    | Harmless
    | Nothing
    | Recorded
    | Joined
    | Told
    | NothingOpen
    | Checked
    | Sound
    | Own
)  # fmt: skip
