"""Says in one sentence why a touch comes when it comes, or does not come, in the patient's zone (DESIGN 8)."""

from __future__ import annotations

from datetime import datetime, timedelta

from smsbot.localtime import city, local_clock, local_day, said, said_clock
from smsbot.planner.blocks import Block
from smsbot.planner.context import Context
from smsbot.planner.expand import Draft
from smsbot.planner.facts import Mark
from smsbot.timing import When

A_LITTLE = 15
COUNTS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
ANCHOR_WORDS = {
    "start": "session {number}",
    "end": "the end of session {number}",
    "planned_end": "the planned end of session {number}",
    "arrived": "arriving for session {number}",
    "enrollment": "joining",
    "invitation": "the invitation",
    "first_start": "the first session",
    "first_end": "the end of the first session",
    "last_start": "the last session",
    "last_end": "the last session",
}
MARK_WORDS = {
    "plan_made": "a plan was made",
    "second_silence": "the second question without a reply",
    "long_silence": "the silence began to be long",
    "last_silence": "the silence grew to three weeks",
    "pause_end": "the end of the pause",
    "moved": "the session was moved",
    "canceled": "the session was called off",
    "medical": "the session was called off",
    "missed": "the session was missed",
    "low_day": "a low day",
}
NOUNS = frozenset({"second_silence", "pause_end", "low_day"})


def session_words(block: Block | None) -> str:
    """How sentences name a block."""
    return f"session {block.number}" if block else "the session"


def offset_words(when: When, block: Block | None, mark: Mark | None) -> str:
    """The offset as people say it: 'two days before session 1', 'the day after session 2'."""
    anchor = ANCHOR_WORDS.get(when.anchor, "").format(number=block.number if block else "")
    if when.anchor == "mark" and mark:
        anchor = MARK_WORDS.get(mark.name, mark.name.replace("_", " "))
    if not when.days and not when.minutes:
        if mark and when.anchor == "mark" and mark.name not in NOUNS:
            return f"when {anchor}"
        return f"on the day of {anchor}" if when.clock or when.preferred else f"at {anchor}"
    side = "before" if when.days < 0 or when.minutes < 0 else "after"
    return f"{_amount(when)} {side} {anchor}"


def _amount(when: When) -> str:
    days, minutes = abs(when.days), abs(when.minutes)
    if days == 1:
        return "the day"
    if days % 7 == 0 and days > 7:
        return f"{_count(days // 7)} weeks"
    if days:
        return f"{_count(days)} days"
    return _units(minutes // 60, "hour") if minutes % 60 == 0 else _units(minutes, "minute")


def _units(number: int, unit: str) -> str:
    return f"{_count(number)} {unit}{'' if number == 1 else 's'}"


def _count(number: int) -> str:
    return COUNTS[number] if number < len(COUNTS) else str(number)


def reason(ctx: Context, draft: Draft) -> str:
    """Why a touch is planned for its time, and what pushed it from the time its rule names."""
    zone, rule, due = ctx.facts.patient.zone, draft.rule, draft.due
    words = offset_words(rule.due, draft.block, draft.mark)
    if draft.block and draft.block is ctx.closing and draft.block not in ctx.blocks:
        words = f"{words} and {_count(ctx.patience.days // 7)} weeks with none booked"
    if draft.nth:
        words = f"every {'day' if rule.every == 1 else _units(rule.every, 'day')} from {words}"
    place, local = city(zone), local_clock(due, zone)
    if draft.moved and draft.wished and draft.wished != due:
        same = local_day(draft.wished, zone) == local_day(due, zone)
        when = said_clock(local) if same else said(due, zone, draft.wished)
        return _sentence(f"{words}, moved to {when} ({place}): {draft.moved}")
    if rule.due.preferred and local == ctx.facts.patient.preferred:
        return _sentence(f"{words}, at the patient's time ({said_clock(local)} {place})")
    return _sentence(f"{words}, at {said_clock(local)} ({place})")


def dropped(why: str) -> str:
    """The sentence of a touch that is not sent."""
    return _sentence(f"dropped: {why}")


def held(why: str, until: datetime, ctx: Context) -> str:
    """The sentence of a touch that waits."""
    return _sentence(f"held by {why} until {said(until, ctx.facts.patient.zone, ctx.now)}")


def sent_words(late: timedelta) -> str:
    """What a touch's history says when it leaves; a quarter of an hour is not late."""
    minutes = int(late.total_seconds() // 60)
    if minutes < A_LITTLE:
        return "Sent."
    parts = [_units(minutes // 60, "hour")] if minutes >= 60 else []
    parts += [_units(minutes % 60, "minute")] if minutes % 60 else []
    return f"Sent, {' and '.join(parts)} late."


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:] + "."
