"""The check at the moment of sending: consent, session, deadline, limits, hours, conversation, budget (DESIGN 5)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from smsbot.localtime import said
from smsbot.planner.blocks import DEAD, Block
from smsbot.planner.budget import Budget
from smsbot.planner.context import Context
from smsbot.planner.expand import case_of, unmet
from smsbot.planner.facts import OVER, Facts, PlannedTouch
from smsbot.planner.plan import plan
from smsbot.planner.why import dropped, held
from smsbot.rules import Protocol, Rule

TALKING = timedelta(minutes=60)  # RULINGS 14
LATE = timedelta(minutes=15)
AFTER_OUTAGE = timedelta(hours=1)
OVER_WORDS = {"stopped": "the patient has stopped texts", "ended": "the texts have ended", "dormant": "we went quiet"}


@dataclass(frozen=True, slots=True)
class Send:
    """It goes now, with this variant of its line (None: the plain one)."""

    variant: str | None = None


@dataclass(frozen=True, slots=True)
class Hold:
    """It waits until an instant and is judged again; `why` is the sentence for the timeline."""

    until: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Drop:
    """It is not sent, for good."""

    why: str


Verdict = Send | Hold | Drop


@dataclass(frozen=True, slots=True)
class _Wait:
    """A check asks to wait; whether there is time for it is decided once."""

    until: datetime
    why: str


@dataclass(frozen=True, slots=True)
class _Case:
    """One touch at its moment."""

    ctx: Context
    touch: PlannedTouch
    rule: Rule
    block: Block | None
    last: datetime
    second: bool

    @property
    def now(self) -> datetime:
        return self.ctx.now


NO_SESSION = frozenset({"mark", "canceled", "medical", "missed"})
Check = Callable[[_Case], _Wait | Drop | None]


def verdict(protocol: Protocol, touch: PlannedTouch, facts: Facts, now: datetime) -> Verdict:
    """Whether a due touch may go: the first check that objects decides, and a wait past its last moment is a drop."""
    ctx = Context(protocol, facts, now)
    rule = protocol.by_name.get(touch.rule)
    if rule is None:
        return Drop(dropped("its rule is no longer in the protocol"))
    block = ctx.block_of(touch.session_id)
    if rule.which.kind == "finish" and ctx.blocks:
        block = ctx.blocks[-1]  # what follows a series waits for its last session to be marked, too
    rule, why = case_of(ctx, rule, block, {})
    last = max(touch.send_by, touch.second[1]) if touch.second else touch.send_by
    # A plan made after the first span had passed has put it into the second one and left none over.
    second = now > touch.send_by if touch.second else rule.again is not None
    case = _Case(ctx, touch, rule, block, last, second)
    if why:
        return Drop(dropped(why))
    for check in TASK_CHECKS if touch.kind == "task" else CHECKS:
        found = check(case)
        if isinstance(found, Drop):
            return Drop(dropped(found.why))
        if found:
            return _waiting(case, found)
    return Send(_line(case))


def _waiting(case: _Case, wait: _Wait) -> Verdict:
    if case.now < wait.until <= case.last:
        return Hold(wait.until, held(wait.why, wait.until, case.ctx))
    return Drop(dropped(f"{wait.why} lasted past its last moment"))


def _line(case: _Case) -> str | None:
    touch = case.touch
    if case.second and touch.second:
        return touch.second[2]
    return touch.late_line if touch.late_from and case.now >= touch.late_from else touch.line


def _standing(case: _Case) -> _Wait | Drop | None:
    """Consent and status come first."""
    patient = case.ctx.facts.patient
    if patient.status in OVER:
        return Drop(OVER_WORDS[patient.status])
    if case.rule.before_consent:
        return Drop("the patient has already agreed") if patient.joined_at else None
    if patient.status == "invited" or patient.joined_at is None:
        return _Wait(case.last, "the missing YES")
    let_through = patient.logistics_while_held and case.rule.logistics
    if patient.status == "frozen" and not let_through:
        return Drop("texts rest until staff have talked with the patient")
    if patient.status == "paused" and not let_through and _paused(case):
        return Drop("the patient has paused texts")
    return None


def _paused(case: _Case) -> bool:
    until = case.ctx.facts.patient.paused_until
    return until is None or case.now < until


def _session(case: _Case) -> _Wait | Drop | None:
    """The session is still held, and is the one the plan knew (RULINGS 20)."""
    touch = case.touch
    if touch.session_id is None or case.rule.which.kind in NO_SESSION:
        return None
    if case.block is None:
        status = next((one.status for one in case.ctx.facts.sessions if one.id == touch.session_id), "canceled")
        return Drop(f"session {touch.session_number} {'was missed' if status == 'no_show' else 'was canceled'}")
    if case.block.version != touch.session_version and touch.session_version is not None:
        return _Wait(case.now + timedelta(minutes=1), "a change to the session")
    return None


def _attendance(case: _Case) -> _Wait | Drop | None:
    """After-session touches wait for 'arrived' or 'done' (RULINGS 13)."""
    if not case.rule.waits or case.block is None or case.block.attended:
        return None
    second = case.touch.second
    moments = [case.touch.send_by, *(second[:2] if second else ())]
    ahead = [one for one in moments if one > case.now]
    number = case.block.number
    if not ahead:
        at = said(case.last, case.ctx.facts.patient.zone, case.now)
        return Drop(f"nobody marked session {number} as done by {at}")
    return _Wait(ahead[0], f"session {number} not being marked as done")


def _deadline(case: _Case) -> _Wait | Drop | None:
    second = case.touch.second
    if case.second and second and case.now < second[0]:
        return _Wait(second[0], "quiet hours")
    if case.now > case.last:
        return Drop(f"it had to leave by {said(case.last, case.ctx.facts.patient.zone, case.now)}")
    return None


def _conditions(case: _Case) -> _Wait | Drop | None:
    """What the rule is only for; what nobody has answered by now counts as unanswered."""
    for one in case.rule.only_if:
        truth = case.ctx.holds(one, case.block, {}, case.ctx.day(case.touch.due_at))
        if truth is False or (truth is None and one.wanted):
            return Drop(unmet(case.rule, one))
    return None


def _hosted(case: _Case) -> _Wait | Drop | None:
    """A touch asked inside another conversation is never sent by the clock."""
    inside = case.rule.inside
    if inside is None or inside.alone:
        return None
    host = case.ctx.protocol.by_name[inside.touch].called
    return _Wait(case.last, f"waiting for {host}") if case.now < case.last else Drop(f"{host} was not answered so far")


def _limits(case: _Case) -> _Wait | Drop | None:
    """Pace, session days only, asked-for rest, back-off, and nothing cheerful after a hard moment."""
    ctx, rule, patient = case.ctx, case.rule, case.ctx.facts.patient
    if rule.logistics:
        return None
    if ctx.pace == "key" and not rule.key:
        return Drop("only the key texts are sent at this pace")
    if patient.session_days_only and ctx.day(case.now) not in ctx.session_days:
        return Drop("the patient asked for texts on session days only")
    if rule.upbeat and patient.upbeat_hold_until and case.now < patient.upbeat_hold_until:
        return Drop("nothing light goes within a day of a hard moment")
    if rule.kind != "ask":
        return None
    if patient.hold_asks_until and case.now < patient.hold_asks_until:
        return _Wait(patient.hold_asks_until, "the promise to ask nothing")
    rest = ctx.silence.rest_until
    if rest and case.now < rest and not rule.never_dropped:
        return Drop("three questions in a row had no reply, so questions rest for 72 hours")
    return None


def _hours(case: _Case) -> _Wait | Drop | None:
    """The window and the silence around a session."""
    ctx, now = case.ctx, case.now
    quiet = ctx.quiet_block(now)
    if quiet and not (case.rule.in_quiet and now <= quiet.start):
        return _Wait(ctx.quiet_until(quiet), f"the quiet time around session {quiet.number}")
    for step in range(2):
        day = ctx.day(now) + timedelta(days=step)
        hours = ctx.hours_of_patient(day) if case.second else ctx.hours(case.rule, day)
        if hours is None:
            return Drop("the patient's hours leave no room for it")
        if now < hours[0]:
            return _Wait(hours[0], "quiet hours")
        if now <= hours[1]:
            return None
    return None


def _conversation(case: _Case) -> _Wait | Drop | None:
    """No timed text interrupts a patient who wrote within the hour (RULINGS 14)."""
    since = case.ctx.facts.open_since
    if since is None or case.rule.priority <= 1 or case.now - since >= TALKING:
        return None
    return _Wait(since + TALKING, "an open conversation")


def _outage(case: _Case) -> _Wait | Drop | None:
    """What is late goes one an hour, never in a heap."""
    if case.now - case.touch.due_at <= LATE:
        return None
    sent = [one.sent_at for one in case.ctx.facts.past if one.sent_at and one.counts and one.gone]
    if sent and case.now - max(sent) < AFTER_OUTAGE:
        return _Wait(max(sent) + AFTER_OUTAGE, "another text within the hour")
    if not case.rule.logistics and _logistics_waiting(case):
        return _Wait(case.now + AFTER_OUTAGE, "a text about the session that goes first")
    return None


def _logistics_waiting(case: _Case) -> bool:
    """Whether a text about the session itself is late too and can still go: it may not be the one that is lost."""
    ctx = case.ctx
    return any(
        one.state == "planned" and one.counts and 1 < one.priority <= 2 and one.due_at <= ctx.now < one.send_by
        for one in plan(ctx.protocol, ctx.facts, ctx.now)
    )


def _budget(case: _Case) -> _Wait | Drop | None:
    """The caps, counted from what has really gone out."""
    refusal = Budget(case.ctx).refusal(case.rule, case.now)
    if refusal is None:
        return None
    return _Wait(refusal.free_at, "the gap between texts") if refusal.free_at else Drop(refusal.why)


CHECKS: tuple[Check, ...] = (
    _standing,
    _session,
    _conditions,
    _attendance,
    _deadline,
    _hosted,
    _limits,
    _hours,
    _conversation,
    _outage,
    _budget,
)
TASK_CHECKS: tuple[Check, ...] = (_standing, _session, _conditions)


def left_for_staff(protocol: Protocol, touch: PlannedTouch, now: datetime) -> str | None:
    """The staff task a touch leaves that was given up at its moment; one that is itself a task leaves none."""
    rule = protocol.by_name.get(touch.rule)
    if rule is None or touch.kind == "task":
        return None
    too_late = rule.late is not None and now > touch.send_by
    return rule.if_dropped or (rule.late.task if rule.late and too_late else None)


def withdrawn(facts: Facts, touch: PlannedTouch) -> str | None:
    """Why a stored touch is no longer in the plan at all: its session went, or its rule no longer calls for it."""
    session = next((one for one in facts.sessions if one.id == touch.session_id), None)
    if session and session.status in DEAD:
        gone = "was missed" if session.status == "no_show" else "was canceled"
        return dropped(f"session {touch.session_number} {gone}")
    return dropped("the plan no longer calls for it")
