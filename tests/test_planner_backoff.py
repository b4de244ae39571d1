"""Back-off (CONTENT 5.4): silence counted only from delivered questions, and the pace it leads to."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from smsbot.planner import Facts, Past, chosen_pace, next_pace, plan, silence
from tests.planner_support import ana, facts, load, sent, session, wall, when

INDUCTION = load("induction")


def ask(day: int, state: str = "unanswered", **more: object) -> Past:
    return sent(f"asked_{day}", 1, wall(day, "10:00"), state, **more)


def streak(*days: int) -> tuple[Past, ...]:
    return tuple(ask(day) for day in days)


def due(given: Facts, rule: str) -> list[str]:
    return [
        when(one) for one in plan(INDUCTION, given, wall(-20, "0:00")) if one.rule == rule and one.state == "planned"
    ]


def test_one_silence_changes_nothing():
    state = silence(streak(1), None)
    assert (len(state.streak), state.rest_until, next_pace("full", state, wall(2, "9:00"))) == (1, None, "full")


def test_an_answer_ends_the_streak():
    assert silence((*streak(1, 2), ask(3, "answered")), None).streak == ()


def test_any_text_from_the_patient_ends_the_streak():
    assert silence(streak(1, 2), wall(5, "9:00")).streak == ()


def test_a_text_from_before_the_silence_does_not():
    assert len(silence(streak(1, 2), wall(0, "9:00")).streak) == 2


def test_a_failed_delivery_is_not_counted_and_a_missing_report_is():
    failed, unreported = ask(1, delivered=False), ask(2, delivered=None)
    assert [key for key, _ in silence((failed, unreported), None).streak] == [unreported.key]


def test_statements_and_invitations_are_not_counted():
    assert silence((ask(1, kind="statement"), ask(2, priority=1)), None).streak == ()


def test_an_open_question_is_not_yet_a_silence():
    assert silence((ask(1, "sent"),), None).streak == ()


def test_three_silences_rest_for_72_hours():
    assert silence(streak(1, 2, 3), None).rest_until == wall(4, "6:00") + timedelta(hours=72)


def test_the_second_silence_brings_one_nudge_the_next_day():
    given = facts((session(1, 60),), past=streak(1, 2))
    assert due(given, "nudge") == ["D+4 16:00"]


def test_one_silence_brings_no_nudge():
    assert due(facts((session(1, 60),), past=streak(1)), "nudge") == []


def test_a_reply_takes_the_nudge_back():
    given = facts((session(1, 60),), ana(last_inbound_at=wall(3, "7:00")), streak(1, 2))
    assert due(given, "nudge") == []


def test_the_fourth_silence_asks_about_the_pace():
    given = facts((session(1, 60),), past=streak(1, 2, 3, 4))
    assert due(given, "pace_check") == ["D+6 16:00"]


def test_seven_silent_days_ask_about_the_pace_too():
    given = facts((session(1, 60),), past=streak(1))
    assert due(given, "pace_check") == ["D+9 16:00"]


def test_three_silent_weeks_with_nothing_booked_bring_one_closing_text():
    given = facts((session(1, -9, status="done"),), past=streak(1))
    assert due(given, "quiet_end") == ["D+23 16:00"]


def test_with_a_session_booked_there_is_no_closing_text():
    assert due(facts((session(1, 60),), past=streak(1)), "quiet_end") == []


def test_six_silences_leave_the_key_texts_only():
    assert next_pace("full", silence(streak(1, 2, 3, 4, 5, 6), None), wall(7, "9:00")) == "key"


def test_fourteen_silent_days_leave_the_key_texts_only():
    state = silence(streak(1), None)
    assert next_pace("full", state, wall(15, "9:59")) != "key"
    assert next_pace("full", state, wall(15, "10:00")) == "key"


def test_after_a_far_silence_a_reply_brings_the_pace_back_in_two_steps():
    past = list(streak(1, 2, 3, 4))
    paces = []
    for day in range(6, 11):
        past.append(ask(day, "answered"))
        paces.append(next_pace("full", silence(past, None), wall(day, "12:00")))
    assert paces == ["light", "light", "light", "full", "full"]


def test_the_pace_nobody_chose_is_light_until_the_first_landing_is_answered():
    quiet = facts(patient=ana(chosen_pace=None))
    spoken = replace(quiet, past=(sent("landing", 1, wall(0, "17:30")),))
    assert (chosen_pace(INDUCTION, quiet), chosen_pace(INDUCTION, spoken)) == ("light", "full")
    assert chosen_pace(INDUCTION, facts(patient=ana(chosen_pace="key"))) == "key"


STATES = st.lists(st.tuples(st.sampled_from(["answered", "unanswered", "sent"]), st.booleans()), max_size=12)


@given(STATES, st.one_of(st.none(), st.integers(-1, 20)))
def test_the_streak_is_the_run_of_delivered_silences_at_the_end(states: list[tuple[str, bool]], wrote: int | None):
    past = [ask(day, state, delivered=None if ok else False) for day, (state, ok) in enumerate(states, 1)]
    inbound: datetime | None = None if wrote is None else wall(wrote, "23:00")
    run = 0
    for one in past:
        run = 0 if one.state == "answered" else run + (one.state == "unanswered" and one.delivered is None)
    last = max((one.closed_at for one in past if one.state == "unanswered" and one.delivered is None), default=None)
    expected = 0 if inbound and last and inbound > last else run
    assert len(silence(past, inbound).streak) == expected
