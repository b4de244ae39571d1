"""Rules about length: what each text costs when every name in it has its longest value."""

from __future__ import annotations

import re
from collections.abc import Iterator

from smsbot import render
from smsbot.checks.base import Problem, Text, texts
from smsbot.content import Content
from smsbot.lines import PLACEHOLDER, placeholders
from smsbot.placeholders import PLACEHOLDERS
from smsbot.script import Script

MOST_SEGMENTS = 2
MOST_SPANISH = 134
MOST_SPANISH_SAFETY = 201
MOST_SPANISH_MEASURE = 335
MEASURES = "F20"
LONGEST_SPOKEN = 700
EXCERPT = {"en": 90, "es": 69}
PLAIN_NAMES = frozenset({"desk", "oncall", "session_time", "time", "n", "minutes"})
LONGEST_FACT = 20
# Three excerpts in one text, or a number for an emergency.
ROOMY = re.compile(r"\{(?:three_intentions|look_back)\}|\b(?:911|988)\b")


def short_enough(content: Content) -> Iterator[Problem]:
    """At longest values a text takes at most 2 segments; with accents 134 characters, for safety and consent 201.

    A line that names 911 or 988 is a line of safety, whatever conversation it stands in.

    The published Spanish items of the PHQ-9 and GAD-7 are never shortened (CONTENT F20): 335 characters, 5 segments.
    """
    for text in texts(content):
        words = at_longest(text.words, text.script, text.language)
        if text.spoken:
            if len(words) > LONGEST_SPOKEN:
                yield text.at, f"{len(words)} characters are too many to listen to; the most is {LONGEST_SPOKEN}."
            continue
        for whole in _with_lead(text, words):
            if message := too_long(whole, text):
                yield text.at, message
                break


def too_long(words: str, text: Text) -> str | None:
    """The fault of a text that is too long for its encoding, or None."""
    units, segments = render.units(words), render.segments(words)
    if render.is_gsm(words) and not _may_bring_accents(text):
        over = f"{units} characters make {segments} segments at longest values; the most is 2 (306)."
        return over if segments > MOST_SEGMENTS else None
    roomy = text.consent_or_safety or ROOMY.search(text.words) is not None
    most = MOST_SPANISH_SAFETY if roomy else MOST_SPANISH
    if text.script and MEASURES in text.script.flow.catalog.split():
        most = MOST_SPANISH_MEASURE
    return f"{units} characters at longest values; with accents the most here is {most}." if units > most else None


def _may_bring_accents(text: Text) -> bool:
    """Whether a name may turn a plain Spanish text into a dear one: one accent ("sábado", "María") halves what fits."""
    return text.language == "es" and not PLAIN_NAMES.issuperset(placeholders(text.words))


def plain_english(text: Text) -> str | None:
    """English is written in the plain set of characters (GSM-7): one other character halves what fits."""
    odd = {character for character in text.words if not render.is_gsm(character)}
    if text.language != "en" or text.spoken or not odd:
        return None
    return f"{' '.join(sorted(odd))} is not in the plain set; use straight quotes, a hyphen, a plain letter."


def at_longest(words: str, script: Script | None, language: str) -> str:
    """A text with every name at its longest value."""
    return PLACEHOLDER.sub(lambda match: longest_value(match[1], script, language), words)


def longest_value(name: str, script: Script | None, language: str) -> str:
    """The longest value a name may have: an excerpt, the longest label, a number, a composition, or a fact's own."""
    if script is None:
        return PLACEHOLDERS[name].longest_in(language)
    composed = script.lines[language].names.get(name)
    if composed is not None:
        return PLACEHOLDER.sub(lambda match: longest_value(match[1], script, language), composed)
    labels = [
        label[0]
        for step in script.flow.steps.values()
        if step.keep == name
        for label in script.lines[language][step.says].labels.values()
    ]
    asks = {step.ask for step in script.flow.steps.values() if step.keep == name}
    if name in script.quotes and asks != {"number"}:
        return ("Wwwww " * 20)[: EXCERPT[language]]
    if labels:
        return max(labels, key=len)
    if name in PLACEHOLDERS:
        return PLACEHOLDERS[name].longest_in(language)
    return "10" if asks == {"number"} else "x" * LONGEST_FACT


def _with_lead(text: Text, words: str) -> list[str]:
    """The text behind the longest line of each bank that may lead it."""
    if text.script is None or text.variant in ("bank", "help"):
        return [words]
    flow, banks = text.script.flow, text.page.lines.banks
    leads = {step.lead for step in flow.steps.values() if step.says == text.id}
    leads |= {end.lead for end in flow.ends.values() if end.says == text.id}
    longest = [max(banks[lead].values(), key=len) if lead else "" for lead in leads or {None}]
    return [f"{first} {words}".strip() for first in longest]
