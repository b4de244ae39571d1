"""What must hold for every patient: any zone, both clock changes, moves, overlaps, silence, pauses."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smsbot.localtime import instant, local_clock, local_day
from smsbot.planner import Drop, Facts, Hold, Mark, Past, Patient, PlannedTouch, Send, Session, plan, verdict
from smsbot.planner.facts import Pace
from smsbot.protocol import Protocol
from tests.planner_support import load

PROTOCOLS = {name: load(name) for name in ("induction", "twice-weekly", "single", "minimal")}
NAMES = [
    *("America/New_York", "America/Los_Angeles", "America/St_Johns", "America/Santiago", "Pacific/Honolulu"),
    *("Europe/London", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Auckland"),
]
ZONES = [ZoneInfo(name) for name in NAMES]
CHANGES = [
    date(2026, 3, 8),
    date(2026, 11, 1),
    date(2026, 3, 29),
    date(2026, 10, 25),
    date(2026, 4, 5),
    date(2026, 9, 6),
]
WHOLE = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def patients(draw: st.DrawFn) -> Facts:
    """A patient whose series lies around a clock change, with sessions at any distance, some gone wrong."""
    zone = draw(st.sampled_from(ZONES))
    start = draw(st.sampled_from(CHANGES)) + timedelta(days=draw(st.integers(-12, 3)))
    gaps = draw(st.lists(st.integers(0, 9), min_size=0, max_size=6))
    joined = instant(start - timedelta(days=draw(st.integers(0, 9))), draw(clocks()), zone)
    sessions, day = [], start
    for number, gap in enumerate([0, *gaps][: 1 + len(gaps)], 1):
        day += timedelta(days=gap)
        sessions.append(draw(one_session(number, day, zone, joined)))
    own = draw(st.sampled_from([None, None, (time(10), time(18)), (time(9), time(16)), (time(12), time(20))]))
    patient = Patient(
        zone=zone,
        invited_at=joined - timedelta(hours=3),
        joined_at=joined,
        preferred=draw(st.sampled_from([time(10), time(13), time(16), time(18, 30)])),
        chosen_pace=draw(st.sampled_from([None, "full", "full", "light", "key"])),
        window=own,
        session_days_only=draw(st.sampled_from([False, False, False, True])),
    )
    return Facts(patient, tuple(sessions))


def clocks() -> st.SearchStrategy[time]:
    return st.builds(time, st.integers(7, 22), st.sampled_from([0, 15, 30]))


@st.composite
def one_session(draw: st.DrawFn, number: int, day: date, zone: ZoneInfo, joined: datetime) -> Session:
    at = instant(day, draw(st.builds(time, st.integers(7, 18), st.sampled_from([0, 30]))), zone)
    booked = at - timedelta(days=draw(st.integers(0, 20)), hours=2)
    status = draw(st.sampled_from(["booked"] * 5 + ["done", "done", "done", "canceled", "no_show"]))
    minutes = draw(st.sampled_from([60, 90, 120, 180]))
    ended = at + timedelta(minutes=minutes + draw(st.integers(-30, 240))) if status == "done" else None
    moved = draw(st.booleans())
    return Session(
        UUID(int=number),
        at,
        minutes,
        booked,
        status,
        2 if moved else 1,
        None,
        None,
        ended,
        at - timedelta(days=1) if moved else None,
    )


def shown(touches: tuple[PlannedTouch, ...]) -> list[PlannedTouch]:
    """Those that go to the patient by themselves."""
    return [
        one for one in touches if one.state == "planned" and one.kind != "task" and not (one.inside and not one.counts)
    ]


def edges(protocol: Protocol, facts: Facts, touch: PlannedTouch) -> tuple[time, time]:
    """The hours a touch may use, worked out anew: 8:00 for session mornings, the patient's own hours always."""
    first, last = facts.patient.window or facts.clinic.window or protocol.window
    if facts.patient.window is None and touch.rule in ("morning", "arrival"):
        first = time(8)
    return first, last


names = st.sampled_from(sorted(PROTOCOLS))


@WHOLE
@given(names, patients())
def test_every_touch_is_inside_the_window_of_the_patients_zone(name: str, facts: Facts):
    for touch in shown(plan(PROTOCOLS[name], facts, datetime.min.replace(tzinfo=ZoneInfo("UTC"), year=2020))):
        first, last = edges(PROTOCOLS[name], facts, touch)
        assert first <= local_clock(touch.due_at, facts.patient.zone) <= last, touch


