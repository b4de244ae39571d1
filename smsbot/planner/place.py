"""Finds each draft its time: inside the window, outside the silence, within the budget, the more important first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from smsbot.localtime import said, said_clock
from smsbot.planner.budget import Budget, Refusal
from smsbot.planner.context import Context
from smsbot.planner.expand import Draft, is_eve, last_moment, second_chance

PASSED = "its time had passed"
FINISHED = "the course is finished"
NO_DAY = "no day was left for it"


def place(ctx: Context, made: dict[str, Draft]) -> None:
    """Sets `due` of every draft, or `dropped` with the reason. Order: never-dropped, then class, then the file's."""
    budget = Budget(ctx)
    courses: dict[str, int] = {}
    for draft in sorted(made.values(), key=lambda one: _rank(ctx, one)):
        if draft.dropped or draft.rule.kind == "task":
            continue
        if draft.inside and not (draft.rule.inside and draft.rule.inside.alone):
            continue
        _place(ctx, budget, draft, courses)
    for draft in made.values():
        if draft.inside and not draft.dropped:
            _follow(ctx, draft, made)


def _rank(ctx: Context, draft: Draft) -> tuple[bool, bool, int, float, datetime, str]:
    rule = draft.rule
    before = ctx.protocol.by_name[rule.keep_before] if rule.keep_before else None
    priority, order = (before.priority, before.order - 0.5) if before else (rule.priority, float(rule.order))
    slow = ctx.pace != "full" and not rule.key and before is None
    return not rule.never_dropped, slow, priority, order, draft.due, draft.key


def _place(ctx: Context, budget: Budget, draft: Draft, courses: dict[str, int]) -> None:
    rule = draft.rule
    if not _welcome(ctx, draft) or not _course(ctx, draft, courses):
        return
    if draft.on_second:
        budget.take(draft.due, rule.priority > 2, rule.flow or "")
        return
    first: Refusal | None = None
    tries = ((rest, at) for rest in rule.after_session or (0,) for at in _candidates(ctx, draft))
    for rest, at in tries:
        draft.moved = None
        found = _fit(ctx, budget, draft, at, timedelta(minutes=rest))
        if isinstance(found, Refusal):
            first = first or (Refusal(PASSED) if at == draft.known else found)
            continue
        _take(ctx, budget, draft, found, first, courses)
        return
    if draft.second and second_chance(ctx, draft):
        budget.take(draft.due, rule.priority > 2, rule.flow or "")
        return
    late = draft.known is not None and draft.due < draft.known
    draft.dropped = first.why if first else PASSED if late else NO_DAY


def _take(
    ctx: Context, budget: Budget, draft: Draft, at: datetime, first: Refusal | None, courses: dict[str, int]
) -> None:
    rule = draft.rule
    if at != draft.due:
        draft.moved = first.why if first else draft.moved or _push(ctx, draft, at)
    draft.due = at
    if (draft.second[1] if draft.second else last_moment(ctx, draft, at)) < ctx.now:
        return  # it never went and no longer can: it takes nobody's room, and no lesson's number
    if rule.counts:
        budget.take(at, rule.priority > 2, rule.flow or "")
    if rule.sequence:
        taken = courses[rule.flow or ""]
        courses[rule.flow or ""] = taken + 1
        draft.item = taken % rule.sequence + 1
        draft.line = rule.turns[draft.item - 1] if len(rule.turns) == rule.sequence else rule.line


def _push(ctx: Context, draft: Draft, at: datetime) -> str:
    """What moved a draft that nothing refused: its own hours or days."""
    rule = draft.rule
    if rule.eve and is_eve(ctx, ctx.day(at)):
        return "it goes earlier on the day before a session"
    if draft.known and draft.due < draft.known:
        return "its first time had passed already"
    if rule.open_days and ctx.day(at) != ctx.day(draft.due):
        return "the first open day that is followed by another"
    if ctx.day(at) != ctx.day(draft.due):
        return "the first day that is allowed"
    first, last = ctx.window(rule)
    return f"it goes between {said_clock(first)} and {said_clock(last)}"


def _welcome(ctx: Context, draft: Draft) -> bool:
    """The patient's own limits: key touches only, session days only, nothing more to invite to."""
    rule, patient = draft.rule, ctx.facts.patient
    if rule.before_consent:
        draft.dropped = "the patient has already agreed" if patient.joined_at else None
    elif ctx.pace == "key" and not rule.key and not rule.logistics:
        draft.dropped = "only the key texts are sent at this pace"
    elif patient.session_days_only and not rule.logistics and ctx.day(draft.due) not in ctx.session_days:
        draft.dropped = "the patient asked for texts on session days only"
    return draft.dropped is None


def _course(ctx: Context, draft: Draft, courses: dict[str, int]) -> bool:
    """Counts a course of lessons by what went out; after the last one there is nothing to send."""
    rule = draft.rule
    if not rule.sequence:
        return True
    flow = rule.flow or ""
    if flow not in courses:
        courses[flow] = sum(one.flow == flow and one.gone for one in ctx.facts.past)
    if courses[flow] >= rule.sequence and not rule.repeats:
        draft.dropped = FINISHED
    return draft.dropped is None


