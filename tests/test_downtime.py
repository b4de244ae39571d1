"""After an outage: what has not expired goes out, spread, nothing twice; what has expired says so, and staff know.

The machines stop, the world goes on (staff mark sessions on paper and enter them at the end), and all starts again.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from smsbot import sessions
from smsbot.localtime import instant
from smsbot.sessions import Booking
from tests.api_support import consent_form
from tests.life_support import DAY, HOUR, Life, living

NEW_YORK = ZoneInfo("America/New_York")
MONDAY = date(2026, 11, 30)
PHONES = ("+14155550120", "+14155550121", "+14155550122")


def wall(day: int, clock: str) -> datetime:
    """A wall time, days counted from the Monday of session 1."""
    return instant(MONDAY + day * DAY, time.fromisoformat(clock), NEW_YORK)


def stored(at: datetime) -> str:
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(" ")


def joined(life: Life, day: int, clock: str) -> None:
    """Three patients with the same sessions say YES at that time and are silent from then on."""
    life.on(wall(day, clock))
    form = consent_form(at=life.now - DAY)
    for phone in PHONES:
        life.world.enroll(phone, sessions=[Booking(wall(at, "10:00"), 60) for at in (0, 3, 7)], consent=form)
    life.work()
    for phone in PHONES:
        life.text("YES", phone)
    life.work()


@pytest.fixture
def life() -> Iterator[Life]:
    with living(wall(-8, "09:00")) as found:
        yield found


def outage(life: Life, begins: datetime, hours: float) -> dict[str, list[tuple[str, str]]]:
    """Everything is down from then on; returns what left in the day after it, by patient, as (wall time, rule)."""
    life.on(begins)
    ends = begins + hours * HOUR
    life.world.watch.to(ends)
    for row, start in life.rows("SELECT id, starts_at FROM session WHERE starts_at < ?", stored(ends - HOUR)):
        with life.world.desk() as desk:
            sessions.done(desk, uuid.UUID(row), datetime.fromisoformat(start).replace(tzinfo=UTC) + HOUR)
    life.work()
    life.on(ends + DAY)
    life.check()
    return {
        patient: [(f"{one.at.astimezone(NEW_YORK):%a %H:%M}", one.rule) for one in openers if one.at >= begins]
        for patient, openers in life.openers.items()
    }


def left(found: dict[str, list[tuple[str, str]]]) -> list[tuple[str, str]]:
    """What left is the same for every patient."""
    assert len(found) == len(PHONES)
    first, *others = found.values()
    assert all(other == first for other in others)
    return first


def dropped(life: Life, since: datetime, until: datetime) -> dict[str, str]:
    """What was planned for the outage and did not go, with its sentence; one patient's."""
    query = "SELECT rule, why FROM touch WHERE state = 'dropped' AND planned_at BETWEEN ? AND ? AND flow <> ''"
    return dict(life.rows(query, stored(since), stored(until)))


def tasks(life: Life) -> list[str]:
    return [kind for (kind,) in life.rows("SELECT kind FROM task ORDER BY created_at")]


EVE = wall(-1, "16:30")


def test_ninety_minutes_only_make_a_text_late(life: Life) -> None:
    joined(life, -7, "09:30")
    assert left(outage(life, EVE, 1.5)) == [
        ("Sun 18:00", "day_before"),
        ("Mon 08:00", "morning"),
        ("Mon 09:45", "arrival"),
    ]
    assert dropped(life, EVE, EVE + 1.5 * HOUR) == {}


def test_five_hours_into_the_night_wake_nobody_and_staff_phone_instead(life: Life) -> None:
    joined(life, -7, "09:30")
    assert left(outage(life, EVE, 5)) == [("Mon 08:00", "morning"), ("Mon 09:45", "arrival")]
    assert dropped(life, EVE, EVE + 5 * HOUR) == {"day_before": "Dropped: it had to leave by 19:30."}
    assert tasks(life).count("call_before_session") == len(PHONES)


def test_thirty_hours_lose_the_session_day_but_never_the_landing(life: Life) -> None:
    joined(life, -7, "09:30")
    before = len(life.messages)
    found = left(outage(life, EVE, 30))
    assert len(set(life.messages)) == len(life.messages) > before  # nothing that went out before goes again
    assert found[0] == ("Tue 09:30", "landing")
    assert {rule for _, rule in found}.isdisjoint({"day_before", "morning", "arrival", "reflection"})
    gone = dropped(life, EVE, EVE + 30 * HOUR)
    assert set(gone) == {"day_before", "morning", "arrival", "pace_check"}
    assert all(why == "Dropped: its time had passed." for why in gone.values())


def test_three_days_are_not_replayed(life: Life) -> None:
    joined(life, -7, "09:30")
    ends = EVE + 3 * DAY
    found = left(outage(life, EVE, 72))
    assert [each for each in found if each[0].startswith("Wed")] == [("Wed 17:00", "day_before")]
    assert [rule for _, rule in found] == ["day_before", "morning", "arrival"]
    gone = dropped(life, EVE, ends)
    assert {"day_before", "morning", "arrival", "landing", "reflection"} <= set(gone)
    assert all(why.startswith("Dropped: ") for why in gone.values())


def test_of_two_late_texts_the_one_about_the_session_goes_first_and_the_other_an_hour_later(life: Life) -> None:
    joined(life, -2, "17:00")
    begins = wall(-1, "13:30")
    found = left(outage(life, begins, 5))
    assert found[:2] == [("Sun 18:30", "day_before"), ("Sun 19:30", "intention")]
    assert {why for (why,) in life.rows("SELECT why FROM touch WHERE rule = 'intention'")}


@pytest.mark.long
@pytest.mark.parametrize("hours", [1.5, 5, 30, 72])
def test_whenever_it_begins_nothing_expired_leaves_and_nothing_leaves_in_a_heap(life: Life, hours: float) -> None:
    joined(life, -7, "09:30")
    begins = wall(-4, "10:30")
    for patient in outage(life, begins, hours):
        times = [one.at for one in life.openers[patient] if one.at >= begins and one.counts]
        assert all(later - earlier >= timedelta(minutes=59) for earlier, later in pairwise(times))
    query = "SELECT rule, sent_at, send_by FROM touch WHERE sent_at > send_by"
    assert [row for row in life.rows(query) if row[0] != "landing"] == []


def test_a_poisoned_touch_is_set_aside_with_an_item_for_staff_and_stops_nobody_else(life: Life) -> None:
    joined(life, -7, "09:30")
    life.on(wall(-1, "16:30"))
    row, patient = life.rows("SELECT id, patient_id FROM touch WHERE rule = 'day_before' AND session_version = 1")[0]
    life.rows('UPDATE touch SET details = \'{"plan": {"key": 7}}\' WHERE id = ?', row)
    life.on(wall(-1, "17:05"))
    left_now = {who for who, openers in life.openers.items() if openers[-1].at >= wall(-1, "17:00")}
    assert len(left_now) == len(PHONES) - 1
    assert patient not in left_now
    state, why = life.rows("SELECT state, why FROM touch WHERE id = ?", row)[0]
    assert (state, why) == ("dropped", "Dropped: it could not be prepared, and staff have been told.")
    assert life.rows("SELECT reason, details FROM task WHERE kind = 'set_aside'") == [
        ("touch", f'{{"row":"{uuid.UUID(row)}"}}')
    ]
    life.on(wall(0, "12:00"))
    assert len({who for who, openers in life.openers.items() if openers[-1].rule == "arrival"}) == len(PHONES)
