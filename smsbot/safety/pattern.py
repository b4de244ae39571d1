"""The small language rules are written in: words and word classes in order, with gaps, read into one fast expression.

Every known word is one character of a private alphabet, an unknown word is ".", the end of a sentence is ";". A pattern
is a row of atoms: `word` (exactly that word), `CLASS` (any word of the class), `~3` (at most three words, none of them
the end of a sentence), `( a b | c )` (either), `?` after an atom or a group (may be absent), `!X` and `(!a b|c)` (this
does not follow), `<!X` (the word before is not X), `^` and `$` (start and end of the text), `/` (the end of a
sentence), `.` (any word).
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, cached_property

UNKNOWN = "."
END = ";"
_NEGATIONS = frozenset(
    (
        *("not", "no", "never", "nothing", "without", "nobody", "nor", "neither", "barely", "zero", "NEG"),
        *("nunca", "jamas", "sin", "ni", "nadie", "tampoco", "nada", "ningun", "ninguna", "SIN"),
    )
)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_ATOM = re.compile(r"\(!|\)\??|[(|^$/]|~\d+|(?:<!|!)?[A-Za-z][A-Za-z0-9_]*\??|\.\??")
_FIXED = {"^": "^", "$": "$", "/": f"(?={END}|$)", ".": f"[^{END}]", ".?": f"[^{END}]?"}
_MOST_REQUIRED = 4

Chars = Callable[[str], str]
"""Gives the characters of a class or a word."""


class PatternFault(ValueError):
    """A pattern in the lexicon cannot be read."""


@dataclass(frozen=True)
class Pattern:
    """One pattern; its expression is compiled at first use.

    A text worth a search contains a character of each set in `required`, the rarest first. `negates` is true if the
    pattern itself names a negation ("not want to live"), which then takes nothing back;
    `whole` if it asks for the end of the text.
    """

    source: str
    expression: str
    required: tuple[frozenset[str], ...]
    negates: bool
    whole: bool

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The compiled expression."""
        return re.compile(self.expression)


@dataclass(frozen=True)
class _Part:
    """A piece of a pattern: its expression, the sets it cannot do without, and its characters if it is one word."""

    expression: str
    required: tuple[frozenset[str], ...] = ()
    word: str | None = None


def names_of(source: str) -> list[str]:
    """The names used in a pattern: classes in capitals, plain words in small letters."""
    return _NAME.findall(source)


def read(source: str, chars: Chars, common: frozenset[str]) -> Pattern:
    """Read one pattern; `common` holds the characters too frequent to tell texts apart. Raises PatternFault."""
    atoms = _ATOM.findall(source)
    if "".join(atoms) != "".join(source.split()):
        raise PatternFault(f"cannot read the pattern {source!r}")
    rest = atoms[::-1]
    alternatives = _alternatives(rest, chars, common)
    if rest or len(alternatives) != 1:
        raise PatternFault(f"unbalanced parentheses in the pattern {source!r}")
    ordered = sorted(alternatives[0].required, key=lambda needed: _frequency(needed, common))
    useful = tuple(needed for needed in ordered if needed.isdisjoint(common))[:_MOST_REQUIRED]
    negates = not _NEGATIONS.isdisjoint(names_of(source))
    return Pattern(source, alternatives[0].expression, useful, negates, whole="$" in atoms)


def _frequency(needed: frozenset[str], common: frozenset[str]) -> tuple[int, int]:
    return len(needed & common), len(needed)


def _alternatives(rest: list[str], chars: Chars, common: frozenset[str]) -> list[_Part]:
    """Read up to the closing parenthesis or the end, taking atoms off the end of `rest`: one part an alternative."""
    rows: list[list[_Part]] = [[]]
    while rest and not rest[-1].startswith(")"):
        atom = rest.pop()
        if atom == "|":
            rows.append([])
        else:
            rows[-1].append(_group(atom, rest, chars, common) if atom in ("(", "(!") else _atom(atom, chars))
    return [_row(parts) for parts in rows]


def _row(parts: list[_Part]) -> _Part:
    needed = tuple(needed for part in parts for needed in part.required)
    return _Part("".join(part.expression for part in parts), needed, parts[0].word if len(parts) == 1 else None)


def _group(opening: str, rest: list[str], chars: Chars, common: frozenset[str]) -> _Part:
    alternatives = _alternatives(rest, chars, common)
    if not rest:
        raise PatternFault("a parenthesis is not closed")
    optional = "?" if rest.pop() == ")?" else ""
    inner = _either(alternatives)
    if opening == "(!":
        return _Part(f"(?!{inner})")
    expression = inner if all(part.word for part in alternatives) else f"(?:{inner})"
    return _Part(expression + optional, () if optional else _common_need(alternatives, common))


def _either(alternatives: list[_Part]) -> str:
    """Join alternatives; those of one word become one set, which is much faster to try."""
    words = "".join(part.word for part in alternatives if part.word)
    longer = [part.expression for part in alternatives if not part.word]
    return "|".join([*([f"[{words}]"] if words else []), *longer])


def _common_need(alternatives: Iterable[_Part], common: frozenset[str]) -> tuple[frozenset[str], ...]:
    """What any of the alternatives needs: the union of the rarest need of each, nothing if one needs nothing."""
    rarest: list[frozenset[str]] = []
    for part in alternatives:
        if not part.required:
            return ()
        rarest.append(min(part.required, key=lambda needed: _frequency(needed, common)))
    return (_shared(frozenset[str]().union(*rarest)),)


@cache
def _shared(needed: frozenset[str]) -> frozenset[str]:
    """The same set for all patterns that need it: thousands of them need a few hundred sets."""
    return needed


def _atom(atom: str, chars: Chars) -> _Part:
    if atom in _FIXED:
        return _Part(_FIXED[atom])
    if atom.startswith("~"):
        return _Part(f"[^{END}]{{0,{atom[1:]}}}?")
    if atom.startswith("<!"):
        return _Part(f"(?<![{chars(atom[2:])}])")
    if atom.startswith("!"):
        return _Part(f"(?![{chars(atom[1:])}])")
    word = chars(atom.rstrip("?"))
    if atom.endswith("?"):
        return _Part(f"[{word}]?")
    return _Part(f"[{word}]", (_shared(frozenset(word)),), word)
