"""The words of one flow in one language: lines with whole variants, choice labels, banks and composed names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from smsbot.tree import Faults, Node

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
VARIANTS = ("text", "voice", "said", "unquoted", "late", "closed", "discreet", "help")
ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]*\Z")
LINES_FIELDS = frozenset({"flow", "language", "signed", "names", "banks"})
SIGNED_FIELDS = frozenset({"by", "on", "hash"})


@dataclass(frozen=True)
class Line:
    """One text and its variants; `labels` are the words that name each choice, the first being the one kept."""

    text: str
    voice: str | None = None
    said: str | None = None
    unquoted: str | None = None
    late: str | None = None
    closed: str | None = None
    discreet: str | None = None
    help: str | None = None
    labels: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def variant(self, name: str) -> str | None:
        """The words of one variant, or None when the line has no such variant."""
        return self.variants().get(name)

    def variants(self) -> dict[str, str]:
        """The variants that are there, by name."""
        parts = (self.text, self.voice, self.said, self.unquoted, self.late, self.closed, self.discreet, self.help)
        return {name: text for name, text in zip(VARIANTS, parts, strict=True) if text is not None}


@dataclass(frozen=True)
class Signature:
    """Who read these words and when, with the hash of what they read."""

    by: str = ""
    on: str = ""
    hash: str = ""


@dataclass(frozen=True)
class Lines:
    """Everything said in one flow in one language."""

    flow: str
    language: str
    lines: dict[str, Line]
    banks: dict[str, dict[str, str]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, line: str) -> Line:
        return self.lines[line]

    def texts(self) -> list[tuple[str, str, str]]:
        """Every text as (line or bank id, variant or bank line id, words), in the order of the page."""
        found = [
            (name, variant, text) for name, line in self.lines.items() for variant, text in line.variants().items()
        ]
        return found + [(bank, id, text) for bank, lines in self.banks.items() for id, text in lines.items()]


@lru_cache(maxsize=8192)
def placeholders(text: str) -> tuple[str, ...]:
    """The {names} of a text, in order, each once."""
    return tuple(dict.fromkeys(PLACEHOLDER.findall(text)))


def parse(node: Node, faults: Faults) -> tuple[Lines, Signature]:
    """Reads one lines file; what cannot be read is noted in `faults` and left out."""
    reader = _Reader(faults)
    head = {key.text: value for key, value in faults.block(node, "a lines file") if key.text in LINES_FIELDS}
    for name in ("flow", "language"):
        if name not in head:
            faults.add(node, f"a lines file needs '{name}:'.")
    return (
        Lines(
            flow=faults.text(head["flow"], "'flow'") if "flow" in head else "",
            language=faults.text(head["language"], "'language'") if "language" in head else "",
            lines={key.text: reader.line(key, value) for key, value in node.pairs if key.text not in LINES_FIELDS},
            banks={key.text: reader.bank(key, value) for key, value in reader.block(head.get("banks"), "'banks'")},
            names={key.text: reader.words(value) for key, value in reader.block(head.get("names"), "'names'")},
        ),
        signature(head.get("signed"), faults),
    )


def signature(node: Node | None, faults: Faults) -> Signature:
    """Who signed a page, by its `signed:` block."""
    if node is None:
        return Signature()
    fields = faults.fields(node, "'signed'", SIGNED_FIELDS)
    return Signature(**{name: faults.text(value, f"'{name}'") for name, value in fields.items()})


class _Reader:
    """Reads the pieces of a lines file, noting faults as it goes."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults

    def block(self, node: Node | None, what: str) -> tuple[tuple[Node, Node], ...]:
        return self.faults.block(node, what) if node else ()

    def words(self, node: Node) -> str:
        text = " ".join(self.faults.text(node, "a line").split())
        if not text:
            self.faults.add(node, "there are no words here.")
        rest = PLACEHOLDER.sub("", text)
        if "{" in rest or "}" in rest:
            self.faults.add(node, "a name in braces is small letters, digits and _ only, like {session_day}.")
        return text

    def line(self, key: Node, node: Node) -> Line:
        if not ID.match(key.text):
            self.faults.add(key, f"'{key.text}' cannot name a line: use letters, digits, _ and -.")
        if node.kind == "text":
            return Line(text=self.words(node))
        fields = self.faults.fields(node, f"the line '{key.text}'", {*VARIANTS, "choices", "note"}, ("text",))
        parts = {name: self.words(fields[name]) for name in VARIANTS if name in fields}
        return Line(
            text=parts.get("text", ""),
            voice=parts.get("voice"),
            said=parts.get("said"),
            unquoted=parts.get("unquoted"),
            late=parts.get("late"),
            closed=parts.get("closed"),
            discreet=parts.get("discreet"),
            help=parts.get("help"),
            labels=self.labels(fields.get("choices")),
        )

    def labels(self, node: Node | None) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        taken: dict[str, str] = {}
        for key, value in self.block(node, "'choices'"):
            found[key.text] = labels = self.faults.texts(value, f"'{key.text}'")
            if not labels or not labels[0]:
                self.faults.add(key, f"the choice '{key.text}' has no words.")
            for label in labels:
                other = taken.setdefault(label.casefold(), key.text)
                if other != key.text:
                    self.faults.add(value, f"'{label}' names two choices, '{other}' and '{key.text}'.")
        return found

    def bank(self, key: Node, node: Node) -> dict[str, str]:
        return {id.text: self.words(value) for id, value in self.block(node, f"the bank '{key.text}'")}
