"""The scheduler case by case: each name is a sentence of the rules, each case one patient's facts and one touch."""

from __future__ import annotations

from datetime import date, time
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from smsbot.planner import Clinic, Facts, Mark, PlannedTouch, Session, plan
from tests.planner_support import MON_THU, NEW_YORK, ana, facts, load, sent, series, session, wall, when
from tests.test_planner_verdict import CASES as VERDICT_CASES

INDUCTION = load("induction")
LOS_ANGELES = ZoneInfo("America/Los_Angeles")
MONTHLY = (0, 10, 20, 30, 40, 50)


def found(given: Facts, rule: str, number: int | None) -> PlannedTouch | None:
    touches = plan(INDUCTION, given, wall(-20, "0:00"))
    return next((one for one in touches if one.rule == rule and one.session_number == number), None)


def outcome(given: Facts, rule: str, number: int | None = None) -> str:
    """The time of a touch as D+1 10:00, its sentence when it is dropped, or 'nothing'."""
    touch = found(given, rule, number)
    if touch is None:
        return "nothing"
    return when(touch, given.patient.zone) if touch.state == "planned" else touch.why


def one_session(clock: str = "10:00", minutes: int = 60, **changed: object) -> Facts:
    made = session(1, 0, clock, **{"minutes": minutes, **changed})
    return facts((made,))


def two(gap: int, first: str = "10:00", second: str = "10:00") -> Facts:
    return facts((session(1, 0, first), session(2, gap, second)))


def joined(day: int, clock: str = "12:00", **patient: object) -> Facts:
    at = wall(day, clock)
    return facts(patient=ana(invited_at=at, joined_at=at, **patient))


def plan_made(day: int, clock: str, *more: Mark, days: tuple[int, ...] = MON_THU) -> Facts:
    return facts(series(days), marks=(Mark("m1", "plan_made", wall(day, clock)), *more))


def told(old: str, day: int = 1, changed_day: int = -3, changed_clock: str = "11:00") -> Facts:
    """Session 1 was told for `old` on D and moved since."""
    changed = {"version": 2, "told_start": wall(0, old), "changed_at": wall(changed_day, changed_clock)}
    return facts((session(1, day, **changed),))


ROUGH = sent("landing", 1, wall(0, "17:30"), codes=("rough",))
CALM = sent("landing", 1, wall(0, "17:30"), codes=("calm",))
CAP2 = "Dropped: the cap of 2 texts a day is reached."

