"""The day after a low answer: a soft word that no cap keeps back, and nothing light before it."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from smsbot.models import Task
from smsbot.planner import Drop, Facts, Mark, PlannedTouch, plan, verdict
from tests.api_support import World, shipped
from tests.phone_support import Phone, joined
from tests.planner_support import ana, facts, sent, wall
from tests.test_inbox import begin, rows

LOW = {
    "a low number": ("mood", ("1", "1", "SKIP")),
    "a hard moment": ("hard", ("1",)),
    "a rough evening": ("landing", ("3",)),
    "a series that did not help": ("series_end", ("3",)),
}
LOW_NIGHT = Mark("one", "low_day", wall(11, "21:50"))


@pytest.fixture
def phone(world: World) -> Phone:
    return joined(world)


@pytest.mark.parametrize("said", LOW)
def test_nothing_light_goes_within_a_day_of_a_low_answer(phone: Phone, said: str) -> None:
    flow, answers = LOW[said]
    begin(phone, flow)
    phone.wait(seconds=15)
    for answer in answers:
        phone.text(answer)
    until = phone.patient().upbeat_hold_until
    assert until is not None
    assert until - phone.world.watch.now == timedelta(days=1)


def test_a_fair_number_changes_nothing(phone: Phone) -> None:
    begin(phone, "mood")
    phone.text("6")
    assert phone.patient().upbeat_hold_until is None


@pytest.mark.parametrize("protocol", ["induction", "single", "twice-weekly"])
def test_no_cap_keeps_back_the_word_on_the_day_after_and_it_takes_no_place(protocol: str) -> None:
    word, others = planned(protocol, LOW_NIGHT)
    assert (word.state, word.due_at, word.counts) == ("planned", wall(12, "16:00"), False)
    assert others == planned(protocol)[1]


def test_a_break_keeps_back_the_word_on_the_day_after() -> None:
    word, _ = planned("induction", LOW_NIGHT)
    resting = full_week(LOW_NIGHT, status="paused")
    found = verdict(shipped().protocols["induction"], word, resting, word.due_at)
    assert found == Drop("Dropped: the patient has paused texts.")


def full_week(*marks: Mark, **changed: object) -> Facts:
    """Somebody who has had all the texts of a week, and likes them in the morning."""
    past = tuple(replace(sent(f"lesson_{day}", None, wall(day, "11:00")), rule="lesson") for day in range(5, 12))
    patient = ana(chosen_pace="light", preferred=time(10), **changed)
    return facts(past=past, patient=patient, marks=marks)


def planned(protocol: str, *marks: Mark) -> tuple[PlannedTouch, list[PlannedTouch]]:
    """The word on the day after (any touch where there is none), and everything else."""
    touches = list(plan(shipped().protocols[protocol], full_week(*marks), wall(11, "22:00")))
    words = [touch for touch in touches if touch.rule == "low_followup"]
    return (words or touches)[0], [touch for touch in touches if touch not in words]


def test_a_low_number_is_on_the_list_of_the_day_whatever_is_answered_next(phone: Phone) -> None:
    begin(phone, "mood")
    phone.text("1")
    assert "low_mood" in [task.kind for task in rows(phone.world, Task)]


def rated(phone: Phone, number: str) -> list[str]:
    """The lines that answer a mood rating."""
    begin(phone, "mood")
    return [text.line for text in phone.text(number)]


@pytest.fixture
def steady(phone: Phone) -> Phone:
    """Somebody whose usual number is 6."""
    for _ in range(5):
        rated(phone, "6")
    return phone


def reasons(phone: Phone) -> list[str]:
    return sorted(task.reason for task in rows(phone.world, Task))


def test_a_second_low_day_in_a_row_is_tier_three_in_the_commit_of_its_answer(steady: Phone) -> None:
    assert rated(steady, "1") == ["check"]
    assert "two_low_days" not in reasons(steady)
    steady.wait(days=1, minutes=5)
    assert rated(steady, "2") == ["check"]
    (task,) = [each for each in rows(steady.world, Task) if each.reason == "two_low_days"]
    assert (task.kind, task.created_at) == ("distress", steady.world.watch.now)
    assert steady.patient().upbeat_hold_until == steady.world.watch.now + timedelta(days=1)


@pytest.mark.parametrize("days", [0, 2])
def test_low_answers_of_one_day_or_with_a_day_between_are_not_two_in_a_row(steady: Phone, days: int) -> None:
    rated(steady, "1")
    steady.wait(days=days, minutes=30)
    rated(steady, "0")
    assert "two_low_days" not in reasons(steady)


def test_a_hard_moment_makes_its_day_a_low_one(steady: Phone) -> None:
    steady.text("HARD")
    steady.text("1")
    steady.wait(days=1, minutes=5)
    rated(steady, "1")
    assert "two_low_days" in reasons(steady)


def test_what_is_tier_three_already_is_not_listed_twice(steady: Phone) -> None:
    rated(steady, "1")
    steady.wait(hours=23)
    assert rated(steady, "1")[0].startswith("crs_3")
    assert reasons(steady).count("two_low_days") + reasons(steady).count("distress") == 1
