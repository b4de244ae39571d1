"""A line that names the clinic's number names one that answers, or says when it does (CONTENT 11.16)."""

from datetime import UTC, datetime

import pytest
from sqlmodel import col, select

from smsbot.models import Clinic
from tests.api_support import World
from tests.phone_support import Phone, joined

CLINIC, ON_CALL = "(617) 555-0100", "(617) 555-0199"
MONDAY_NOON = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)


@pytest.fixture
def ana(world: World) -> Phone:
    """Joined on a Sunday, while the clinic is closed."""
    return joined(world)


def on_call(world: World, number: str | None) -> None:
    with world.runtime.database.write() as db:
        db.exec(select(Clinic).where(col(Clinic.id) == world.harbor)).one().oncall_phone = number


def test_an_open_clinic_is_named_by_its_own_number(ana: Phone) -> None:
    on_call(ana.world, "+16175550199")
    ana.world.watch.to(MONDAY_NOON)
    said = ana.text("MOVE")[0].body
    assert said.endswith(f"You can also call {CLINIC}.")


def test_a_closed_clinic_is_named_by_who_is_on_call(ana: Phone) -> None:
    on_call(ana.world, "+16175550199")
    assert ana.text("MOVE")[0].body.endswith(f"You can also call {ON_CALL}.")


def test_where_nobody_is_on_call_the_number_says_when_it_is_answered(ana: Phone) -> None:
    assert ana.text("MOVE")[0].body.endswith(f"You can also call {CLINIC} from tomorrow at 9 am.")
    ana.text("ES")
    assert f"{CLINIC} desde mañana 9:00" in ana.text("MOVER")[0].body


def test_what_can_wait_leaves_whoever_is_on_call_in_peace(ana: Phone) -> None:
    on_call(ana.world, "+16175550199")
    assert f"Or call {CLINIC} in its hours." in ana.text("I can't afford this")[0].body
