"""Turns rules into drafts: one for each session, mark or round a rule is for, its case chosen and its bounds set."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from smsbot.localtime import DAY, shift
from smsbot.planner.blocks import Block
from smsbot.planner.context import Context
from smsbot.planner.facts import Mark, Session
from smsbot.rules import Case, Rule
from smsbot.timing import Condition, When

FOREVER = 9999
NEEDLESS = "there is nothing for staff to do"


@dataclass(slots=True)
class Draft:
    """A touch in the making. `due` is what the rule wishes; placing may move it (`moved` says why) or drop it."""

    rule: Rule
    key: str
    block: Block | None
    mark: Mark | None
    due: datetime
    known: datetime | None
    nth: int = 0
    dropped: str | None = None
    moved: str | None = None
    line: str | None = None
    send_by: datetime | None = None
    second: tuple[datetime, datetime, str | None] | None = None
    inside: str | None = None
    item: int | None = None
    wished: datetime | None = None
    on_second: bool = False


def drafts(ctx: Context) -> dict[str, Draft]:
    """Every touch the rules call for that has not had its moment yet, by key, in the order of the file."""
    made: dict[str, Draft] = {}
    days: dict[str, date] = {}
    for rule in ctx.protocol.rules:
        for draft in _of_rule(ctx, rule, days):
            if draft.key in ctx.past or draft.key in made:
                continue
            _yield(ctx, draft, made)
            made[draft.key] = draft
            if draft.block and not draft.dropped:
                days[ctx.key(rule.name, draft.block)] = ctx.day(draft.due)
    return made


def _of_rule(ctx: Context, rule: Rule, days: dict[str, date]) -> Iterator[Draft]:
    for block, mark, name in _instances(ctx, rule):
        chosen, why = case_of(ctx, rule, block, days)
        if mark and rule.which.kind == "mark" and _outdated(ctx, mark):
            why = "a newer one took its place"
        for nth, due in _rounds(ctx, chosen, block, mark):
            turn = _round_name(ctx, chosen, nth, due)
            draft = Draft(chosen, f"{name}:{rule.name}{turn}", block, mark, due, ctx.known(block), nth, why)
            draft.line, draft.wished = _line(chosen, block), due
            draft.inside = f"{name}:{chosen.inside.touch}{turn}" if chosen.inside else None
            _settle(ctx, draft, days)
            yield draft


def _line(rule: Rule, block: Block | None) -> str | None:
    """The line to begin with; those that take turns do so by session."""
    return rule.turns[(block.number - 1) % len(rule.turns)] if rule.turns and block else rule.line


def _instances(ctx: Context, rule: Rule) -> Iterator[tuple[Block | None, Mark | None, str]]:
    """What a rule is for: (block, mark, first part of the key)."""
    which, series = rule.which, ctx.facts.series
    if which.kind == "mark":
        yield from _marks(ctx, which.mark)
    elif which.kind in NEWS:
        yield from _news(ctx, which.kind)
    elif which.kind in ("invitation", "enrollment"):
        yield None, None, "enrollment"
    elif which.kind == "series" and ctx.blocks:
        yield ctx.blocks[0], None, series
    elif which.kind == "finish" and ctx.closing:
        yield ctx.closing, None, series
    else:
        yield from ((block, None, block.name) for block in ctx.blocks if _is_for(ctx, rule, block))


def _marks(ctx: Context, name: str) -> Iterator[tuple[Block | None, Mark | None, str]]:
    for mark in ctx.marks:
        if mark.name == name:
            yield ctx.block_of(mark.session_id), mark, mark.id


def _outdated(ctx: Context, mark: Mark) -> bool:
    """Whether a newer mark of the same name took this one's place."""
    return any(one.name == mark.name and (one.at, one.id) > (mark.at, mark.id) for one in ctx.marks)