CASES: dict[str, tuple[Facts, str, int | None, str]] = {
    # Joining
    "the invitation goes at once inside the window": (
        Facts(ana(joined_at=None, status="invited")), "welcome", None, "D-7 09:30"),
    "an invitation entered at night waits for the window": (
        Facts(ana(joined_at=None, status="invited", invited_at=wall(-7, "22:00"))), "welcome", None, "D-6 09:00"),
    "an invitation entered before dawn waits for the window": (
        Facts(ana(joined_at=None, status="invited", invited_at=wall(-7, "5:00"))), "welcome", None, "D-7 09:00"),
    "the one repeat of the invitation is next day at 15:00": (
        Facts(ana(joined_at=None, status="invited")), "welcome_again", None, "D-6 15:00"),
    "who has agreed is not invited again": (
        facts(), "welcome_again", None, "Dropped: the patient has already agreed."),
    # Before session 1
    "the intention is asked two days before at the patient's time": (one_session(), "intention", 1, "D-2 16:00"),
    "a patient of the morning is asked at 10:00": (
        facts((session(1, 0),), ana(preferred=time(10))), "intention", 1, "D-2 10:00"),
    "a patient of the evening is asked at 18:30": (
        facts((session(1, 0),), ana(preferred=time(18, 30))), "intention", 1, "D-2 18:30"),
    "a time outside the patient's own hours moves to their edge": (
        facts((session(1, 0),), ana(preferred=time(18, 30), window=(time(10), time(18)))), "intention", 1, "D-2 18:00"),
    "joined after the intention was due, it goes the next day": (joined(-2, "17:00"), "intention", 1, "D-1 16:00"),
    "joined the evening before, the intention still goes": (joined(-2, "21:00"), "intention", 1, "D-1 16:00"),
    "joined after half a day before the session, the intention is too late": (
        facts((session(1, 0, "12:00"),), ana(invited_at=wall(0, "5:00"), joined_at=wall(0, "5:00"))), "intention", 1,
        "Dropped: its time had passed."),
    "the first questionnaire is asked six days before at 10:00": (facts(), "phq9_baseline", 1, "D-6 10:00"),
    "a questionnaire never goes on the eve of a closed day": (
        facts(series((4, 7)), ana()), "phq9_baseline", 1, "D+0 10:00"),
    "a questionnaire never goes on a holiday nor on its eve": (
        facts(clinic=Clinic(holidays=frozenset({date(2026, 11, 24)}))), "phq9_baseline", 1, "D-5 10:00"),
    "a questionnaire on the day before a session goes at 11:00": (joined(-2, "20:30"), "phq9_baseline", 1,
        "Dropped: its time had passed."),
    "joined on Thursday for Monday, the questionnaire finds no open day": (
        joined(-4, "15:00"), "phq9_baseline", 1, "Dropped: its time had passed."),
    "joined on Friday morning, the questionnaire does not go on the eve of a closed day": (
        joined(-3, "9:30"), "phq9_baseline", 1, "Dropped: its time had passed."),
    "joined on Wednesday morning for Monday, the questionnaire goes the same day": (
        joined(-5, "9:30"), "phq9_baseline", 1, "D-5 10:00"),
    "the second questionnaire gives way to the first when both are late": (
        joined(-5, "9:30"), "gad7_baseline", 1, "D-5 13:00"),
    "the comfort menu is asked four days before": (facts(), "comfort", 1, "D-4 16:00"),
    "the communication chart is asked three days before": (facts(), "communication", 1, "D-3 16:00"),
    "joined three days before, the comfort menu slides": (joined(-3, "12:00"), "comfort", 1, "D-3 16:00"),
    "joined the day before, what does not fit goes to the arrival form": (joined(-1, "9:30"), "communication", 1, CAP2),
    "joined the day before, the intention goes and the comfort menu does not": (joined(-1, "9:30"), "comfort", 1, CAP2),
    # The day before, the morning, the arrival
    "the day-before text goes at 17:00": (one_session(), "day_before", 1, "D-1 17:00"),
    "the day-before text keeps to the patient's own hours": (
        facts((session(1, 0),), ana(window=(time(10), time(16)))), "day_before", 1, "D-1 16:00"),
    "own hours that end before 15:00 leave the day-before text no room": (
        facts((session(1, 0),), ana(window=(time(9), time(14)))), "day_before", 1,
        "Dropped: the patient's hours leave no room for it."),
    "booked at 18:00 the day before, the day-before text goes at once": (
        one_session(booked_at=wall(-1, "18:00")), "day_before", 1, "D-1 18:00"),
    "booked at 19:45 the day before, the clinic phones instead": (
        one_session(booked_at=wall(-1, "19:45")), "day_before", 1, "Dropped: its time had passed."),
    "the morning text goes two hours before": (one_session("13:00"), "morning", 1, "D+0 11:00"),
    "the morning text never goes before 8:00": (one_session("9:30"), "morning", 1, "D+0 08:00"),
    "a start before 9:30 has no morning text": (
        one_session("9:00"), "morning", 1,
        "Dropped: the start is early and the day-before text says it all."),
    "own hours hold even for the morning text": (
        facts((session(1, 0, "12:00"),), ana(window=(time(11), time(18)))), "morning", 1, "D+0 11:00"),
    "the arrival line goes a quarter of an hour before": (one_session(), "arrival", 1, "D+0 09:45"),
    "the arrival line is not sent before 8:00": (one_session("8:00"), "arrival", 1, "D+0 08:00"),
    "a session before 8:00 has no arrival line": (
        one_session("7:30"), "arrival", 1, "Dropped: its time had passed."),
    # The landing
    "the landing waits for 17:30": (one_session(), "landing", 1, "D+0 17:30"),
    "the landing waits for three hours after the end": (one_session("14:00"), "landing", 1, "D+0 18:00"),
    "the landing goes at 20:00 at the latest": (one_session("16:00"), "landing", 1, "D+0 20:00"),
    "after a late end the landing goes at 9:30 the next day": (one_session("16:30"), "landing", 1, "D+1 09:30"),
    "the actual end counts once staff said done": (
        one_session(status="done", ended_at=wall(0, "16:10")), "landing", 1, "D+0 19:10"),
    "an early end brings the landing no earlier than 17:30": (
        one_session("15:00", status="done", ended_at=wall(0, "13:00")), "landing", 1, "D+0 18:00"),
    "a session that ran past 17:00 is asked about next morning": (
        one_session(status="done", ended_at=wall(0, "17:20")), "landing", 1, "D+1 09:30"),
    "arrived but not done counts from the planned end": (
        one_session("14:00", status="arrived", arrived_at=wall(0, "13:50")), "landing", 1, "D+0 18:00"),
    "own hours that end at 17:00 move the landing to the morning": (
        facts((session(1, 0),), ana(window=(time(9), time(17)))), "landing", 1, "D+1 09:30"),
    "a no-show is never asked how it was": (one_session(status="no_show"), "landing", 1, "nothing"),
    "a canceled session has no landing": (one_session(status="canceled"), "landing", 1, "nothing"),
    # The reflections
    "the first reflection is at 10:00 the next day": (one_session(), "reflection", 1, "D+1 10:00"),
    "a patient of the midday reflects at 13:00": (
        facts((session(1, 0),), ana(preferred=time(13))), "reflection", 1, "D+1 13:00"),
    "a patient of the evening reflects at 10:00 all the same": (
        facts((session(1, 0),), ana(preferred=time(18, 30))), "reflection", 1, "D+1 10:00"),
    "a landing next morning takes the place of the first reflection": (
        one_session("16:30"), "reflection", 1, "Dropped: replaced by the landing this morning."),
    "sessions on two days running merge the reflection into the morning": (
        two(1), "reflection", 1, "Dropped: merged into the morning of session 2."),
    "sessions two days apart have no second reflection": (
        two(2), "reflection_two", 1, "Dropped: session 2 is that day."),
    "sessions three days apart have the second reflection at 13:00": (two(3), "reflection_two", 1, "D+2 13:00"),
    "sessions four days apart have the second reflection at the patient's time": (
        two(4), "reflection_two", 1, "D+2 16:00"),
    "an unanswered reflection cancels the second one when sessions are close": (
        facts((session(1, 0), session(2, 3)), past=(sent("reflection", 1, wall(1, "10:00"), "unanswered"),)),
        "reflection_two", 1, "Dropped: it is sent only if reflection answered."),
    "an unanswered reflection cancels nothing when sessions are far apart": (
        facts((session(1, 0), session(2, 9)), past=(sent("reflection", 1, wall(1, "10:00"), "unanswered"),)),
        "reflection_two", 1, "D+2 16:00"),
    "an answered reflection keeps the second one": (
        facts((session(1, 0), session(2, 3)), past=(sent("reflection", 1, wall(1, "10:00")),)),
        "reflection_two", 1, "D+2 13:00"),
    "after session 3 the bridge stands in its place": (facts(series(MONTHLY)), "bridge_three", 3, "D+22 16:00"),
    "the small plan goes three hours after the second reflection": (two(8), "practice", 1, "D+2 19:00"),
    "the small plan may wait for the day after": (two(8), "practice_later", 1, "D+3 16:00"),
    "an evening patient's small plan has only the day after": (
        facts((session(1, 0), session(2, 8)), ana(preferred=time(18, 30))), "practice", 1,
        "Dropped: it would come after 20:00."),
    # The bridge
    "sessions far apart ask the bridge two days before": (two(8), "bridge", 2, "D+6 16:00"),
    "sessions five days apart ask the bridge two days before": (two(5), "bridge", 2, "D+3 16:00"),
    "sessions four days apart ask it inside the day-before text": (two(4), "bridge", 2, "D+3 17:00"),
    "without a day-before text there is no bridge inside it": (
        facts((session(1, 0), session(2, 3, booked_at=wall(2, "19:45")))), "bridge", 2,
        "Dropped: the day-before text does not go."),
    # Rough evenings
    "a rough landing keeps the first reflection on the day before the next session": (
        facts((session(1, 0), session(2, 2)), past=(ROUGH,)), "reflection", 1, "D+1 10:00"),
    "a rough landing keeps the first reflection": (
        facts((session(1, 0),), past=(ROUGH,)), "reflection", 1, "D+1 10:00"),
    # Two sessions on one day, and consecutive days
    "two sessions in one day have one landing, after the later end": (
        facts((session(1, 0, "9:30"), session(2, 0, "14:00"))), "landing", 1, "D+0 18:00"),
    "two sessions in one day are followed by one reflection": (
        facts((session(1, 0, "9:30"), session(2, 0, "14:00"))), "reflection", 2, "nothing"),
    "the quiet time of two sessions in one day ends after the later end": (
        facts((session(1, 0, "9:30"), session(2, 0, "16:00"))), "landing", 1, "D+0 20:00"),
    "on the second of two days running the morning text goes two hours before": (
        two(1), "morning", 2, "D+1 08:00"),
    "two sessions in one day have one day-before text": (
        facts((session(1, 0, "9:30"), session(2, 0, "14:00"))), "day_before", 2, "nothing"),
    # Small wins
    "a plan made far from sessions is asked about the next day": (
        plan_made(30, "13:00", days=(0, 60)), "small_win", None, "D+31 16:00"),
    "a plan made the day before a session is asked about after it": (
        plan_made(9, "13:00", days=(0, 10)), "small_win", None, "D+11 16:00"),
    "a plan is asked about four days later at the latest": (
        plan_made(5, "16:30"), "small_win", None, "Dropped: the cap of 2 texts a day is reached."),
    # Session 3
    "session 4 not booked leaves staff a task five days after session 3": (
        facts(series((0, 7, 14))), "no_next_session", 3, "D+19 09:00"),
    "session 4 booked leaves staff no task": (
        facts(series((0, 7, 14, 21))), "no_next_session", 3, "Dropped: there is nothing for staff to do."),
    # Moves
    "a move that was never told is not announced": (
        facts((session(1, 0, version=2, changed_at=wall(-3, "11:00")),)), "moved", 1, "nothing"),
    "a move after the old time was told is announced at once": (told("10:00"), "moved", 1, "D-3 11:00"),
    "a move made at night is announced in the morning": (
        told("10:00", changed_clock="23:00"), "moved", 1, "D-2 09:00"),
    "a session moved back to the told time is not announced": (told("10:00", day=0), "moved", 1, "nothing"),
    "a move inside a day also asks staff to phone": (
        told("9:00", day=0, changed_day=-1), "moved", 1, "D-1 11:00"),
    "a canceled session whose time was never told is not spoken of": (
        facts((session(1, 1, status="canceled"),)), "canceled", None, "nothing"),
    "a session missed long ago is not spoken of": (
        facts((session(1, -30, status="no_show", told_start=wall(-30, "10:00")),)), "missed", None, "nothing"),
    # Carrying over
    "an intention set for a canceled session is not asked again": (
        facts((session(1, 0, status="canceled"), session(2, 7)), past=(sent("intention", 1, wall(-2, "16:00")),)),
        "intention", 2, "nothing"),
    "an intention asked already is not asked again after a move": (
        facts((session(1, 4, version=2),), past=(sent("intention", 1, wall(-2, "16:00")),)), "intention", 1, "nothing"),
    "a session added late still gets its day-before text": (
        facts((*series((0, 3)), session(3, 7, booked_at=wall(5, "9:00")))), "day_before", 3, "D+6 17:00"),
    "a new series counts its sessions from one": (
        facts((session(1, -90, status="done", series="old"), session(2, 0, series="new")), series="new"),
        "intention", 1, "D-2 16:00"),
    # Standing
    "a stopped patient's plan says so": (
        facts(patient=ana(status="stopped")), "day_before", 1, "Dropped: the patient is stopped."),
    "session days only keeps the landing": (
        facts(patient=ana(session_days_only=True)), "landing", 1, "D+0 17:30"),
    "session days only drops the reflection": (
        facts(patient=ana(session_days_only=True)), "reflection", 1,
        "Dropped: the patient asked for texts on session days only."),
    "session days only keeps the day-before text": (
        facts(patient=ana(session_days_only=True)), "day_before", 1, "D-1 17:00"),
    "the key pace drops the second reflection": (
        facts(patient=ana(chosen_pace="key")), "reflection_two", 1,
        "Dropped: only the key texts are sent at this pace."),
    "the key pace keeps the first reflection": (
        facts(patient=ana(chosen_pace="key")), "reflection", 1, "D+1 10:00"),
    "the key pace keeps the questionnaires": (
        facts(patient=ana(chosen_pace="key")), "phq9_baseline", 1, "D-6 10:00"),
    # The end of the series
    "the series ends only when all its sessions are booked": (facts(series((0, 3, 7))), "series_end", None, "nothing"),
    "a clinic may end a series early": (
        facts(series((0, 3, 7)), series_ended=True), "series_end", None, "D+12 16:00"),
    "with nothing booked the clinic has three weeks before the patient hears of an end": (
        facts(series((0, 3, 7)), series_over=True), "series_end", None, "D+33 16:00"),
    "a series that is booked on has no end": (facts(series((0, 3, 7))), "phq9_end", None, "nothing"),
    "with all its sessions booked a series ends with the last one, booked on or not": (
        facts(series_over=True), "series_end", None, "D+22 16:00"),
    "the end of the series comes five days after the last session": (facts(), "series_end", None, "D+22 16:00"),
    "a canceled last session brings the end of the series back": (
        facts((*series()[:5], session(6, 17, status="canceled")), series_ended=True), "series_end", None, "D+19 16:00"),
}  # fmt: skip


