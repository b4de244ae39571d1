"""Weighs what was found in one view of a text: combinations that make it worse, and the one finding that counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from smsbot.safety.finding import Context
from smsbot.safety.matching import Match, View, matches

_ORDER = (
    *("overdose", "medical_emergency", "harm_other", "harm_command", "suicide", "abuse", "unsafe_ride", "self_harm"),
    *("passive", "hotline_digits", "worry_urgent", "misconduct", "disclosure", "other_risk", "medical_worry"),
    *("distress", "other_died", "unclear"),
)
_RANK = {kind: rank for rank, kind in enumerate(_ORDER)}
KINDS = frozenset(_ORDER)
"""Every kind a finding may have."""
MARKS = frozenset(
    (
        *("negation", "no_negation", "after", "past", "now", "other", "self_last", "own", "session", "experienced"),
        *(
            "quote",
            "laugh",
            "trivial",
            "serious",
            "names_texts",
            "method",
            "soon",
            "soonish",
            "intent",
            "going",
            "declares",
            "lasting",
            "outright",
        ),
    )
)
"""Every mark the code asks for; each language must have them."""
SILENT = 5
"""Tier of rules that are nothing by themselves."""
_SESSION_HOURS = 72.0
_SESSION_DAY_HOURS = 12.0
_LEAD = 4
_LISTED = 3
_WHOLE = ("laugh", "serious")
_PIECES = {"parting": (1, "parting_words"), "readying": (2, "affairs_in_order")}


@dataclass(frozen=True)
class Risk:
    """What a text was found to be: tier, kind, the rules' names, and the place (in words) the findings reach to."""

    tier: int
    kind: str
    names: tuple[str, ...]
    reach: int = 0


def worst(risks: Sequence[Risk | None]) -> Risk | None:
    """The finding that counts: the lowest tier, then the gravest kind. Names of all are kept."""
    found = [risk for risk in risks if risk]
    if not found:
        return None
    first = min(found, key=lambda risk: (risk.tier, _RANK[risk.kind]))
    names = tuple(dict.fromkeys([*first.names, *(name for risk in found for name in risk.names)]))
    return Risk(first.tier, first.kind, names, max(risk.reach for risk in found))


def weigh(view: View, context: Context) -> tuple[Risk | None, dict[str, str]]:
    """Judge one text in one language; and name the rules of requests about the texts and medical questions, by kind."""
    view = replace(view, facts=_facts(view, context))
    found, asked = matches(view)
    found.sort(key=lambda match: (match.tier, _RANK[match.rule.kind]))
    return _risk(view, found, context) if found else None, asked


def _risk(view: View, every: Sequence[Match], context: Context) -> Risk | None:
    """The finding of a text; matches of tier SILENT count only beside others or while an alert is open."""
    flagged = context.flag_open or context.flagged_within_24h
    found = [match for match in every if match.tier < SILENT]
    raised = _raised(view, every, context) if found or flagged else _pieces(every)
    if not found:
        return Risk(raised[0], raised[1], (every[0].name, raised[2]), every[0].end) if raised else None
    names = tuple(dict.fromkeys(match.name for match in found))
    reach = max(match.end for match in found)
    if raised:
        tier, kind, why = raised
        if (tier, _RANK[kind]) < (found[0].tier, _RANK[found[0].rule.kind]):
            return Risk(tier, kind, (names[0], why, *names[1:]), len(view.line) if "soon" in why else reach)
    return Risk(found[0].tier, found[0].rule.kind, names, reach)


def _facts(view: View, context: Context) -> frozenset[str]:
    """What holds for the text as a whole: its tone, and whether it is about a session or within 72 hours of one."""
    hours = context.hours_since_session
    facts = {mark for mark in _WHOLE if view.has(mark)}
    if (hours is not None and 0 <= hours <= _SESSION_HOURS) or view.has("session"):
        facts.add("session")
    if hours is not None and 0 <= hours <= _SESSION_DAY_HOURS:
        facts.add("session_day")
    return frozenset(facts)


def _tags(found: Sequence[Match], worst_tier: int) -> set[str]:
    return {tag for match in found if match.tier <= worst_tier and match.lowered is None for tag in match.rule.tags}


def _raised(view: View, found: Sequence[Match], context: Context) -> tuple[int, str, str] | None:
    """Combinations: a wish with means, farewell or a near time is an emergency; despair with an ending is a wish."""
    grave, serious, every = _tags(found, 2), _tags(found, 3), _tags(found, SILENT)
    soon = view.has("soon")
    if "ideation" in grave:
        if every & {"means", "farewell", "date"} or ("doit" in every and view.has("soonish")):
            return 1, "suicide", "with_means_or_farewell"
        if (soon and grave & {"act", "wish", "plan", "unsafe"}) or (
            view.has("soonish") and "act" in grave and view.has("going")
        ):
            return 1, "suicide", "with_soon"
        if "act" in grave and _declared(view, found):
            return 1, "suicide", "declared"
    if "doit" in every:
        if soon and (grave & {"ideation", "means"} or serious & {"hopeless", "means", "burden"} or context.flag_open):
            return 1, "suicide", "with_soon"
        if serious & {"hopeless", "burden", "means", "farewell"} or context.flag_open or context.flagged_within_24h:
            return 2, "suicide", "with_do_it"
    if "means" in every and every & {"finality", "farewell"}:
        return 1, "suicide", "means_and_ending"
    if {"harm_talk", "method"} <= every or ("harm_talk" in every and view.has("method")):
        return 1, "harm_other", "with_method"
    return _pieces(found) or _despair(found, serious, every)


def _pieces(found: Sequence[Match]) -> tuple[int, str, str] | None:
    """Small things said together, each nothing alone: parting words, affairs put in order.

    Two of different kinds, of different words, count where a finding is grave enough to list; else three.
    """
    enough = 2 if any(match.tier <= _LISTED and match.lowered is None for match in found) else 3
    for tag, (tier, name) in _PIECES.items():
        if len(_apart(match for match in found if match.lowered is None and tag in match.rule.tags)) >= enough:
            return tier, "suicide", name
    return None


def _apart(found: Iterable[Match]) -> dict[str, int]:
    """The rules that stand on words of their own, with where each ends."""
    apart: dict[str, int] = {}
    for match in sorted(found, key=lambda match: match.end):
        if match.rule.id not in apart and match.start >= max(apart.values(), default=0):
            apart[match.rule.id] = match.end
    return apart


def _declared(view: View, found: Sequence[Match]) -> bool:
    """True if an act on oneself is announced ("i am going to"), not feared or weighed."""
    return any(
        view.has("declares", view.line[max(0, match.start - _LEAD) : match.end])
        for match in found
        if match.tier == 2 and match.lowered is None and "act" in match.rule.tags
    )


def _despair(found: Sequence[Match], serious: set[str], every: set[str]) -> tuple[int, str, str] | None:
    if "hopeless" in serious and every & {"farewell", "finality", "means", "burden"} and "ideation" not in serious:
        return 2, "suicide", "despair_and_ending"
    if {"burden", "finality"} <= every:
        return 2, "suicide", "burden_and_ending"
    soft = [
        match
        for match in found
        if match.tier == 4 and match.lowered is None and match.rule.tags & {"hopeless", "finality", "burden", "doit"}
    ]
    if len({match.start for match in soft}) > 1 and any(one.end <= two.start for one in soft for two in soft):
        return 3, "distress", "several"
    return None