def _news(ctx: Context, kind: str) -> Iterator[tuple[Block | None, Mark | None, str]]:
    """Sessions that are no longer what the patient was told: moved, called off, or missed."""
    for one in ctx.facts.sessions:
        if one.told_start is None or not NEWS[kind](one, ctx.now):
            continue
        if kind == "moved":
            mark = Mark(f"{one.id}:{one.version}", kind, one.changed_at or one.booked_at, one.id)
        else:
            mark = Mark(str(one.id), kind, max(one.changed_at or one.booked_at, ctx.now), one.id)
        yield ctx.block_of(one.id), mark, mark.id


def _moved(one: Session, now: datetime) -> bool:
    return one.status == "booked" and one.told_start != one.starts_at


def _called_off(one: Session, now: datetime) -> bool:
    return one.status == "canceled" and one.canceled_why != "medical" and one.starts_at > now


def _called_off_medically(one: Session, now: datetime) -> bool:
    return one.status == "canceled" and one.canceled_why == "medical" and one.starts_at > now


def _missed(one: Session, now: datetime) -> bool:
    return one.status == "no_show" and one.starts_at <= now < one.starts_at + timedelta(days=1)


NEWS: dict[str, Callable[[Session, datetime], bool]] = {
    "moved": _moved,
    "canceled": _called_off,
    "medical": _called_off_medically,
    "missed": _missed,
}


def _is_for(ctx: Context, rule: Rule, block: Block) -> bool:
    which = rule.which
    if which.to_week < FOREVER or which.from_week:
        week = _week(ctx, block)
        if not which.from_week <= week <= which.to_week:
            return False
    if which.kind in ("opening", "second"):
        in_week = [one for one in ctx.blocks if _week(ctx, one) == _week(ctx, block)]
        return block is in_week[min(len(in_week) - 1, 1 if which.kind == "second" else 0)]
    if which.kind == "first":
        return block.number == 1 and not _asked_before(ctx, rule)
    if which.kind == "last":
        return ctx.closing is not None and block is ctx.blocks[-1]
    return which.kind == "each" or (block.number > 1 if which.kind == "later" else block.number == which.number)


def _week(ctx: Context, block: Block) -> int:
    """The week of the series a block falls in, from 1."""
    return (block.day - ctx.blocks[0].day).days // 7 + 1


def _asked_before(ctx: Context, rule: Rule) -> bool:
    """Whether it was sent for a first session that was canceled since: what was asked then carries over."""
    return any(one.rule == rule.name and one.gone and not ctx.block_of(one.session_id) for one in ctx.facts.past)


def case_of(ctx: Context, rule: Rule, block: Block | None, days: dict[str, date]) -> tuple[Rule, str | None]:
    """The rule as its first fitting case reads it, and the reason when that case drops it."""
    found: Case | None = next(
        (case for case in rule.cases if all(ctx.holds(one, block, days) is True for one in case.when)), None
    )
    if found is None:
        return rule, None
    words = {"number": str(block.number), "next": str(block.number + 1)} if block else {}
    drop = found.drop
    for name, value in words.items():
        drop = drop.replace("{" + name + "}", value) if drop else drop
    return found.rule, drop