@pytest.mark.parametrize("sentence", CASES, ids=lambda sentence: sentence.replace(" ", "_"))
def test_case(sentence: str) -> None:
    given, rule, number, expected = CASES[sentence]
    assert outcome(given, rule, number) == expected


def test_the_patients_zone_decides_not_the_clinics() -> None:
    made = session(1, 0, "10:00")
    given = facts((made,), ana(zone=LOS_ANGELES))
    assert outcome(given, "intention", 1) == "D-2 16:00"
    assert found(given, "intention", 1).why.endswith("(16:00 Los Angeles).")  # type: ignore[union-attr]


def test_no_lesson_goes_on_a_session_day_or_the_day_before_one() -> None:
    days = {when(one).split()[0] for one in plan(INDUCTION, facts(), wall(-7, "13:00")) if one.rule == "lesson"}
    assert not days & {f"D{day + back:+d}" for day in MON_THU for back in (0, -1)}


def test_a_lesson_goes_at_10_when_the_patients_time_is_near_another_text() -> None:
    lessons = [when(one) for one in plan(INDUCTION, facts(), wall(-7, "13:00")) if one.rule == "lesson"]
    assert "D+22 10:00" in lessons  # the end of the series takes 16:00


def test_a_missed_lesson_is_skipped_and_the_next_day_has_the_next_unseen_one() -> None:
    past = (
        sent("lesson", None, wall(1, "16:00"), "sent", key="series:lesson:2026-12-01", kind="statement"),
        sent("lesson", None, wall(4, "16:00"), "dropped", key="series:lesson:2026-12-04", sent_at=None),
    )
    lessons = [one for one in plan(INDUCTION, facts(past=past), wall(5, "9:00")) if one.rule == "lesson"]
    assert next(one.item for one in lessons if one.state == "planned") == 2


