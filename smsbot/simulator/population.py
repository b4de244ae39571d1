"""Many patients over months through planner and verdicts alone, each life checked and hashed; replayed by seed."""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from smsbot.localtime import instant, local_clock, local_day
from smsbot.planner import Drop, Facts, Hold, Mark, Past, Patient, PlannedTouch, Send, Session, plan, verdict
from smsbot.rules import PREFERRED, Protocol

ZONES = (
    *("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Phoenix"),
    *("America/St_Johns", "Europe/London", "Pacific/Auckland"),
)
TEMPERS = {"open": 0.9, "now_and_then": 0.5, "silent": 0.05}
EVENTS = ("stop", "pause", "zone", "move", "cancel", "no_show", "freeze", "hold")
STARTS = date(2026, 1, 1)
YEAR = 365
SPACED = 2  # classes above it keep the gap


@dataclass(frozen=True)
class Census:
    """What came of a population: `broken` says each violation with the patient's number; `trace` is a SHA-256."""

    patients: int
    days: int
    sent: int
    dropped: int
    broken: tuple[str, ...]
    trace: str


@dataclass
class Life:
    """One patient's months. Replans when a fact changes, judges each touch when it is due, checks each text sent."""

    protocol: Protocol
    number: int
    facts: Facts
    chance: random.Random
    ready: float
    events: list[tuple[datetime, str]]
    waiting: dict[str, tuple[datetime, PlannedTouch]] = field(default_factory=dict)
    ends: dict[str, str] = field(default_factory=dict)
    sent: list[tuple[datetime, PlannedTouch]] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def live(self, until: datetime) -> None:
        """From the invitation to `until`, due instant by due instant."""
        now = self.facts.patient.invited_at or until
        self.replan(now)
        while True:
            upcoming = min(self.waiting.values(), key=lambda one: (one[0], one[1].key), default=None)
            event = self.events[0] if self.events else None
            if event and (upcoming is None or event[0] <= upcoming[0]):
                now = max(now, self.events.pop(0)[0])
                self.happen(event[1], now)
                self.replan(now)
            elif upcoming is None or upcoming[0] > until:
                return
            else:
                now = max(now, upcoming[0])
                self.judge(upcoming[1], now)

    def replan(self, now: datetime) -> None:
        wanted = {}
        for touch in plan(self.protocol, self.facts, now):
            if touch.state == "planned":
                if touch.key in self.ends:
                    self.broken.append(
                        f"patient {self.number}: {touch.key} is planned again after '{self.ends[touch.key]}'"
                    )
                held = self.waiting.get(touch.key)
                wanted[touch.key] = (held[0] if held and held[1] == touch else touch.due_at, touch)
        self.waiting = wanted

    def judge(self, touch: PlannedTouch, now: datetime) -> None:
        found = verdict(self.protocol, touch, self.facts, now)
        if isinstance(found, Hold):
            if found.until <= now:
                self.fault(touch, f"is held until the past at {now}")
            self.waiting[touch.key] = (found.until, touch)
            return
        del self.waiting[touch.key]
        self.ends[touch.key] = "sent" if isinstance(found, Send) else found.why
        if isinstance(found, Send) and touch.kind != "task":
            self.check(touch, now)
            self.sent.append((now, touch))
        self.remember(touch, now, isinstance(found, Drop))

    def remember(self, touch: PlannedTouch, now: datetime, dropped: bool) -> None:
        """What went out and what came of it; an answer or a silence is a new fact, and a reason to plan again."""
        answered = not dropped and touch.kind == "ask" and self.chance.random() < self.ready
        state = "dropped" if dropped else "answered" if answered else "unanswered" if touch.kind == "ask" else "sent"
        past = Past(touch.key, touch.rule, touch.flow, state, touch.due_at, touch.priority, touch.kind, touch.counts)
        past = replace(past, session_id=touch.session_id, closed_at=now + timedelta(hours=20))
        if not dropped:
            codes = frozenset({"rough"}) if touch.rule == "landing" and self.chance.random() < 0.2 else frozenset()
            past = replace(past, sent_at=now, answered_at=now if answered else None, codes=codes)
        self.facts = replace(self.facts, past=(*self.facts.past, past))
        if answered and touch.rule == "welcome":
            self.facts = replace(self.facts, patient=replace(self.facts.patient, status="active", joined_at=now))
        if answered and touch.flow == "practice":
            mark = Mark(f"made:{touch.key}", "plan_made", now)
            self.facts = replace(self.facts, marks=(*self.facts.marks, mark))
        if touch.kind == "ask" and not dropped:
            self.replan(now)

    def check(self, touch: PlannedTouch, now: datetime) -> None:
        """What must hold of every text that leaves (RELIABILITY 5, I4 and I5; CONTENT 5.3)."""
        patient, zone = self.facts.patient, self.facts.patient.zone
        first, last = patient.window or self.protocol.window
        clock = local_clock(now, zone)
        early = time(8) if touch.rule in ("morning", "arrival") and patient.window is None else first
        faults = {
            "after STOP": patient.status in ("stopped", "ended"),
            "before consent": patient.joined_at is None and not touch.rule.startswith("welcome"),
            "frozen": patient.status == "frozen",
            "outside the window": not early <= clock <= last,
            "twice": any(one.key == touch.key for _, one in self.sent),
            "in the silence": touch.rule != "arrival" and self.in_silence(now),
            "over the cap": touch.counts and self.over_cap(touch, now),
            "too close": touch.counts and touch.priority > SPACED and self.too_close(touch, now),
        }
        for what, is_so in faults.items():
            if is_so:
                self.fault(touch, f"went {what} at {now}")

    def fault(self, touch: PlannedTouch, what: str) -> None:
        self.broken.append(f"patient {self.number}: {touch.key} {what}")

    def in_silence(self, now: datetime) -> bool:
        live = (one for one in self.facts.sessions if one.status not in ("canceled", "no_show"))
        spans = ((one.starts_at, one.ended_at or one.starts_at + timedelta(minutes=one.minutes)) for one in live)
        return any(start - timedelta(minutes=10) <= now < max(start, end) + timedelta(hours=3) for start, end in spans)

    def over_cap(self, touch: PlannedTouch, now: datetime) -> bool:
        if touch.rule == "landing" or touch.priority <= 1:
            return False
        day = local_day(now, self.facts.patient.zone)
        days = Counter(local_day(at, self.facts.patient.zone) for at, one in self.sent if one.counts)
        week = sum(days[day - timedelta(days=back)] for back in range(7))
        return days[day] >= self.protocol.caps.day or week >= self.protocol.caps.week

    def too_close(self, touch: PlannedTouch, now: datetime) -> bool:
        gap = timedelta(minutes=self.protocol.caps.gap)
        near = (at for at, one in self.sent if one.counts and one.priority > SPACED)
        return touch.rule != "landing" and any(now - at < gap for at in near)

    def happen(self, what: str, now: datetime) -> None:
        """Something in the patient's life or at the clinic."""
        patient = self.facts.patient
        if what.startswith("done:"):
            self.session(int(what[5:]), now, status="done", ended_at=now)
        elif what == "stop":
            self.facts = replace(self.facts, patient=replace(patient, status="stopped"))
        elif what == "freeze" and patient.status == "active":
            self.facts = replace(self.facts, patient=replace(patient, status="frozen"))
        elif what == "thaw" and patient.status == "frozen":
            self.facts = replace(self.facts, patient=replace(patient, status="active"))
        elif what == "pause" and patient.status == "active":
            until = now + timedelta(days=self.chance.choice((3, 7)))
            self.facts = replace(self.facts, patient=replace(patient, status="paused", paused_until=until))
            self.events.append((until + timedelta(hours=3), "resume"))
            self.events.sort()
        elif what == "resume" and patient.status == "paused":
            self.facts = replace(self.facts, patient=replace(patient, status="active", paused_until=None))
        elif what == "zone":
            self.facts = replace(self.facts, patient=replace(patient, zone=ZoneInfo(self.chance.choice(ZONES))))
        elif what == "hold":
            self.facts = replace(self.facts, patient=replace(patient, hold_asks_until=now + timedelta(days=1)))
        else:
            self.clinic(what, now)

    def clinic(self, what: str, now: datetime) -> None:
        """Moves, cancels or misses the next session that is still ahead, or has just been."""
        ahead = [
            place for place, one in enumerate(self.facts.sessions) if one.status == "booked" and one.starts_at > now
        ]
        past = [
            place for place, one in enumerate(self.facts.sessions) if one.status == "booked" and one.starts_at <= now
        ]
        if what == "move" and ahead:
            one = self.facts.sessions[ahead[0]]
            told = one.starts_at if one.starts_at - now < timedelta(days=2) else one.told_start
            later = one.starts_at + timedelta(hours=self.chance.choice((3, 24, 51)))
            self.session(ahead[0], now, starts_at=later, version=one.version + 1, changed_at=now, told_start=told)
        elif what == "cancel" and ahead:
            self.session(ahead[0], now, status="canceled", canceled_why="clinic")
        elif what == "no_show" and past:
            self.session(past[-1], now, status="no_show")

    def session(self, place: int, now: datetime, **changed: object) -> None:
        one = self.facts.sessions[place]
        if changed.get("status") == "done" and (one.status != "booked" or one.starts_at > now):
            return
        made = replace(one, **changed)  # type: ignore[arg-type]  # fields of Session
        sessions = (*self.facts.sessions[:place], made, *self.facts.sessions[place + 1 :])
        self.facts = replace(self.facts, sessions=sessions)


