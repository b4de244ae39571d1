"""What a change would do, before it is done: what moves, what is dropped, what is new, what was already sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from smsbot.localtime import said
from smsbot.planner.facts import Past, PlannedTouch

Change = Literal["moves", "dropped", "new", "sent", "answered"]


@dataclass(frozen=True, slots=True)
class Move:
    """One touch in a move preview; `before` and `after` are due times, None where there is none."""

    key: str
    rule: str
    change: Change
    before: datetime | None
    after: datetime | None
    why: str


def move_preview(
    before: Iterable[PlannedTouch], after: Iterable[PlannedTouch], sent: Iterable[Past], zone: ZoneInfo
) -> tuple[Move, ...]:
    """Compares two plans of one patient. What stays as it is, is left out; what went out is never asked again."""
    old = {touch.key: touch for touch in before}
    new = {touch.key: touch for touch in after}
    gone = {past.key: past for past in sent if past.gone}
    moves = [_gone(past, zone) for past in gone.values()]
    for key in dict.fromkeys([*old, *new]):
        found = _compared(old.get(key), new.get(key), zone)
        if found and key not in gone:
            moves.append(found)
    return tuple(sorted(moves, key=_first))


def _first(move: Move) -> tuple[bool, datetime | None, str]:
    at = move.before or move.after
    return at is None, at, move.key


def _gone(past: Past, zone: ZoneInfo) -> Move:
    at = past.sent_at or past.due_at
    answered = past.state == "answered"
    words = "Answered, and the answer is kept" if answered else "Already sent, and not sent again"
    return Move(past.key, past.rule, "answered" if answered else "sent", at, None, f"{words} ({said(at, zone)}).")


def _compared(old: PlannedTouch | None, new: PlannedTouch | None, zone: ZoneInfo) -> Move | None:
    was = old if old and old.state == "planned" else None
    is_now = new if new and new.state == "planned" else None
    if was and is_now:
        if was.due_at == is_now.due_at:
            return None
        why = f"Moves from {said(was.due_at, zone)} to {said(is_now.due_at, zone)}."
        return Move(was.key, was.rule, "moves", was.due_at, is_now.due_at, why)
    if was:
        return Move(
            was.key, was.rule, "dropped", was.due_at, None, new.why if new else "Dropped: no longer called for."
        )
    if is_now:
        return Move(is_now.key, is_now.rule, "new", None, is_now.due_at, is_now.why)
    return None
