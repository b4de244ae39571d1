"""What a rule of `smsbot check` gets to see, and how it reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from smsbot.content import Content, Fault, Page
from smsbot.script import Script
from smsbot.tree import Node

SYSTEM = "system"

Severity = Literal["fault", "warning"]


@dataclass(frozen=True)
class Text:
    """One text of the content. `variant` is `bank` for a line of a bank, whose `id` is then `bank.id`."""

    language: str
    flow: str
    id: str
    variant: str
    words: str
    at: Node
    script: Script | None
    page: Page

    @property
    def spoken(self) -> bool:
        """Whether it is said on the phone and never sent."""
        return self.variant == "voice"

    @property
    def consent_or_safety(self) -> bool:
        """Whether it belongs to the texts that may say STOP and may be longer in Spanish."""
        return self.script is None or self.script.flow.pillar in ("safety", "consent")


Problem = tuple[Node, str]
Test = Callable[[Content], Iterator[Problem]]


@dataclass(frozen=True)
class Rule:
    """One rule: its id, whether breaking it stops the check, and what it finds. Its docstring is its documentation."""

    id: str
    severity: Severity
    test: Test

    @property
    def about(self) -> str:
        """What the rule demands, in one sentence."""
        return " ".join((self.test.__doc__ or "").split())


@dataclass(frozen=True)
class Finding:
    """A rule that was broken, and where."""

    rule: str
    severity: Severity
    fault: Fault


def texts(content: Content) -> Iterator[Text]:
    """Every text of every page, flows in order, then the system lines."""
    for (language, flow), page in sorted(content.pages.items(), key=lambda item: (item[0][1], item[0][0])):
        script = content.scripts.get(flow)
        for id, variant, words in page.lines.texts():
            at = page.where(id, variant)
            if variant in page.lines.banks.get(id, {}):
                yield Text(language, flow, f"{id}.{variant}", "bank", words, at, script, page)
            else:
                yield Text(language, flow, id, variant, words, at, script, page)


def per_text(test: Callable[[Text], str | None]) -> Test:
    """A rule over single texts: what it returns is the fault at that text."""

    def over(content: Content) -> Iterator[Problem]:
        for text in texts(content):
            if message := test(text):
                yield text.at, message

    over.__doc__ = test.__doc__
    return over


def place(tree: Node, *path: str) -> Node:
    """Where a path leads in a file."""
    return Node(tree.file, tree.line_of(*path))
