"""A series is over when its last session has been and none is booked; a booking undoes that; staff may end it."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from smsbot import series, sessions
from smsbot.errors import Conflict
from smsbot.models import Patient, Series, Touch
from smsbot.sessions import Booking
from smsbot.store import patients
from smsbot.store import sessions as rows
from tests.api_support import BEN, NOW, World, caller
from tests.portal_support import browser

START = datetime(2026, 12, 1, 15, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def ana(world: World) -> Patient:
    """Two sessions of six are booked."""
    patient = world.enroll(sessions=(Booking(START, 60), Booking(START + 3 * DAY, 60)))
    with world.desk() as desk:
        row = patients.get(desk.db, desk.keys, patient.id)
        row.status, row.joined_at = "active", NOW
    return patient


def act(world: World, action: Any, *args: Any) -> Any:
    with world.desk() as desk:
        return action(desk, *args)


def visits(world: World, ana: Patient) -> list[uuid.UUID]:
    with world.desk() as desk:
        return [row.id for row in rows.of_patient(desk.db, desk.keys, ana.id)]


def attend(world: World, ana: Patient) -> None:
    """Both sessions have been; none is booked."""
    for session_id, start in zip(visits(world, ana), (START, START + 3 * DAY), strict=True):
        world.watch.to(start + HOUR)
        act(world, sessions.done, session_id)


def state(world: World, ana: Patient) -> tuple[int, str | None]:
    with world.desk() as desk:
        found = patients.latest_series(desk.db, desk.keys, ana.id)
    assert found is not None
    assert (found.ended_at is None) == (found.ended_why is None)
    return found.number, found.ended_why


def ends(world: World) -> dict[str, datetime | None]:
    """The touches of the end of a series that wait, and for when."""
    wanted = select(Touch).where(col(Touch.rule).in_(("series_end", "phq9_end")), col(Touch.state) == "planned")
    with world.runtime.database.read() as db:
        return {touch.rule: touch.due_at for touch in db.exec(wanted)}


def test_a_series_runs_while_a_session_is_booked(world: World, ana: Patient) -> None:
    world.watch.to(START + HOUR)
    act(world, sessions.done, visits(world, ana)[0])
    assert (state(world, ana), ends(world)) == ((1, None), {})


def test_with_its_last_session_done_and_none_booked_its_end_is_planned(world: World, ana: Patient) -> None:
    attend(world, ana)
    assert state(world, ana) == (1, "over")
    assert ends(world)["series_end"] == datetime(2026, 12, 30, 21, 0, tzinfo=UTC)


@pytest.mark.parametrize("action", [sessions.no_show, lambda desk, row: sessions.cancel(desk, row, "clinic")])
def test_a_last_session_missed_or_called_off_ends_it_too(world: World, ana: Patient, action: Any) -> None:
    first, last = visits(world, ana)
    world.watch.to(START + HOUR)
    act(world, sessions.done, first)
    world.watch.to(START + 3 * DAY + HOUR)
    act(world, action, last)
    assert state(world, ana) == (1, "over")


def test_a_series_nobody_attended_is_not_over(world: World, ana: Patient) -> None:
    for session_id in visits(world, ana):
        act(world, sessions.cancel, session_id, "patient")
    assert state(world, ana) == (1, None)


def test_booking_another_undoes_the_end_in_the_same_series(world: World, ana: Patient) -> None:
    attend(world, ana)
    act(world, sessions.add, ana.id, Booking(START + 10 * DAY, 60))
    assert (state(world, ana), ends(world)) == ((1, None), {})


def test_a_session_after_maintenance_begins_a_new_series(world: World, ana: Patient) -> None:
    attend(world, ana)
    world.watch.to(START + timedelta(weeks=13))
    made = act(world, sessions.add, ana.id, Booking(START + timedelta(weeks=14), 60))
    assert (state(world, ana), made.number) == ((2, None), 1)


def test_staff_end_a_series_early_and_its_end_is_planned_from_the_last_session(world: World, ana: Patient) -> None:
    attend(world, ana)
    assert act(world, series.end, ana.id) == act(world, series.end, ana.id) == START + 3 * DAY + HOUR
    assert state(world, ana) == (1, "staff")
    assert ends(world)["series_end"] == datetime(2026, 12, 9, 21, 0, tzinfo=UTC)


def test_after_staff_ended_it_a_booking_begins_a_new_series_and_settling_leaves_the_old_one(
    world: World, ana: Patient
) -> None:
    attend(world, ana)
    act(world, series.end, ana.id)
    act(world, sessions.done, visits(world, ana)[-1], START + 3 * DAY + HOUR / 2)
    assert state(world, ana) == (1, "staff")
    act(world, sessions.add, ana.id, Booking(START + 10 * DAY, 60))
    assert state(world, ana) == (2, None)


def test_a_series_with_a_session_booked_or_none_attended_cannot_be_ended(world: World, ana: Patient) -> None:
    with pytest.raises(Conflict, match="nothing to end"):
        act(world, series.end, ana.id)
    world.watch.to(START + HOUR)
    act(world, sessions.done, visits(world, ana)[0])
    with pytest.raises(Conflict, match="still booked"):
        act(world, series.end, ana.id)


def test_sessions_recorded_at_enrollment_with_none_booked_are_a_series_that_is_over(world: World) -> None:
    ben = world.enroll(BEN, sessions=(Booking(NOW - 3 * DAY, 60, recorded=True),))
    assert state(world, ben) == (1, "over")


def test_the_api_and_the_portal_end_a_series(world: World, ana: Patient) -> None:
    attend(world, ana)
    ask = caller(world)
    assert "End the series" in browser(world).get(f"/patients/{ana.id}").text
    ended = ask("POST", f"/patients/{ana.id}/end-series")
    assert "2026-12-04T16:00" in ended.text
    with world.runtime.database.read() as db:
        assert db.exec(select(Series.ended_why)).all() == ["staff"]
    assert ask("POST", f"/patients/{uuid.uuid4()}/end-series").status_code == 404


def test_the_portal_asks_before_it_ends_a_series(world: World, ana: Patient) -> None:
    attend(world, ana)
    person = browser(world)
    assert "the whole series" in person.get(f"/patients/{ana.id}/end-series").text
    person.post(f"/patients/{ana.id}/end-series")
    assert state(world, ana) == (1, "staff")
