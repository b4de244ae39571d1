"""A patient's own words as a text may quote them (RULINGS 22), and text made safe for XML."""

import re
import unicodedata

from smsbot.render.segments import tidy, to_gsm, units

ENGLISH_LONGEST = 90
SPANISH_LONGEST = 69
_ELLIPSIS = "..."
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_safe(text: str) -> str:
    """The text without the code points that XML 1.0 forbids (controls, lone surrogates); TwiML with one is lost."""
    return _ILLEGAL.sub("", text)


def excerpt(words: str, language: str, longest: int | None = None) -> str:
    """What a text shows of a patient's words: one line, cut at a word edge; empty when they cannot be shown faithfully.

    English: GSM-7, at most 90 septets. Spanish: accents and emoji stay, at most 69 UTF-16 code units; `longest` is for
    a line with several excerpts. Inner double quotes become single ones, since lines put excerpts in double quotes. A
    script that GSM-7 cannot show gives "" in English, so that the line's `unquoted` variant is said instead of half a
    sentence.
    """
    text = tidy(xml_safe(words)).replace('"', "'")
    whole = True
    if language == "en":
        text, whole = to_gsm(text)
    text = " ".join(text.split())
    if not whole or not any(character.isalnum() for character in text):
        return ""
    return _cut(text, longest or (SPANISH_LONGEST if language == "es" else ENGLISH_LONGEST), language)


def _cut(text: str, longest: int, language: str) -> str:
    """The text, or its beginning up to a word's end and an ellipsis, in at most `longest` units."""
    if _room(text, language) <= longest:
        return text
    kept = ""
    for word in text.split(" "):
        longer = f"{kept} {word}" if kept else word
        if _room(longer, language) > longest - len(_ELLIPSIS):
            break
        kept = longer
    kept = kept.rstrip(" ,.;:!?-") or _cut_word(text, longest - len(_ELLIPSIS), language)
    return kept + _ELLIPSIS


def _cut_word(text: str, longest: int, language: str) -> str:
    """The beginning of one endless word; never half an accent or half a joined emoji."""
    end = 0
    for index in range(1, len(text) + 1):
        if _room(text[:index], language) > longest:
            break
        joined = index < len(text) and (_joins(text[index]) or text[index - 1] == "\u200d")
        end = end if joined else index
    return text[:end]


def _joins(character: str) -> bool:
    """Does a character belong to the one before it?"""
    return bool(unicodedata.combining(character)) or unicodedata.category(character) in {"Mn", "Me", "Cf", "Sk"}


def _room(text: str, language: str) -> int:
    """Units as the text will cost them: a Spanish one is counted as UCS-2 whatever it says, as its line will be."""
    return units(text) if language == "en" else sum(2 if ord(character) > 0xFFFF else 1 for character in text)