@WHOLE
@given(names, patients())
def test_nothing_is_planned_before_consent_but_the_invitation(name: str, facts: Facts):
    joined = facts.patient.joined_at
    assert joined is not None
    for touch in shown(plan(PROTOCOLS[name], facts, joined)):
        assert touch.due_at >= joined or touch.rule.startswith("welcome"), touch


@WHOLE
@given(names, patients())
def test_keys_are_unique_and_every_touch_has_one_state_and_a_sentence(name: str, facts: Facts):
    touches = plan(PROTOCOLS[name], facts, facts.sessions[0].starts_at)
    assert len({one.key for one in touches}) == len(touches)
    for touch in touches:
        assert touch.state in ("planned", "dropped")
        assert not touch.why[0].islower()
        assert touch.why.endswith(".")
        assert touch.why.startswith("Dropped: ") == (touch.state == "dropped")


@WHOLE
@given(names, patients())
def test_the_caps_hold_in_the_plan(name: str, facts: Facts):
    protocol, zone = PROTOCOLS[name], facts.patient.zone
    capped = [one for one in shown(plan(protocol, facts, facts.sessions[0].starts_at)) if one.counts]
    days = Counter(local_day(one.due_at, zone) for one in capped if one.priority > 1)
    landings = {local_day(one.due_at, zone) for one in capped if one.rule == "landing"}
    assert all(count <= protocol.caps.day for day, count in days.items() if day not in landings)
    for day in days:
        in_week = [one for one in capped if 0 <= (local_day(one.due_at, zone) - day).days < 7 and one.priority > 1]
        assert len([one for one in in_week if one.rule != "landing"]) <= protocol.caps.week
        asked = [one for one in in_week if one.priority > 2 and one.rule != "landing"]
        spared = [one for one in asked if not protocol.by_name[one.rule].key]
        assert facts.patient.chosen_pace != "light" or not spared or len(asked) <= protocol.caps.light


@WHOLE
@given(names, patients(), st.sampled_from(["light", "key", None]))
def test_a_slow_pace_takes_no_logistics_away(name: str, facts: Facts, pace: Pace | None):
    now = facts.sessions[0].starts_at - timedelta(days=9)
    slow = replace(facts, patient=replace(facts.patient, chosen_pace=pace))
    full = replace(facts, patient=replace(facts.patient, chosen_pace="full"))
    kept, lost = ({one.key: one for one in plan(PROTOCOLS[name], each, now)} for each in (full, slow))
    for key, one in kept.items():
        assert one.priority != 2 or not one.counts or (lost[key].state == one.state), (one.why, lost[key].why)


@WHOLE
@given(names, patients())
def test_the_gap_holds_in_the_plan_logistics_and_the_landing_excepted(name: str, facts: Facts):
    protocol = PROTOCOLS[name]
    capped = [
        one for one in shown(plan(protocol, facts, facts.sessions[0].starts_at)) if one.counts and one.priority > 2
    ]
    for earlier, later in pairwise(capped):
        if "landing" not in (earlier.rule, later.rule):
            assert later.due_at - earlier.due_at >= timedelta(minutes=protocol.caps.gap), (earlier, later)


@WHOLE
@given(names, patients())
def test_the_silence_around_sessions_is_kept(name: str, facts: Facts):
    protocol = PROTOCOLS[name]
    live = [one for one in facts.sessions if one.status not in ("canceled", "no_show")]
    for touch in shown(plan(protocol, facts, facts.sessions[0].starts_at)):
        for one in live:
            end = max(one.ended_at, one.starts_at) if one.ended_at else one.starts_at + timedelta(minutes=one.minutes)
            quiet = one.starts_at - timedelta(minutes=10) <= touch.due_at < end + timedelta(hours=3)
            assert not quiet or (touch.rule == "arrival" and touch.due_at <= one.starts_at), (touch, one)


@WHOLE
@given(names, patients())
def test_nothing_is_due_after_its_own_deadline(name: str, facts: Facts):
    for touch in shown(plan(PROTOCOLS[name], facts, facts.sessions[0].starts_at)):
        assert touch.due_at <= touch.send_by, touch
        assert touch.answer_until is None or touch.due_at <= touch.answer_until, touch


@WHOLE
@given(names, patients())
def test_a_gone_session_has_no_touches_of_its_own(name: str, facts: Facts):
    gone = {one.id for one in facts.sessions if one.status in ("canceled", "no_show")}
    assert not [one for one in plan(PROTOCOLS[name], facts, facts.sessions[0].starts_at) if one.session_id in gone]


