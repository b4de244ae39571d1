"""Reads flows/protocols/*.yaml strictly: every fault at its line, in words a clinician understands."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import time
from typing import Any

from smsbot.rules import PREFERRED, Again, Caps, Case, Gentle, Inside, Late, Phase, Protocol, Rule
from smsbot.timing import (
    ABOUT_RULES,
    NotUnderstood,
    When,
    clock_of,
    condition,
    minutes_of,
    span_of_day,
    when,
    which,
)
from smsbot.tree import Faults, Node, meant

__all__ = ["EVENTS", "PREFERRED", "Caps", "Protocol", "Rule", "parse"]

NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
EVENTS = frozenset({"second_silence", "long_silence", "last_silence", "pause_end"})

Reader = Callable[["_Rules", Node, str], Any]


class _Rules:
    """Reads the rules of one file; `marks` are the names that rules may hang on."""

    def __init__(self, faults: Faults, marks: frozenset[str]) -> None:
        self.faults, self.marks = faults, marks

    def text(self, node: Node, what: str) -> str:
        return self.faults.text(node, what)

    def texts(self, node: Node, what: str) -> tuple[str, ...]:
        return self.faults.texts(node, what)

    def tried(self, node: Node, what: str, read: Callable[[str], Any]) -> Any:
        """Applies a reader of the timing language; what it does not understand is a fault here, and None."""
        text = self.text(node, what)
        try:
            return read(text)
        except NotUnderstood as error:
            self.faults.add(node, f"{what}: {error}.")
            return None

    def time_point(self, node: Node, what: str) -> When | None:
        point: When | None = self.tried(node, what, lambda text: when(text, self.marks))
        return point

    def bound(self, node: Node, what: str) -> When | time | None:
        if ":" in node.text and " " not in node.text.strip():
            clock: time | None = self.tried(node, what, clock_of)
            return clock
        return self.time_point(node, what)

    def clock(self, node: Node, what: str) -> Any:
        return self.tried(node, what, clock_of)

    def clocks(self, node: Node, what: str) -> tuple[Any, ...]:
        nodes = node.items if node.kind == "list" else (node,)
        return tuple(clock for clock in (self.clock(item, what) for item in nodes) if clock is not None)

    def part_of_day(self, node: Node, what: str) -> Any:
        return self.tried(node, what, span_of_day)

    def sessions(self, node: Node, what: str) -> Any:
        return self.tried(node, what, lambda text: which(text, self.marks))

    def conditions(self, node: Node, what: str) -> tuple[Any, ...]:
        nodes = node.items if node.kind == "list" else (node,)
        return tuple(found for found in (self.tried(item, what, condition) for item in nodes) if found)

    def number(self, node: Node, what: str) -> int:
        text = self.text(node, what)
        if not text.isdigit() or len(text) > 4:
            self.faults.add(node, f"{what} should be a whole number, not '{text}'.")
            return 0
        return int(text)

    def yes(self, node: Node, what: str) -> bool:
        return self.among(node, what, ("yes", "no")) == "yes"

    def among(self, node: Node, what: str, known: tuple[str, ...]) -> str:
        text = self.text(node, what)
        if text not in known:
            self.faults.add(node, f"{what}: '{text}' is not known here.{meant(text, known)}")
        return text

    def kind(self, node: Node, what: str) -> str:
        return self.among(node, what, ("ask", "statement", "task"))

    def priority(self, node: Node, what: str) -> int:
        known = tuple(f"P{number}" for number in range(9))
        found = self.among(node, what, known)
        return int(found[1:]) if found in known else 8

    def minutes(self, node: Node, what: str) -> int:
        return self.tried(node, what, minutes_of) or 0

    def days(self, node: Node, what: str) -> int:
        return self.minutes(node, what) // 1440

    def hours(self, node: Node, what: str) -> tuple[int, ...]:
        nodes = node.items if node.kind == "list" else (node,)
        return tuple(self.minutes(item, what) for item in nodes)

    def places(self, node: Node, what: str) -> frozenset[str]:
        nodes = node.items if node.kind == "list" else (node,)
        return frozenset(self.among(item, what, ("session days", "days before a session")) for item in nodes)

    def open_days(self, node: Node, what: str) -> bool:
        return self.among(node, what, ("open days",)) == "open days"

    def waits(self, node: Node, what: str) -> bool:
        return self.among(node, what, ("done",)) == "done"

    def never(self, node: Node, what: str) -> bool:
        return self.among(node, what, ("dropped for caps",)) != ""

    def late(self, node: Node, what: str) -> Late | None:
        found = self.faults.fields(node, what, ("from", "line", "then", "task"), ("from",))
        since = self.time_point(found["from"], f"{what} from") if "from" in found else None
        drop = "then" in found and self.among(found["then"], f"{what} then", ("drop",)) == "drop"
        return Late(since, self.named(found, "line"), drop, self.named(found, "task")) if since else None

    def again(self, node: Node, what: str) -> Again | None:
        found = self.faults.fields(node, what, ("due", "send_by", "line"), ("due", "send_by"))
        if "due" not in found or "send_by" not in found:
            return None
        due, last = self.time_point(found["due"], f"{what} due"), self.time_point(found["send_by"], f"{what} send_by")
        return Again(due, last, self.named(found, "line")) if due and last else None

    def inside(self, node: Node, what: str) -> Inside | None:
        found = self.faults.fields(node, what, ("touch", "after", "alone"), ("touch", "after"))
        if "touch" not in found or "after" not in found:
            return None
        alone = "alone" in found and self.yes(found["alone"], f"{what} alone")
        return Inside(self.text(found["touch"], what), self.texts(found["after"], what), alone)

    def named(self, found: Mapping[str, Node], name: str) -> str | None:
        return self.name(found[name], name) if name in found else None

    def name(self, node: Node, what: str) -> str:
        text = self.text(node, what)
        if not NAME.match(text):
            self.faults.add(node, f"{what} should be a name such as day_before, not '{text}'.")
        return text

    def rule(self, key: Node, node: Node, order: int) -> Rule | None:
        """One rule with its cases; None when it lacks what every rule needs."""
        what = f"rule '{self.name(key, 'a rule')}'"
        found = self.faults.fields(node, what, (*FIELDS, "cases", "note"), ("class", "for", "due"))
        values = self.values(found, what)
        if "flow" not in values and "task" not in values:
            self.faults.add(node, f"{what} needs 'flow:' (a text to the patient) or 'task:' (something for staff).")
        if any(values.get(name) is None for name in ("due", "which", "priority")):
            return None
        values.setdefault("kind", "ask" if "flow" in values else "task")
        rule = Rule(key.text, key.line, order, **values)
        cases = found["cases"].items if "cases" in found else ()
        return replace(rule, cases=tuple(case for case in (self.case(rule, item, what) for item in cases) if case))

    def values(self, found: Mapping[str, Node], what: str) -> dict[str, Any]:
        """The attributes a block of fields sets."""
        return {FIELDS[n][0]: FIELDS[n][1](self, at, f"{what}: {n}") for n, at in found.items() if n in FIELDS}

    def case(self, rule: Rule, node: Node, what: str) -> Case | None:
        """A case: its conditions, and what it changes."""
        allowed = [name for name in FIELDS if name not in ("class", "for", "sequence")]
        found = self.faults.fields(node, f"a case of {what}", ("when", "drop", *allowed), ("when",))
        conditions = self.conditions(found["when"], f"{what}: when") if "when" in found else ()
        drop = self.text(found["drop"], f"{what}: drop") if "drop" in found else None
        changed = {name: value for name, value in self.values(found, what).items() if value is not None}
        if "flow" in changed:
            changed = {"line": None, "turns": ()} | changed  # another flow has lines of its own
        return Case(conditions, replace(rule, **changed), drop)


FIELDS: dict[str, tuple[str, Reader]] = {
    "title": ("title", _Rules.text),
    "flow": ("flow", _Rules.name),
    "line": ("line", _Rules.name),
    "turns": ("turns", _Rules.texts),
    "task": ("task", _Rules.name),
    "class": ("priority", _Rules.priority),
    "kind": ("kind", _Rules.kind),
    "for": ("which", _Rules.sessions),
    "due": ("due", _Rules.time_point),
    "or": ("alternatives", _Rules.clocks),
    "between": ("between", _Rules.part_of_day),
    "eve": ("eve", _Rules.clock),
    "send_by": ("send_by", _Rules.bound),
    "answer_until": ("answer_until", _Rules.time_point),
    "else": ("again", _Rules.again),
    "waits_for": ("waits", _Rules.waits),
    "slides": ("slides", _Rules.days),
    "on": ("open_days", _Rules.open_days),
    "not_on": ("not_on", _Rules.places),
    "after_session": ("after_session", _Rules.hours),
    "late": ("late", _Rules.late),
    "only_if": ("only_if", _Rules.conditions),
    "asked_inside": ("inside", _Rules.inside),
    "yields_to": ("yields_to", _Rules.texts),
    "every": ("every", _Rules.days),
    "to": ("to", _Rules.time_point),
    "sequence": ("sequence", _Rules.number),
    "repeats": ("repeats", _Rules.yes),
    "per_week": ("per_week", _Rules.number),
    "key": ("key", _Rules.yes),
    "upbeat": ("upbeat", _Rules.yes),
    "never": ("never_dropped", _Rules.never),
    "counts": ("counts", _Rules.yes),
    "before_consent": ("before_consent", _Rules.yes),
    "in_quiet": ("in_quiet", _Rules.yes),
    "keep_before": ("keep_before", _Rules.name),
    "if_dropped": ("if_dropped", _Rules.name),
}
TOP = ("title", "note", "sessions", "marks", "window", "quiet", "caps", "settles", "rules")


def parse(node: Node, name: str, faults: Faults) -> Protocol:
    """Reads one protocol file. Faults are added, never raised; what cannot be read is left out of the result."""
    found = faults.fields(node, "a protocol", TOP, ("title", "rules"))
    marks = frozenset(faults.texts(found["marks"], "marks")) if "marks" in found else frozenset()
    reader = _Rules(faults, marks | EVENTS)
    pairs = faults.block(found["rules"], "rules") if "rules" in found else ()
    read = (reader.rule(key, value, order) for order, (key, value) in enumerate(pairs))
    rules = tuple(rule for rule in read if rule)
    protocol = Protocol(
        name=name,
        title=faults.text(found["title"], "title") if "title" in found else name,
        rules=rules,
        caps=_caps(reader, found["caps"]) if "caps" in found else Caps(),
        quiet=_quiet(reader, found["quiet"]) if "quiet" in found else (10, 180),
        window=(reader.part_of_day(found["window"], "window") if "window" in found else None) or (time(9), time(20)),
        sessions=reader.number(found["sessions"], "sessions") if "sessions" in found else 0,
        settles=reader.name(found["settles"], "settles") if "settles" in found else None,
        by_name={rule.name: rule for rule in rules},
    )
    if "rules" in found:
        _check(protocol, found["rules"], faults)
    return protocol


def _caps(reader: _Rules, node: Node) -> Caps:
    found = reader.faults.fields(node, "caps", ("day", "week", "light", "gap", "later", "gentle"))
    values: dict[str, Any] = {
        name: reader.number(found[name], f"caps: {name}") for name in ("day", "week", "light") if name in found
    }
    if "gap" in found:
        values["gap"] = reader.minutes(found["gap"], "caps: gap")
    if "later" in found:
        phases = (_phase(reader, item) for item in found["later"].items)
        values["later"] = tuple(phase for phase in phases if phase)
    if "gentle" in found:
        inner = reader.faults.fields(found["gentle"], "gentle", ("after", "was"), ("after", "was"))
        values["gentle"] = Gentle(
            *(reader.name(inner[part], "gentle") if part in inner else "" for part in ("after", "was"))
        )
    return Caps(**values)


def _phase(reader: _Rules, node: Node) -> Phase | None:
    found = reader.faults.fields(node, "a later cap", ("from", "week"), ("from", "week"))
    since = reader.time_point(found["from"], "from") if "from" in found else None
    return Phase(since, reader.number(found["week"], "week")) if since and "week" in found else None


def _quiet(reader: _Rules, node: Node) -> tuple[int, int]:
    found = reader.faults.fields(node, "quiet", ("before", "after"), ("before", "after"))
    before, after = (reader.minutes(found[n], f"quiet: {n}") if n in found else 0 for n in ("before", "after"))
    return before, after


def _check(protocol: Protocol, node: Node, faults: Faults) -> None:
    """References between rules: they exist, and a condition asks only about a rule above, so one pass decides it."""
    places = {rule.name: rule.order for rule in protocol.rules}
    for (key, _), rule in zip(node.pairs, protocol.rules, strict=False):
        at = next((name for name, _ in node.pairs if name.text == rule.name), key)
        for named in _rules_named(rule, protocol):
            if named not in places:
                faults.add(at, f"rule '{rule.name}' names the rule '{named}', which is not here.{meant(named, places)}")
        for asked in _asked(rule):
            if asked in places and places[asked] > rule.order:
                faults.add(at, f"rule '{rule.name}' asks about '{asked}', which should stand above it.")


def _asked(rule: Rule) -> list[str]:
    told = [*rule.only_if, *(condition for case in rule.cases for condition in (*case.when, *case.rule.only_if))]
    return [condition.subject for condition in told if condition.kind in ABOUT_RULES]


def _rules_named(rule: Rule, protocol: Protocol) -> list[str]:
    hosts = [inside.touch for inside in (rule.inside, *(case.rule.inside for case in rule.cases)) if inside]
    others = [name for name in (rule.keep_before, protocol.settles) if name]
    return [*_asked(rule), *hosts, *rule.yields_to, *others]
