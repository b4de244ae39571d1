"""Back-off (CONTENT 5.4): how many delivered questions went unanswered, and what that does to the pace."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from smsbot.planner.facts import Facts, Mark, Pace, Past
from smsbot.rules import Protocol

REST = timedelta(hours=72)
STEP_DOWN: dict[Pace, Pace] = {"full": "light", "light": "key", "key": "key"}
ANSWERS_BACK = 3


@dataclass(frozen=True, slots=True)
class Silence:
    """Where a patient stands: `streak` unanswered questions since `since`, the keys and times of each.

    `fallen` says that the silence went far enough to slow the pace; `recovering` counts down the answers until the
    chosen pace is back.
    """

    streak: tuple[tuple[str, datetime], ...] = ()
    since: datetime | None = None
    fallen: bool = False
    recovering: int = 0

    def days(self, now: datetime) -> int:
        """Whole days of silence, counted from the first unanswered question."""
        return (now - self.since).days if self.since else 0

    @property
    def rest_until(self) -> datetime | None:
        """Statements only until then, after the third silence in a row."""
        return self.streak[2][1] + REST if len(self.streak) == 3 else None


def unanswered(state: Silence, key: str, sent_at: datetime, closed_at: datetime) -> Silence:
    """One more delivered question that nobody answered."""
    streak = (*state.streak, (key, closed_at))
    since = state.since or sent_at
    fallen = state.fallen or len(streak) >= 4 or closed_at - since >= timedelta(days=7)
    return replace(state, streak=streak, since=since, fallen=fallen)


def replied(state: Silence) -> Silence:
    """Any reply: the streak is over; after a far silence the pace comes back in two steps."""
    left = ANSWERS_BACK if state.fallen else max(0, state.recovering - 1)
    return Silence(recovering=left)


def silence(past: Iterable[Past], last_inbound: datetime | None) -> Silence:
    """Folds the sent questions in order. A delivery that failed is no silence; no report counts as delivered."""
    state = Silence()
    asks = [one for one in past if one.kind == "ask" and one.sent_at and one.gone and one.priority > 1]
    for ask in sorted(asks, key=lambda one: (one.sent_at or one.due_at, one.key)):
        if ask.state == "answered":
            state = replied(state)
        elif ask.state == "unanswered" and ask.delivered is not False and ask.sent_at:
            state = unanswered(state, ask.key, ask.sent_at, ask.closed_at or ask.sent_at)
    if state.since and last_inbound and last_inbound > state.streak[-1][1]:
        return replied(state)
    return state


def chosen_pace(protocol: Protocol, facts: Facts) -> Pace:
    """What the patient chose; unsaid, light until the first landing is answered (CONTENT 11.19)."""
    if facts.patient.chosen_pace:
        return facts.patient.chosen_pace
    settled = any(one.rule == protocol.settles and one.state == "answered" for one in facts.past)
    return "full" if settled or not protocol.settles else "light"


def next_pace(chosen: Pace, state: Silence, now: datetime) -> Pace:
    """The pace that holds now: key touches only after six silences or 14 days, one step down while coming back."""
    if len(state.streak) >= 6 or state.days(now) >= 14:
        return "key"
    return STEP_DOWN[chosen] if state.recovering or state.fallen else chosen


def events(state: Silence, facts: Facts) -> tuple[Mark, ...]:
    """The moments of a silence that rules hang on; those still ahead are planned and vanish with a reply."""
    found = []
    if len(state.streak) >= 2:
        key, at = state.streak[1]
        found.append(Mark(f"second_silence:{key}", "second_silence", at))
    if state.since:
        key = state.streak[0][0]
        week = state.since + timedelta(days=7)
        at = min(week, state.streak[3][1]) if len(state.streak) >= 4 else week
        found.append(Mark(f"long_silence:{key}", "long_silence", at))
        last = state.since + timedelta(days=21)
        if not any(one.status == "booked" and one.starts_at > state.since for one in facts.sessions):
            found.append(Mark(f"last_silence:{key}", "last_silence", last))
    until = facts.patient.paused_until
    if until and facts.patient.status == "paused":
        found.append(Mark(f"pause_end:{until:%Y%m%dT%H%M}", "pause_end", until))
    return tuple(found)
