"""From a finding to people: one open incident a patient, what the patient is told, and the freeze."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlmodel import col, select

from smsbot import consent, crisis, facts, item_nine, low_days, raising, talk, tasks
from smsbot.crisis import Standing
from smsbot.ladder import MISCONDUCT
from smsbot.models import Conversation, Inbound, PatientStatus
from smsbot.safety import Finding
from smsbot.scope import CRISIS, Scope
from smsbot.store import calls, paging, turns

PAGED_TIERS = (1, 2)
ASKING = 100  # the rank of a safety question
ASKED_LATELY = "asked_lately"  # raised by a low score when a safety question is fresh: tier 3 whatever came before
UPBEAT_HOLD = timedelta(hours=24)
DISCLOSURE, AFTER_DISCLOSURE = "disclosure", timedelta(hours=48)
UNCLEAR_FOR = timedelta(days=7)
# Who was quiet for long is frozen as well: RESUME alone must not start the texts again while an incident is open.
FREEZING = (PatientStatus.ACTIVE, PatientStatus.PAUSED, PatientStatus.DORMANT)
CRISIS_LINES = {
    "crs_1": 1, "crs_1b": 1, "crs_1h": 1, "crs_1hb": 1, "crs_1m": 1, "crs_1mb": 1,
    "crs_2": 2, "crs_2b": 2, "crs_2d": 2, "crs_2db": 2, "crs_2n": 2, "crs_2q": 2, "crs_9": 2, "crs_9b": 2,
    "rid_1": 2, "rid_1b": 2, "crs_3": 3, "crs_3m": 3, "crs_3mb": 3, "dis_1": 3, "cmp_1": 3, "cmp_1b": 3,
}  # fmt: skip
# What a tier 3 finding puts on the work list; the urgent kinds page as well (CONTENT.md 11.1, 11.4).
PAGED_KINDS = frozenset({"worry_urgent", MISCONDUCT})


open_incident = raising.open_incident


def answer(scope: Scope, finding: Finding) -> None:
    """Tell people first, then the patient: alert or task, freeze, and the crisis line in the webhook's own answer.

    Tier 4 asks its question instead (CRS-4), and automation waits for the reply.
    """
    tier, kind = finding.tier or 3, finding.kind or "unclear"
    if tier == 4:
        _ask(scope, kind)
        return
    told = tell(scope, tier, kind, finding.rule or kind)
    say(scope, tier, kind, told=told)
    if kind == DISCLOSURE and scope.patient is not None:
        _ask_no_more(scope)


def _ask_no_more(scope: Scope) -> None:
    """A disclosure stops the flow: what is open is let go of, and nothing is asked or offered for 48 h (11.11)."""
    for conversation in _open(scope):
        if conversation.rank < ASKING:
            talk.let_go(scope, conversation)
    patient, until = scope.person, scope.now + AFTER_DISCLOSURE
    patient.hold_asks_until = max(until, patient.hold_asks_until or until)
    patient.upbeat_hold_until = max(until, patient.upbeat_hold_until or until)
    scope.replan = True


def tell(scope: Scope, tier: int, kind: str, rule: str) -> bool:
    """Open or extend the incident (tiers 1-2, urgent kinds) or the work-list item; True if a person will be paged."""
    if tier in PAGED_TIERS or kind in PAGED_KINDS:
        raising.incident(scope, tier, kind, rule)
        if tier in PAGED_TIERS:
            freeze(scope)
    if tier == 3:
        tasks.open_task(scope, "distress" if kind not in PAGED_KINDS else "worry", reason=kind)
        if scope.patient is not None:
            scope.patient.upbeat_hold_until = scope.now + UPBEAT_HOLD
    return can_tell(scope, kind)


def say(scope: Scope, tier: int, kind: str, *, told: bool) -> None:
    """Answer with the crisis line that fits; it is in the webhook's answer and an outbox row all the same."""
    values = facts.system_values(scope)
    # A crisis line always names the clinic and its number: safety outranks discretion.
    values["clinic"] = scope.clinic.alias
    line = crisis.line_for(tier, kind, standing(scope, told))
    if line == "cmp_1" and "lead" not in values:
        line = "cmp_1b"
    scope.queue(scope.system(line, values), priority=CRISIS, purpose="crisis", in_answer=True)


def standing(scope: Scope, told: bool) -> Standing:
    """What the choice of a line depends on."""
    last: dict[int, datetime] = {}
    if scope.patient is not None:
        since = scope.now - crisis.REPEAT
        sent = turns.last_sent(scope.db, scope.keys, scope.patient.id, tuple(CRISIS_LINES), since)
        spoken = calls.last_spoken(scope.db, scope.keys, scope.patient.id, CRISIS_LINES, since)
        for line, at in (*sent.items(), *spoken):
            tier = CRISIS_LINES[line]
            last[tier] = max(at, last.get(tier, at))
    enrolled = scope.patient is not None and scope.patient.joined_at is not None
    return Standing(
        told=told,
        enrolled=enrolled,
        open_now=facts.hours(scope.clinic).is_open(scope.now),
        after_hours=scope.clinic.after_hours != "none",
        last_by_tier=last,
        now=scope.now,
    )


