"""One spelling for every way of typing: Unicode folded, disguises removed, emoji as words, text cut into tokens."""

import re
import unicodedata

BREAK = ";"
"""The token that stands for the end of a sentence."""

EMOJI = {
    "emopill": "💊",
    "emogun": "🔫",
    "emoknife": "🔪🗡",
    "emocoffin": "⚰⚱🪦",
    "emoblood": "🩸",
    "emorazor": "🪒",
    "emoknot": "🪢",
    "emoskull": "💀☠",
    "emolaugh": "😂🤣😆😅😹😜😝🤪",
}
_MOODS = frozenset(["emolaugh"])
"""Faces between two words say how they are meant and do not part them."""
_LONG_SENTENCE = 4
_LOOKALIKES = dict(zip("абвгеёзикмнорстухіјѕ" + "αβειοκνρτυχω", "a6bree3ukmhopctyxijs" + "abeiokvptuxw", strict=True))
_QUOTE_MARKS = "‘’‚‛′`´ʼ＇"
_TOKEN = re.compile(r"[@$]?[a-z0-9]+(?:['@$!*|#]+[a-z0-9]+)*\*?|(?<!\.)[.!?;]+(?=\s|$)")


def _table() -> dict[int, str | None]:
    """Build the one translation: marks and invisible characters vanish, look-alikes and emoji become plain words."""
    table: dict[int, str | None] = {}
    for point in range(0x80, 0x1_0000):
        category = unicodedata.category(chr(point))
        if category in ("Mn", "Me", "Cf"):
            table[point] = None
    table |= {point: None for point in range(0xE0000, 0xE01F0)}
    # Arabic ligatures decompose into as many as eighteen letters; none of them is a word of the lexicon.
    table |= {point: " " for block in (range(0xFB50, 0xFE00), range(0xFE70, 0xFEFF)) for point in block}
    table |= {ord(mark): letter for mark, letter in _LOOKALIKES.items()}
    table |= {ord(mark): "'" for mark in _QUOTE_MARKS}
    table |= {ord(face): f" {word} " for word, faces in EMOJI.items() for face in faces}
    table |= {ord("…"): " ", ord("¿"): " ", ord("¡"): " ", 0: None, 0xAD: None}
    return table


_TABLE = _table()
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")


def fold(text: str) -> str:
    """Return the text in small letters without accents, invisible characters or look-alike letters; never raises."""
    if text.isascii():
        return text.lower().replace("`", "'").replace("\0", "")
    return _BEYOND_ASCII.sub(_plain, text).lower().replace("`", "'").replace("\0", "")


def _plain(beyond: re.Match[str]) -> str:
    """A run of characters beyond ASCII; marks go before decomposition, as ordering many would take quadratic time."""
    return unicodedata.normalize("NFKD", beyond[0].translate(_TABLE).lower()).translate(_TABLE)


def _read(token: str) -> str:
    """The end of a sentence as BREAK, two dots or more as nothing, anything else as it is."""
    if token[0] not in ".!?;":
        return token
    return "" if token.startswith("..") else BREAK


def tokens(text: str) -> list[str]:
    """Cut a text into raw tokens (words, numbers, sentence ends as BREAK) after folding."""
    found: list[str] = _TOKEN.findall(fold(text))
    read = {token: _read(token) for token in set(found)}
    cut = [word for token in found if (word := read[token])]
    # "I. Want. To. Die." is one sentence: full stops after nearly every word carry no structure.
    if cut.count(BREAK) * 2 >= len(cut) - 1:
        cut = [token for token in cut if token != BREAK]
    if len(cut) > 1 and cut[-1] == BREAK and "?" not in found[-1]:
        cut.pop()  # a full stop at the end says nothing; a question mark does
    return _moods_last(cut)


def _moods_last(row: list[str]) -> list[str]:
    """Move faces from within a sentence to its end; after a longer one they stand alone."""
    if _MOODS.isdisjoint(row):
        return row
    moved: list[str] = []
    words: list[str] = []
    moods: list[str] = []
    for token in (*row, BREAK):
        if token == BREAK:
            moved += [*words, *([BREAK] if moods and len(words) >= _LONG_SENTENCE else ()), *moods, BREAK]
            words, moods = [], []
        elif token in _MOODS and words:
            moods.append(token)
        else:
            words.append(token)
    return moved[:-1]
