"""Whether the words were read and signed, and whether they are still the words that were signed."""

from __future__ import annotations

import hashlib
import json
from typing import Any, Literal

from smsbot.content.load import Content

Standing = Literal["signed", "unsigned", "changed"]


def content_hash(content: Content, language: str, flow: str) -> str:
    """The hash a signature stands for: the words of the page and the branches of its flow, without layout or notes.

    16 hexadecimal characters of a SHA-256. Comments, folding and order of the file's blocks do not matter.
    """
    page = content.pages[language, flow].tree.plain()
    page.pop("signed", None)
    tree = content.trees.get(flow)
    return digest({"lines": page, "flow": tree.plain() if tree else None})


def digest(signed: Any) -> str:
    """16 hexadecimal characters of the SHA-256 of strings, lists and dicts."""
    text = json.dumps(signed, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def standing(content: Content, language: str, flow: str) -> Standing:
    """Where a page stands: signed as it is now, never signed, or changed since it was signed."""
    signed = content.pages[language, flow].signed
    if not (signed.by and signed.on):
        return "unsigned"
    return "signed" if signed.hash == content_hash(content, language, flow) else "changed"


def not_signed(content: Content) -> list[tuple[str, str, Standing]]:
    """Every page (language, flow) that no one has signed as it is now."""
    found = [(language, flow, standing(content, language, flow)) for language, flow in sorted(content.pages)]
    return [one for one in found if one[2] != "signed"]
