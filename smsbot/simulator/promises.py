"""What must hold of a life lived through the database: of each text as it leaves, and of the tables after each step.

Looked up anew in the tables, by nothing that decided it: consent, STOP, freeze and pause, the window, caps and gap,
nothing twice, one state with a sentence for every touch (RELIABILITY 5, CONTENT 5.3).
"""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from smsbot.localtime import local_clock, local_day
from smsbot.models import Message, Patient, Touch, TouchState
from smsbot.rules import Protocol
from smsbot.runtime import Runtime
from smsbot.simulator.stage import Sent

ANSWERING = ("crisis", "stop", "help")
WAITING = (TouchState.PLANNED, TouchState.HELD)
GONE = (TouchState.SENT, TouchState.ANSWERED, TouchState.UNANSWERED)
OVER = ("stopped", "ended")
UNCAPPED = ("landing",)
# A text takes a moment from the planner's look to the carrier.
A_MOMENT = timedelta(minutes=5)


@dataclass(frozen=True)
class Opened:
    """A touch's own text, as it left."""

    at: datetime
    touch_id: uuid.UUID
    rule: str
    priority: int
    counts: bool


@dataclass
class Promises:
    """One patient's. `broken` collects every violation in a sentence; `opened` what left by plan, in order."""

    runtime: Runtime
    protocol: Protocol
    broken: list[str] = field(default_factory=list)
    opened: list[Opened] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)
    was: dict[uuid.UUID, str] = field(default_factory=dict)

    def leaves(self, sent: Sent) -> None:
        """Judge a text as the carrier takes it."""
        with self.runtime.database.read() as db:
            message = db.get_one(Message, uuid.UUID(sent.message))
            patient = db.get_one(Patient, message.patient_id)
            touch = db.get_one(Touch, message.touch_id) if message.touch_id else None
        self.left[sent.message] += 1
        faults = {
            "twice": self.left[sent.message] > 1 and message.purpose != "crisis",
            "after STOP": patient.status in OVER and message.purpose not in ANSWERING,
            "frozen": patient.status == "frozen" and message.priority > 0 and message.purpose not in ANSWERING,
            "paused": patient.status == "paused" and touch is not None and message.priority > 2,
        }
        if touch is not None and message.purpose == "touch" and all(one.touch_id != touch.id for one in self.opened):
            one = Opened(sent.at, touch.id, touch.rule, touch.priority, touch.proactive)
            faults |= self._of_touch(one, patient)
            self.opened.append(one)
        what = touch.rule if touch else message.purpose
        self.broken += [f"{what} left {fault} at {sent.at}" for fault, is_so in faults.items() if is_so]

    def _of_touch(self, one: Opened, patient: Patient) -> dict[str, bool]:
        zone = ZoneInfo(patient.time_zone)
        first, last = self.protocol.window
        if patient.window_start and patient.window_end:
            first, last = time.fromisoformat(patient.window_start), time.fromisoformat(patient.window_end)
        elif one.rule in ("morning", "arrival"):
            first = time(8)
        inside = any(first <= local_clock(at, zone) <= last for at in (one.at, one.at - A_MOMENT))
        return {
            "before consent": patient.joined_at is None and not one.rule.startswith("welcome"),
            "outside the window": not inside,
        } | self._of_budget(one, zone)

    def _of_budget(self, one: Opened, zone: ZoneInfo) -> dict[str, bool]:
        if not one.counts or one.rule in UNCAPPED or one.priority <= 1:
            return {}
        caps, today = self.protocol.caps, local_day(one.at, zone)
        before = [past for past in self.opened if past.counts]
        days = Counter(local_day(past.at, zone) for past in before)
        week = sum(days[today - timedelta(days=back)] for back in range(7))
        gap = timedelta(minutes=caps.gap) - A_MOMENT
        near = any(one.at - past.at < gap for past in before if past.priority > 2)
        return {
            "over the day's cap": days[today] >= caps.day,
            "over the week's cap": week >= caps.week,
            "too close": one.priority > 2 and near,
        }

    def hold(self, now: datetime) -> None:
        """Judge the tables after a step, when nothing is left to do at this instant."""
        columns: tuple[Any, ...] = (Touch.id, Touch.rule, Touch.state, Touch.due_at, Touch.why)
        with self.runtime.database.read() as db:
            rows = db.execute(select(*columns).order_by(col(Touch.id))).all()
        for touch_id, rule, state, due_at, why in rows:
            was = self.was.get(touch_id)
            faults = {
                "has no sentence": not why.endswith("."),
                f"is {state} and due {due_at}": (state in WAITING) != (due_at is not None),
                f"is overdue since {due_at}": due_at is not None and due_at <= now,
                f"went back from {was} to {state}": was in GONE and state not in GONE,
            }
            self.broken += [f"{rule} {fault} at {now}" for fault, is_so in faults.items() if is_so]
            self.was[touch_id] = state
