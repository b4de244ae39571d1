"""Emergency and crisis numbers by country, and whether a clinic's crisis lines name the right ones (CONTENT.md 3.1)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from smsbot.rulebook.reading import read

KINDS = ("emergency", "crisis_call", "crisis_text", "sexual_assault", "partner_violence", "also_typed")
# What each line must name, by the beginning of its id: the emergency number, a crisis line, or both.
MUST_NAME = {
    "crs_1": ("emergency",),
    "crs_2": ("emergency", "crisis_call"),
    "crs_3": ("crisis_call",),
    "crs_6": ("emergency", "crisis_call"),
    "crs_9": ("emergency", "crisis_call"),
    "crs_r": ("emergency", "crisis_call"),
    "hlp_1": ("emergency", "crisis_call"),
}
# Domestic violence and bodily danger lead elsewhere than to a crisis line.
NOT_FOR_CRISIS = ("crs_2d",)


@dataclass(frozen=True)
class Numbers:
    """A country's numbers by kind, as people write them; `dialed` is the ten-digit number behind a short one (E.164).

    `noted` is when they were written down, `review` the day by which somebody has to call each of them again.
    """

    country: str
    name: str
    by_kind: Mapping[str, tuple[str, ...]]
    dialed: str | None
    noted: date
    review: date
    sources: tuple[str, ...]

    def every(self) -> frozenset[str]:
        """All numbers, digits only."""
        return frozenset(_digits(number) for kind in KINDS for number in self.by_kind[kind])


def countries() -> tuple[str, ...]:
    """The countries there are numbers for."""
    return tuple(sorted(read("hotlines")))


def of(country: str) -> Numbers | None:
    """A country's numbers by its two letters; None where nobody has looked them up."""
    found = read("hotlines").get(country)
    if found is None:
        return None
    kinds = {kind: tuple(found.get(kind, ())) for kind in KINDS}
    dialed = found.get("crisis_call_full")
    return Numbers(country, found["name"], kinds, dialed, found["noted"], found["review"], tuple(found["sources"]))


def overdue(country: str, today: date) -> str | None:
    """What to tell a clinic whose numbers nobody has called for too long; None while they are fresh."""
    numbers = of(country)
    if numbers is None or today <= numbers.review:
        return None
    return f"The numbers of {numbers.name} were to be called again by {numbers.review}: do so and date them."


def faults(country: str, pages: Mapping[str, Any]) -> list[str]:
    """Why a clinic in this country cannot go live, in plain words; `pages` are the system lines by language.

    1. The country has emergency and crisis numbers.
    2. Each crisis line names that country's numbers where it must, and none of another country.
    """
    numbers = of(country)
    if numbers is None:
        return [f"There are no emergency and crisis numbers for {country}: look them up before anybody is texted."]
    if not numbers.by_kind["emergency"] or not numbers.by_kind["crisis_call"]:
        return [f"{numbers.name} has no emergency or no crisis number."]
    found = []
    for language, page in sorted(pages.items()):
        for name, line in sorted(page.items()):
            texted = [line.text, *([line.said] if line.said else [])]
            found += [f"{language}/{name} {fault}" for text in texted for fault in _line_faults(numbers, name, text)]
    return found


def _line_faults(numbers: Numbers, name: str, text: str) -> list[str]:
    named = {digits for digits in map(_digits, re.findall(r"\d[\d -]*\d", text)) if digits in _known()}
    found = [f"names {number}, which is not a number of {numbers.name}." for number in sorted(named - numbers.every())]
    for start, kinds in MUST_NAME.items():
        if not name.startswith(start) or name.startswith(NOT_FOR_CRISIS):
            continue
        for kind in kinds:
            if not named & {_digits(number) for number in numbers.by_kind[kind]}:
                wanted = " or ".join(numbers.by_kind[kind])
                found.append(f"does not name {wanted} ({kind.replace('_', ' ')}).")
    return found


@cache
def _known() -> frozenset[str]:
    """Every number of every country, so that a foreign one is seen."""
    return frozenset().union(*[numbers.every() for each in countries() if (numbers := of(each))])


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)
