"""Puts one text's findings together: both languages, what went before, the session, and requests about the texts."""

import re

from smsbot.safety.finding import Context, Finding, Opt
from smsbot.safety.lexicon import lexicon
from smsbot.safety.matching import View
from smsbot.safety.normalize import BREAK, tokens
from smsbot.safety.respell import respell
from smsbot.safety.weighing import Risk, weigh, worst

_HOTLINE = re.compile(
    r"(?:call|text|dial|llamar|marcar|al|el|the)*(?:988|911|741741|838255|nineeighteight|nineoneone)+"
)
_MOST_BARE = 40
_NAMES_SHOWN = 4
_SECOND = "second_stage"
_LISTED = 3
_EMERGENCIES = frozenset(["overdose", "medical_emergency", "harm_other", "suicide"])
_RECENT = 2


def version() -> str:
    """Release and content hash of the lexicon, part of every finding."""
    return lexicon().version


def warm() -> None:
    """Compile what any text needs (some 80 ms of work). Patterns only some texts need are compiled when one comes.

    Compiling all of them takes most of a second; the first text to need some waits 10 to 20 ms for those.
    """
    for language in lexicon().languages:
        language.warm(always=True)


def screen(text: str, context: Context = Context()) -> Finding:
    """Screen one inbound text for danger, requests about the texts, and medical questions. Never raises on any string.

    1. The text alone, in English and Spanish. 2. Bare hotline numbers and lone words that the context decides.
    3. The text joined to the sender's last two: a finding counts if the new words take part in it or make it worse.
    4. The second stage may raise what was found.
    The caller treats an exception all the same as tier 3, kind "screen_fault": a fault is an alert, never silence.
    """
    readings = respell(tokens(text))
    risk, found = by_rules(readings, text, context)
    opt = _opt(found, context, risk)
    risk = _raised(readings[0], context, risk, asked=opt is not None)
    names = [*(risk.names[:_NAMES_SHOWN] if risk else ()), *(found.get(kind, "") for kind in _OPT_KINDS if opt)]
    return Finding(
        tier=risk.tier if risk else None,
        kind=risk.kind if risk else None,
        rule="+".join(filter(None, names)) or None,
        opt=opt,
        medical="medical" in found,
        version=lexicon().version,
    )


def by_rules(readings: list[list[str]], text: str, context: Context) -> tuple[Risk | None, dict[str, str]]:
    """What the rules alone make of a text, and the requests and questions in it."""
    alone, found = _weighed(readings, context)
    return worst([_bare(readings[0], context), alone, _joined(text, context)]), found


def _raised(words: list[str], context: Context, risk: Risk | None, *, asked: bool) -> Risk | None:
    """Let the second stage raise a finding; a plain request about the texts it leaves alone."""
    second, read = lexicon().second, lexicon().tokens
    if second is None or (risk is not None and risk.tier == 1) or (asked and risk is None):
        return risk
    tier = second.tier(read(words), risk.tier if risk else None)
    if tier is None and risk is None and context.recent and context.question is None:
        tier = _raised_together(words, context)
    if tier is None or (tier > _LISTED and context.question is not None):
        return risk  # an answer to an open question is not met with a question for a guess
    names = (*(risk.names if risk else ()), _SECOND)
    if tier == 1:
        return Risk(1, risk.kind if risk and risk.kind in _EMERGENCIES else "suicide", names)
    return Risk(tier, "distress" if tier == _LISTED else "unclear", names)


def _raised_together(words: list[str], context: Context) -> int | None:
    """The second stage's word on the text joined to the last two, if those alone gave no reason."""
    second, read = lexicon().second, lexicon().tokens
    assert second is not None
    earlier = respell(tokens(" ".join(context.recent[-_RECENT:])))[0]
    together = second.tier(read([*earlier, *words]), None)
    return None if together is None or second.tier(read(earlier), None) else together


def _weighed(readings: list[list[str]], context: Context) -> tuple[Risk | None, dict[str, str]]:
    """Judge a text in every language and reading: the finding that counts, and the requests and questions found."""
    views = [View(language, language.encode(readings[0])) for language in lexicon().languages]
    for words in readings[1:]:
        news = set(words).difference(readings[0]) or words
        changed = [frozenset(language.encode(news)) for language in lexicon().languages]
        views += [
            View(language, language.encode(words), changed=chars)
            for language, chars in zip(lexicon().languages, changed, strict=True)
        ]
    judged = [weigh(view, context) for view in views]
    return worst([risk for risk, _ in judged]), {kind: rule for _, asked in judged for kind, rule in asked.items()}


def _joined(text: str, context: Context) -> Risk | None:
    """Screen the text together with the sender's last two, so that a sentence cut over several texts is still read."""
    earlier = " ".join(context.recent[-_RECENT:])
    if not earlier.strip():
        return None
    together, _ = _weighed(respell(tokens(f"{earlier} {text}")), context)
    if together is None:
        return None
    before = respell(tokens(earlier))
    alone, _ = _weighed(before, context)
    if alone is None or together.tier < alone.tier or together.reach > len(before[0]):
        return together
    return None


def _bare(words: list[str], context: Context) -> Risk | None:
    """Texts of one word or number that only their context explains (CONTENT.md 9.1 and 11.8; RULINGS 12)."""
    if len(words) > _MOST_BARE:
        return None
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