def can_tell(scope: Scope, kind: str = "") -> bool:
    """Whether "your clinic is being told" is true (RULINGS 3).

    Somebody who can be reached is on the rota now (for a complaint about staff: a lead), a process is alive to page
    them, and a page of this clinic has arrived within the week. Otherwise the patient is told the truth: the clinic
    could not be reached by alert, though it is tried all the same.
    """
    zone = facts.hours(scope.clinic).zone
    people = [paging.person(each, zone) for each in paging.contacts(scope.db, scope.keys)]
    kinds = ("lead",) if kind == MISCONDUCT else ("oncall", "second", "lead")
    reached = (each for each in people if each.kind in kinds and (each.phone or each.email))
    if not any(each.rota.covers(scope.now) for each in reached):
        return False
    return paging.works(scope.db, scope.clinic.id, scope.runtime.machine())


def freeze(scope: Scope) -> None:
    """Hold all automation until a person has cleared it; a stopped or ended patient stays as they are."""
    if scope.patient is not None and scope.patient.status in FREEZING:
        scope.patient.status = PatientStatus.FROZEN


def _ask(scope: Scope, kind: str) -> None:
    """CRS-4: one check question in the webhook's answer; staff see the item whatever the reply is.

    The second within a week is no longer unclear: it is tier 3 (CONTENT.md 3.1).
    """
    asked = any(item.rank >= ASKING for item in _open(scope))
    if _unclear_before(scope):
        told = tell(scope, 3, kind, "unclear twice within seven days")
        if not asked:
            say(scope, 3, kind, told=told)
        return
    tasks.open_task(scope, "unclear_words", reason=kind)
    if asked:
        return  # the question is out already; asking it twice would only press
    if scope.patient is None or scope.patient.joined_at is None or scope.patient.status == PatientStatus.STOPPED:
        say(scope, 2, kind, told=can_tell(scope))
        return
    flow = "safety_check_grief" if kind == "other_died" else "safety_check"
    talk.begin(scope, flow, priority=CRISIS, purpose="crisis", in_answer=True)


def _unclear_before(scope: Scope) -> bool:
    """Whether this person wrote something unclear (tier 4) in the last seven days, before this text."""
    wanted = select(col(Inbound.id)).where(
        col(Inbound.clinic_id) == scope.keys.clinic_id,
        col(Inbound.phone_index) == scope.keys.phone_index(scope.phone),
        col(Inbound.received_at) > scope.now - UNCLEAR_FOR,
        col(Inbound.tier) == 4,
        col(Inbound.id) != scope.inbound_id,
    )
    return scope.db.exec(wanted.limit(1)).first() is not None


def _open(scope: Scope) -> list[Conversation]:
    if scope.patient is None:
        return []
    return turns.open_conversations(scope.db, scope.keys, scope.patient.id)


def from_flow(scope: Scope) -> None:
    """See to the alerts that flows raised in this transaction (an answer 2 to a safety question, and its silence)."""
    while scope.alerts:
        raised = FROM_FLOWS.get(scope.alerts.pop(0), _unsettled)
        raised(scope)


def _hurting(scope: Scope) -> None:
    told = tell(scope, 2, "suicide", "safety question answered 2")
    say(scope, 2, "suicide", told=told)


def _unanswered(scope: Scope) -> None:
    tell(scope, 2, "unanswered_check", "safety question unanswered for 60 minutes")


def _unsettled(scope: Scope) -> None:
    tasks.open_task(scope, "worry", reason="safety_check_unclear")


def _asked_lately(scope: Scope) -> None:
    """A low score within a day of a safety question: nobody is asked twice, people see to it (CONTENT.md 11.7)."""
    told = tell(scope, 3, "distress", "low again within a day of a safety question")
    say(scope, 3, "distress", told=told)


def _low_day(scope: Scope) -> None:
    """A low day after a low day is tier 3 by itself; the safety question that follows answers the patient."""
    if ASKED_LATELY not in scope.alerts and low_days.is_second_in_a_row(scope):
        tell(scope, 3, "two_low_days", "two low days in a row")


def _item9(scope: Scope) -> None:
    if item_nine.is_reviewed_and_unchanged(scope):
        tasks.open_task(scope, "item9_unchanged")
        say(scope, 2, "item9_unchanged", told=True)
        return
    told = tell(scope, 2, "item9", "PHQ-9 item 9 answered 1 to 3")
    say(scope, 2, "item9", told=told)


def _held_beside(scope: Scope) -> None:
    """A number was said to be wrong on a phone that two patients share: people find out for whom."""
    tasks.open_task(scope, "held_beside", reason="wrong number on a shared phone")


FROM_FLOWS: dict[str, Callable[[Scope], None]] = {
    ASKED_LATELY: _asked_lately,
    consent.HELD_BESIDE: _held_beside,
    "hurting": _hurting,
    "item9": _item9,
    "low_day": _low_day,
    "safety_check_unanswered": _unanswered,
    "safety_check_unclear": _unsettled,
}
