"""Puts one text's findings together: both languages, what went before, the session, and requests about the texts."""

import re

from smsbot.safety.finding import Context, Finding, Opt
from smsbot.safety.lexicon import LEXICON
from smsbot.safety.matching import View
from smsbot.safety.normalize import BREAK, tokens
from smsbot.safety.respell import respell
from smsbot.safety.weighing import Risk, weigh, worst

VERSION = LEXICON.version
"""Release and content hash of the lexicon, part of every finding."""

_HOTLINE = re.compile(
    r"(?:call|text|dial|llamar|marcar|al|el|the)*(?:988|911|741741|838255|nineeighteight|nineoneone)+"
)
_NAMES_SHOWN = 4
_RECENT = 2


def warm() -> None:
    """Compile every pattern now (about a second), so that no patient's text waits for it."""
    for language in LEXICON.languages:
        language.warm()


def screen(text: str, context: Context = Context()) -> Finding:
    """Screen one inbound text for danger, requests about the texts, and medical questions. Never raises on any string.

    1. The text alone, in English and Spanish. 2. Bare hotline numbers and lone words that the context decides.
    3. The text joined to the sender's last two: a finding counts if the new words take part in it or make it worse.
    The caller treats an exception all the same as tier 3, kind "screen_fault": a fault is an alert, never silence.
    """
    readings = respell(tokens(text))
    alone, found = _weighed(readings, context)
    risk = worst([_bare(readings[0], context), alone, _joined(text, context)])
    opt = _opt(found, context, risk)
    names = [*(risk.names[:_NAMES_SHOWN] if risk else ()), *(found.get(kind, "") for kind in _OPT_KINDS if opt)]
    return Finding(
        tier=risk.tier if risk else None,
        kind=risk.kind if risk else None,
        rule="+".join(filter(None, names)) or None,
        opt=opt,
        medical="medical" in found,
        version=VERSION,
    )


def _weighed(readings: list[list[str]], context: Context) -> tuple[Risk | None, dict[str, str]]:
    """Judge a text in every language and reading: the finding that counts, and the requests and questions found."""
    views = [View(language, language.encode(words)) for words in readings for language in LEXICON.languages]
    judged = [weigh(view, context) for view in views]
    return worst([risk for risk, _ in judged]), {kind: rule for _, asked in judged for kind, rule in asked.items()}


def _joined(text: str, context: Context) -> Risk | None:
    """Screen the text together with the sender's last two, so that a sentence cut over several texts is still read."""
    earlier = " ".join(context.recent[-_RECENT:])
    if not earlier.strip():
        return None
    before = respell(tokens(earlier))
    together, _ = _weighed(respell(tokens(f"{earlier} {text}")), context)
    if together is None:
        return None
    alone, _ = _weighed(before, context)
    if alone is None or together.tier < alone.tier or together.reach > len(before[0]):
        return together
    return None


def _bare(words: list[str], context: Context) -> Risk | None:
    """Texts of one word or number that only their context explains (CONTENT.md 9.1 and 11.8; RULINGS 12)."""
    plain = "".join(word for word in words if word != BREAK)
    if _HOTLINE.fullmatch(plain):
        return Risk(2, "hotline_digits", ("hotline_digits",))
    flagged = context.flag_open or context.flagged_within_24h
    if plain == "ayuda" and context.flagged_within_24h:
        return Risk(2, "hotline_digits", ("ayuda_after_crisis",))
    if plain == "help" and context.flagged_within_24h:
        return Risk(3, "distress", ("help_after_crisis",))
    if plain == "saltar" and (flagged or context.question is None):
        return Risk(4, "unclear", ("es.saltar",))
    return None


_OPT_KINDS = ("stop", "stop_body", "stranger", "ask", "start", "help")


def _opt(found: dict[str, str], context: Context, risk: Risk | None) -> Opt | None:
    """Decide what a text asks of the line (CONTENT.md 2.2 and 11.2). Despair and answers never unsubscribe anyone."""
    grave = risk is not None and risk.tier <= 3
    if "stop" in found:
        return "stop" if not grave or "names_texts" in found else "ask"
    if "stranger" in found and not context.confirmed:
        return "stop"
    if "stop_body" in found:
        if grave:
            return None
        return "ask" if risk or context.question == "words" else "stop"
    if "ask" in found:
        return None if grave else "ask"
    if "start" in found:
        return "start"
    return "help" if "help" in found else None
