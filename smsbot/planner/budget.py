"""The attention budget over all flows (CONTENT 5.3): caps by day and week, the gap between texts, the gentle day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from smsbot.planner.context import Context
from smsbot.rules import Rule

ENOUGH = "there are enough of these this week"


@dataclass(frozen=True, slots=True)
class Taken:
    """A place in the budget: when, whether the gap counts it, which flow."""

    at: datetime
    spaced: bool
    flow: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no room; `free_at` is when the gap would end, if it is only the gap."""

    why: str
    free_at: datetime | None = None


@dataclass(slots=True)
class Budget:
    """What is taken already, day by day; sent touches first, then planned ones as they find their place.

    `counts` are all of a day, `asked` those that are no logistics.
    """

    ctx: Context
    days: dict[date, list[Taken]] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)
    asked: dict[int, int] = field(default_factory=dict)
    phases: tuple[tuple[date, int], ...] = ()
    gentle: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        ctx = self.ctx
        for one in ctx.facts.past:
            if one.gone and one.counts and one.sent_at:
                self.take(one.sent_at, one.priority > 2, one.flow or "")
        starts = ((ctx.moment(phase.since, None, None), phase.week) for phase in ctx.protocol.caps.later)
        self.phases = tuple((ctx.day(at), week) for at, week in starts if at)
        self.gentle = frozenset(_gentle_days(ctx))

    def take(self, at: datetime, spaced: bool, flow: str) -> None:
        """Counts a touch."""
        day = self.ctx.day(at)
        self.days.setdefault(day, []).append(Taken(at, spaced, flow))
        self.counts[day.toordinal()] = self.counts.get(day.toordinal(), 0) + 1
        self.asked[day.toordinal()] = self.asked.get(day.toordinal(), 0) + spaced

    def refusal(self, rule: Rule, at: datetime) -> Refusal | None:
        """Why a touch cannot go at an instant; None when it can. Staff messages and the landing are never capped."""
        if not rule.counts or rule.never_dropped or rule.priority <= 1:
            return None
        day = self.ctx.day(at)
        return self._day(rule, day) or self._week(rule, day) or self._gap(rule, at, day)

    def _day(self, rule: Rule, day: date) -> Refusal | None:
        taken = len(self.days.get(day, ()))
        if day in self.gentle and not rule.logistics and any(one.spaced for one in self.days.get(day, ())):
            return Refusal("last evening was rough, so one text is enough today")
        cap = self.ctx.protocol.caps.day
        return Refusal(f"the cap of {cap} texts a day is reached") if taken >= cap else None

    def _week(self, rule: Rule, day: date) -> Refusal | None:
        """Every span of 7 days that holds this day; a later phase counts only its own days, but for its own cap."""
        caps = self.ctx.protocol.caps
        refusal = self._full(self.counts, day, caps.week, None)
        if refusal is None and not rule.logistics:
            if self.ctx.pace == "light" and not rule.key:
                refusal = self._full(self.asked, day, caps.light, None)
            for start, week in [phase for phase in self.phases if day >= phase[0]][-1:]:
                refusal = refusal or self._full(self.counts, day, week, start)
        if refusal is None and rule.per_week and self._same_flow(rule, day) >= rule.per_week:
            return Refusal(ENOUGH)
        return refusal

    def _full(self, counts: dict[int, int], day: date, cap: int, since: date | None) -> Refusal | None:
        """The refusal of a weekly cap that is reached; `since` is when its phase began.

        The light cap thins out what a patient is asked (CONTENT 5.3). Logistics are neither counted in it nor held by
        it, nor by that of a phase: which day and what time is no less needed at a slow pace. Key texts, which even
        the key pace gets, fill it and pass it.
        """
        first = day.toordinal() - 6
        taken = [counts.get(first + step, 0) for step in range(13)]
        if since is not None and since.toordinal() > first:
            taken[: since.toordinal() - first] = [0] * (since.toordinal() - first)
        return Refusal(f"the cap of {cap} texts in 7 days is reached") if _fullest(taken) >= cap else None

    def _same_flow(self, rule: Rule, day: date) -> int:
        span = (day - timedelta(days=back) for back in range(7))
        return sum(one.flow == rule.flow for past in span for one in self.days.get(past, ()))

    def _gap(self, rule: Rule, at: datetime, day: date) -> Refusal | None:
        if rule.logistics:
            return None
        gap = timedelta(minutes=self.ctx.protocol.caps.gap)
        near = [one.at for one in self._around(day) if one.spaced and abs(one.at - at) < gap]
        if not near:
            return None
        return Refusal(f"{self.ctx.protocol.caps.gap // 60} hours are kept between texts", max(near) + gap)

    def _around(self, day: date) -> Iterator[Taken]:
        """What is taken on a day and on its neighbors (a gap may reach across midnight)."""
        for step in (-1, 0, 1):
            yield from self.days.get(day + timedelta(days=step), ())


def _fullest(taken: list[int]) -> int:
    """The most in any 7 consecutive of 13 days, whose middle one is in all of them."""
    total = sum(taken[:7])
    most = total
    for step in range(6):
        total += taken[step + 7] - taken[step]
        most = max(most, total)
    return most


def _gentle_days(ctx: Context) -> list[date]:
    gentle = ctx.protocol.caps.gentle
    if gentle is None:
        return []
    rough = (block for block in ctx.blocks if (past := ctx.of_rule(gentle.rule, block)) and gentle.code in past.codes)
    return [block.day + timedelta(days=1) for block in rough]
