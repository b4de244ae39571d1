"""Calls asked for outside the hours for calls: planned for the next allowed time, and looked at again before it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import col, select

from smsbot import calling, silence, standing
from smsbot.models import Call, Patient, TreatmentSession
from smsbot.store.turns import SessionRow
from tests.api_support import World
from tests.calls_support import CallCarrier, calls_of, joined_world, ready_phone, ring
from tests.phone_support import Phone

NIGHT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # Sunday, 21:00 in New York
NINE = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)  # Monday, 9:00 there


@pytest.fixture
def world(tmp_path: Path) -> World:
    return joined_world(tmp_path)


@pytest.fixture
def carrier(world: World) -> CallCarrier:
    carrier = CallCarrier()
    object.__setattr__(world.runtime, "carrier", carrier)
    return carrier


@pytest.fixture
def ana(world: World, carrier: CallCarrier) -> Phone:
    ana = ready_phone(world)
    world.watch.to(NIGHT)
    return ana


def session_at(world: World, at: datetime) -> None:
    """The first session is at this instant, for an hour."""
    with world.desk() as desk:
        first = desk.db.exec(select(TreatmentSession).order_by(col(TreatmentSession.starts_at))).first()
        assert first is not None
        first.starts_at, first.minutes = at, 60


def only(world: World) -> Call:
    (call,) = calls_of(world)
    return call


def test_it_waits_in_the_database_for_whichever_process_is_there(world: World, ana: Phone) -> None:
    ana.text("CALL")
    assert (only(world).state, only(world).due_at) == ("ready", NINE)
    later = CallCarrier()
    object.__setattr__(world.runtime, "carrier", later)
    world.watch.to(NINE)
    assert (ring(world), len(later.asked)) == (1, 1)


def test_a_session_in_the_morning_puts_it_off_until_the_quiet_after_it(world: World, ana: Phone) -> None:
    session_at(world, NINE + timedelta(minutes=5))
    (told,) = ana.text("CALL")
    assert "Monday, November 23 at 1:05 pm" in told.body
    assert only(world).due_at == NINE + timedelta(hours=4, minutes=5)


def test_a_session_that_is_moved_onto_it_moves_it_on(world: World, ana: Phone, carrier: CallCarrier) -> None:
    ana.text("CALL")
    session_at(world, NINE)
    world.watch.to(NINE)
    ring(world)
    assert (only(world).due_at, carrier.asked) == (NINE + timedelta(hours=4), [])
    world.watch.to(NINE + timedelta(hours=4))
    ring(world)
    assert len(carrier.asked) == 1


def test_a_patient_who_travels_west_is_not_woken(world: World, ana: Phone, carrier: CallCarrier) -> None:
    ana.text("CALL")
    with world.desk() as desk:
        desk.db.exec(select(Patient)).one().time_zone = "America/Los_Angeles"
    world.watch.to(NINE)
    ring(world)
    assert (only(world).due_at, carrier.asked) == (NINE + timedelta(hours=3), [])


def test_asking_again_in_the_morning_brings_it_at_once(world: World, ana: Phone, carrier: CallCarrier) -> None:
    session_at(world, NINE + timedelta(hours=1))
    ana.text("CALL")
    world.watch.to(NINE + timedelta(minutes=30))
    assert [text.line for text in ana.text("CALL")] == ["call_soon"]
    ring(world)
    assert len(carrier.asked) == 1


def the_clinic_pauses_her(world: World) -> None:
    with world.desk() as desk:
        patient = desk.db.exec(select(Patient)).one()
        standing.pause(desk, patient.id)


def a_day_without_workers(world: World) -> None:
    world.watch.to(NINE + timedelta(days=1))


@pytest.mark.parametrize("happens", [the_clinic_pauses_her, a_day_without_workers])
def test_it_is_let_go_where_it_makes_no_sense_any_more(
    world: World, ana: Phone, carrier: CallCarrier, happens: Callable[[World], None]
) -> None:
    ana.text("CALL")
    happens(world)
    world.watch.to(max(NINE, world.watch.now))
    ring(world)
    assert (only(world).state, carrier.asked) == ("dropped", [])


def test_in_a_freeze_no_call_is_planned(world: World, ana: Phone) -> None:
    with world.desk() as desk:
        desk.db.exec(select(Patient)).one().status = "frozen"
    ana.text("CALL")
    assert calls_of(world) == []


FIRST = datetime(2026, 10, 29, tzinfo=UTC)  # the clocks change on November 1
MOMENTS = st.integers(0, 14 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes))


def booked(world: World, at: datetime) -> SessionRow:
    new = world.runtime.new_id
    return SessionRow(new(), new(), 1, at, 60, "booked", 1, FIRST, None, None, None, None, None)


def test_the_next_time_is_the_first_that_is_allowed(world: World) -> None:
    with world.desk() as desk:
        scope = desk.scope(desk.db.exec(select(Patient)).one())

        def allowed(at: datetime) -> bool:
            return calling.in_hours(scope, at) and silence.over(scope, at) == at

        @given(MOMENTS, st.lists(MOMENTS, max_size=4))
        def holds(now: datetime, starts: list[datetime]) -> None:
            scope.now, scope.known_sessions = now, [booked(world, at) for at in starts]
            free = calling.next_time(scope)
            minutes = int((free - now) / timedelta(minutes=1))
            assert allowed(free)
            assert not [n for n in range(0, minutes, 7) if allowed(now + timedelta(minutes=n))]

        holds()
