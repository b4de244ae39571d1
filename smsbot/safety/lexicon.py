"""Reads the lexicon shipped in `smsbot/safety/data` at its first use; only this module touches files.

Each language has a folder of TOML files: `words.toml` (classes of words, spellings that stand for others, marks such as
negation) and any number of rule files. Each rule file names its owner, source and version; each rule its tier and kind.
"""

import hashlib
import re
import tomllib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from smsbot.safety.pattern import END, UNKNOWN, Pattern, names_of, read
from smsbot.safety.second import Classes, Reader, SecondStage, Token
from smsbot.safety.second import parse as parse_second
from smsbot.safety.spelling import Speller

RELEASE = "1.1"
LANGUAGES = ("en", "es")
_NUMBERS = {"NUM": "589", "BIG": "89", "TENS": "8", "YEAR": "9"}
_FIRST = 0xE000
_SHORTEST_BY_ENDING = 7
_WORD_IN_PATTERN = re.compile(r"(?<![a-zA-Z0-9_~<])(!?)\b([a-z][a-z0-9_]*)\b(\??)")


@dataclass(frozen=True)
class Rule:
    """One line of the lexicon: any of the patterns means `kind` at `tier`, unless a mark not in `keep` lowers it.

    `lower` names further marks that take it back; `needs` a fact of the context without which the rule is
    silent; `unless` a mark before the match that makes it mean something else altogether.
    """

    id: str
    kind: str
    tier: int
    tags: frozenset[str]
    keep: frozenset[str]
    lower: tuple[str, ...]
    needs: str | None
    unless: str | None
    patterns: tuple[Pattern, ...]


@dataclass(frozen=True)
class Language:
    """One language's words as characters, its rules by anchor character, and its marks."""

    name: str
    codes: Mapping[str, str]
    endings: tuple[tuple[tuple[str, ...], str], ...]
    rules: tuple[Rule, ...]
    marks: Mapping[str, re.Pattern[str]]

    def encode(self, words: Iterable[str]) -> str:
        """Write words as the characters patterns are matched on; one unknown word is one character."""
        row = list(words)
        chars = {word: self.codes.get(word) or self._unlisted(word) for word in set(row)}
        return "".join([chars[word] for word in row])

    def _unlisted(self, word: str) -> str:
        """The character of a word not in the lexicon: that of the class its ending tells (names of drugs), if any."""
        if len(word) >= _SHORTEST_BY_ENDING and word.isalpha():
            for endings, char in self.endings:
                if word.endswith(endings):
                    return char
        return _other(word)

    @cached_property
    def patterns(self) -> tuple[tuple[Rule, Pattern], ...]:
        """Every pattern with its rule."""
        return tuple((rule, pattern) for rule in self.rules for pattern in rule.patterns)

    @cached_property
    def by_anchor(self) -> Mapping[str, Sequence[int]]:
        """Places in `patterns` by their rarest required characters; under "" those to be tried always."""
        index: defaultdict[str, array[int]] = defaultdict(_places)
        for place, (_, pattern) in enumerate(self.patterns):
            for char in pattern.required[0] if pattern.required else ("",):
                index[char].append(place)
        return dict(index)

    @cached_property
    def naming(self) -> Mapping[str, Sequence[int]]:
        """Places in `patterns` by every character they name anywhere."""
        index: defaultdict[str, array[int]] = defaultdict(_places)
        for place, (_, pattern) in enumerate(self.patterns):
            for char in set(pattern.expression):
                index[char].append(place)
        return dict(index)

    @cached_property
    def always(self) -> re.Pattern[str]:
        """All patterns to be tried on every text as one: where that finds nothing, none of them does."""
        tried = [self.patterns[place][1].expression for place in self.by_anchor.get("", ())]
        return re.compile("|".join(f"(?:{expression})" for expression in tried) or "(?!)")

    def places(self, line: str, changed: Iterable[str] | None) -> set[int]:
        """Places of the patterns that a line of characters may match; only of those that name a changed one."""
        index = self.by_anchor
        found = {place for char in set(line) for place in index.get(char, ())}
        if self.always.search(line):
            found.update(index.get("", ()))
        if changed is None:
            return found
        return found.intersection(place for char in changed for place in self.naming.get(char, ()))

    def warm(self, *, always: bool = False) -> None:
        """Compile every pattern now instead of at its first use; or only those tried on every text."""
        self.naming, self.always  # noqa: B018 (cached properties, which a first text would wait for)
        wanted = self.by_anchor.get("", ()) if always else range(len(self.patterns))
        for place in wanted:
            self.patterns[place][1].regex  # noqa: B018 (a cached property)


def _places() -> "array[int]":
    """No places yet; an array takes a tenth of the memory of a set of numbers."""
    return array("H")


@dataclass(frozen=True)
class Lexicon:
    """Every language, the common repair of words, what the second stage needs, and the version of it all."""

    languages: tuple[Language, ...]
    speller: Speller
    expand: Mapping[str, tuple[str, ...]]
    reader: Reader
    second: SecondStage | None
    version: str

    def tokens(self, words: Iterable[str]) -> list[Token]:
        """Words as the second stage reads them, spellings that stand for others written out."""
        return self.reader.read(part for word in words for part in self.expand.get(word, (word,)))


def _other(word: str) -> str:
    """The character of a word no language knows: numbers by size, anything else unknown."""
    if word == END:
        return END
    if not word.isdigit():
        return UNKNOWN
    if len(word) <= 1:
        return "5"
    return "8" if len(word) <= 3 else "9"


def _tables(folder: Traversable) -> dict[str, dict[str, Any]]:
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    return {file.name: tomllib.loads(file.read_text("utf-8")) for file in files}


