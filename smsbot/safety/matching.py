"""Finds what the rules of one language say about a text, and lowers it where the words around take it back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from smsbot.safety.lexicon import Language, Rule
from smsbot.safety.pattern import END

SPECIAL = frozenset({"stop", "stop_body", "ask", "stranger", "start", "help", "medical"})
"""Kinds that are not dangers: requests about the texts, and medical questions."""
_LEFT = 8
_AROUND = 14


@dataclass(frozen=True)
class Match:
    """One rule found: its tier after lowering, why it was lowered, and where it stands (in words)."""

    rule: Rule
    tier: int
    lowered: str | None
    start: int
    end: int

    @property
    def name(self) -> str:
        """Rule id with what lowered it, as staff see it."""
        return f"{self.rule.id}:{self.lowered}" if self.lowered else self.rule.id


@dataclass(frozen=True)
class View:
    """One text as one language reads it."""

    language: Language
    line: str

    def has(self, mark: str, line: str | None = None) -> bool:
        """True if a mark's patterns occur in the text, or in the part of it given."""
        part = self.line if line is None else line
        return any(pattern.regex.search(part) for pattern in self.language.marks[mark])


def _clause(line: str, start: int, end: int) -> tuple[int, int]:
    """Bounds of the sentence around a match."""
    left = line.rfind(END, 0, start) + 1
    right = line.find(END, end)
    return left, len(line) if right < 0 else right


def _lowered(view: View, rule: Rule, start: int, end: int, whole: frozenset[str]) -> str | None:
    """Name the first mark that takes a finding back: negation, somebody else, the past, a quotation, a joke."""
    left, right = _clause(view.line, start, end)
    before = view.line[max(left, start - _LEFT) : start]
    around = view.line[max(left, start - _AROUND) : min(right, end + _AROUND)]
    keep = rule.keep
    if "negation" not in keep and before and view.has("negation", before) and not view.has("no_negation", before):
        return "negated"
    if "other" not in keep and before and view.has("other", before) and not view.has("self_last", before):
        return "other"
    if "past" not in keep and view.has("past", around) and not view.has("now", around):
        return "past"
    return next((mark for mark in ("quote", "trivial", "laugh") if mark in whole and mark not in keep), None)


def _tier(view: View, rule: Rule, lowered: str | None, start: int, end: int) -> int:
    """The tier after lowering: to 4, but to 3 at most where a method, a time or an intent is named; a laugh takes one step."""
    if lowered is None or rule.tier == 4:
        return rule.tier
    left, right = _clause(view.line, start, end)
    near = view.line[max(left, start - _AROUND) : min(right, end + _AROUND)]
    firm = lowered != "trivial" and any(view.has(mark, near) for mark in ("method", "soon", "intent"))
    if lowered == "laugh":
        return min(rule.tier + 1, 4)
    return max(rule.tier, 3) if firm else 4


def matches(view: View, whole: frozenset[str]) -> Iterator[Match]:
    """Yield every danger found; `whole` names the marks that hold for the text as a whole."""
    for rule, start, end in _raw(view):
        if rule.kind in SPECIAL:
            continue
        lowered = _lowered(view, rule, start, end, whole)
        yield Match(rule, _tier(view, rule, lowered, start, end), lowered, start, end)


def special(view: View) -> dict[str, str]:
    """Return the requests and medical questions found: kind to rule id."""
    return {rule.kind: rule.id for rule, _, _ in _raw(view) if rule.kind in SPECIAL}


def _raw(view: View) -> Iterable[tuple[Rule, int, int]]:
    seen: set[str] = set()
    for char in {"", *view.line}:
        for rule, pattern in view.language.by_anchor.get(char, ()):
            if pattern.source in seen:
                continue
            seen.add(pattern.source)
            for found in pattern.regex.finditer(view.line):
                yield rule, found.start(), found.end()
