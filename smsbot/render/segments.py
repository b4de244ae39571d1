"""How many parts a text costs on the air, and the look-alikes that keep it cheap."""

import unicodedata

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("\f^{}\\[~]|€")
"""Each costs two septets: the escape and the character. The two never part (3GPP TS 23.038 6.2.1.1)."""
GSM = BASIC | EXTENDED

GSM_SINGLE, GSM_PART = 160, 153
UCS_SINGLE, UCS_PART = 70, 67

_LOOK_ALIKES = (
    dict.fromkeys(map(ord, "“”„‟«»❝❞″〝〞"), '"')
    | dict.fromkeys(map(ord, "‘’‚‛‹›ʼʻ´`′"), "'")
    | dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-")
    | dict.fromkeys(
        map(ord, "\u00a0\u1680\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t"), " "
    )
    | dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200e\u200f\u2060\ufeff"), "")
    | {ord("…"): "...", ord("•"): "-", ord("⁄"): "/", 0x2028: "\n", 0x2029: "\n"}
)


def is_gsm(text: str) -> bool:
    """Does the text travel as GSM-7, at 160 characters a text?"""
    return GSM.issuperset(text)


def units(text: str) -> int:
    """The room a text takes: septets if it is GSM-7, else UTF-16 code units (an emoji takes two or more)."""
    return sum(_sizes(text))


def segments(text: str) -> int:
    """The parts a text is sent in, filled greedily: 160, then 153 septets each, or 70, then 67 code units.

    A two-unit character never straddles two parts: it moves whole to the next one. An empty text counts as one part.
    """
    sizes = _sizes(text)
    single, part = (GSM_SINGLE, GSM_PART) if is_gsm(text) else (UCS_SINGLE, UCS_PART)
    if sum(sizes) <= single:
        return 1
    parts, room = 1, part
    for size in sizes:
        if size > room:
            parts, room = parts + 1, part
        room -= size
    return parts


def _sizes(text: str) -> list[int]:
    """The units of each character."""
    if is_gsm(text):
        return [2 if character in EXTENDED else 1 for character in text]
    return [2 if ord(character) > 0xFFFF else 1 for character in text]


def tidy(text: str) -> str:
    """Typing as plain as a keyboard's: straight quotes, hyphens, dots, spaces. Accents and emoji stay."""
    return unicodedata.normalize("NFC", text).translate(_LOOK_ALIKES)


def to_gsm(text: str) -> tuple[str, bool]:
    """The text in GSM-7 look-alikes ("mamá" gives "mama"), and whether every letter and digit found one.

    Emoji and signs that have no look-alike are dropped.
    """
    whole = True
    shown: list[str] = []
    for character in tidy(text):
        likeness = character if character in GSM else _likeness(character)
        if not likeness and unicodedata.category(character)[0] in "LN":
            whole = False
        shown.append(likeness)
    return "".join(shown), whole


def _likeness(character: str) -> str:
    """What of a character's decomposition GSM-7 can show, if that is all of it but accents."""
    bare = [part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part)]
    plain = "".join(bare).translate(_LOOK_ALIKES)
    return plain if GSM.issuperset(plain) else ""
