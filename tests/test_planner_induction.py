"""The worked twice-a-week case: six sessions Monday and Thursday 10:00-11:00, written by hand from CONTENT 5.2 A
as settled by CONTENT 11 and RULINGS 13-24."""

from datetime import timedelta
from itertools import pairwise

from smsbot.localtime import local_day
from smsbot.planner import Mark, PlannedTouch, plan
from tests.planner_support import NEW_YORK, ana, facts, lines, load, planned, sent, wall

INDUCTION = load("induction")

# D is Monday, November 30, 2026. The clinic is open Monday to Friday. The patient's time is 16:00.
BEFORE = """
D-6 10:00 phq9_baseline 1
D-6 16:00 mini 1
D-5 10:00 gad7_baseline 1
D-5 16:00 mini 1
D-4 11:00 mood_baseline 1
D-4 16:00 comfort 1
D-3 10:00 mini 1
D-3 16:00 communication 1
D-2 16:00 intention 1
D-1 17:00 day_before 1
"""
# The small plan (B8) is a text of its own that evening, because one conversation holds eight texts at most; it takes
# the place of Saturday's lesson (P6 before P7).
FIRST_WEEK = """
D+0 08:00 morning 1
D+0 09:45 arrival 1
D+0 17:30 landing 1
D+1 10:00 reflection 1
D+1 16:00 lesson
D+2 13:00 reflection_two 1
D+2 17:00 day_before 2
D+3 08:00 morning 2
D+3 09:45 arrival 2
D+3 17:30 landing 2
D+4 10:00 reflection 2
D+4 16:00 lesson
D+5 16:00 reflection_two 2
D+5 19:00 practice 2
D+6 11:00 mood
D+6 17:00 day_before 3
"""
# The questionnaire of the first week may not go on Friday (CONTENT 11.9): the next open day with room is Tuesday,
# 24 hours after session 3; Wednesday is full. The bridge after session 3 stands in the place of the second reflection.
SECOND_WEEK = """
D+7 08:00 morning 3
D+7 09:45 arrival 3
D+7 17:30 landing 3
D+8 10:00 reflection 3
D+8 13:00 phq9_midway 2
D+9 13:00 bridge_three 3
D+9 17:00 day_before 4
D+10 08:00 morning 4
D+10 09:45 arrival 4
D+10 17:30 landing 4
D+11 10:00 reflection 4
D+11 16:00 lesson
D+12 16:00 reflection_two 4
D+12 19:00 boundary 4
D+13 11:00 mood
D+13 17:00 day_before 5
"""
THIRD_WEEK = """
D+14 08:00 morning 5
D+14 09:45 arrival 5
D+14 17:30 landing 5
D+15 10:00 reflection 5
D+15 16:00 lesson
D+16 13:00 reflection_two 5
D+16 17:00 day_before 6
D+17 08:00 morning 6
D+17 09:45 arrival 6
D+17 17:30 landing 6
D+18 10:00 reflection 6
D+18 16:00 lesson
D+19 16:00 reflection_two 6
D+19 19:00 practice 6
D+20 13:00 practice_later 6
D+20 16:00 mood
"""
# The questionnaire "on the Sunday after S6" waits for Monday, an open day followed by another.
AFTER = """
D+21 10:00 phq9_end
D+21 16:00 lesson
D+22 10:00 lesson
D+22 16:00 series_end
D+23 16:00 lesson
D+24 16:00 lesson
D+25 13:00 feedback_end
D+25 16:00 lesson
D+26 16:00 lesson
D+27 10:00 lesson
D+27 16:00 choosing
"""


def timeline(first: int, last: int) -> list[str]:
    shown = planned(INDUCTION, facts())
    return lines([one for one in shown if wall(first, "0:00") <= one.due_at < wall(last + 1, "0:00")])


def written(text: str) -> list[str]:
    return text.strip().splitlines()


def test_the_week_before_session_1_is_the_table():
    assert timeline(-7, -1) == written(BEFORE)


def test_the_first_week_is_the_table():
    assert timeline(0, 6) == written(FIRST_WEEK)


def test_the_second_week_is_the_table():
    assert timeline(7, 13) == written(SECOND_WEEK)


def test_the_third_week_is_the_table():
    assert timeline(14, 20) == written(THIRD_WEEK)


def test_after_session_6_come_the_questionnaire_the_end_of_the_series_and_daily_lessons():
    assert timeline(21, 27) == written(AFTER)


