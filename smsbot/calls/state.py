"""A call as plain data: its place, what it says next and what is to be done about it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any

from smsbot.carrier.document import Dial, Hangup, Onward, Pause, Play, Record


@dataclass(frozen=True)
class State:
    """Where a call is. It holds ids and keys pressed into choices, never a word of the caller.

    `at` is the place; `then` where to go once the caller has agreed to be recorded; `tries` counts silences and wrong
    keys in a row; `note` is the voice note being made; `asks` the shape of the open question and `high` its top number;
    `looks` how often we have looked for a recording; `verified` that the code was right.
    """

    at: str = "greeting"
    language: str = "en"
    outbound: bool = False
    agreed: bool = False
    verified: bool = False
    then: str = ""
    tries: int = 0
    note: str = ""
    asks: str = ""
    high: int = 0
    looks: int = 0
    audio: str = ""

    def to_json(self) -> dict[str, Any]:
        """As a small JSON object."""
        return asdict(self)

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> State:
        """The state that `to_json` wrote; names we no longer know are left out."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in told.items() if name in known})


@dataclass(frozen=True)
class House:
    """What a call may count on now: the clinic's switches and hours, and ids nobody has used yet.

    `own_voice` is whether the caller has a code to hear a note again with; `audios` are the guided recordings by key,
    two pages of them.
    """

    open_now: bool = True
    transfer: bool = True
    dial_988: bool = False
    speech: bool = True
    own_voice: bool = False
    limit: int = 180
    fresh_note: str = ""
    clinic_phone: str = ""
    caller_id: str | None = None
    audios: tuple[tuple[str, str], ...] = ()
    more_audios: tuple[tuple[str, str], ...] = ()


# What is to be done. Those marked (*) bring an event back.


@dataclass(frozen=True)
class Agree:
    """The caller has pressed 1 to be recorded: a line in the ledger."""


@dataclass(frozen=True)
class Screen:
    """(*) Screen spoken words before anything else looks at them."""

    words: str


@dataclass(frozen=True)
class CrisisKey:
    """(*) The crisis key: tell people, then the caller."""


@dataclass(frozen=True)
class Resume:
    """(*) Say the open question again, or find that there is none."""


@dataclass(frozen=True)
class Begin:
    """(*) Begin a flow."""

    flow: str


@dataclass(frozen=True)
class Answer:
    """(*) Give an answer to the open question; a recording has no words yet."""

    text: str
    kind: str


@dataclass(frozen=True)
class Hard:
    """(*) A hard moment: a person will see it."""


@dataclass(frozen=True)
class NewNote:
    """A recording is about to be made under this id."""

    note: str
    answer: bool = False


@dataclass(frozen=True)
class NoteRecorded:
    """The recording has been made."""

    note: str
    sid: str | None
    seconds: int


@dataclass(frozen=True)
class KeepNote:
    """What was said is kept; `hung_up` when the call ended before a key was pressed."""

    note: str
    hung_up: bool = False


@dataclass(frozen=True)
class KeepForBefore:
    """A kept note is to be heard again before the next session, which the caller wishes to be told of."""

    note: str


@dataclass(frozen=True)
class DeleteNote:
    """What was said is deleted, here and at the carrier."""

    note: str


@dataclass(frozen=True)
class FindSound:
    """(*) Look for a recording's sound."""

    note: str


@dataclass(frozen=True)
class CheckCode:
    """(*) Compare the code the caller keyed in."""

    digits: str


@dataclass(frozen=True)
class FindOwn:
    """(*) The caller's own intention."""


@dataclass(frozen=True)
class AskClinic:
    """(*) Ask the clinic to call back."""


@dataclass(frozen=True)
class StopCalls:
    """No more calls to this patient."""


Doing = (
    Agree
    | Screen
    | CrisisKey
    | Resume
    | Begin
    | Answer
    | Hard
    | NewNote
    | NoteRecorded
    | KeepNote
    | KeepForBefore
    | DeleteNote
    | FindSound
    | CheckCode
    | FindOwn
    | AskClinic
    | StopCalls
)  # fmt: skip

# What is said: symbolic where the words live in the content files.


@dataclass(frozen=True)
class Line:
    """A system line by name, in the call's language unless another is named; `minutes` fills that name."""

    name: str
    language: str = ""
    minutes: str = ""


@dataclass(frozen=True)
class Words:
    """Words that are ready to be spoken."""

    text: str


@dataclass(frozen=True)
class Guided:
    """A guided recording: its file where it has been rendered, else its words and pauses."""

    name: str


Saying = Line | Words | Guided | Play | Pause


@dataclass(frozen=True)
class Ask:
    """Say something, then take keys (and words, where the house allows)."""

    inside: tuple[Saying, ...]
    digits: int = 1
    speech: bool = False
    timeout: int = 6


Step = Saying | Ask | Record | Dial | Onward | Hangup


@dataclass(frozen=True)
class Move:
    """What comes of an event: the next state, what is said, and what is done, in this order."""

    state: State
    says: tuple[Step, ...] = ()
    do: tuple[Doing, ...] = ()