def test_no_second_text_the_day_after_a_rough_landing() -> None:
    touches = plan(INDUCTION, facts((session(1, 0),), past=(ROUGH,)), wall(0, "18:00"))
    told = [one.why for one in touches if when(one).startswith("D+1 ") and one.rule == "lesson"]
    assert told == ["Dropped: last evening was rough, so one text is enough today."]


def test_a_calm_landing_leaves_room_for_the_lesson() -> None:
    touches = plan(INDUCTION, facts((session(1, 0),), past=(CALM,)), wall(0, "18:00"))
    assert [one.state for one in touches if when(one) == "D+1 16:00" and one.rule == "lesson"] == ["planned"]


def test_an_older_plan_gives_way_to_a_newer_one() -> None:
    given = plan_made(30, "13:00", Mark("m2", "plan_made", wall(30, "15:00")), days=(0, 60))
    told = {one.anchor_id: one.why for one in plan(INDUCTION, given, wall(30, "16:00")) if one.rule == "small_win"}
    assert told["m1"] == "Dropped: a newer one took its place."
    assert told["m2"] == "The day after a plan was made, at the patient's time (16:00 New York)."


def test_keys_are_session_and_rule() -> None:
    touch = found(facts(), "landing", 2)
    assert touch is not None
    assert touch.key == f"{UUID(int=2)}:landing"


