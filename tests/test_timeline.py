"""The whole history of touches after a long story: planned, moved, held, sent, late, delivered, answered, why not."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from smsbot import sessions
from smsbot.localtime import instant
from smsbot.sessions import Booking
from smsbot.store import patients, record
from smsbot.store.record import TouchSeen
from tests.api_support import ANA, caller, consent_form
from tests.life_support import DAY, Life, living, the_patient

NEW_YORK = ZoneInfo("America/New_York")


def wall(day: int, clock: str) -> datetime:
    return instant(date(2026, 11, 30) + day * DAY, time.fromisoformat(clock), NEW_YORK)


def visits(life: Life) -> list[uuid.UUID]:
    return [uuid.UUID(row) for (row,) in life.rows("SELECT id FROM session ORDER BY starts_at")]


@pytest.fixture(scope="module")
def life() -> Iterator[Life]:
    """Ana joins, session 1 is moved a day on, is attended, is late marked; session 2 is called off; a day is lost."""
    with living(wall(-7, "09:30")) as found:
        booked = [Booking(wall(day, "10:00"), 60) for day in (0, 4, 8)]
        found.world.enroll(ANA, sessions=booked, consent=consent_form(at=wall(-8, "09:00")))
        found.work()
        found.text("YES")
        found.on(wall(-1, "18:00"))
        with found.world.desk() as desk:
            sessions.move(desk, visits(found)[0], wall(1, "10:00"))
        found.on(wall(1, "21:00"))
        with found.world.desk() as desk:
            sessions.done(desk, visits(found)[0], wall(1, "11:00"))
        found.on(wall(2, "09:40"))
        found.text("1")
        found.on(wall(3, "16:59"))
        found.world.watch.to(wall(3, "18:00"))
        found.work()
        with found.world.desk() as desk:
            sessions.cancel(desk, visits(found)[1], "clinic")
        found.on(wall(6, "09:00"))
        yield found


def seen(life: Life) -> list[TouchSeen]:
    with life.world.desk() as desk:
        return record.timeline(desk.visit(), patients.get(desk.db, desk.keys, the_patient(life).id))


def history(life: Life, rule: str, place: int = 0) -> list[str]:
    touch = [each for each in seen(life) if each.touch.rule == rule][place]
    return [entry["what"] for entry in touch.history]


def test_a_landing_that_waited_for_staff_tells_all_of_it(life: Life) -> None:
    assert history(life, "landing") == [
        "Three hours after the end of session 1, moved to 17:30 (New York): it goes between 17:30 and 20:00.",
        "Moved from 17:30 on Monday, November 30 to 17:30 on Tuesday, December 1. "
        "Three hours after the end of session 1, moved to 17:30 (New York): it goes between 17:30 and 20:00.",
        "Held by session 1 not being marked as done until 20:00.",
        "Held by session 1 not being marked as done until 9:30 on Wednesday, December 2.",
        "Held by quiet hours until 9:30 on Wednesday, December 2.",
        "Sent, 16 hours late.",
        "Delivered.",
        "Answered.",
    ]


def test_a_late_text_says_how_late(life: Life) -> None:
    assert history(life, "day_before", 1)[-3:-1] == ["Sent, one hour late.", "Delivered."]


def test_a_question_nobody_answered_says_so(life: Life) -> None:
    assert history(life, "comfort")[-1].startswith(("No answer came", "A newer question", "Dropped: "))


def test_a_move_told_after_the_old_time_was_told_is_in_the_timeline_once(life: Life) -> None:
    moved = [each for each in seen(life) if each.touch.rule == "moved"]
    assert [(each.session, each.touch.state) for each in moved] == [(1, "unanswered")]
    assert moved[0].history[0]["what"] == "When the session was moved, at 18:00 (New York)."


def test_what_a_called_off_session_took_with_it_says_so(life: Life) -> None:
    arrival = next(each for each in seen(life) if each.touch.rule == "arrival" and each.touch.state == "canceled")
    assert arrival.history[-1]["what"] == "Dropped: session 2 was canceled."


def test_every_touch_that_went_out_ends_with_what_came_of_it(life: Life) -> None:
    for each in seen(life):
        whats = [entry["what"] for entry in each.history]
        assert whats
        assert all(what.endswith(".") for what in whats)
        assert all(first != second for first, second in pairwise(whats))
        if each.touch.sent_at and each.touch.flow:
            assert any(what.startswith("Sent") for what in whats)
            assert "Delivered." in whats


def test_entries_stand_in_order_and_in_utc(life: Life) -> None:
    for each in seen(life):
        times = [datetime.fromisoformat(entry["at"]) for entry in each.history]
        assert times == sorted(times)
        assert all(at.tzinfo is not None and at.utcoffset() == UTC.utcoffset(at) for at in times)


def test_the_api_shows_the_same_history(life: Life) -> None:
    touches = caller(life.world)("GET", f"/patients/{the_patient(life).id}/timeline").get_json()["touches"]
    landing = next(each for each in touches if each["key"] == "landing")
    assert [entry["what"] for entry in landing["history"]] == history(life, "landing")
    assert landing["answered_at"]
