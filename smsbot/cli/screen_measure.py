"""What the screen finds and misses on labelled texts: recall, page and alarm rates by level, language and disguise."""

import hashlib
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from smsbot.cli.screen_disguise import DISGUISES, halves
from smsbot.safety.finding import Context, Finding

Screen = Callable[[str, Context], Finding]

DANGERS = frozenset(["imminent", "acute", "explicit", "elevated", "implicit", "worry", "session_danger"])
"""Levels whose texts must be found; only these are measured in disguise."""
_SEED = 7
_HELD_OUT = 3
_MOST_DISGUISED = 700
_PAGED = (1, 2)
_ALARMED = (1, 2, 3)


@dataclass(frozen=True)
class Labelled:
    """One text of the set with what it is: a level (see tests/safety/README.md) and, for dangers, a kind."""

    level: str
    kind: str
    text: str
    language: str
    held_out: bool
    source: str = ""
    """The file it is from: texts of one file are by one writer."""


@dataclass(frozen=True)
class Rates:
    """How a group of texts was judged, as shares of 1."""

    texts: int
    any_tier: float
    alarmed: float
    paged: float
    emergency: float
    stopped: float
    asked: float

    @classmethod
    def of(cls, findings: Sequence[Finding]) -> "Rates":
        """Count findings of one group."""

        def share(hits: Iterable[bool]) -> float:
            return sum(hits) / len(findings) if findings else 0.0

        return cls(
            texts=len(findings),
            any_tier=share(one.tier is not None for one in findings),
            alarmed=share(one.tier in _ALARMED for one in findings),
            paged=share(one.tier in _PAGED for one in findings),
            emergency=share(one.tier == 1 for one in findings),
            stopped=share(one.opt == "stop" for one in findings),
            asked=share(one.opt == "ask" for one in findings),
        )


def parse(lines: Iterable[str], name: str) -> list[Labelled]:
    """Read the `level<TAB>kind<TAB>text` lines of one file. Raises ValueError for a line of another shape.

    The file's name says its language ("en" or "es" between underscores, else both) and what rules were tuned on: all of
    a "seen_" file, none of a "fresh_" file, and of the others all but three texts in ten, chosen by hash.
    """
    language = next((part for part in name.split("_") if part in ("en", "es")), "both")
    return [_labelled(line, name, language) for line in lines if line.strip()]


def _labelled(line: str, name: str, language: str) -> Labelled:
    level, kind, text = line.rstrip("\n").split("\t")
    by_hash = hashlib.sha256(text.encode()).digest()[0] % 10 < _HELD_OUT
    held_out = name.startswith("fresh_") or (by_hash and not name.startswith("seen_"))
    return Labelled(level, kind, text, language, held_out, name)


def by_level(screen: Screen, texts: Sequence[Labelled]) -> dict[str, Rates]:
    """Rates by "language level part", where part is "tuned" or "held out"."""
    groups: dict[str, list[Finding]] = {}
    for one in texts:
        part = "held out" if one.held_out else "tuned"
        groups.setdefault(f"{one.language} {one.level} {part}", []).append(screen(one.text, Context()))
    return {name: Rates.of(found) for name, found in sorted(groups.items())}


def lost_in_disguise(screen: Screen, texts: Sequence[Labelled]) -> dict[str, float]:
    """Share of the dangers found in clean spelling that are missed altogether under each disguise.

    Of a large set every so-manieth danger is taken, so that a report takes seconds.
    """
    dangers = [one.text for one in texts if one.level in DANGERS]
    step = max(1, len(dangers) // _MOST_DISGUISED)
    found = [text for text in dangers[::step] if screen(text, Context()).tier]
    lost = {name: _share_lost(screen, found, change) for name, change in DISGUISES.items()}
    lost["split over two texts"] = _share_lost_split(screen, found)
    return lost


def _share_lost(screen: Screen, texts: Sequence[str], change: Callable[[str, random.Random], str]) -> float:
    rng = random.Random(_SEED)
    missed = sum(screen(change(text, rng), Context()).tier is None for text in texts)
    return missed / len(texts) if texts else 0.0


def _share_lost_split(screen: Screen, texts: Sequence[str]) -> float:
    rng = random.Random(_SEED)
    pairs = [halves(text, rng) for text in texts if " " in text]
    missed = sum(
        screen(first, Context()).tier is None and screen(second, Context(recent=(first,))).tier is None
        for first, second in pairs
    )
    return missed / len(pairs) if pairs else 0.0
