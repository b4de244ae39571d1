"""What a move would do, before it is done."""

from __future__ import annotations

from dataclasses import replace

from smsbot.planner import Facts, Move, move_preview, plan
from tests.planner_support import NEW_YORK, facts, load, sent, series, session, wall

INDUCTION = load("induction")
INTENTION = sent("intention", 1, wall(-2, "16:00"))
DAY_BEFORE = sent("day_before", 1, wall(-1, "17:00"), "sent")


def preview(before: Facts, after: Facts) -> dict[str, Move]:
    now = wall(-1, "18:00")
    moves = move_preview(plan(INDUCTION, before, now), plan(INDUCTION, after, now), after.past, NEW_YORK)
    return {move.key.removeprefix(f"{session(1, 0).id}:"): move for move in moves}


def moved(day: int, clock: str = "10:00") -> dict[str, Move]:
    before = facts((session(1, 0), session(2, 9)), past=(INTENTION, DAY_BEFORE))
    there = replace(session(1, day, clock), version=2, changed_at=wall(-1, "18:00"), told_start=wall(0, "10:00"))
    return preview(before, replace(before, sessions=(there, session(2, 9))))


def test_touches_move_with_their_session():
    move = moved(1)["landing"]
    assert (move.change, move.before, move.after) == ("moves", wall(0, "17:30"), wall(1, "17:30"))
    assert move.why == "Moves from 17:30 on Monday, November 30 to 17:30 on Tuesday, December 1."


def test_what_was_answered_is_kept_and_not_asked_again():
    move = moved(1)["intention"]
    assert (move.change, move.after) == ("answered", None)
    assert move.why == "Answered, and the answer is kept (16:00 on Saturday, November 28)."


def test_what_was_sent_is_not_sent_again():
    assert (moved(1)["day_before"].change, moved(1)["day_before"].after) == ("sent", None)


def test_the_new_time_is_announced_because_the_old_one_was_told():
    announced = [move for move in moved(1).values() if move.rule == "moved"]
    assert [(move.change, move.after) for move in announced] == [("new", wall(-1, "18:00"))]


def test_what_finds_no_room_any_more_is_dropped_with_its_reason():
    move = moved(0, "9:00")["morning"]
    assert (move.change, move.why) == (
        "dropped",
        "Dropped: the start is early and the day-before text says it all.",
    )


def test_a_canceled_session_drops_its_block():
    before = facts(series((0, 9)))
    gone = (replace(session(1, 0), status="canceled"), session(2, 9))
    moves = preview(before, replace(before, sessions=gone))
    assert {moves[rule].change for rule in ("landing", "morning", "arrival", "reflection")} == {"dropped"}


def test_what_stays_as_it_is_is_left_out():
    before = facts(series((0, 9)))
    assert set(preview(before, before)) == {"enrollment:welcome"}
