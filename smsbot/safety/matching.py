"""Finds what the rules of one language say about a text, and lowers it where the words around take it back."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from smsbot.safety.lexicon import Language, Rule
from smsbot.safety.pattern import END, Pattern

SPECIAL = frozenset({"stop", "stop_body", "ask", "stranger", "start", "help", "medical"})
"""Kinds that are not dangers: requests about the texts, and medical questions."""
_LEFT = 8
_AROUND = 14
_NEAR = 5
_MOST_PER_PATTERN = 24


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
    """One text as one language reads it; `facts` holds what is true of the text or its context as a whole.

    `changed` holds the characters of the words that another reading has and the first has not: only they are news.
    """

    language: Language
    line: str
    facts: frozenset[str] = frozenset()
    changed: frozenset[str] | None = None

    def has(self, mark: str, line: str | None = None) -> bool:
        """True if a mark occurs in the text, or in the part of it given."""
        return self.language.marks[mark].search(self.line if line is None else line) is not None


def _clause(line: str, start: int, end: int) -> tuple[int, int]:
    """Bounds of the sentence around a match."""
    right = line.find(END, end)
    return line.rfind(END, 0, start) + 1, len(line) if right < 0 else right


def _negated(view: View, left: int, start: int, end: int) -> bool:
    """True if a negation reaches a word between start and end ("i have no plans to hurt myself" has it within)."""
    for place in range(start, end):
        before = view.line[max(left, place - _LEFT) : place]
        if before and view.has("negation", before) and not view.has("no_negation", before):
            return True
    return False


def _past(view: View, around: str, near: str) -> bool:
    return view.has("past", around) and not view.has("now", near) and not view.has("lasting", around)


def _of_another(view: View, before: str, said: str) -> bool:
    """True if somebody else is the subject of what is said; what names the speaker itself is the speaker's own."""
    if not before or not view.has("other", before):
        return False
    return not view.has("self_last", before) and not view.has("own", said)


def _lowered(view: View, rule: Rule, pattern: Pattern, start: int, end: int) -> str | None:
    """Name the first mark that takes a finding back: negation, somebody else, the past, a quotation, a joke."""
    left, right = _clause(view.line, start, end)
    before = view.line[max(left, start - _LEFT) : start]
    around = view.line[max(left, start - _AROUND) : min(right, end + _AROUND)]
    near = view.line[max(left, start - _NEAR) : min(right, end + 1)]
    keep = rule.keep
    within = start + 1 if pattern.negates or "inner" in keep else end
    if "negation" not in keep and _negated(view, left, start, within):
        return "negated"
    if "other" not in keep and _of_another(view, before, view.line[start:end]):
        return "other"
    if "past" not in keep and (view.has("after", view.line[end:right]) or _past(view, around, near)):
        return "past"
    if "session" not in keep and "session" in view.facts and view.has("experienced", before):
        return "session"
    if any(view.has(mark) for mark in rule.lower):
        return rule.lower[0]
    return _not_meant(view, keep, view.line[left:right])


def _not_meant(view: View, keep: frozenset[str], sentence: str) -> str | None:
    """Name the mark that says a sentence is quoted, about a trifle, or a joke; none where it says it is meant."""
    if "serious" in view.facts:
        return None
    if "quote" not in keep and view.has("quote", sentence) and not view.has("outright", sentence):
        return "quote"
    if "trivial" not in keep and view.has("trivial", sentence):
        return "trivial"
    return "laugh" if "laugh" in view.facts and "laugh" not in keep else None


def _tier(view: View, rule: Rule, lowered: str | None, start: int, end: int) -> int:
    """The tier after lowering: 4, but 3 where a method, a time or an intent is named beside; a laugh takes one step."""
    if lowered is None or rule.tier >= 4:
        return rule.tier
    if lowered == "laugh":
        return rule.tier + 1
    if lowered in ("negated", "past", "other", "quote"):
        left, right = _clause(view.line, start, end)
        beside = view.line[max(left, start - _AROUND) : min(right, end + _AROUND)]
        if any(view.has(mark, beside) for mark in ("method", "soon", "intent")):
            return 3
    return 4


def matches(view: View) -> tuple[list[Match], dict[str, str]]:
    """Find the dangers in a text; and, by kind, the rule of each request about the texts and medical question."""
    dangers: list[Match] = []
    asked: dict[str, str] = {}
    sentences = _Sentences(view.line)
    for rule, pattern, worth in _candidates(view, sentences):
        for start, end in islice(_spans(view.line, pattern, sentences, worth), _MOST_PER_PATTERN):
            if rule.unless and view.has(rule.unless, view.line[max(0, start - _LEFT) : start]):
                continue
            if rule.kind not in SPECIAL:
                lowered = _lowered(view, rule, pattern, start, end)
                dangers.append(Match(rule, _tier(view, rule, lowered, start, end), lowered, start, end))
            elif not any(view.has(mark) for mark in rule.lower):
                asked[rule.kind] = rule.id
    if "stop" in asked and view.has("names_texts"):
        asked["names_texts"] = asked["stop"]
    return dangers, asked


class _Sentences:
    """Which sentences hold a character, as bits: no pattern crosses a sentence's end, so only few need a search."""

    def __init__(self, line: str) -> None:
        self.bounds: list[tuple[int, int]] = []
        self._holding: dict[str, int] = {}
        self._present: frozenset[str]
        self._masks: dict[frozenset[str], int] = {}
        start, bit = 0, 1
        holding = self._holding
        for part in line.split(END):
            for char in set(part):
                holding[char] = holding.get(char, 0) | bit
            self.bounds.append((start, start + len(part)))
            start += len(part) + 1
            bit <<= 1
        self._present = frozenset(holding)  # two sets meet in the time of the smaller one

    def with_any(self, needed: frozenset[str]) -> int:
        """The sentences that hold any of these characters."""
        mask = self._masks.get(needed)
        if mask is None:
            mask = 0
            for char in needed & self._present:
                mask |= self._holding[char]
            self._masks[needed] = mask
        return mask

    def worth(self, pattern: Pattern) -> int:
        """The sentences that hold all a pattern needs; any at all for a pattern that looks at the whole text."""
        mask = -1
        for needed in pattern.required:
            mask = self.with_any(needed) if pattern.whole else mask & self.with_any(needed)
            if not mask:
                return 0
        return mask

    def chosen(self, mask: int) -> Iterator[tuple[int, int]]:
        """Bounds of the sentences of a mask."""
        return (bounds for at, bounds in enumerate(self.bounds) if mask >> at & 1)


def _spans(line: str, pattern: Pattern, sentences: _Sentences, worth: int) -> Iterator[tuple[int, int]]:
    """Where a pattern matches, searched sentence by sentence where that is possible."""
    if pattern.whole or not pattern.required:
        yield from (found.span() for found in pattern.regex.finditer(line))
        return
    for start, end in sentences.chosen(worth):
        yield from (found.span() for found in pattern.regex.finditer(line, start, end))


def _candidates(view: View, sentences: _Sentences) -> Iterator[tuple[Rule, Pattern, int]]:
    """Yield the patterns of which the text has all the words they cannot do without, with the sentences that have."""
    patterns = view.language.patterns
    for place in sorted(view.language.places(view.line, view.changed)):
        rule, pattern = patterns[place]
        worth = sentences.worth(pattern)
        if worth and (rule.needs is None or rule.needs in view.facts):
            yield rule, pattern, worth
