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
    "emocry": "😭😢🥺😿😞😔💔",
    "emoheart": "❤💕💖😍🥰😘",
}
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


def fold(text: str) -> str:
    """Return the text in small letters without accents, invisible characters or look-alike letters; never raises."""
    if text.isascii():
        return text.lower().replace("`", "'").replace("\0", "")
    # Marks go before decomposition: ordering a long run of them would take quadratic time.
    plain = unicodedata.normalize("NFKD", text.translate(_TABLE).lower())
    return plain.translate(_TABLE).lower()


def tokens(text: str) -> list[str]:
    """Cut a text into raw tokens (words, numbers, sentence ends as BREAK) after folding."""
    found: list[str] = _TOKEN.findall(fold(text))
    cut = [BREAK if token[0] in ".!?;" else token for token in found if not token.startswith("..")]
    # "I. Want. To. Die." is one sentence: full stops after nearly every word carry no structure.
    if cut.count(BREAK) * 2 >= len(cut) - 1:
        return [token for token in cut if token != BREAK]
    return cut
