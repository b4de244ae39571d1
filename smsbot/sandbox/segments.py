"""How many parts a text costs: GSM-7 (160, then 153 septets) or UCS-2 (70, then 67 code units), counted greedily."""

from __future__ import annotations

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("\f^{}\\[~]|€")
GSM = BASIC | EXTENDED

_SMART = str.maketrans(
    dict.fromkeys("«»“”‟❝❞″", '"')
    | dict.fromkeys("‘’‚‛ʼ´`′", "'")
    | dict.fromkeys("‐‑‒–—―", "-")
    | {"…": "...", "\u00a0": " ", "\u2028": " ", "\u200b": ""}
)


def smart_encoded(text: str) -> str:
    """`text` with the typographic characters that force UCS-2 replaced, as SmartEncoded=true does."""
    return text.translate(_SMART)


def encoding(text: str) -> str:
    """`GSM-7` or `UCS-2`."""
    return "GSM-7" if GSM.issuperset(text) else "UCS-2"


def segments(text: str) -> int:
    """Parts needed for `text`; a two-unit character never straddles two parts. An empty text is one part."""
    gsm = encoding(text) == "GSM-7"
    single, part = (160, 153) if gsm else (70, 67)
    units = [_units(character, gsm) for character in text]
    if sum(units) <= single:
        return 1
    parts, room = 1, part
    for size in units:
        if size > room:
            parts, room = parts + 1, part
        room -= size
    return parts


def _units(character: str, gsm: bool) -> int:
    if gsm:
        return 2 if character in EXTENDED else 1
    return 2 if ord(character) > 0xFFFF else 1
