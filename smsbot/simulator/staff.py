"""What the clinic's people do in a play: mark sessions, move them, add them, put a patient's zone right."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from smsbot import sessions
from smsbot.desk import Desk
from smsbot.localtime import instant
from smsbot.models import Patient, TreatmentSession
from smsbot.sessions import Booking
from smsbot.simulator.story import Story, wall


@dataclass
class Staff:
    """Acts for one patient; a story counts their sessions in the order they were first booked."""

    story: Story
    patient_id: uuid.UUID
    firsts: dict[uuid.UUID, datetime] = field(default_factory=dict)

    def act(self, desk: Desk, what: str) -> None:
        """Do one thing; KeyError for a word that nobody at a clinic knows."""
        word, _, rest = what.partition(" ")
        CLINIC[word](self, desk, rest)

    def session(self, desk: Desk, number: str) -> uuid.UUID:
        """The session the story counts as `number`."""
        wanted = select(TreatmentSession).where(col(TreatmentSession.patient_id) == self.patient_id)
        booked = desk.db.exec(wanted.order_by(col(TreatmentSession.created_at), col(TreatmentSession.starts_at))).all()
        order = sorted(booked, key=lambda row: (row.created_at, self.firsts.setdefault(row.id, row.starts_at)))
        return order[int(number) - 1].id

    def instant(self, text: str) -> datetime:
        """The instant of a wall time of the story's."""
        at = wall(text)
        return instant(at.date(), at.time(), ZoneInfo(self.story.zone))


def _done(staff: Staff, desk: Desk, rest: str) -> None:
    sessions.done(desk, staff.session(desk, rest))


def _arrived(staff: Staff, desk: Desk, rest: str) -> None:
    sessions.arrived(desk, staff.session(desk, rest))


def _no_show(staff: Staff, desk: Desk, rest: str) -> None:
    sessions.no_show(desk, staff.session(desk, rest))


def _cancel(staff: Staff, desk: Desk, rest: str) -> None:
    number, _, by = rest.partition(" by ")
    sessions.cancel(desk, staff.session(desk, number), by or "clinic")


def _move(staff: Staff, desk: Desk, rest: str) -> None:
    number, _, to = rest.partition(" to ")
    sessions.move(desk, staff.session(desk, number), staff.instant(to))


def _add(staff: Staff, desk: Desk, rest: str) -> None:
    sessions.add(desk, staff.patient_id, Booking(staff.instant(rest), staff.story.minutes))


def _zone(staff: Staff, desk: Desk, rest: str) -> None:
    patient = desk.db.get_one(Patient, staff.patient_id)
    patient.time_zone = ZoneInfo(rest).key
    desk.replan(patient)


CLINIC: dict[str, Callable[[Staff, Desk, str], None]] = {
    "done": _done,
    "arrived": _arrived,
    "no-show": _no_show,
    "cancel": _cancel,
    "move": _move,
    "add": _add,
    "zone": _zone,
}
