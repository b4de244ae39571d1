"""Makes smsbot/safety/data/ordinary.txt: the ordinary words that the repair of spelling would take for key words.

Reads frequent English and Spanish words from standard input, one a line, and keeps those (without accents) that the
screen would otherwise "correct" into words of the lexicon, and `MORE`. README.md here says where the words come from.
"""

import sys
import textwrap
from collections.abc import Iterable

from smsbot.safety.lexicon import LEXICON
from smsbot.safety.normalize import fold
from smsbot.safety.spelling import Speller

MORE = (
    *("raked", "roped", "reaped", "draped", "awoke", "cutter", "cutie", "bleached", "dyed", "noosa", "hosed", "blares"),
    *("banar", "bañarme", "banarme", "banando", "banas", "banarnos", "danza", "rasurar", "cargarlo", "mataza"),
)
"""Rarer words that were mistaken for key words once."""


def ordinary(words: Iterable[str], lexicon: frozenset[str]) -> list[str]:
    """The words that look like words of the lexicon and are not, in order."""
    speller = Speller.build(lexicon, ())
    plain = {fold(word.strip()).replace("'", "") for word in words}
    return sorted(word for word in plain if word.isascii() and word.isalpha() and speller.repair(word) != [word])


if __name__ == "__main__":
    lexicon = frozenset(word for language in LEXICON.languages for word in language.codes)
    print(textwrap.fill(" ".join(ordinary([*sys.stdin, *MORE], lexicon)), 116))
