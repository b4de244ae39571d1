"""What the planner knows: a patient, their sessions, what has gone out, and what came of it. Times are aware UTC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from smsbot.rules import Span

Pace = Literal["full", "light", "key"]
GONE = frozenset({"sent", "answered", "unanswered"})
FINAL = GONE | {"canceled"}
OVER = frozenset({"stopped", "ended", "dormant"})


@dataclass(frozen=True, slots=True)
class Session:
    """A treatment session. `booked_at` is when we learned of it, `changed_at` of its present time.

    `told_start` is the start the patient was last told, `series` the run of sessions it belongs to ("" is any).
    """

    id: UUID
    starts_at: datetime
    minutes: int
    booked_at: datetime
    status: str = "booked"
    version: int = 1
    changed_at: datetime | None = None
    arrived_at: datetime | None = None
    ended_at: datetime | None = None
    told_start: datetime | None = None
    canceled_why: str | None = None
    series: str = ""


@dataclass(frozen=True, slots=True)
class Past:
    """A touch that has had its moment: sent, or given up when it came due, with the codes it was answered by.

    `delivered` is False only when the carrier said so; `closed_at` is when an unanswered question was given up.
    """

    key: str
    rule: str
    flow: str | None
    state: str
    due_at: datetime
    priority: int = 4
    kind: str = "ask"
    counts: bool = True
    session_id: UUID | None = None
    sent_at: datetime | None = None
    answered_at: datetime | None = None
    closed_at: datetime | None = None
    delivered: bool | None = None
    codes: frozenset[str] = frozenset()

    @property
    def gone(self) -> bool:
        """Whether it went out."""
        return self.state in GONE


@dataclass(frozen=True, slots=True)
class Mark:
    """Something a flow left behind for rules to hang on, such as plan_made."""

    id: str
    name: str
    at: datetime
    session_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Patient:
    """The patient's side of it. `joined_at` is their YES; `window` their own hours, else the clinic's hold.

    `chosen_pace` None means nobody chose: light until the first landing is answered (CONTENT 11.19).
    `logistics_while_held` is the tick that lets day-before and morning texts through a pause or a freeze.
    """

    zone: ZoneInfo
    status: str = "active"
    invited_at: datetime | None = None
    joined_at: datetime | None = None
    preferred: time = time(16)
    chosen_pace: Pace | None = None
    window: Span | None = None
    session_days_only: bool = False
    paused_until: datetime | None = None
    hold_asks_until: datetime | None = None
    upbeat_hold_until: datetime | None = None
    last_inbound_at: datetime | None = None
    logistics_while_held: bool = False
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Clinic:
    """The clinic's side: its usual hours for texts, the weekdays it is open (Monday is 0) and its holidays."""

    window: Span | None = None
    open_days: frozenset[int] = frozenset(range(5))
    holidays: frozenset[date] = frozenset()

    def open_on(self, day: date) -> bool:
        """Whether the clinic is open on a day."""
        return day.weekday() in self.open_days and day not in self.holidays


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts about one patient that timing depends on.

    `past` holds touches that went out or were settled when they came due; `open_since` is when the patient last wrote
    in a conversation that is still open; `series` prefixes keys that belong to no session. `series_ended`: staff said
    so; `series_over`: its last session has been, and nothing is booked.
    """

    patient: Patient
    sessions: tuple[Session, ...] = ()
    past: tuple[Past, ...] = ()
    marks: tuple[Mark, ...] = ()
    clinic: Clinic = Clinic()
    open_since: datetime | None = None
    series: str = "series"
    series_ended: bool = False
    series_over: bool = False


@dataclass(frozen=True, slots=True)
class PlannedTouch:
    """One planned contact, or one that the plan gave up (`state` dropped); `why` says either in one sentence.

    `send_by` and `answer_until` are the two deadlines of RULINGS 19. `inside` is the key of the touch in whose
    conversation it is asked, after one of the ends in `after`. `second` is a later chance (due, send by, line).
    `late_from` is when `late_line` takes over. `item` numbers a course of lessons. `task` is staff work.
    """

    key: str
    rule: str
    flow: str | None
    kind: str
    priority: int
    due_at: datetime
    send_by: datetime
    answer_until: datetime | None
    state: Literal["planned", "dropped"]
    why: str
    line: str | None = None
    session_id: UUID | None = None
    session_number: int | None = None
    session_version: int | None = None
    anchor_id: str | None = None
    counts: bool = True
    waits: bool = False
    inside: str | None = None
    after: tuple[str, ...] = ()
    second: tuple[datetime, datetime, str | None] | None = None
    late_from: datetime | None = None
    late_line: str | None = None
    item: int | None = None
    task: str | None = None
