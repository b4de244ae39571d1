"""The small language rules are written in: words and word classes in order, with gaps, compiled to one fast expression.

Every known word is one character of a private alphabet, an unknown word is ".", the end of a sentence is ";". A pattern
is a row of atoms: `word` (exactly that word), `CLASS` (any word of the class), `~3` (at most three words, none of them the
end of a sentence), `( a b | c )` (either), `?` after an atom or a group (may be absent), `!X` and `(!a b|c)` (this does
not follow), `<!X` (the word before is not X), `^` and `$` (start and end of the text), `/` (the end of a
sentence), `.` (any word).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

UNKNOWN = "."
END = ";"
_NEGATIONS = frozenset(
    "not no never nothing without nobody nor neither barely zero NEG SIN nunca jamas sin ni nadie tampoco nada ningun ninguna".split()
)
_ATOM = re.compile(r"\(!|\)\??|[(|^$/]|~\d+|(?:<!|!)?[A-Za-z][A-Za-z0-9_]*\??|\.\??")


class PatternFault(ValueError):
    """A pattern in the lexicon cannot be read."""


@dataclass(frozen=True)
class Pattern:
    """One compiled pattern.

    `anchor` holds the characters of which a text must contain one to be worth a search; `negates` is true if the pattern
    itself names a negation ("not want to live"), which then takes nothing back.
    """

    source: str
    regex: re.Pattern[str]
    anchor: frozenset[str]
    negates: bool


def words_of(source: str) -> Iterator[str]:
    """Yield the names used in a pattern: classes in capitals, plain words in small letters."""
    for name in re.findall(r"[A-Za-z][A-Za-z0-9_]*", source):
        yield name


def _atoms(source: str) -> list[str]:
    atoms = _ATOM.findall(source)
    if "".join(atoms) != "".join(source.split()):
        raise PatternFault(f"cannot read the pattern {source!r}")
    return atoms


def _piece(atom: str, chars: Callable[[str], str]) -> str:
    """Translate one atom; `chars` gives the characters of a class or word."""
    if atom in ("(", "(!"):
        return "(?:" if atom == "(" else "(?!"
    if atom in "|^$)" or atom == ")?":
        return atom
    if atom == "/":
        return f"(?={END}|$)"
    if atom.startswith("~"):
        return f"[^{END}]{{0,{atom[1:]}}}?"
    if atom.startswith("<!"):
        return f"(?<![{chars(atom[2:])}])"
    if atom.startswith("!"):
        return f"(?![{chars(atom[1:])}])"
    optional = "?" if atom.endswith("?") else ""
    name = atom.rstrip("?")
    return (f"[^{END}]" if name == "." else f"[{chars(name)}]") + optional


def _required(atoms: list[str]) -> Iterator[str]:
    """Yield the names every match must contain: outside groups, not optional, not negated."""
    depth = 0
    for atom in atoms:
        depth += atom.startswith("(") - atom.startswith(")")
        if depth == 0 and atom[0].isalpha() and not atom.endswith("?"):
            yield atom


def compile_pattern(source: str, chars: Callable[[str], str], common: frozenset[str]) -> Pattern:
    """Compile one pattern. `common` names words too frequent to choose as anchor. Raises PatternFault."""
    atoms = _atoms(source)
    names = list(_required(atoms))
    best = min(names, key=lambda name: (name in common, len(chars(name))), default=None)
    anchor = frozenset(chars(best)) if best and best not in common else frozenset[str]()
    negates = not _NEGATIONS.isdisjoint(words_of(source))
    return Pattern(source, re.compile("".join(_piece(atom, chars) for atom in atoms)), anchor, negates)
