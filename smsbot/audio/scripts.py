"""The guided audio scripts (CONTENT.md 4.4): what is said, the pauses, and how long it is planned to take.

`message_templates/<language>/audio/<name>.yaml` is read strictly: every fault is reported with file and line.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from smsbot.content.signing import digest
from smsbot.lines import Signature, signature
from smsbot.tree import Faults, Node, read

WORDS_A_MINUTE = 130
LANGUAGES = ("en", "es")
MOST_PAUSE_S = 60
KEYS = ("audio", "language", "title", "when", "length", "signed", "parts")
LENGTH = re.compile(r"(\d{1,2}):([0-5]\d)")


@dataclass(frozen=True)
class Say:
    """Words to speak."""

    text: str

    @property
    def seconds(self) -> float:
        """How long they take at the stated rate."""
        return len(self.text.split()) * 60 / WORDS_A_MINUTE


@dataclass(frozen=True)
class Pause:
    """Silence, in whole seconds."""

    seconds: int


Piece = Say | Pause


@dataclass(frozen=True)
class Part:
    """A part with the seconds planned for it."""

    name: str
    planned_s: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Script:
    """One guided audio in one language; `planned_s` is the length it should have, `hash` what a signature is for."""

    name: str
    language: str
    title: str
    when: str
    planned_s: int
    parts: tuple[Part, ...]
    signed: Signature = field(default_factory=Signature)
    hash: str = ""

    @property
    def is_signed(self) -> bool:
        """Whether somebody signed it as it stands."""
        return bool(self.signed.by and self.signed.on) and self.signed.hash == self.hash

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """All of it, in order."""
        return tuple(piece for part in self.parts for piece in part.pieces)

    @property
    def estimated_s(self) -> float:
        """How long it takes when spoken at the stated rate."""
        return sum(piece.seconds for piece in self.pieces)


def load(templates: Path) -> dict[str, dict[str, Script]]:
    """All scripts under a message_templates folder, by language and name; ContentFaults with every fault."""
    faults = Faults()
    found: dict[str, dict[str, Script]] = {language: {} for language in LANGUAGES}
    for language in LANGUAGES:
        for path in sorted((templates / language / "audio").glob("*.yaml")):
            root = read(path.read_text(encoding="utf-8"), path.relative_to(templates).as_posix(), faults)
            if root is not None:
                found[language][path.stem] = _script(root, path.stem, language, faults)
    faults.raise_any()
    return found


def _script(root: Node, name: str, language: str, faults: Faults) -> Script:
    fields = faults.fields(root, "a guided audio", KEYS, KEYS)
    for key, value in (("audio", name), ("language", language)):
        if key in fields and faults.text(fields[key], key) != value:
            faults.add(fields[key], f"'{key}:' should be {value}, as the file's place says.")
    parts = fields.get("parts")
    return Script(
        name=name,
        language=language,
        title=_text(fields, "title", faults),
        when=_text(fields, "when", faults),
        planned_s=_length(fields, faults),
        parts=tuple(_part(item, faults) for item in (parts.items if parts is not None else ())),
        signed=signature(fields.get("signed"), faults),
        hash=digest({key: node.plain() for key, node in fields.items() if key != "signed"}),
    )


def _text(fields: Mapping[str, Node], key: str, faults: Faults) -> str:
    return faults.text(fields[key], f"'{key}:'") if key in fields else ""


def _length(fields: Mapping[str, Node], faults: Faults) -> int:
    found = LENGTH.fullmatch(_text(fields, "length", faults))
    if found is None:
        if "length" in fields:
            faults.add(fields["length"], "a length is minutes and seconds, such as 3:00 or 0:20.")
        return 0
    return int(found[1]) * 60 + int(found[2])


def _part(node: Node, faults: Faults) -> Part:
    fields = faults.fields(node, "a part", ("part", "length", "script"), ("part", "length", "script"))
    script = fields.get("script")
    pieces = [_piece(item, faults) for item in (script.items if script is not None else ())]
    return Part(_text(fields, "part", faults), _length(fields, faults), tuple(pieces))


def _piece(node: Node, faults: Faults) -> Piece:
    fields = faults.fields(node, "a piece", ("say", "pause"))
    if len(fields) != 1:
        faults.add(node, "a piece is either 'say:' or 'pause:'.")
    if "pause" not in fields:
        return Say(_text(fields, "say", faults))
    text = _text(fields, "pause", faults)
    if not text.isdecimal() or not 1 <= int(text) <= MOST_PAUSE_S:
        faults.add(fields["pause"], f"a pause is a whole number of seconds, 1 to {MOST_PAUSE_S}.")
        return Pause(1)
    return Pause(int(text))