def born(protocol: Protocol, number: int, seed: int) -> Life:
    """A patient by number and seed: zone, habits, sessions, and what will happen to them."""
    chance = random.Random(f"{seed}:{number}")
    zone = ZoneInfo(ZONES[number % len(ZONES)])
    joins = instant(STARTS + timedelta(days=chance.randrange(YEAR)), time(chance.randrange(8, 21), 15), zone)
    day, sessions = local_day(joins, zone) + timedelta(days=chance.randrange(1, 10)), []
    for place in range(chance.choice((1, 3, 6, 6, 6))):
        start = instant(day, time(chance.randrange(8, 17), chance.choice((0, 30))), zone)
        sessions.append(Session(UUID(int=number * 100 + place), start, chance.choice((60, 90, 120)), joins))
        day += timedelta(days=chance.choice((1, 2, 3, 4, 4, 7, 14)))
    patient = Patient(
        zone=zone,
        status="invited",
        invited_at=joins,
        preferred=chance.choice(list(PREFERRED.values())),
        chosen_pace=chance.choice((None, None, "full", "light", "key")),
        window=chance.choice((None, None, None, (time(10), time(18)))),
        session_days_only=chance.random() < 0.05,
    )
    events = [
        (one.starts_at + timedelta(minutes=one.minutes + 10), f"done:{place}") for place, one in enumerate(sessions)
    ]
    for what in chance.sample(EVENTS, chance.randrange(0, 4)):
        at = joins + timedelta(hours=chance.randrange(1, 24 * 45))
        events += [(at, what), (at + timedelta(days=2), "thaw")] if what == "freeze" else [(at, what)]
    ready = TEMPERS[chance.choice(list(TEMPERS))]
    return Life(protocol, number, Facts(patient, tuple(sessions)), chance, ready, sorted(events))


def populate(protocol: Protocol, patients: Iterable[int], days: int, seed: int) -> Census:
    """Lives every patient of `patients` for `days` days from STARTS. The same seed gives the same trace."""
    trace, lived, sent, dropped = hashlib.sha256(), 0, 0, 0
    broken: list[str] = []
    until = datetime.combine(STARTS + timedelta(days=days), time(0), ZoneInfo("UTC"))
    for number in patients:
        life = born(protocol, number, seed)
        life.live(until)
        for at, touch in life.sent:
            trace.update(f"{number} {at.isoformat()} {touch.key} {touch.line}\n".encode())
        for key, why in sorted(life.ends.items()):
            trace.update(f"{number} {key} {why}\n".encode())
        lived += 1
        sent += len(life.sent)
        dropped += len(life.ends) - len(life.sent)
        broken += life.broken
    return Census(lived, days, sent, dropped, tuple(broken), trace.hexdigest())
