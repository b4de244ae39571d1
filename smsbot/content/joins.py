"""What a flow, its lines and the other flows must agree on before any of it can be said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from smsbot.content.page import Page
from smsbot.flow import Flow, Step
from smsbot.lines import placeholders
from smsbot.placeholders import PLACEHOLDERS
from smsbot.tree import Faults, Node, meant


@dataclass(frozen=True)
class Names:
    """What is known across all flows: their names, and which {names} hold a patient's own words somewhere."""

    flows: frozenset[str]
    quotes: frozenset[str]

    @classmethod
    def of(cls, flows: Iterable[Flow]) -> Names:
        """A name is a quote when any flow keeps under it what a patient may say freely."""
        found = tuple(flows)
        steps = [step for flow in found for step in flow.steps.values()]
        quotes = {step.keep for step in steps if step.keep and quotable(step)}
        quotes |= {step.keep_words for step in steps if step.keep_words}
        quotes |= {"last_insight"} & {fact for flow in found for fact in flow.facts}  # looked up, and as much theirs
        return cls(frozenset(flow.name for flow in found), frozenset(quotes))


def quotable(step: Step) -> bool:
    """Whether what a step keeps can be the patient's own words: a choice from our list is ours, unless words do too."""
    return step.ask in ("words", "number") or ("words" in dict(step.go) and not step.keep_words)


def join(flow: Flow, tree: Node, pages: Iterable[Page], names: Names, faults: Faults) -> None:
    """Notes every disagreement between one flow and its lines."""
    for step in flow.steps.values():
        if step.unless and step.unless not in {*flow.facts, *_kept(flow)}:
            faults.add(_at(tree, "steps", step.name, "unless"), _no_fact(step.unless, flow))
    for fact, _ in flow.start:
        if fact not in {*flow.facts, "otherwise"}:
            faults.add(_at(tree, "start", fact), _no_fact(fact, flow))
    for end in flow.ends.values():
        if end.opens and end.opens not in names.flows:
            faults.add(
                _at(tree, "ends", end.name, "opens"),
                f"there is no flow '{end.opens}' to open.{meant(end.opens, names.flows)}",
            )
    for page in pages:
        _Words(flow, tree, page, faults).check()


def check_names(page: Page, known: frozenset[str], faults: Faults) -> None:
    """Notes every {name} of a page that nothing fills."""
    for id, variant, text in page.lines.texts():
        for name in placeholders(text):
            if name not in known:
                faults.add(page.where(id, variant), f"nothing fills {{{name}}} here.{meant(name, known)}")


def _at(tree: Node, *path: str) -> Node:
    return Node(tree.file, tree.line_of(*path))


def _kept(flow: Flow) -> set[str]:
    steps = flow.steps.values()
    return {name for step in steps for name in (step.keep, step.keep_words) if name}


def _no_fact(name: str, flow: Flow) -> str:
    return f"'{name}' is not among the facts of this flow.{meant(name, flow.facts)} Add it to 'facts:'."


class _Words:
    """One flow against one page of lines."""

    def __init__(self, flow: Flow, tree: Node, page: Page, faults: Faults) -> None:
        self.flow, self.tree, self.page, self.faults = flow, tree, page, faults
        self.lines = page.lines

    def check(self) -> None:
        for step in self.flow.steps.values():
            self.line(step.says, ("steps", step.name))
            self.bank(step.lead, ("steps", step.name, "lead"))
            self.labels(step)
        for end in self.flow.ends.values():
            if end.says:
                self.line(end.says, ("ends", end.name, "says"))
            self.bank(end.lead, ("ends", end.name, "lead"))
        known = frozenset({*PLACEHOLDERS, *self.flow.facts, *_kept(self.flow)})
        for name, words in self.lines.names.items():
            for part in placeholders(words):
                if part not in known:
                    self.faults.add(
                        _at(self.page.tree, "names", name), f"nothing fills {{{part}}} here.{meant(part, known)}"
                    )
        check_names(self.page, known | set(self.lines.names), self.faults)

    def line(self, name: str, path: tuple[str, ...]) -> None:
        if name not in self.lines.lines:
            self.faults.add(
                _at(self.tree, *path), f"'{name}' has no line in {self.page.tree.file}.{meant(name, self.lines.lines)}"
            )

    def bank(self, name: str | None, path: tuple[str, ...]) -> None:
        if name is not None and not self.lines.banks.get(name):
            self.faults.add(
                _at(self.tree, *path), f"'{name}' is no bank of {self.page.tree.file}.{meant(name, self.lines.banks)}"
            )

    def labels(self, step: Step) -> None:
        """A choice has words for each of its codes, and no others; a line that is no choice has none."""
        line = self.lines.lines.get(step.says)
        if line is None:
            return
        at = _at(self.page.tree, step.says, "choices")
        for code in step.codes():
            if code not in line.labels:
                self.faults.add(at, f"'{step.says}' has no words for the choice '{code}'. Add it to 'choices:'.")
        for code in line.labels:
            if code not in step.codes():
                hint = meant(code, step.codes())
                where = _at(self.page.tree, step.says, "choices", code)
                self.faults.add(where, f"'{code}' is not a choice of the step '{step.name}'.{hint}")
