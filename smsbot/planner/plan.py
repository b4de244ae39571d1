"""The plan: every touch of a patient with its time, its deadlines and its reason, a pure function of the facts."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from smsbot.planner.budget import ENOUGH
from smsbot.planner.context import Context
from smsbot.planner.expand import Draft, answer_until, drafts, last_moment
from smsbot.planner.facts import OVER, Facts, PlannedTouch
from smsbot.planner.place import FINISHED, NO_DAY, PASSED, place
from smsbot.planner.why import dropped, reason
from smsbot.rules import Protocol

UNSAID = frozenset({PASSED, FINISHED, ENOUGH, NO_DAY})  # rounds that were never meant to go leave no trace


def plan(protocol: Protocol, facts: Facts, now: datetime) -> tuple[PlannedTouch, ...]:
    """All touches that have not had their moment yet, in order of time; given-up ones carry the reason.

    1. every rule becomes drafts, one per session, mark or round (expand);
    2. each draft finds its time or is dropped by a named cap, window or silence (place);
    3. each becomes a touch with a stable key, two deadlines and a sentence.
    The same facts give the same plan; `now` only decides what can no longer be sent.
    """
    ctx = Context(protocol, facts, now)
    made = drafts(ctx)
    place(ctx, made)
    touches = [touch for draft in made.values() if (touch := _touch(ctx, draft))]
    return tuple(sorted(touches, key=lambda one: (one.due_at, one.priority, one.key)))


def _touch(ctx: Context, draft: Draft) -> PlannedTouch | None:
    rule, due = draft.rule, draft.due
    if rule.every and draft.dropped in UNSAID:
        return None
    send_by = last_moment(ctx, draft, due)
    final = draft.second[1] if draft.second else send_by
    if final < ctx.now and draft.dropped is None:
        if rule.every:
            return None
        draft.dropped = PASSED
    if ctx.facts.patient.status in OVER:
        draft.dropped = f"the patient is {ctx.facts.patient.status}"
    state: Literal["planned", "dropped"] = "dropped" if draft.dropped else "planned"
    block = draft.block
    tied = block is not None and rule.which.kind not in ("series", "finish")
    return PlannedTouch(
        key=draft.key,
        rule=rule.name,
        flow=rule.flow,
        kind=rule.kind,
        priority=rule.priority,
        due_at=due,
        send_by=send_by,
        answer_until=answer_until(ctx, draft, due),
        state=state,
        why=_why(ctx, draft),
        line=draft.line,
        session_id=block.id if block and tied else None,
        session_number=block.number if block and tied else None,
        session_version=block.version if block and tied else None,
        anchor_id=draft.mark.id if draft.mark else None,
        counts=rule.counts and rule.kind != "task" and not _inside_only(draft),
        waits=rule.waits,
        inside=draft.inside,
        after=rule.inside.after if rule.inside else (),
        second=draft.second,
        late_from=ctx.moment(rule.late.since, block, draft.mark) if rule.late and rule.late.line else None,
        late_line=rule.late.line if rule.late else None,
        item=draft.item,
        task=_task(ctx, draft),
    )


def _inside_only(draft: Draft) -> bool:
    return draft.rule.inside is not None and not draft.rule.inside.alone


def _task(ctx: Context, draft: Draft) -> str | None:
    """Staff work: the rule's own, or what a dropped touch leaves for staff; nothing for a session that has begun."""
    rule = draft.rule
    if not draft.dropped:
        return rule.task
    if ctx.facts.patient.status in OVER or (draft.block is not None and draft.block.start <= ctx.now):
        return None
    return rule.if_dropped or (rule.late.task if rule.late and draft.dropped == PASSED else None)


def _why(ctx: Context, draft: Draft) -> str:
    if draft.dropped:
        return dropped(draft.dropped)
    if _inside_only(draft) and draft.rule.inside:
        host = ctx.protocol.by_name[draft.rule.inside.touch].called
        return f"Asked in the conversation of {host}, after its answer."
    return reason(ctx, draft)