def _sources(tables: Mapping[str, dict[str, Any]]) -> Iterable[str]:
    for table in tables.values():
        for rule in table.get("rule", ()):
            yield from rule["any"]
        for patterns in table.get("marks", {}).values():
            yield from patterns


def _expanded(words: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """What stands for other words: verbs with pronouns attached ("matarme" is "matar me"), and what is listed."""
    found = {
        f"{verb}{ending.replace('-', '')}": (words["expand"].get(verb, verb), *ending.split("-"))
        for endings, verbs in words.get("attached", {}).items()
        for verb in verbs.split()
        for ending in endings.split()
    }
    return found | {word: tuple(text.split()) for word, text in words["expand"].items()}


def _written_out(source: str, expand: Mapping[str, tuple[str, ...]]) -> str:
    """A pattern with its words as texts are read: "matarme" in it is found as "matar me"."""

    def written(found: re.Match[str]) -> str:
        parts = expand.get(found[2])
        if parts is None:
            return found[0]
        return f"(!{' '.join(parts)})" if found[1] else f"({' '.join(parts)}){found[3]}"

    return _WORD_IN_PATTERN.sub(written, source)


class _Alphabet:
    """Gives each word its character and each class the characters of its words."""

    def __init__(self, words: Mapping[str, Any], expand: Mapping[str, tuple[str, ...]], sources: Iterable[str]) -> None:
        self.classes = {name: text.split() for name, text in words["classes"].items()}
        self.expand = expand
        used = {name for source in sources for name in names_of(source)}
        literals = {name for name in used if name.islower()}
        plain = literals.union(*self.classes.values(), *self.expand.values())
        self._of: dict[str, str] = {}
        self.chars = {word: chr(_FIRST + at) for at, word in enumerate(sorted(plain))}
        unknown = {name for name in used if name.isupper()} - self.classes.keys() - _NUMBERS.keys()
        if unknown:
            raise ValueError(f"the lexicon uses classes it does not define: {sorted(unknown)}")

    def of(self, name: str) -> str:
        """Characters of a class or word, as they stand inside a set."""
        if name not in self._of:
            words = self.classes.get(name, () if name in _NUMBERS else (name,))
            self._of[name] = _NUMBERS.get(name, "") + "".join(self.chars[word] for word in words)
        return self._of[name]

    @property
    def codes(self) -> dict[str, str]:
        expanded = {word: "".join(self.chars[part] for part in parts) for word, parts in self.expand.items()}
        return self.chars | expanded


def _language(name: str, tables: Mapping[str, dict[str, Any]]) -> Language:
    words = tables["words.toml"]
    expand = _expanded(words)
    alphabet = _Alphabet(words, expand, [_written_out(source, expand) for source in _sources(tables)])
    common = frozenset(alphabet.chars[word] for word in words["common"].split() if word in alphabet.chars)

    def patterns(sources: Iterable[str]) -> tuple[Pattern, ...]:
        return tuple(read(_written_out(source, expand), alphabet.of, common) for source in sources)

    rules = [
        Rule(
            id=f"{name}.{rule['id']}",
            kind=rule["kind"],
            tier=rule.get("tier", 4),
            tags=frozenset(rule.get("tags", "").split()),
            keep=frozenset(rule.get("keep", "").split()),
            lower=tuple(rule.get("lower", "").split()),
            needs=rule.get("needs"),
            unless=rule.get("unless"),
            patterns=patterns(rule["any"]),
        )
        for table in tables.values()
        for rule in table.get("rule", ())
    ]
    marks = {
        mark: re.compile("|".join(f"(?:{pattern.expression})" for pattern in patterns(sources)))
        for mark, sources in words["marks"].items()
    }
    endings = tuple((tuple(text.split()), alphabet.chars[word]) for word, text in words["endings"].items())
    return Language(name, alphabet.codes, endings, tuple(rules), marks)


def _classes(tables: Mapping[str, dict[str, dict[str, Any]]]) -> Classes:
    """The classes of every word in any language, the smallest (most telling) first."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for language in LANGUAGES:
        for name, text in tables[language]["words.toml"]["classes"].items():
            members = text.split()
            for word in members:
                found[word].append((len(members), name))
    return {word: tuple(name for _, name in sorted(set(mine))) for word, mine in found.items()}


def _expand(tables: Mapping[str, dict[str, dict[str, Any]]]) -> dict[str, tuple[str, ...]]:
    """What stands for other words in any language; where two differ, the first language's."""
    every = (_expanded(tables[language]["words.toml"]) for language in reversed(LANGUAGES))
    return {word: parts for table in every for word, parts in table.items()}


def load(folder: Traversable) -> Lexicon:
    """Read the lexicon under a folder. Raises PatternFault, ValueError or KeyError for data that cannot be used."""
    tables = {name: _tables(folder / name) for name in LANGUAGES}
    languages = tuple(_language(name, tables[name]) for name in LANGUAGES)
    ordinary = (folder / "ordinary.txt").read_text("utf-8")
    words = {word for language in languages for word in language.codes}
    model = folder / "second.json"
    second = model.read_text("utf-8") if model.is_file() else ""
    digest = hashlib.sha256(repr((tables, ordinary, second)).encode()).hexdigest()
    confused = {
        word: read for name in LANGUAGES for word, read in tables[name]["words.toml"].get("confused", {}).items()
    }
    speller = Speller.build(words, ordinary.split(), confused)
    return Lexicon(
        languages,
        speller,
        _expand(tables),
        Reader(_classes(tables), speller.known),
        parse_second(second) if second else None,
        f"{RELEASE}+{digest[:8]}",
    )


@cache
def lexicon() -> Lexicon:
    """The lexicon shipped with the package, read at its first use: a process that screens nothing never holds it."""
    return load(resources.files("smsbot.safety") / "data")
