"""Sessions as clinics change them; every change is checked, versioned, audited and planned."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from smsbot import sessions
from smsbot.errors import Conflict, NotFound, RefusedFields
from smsbot.models import AuditEntry, Patient, Task, Touch, TreatmentSession
from smsbot.sessions import Booking
from smsbot.store import patients
from smsbot.store import sessions as rows
from tests.api_support import NOW, World

START = datetime(2026, 12, 1, 15, 0, tzinfo=UTC)


@pytest.fixture
def ana(world: World) -> Patient:
    return world.enroll(sessions=(Booking(START, 60),))


@pytest.fixture
def booked(world: World, ana: Patient) -> uuid.UUID:
    with world.desk() as desk:
        return rows.of_patient(desk.db, desk.keys, ana.id)[0].id


def act(world: World, action: Any, *args: Any, **options: Any) -> Any:
    with world.desk() as desk:
        return action(desk, *args, **options)


def fault(world: World, action: Any, *args: Any, **options: Any) -> dict[str, str]:
    with pytest.raises(RefusedFields) as caught:
        act(world, action, *args, **options)
    return caught.value.faults


def numbers(world: World, ana: Patient) -> list[tuple[int, str]]:
    with world.desk() as desk:
        return [(row.number, row.status) for row in rows.of_patient(desk.db, desk.keys, ana.id)]


def test_a_session_is_added_to_the_running_series(world: World, ana: Patient) -> None:
    made = act(world, sessions.add, ana.id, Booking(START + timedelta(days=3)))
    assert (made.number, made.minutes, made.status) == (2, 90, "booked")


def test_one_added_before_takes_the_first_number(world: World, ana: Patient) -> None:
    act(world, sessions.add, ana.id, Booking(START - timedelta(days=3)))
    assert numbers(world, ana) == [(1, "booked"), (2, "booked")]


@pytest.mark.parametrize(
    ("start", "said"),
    [
        (NOW - timedelta(minutes=1), "in the past"),
        (NOW + timedelta(days=731), "two years"),
        (START + timedelta(minutes=30), "overlaps"),
        (START - timedelta(minutes=30), "overlaps"),
        (datetime(2026, 12, 9, 10, 0), "offset"),
    ],
)
def test_a_session_must_fit(world: World, ana: Patient, start: datetime, said: str) -> None:
    assert said in fault(world, sessions.add, ana.id, Booking(start, 60))["starts_at"]


def test_one_right_after_another_does_not_overlap(world: World, ana: Patient) -> None:
    act(world, sessions.add, ana.id, Booking(START + timedelta(minutes=60), 60))


@pytest.mark.parametrize("minutes", [1, 9, 721])
def test_a_session_has_a_sensible_length(world: World, ana: Patient, minutes: int) -> None:
    assert "minutes" in fault(world, sessions.add, ana.id, Booking(START + timedelta(days=1), minutes))


def test_a_past_session_can_be_recorded_as_done(world: World, ana: Patient) -> None:
    made = act(world, sessions.add, ana.id, Booking(NOW - timedelta(days=3), 60, recorded=True))
    assert (made.status, made.number) == ("done", 1)
    assert made.ended_at == NOW - timedelta(days=3) + timedelta(minutes=60)


def test_a_future_session_cannot_be_recorded(world: World, ana: Patient) -> None:
    assert "starts_at" in fault(world, sessions.add, ana.id, Booking(START + timedelta(days=1), 60, recorded=True))


def test_offsets_decide_the_hour_on_the_night_clocks_change(world: World, ana: Patient) -> None:
    first = datetime.fromisoformat("2027-11-07T01:30:00-04:00")
    second = datetime.fromisoformat("2027-11-07T01:30:00-05:00")
    act(world, sessions.add, ana.id, Booking(first, 30))
    act(world, sessions.add, ana.id, Booking(second, 30))
    assert len(numbers(world, ana)) == 3


def test_a_moved_session_keeps_its_identity(world: World, booked: uuid.UUID) -> None:
    moved = act(world, sessions.move, booked, START + timedelta(days=1), 90)
    assert (moved.id, moved.version, moved.minutes, moved.changed_at) == (booked, 2, 90, NOW)


def test_moving_to_the_same_time_changes_nothing(world: World, booked: uuid.UUID) -> None:
    assert act(world, sessions.move, booked, START).version == 1


def test_a_move_may_overlap_where_the_session_was(world: World, booked: uuid.UUID) -> None:
    act(world, sessions.move, booked, START + timedelta(minutes=30))


def test_a_stale_version_is_a_conflict(world: World, booked: uuid.UUID) -> None:
    act(world, sessions.move, booked, START + timedelta(days=1), version=1)
    with pytest.raises(Conflict, match="since you read it"):
        act(world, sessions.move, booked, START + timedelta(days=2), version=1)


def test_touches_move_with_the_session_and_keep_their_keys(world: World, booked: uuid.UUID) -> None:
    def planned() -> dict[str, datetime | None]:
        with world.runtime.database.read() as db:
            wanted = select(Touch).where(col(Touch.session_id) == booked, col(Touch.state) == "planned")
            return {touch.plan_key: touch.due_at for touch in db.exec(wanted)}

    before = planned()
    act(world, sessions.move, booked, START + timedelta(days=2))
    after = planned()
    shared = [key for key, due in before.items() if due and after.get(key)]
    assert shared
    assert all(after[key] == before[key] + timedelta(days=2) for key in shared)  # type: ignore[operator]


def test_a_preview_says_what_a_move_would_do_and_does_nothing(world: World, booked: uuid.UUID) -> None:
    moves = act(world, sessions.move_preview, booked, START + timedelta(days=2))
    assert {move.change for move in moves} <= {"moves", "dropped", "new"}
    assert any(move.change == "moves" and move.rule == "intention" for move in moves)
    with world.desk() as desk:
        row = rows.get(desk.db, desk.keys, booked)
        assert (row.starts_at, row.version) == (START, 1)


def test_a_preview_refuses_what_the_move_would(world: World, booked: uuid.UUID) -> None:
    assert "starts_at" in fault(world, sessions.move_preview, booked, NOW - timedelta(days=1))


def test_a_preview_equals_what_the_move_then_does(world: World, booked: uuid.UUID) -> None:
    wanted = START + timedelta(days=3)
    told = {move.key: move.after for move in act(world, sessions.move_preview, booked, wanted) if move.after}
    act(world, sessions.move, booked, wanted)
    with world.runtime.database.read() as db:
        now = {touch.plan_key: touch.planned_at for touch in db.exec(select(Touch)) if touch.plan_key in told}
    assert told
    assert now == told


def test_arrived_then_done(world: World, booked: uuid.UUID) -> None:
    world.watch.to(START - timedelta(minutes=5))
    assert act(world, sessions.arrived, booked).arrived_at == START - timedelta(minutes=5)
    world.watch.to(START + timedelta(minutes=70))
    over = act(world, sessions.done, booked)
    assert (over.status, over.ended_at, over.version) == ("done", START + timedelta(minutes=70), 3)


def test_done_takes_the_actual_end(world: World, booked: uuid.UUID) -> None:
    world.watch.to(START + timedelta(hours=5))
    end = START + timedelta(minutes=80)
    assert act(world, sessions.done, booked, end).ended_at == end


def test_done_again_corrects_the_end_and_without_a_time_changes_nothing(world: World, booked: uuid.UUID) -> None:
    world.watch.to(START + timedelta(hours=5))
    first = act(world, sessions.done, booked)
    assert act(world, sessions.done, booked).version == first.version
    assert act(world, sessions.done, booked, START + timedelta(hours=1)).version == first.version + 1


@pytest.mark.parametrize("hours", [-13, 6])
def test_an_end_before_the_start_or_in_the_future_is_refused(world: World, booked: uuid.UUID, hours: int) -> None:
    world.watch.to(START + timedelta(hours=5))
    assert "ended_at" in fault(world, sessions.done, booked, START + timedelta(hours=hours))


@pytest.mark.parametrize("action", [sessions.arrived, sessions.done, sessions.no_show])
def test_nothing_of_the_day_can_be_said_days_ahead(world: World, booked: uuid.UUID, action: Any) -> None:
    with pytest.raises(Conflict, match="has not begun"):
        act(world, action, booked)


def test_a_no_show_said_too_soon_is_put_right(world: World, booked: uuid.UUID) -> None:
    world.watch.to(START + timedelta(minutes=20))
    act(world, sessions.no_show, booked)
    assert act(world, sessions.arrived, booked).status == "arrived"


@pytest.mark.parametrize("action", [sessions.arrived, sessions.no_show])
def test_said_twice_changes_nothing(world: World, booked: uuid.UUID, action: Any) -> None:
    world.watch.to(START + timedelta(minutes=20))
    assert act(world, action, booked).version == act(world, action, booked).version


def test_a_canceled_session_is_out_of_the_count(world: World, ana: Patient, booked: uuid.UUID) -> None:
    act(world, sessions.add, ana.id, Booking(START + timedelta(days=3)))
    act(world, sessions.cancel, booked, "patient")
    assert numbers(world, ana) == [(1, "canceled"), (1, "booked")]


def test_canceled_for_medical_reasons_holds_cheer_for_the_day(world: World, ana: Patient, booked: uuid.UUID) -> None:
    world.watch.to(START)
    act(world, sessions.cancel, booked, "medical")
    with world.desk() as desk:
        hold = patients.get(desk.db, desk.keys, ana.id).upbeat_hold_until
    assert hold == datetime(2026, 12, 2, 4, 59, 59, tzinfo=UTC)


def test_who_canceled_must_be_said(world: World, booked: uuid.UUID) -> None:
    assert "by" in fault(world, sessions.cancel, booked, "weather")


@pytest.mark.parametrize("action", ["move", "arrived", "done", "no_show"])
def test_a_canceled_session_stays_canceled(world: World, booked: uuid.UUID, action: str) -> None:
    act(world, sessions.cancel, booked, "clinic")
    world.watch.to(START)
    args = (START + timedelta(days=1),) if action == "move" else ()
    with pytest.raises(Conflict, match="canceled"):
        act(world, getattr(sessions, action), booked, *args)


def test_nothing_after_a_canceled_session_stays_planned(world: World, booked: uuid.UUID) -> None:
    act(world, sessions.cancel, booked, "clinic")
    with world.runtime.database.read() as db:
        states = {touch.rule: touch.state for touch in db.exec(select(Touch).where(col(Touch.session_id) == booked))}
    assert states["intention"] in ("canceled", "dropped")


def test_a_dormant_patient_is_with_us_again(world: World, ana: Patient) -> None:
    with world.desk() as desk:
        row = patients.get(desk.db, desk.keys, ana.id)
        row.status, row.joined_at = "dormant", NOW
    act(world, sessions.add, ana.id, Booking(START + timedelta(days=3)))
    with world.desk() as desk:
        assert patients.get(desk.db, desk.keys, ana.id).status == "active"


def test_after_the_end_a_new_series_begins(world: World, ana: Patient) -> None:
    with world.desk() as desk:
        row = patients.get(desk.db, desk.keys, ana.id)
        row.status, row.joined_at = "ended", NOW
    made = act(world, sessions.add, ana.id, Booking(START + timedelta(days=30)))
    with world.desk() as desk:
        series = patients.latest_series(desk.db, desk.keys, ana.id)
    assert series is not None
    assert (series.number, made.number, made.series_id) == (2, 1, series.id)


def test_each_change_is_one_audit_row(world: World, ana: Patient, booked: uuid.UUID) -> None:
    act(world, sessions.move, booked, START + timedelta(days=1))
    act(world, sessions.cancel, booked, "clinic")
    with world.runtime.database.read() as db:
        entries = db.exec(select(AuditEntry).order_by(col(AuditEntry.seq))).all()
    assert [entry.action for entry in entries][1:] == ["session.move", "session.cancel"]
    assert {entry.details["patient"] for entry in entries[1:]} == {str(ana.id)}


def test_another_clinics_session_does_not_exist(world: World, booked: uuid.UUID) -> None:
    with world.desk(world.mesa) as desk, pytest.raises(NotFound):
        sessions.move(desk, booked, START + timedelta(days=1))
    with world.runtime.database.read() as db:
        assert db.get_one(TreatmentSession, booked).version == 1


def test_sessions_that_were_held_before_leave_nothing_to_prepare(world: World) -> None:
    held = tuple(Booking(NOW - timedelta(days=days), 60, recorded=True) for days in (7, 4))
    world.enroll(sessions=(*held, Booking(NOW + timedelta(days=9), 60)))
    with world.runtime.database.read() as db:
        assert db.exec(select(Task.kind)).all() == []
