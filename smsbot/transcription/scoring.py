"""Word error rate: how many words a transcript has wrong, missing or too many, against what was said."""

import re
import unicodedata
from dataclasses import dataclass

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")


@dataclass(frozen=True)
class Score:
    """`errors` of `words` that were said."""

    errors: int
    words: int


def score(said: str, written: str) -> Score:
    """Count insertions, deletions and replacements, whatever the case and the punctuation."""
    wanted, found = _words(said), _words(written)
    row = list(range(len(found) + 1))
    for number, word in enumerate(wanted, 1):
        before, row = row, [number]
        for place, other in enumerate(found, 1):
            row.append(min(before[place] + 1, row[-1] + 1, before[place - 1] + (word != other)))
    return Score(row[-1], len(wanted))


def _words(text: str) -> list[str]:
    """Accents are left out: many who write down Spanish do, and the model does not."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("’", "'"))
    return WORD.findall("".join(mark for mark in plain if not unicodedata.combining(mark)))