def test_a_small_win_is_keyed_by_its_mark() -> None:
    assert {one.key for one in plan(INDUCTION, plan_made(30, "13:00", days=(0, 60)), wall(30, "14:00"))} >= {
        "m1:small_win"
    }


def test_the_deadlines_of_the_reflection_are_its_evening_and_36_hours() -> None:
    touch = found(facts(), "reflection", 1)
    assert touch is not None
    assert (touch.send_by, touch.answer_until) == (wall(1, "20:00"), wall(2, "22:00"))


def test_the_deadlines_of_the_intention_are_half_a_day_before_the_session() -> None:
    touch = found(facts(), "intention", 1)
    assert touch is not None
    assert (touch.send_by, touch.late_from, touch.late_line) == (wall(-1, "22:00"), wall(-1, "10:00"), "late")


def test_hours_move_the_clock_and_days_the_calendar_across_the_change() -> None:
    monday, long_before = date(2026, 11, 2), wall(date(2026, 10, 1), "9:00")  # clocks went back on November 1
    made = Session(UUID(int=1), wall(monday, "10:00"), 60, long_before)
    given = facts((made,), ana(invited_at=long_before, joined_at=long_before))
    touch = found(given, "intention", 1)
    assert touch is not None
    assert touch.due_at == wall(date(2026, 10, 31), "16:00")
    assert (made.starts_at - touch.due_at).total_seconds() == (42 + 1) * 3600