def _candidates(ctx: Context, draft: Draft) -> Iterator[datetime]:
    """The instants to try: its own, the other times of that day, the following days, then 'at once' if late."""
    rule, due = draft.rule, draft.due
    wall = rule.due.preferred or rule.due.clock is not None
    floor = draft.known
    for step in range(rule.slides + 1):
        day = ctx.day(due) + timedelta(days=step)
        if not _day_allowed(ctx, draft, day):
            continue
        for at in _times(ctx, draft, day) if wall or step else (due,):
            if floor is None or at >= floor:
                yield at
    if floor and due < floor and not rule.every and _day_allowed(ctx, draft, ctx.day(floor)):
        yield floor


def _times(ctx: Context, draft: Draft, day: date) -> list[datetime]:
    rule = draft.rule
    if rule.eve and is_eve(ctx, day):
        return [ctx.at(day, rule.eve)]
    clock = ctx.facts.patient.preferred if rule.due.preferred else rule.due.clock
    return [ctx.at(day, one) for one in dict.fromkeys((clock, *rule.alternatives)) if one is not None]


def _day_allowed(ctx: Context, draft: Draft, day: date) -> bool:
    rule = draft.rule
    if rule.open_days and not (ctx.facts.clinic.open_on(day) and ctx.facts.clinic.open_on(day + timedelta(days=1))):
        return False
    if "session days" in rule.not_on and day in ctx.session_days:
        return False
    return not ("days before a session" in rule.not_on and is_eve(ctx, day))


def _fit(ctx: Context, budget: Budget, draft: Draft, at: datetime, rest: timedelta) -> datetime | Refusal:
    """The instant itself, or the nearest later one that window, silence, rest and gap allow; else why not."""
    at = _wished(ctx, draft, at)
    if draft.known and at < draft.known:
        return Refusal(PASSED)
    for _ in range(4):
        moved = _allowed(ctx, draft, at, rest)
        if isinstance(moved, Refusal):
            return moved
        refusal = budget.refusal(draft.rule, moved)
        if refusal is None:
            return moved
        if refusal.free_at is None or ctx.day(refusal.free_at) != ctx.day(moved) or draft.rule.alternatives:
            return refusal
        at, draft.moved = refusal.free_at, refusal.why
    return Refusal("no room was found that day")


def _wished(ctx: Context, draft: Draft, at: datetime) -> datetime:
    """A wished time of day that lies after the window takes its closing; a counted hour stays what it is."""
    hours = ctx.hours(draft.rule, ctx.day(at))
    wished = draft.rule.due.preferred or draft.rule.due.clock
    return min(at, hours[1]) if hours and wished and at != draft.known else at


def _allowed(ctx: Context, draft: Draft, at: datetime, rest: timedelta) -> datetime | Refusal:
    """Moves later only, so it ends: to the opening, past the rest after a session, past the silence around one."""
    rule = draft.rule
    for _ in range(6):
        moved = _in_window(ctx, draft, at)
        if isinstance(moved, Refusal):
            return moved
        moved = _rested(ctx, draft, moved, rest)
        quiet = ctx.quiet_block(moved)
        if quiet and not (rule.in_quiet and moved <= quiet.start):
            moved, draft.moved = ctx.quiet_until(quiet), f"the quiet time around session {quiet.number}"
        if moved == at:
            return at if at <= last_moment(ctx, draft, at) else Refusal(PASSED)
        if ctx.day(moved) != ctx.day(at) and (rule.every or rest):
            return Refusal("it would be too soon after a session")
        at = moved
    return Refusal("no hour was allowed")


def _in_window(ctx: Context, draft: Draft, at: datetime) -> datetime | Refusal:
    """Before the window its opening; after it the next day's, if the touch has that long."""
    day = ctx.day(at)
    hours = ctx.hours(draft.rule, day)
    if hours is None:
        return Refusal("the patient's hours leave no room for it")
    if at < hours[0]:
        return hours[0]
    if at <= hours[1]:
        return at
    tomorrow = ctx.hours(draft.rule, day + timedelta(days=1))
    if tomorrow and draft.send_by and tomorrow[0] <= draft.send_by:
        return tomorrow[0]
    return Refusal(f"it would come after {said(hours[1], ctx.facts.patient.zone, at)}")


def _rested(ctx: Context, draft: Draft, at: datetime, rest: timedelta) -> datetime:
    """Questionnaires keep their distance from the session before them (CONTENT 11.9)."""
    ends = [one.end + rest for one in ctx.blocks if one.start <= at] if rest else []
    if ends and max(ends) > at:
        draft.moved = f"{rest // timedelta(hours=1)} hours are kept after a session"
        return max(ends)
    return at


def _follow(ctx: Context, draft: Draft, made: dict[str, Draft]) -> None:
    """A touch asked in another one's conversation comes and goes with it."""
    host = made.get(draft.inside or "")
    gone = ctx.past.get(draft.inside or "")
    alone = draft.rule.inside is not None and draft.rule.inside.alone
    if host and not host.dropped:
        draft.due, draft.send_by = (draft.due, draft.send_by) if alone else (host.due, last_moment(ctx, host, host.due))
    elif gone and gone.gone:
        draft.due = draft.due if alone else gone.sent_at or gone.due_at
    elif not alone:
        draft.dropped = (
            f"{ctx.protocol.by_name[draft.rule.inside.touch].called} does not go" if draft.rule.inside else None
        )
