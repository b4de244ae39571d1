"""Rules about a patient's own words in a line, and about names that may have no value."""

from __future__ import annotations

from smsbot.checks.base import SYSTEM, Text
from smsbot.lines import placeholders
from smsbot.placeholders import missing_word


def unquoted_there(text: Text) -> str | None:
    """A line that quotes the patient, or names what may be missing, has an `unquoted` variant to stand in."""
    if text.script is None or text.variant not in ("text", "late", "closed"):
        return None
    line = text.page.lines.lines[text.id]
    open_names = _quoted(text) or _without_fallback(text)
    if open_names and line.unquoted is None:
        return f"{{{open_names[0]}}} may be missing or not allowed to be quoted; add an 'unquoted:' variant."
    return None


def unquoted_is_bare(text: Text) -> str | None:
    """An `unquoted` or `discreet` variant, a help line and a bank's line quote nothing and need nothing missing."""
    if text.script is None or text.variant not in ("unquoted", "discreet", "help", "bank"):
        return None
    names = _quoted(text) or _without_fallback(text)
    return f"{{{names[0]}}} may be missing or not allowed to be quoted here." if names else None


def discreet_names_nobody(text: Text) -> str | None:
    """A `discreet` variant names neither the patient nor the clinic: others may see the screen (CONTENT 9.7)."""
    if text.variant != "discreet":
        return None
    names = [name for name in placeholders(text.words) if name in ("first", "clinic", "lead")]
    return f"{{{names[0]}}} does not belong on a screen that others may see." if names else None


def voice_quotes_nothing(text: Text) -> str | None:
    """No voice line speaks a patient's own words: who holds the phone is not known (RULINGS 35)."""
    names = _quoted(text) if text.script is not None and text.spoken else ()
    return f"{{{names[0]}}} is the patient's own words; a voice line does not say them." if names else None


def system_needs_nothing(text: Text) -> str | None:
    """A system line names only what has a fallback, because it must never fail to be said."""
    if text.flow != SYSTEM:
        return None
    names = _without_fallback(text)
    return f"{{{names[0]}}} may be missing, and nothing stands in for it." if names else None


def _quoted(text: Text) -> tuple[str, ...]:
    return text.script.quoted(text.language, text.words) if text.script else ()


def _without_fallback(text: Text) -> tuple[str, ...]:
    return tuple(name for name in placeholders(text.words) if missing_word(name, text.language) is None)
