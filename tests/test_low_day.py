"""The day after a low answer: a soft word that no cap keeps back, and nothing light before it."""

from datetime import timedelta

import pytest

from smsbot.models import Task
from tests.api_support import World, shipped
from tests.phone_support import Phone, joined
from tests.test_inbox import begin, rows

LOW = {
    "a low number": ("mood", ("1", "1", "SKIP")),
    "a hard moment": ("hard", ("1",)),
    "a rough evening": ("landing", ("3",)),
    "a series that did not help": ("series_end", ("3",)),
}


@pytest.fixture
def ana(world: World) -> Phone:
    return joined(world)


@pytest.mark.parametrize("said", LOW)
def test_nothing_light_goes_within_a_day_of_a_low_answer(ana: Phone, said: str) -> None:
    flow, answers = LOW[said]
    begin(ana, flow)
    ana.wait(seconds=15)
    for answer in answers:
        ana.text(answer)
    until = ana.patient().upbeat_hold_until
    assert until is not None
    assert until - ana.world.watch.now == timedelta(days=1)


def test_a_fair_number_changes_nothing(ana: Phone) -> None:
    begin(ana, "mood")
    ana.text("6")
    assert ana.patient().upbeat_hold_until is None


@pytest.mark.parametrize("protocol", ["induction", "single", "twice-weekly"])
def test_no_cap_keeps_back_the_word_on_the_day_after(protocol: str) -> None:
    rule = shipped().protocols[protocol].by_name["low_followup"]
    assert rule.priority <= 1
    assert rule.key


def test_a_low_number_is_on_the_list_of_the_day_whatever_is_answered_next(ana: Phone) -> None:
    begin(ana, "mood")
    ana.text("1")
    assert "low_mood" in [task.kind for task in rows(ana.world, Task)]
