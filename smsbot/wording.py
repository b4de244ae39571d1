"""Which variant of a line is said, with which words in its names, as the final text for the channel."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from typing import Protocol

from smsbot import render
from smsbot.lines import PLACEHOLDER, Line, Lines, placeholders
from smsbot.placeholders import missing_word
from smsbot.script import Script
from smsbot.turn import Facts, Kept, Say

SENTENCE_BEFORE = re.compile(r"(?:^|[.?!]\s*)\Z")
NAME_AND_BEFORE = re.compile(r"(,? ?)\{([a-z][a-z0-9_]*)\}")


class Lookup(Protocol):
    """Where names find their words: `Values` in a conversation, a plain dict for a line that belongs to none."""

    def get(self, name: str, /) -> str | None: ...


class Values:
    """The words of names as they may be shown here, looked up when asked for.

    Patients' own words are cut to an excerpt. Without their consent, when flagged, or on the phone, they have none.
    """

    def __init__(self, script: Script, facts: Facts, kept: Mapping[str, Kept]) -> None:
        self.script, self.facts, self.kept = script, facts, kept
        self.composed = script.lines[facts.language].names
        self.may_quote = facts.echo and facts.channel == "text"

    def get(self, name: str, /) -> str:
        """The value of a name, or "" when there is none."""
        if name in self.composed:
            parts = {part: self.get(part) for part in placeholders(self.composed[name])}
            return PLACEHOLDER.sub(lambda match: parts[match[1]], self.composed[name]) if all(parts.values()) else ""
        value = _raw(name, self.facts.values, self.kept)
        if value and name in self.script.quotes:
            return render.excerpt(value, self.facts.language) if self.may_quote else ""
        return value

    def fill(self, words: str) -> bool:
        """Whether every name of some words has a value, or a fallback to stand in."""
        return all(
            self.get(name) or missing_word(name, self.facts.language) is not None for name in placeholders(words)
        )


def say(
    script: Script,
    line: str,
    lead: str | None,
    facts: Facts,
    kept: Mapping[str, Kept],
    texts: int,
    variant: str | None = None,
) -> Say:
    """One text: the lead's line first, then the line in the variant that fits. `texts` is how many went before."""
    page, values = script.lines[facts.language], Values(script, facts, kept)
    name, words = _choose(page[line], facts, values, variant)
    used: tuple[tuple[str, str], ...] = ()
    if lead is not None:
        picked = pick(page.banks[lead], lead, facts, texts)
        used = ((lead, picked),)
        words = f"{page.banks[lead][picked]} {words}"
    return Say(line, name, final(words, values, facts), used)


def lead_only(script: Script, lead: str, facts: Facts, kept: Mapping[str, Kept], texts: int) -> Say:
    """A text that is a bank line and nothing else."""
    bank = script.lines[facts.language].banks[lead]
    picked = pick(bank, lead, facts, texts)
    return Say(lead, "bank", final(bank[picked], Values(script, facts, kept), facts), ((lead, picked),))


def pick(bank: Mapping[str, str], name: str, facts: Facts, texts: int) -> str:
    """The id of a bank line not heard lately, chosen by the seed; when all were heard, any."""
    fresh = [id for id in bank if id not in facts.heard.get(name, frozenset())] or list(bank)
    return fresh[zlib.crc32(f"{facts.seed} {name} {texts}".encode()) % len(fresh)]


def present(page: Lines, name: str, values: Mapping[str, str], kept: Mapping[str, Kept]) -> bool:
    """Whether a name has a value: a fact, an answer kept in this conversation, or all the parts it is composed of."""
    parts = placeholders(page.names[name]) if name in page.names else (name,)
    return all(_raw(part, values, kept) for part in parts)


def final(words: str, values: Lookup, facts: Facts) -> str:
    """The words with their names filled in, ready for the channel.

    English texts are put into GSM-7 look-alikes, unless a letter of a name has none; Spanish keeps its accents.
    """

    def fill(match: re.Match[str]) -> str:
        value = values.get(match[2])
        if value:
            return match[1] + value
        value = missing_word(match[2], facts.language) or ""
        if value and SENTENCE_BEFORE.search(words[: match.start()]):
            value = value[0].upper() + value[1:]
        return match[1] + value if value else ""

    whole = render.xml_safe(NAME_AND_BEFORE.sub(fill, words))
    if facts.channel == "voice":
        return render.spoken(whole)
    if render.is_gsm(whole) or facts.language != "en":
        return render.tidy(whole)
    plain, kept_all = render.to_gsm(whole)
    return plain if kept_all else render.tidy(whole)


def _choose(line: Line, facts: Facts, values: Values, variant: str | None) -> tuple[str, str]:
    """The first variant that may be said here; `unquoted` stands in for any that would quote or lacks a value.

    `discreet` is for a screen that others may see (CONTENT 9.7): it outranks the plain ways of saying the same.
    """
    spoken = "voice" if facts.channel == "voice" else None
    modes = tuple(mode if mode in facts.values else None for mode in ("discreet", "closed"))
    have = line.variants()
    for name in (spoken, modes[0], variant, modes[1], "text"):
        if name in have and values.fill(have[name]):
            return name, have[name]
    return ("unquoted", have["unquoted"]) if "unquoted" in have else ("text", have["text"])


def _raw(name: str, values: Mapping[str, str], kept: Mapping[str, Kept]) -> str:
    """A value as it came: what this conversation kept outranks what was known before."""
    if name in kept:
        return "" if kept[name].flagged else kept[name].value
    return values.get(name, "")