def test_measures_and_check_ins_follow_at_2_4_and_8_weeks():
    shown = [one for one in timeline(28, 120) if "lesson" not in one and "skill" not in one]
    assert shown == written("""
D+31 10:00 phq9_two_weeks
D+31 16:00 gad7_two_weeks
D+32 16:00 check_in
D+38 16:00 thread_check
D+41 16:00 journal
D+45 10:00 phq9_four_weeks
D+45 16:00 check_in
D+52 16:00 thread_check
D+55 16:00 choosing
D+59 16:00 check_in
D+66 16:00 thread_check
D+73 10:00 phq9_eight_weeks
D+73 16:00 check_in
D+83 16:00 choosing
D+87 16:00 thread_check_later
D+101 16:00 check_in_later
D+101 19:00 last_question
""")


def test_the_lessons_run_from_1_to_28_in_order():
    items = [one.item for one in planned(INDUCTION, facts()) if one.rule == "lesson"]
    assert items == list(range(1, 29))


def hosted(rule: str) -> list[PlannedTouch]:
    return [one for one in plan(INDUCTION, facts(), wall(-7, "13:00")) if one.rule == rule]


def test_sessions_four_days_apart_or_less_ask_the_bridge_inside_the_day_before_text():
    assert [(one.session_number, one.inside is not None) for one in hosted("bridge")] == [
        (n, True) for n in range(2, 7)
    ]
    assert {one.due_at.minute for one in hosted("bridge")} == {0}
    assert all(not one.counts for one in hosted("bridge"))


def test_the_reaction_question_follows_the_mood_question_in_the_same_conversation():
    assert {one.state for one in hosted("reactivity_baseline")} == {"planned"}
    assert all(not one.counts for one in hosted("reactivity"))


def test_the_second_reflection_of_session_3_gives_way_to_the_bridge():
    told = {one.session_number: one.why for one in hosted("reactivity_baseline") + hosted("reflection_two")}
    assert told[3] == "Dropped: replaced by the bridge after session 3."


def test_the_sentence_of_the_intention_is_the_one_in_the_design():
    touch = next(one for one in planned(INDUCTION, facts()) if one.rule == "intention")
    assert touch.why == "Two days before session 1, at the patient's time (16:00 New York)."


def test_two_texts_are_never_within_three_hours_logistics_excepted():
    spaced = [one.due_at for one in planned(INDUCTION, facts()) if one.counts and one.priority > 2]
    assert min(later - earlier for earlier, later in pairwise(spaced)) == timedelta(hours=3)


def test_no_day_has_more_than_two_and_no_seven_days_more_than_fourteen():
    days = [local_day(one.due_at, NEW_YORK) for one in planned(INDUCTION, facts()) if one.counts]
    assert max(days.count(day) for day in days) == 2
    assert max(sum(0 <= (other - day).days < 7 for other in days) for day in days) == 14


def test_every_landing_is_there():
    assert [one.session_number for one in planned(INDUCTION, facts()) if one.rule == "landing"] == [1, 2, 3, 4, 5, 6]


def test_a_plan_made_on_wednesday_is_asked_about_on_friday():
    given = facts(
        marks=(Mark("m1", "plan_made", wall(2, "13:30")),), past=(sent("reflection_two", 1, wall(2, "13:00")),)
    )
    wins = [one for one in planned(INDUCTION, given) if one.rule == "small_win"]
    assert lines(wins) == ["D+4 16:00 small_win"]


def test_without_a_chosen_pace_the_light_week_has_the_whole_preparation_and_every_morning_text():
    shown = planned(INDUCTION, facts(patient=ana(chosen_pace=None)))
    week = [one.rule for one in shown if one.counts and one.due_at < wall(1, "0:00")]
    assert week == [
        "phq9_baseline",
        "gad7_baseline",
        "mood_baseline",
        "comfort",
        "communication",
        "intention",
        "day_before",
        "morning",
        "landing",
    ]
    mornings = [one.session_number for one in shown if one.rule == "morning"]
    assert mornings == [1, 2, 3, 4, 5, 6]


def test_the_full_pace_begins_when_the_first_landing_is_answered():
    quiet = facts(patient=ana(chosen_pace=None))
    spoken = facts(patient=ana(chosen_pace=None), past=(sent("landing", 1, wall(0, "17:30")),))
    lessons = [[one.rule for one in planned(INDUCTION, given)].count("lesson") for given in (quiet, spoken)]
    assert lessons[0] < lessons[1] == 28
