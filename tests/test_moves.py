"""A session is moved: what the preview says on every edge, what carries over, and who is told."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from smsbot import sessions
from smsbot.localtime import instant
from smsbot.sessions import Booking
from tests.api_support import ANA, caller, consent_form
from tests.life_support import DAY, Life, living, the_patient

NEW_YORK = ZoneInfo("America/New_York")


def wall(day: int, clock: str) -> datetime:
    return instant(date(2026, 11, 30) + day * DAY, time.fromisoformat(clock), NEW_YORK)


@pytest.fixture
def life() -> Iterator[Life]:
    """Ana has joined with a session on Monday at 10:00 and another on Monday week, and set an intention."""
    with living(wall(-7, "09:30")) as found:
        booked = [Booking(wall(0, "10:00"), 60), Booking(wall(7, "10:00"), 60)]
        found.world.enroll(ANA, sessions=booked, consent=consent_form(at=wall(-8, "09:00")))
        found.work()
        found.text("YES")
        found.on(wall(-3, "16:05"))
        found.text("SKIP")
        found.on(wall(-2, "16:05"))
        for words in ("to be kind to myself this winter", "1"):
            found.text(words)
            found.on(found.now + DAY / 48)
        yield found


def visit(life: Life, place: int = 0) -> uuid.UUID:
    return uuid.UUID(life.rows("SELECT id FROM session ORDER BY created_at, starts_at")[place][0])


def move(life: Life, to: datetime, place: int = 0) -> None:
    with life.world.desk() as desk:
        sessions.move(desk, visit(life, place), to)


def preview(life: Life, to: datetime) -> dict[str, list[str]]:
    """What the API says of a move, by what happens."""
    answer = caller(life.world)("POST", f"/sessions/{visit(life)}/move-preview", {"starts_at": to.isoformat()})
    found: dict[str, list[str]] = {}
    for touch in answer.get_json()["touches"]:
        found.setdefault(touch["change"], []).append(touch["rule"])
    return found


def left(life: Life, since: datetime) -> Counter[str]:
    openers = life.openers[the_patient(life).id.hex]
    return Counter(one.rule for one in openers if one.at >= since)


def test_the_preview_names_what_moves_what_is_new_and_what_was_sent_and_answered(life: Life) -> None:
    found = preview(life, wall(2, "10:00"))
    assert "intention" in found["answered"]
    assert {"day_before", "morning", "arrival", "landing", "reflection"} <= set(found["moves"])
    assert "intention" not in found["moves"] + found.get("new", [])


def test_a_preview_changes_nothing(life: Life) -> None:
    before = life.rows("SELECT id, due_at, state, fence FROM touch ORDER BY id")
    preview(life, wall(2, "10:00"))
    assert life.rows("SELECT id, due_at, state, fence FROM touch ORDER BY id") == before


def test_an_answer_carries_over_and_is_not_asked_for_again(life: Life) -> None:
    at = life.now
    move(life, wall(3, "10:00"))
    life.on(wall(3, "12:00"))
    assert left(life, at)["intention"] == 0
    assert left(life, at)["arrival"] == 1
    assert life.rows("SELECT count(*) FROM answer WHERE name = 'intention' AND superseded_at IS NULL") == [(1,)]


def test_who_had_been_told_is_told_of_the_new_time_once_and_not_asked_the_day_before_again(life: Life) -> None:
    life.on(wall(-1, "17:30"))
    at = life.now
    move(life, wall(3, "10:00"))
    life.on(wall(3, "12:00"))
    assert left(life, at)["moved"] == 1
    assert left(life, at)["day_before"] == 0
    assert left(life, at)["morning"] == 1


def test_a_move_back_to_the_told_time_before_anything_left_tells_nobody(life: Life) -> None:
    life.on(wall(-1, "21:00"))  # told at 17:00; nothing leaves at night
    at = life.now
    move(life, wall(3, "10:00"))
    move(life, wall(0, "10:00"))
    life.on(wall(0, "09:50"))
    assert left(life, at) == Counter(morning=1, arrival=1)


def test_a_second_move_after_the_first_was_told_is_told_too(life: Life) -> None:
    life.on(wall(-1, "17:30"))
    at = life.now
    move(life, wall(3, "10:00"))
    life.on(wall(-1, "18:30"))
    move(life, wall(4, "10:00"))
    life.on(wall(0, "12:00"))
    assert left(life, at)["moved"] == 2


def test_who_had_heard_no_day_nor_time_of_a_session_is_not_told_of_its_move(life: Life) -> None:
    assert life.rows("SELECT told_start IS NULL FROM session ORDER BY starts_at") == [(0,), (1,)]
    at = life.now
    move(life, wall(10, "10:00"), place=1)
    life.on(wall(9, "17:05"))
    assert left(life, at)["moved"] == 0
    assert left(life, wall(9, "16:59")) == Counter(day_before=1)
