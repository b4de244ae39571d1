"""A clinic's timing rules as data: the vocabulary of flows/protocols/*.yaml once it has been read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import Literal

from smsbot.timing import Condition, When, Which

Kind = Literal["ask", "statement", "task"]
Span = tuple[time, time]

PREFERRED = {"morning": time(10), "midday": time(13), "afternoon": time(16), "evening": time(18, 30)}  # RULINGS 18


@dataclass(frozen=True, slots=True)
class Late:
    """What a rule does from a moment on: another line, or nothing (`drop`), perhaps with a staff task."""

    since: When
    line: str | None = None
    drop: bool = False
    task: str | None = None


@dataclass(frozen=True, slots=True)
class Again:
    """A second chance, for a touch that found no room in its first span (the landing, next morning)."""

    due: When
    send_by: When
    line: str | None = None


@dataclass(frozen=True, slots=True)
class Inside:
    """Asked in the conversation of another touch of the same anchor, after one of its ends; `alone`: else by itself."""

    touch: str
    after: tuple[str, ...]
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """When all conditions hold the rule reads as `rule`; with `drop` it is not sent, for that reason."""

    when: tuple[Condition, ...]
    rule: Rule
    drop: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a protocol. `order` is its place in the file; class P0-P8 decides under the caps (CONTENT 5.3).

    `turns` are lines that take turns, by session or by place in the course, where `line` is one and the same.
    """

    name: str
    line_number: int
    order: int
    due: When
    which: Which
    priority: int
    flow: str | None = None
    kind: Kind = "ask"
    title: str = ""
    line: str | None = None
    turns: tuple[str, ...] = ()
    task: str | None = None
    alternatives: tuple[time, ...] = ()
    between: Span | None = None
    eve: time | None = None
    send_by: When | time | None = None
    answer_until: When | None = None
    again: Again | None = None
    waits: bool = False
    slides: int = 0
    open_days: bool = False
    not_on: frozenset[str] = frozenset()
    after_session: tuple[int, ...] = ()
    late: Late | None = None
    cases: tuple[Case, ...] = ()
    only_if: tuple[Condition, ...] = ()
    inside: Inside | None = None
    yields_to: tuple[str, ...] = ()
    every: int = 0
    to: When | None = None
    sequence: int = 0
    repeats: bool = False
    per_week: int = 0
    key: bool = False
    upbeat: bool = False
    never_dropped: bool = False
    counts: bool = True
    before_consent: bool = False
    in_quiet: bool = False
    keep_before: str | None = None
    if_dropped: str | None = None

    @property
    def logistics(self) -> bool:
        """Whether the minimum gap and the holds on asks leave it alone (RULINGS 18)."""
        return self.priority <= 2

    @property
    def called(self) -> str:
        """How sentences name it."""
        return self.title or "the " + self.name.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Phase:
    """From an instant on, at most `week` touches in seven days."""

    since: When
    week: int


@dataclass(frozen=True, slots=True)
class Gentle:
    """After this answer to this rule: no second text the day after (CONTENT 11.19)."""

    rule: str
    code: str


@dataclass(frozen=True, slots=True)
class Caps:
    """The attention budget over all flows (CONTENT 5.3); `gap` in minutes."""

    day: int = 2
    week: int = 14
    light: int = 7
    gap: int = 180
    later: tuple[Phase, ...] = ()
    gentle: Gentle | None = None


@dataclass(frozen=True, slots=True)
class Protocol:
    """A clinic's timing: `quiet` is minutes before the start and after the end with no proactive text."""

    name: str
    title: str
    rules: tuple[Rule, ...]
    caps: Caps = Caps()
    quiet: tuple[int, int] = (10, 180)
    window: Span = (time(9), time(20))
    sessions: int = 0
    settles: str | None = None
    by_name: Mapping[str, Rule] = field(default_factory=dict)

    def flows(self) -> frozenset[str]:
        """Every flow the rules name, cases included."""
        named = {rule.flow for rule in self.rules} | {case.rule.flow for rule in self.rules for case in rule.cases}
        return frozenset(flow for flow in named if flow)
