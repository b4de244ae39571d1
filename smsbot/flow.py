"""A scripted conversation as data: steps that ask, ends that close, and a branch table at each step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Ask = Literal["words", "choice", "number", "yes_no", "date"]
Kind = Literal["ask", "statement", "check"]
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Step:
    """One question. `go` is tried in order; `marks`, `tasks` and `alerts` go by the branch that was taken.

    `keep_words` is the name for words that came where a choice was asked, so that they do not pass for the choice.
    """

    name: str
    ask: Ask
    says: str
    go: Pairs
    choices: Pairs = ()
    low: int = 0
    high: int = 10
    keep: str | None = None
    keep_words: str | None = None
    sets: str | None = None
    lead: str | None = None
    unless: str | None = None
    skip: str | None = None
    silence: str | None = None
    marks: Pairs = ()
    tasks: Pairs = ()
    alerts: Pairs = ()

    def codes(self) -> tuple[str, ...]:
        """The codes a choice may have, in the order of their digits."""
        return tuple(code for _, code in self.choices)


@dataclass(frozen=True)
class End:
    """A named exit: what it says, and what it leaves behind."""

    name: str
    says: str | None = None
    lead: str | None = None
    marks: tuple[str, ...] = ()
    clears: tuple[str, ...] = ()
    sets: Pairs = ()
    task: str | None = None
    alert: str | None = None
    opens: str | None = None


@dataclass(frozen=True)
class Flow:
    """A whole flow. `start` is a table over facts that are present, ending in `otherwise`.

    `close_after` is in minutes. Facts named in `of_session` count only if they were kept about the conversation's own
    session, those in `of_series` only since its series began. `no_repeat` is for how many minutes a bank's line rests.
    """

    name: str
    title: str
    kind: Kind
    steps: dict[str, Step]
    ends: dict[str, End]
    start: Pairs
    entries: tuple[str, ...] = ()
    catalog: str = ""
    pillar: str = ""
    channels: tuple[str, ...] = ("text",)
    facts: tuple[str, ...] = ()
    of_session: tuple[str, ...] = ()
    of_series: tuple[str, ...] = ()
    close_after: int | None = None
    no_repeat: int | None = None
    skip: str | None = None
    silence: str | None = None
    rank: int = 0

    def place(self, name: str) -> Step | End:
        """The step or end of a name that the loader has proved to exist."""
        return self.steps.get(name) or self.ends[name]

    def skip_to(self, step: Step) -> str | None:
        """Where a patient who skips this step goes; None when it cannot be skipped."""
        return step.skip or self.skip

    def silent_to(self, step: Step) -> str | None:
        """Where silence on this step ends."""
        return step.silence or self.silence

    def ways(self, step: Step) -> tuple[tuple[str, str], ...]:
        """Every way on from a step as (what happened, target), skip and silence included."""
        skip, silence = self.skip_to(step), self.silent_to(step)
        extra = [("skip", skip)] if skip else []
        return (*step.go, *extra, *([("silence", silence)] if silence else []))

    def doors(self) -> tuple[str, ...]:
        """Every place where a conversation may begin."""
        return tuple(dict.fromkeys([target for _, target in self.start] + list(self.entries)))
