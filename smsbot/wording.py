"""Which variant of a line is said, with which words in its names, as the final text for the channel."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping

from smsbot import render
from smsbot.lines import PLACEHOLDER, Line, Lines, placeholders
from smsbot.placeholders import missing_word
from smsbot.script import Script
from smsbot.turn import Facts, Kept, Say

SENTENCE_BEFORE = re.compile(r"(?:^|[.?!]\s*)\Z")
NAME_AND_BEFORE = re.compile(r"(,? ?)\{([a-z][a-z0-9_]*)\}")


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
    page = script.lines[facts.language]
    values = _values(script, page, facts, kept)
    name, words = _choose(script, page[line], facts, values, variant)
    used: tuple[tuple[str, str], ...] = ()
    if lead is not None:
        picked = pick(page.banks[lead], lead, facts, texts)
        used = ((lead, picked),)
        words = f"{page.banks[lead][picked]} {words}"
    return Say(line, name, final(words, values, facts), used)


def lead_only(script: Script, lead: str, facts: Facts, kept: Mapping[str, Kept], texts: int) -> Say:
    """A text that is a bank line and nothing else."""
    page = script.lines[facts.language]
    picked = pick(page.banks[lead], lead, facts, texts)
    return Say(
        lead, "bank", final(page.banks[lead][picked], _values(script, page, facts, kept), facts), ((lead, picked),)
    )


def pick(bank: Mapping[str, str], name: str, facts: Facts, texts: int) -> str:
    """The id of a bank line not heard lately, chosen by the seed; when all were heard, any."""
    fresh = [id for id in bank if id not in facts.heard.get(name, frozenset())] or list(bank)
    return fresh[zlib.crc32(f"{facts.seed} {name} {texts}".encode()) % len(fresh)]


def present(page: Lines, name: str, values: Mapping[str, str], kept: Mapping[str, Kept]) -> bool:
    """Whether a name has a value: a fact, an answer kept in this conversation, or all the parts it is composed of."""
    parts = placeholders(page.names[name]) if name in page.names else (name,)
    return all(_raw(part, values, kept) for part in parts)


def final(words: str, values: Mapping[str, str], facts: Facts) -> str:
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
    plain, kept_all = render.to_gsm(whole) if facts.language == "en" else ("", False)
    return plain if kept_all else render.tidy(whole)


def _choose(
    script: Script, line: Line, facts: Facts, values: Mapping[str, str], variant: str | None
) -> tuple[str, str]:
    """The first variant that may be said here; `unquoted` stands in for any that would quote or lacks a value.

    `discreet` is for a screen that others may see (CONTENT 9.7): it outranks the plain ways of saying the same.
    """
    spoken = "voice" if facts.channel == "voice" else None
    modes = tuple(mode if mode in facts.values else None for mode in ("discreet", "closed"))
    wanted = (spoken, modes[0], variant, modes[1])
    have = line.variants()
    for name in (*wanted, "text"):
        if name in have and _may_say(script, have[name], facts, values):
            return name, have[name]
    return ("unquoted", have["unquoted"]) if "unquoted" in have else ("text", have["text"])


def _may_say(script: Script, words: str, facts: Facts, values: Mapping[str, str]) -> bool:
    """Patients' words need their consent and are never spoken on the phone; other names need a value or a fallback."""
    if script.quoted(facts.language, words) and not (facts.echo and facts.channel == "text"):
        return False
    return all(values.get(name) or missing_word(name, facts.language) is not None for name in placeholders(words))


def _raw(name: str, values: Mapping[str, str], kept: Mapping[str, Kept]) -> str:
    """A value as it came: what this conversation kept outranks what was known before."""
    if name in kept:
        return "" if kept[name].flagged else kept[name].value
    return values.get(name, "")


def _values(script: Script, page: Lines, facts: Facts, kept: Mapping[str, Kept]) -> dict[str, str]:
    """Every name with its words as they are shown: quotes cut to an excerpt, composed names put together."""
    values = {name: _raw(name, facts.values, kept) for name in {*facts.values, *kept}}
    for name in script.quotes:
        if values.get(name):
            values[name] = render.excerpt(values[name], facts.language)
    for name, words in page.names.items():
        if all(values.get(part) for part in placeholders(words)):
            values[name] = PLACEHOLDER.sub(lambda match: values[match[1]], words)
    return values
