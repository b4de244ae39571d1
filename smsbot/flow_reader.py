"""Reads flows/<name>.yaml into a Flow, with every fault of the file at its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast, get_args

from smsbot.flow import Ask, End, Flow, Kind, Pairs, Step
from smsbot.flow_links import Links
from smsbot.tree import Faults, Node, meant

NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
DURATION = re.compile(r"(\d{1,4}) ?(m|min|minutes?|h|hours?|d|days?)\Z")
MINUTES = {"m": 1, "h": 60, "d": 1440}

FLOW_NEEDS = frozenset({"title", "kind", "start", "ends"})
FLOW_FIELDS = FLOW_NEEDS | {
    "catalog",
    "pillar",
    "channels",
    "facts",
    "of_session",
    "of_series",
    "close_after",
    "no_repeat",
    "skip",
    "silence",
    "entries",
    "steps",
    "rank",
    "note",
}
STEP_FIELDS = frozenset({"ask", "choices", "range", "keep", "keep_words", "sets", "lead", "says", "unless"}) | {
    "skip",
    "silence",
    "go",
    "marks",
    "task",
    "alert",
    "note",
}
END_FIELDS = frozenset({"says", "lead", "marks", "clears", "sets", "task", "alert", "opens", "note"})


@dataclass(frozen=True)
class Vocabulary:
    """The words that branch tables may use for each shape of question."""

    words: frozenset[str]
    number: frozenset[str]

    def keys(self, ask: Ask, codes: tuple[str, ...]) -> frozenset[str]:
        """The branch names a step with this shape may use."""
        shapes: dict[Ask, frozenset[str]] = {
            "words": self.words,
            "choice": frozenset(codes) | self.words | {"words"},
            "number": self.number,
            "yes_no": frozenset({"yes", "no"}),
            "date": frozenset(),
        }
        return shapes[ask] | {"otherwise"} | (frozenset() if ask == "words" else {"unclear"})


def parse(node: Node, name: str, vocabulary: Vocabulary, faults: Faults) -> Flow:
    """Reads one flow file; what cannot be read is noted in `faults` and left out."""
    fields = faults.fields(node, "a flow", FLOW_FIELDS, FLOW_NEEDS)
    reader = _Reader(vocabulary, faults)
    flow = Flow(
        name=name,
        title=reader.word(fields, "title") or name,
        kind=cast(Kind, reader.one_of(fields, "kind", get_args(Kind)) or "ask"),
        steps=reader.steps(fields.get("steps")),
        ends=reader.ends(fields.get("ends")),
        start=reader.start(fields.get("start")),
        entries=reader.words(fields, "entries"),
        catalog=reader.word(fields, "catalog") or "",
        pillar=reader.word(fields, "pillar") or "",
        channels=reader.words(fields, "channels") or ("text",),
        facts=reader.words(fields, "facts"),
        of_session=reader.words(fields, "of_session"),
        of_series=reader.words(fields, "of_series"),
        close_after=reader.minutes(fields, "close_after"),
        no_repeat=reader.minutes(fields, "no_repeat"),
        skip=reader.word(fields, "skip"),
        silence=reader.word(fields, "silence"),
        rank=reader.number(fields, "rank"),
    )
    Links(flow, node, faults).check()
    return flow


class _Reader:
    """Reads the pieces of a flow file, noting faults as it goes."""

    def __init__(self, vocabulary: Vocabulary, faults: Faults) -> None:
        self.vocabulary, self.faults = vocabulary, faults

    def word(self, fields: dict[str, Node], name: str) -> str | None:
        return self.faults.text(fields[name], f"'{name}'") or None if name in fields else None

    def words(self, fields: dict[str, Node], name: str) -> tuple[str, ...]:
        return self.faults.texts(fields[name], f"'{name}'") if name in fields else ()

    def one_of(self, fields: dict[str, Node], name: str, allowed: tuple[str, ...]) -> str | None:
        value = self.word(fields, name)
        if value is not None and value not in allowed:
            self.faults.add(fields[name], f"'{name}: {value}' is not known.{meant(value, allowed)}")
            return None
        return value

    def number(self, fields: dict[str, Node], name: str) -> int:
        value = self.word(fields, name) or "0"
        if not re.fullmatch(r"\d{1,3}", value):
            self.faults.add(fields[name], f"'{name}' should be a whole number, not '{value}'.")
            return 0
        return int(value)

    def minutes(self, fields: dict[str, Node], name: str) -> int | None:
        value = self.word(fields, name)
        if value is None:
            return None
        match = DURATION.match(value)
        if match is None:
            self.faults.add(fields[name], f"'{name}' should be a length of time such as 20h or 45 minutes.")
            return None
        return int(match[1]) * MINUTES[match[2][0]]

    def pairs(self, node: Node | None, what: str) -> Pairs:
        found = self.faults.block(node, what) if node else ()
        return tuple((key.text, self.faults.text(value, f"'{key.text}'")) for key, value in found)

    def by_branch(self, fields: dict[str, Node], name: str, go: Pairs, codes: tuple[str, ...]) -> Pairs:
        """`alert: {some: item9}` on a step: what a branch leaves behind besides where it goes."""
        known = {key for key, _ in go} | set(codes)
        for key, _ in self.faults.block(fields[name], f"'{name}' on a step") if name in fields else ():
            if key.text not in known:
                self.faults.add(key, f"'{key.text}' is not a branch of this step.{meant(key.text, known)}")
        return self.pairs(fields.get(name), f"'{name}' on a step")

    def names(self, node: Node | None, what: str) -> Iterator[tuple[str, Node]]:
        for key, value in self.faults.block(node, f"'{what}'") if node else ():
            if not NAME.match(key.text):
                self.faults.add(key, f"'{key.text}': a name is small letters, digits and _ only.")
            yield key.text, value

    def start(self, node: Node | None) -> Pairs:
        if node is None:
            return ()
        if node.kind == "text":
            return (("otherwise", node.text),)
        pairs = self.pairs(node, "'start'")
        if "otherwise" not in dict(pairs):
            self.faults.add(node, "'start' does not say where to begin when no fact is there. Add 'otherwise:'.")
        return pairs

    def steps(self, node: Node | None) -> dict[str, Step]:
        return {name: self.step(name, value) for name, value in self.names(node, "steps")}

    def step(self, name: str, node: Node) -> Step:
        fields = self.faults.fields(node, f"the step '{name}'", STEP_FIELDS, ("ask", "go"))
        ask = cast(Ask, self.one_of(fields, "ask", get_args(Ask)) or "words")
        choices = self.choices(name, node, ask, fields)
        codes = tuple(code for _, code in choices)
        low, high = self.range(name, node, ask, fields)
        go = self.go(name, fields.get("go"), ask, codes)
        return Step(
            name=name,
            ask=ask,
            says=self.word(fields, "says") or name,
            go=go,
            choices=choices,
            low=low,
            high=high,
            keep=self.word(fields, "keep"),
            keep_words=self.word(fields, "keep_words"),
            sets=self.word(fields, "sets"),
            lead=self.word(fields, "lead"),
            unless=self.word(fields, "unless"),
            skip=self.word(fields, "skip"),
            silence=self.word(fields, "silence"),
            marks=self.by_branch(fields, "marks", go, codes),
            tasks=self.by_branch(fields, "task", go, codes),
            alerts=self.by_branch(fields, "alert", go, codes),
        )

    def choices(self, name: str, node: Node, ask: Ask, fields: dict[str, Node]) -> Pairs:
        given = fields.get("choices")
        if (given is not None) != (ask == "choice"):
            need = "needs 'choices: {1: ..., 2: ...}'" if ask == "choice" else f"asks {ask}, so it has no 'choices'"
            self.faults.add(given or node, f"the step '{name}' {need}.")
        pairs = self.pairs(given, "'choices'")
        first = 0 if pairs and pairs[0][0] == "0" else 1  # the answer keys of published measures begin at 0
        for place, (digit, _) in enumerate(pairs, first):
            if given and digit != str(place):
                self.faults.add(given, f"the choices of '{name}' should be numbered 1, 2, 3 in order, not '{digit}'.")
                break
        if given and len(set(dict(pairs).values())) < len(pairs):
            self.faults.add(given, f"two choices of '{name}' have the same name.")
        return pairs

    def range(self, name: str, node: Node, ask: Ask, fields: dict[str, Node]) -> tuple[int, int]:
        value = self.word(fields, "range")
        if (value is not None) != (ask == "number"):
            need = "needs a range such as 0-10" if ask == "number" else f"asks {ask}, so it has no 'range'"
            self.faults.add(fields.get("range", node), f"the step '{name}' {need}.")
            return 0, 10
        match = re.fullmatch(r"(\d{1,4})-(\d{1,4})", value or "0-10")
        if match is None or int(match[1]) >= int(match[2]):
            self.faults.add(fields["range"], f"'range: {value}' should be two numbers such as 0-10.")
            return 0, 10
        return int(match[1]), int(match[2])

    def go(self, name: str, node: Node | None, ask: Ask, codes: tuple[str, ...]) -> Pairs:
        known = self.vocabulary.keys(ask, codes)
        for key, _ in self.faults.block(node, "'go'") if node else ():
            if key.text not in known:
                self.faults.add(
                    key, f"'{key.text}' cannot be told from the answer to '{name}'.{meant(key.text, known)}"
                )
        pairs = self.pairs(node, "'go'")
        self.complete(name, node, ask, codes, {key for key, _ in pairs})
        return pairs

    def complete(self, name: str, node: Node | None, ask: Ask, codes: tuple[str, ...], have: set[str]) -> None:
        needed = {"choice": {*codes, "unclear"}, "yes_no": {"yes", "no", "unclear"}}.get(ask, {"otherwise"})
        missing = sorted(needed - have - ({"unclear"} if "words" in have else set()))
        if node is not None and missing and "otherwise" not in have:
            self.faults.add(node, f"'{name}' does not say where to go for: {', '.join(missing)}. Add 'otherwise:'.")

    def ends(self, node: Node | None) -> dict[str, End]:
        return {name: self.end(name, value) for name, value in self.names(node, "ends")}

    def end(self, name: str, node: Node) -> End:
        fields = self.faults.fields(node, f"the end '{name}'", END_FIELDS)
        return End(
            name=name,
            says=self.word(fields, "says"),
            lead=self.word(fields, "lead"),
            marks=self.words(fields, "marks"),
            clears=self.words(fields, "clears"),
            sets=self.pairs(fields.get("sets"), "'sets' on an end"),
            task=self.word(fields, "task"),
            alert=self.word(fields, "alert"),
            opens=self.word(fields, "opens"),
        )