def test_replanning_the_same_facts_changes_nothing() -> None:
    once = plan(INDUCTION, facts(), wall(-7, "13:00"))
    assert once == plan(INDUCTION, facts(), wall(-7, "13:00")) == plan(INDUCTION, facts(), wall(-7, "14:00"))


@pytest.mark.parametrize(("by", "rule"), [("clinic", "canceled"), ("medical", "canceled_medically")])
def test_a_session_called_off_is_told_at_once_if_its_time_had_been_told(by: str, rule: str) -> None:
    off = session(1, 1, status="canceled", told_start=wall(1, "10:00"), canceled_why=by)
    touches = plan(INDUCTION, facts((off, session(2, 8))), wall(-1, "21:30"))
    told = [(one.rule, when(one), one.line) for one in touches if one.rule.startswith("canceled")]
    assert told == [(rule, "D+0 09:00", "medical" if by == "medical" else None)]


def test_the_doors_of_the_reflection_turn_from_session_to_session() -> None:
    doors = [one.line for one in plan(INDUCTION, facts(), wall(-7, "13:00")) if one.rule == "reflection"]
    assert doors == ["doors_1", "doors_2", "doors_3", "doors_4", "doors_1", "doors_2"]


def test_a_rough_landing_asks_softly_in_the_morning() -> None:
    touch = found(facts((session(1, 0),), past=(ROUGH,)), "reflection", 1)
    assert touch is not None
    assert (touch.flow, touch.line) == ("soft_morning", None)


def test_each_lesson_has_its_own_line() -> None:
    lessons = [one for one in plan(INDUCTION, facts(), wall(-7, "13:00")) if one.rule == "lesson" and one.item]
    assert [one.line for one in lessons[:3]] == ["m01", "m02", "m03"]


def test_the_arrival_line_goes_when_staff_click() -> None:
    touch = found(facts((session(1, 0, arrived_at=wall(0, "9:20"), status="arrived"),)), "arrival", 1)
    assert touch is not None
    assert (when(touch), touch.line) == ("D+0 09:20", "clicked")


def test_the_check_ins_follow_the_pace_chosen_at_the_end() -> None:
    for code, expected in (("fortnightly", ["D+32", "D+45", "D+59", "D+73"]), ("stop_here", [])):
        past = (sent("series_end", None, wall(22, "16:00"), codes=(code,)),)
        touches = plan(INDUCTION, facts(past=past), wall(22, "17:00"))
        assert [
            when(one).split()[0]
            for one in sorted(touches, key=lambda one: one.due_at)
            if one.rule in ("check_in", "thread_check") and one.state == "planned"
        ] == expected


def test_the_zone_is_new_york_in_every_sentence() -> None:
    told = [one.why for one in plan(INDUCTION, facts(), wall(-7, "13:00")) if one.state == "planned" and one.counts]
    assert all("New York)" in why and why.endswith(".") for why in told)
    assert NEW_YORK.key == "America/New_York"


def test_the_morning_of_the_second_of_two_days_running_has_the_soft_line() -> None:
    given = facts((session(1, 0), session(2, 1), session(3, 5)))
    lines = [getattr(found(given, "morning", number), "line", None) for number in (1, 2, 3)]
    assert lines == [None, "after_yesterday", None]


def test_there_are_at_least_eighty_named_cases(capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f" {len(CASES) + len(VERDICT_CASES)} named scheduler cases ", end="")
    assert len(CASES) >= 80
