"""A lines file as it was read, with the places of its texts: for those who check, sign or print it."""

from __future__ import annotations

from dataclasses import dataclass

from smsbot.lines import Lines, Signature
from smsbot.tree import Node


@dataclass(frozen=True)
class Page:
    """The words, who signed them, and the tree of the file."""

    lines: Lines
    signed: Signature
    tree: Node

    def where(self, id: str, variant: str = "text") -> Node:
        """The place of a text: a line's variant, or a bank's line."""
        inside = ("banks",) if variant in self.lines.banks.get(id, {}) else ()
        return Node(self.tree.file, self.tree.line_of(*inside, id, variant))
