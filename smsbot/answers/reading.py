"""The shape of what was understood, shared by every recognizer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

Language = Literal["en", "es"]
Shape = Literal["number", "choice", "yes_no", "words", "date"]
Why = Literal["found", "absent", "ambiguous", "out_of_range"]

T = TypeVar("T")


@dataclass(frozen=True)
class Reading(Generic[T]):
    """One understood value, or the reason there is none.

    `why` is "found" exactly when `value` is not None. "ambiguous" means that two answers were named ("6 or 7"),
    "out_of_range" that the shape was right and the value is not offered ("14" to 0-10), "absent" everything else.
    """

    value: T | None
    why: Why


@dataclass(frozen=True)
class Question:
    """What an open question asks for, as far as a reply can be judged by it.

    `low` and `high` belong to a number; `choices` (digit to code) and `labels` (code to words that name it, in the
    language of the lines) to a choice. `exact` is for safety questions: only a bare digit or a whole label counts.
    """

    shape: Shape
    low: int = 0
    high: int = 10
    choices: Mapping[int, str] = field(default_factory=dict)
    labels: Mapping[str, Sequence[str]] = field(default_factory=dict)
    exact: bool = False


def settle(found: "set[T] | frozenset[T]") -> Reading[T]:
    """One value is found, none is absent, several are ambiguous."""
    if len(found) == 1:
        return Reading(next(iter(found)), "found")
    return Reading(None, "ambiguous" if found else "absent")
