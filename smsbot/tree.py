"""Reads YAML as a tree of plain text with line numbers: nothing is guessed, and every fault is said in plain words."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from smsbot.errors import SmsbotError

MAX_CHARACTERS = 400_000
MAX_DEPTH = 12
MAX_NODES = 40_000

TYPE_NAMES = {"text": "a text", "list": "a list", "map": "a block of 'name: value' lines"}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a content file, at a line (1-based) of it."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class ContentFaults(SmsbotError):
    """The content cannot be used; every fault found is listed with its file and line."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(faults, key=lambda fault: (fault.file, fault.line))
        super().__init__("\n".join(str(fault) for fault in self.faults))


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of a content file. `kind` says which of `text`, `items` and `pairs` holds it; all scalars are text."""

    file: str
    line: int
    kind: Literal["text", "list", "map"] = "text"
    text: str = ""
    quoted: bool = False
    items: tuple[Node, ...] = ()
    pairs: tuple[tuple[Node, Node], ...] = ()

    def get(self, name: str) -> Node | None:
        """The value under a name of a block, or None."""
        return next((value for key, value in self.pairs if key.text == name), None)

    def line_of(self, *path: str) -> int:
        """The line where the names of a path lead, as far as they are there."""
        line, node = self.line, self
        for name in path:
            pair = next(((key, value) for key, value in node.pairs if key.text == name), None)
            if pair is None:
                break
            line, node = pair[0].line, pair[1]
        return line

    def plain(self) -> Any:
        """The same content as strings, lists and dicts."""
        if self.kind == "map":
            return {key.text: value.plain() for key, value in self.pairs}
        return [item.plain() for item in self.items] if self.kind == "list" else self.text


@dataclass
class Faults:
    """Collects faults, so that all are reported at once."""

    found: list[Fault] = field(default_factory=list)

    def add(self, at: Node, message: str) -> None:
        """Notes a fault at the line of a node."""
        self.found.append(Fault(at.file, at.line, message))

    def raise_any(self) -> None:
        """Raises ContentFaults if anything was noted."""
        if self.found:
            raise ContentFaults(self.found)

    def text(self, node: Node, what: str) -> str:
        """The text of a scalar; a list or block in its place is a fault, and reads as no text."""
        if node.kind != "text":
            self.add(node, f"{what} should be a text, but this is {TYPE_NAMES[node.kind]}.")
        return node.text.strip()

    def texts(self, node: Node, what: str) -> tuple[str, ...]:
        """The texts of a list; a single text counts as a list of one."""
        if node.kind == "text":
            return (self.text(node, what),)
        if node.kind == "map":
            self.add(node, f"{what} should be a list such as [one, two].")
        return tuple(self.text(item, f"each entry of {what}") for item in node.items)

    def block(self, node: Node, what: str) -> tuple[tuple[Node, Node], ...]:
        """The pairs of a block; anything else in its place is a fault, and reads as empty."""
        if node.kind != "map" and not (node.kind == "text" and node.text == "" and not node.quoted):
            self.add(node, f"{what} should be {TYPE_NAMES['map']}, but this is {TYPE_NAMES[node.kind]}.")
        return node.pairs

    def fields(self, node: Node, what: str, known: Collection[str], needed: Collection[str] = ()) -> dict[str, Node]:
        """The known names of a block. Unknown and missing names are faults; the rest is read on."""
        found = {key.text: value for key, value in self.block(node, what) if key.text in known}
        for key, _ in node.pairs:
            if key.text not in known:
                self.add(key, f"{what} has no '{key.text}'.{meant(key.text, known)}")
        for name in needed:
            if name not in found:
                self.add(node, f"{what} needs '{name}:'.")
        return found


def meant(word: str, known: Collection[str]) -> str:
    """The ending " Did you mean 'x'?" or " It may be: ..." for a word that is not among the known ones."""
    close = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    if close:
        return f" Did you mean '{close[0]}'?"
    return f" It may be: {', '.join(sorted(known))}." if 0 < len(known) <= 12 else ""


def read(text: str, file: str, faults: Faults) -> Node | None:
    """The tree of one YAML text, or None when it cannot be read at all (the fault says why).

    Refused: repeated keys, aliases, tags, several documents, more than MAX_DEPTH levels or MAX_NODES pieces.
    """
    if len(text) > MAX_CHARACTERS:
        faults.add(Node(file, 1), f"the file is too long: {len(text)} characters, and the most is {MAX_CHARACTERS}.")
        return None
    try:
        return _Builder(file, faults).build(_events(text))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        faults.add(Node(file, line), _advice(error, text.splitlines()[line - 1 : line]))
    except YAMLError as error:
        faults.add(Node(file, 1), f"the file holds a character that cannot be read ({error}).")
    except _Refused as error:
        faults.add(error.at, str(error))
    return None


def _events(text: str) -> Iterable[Any]:
    """The events of a text: by the parser in C, fifteen times faster, and where it objects by the one in Python.

    The one in C speaks YAML 1.1 and refuses a little more ("10:00" in a list); what it does take, it takes alike.
    """
    try:
        return list(YAML(typ="safe", pure=False).parse(text))
    except YAMLError:
        return YAML(typ="safe", pure=True).parse(text)  # type: ignore[no-any-return]


def _advice(error: MarkedYAMLError, lines: list[str]) -> str:
    """Turns what YAML says into what to do."""
    problem = str(error.problem or "")
    if "mapping values" in problem:
        return (
            "a colon followed by a space confuses the file here. If it belongs to a text, use '>-' and write the text "
            "on the next line, indented (or put it in quotes); if not, the line is indented too far."
        )
    if "'\\t'" in problem or (lines and lines[0].startswith("\t")):
        return "there is a tab here. Indent with spaces."
    if "quoted scalar" in str(error.context or ""):
        return "a quote is opened and not closed. Close it, or write the text under '>-'."
    if "cannot start any token" in problem:
        return "a text cannot begin with this character. Write it under '>-', or put it in quotes."
    if "another document" in problem or "document" in str(error.context or ""):
        return "the file holds '---': one file holds one document."
    if "flow" in str(error.context or ""):
        return "a '{' or '[' is opened and not closed, or holds a comma or colon that should be in quotes."
    return f"the indentation or a mark is wrong here ({problem or 'cannot be read'})."


class _Refused(Exception):
    """The file is well-formed and still not acceptable."""

    def __init__(self, at: Node, message: str) -> None:
        self.at = at
        super().__init__(message)


class _Open:
    """A list or block whose end has not been read yet."""

    def __init__(self, line: int, kind: Literal["list", "map"], inline: bool) -> None:
        self.line, self.kind, self.inline = line, kind, inline
        self.nodes: list[Node] = []


class _Builder:
    """Builds the tree from YAML events without recursion, so that depth is a number and not a crash."""

    def __init__(self, file: str, faults: Faults) -> None:
        self.file, self.faults = file, faults
        self.stack: list[_Open] = []
        self.count = 0
        self.root: Node | None = None

    def build(self, events: Iterable[Any]) -> Node | None:
        for event in events:
            self.take(event)
        if self.root is None:
            self.faults.add(Node(self.file, 1), "the file is empty.")
        return self.root

    def take(self, event: Any) -> None:
        name = type(event).__name__
        line = event.start_mark.line + 1 if event.start_mark else 1
        self.count += 1
        refused = self.refused(event, name)
        if refused:
            raise _Refused(Node(self.file, line), refused)
        if name == "ScalarEvent":
            self.add(Node(self.file, line, "text", str(event.value), quoted=bool(event.style)))
        elif name in ("SequenceStartEvent", "MappingStartEvent"):
            kind: Literal["list", "map"] = "list" if name.startswith("Seq") else "map"
            self.stack.append(_Open(line, kind, bool(event.flow_style)))
        elif name in ("SequenceEndEvent", "MappingEndEvent"):
            self.close(self.stack.pop())

    def refused(self, event: Any, name: str) -> str | None:
        """Why a file with this event in it is not acceptable."""
        if name == "AliasEvent" or getattr(event, "anchor", None):
            return "'&' and '*' (references) are not used in these files. Write the text out."
        if getattr(event, "tag", None):
            return f"'{event.tag}' (a tag) is not used in these files. If it is text, put it in quotes."
        if len(self.stack) > MAX_DEPTH:
            return f"the file is nested more than {MAX_DEPTH} levels deep."
        if self.count > MAX_NODES:
            return f"the file has more than {MAX_NODES} pieces."
        if name == "DocumentStartEvent" and self.root is not None:
            return "the file holds '---': one file holds one document."
        return None

    def add(self, node: Node) -> None:
        if self.stack:
            self.stack[-1].nodes.append(node)
        else:
            self.root = node

    def close(self, done: _Open) -> None:
        if done.kind == "list":
            self.add(Node(self.file, done.line, "list", items=tuple(done.nodes)))
            return
        pairs = list(zip(done.nodes[::2], done.nodes[1::2], strict=True))
        self.check_keys(pairs, done.inline)
        self.add(Node(self.file, done.line, "map", pairs=tuple(pairs)))

    def check_keys(self, pairs: list[tuple[Node, Node]], inline: bool) -> None:
        seen: dict[str, int] = {}
        for key, value in pairs:
            if key.kind != "text":
                self.faults.add(key, "a name before a colon should be one word.")
            elif key.text in seen:
                self.faults.add(key, f"'{key.text}' is here twice; the first is on line {seen[key.text]}.")
            elif inline and value.kind == "text" and not value.text and not value.quoted:
                self.faults.add(
                    key,
                    f"'{key.text}' has no value. A comma inside {{...}} splits a text: quote it, or use a line each.",
                )
            seen.setdefault(key.text, key.line)
