"""The consent form's exact words by version and language, for whoever has to show what was agreed to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from smsbot.rulebook.reading import read

TICKS = ("texts", "calls", "echo")


@dataclass(frozen=True)
class Form:
    """One version in one language: what it informs about, and the sentence beside each of its three ticks."""

    version: str
    language: str
    since: date
    points: tuple[str, ...]
    ticks: Mapping[str, str]


def versions() -> tuple[str, ...]:
    """Every version there is, oldest first."""
    return tuple(sorted(read("forms")))


def form(version: str, language: str) -> Form | None:
    """A version as the patient read it; None for a form of the clinic's own, whose words are not here."""
    found = read("forms").get(version)
    if found is None:
        return None
    words = found.get(language) or found["en"]
    ticks = {kind: str(words[kind]) for kind in TICKS}
    return Form(version, language if language in found else "en", found["from"], tuple(words["points"]), ticks)
