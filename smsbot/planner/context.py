"""One patient's facts made ready for planning: blocks, anchors, conditions, hours of the day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from smsbot.localtime import instant, local_clock, local_day, shift
from smsbot.planner.backoff import Silence, chosen_pace, events, next_pace, silence
from smsbot.planner.blocks import Block, blocks
from smsbot.planner.facts import Facts, Mark, Pace, Past
from smsbot.rules import Protocol, Rule, Span
from smsbot.timing import ABOUT_RULES, Condition, When

LATE_HOUR = 22


def _later(block: Block, by: timedelta) -> Block:
    """The block as if it had been that much later; what belongs to its day stays there."""
    return replace(block, start=block.start + by, planned_end=block.planned_end + by, end=block.end + by)


@dataclass(slots=True)
class Context:
    """Everything about one patient that is worked out once per plan or verdict."""

    protocol: Protocol
    facts: Facts
    now: datetime
    blocks: tuple[Block, ...] = field(init=False)
    past: dict[str, Past] = field(init=False)
    silence: Silence = field(init=False)
    pace: Pace = field(init=False)
    marks: tuple[Mark, ...] = field(init=False)
    session_days: frozenset[date] = field(init=False)
    silences: tuple[tuple[datetime, datetime, Block], ...] = field(init=False)
    closing: Block | None = field(init=False)
    days: dict[datetime, date] = field(default_factory=dict)
    spans: dict[tuple[Span | None, date], tuple[datetime, datetime] | None] = field(default_factory=dict)
    instants: dict[tuple[date, time], datetime] = field(default_factory=dict)

    def __post_init__(self) -> None:
        facts = self.facts
        self.blocks = blocks(facts)
        self.past = {one.key: one for one in facts.past}
        self.silence = silence(facts.past, facts.patient.last_inbound_at)
        self.pace = next_pace(chosen_pace(self.protocol, facts), self.silence, self.now)
        self.marks = (*facts.marks, *events(self.silence, facts))
        self.closing = self._closing()
        self.session_days = frozenset(block.day for block in self.blocks)
        before, after = (timedelta(minutes=minutes) for minutes in self.protocol.quiet)
        self.silences = tuple((one.start - before, one.end + after, one) for one in self.blocks)

    def _closing(self) -> Block | None:
        """The session a series ends with, once that is known; None while more may come.

        As many as planned are booked, or staff ended the series: its last session. With fewer, and nothing booked, the
        clinic has time to book the next one before a patient hears of an end: the last session counts as that later.
        """
        if not self.blocks or (self.facts.series_ended or 0 < self.protocol.sessions <= len(self.blocks)):
            return self.blocks[-1] if self.blocks else None
        return _later(self.blocks[-1], self.patience) if self.facts.series_over else None

    @property
    def patience(self) -> timedelta:
        """How long a series with nothing booked may still go on (CONTENT 6.5: 21 days, 14 for open-ended ones)."""
        return timedelta(days=21 if self.protocol.sessions else 14)

    def block_of(self, session_id: UUID | None) -> Block | None:
        """The block a session belongs to; None when it is no longer held."""
        return next((one for one in self.blocks if session_id in one.members), None)

    def day(self, at: datetime) -> date:
        """The patient's calendar day of an instant (remembered: a plan asks some thousand times)."""
        found = self.days.get(at)
        if found is None:
            found = self.days[at] = local_day(at, self.facts.patient.zone)
        return found

    def at(self, day: date, clock: time) -> datetime:
        """The instant of a time of day in the patient's zone (remembered)."""
        found = self.instants.get((day, clock))
        if found is None:
            found = self.instants[day, clock] = instant(day, clock, self.facts.patient.zone)
            if clock.hour < LATE_HOUR:  # no gap is long enough to push it past midnight
                self.days[found] = day
        return found

    def window(self, rule: Rule) -> Span:
        """The hours a rule may use: its own, else the clinic's or the protocol's; the patient's own always hold."""
        usual = rule.between or self.facts.clinic.window or self.protocol.window
        own = self.facts.patient.window
        if own is None:
            return usual
        return (max(usual[0], own[0]), min(usual[1], own[1])) if rule.between else own

    def hours(self, rule: Rule, day: date) -> tuple[datetime, datetime] | None:
        """The window of a rule on a day as instants; None when the patient's hours leave none of it."""
        if (rule.between, day) not in self.spans:
            first, last = self.window(rule)
            self.spans[rule.between, day] = (self.at(day, first), self.at(day, last)) if first <= last else None
        return self.spans[rule.between, day]

    def hours_of_patient(self, day: date) -> tuple[datetime, datetime]:
        """The general window on a day, whatever a rule says."""
        first, last = self.facts.patient.window or self.facts.clinic.window or self.protocol.window
        return self.at(day, first), self.at(day, last)

    def quiet_block(self, at: datetime) -> Block | None:
        """The block whose silence (10 minutes before the start to 3 hours after the end) an instant falls into."""
        for begin, end, block in self.silences:
            if begin <= at < end:
                return block
        return None

    def quiet_until(self, block: Block) -> datetime:
        """When the silence around a block ends."""
        return block.end + timedelta(minutes=self.protocol.quiet[1])

    def known(self, block: Block | None) -> datetime | None:
        """When this could first be planned: the patient had agreed and the session was booked as it now stands."""
        joined = self.facts.patient.joined_at or self.facts.patient.invited_at
        moments = [one for one in (joined, block.known if block else None) if one]
        return max(moments) if moments else None

    def anchor(self, name: str, block: Block | None, mark: Mark | None) -> datetime | None:
        """The instant of an anchor; None while there is none."""
        patient = self.facts.patient
        first, last = (self.blocks[0], self.blocks[-1]) if self.blocks else (None, None)
        last = self.closing if block is not None and block is self.closing else last
        ends = {"first": first, "last": last}
        if name.startswith(("first_", "last_")):
            which, _, side = name.partition("_")
            return self.anchor(side, ends[which], None) if ends[which] else None
        if name == "mark":
            return mark.at if mark else None
        if name in ("enrollment", "invitation"):
            return patient.joined_at if name == "enrollment" else patient.invited_at
        if block is None:
            return None
        of_block = {
            "start": block.start,
            "end": block.end,
            "planned_end": block.planned_end,
            "arrived": block.arrived_at,
        }
        return of_block[name]

    def moment(self, when: When, block: Block | None, mark: Mark | None) -> datetime | None:
        """The instant a clause names, or None while its anchor has none."""
        base = self.anchor(when.anchor, block, mark)
        if base is None:
            return None
        clock = self.facts.patient.preferred if when.preferred else when.clock
        return shift(base, when.days, when.minutes, clock, self.facts.patient.zone)

    def near(self, block: Block, side: str, days: int) -> bool:
        """Whether a neighboring session is at most this many calendar days away (RULINGS 16)."""
        place = block.number - 1
        before = self.blocks[place - 1] if place > 0 else None
        after = self.blocks[place + 1] if place + 1 < len(self.blocks) else None
        sides = {"previous": (before,), "next": (after,), "another": (before, after)}[side]
        return any(abs((one.day - block.day).days) <= days for one in sides if one)

    def of_rule(self, rule: str, block: Block | None) -> Past | None:
        """What became of a rule for a block (or for the series)."""
        return self.past.get(self.key(rule, block))

    def key(self, rule: str, block: Block | None) -> str:
        """The stable key of a touch: session and rule (RULINGS 20), or series and rule."""
        return f"{block.name}:{rule}" if block else f"{self.facts.series}:{rule}"

    def holds(
        self, condition: Condition, block: Block | None, due_days: Mapping[str, date], day: date | None = None
    ) -> bool | None:
        """Whether a condition holds; None while only time will tell.

        `due_days` says where this plan puts earlier rules, `day` is the day the touch itself is for.
        """
        truth = self._truth(condition, block, due_days, day)
        return truth if truth is None else truth is condition.wanted

    def _truth(
        self, condition: Condition, block: Block | None, due_days: Mapping[str, date], day: date | None
    ) -> bool | None:
        if condition.kind in ABOUT_RULES:
            return self._about_rule(condition, block, due_days)
        if condition.kind == "setting":
            return self.facts.patient.settings.get(condition.subject) == condition.value
        if condition.kind == "prefers_before" and condition.clock:
            return self.facts.patient.preferred < condition.clock
        if condition.kind == "free_week":
            return day is None or all(abs((one.day - day).days) > 3 for one in self.blocks)
        return self._about_block(condition, block) if block else False

    def _about_block(self, condition: Condition, block: Block) -> bool | None:
        if condition.kind == "near":
            return self.near(block, condition.subject, condition.days)
        if condition.kind == "exists":
            return self.near(block, condition.subject, 10_000)
        if condition.kind == "start_before" and condition.clock:
            return local_clock(block.start, self.facts.patient.zone) < condition.clock
        if condition.kind == "soon":
            return block.start - block.known <= timedelta(hours=condition.days)
        if condition.kind == "attended":
            return block.attended or None
        return block.arrived_at is not None

    def _about_rule(self, condition: Condition, block: Block | None, due_days: Mapping[str, date]) -> bool | None:
        past = self.of_rule(condition.subject, block) or self.of_rule(condition.subject, None)
        if condition.kind == "next_morning" and block:
            sent = past.sent_at if past else None
            day = self.day(sent) if sent else due_days.get(self.key(condition.subject, block))
            return day is not None and day > block.day
        if past is None or past.state == "sent":
            return True if past and condition.kind == "sent" else None
        if condition.kind == "sent":
            return past.gone
        if condition.kind == "answered":
            return past.state == "answered"
        return condition.value in past.codes