@WHOLE
@given(names, patients())
def test_replanning_changes_nothing_and_neither_does_the_order_of_the_facts(name: str, facts: Facts):
    now = facts.sessions[0].starts_at
    once = plan(PROTOCOLS[name], facts, now)
    turned = replace(facts, sessions=facts.sessions[::-1], marks=facts.marks[::-1])
    assert once == plan(PROTOCOLS[name], facts, now) == plan(PROTOCOLS[name], turned, now)


@WHOLE
@given(names, patients(), st.sampled_from(["stopped", "ended", "dormant"]))
def test_nothing_is_planned_after_stop(name: str, facts: Facts, status: str):
    over = replace(facts, patient=replace(facts.patient, status=status))
    touches = plan(PROTOCOLS[name], over, facts.sessions[0].starts_at)
    assert all(one.state == "dropped" for one in touches)
    alive = shown(plan(PROTOCOLS[name], facts, facts.sessions[0].starts_at))
    assert all(isinstance(verdict(PROTOCOLS[name], one, over, one.due_at), Drop) for one in alive)


def lived(protocol: Protocol, facts: Facts, answers: list[bool]) -> tuple[list[Past], dict[str, str], Facts]:
    """Lives a series: replans after each event, judges each touch when it is due, answers some of them."""
    ends: dict[str, str] = {}
    waiting: dict[str, tuple[datetime, PlannedTouch]] = {}
    now = facts.patient.joined_at or facts.sessions[0].starts_at
    for step in range(2000):
        for touch in plan(protocol, facts, now):
            if touch.state == "planned" and touch.key not in ends:
                held = waiting.get(touch.key)
                same = held and held[1].due_at == touch.due_at
                waiting[touch.key] = (held[0] if held and same else touch.due_at, touch)
        if not waiting:
            break
        key, (at, touch) = min(waiting.items(), key=lambda one: (one[1][0], one[0]))
        now = max(now, at)
        found = verdict(protocol, touch, facts, now)
        if isinstance(found, Hold):
            assert found.until > now
            waiting[key] = (found.until, touch)
            continue
        del waiting[key]
        assert key not in ends
        ends[key] = "sent" if isinstance(found, Send) else found.why
        state = "dropped" if isinstance(found, Drop) else "answered" if answers[step % len(answers)] else "unanswered"
        facts = _record(facts, touch, state, now)
    return [one for one in facts.past if one.gone], ends, facts


def _record(facts: Facts, touch: PlannedTouch, state: str, now: datetime) -> Facts:
    past = Past(touch.key, touch.rule, touch.flow, state, touch.due_at, touch.priority, touch.kind, touch.counts)
    past = replace(past, session_id=touch.session_id, closed_at=now + timedelta(hours=4))
    if state != "dropped":
        past = replace(past, sent_at=now, answered_at=now if state == "answered" else None)
    marks = facts.marks
    if touch.rule == "practice" and state == "answered":
        marks = (*marks, Mark(f"made-{touch.key}", "plan_made", now, touch.session_id))
    return replace(facts, past=(*facts.past, past), marks=marks)


LIFE = settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@LIFE
@given(st.sampled_from(["minimal", "single"]), patients(), st.lists(st.booleans(), min_size=1, max_size=5))
def test_a_lived_series_sends_nothing_twice_and_keeps_caps_window_and_consent(
    name: str, facts: Facts, answers: list[bool]
):
    protocol, zone = PROTOCOLS[name], facts.patient.zone
    sent, ends, after = lived(protocol, facts, answers)
    assert len({one.key for one in sent}) == len(sent)
    assert all(why == "sent" or why.startswith("Dropped: ") for why in ends.values())
    proactive = [one for one in sent if one.counts and one.kind != "task" and one.sent_at]
    first, last = facts.patient.window or protocol.window
    for one in proactive:
        assert one.sent_at is not None
        assert facts.patient.joined_at is not None
        assert one.sent_at >= facts.patient.joined_at
        clock = local_clock(one.sent_at, zone)
        assert (time(8) if one.rule == "morning" and not facts.patient.window else first) <= clock <= last, one
    capped = [one for one in proactive if one.priority > 1 and one.rule != "landing"]
    days = Counter(local_day(one.sent_at, zone) for one in capped if one.sent_at)
    assert all(count <= protocol.caps.day for count in days.values())
    assert plan(protocol, after, after.past[-1].due_at if after.past else facts.sessions[0].starts_at) is not None