def _rounds(ctx: Context, rule: Rule, block: Block | None, mark: Mark | None) -> Iterator[tuple[int, datetime]]:
    first = ctx.moment(rule.due, block, mark)
    if first is None:
        return
    if not rule.every:
        yield 0, first
        return
    last = ctx.moment(rule.to, block, mark) if rule.to else None
    clock = ctx.facts.patient.preferred if rule.due.preferred else rule.due.clock
    if last is None or clock is None:
        return
    day, final = ctx.day(first), ctx.day(last)
    for nth in range((final - day).days // rule.every + 1):
        yield nth, ctx.at(day + timedelta(days=nth * rule.every), clock)


def _round_name(ctx: Context, rule: Rule, nth: int, due: datetime) -> str:
    """Daily rounds are named by their date (a missed day is skipped, never stacked), others by their number."""
    if not rule.every:
        return ""
    return f":{ctx.day(due).isoformat()}" if rule.every == 1 else f":{nth + 1}"


def _settle(ctx: Context, draft: Draft, days: dict[str, date]) -> None:
    """Sets what does not depend on other touches: conditions, second chance, and the end of its time."""
    rule, block = draft.rule, draft.block
    if rule.only_if and draft.dropped is None:
        day = ctx.day(draft.due)
        failed = next((one for one in rule.only_if if ctx.holds(one, block, days, day) is False), None)
        draft.dropped = unmet(rule, failed) if failed else None
    if rule.again:
        due, last = ctx.moment(rule.again.due, block, None), ctx.moment(rule.again.send_by, block, None)
        draft.second = (due, last, rule.again.line) if due and last else None
    if isinstance(rule.send_by, When) and rule.send_by.anchor != "due":
        draft.send_by = ctx.moment(rule.send_by, block, draft.mark)
    if rule.late and rule.late.drop:
        since = ctx.moment(rule.late.since, block, draft.mark)
        draft.send_by = min(one for one in (draft.send_by, since) if one) if since else draft.send_by
    if draft.second and not _first_chance(ctx, draft):
        second_chance(ctx, draft)


def unmet(rule: Rule, failed: Condition) -> str:
    """Why a rule whose condition does not hold does nothing."""
    return NEEDLESS if rule.kind == "task" else f"it is sent only if {failed.text.replace('_', ' ')}"


def _first_chance(ctx: Context, draft: Draft) -> bool:
    """Whether the first span of a touch with two leaves any room."""
    hours = ctx.hours(draft.rule, ctx.day(draft.due))
    return hours is not None and max(draft.due, hours[0]) <= min(hours[1], draft.send_by or hours[1])


def second_chance(ctx: Context, draft: Draft) -> bool:
    """Takes the second span, when there is one and the patient's hours allow it."""
    if draft.second is None:
        return False
    due, last, line = draft.second
    hours = ctx.hours_of_patient(ctx.day(due))
    due = max(due, hours[0], draft.known or due)
    if due > min(last, hours[1]) or ctx.quiet_block(due):
        return False
    draft.due, draft.send_by, draft.second, draft.line = due, last, None, line
    draft.moved, draft.on_second = "there was no room that evening", True
    return True


def last_moment(ctx: Context, draft: Draft, due: datetime) -> datetime:
    """`send by`: what the rule says, else the end of the window on the day it is due (RULINGS 19)."""
    rule = draft.rule
    if draft.send_by:
        return draft.send_by
    if isinstance(rule.send_by, When):
        return shift(due, rule.send_by.days, rule.send_by.minutes, rule.send_by.clock, ctx.facts.patient.zone)
    clock = rule.send_by if isinstance(rule.send_by, time) else ctx.window(rule)[1]
    return ctx.at(ctx.day(due), clock)


def answer_until(ctx: Context, draft: Draft, due: datetime) -> datetime | None:
    """How long an answer counts for this touch."""
    when = draft.rule.answer_until
    if when is None:
        return None
    if when.anchor == "due":
        return shift(due, when.days, when.minutes, when.clock, ctx.facts.patient.zone)
    return ctx.moment(when, draft.block, draft.mark)


def _yield(ctx: Context, draft: Draft, made: dict[str, Draft]) -> None:
    for other in draft.rule.yields_to:
        taken = made.get(ctx.key(other, draft.block))
        gone = ctx.past.get(ctx.key(other, draft.block))
        if draft.dropped is None and ((taken and not taken.dropped) or (gone and gone.gone)):
            draft.dropped = f"replaced by {ctx.protocol.by_name[other].called}"


def is_eve(ctx: Context, day: date) -> bool:
    """Whether the next day has a session."""
    return day + DAY in ctx.session_days
