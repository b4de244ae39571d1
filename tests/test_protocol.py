"""The protocol format: what it reads, and what it says about mistakes."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from smsbot.protocol import Protocol, parse
from smsbot.timing import Condition, NotUnderstood, When, Which, condition, minutes_of, span, span_of_day, when, which
from smsbot.tree import Faults, read
from tests.content_support import shipped
from tests.planner_support import load, parsed

SHIPPED = sorted(shipped().protocols)
RULE = """
title: Tried
rules:
  landing:
    flow: landing
    class: P3
    for: each session
    due: 3 hours after end
"""


def faults_of(text: str) -> list[str]:
    faults = Faults()
    node = read(text, "tried.yaml", faults)
    if node is not None:
        parse(node, "tried", faults)
    return [f"{fault.line}: {fault.message}" for fault in faults.found]


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_protocols_are_read_without_a_fault(name: str) -> None:
    assert load(name).rules


def test_all_four_protocols_are_shipped() -> None:
    assert SHIPPED == ["induction", "minimal", "single", "twice-weekly"]


def test_a_protocol_names_its_flows_cases_included() -> None:
    protocol = parsed(RULE + "    cases:\n      - {when: landing was rough, flow: soft_morning}\n")
    assert protocol.flows() == {"landing", "soft_morning"}


def test_a_rule_without_a_word_has_the_plain_defaults() -> None:
    rule = parsed(RULE).rules[0]
    assert (rule.kind, rule.priority, rule.counts, rule.key, rule.slides) == ("ask", 3, True, False, 0)
    assert rule.called == "the landing"


def test_only_staff_work_is_a_task() -> None:
    protocol = parsed(RULE.replace("flow: landing", "task: call_somebody"))
    assert (protocol.rules[0].kind, protocol.rules[0].flow) == ("task", None)


def test_caps_quiet_and_window_are_read() -> None:
    protocol = parsed(
        "window: 8:00-21:00\nquiet: {before: 20 minutes, after: 4 hours}\n"
        "caps: {day: 3, week: 9, light: 5, gap: 2 hours}\n" + RULE
    )
    assert (protocol.window, protocol.quiet) == ((time(8), time(21)), (20, 240))
    assert (protocol.caps.day, protocol.caps.week, protocol.caps.light, protocol.caps.gap) == (3, 9, 5, 120)


def test_later_caps_and_the_gentle_day_are_read() -> None:
    caps = load("induction").caps
    assert [(phase.since.days, phase.week) for phase in caps.later] == [(28, 5), (42, 2)]
    assert caps.gentle is not None
    assert (caps.gentle.rule, caps.gentle.code) == ("landing", "rough")


FAULTS = {
    "an unknown field is named with the likely one": (
        RULE + "    slide: 2 days\n", "9: rule 'landing' has no 'slide'. Did you mean 'slides'?"),
    "a missing field is named": (
        RULE.replace("    class: P3\n", ""), "5: rule 'landing' needs 'class:'."),
    "a rule that sends nothing and asks nothing of staff is refused": (
        RULE.replace("    flow: landing\n", ""),
        "5: rule 'landing' needs 'flow:' (a text to the patient) or 'task:' (something for staff)."),
    "a class past P8 is refused": (
        RULE.replace("P3", "P9"),
        "6: rule 'landing': class: 'P9' is not known here. It may be: P0, P1, P2, P3, P4, P5, P6, P7, P8."),
    "a time that is no time is shown what one looks like": (
        RULE.replace("3 hours after end", "3h after end"),
        "8: rule 'landing': due: '3h after end' is not a time such as '2 days before start, at preferred time'."),
    "hours with a time of day are refused": (
        RULE.replace("3 hours after end", "3 hours after end, at 17:00"),
        "8: rule 'landing': due: '3 hours after end, at 17:00' moves the clock by hours and then sets it; "
        "use days with ', at'."),
    "a session that does not exist is refused": (
        RULE.replace("each session", "every session"),
        "7: rule 'landing': for: 'every session' says no sessions; it may be 'each session', 'session 3', 'series', "
        "'enrollment'."),
    "a window that ends before it begins is refused": (
        RULE + "    between: 19:00-9:00\n", "9: rule 'landing': between: '19:00-9:00' ends before it begins."),
    "a condition is shown what one looks like": (
        RULE + "    only_if: the moon is full\n",
        "9: rule 'landing': only_if: 'the moon is full' is not a condition such as 'next session within 3 days' or "
        "'landing was rough'."),
    "a reference to a rule that is not there is refused": (
        RULE + "    yields_to: [bridge]\n", "4: rule 'landing' names the rule 'bridge', which is not here. "
        "It may be: landing."),
    "a yes or no is a yes or no": (
        RULE + "    key: sure\n", "9: rule 'landing': key: 'sure' is not known here. It may be: no, yes."),
    "a late clause needs its moment": (
        RULE + "    late: {line: late}\n", "9: rule 'landing': late needs 'from:'."),
    "a host needs the end after which it asks": (
        RULE + "    asked_inside: {touch: landing}\n", "9: rule 'landing': asked_inside needs 'after:'."),
    "a number is a number": (
        RULE + "    sequence: many\n", "9: rule 'landing': sequence should be a whole number, not 'many'."),
}  # fmt: skip


@pytest.mark.parametrize("sentence", FAULTS, ids=lambda sentence: sentence.replace(" ", "_"))
def test_fault(sentence: str) -> None:
    text, expected = FAULTS[sentence]
    assert expected in faults_of(text)


def test_a_condition_about_a_rule_below_is_refused() -> None:
    text = RULE + "    only_if: reflection answered\n  reflection:\n    flow: r\n    class: P3\n    for: each session\n"
    found = faults_of(text + "    due: 1 day after start, at 10:00\n")
    assert found == ["4: rule 'landing' asks about 'reflection', which should stand above it."]


def test_every_fault_is_reported_at_once() -> None:
    text = RULE.replace("P3", "P9").replace("3 hours", "3h") + "    key: sure\n    slide: 1 day\n"
    assert len(faults_of(text)) == 4


def test_an_empty_protocol_is_a_fault_and_not_a_crash() -> None:
    assert faults_of("title: Nothing\nrules:\n") == []
    assert faults_of("title: Nothing\n") == ["1: a protocol needs 'rules:'."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("3 hours", (0, 180)), ("1 minute", (0, 1)), ("2 days", (2, 0)), ("1 week", (7, 0)), ("12 weeks", (84, 0))],
)
def test_lengths_of_time(text: str, expected: tuple[int, int]) -> None:
    assert span(text) == expected


def test_days_count_24_hours_where_only_minutes_count() -> None:
    assert (minutes_of("2 days"), minutes_of("3 hours")) == (2880, 180)


WHENS = {
    "2 days before start, at preferred time": When("start", -2, 0, None, True),
    "3 hours after end": When("end", 0, 180),
    "same day as start, at 17:30": When("start", 0, 0, time(17, 30)),
    "at invitation": When("invitation"),
    "4 weeks after first start": When("first_start", 28),
    "1 day after end, at 9:30": When("end", 1, 0, time(9, 30)),
    "36 hours after due": When("due", 0, 2160),
    "at change": When("mark"),
}


@pytest.mark.parametrize("text", WHENS)
def test_points_in_time(text: str) -> None:
    assert when(text) == replace(WHENS[text], text=text)


@pytest.mark.parametrize(
    "text", ["2 days", "tomorrow", "2 days before lunch", "at 9:00", "2 days before start, at 25:00"]
)
def test_what_is_no_point_in_time_is_refused(text: str) -> None:
    with pytest.raises(NotUnderstood):
        when(text)


def test_a_mark_is_an_anchor_once_it_is_declared() -> None:
    assert when("2 days after plan_made", frozenset({"plan_made"})).anchor == "mark"
    with pytest.raises(NotUnderstood):
        when("2 days after plan_made")


CONDITIONS = {
    "next session within 3 days": Condition("near", "next", "", 3),
    "landing was rough": Condition("was", "landing", "rough"),
    "not reflection answered": Condition("answered", "reflection", wanted=False),
    "start before 9:30": Condition("start_before", clock=time(9, 30)),
    "patient maintenance is weekly": Condition("setting", "maintenance", "weekly"),
    "not next session": Condition("exists", "next", wanted=False),
}


@pytest.mark.parametrize("text", CONDITIONS)
def test_conditions(text: str) -> None:
    found, expected = condition(text), CONDITIONS[text]
    assert found == replace(expected, text=text)


WHICHES = {
    "each session": Which("each"),
    "session 3": Which("number", 3),
    "second session of the week in weeks 1-4": Which("second", 0, 1, 4),
    "each session from week 5": Which("each", 0, 5),
    "first session": Which("first"),
    "end of series": Which("finish"),
}


@pytest.mark.parametrize("text", WHICHES)
def test_which_sessions(text: str) -> None:
    assert which(text) == WHICHES[text]


def test_parts_of_the_day() -> None:
    assert span_of_day("15:00-19:30") == (time(15), time(19, 30))


def test_a_protocol_is_plain_data() -> None:
    assert load("minimal") == load("minimal")
    assert isinstance(load("minimal"), Protocol)
