"""Calling and texting hours by law, dated: the federal floor of every window, and what states ask of solicitations."""

from dataclasses import dataclass
from datetime import date, time

from smsbot.rulebook.reading import read

Span = tuple[time, time]
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _span(texts: list[str]) -> Span | None:
    return (time.fromisoformat(texts[0]), time.fromisoformat(texts[1])) if texts else None


def federal() -> Span:
    """The hours at the called person's place, any day (47 CFR 64.1200): no window may reach beyond them."""
    start, end = read("quiet_hours")["federal"]
    return time.fromisoformat(start), time.fromisoformat(end)


@dataclass(frozen=True)
class Narrower:
    """A state whose hours for solicitations are narrower than a window on some days; None: no calls at all that day."""

    state: str
    day: str
    hours: Span | None


def narrower(window: Span) -> list[Narrower]:
    """Where a texting window reaches beyond what a state asks of solicitations; care texts are none."""
    found = []
    for state, hours in sorted(read("quiet_hours")["states"].items()):
        for day in DAYS:
            span = _span(hours.get(day, hours["every"]))
            if span is None or window[0] < span[0] or window[1] > span[1]:
                found.append(Narrower(state, day, span))
    return found


def overdue(today: date) -> str | None:
    """What to tell a clinic once the table is to be looked at again; None before."""
    review = read("quiet_hours")["review"]
    if today <= review:
        return None
    return f"The calling hours and revocation rules were to be looked at again by {review}: ask the lawyer."
