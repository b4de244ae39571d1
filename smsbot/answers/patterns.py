"""Many patterns as one question: does any of them match? Compiled at the first text that needs them, tried only where
they can begin.

Nearly all of the vocabularies' patterns begin at the start of the text or at the edge of a word. Said once for all of
them, that is looked at once a letter, and not once a letter for each of hundreds of patterns.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

START, EDGE = "^", r"\b"


class Patterns:
    """Regular expressions over folded text, of which any may match."""

    def __init__(self, sources: Iterable[str]) -> None:
        self._sources = tuple(sources)

    def found(self, text: str) -> bool:
        """Whether any of them matches somewhere in the text."""
        return any(expression.search(text) for expression in self._expressions)

    @cached_property
    def _expressions(self) -> tuple[re.Pattern[str], ...]:
        every = [part for source in self._sources for part in alternatives(source)]
        first = [part.removeprefix(START) for part in every if part.startswith(START)]
        edge = [part.removeprefix(EDGE) for part in every if part.startswith(EDGE)]
        rest = [part for part in every if not part.startswith((START, EDGE))]
        joined = [f"{sign}(?:{'|'.join(parts)})" for sign, parts in ((r"\A", first), (EDGE, edge)) if parts]
        return tuple(map(re.compile, [*joined, *(["|".join(rest)] if rest else [])]))


def alternatives(source: str) -> Iterator[str]:
    """The alternatives of an expression, parted at each "|" that stands in no group and no set."""
    depth, inside, start, place = 0, False, 0, 0
    while place < len(source):
        sign = source[place]
        if sign == "\\":
            place += 1
        elif inside:
            inside = sign != "]"
        elif sign == "[":
            inside = True
        elif sign in "()":
            depth += 1 if sign == "(" else -1
        elif sign == "|" and not depth:
            yield source[start:place]
            start = place + 1
        place += 1
    yield source[start:]
