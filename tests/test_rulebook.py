"""Emergency numbers and calling hours as dated data: used, proven against the lines, and refused where missing."""

from datetime import date, time
from types import SimpleNamespace

import pytest
from sqlmodel import col, select

from smsbot import standing
from smsbot.errors import Conflict
from smsbot.models import Clinic, Patient
from smsbot.rulebook import hotlines, quiet_hours
from tests.api_support import World, shipped
from tests.test_inbox import rows

FAR = date(2030, 1, 1)


def test_every_crisis_line_names_the_countrys_numbers_and_no_others() -> None:
    assert hotlines.faults("US", shipped().system) == []


@pytest.mark.parametrize("country", hotlines.countries())
def test_each_countrys_numbers_have_a_source_and_a_date(country: str) -> None:
    found = hotlines.of(country)
    assert found
    assert found.by_kind["emergency"]
    assert found.by_kind["crisis_call"]
    assert found.sources
    assert found.noted < found.review


def test_a_line_with_another_countrys_number_is_told() -> None:
    page = {
        "crs_1": SimpleNamespace(text="Call 999 now.", said=None),
        "crs_2": SimpleNamespace(text="Call 988, or 911.", said=None),
    }
    found = hotlines.faults("US", {"en": page})
    assert found == [
        "en/crs_1 names 999, which is not a number of United States and its territories.",
        "en/crs_1 does not name 911 (emergency).",
    ]
    assert hotlines.faults("GB", {"en": {"crs_2": SimpleNamespace(text="Call 116 123, or 999.", said=None)}}) == []


@pytest.mark.parametrize("country", ["FR", "GB"])
def test_nobody_is_enrolled_where_the_crisis_lines_are_not_the_countrys(world: World, country: str) -> None:
    with world.runtime.database.write() as db:
        clinic = db.exec(select(Clinic).where(col(Clinic.id) == world.harbor)).one()
        clinic.country = country
    with pytest.raises(Conflict, match="crisis"):
        world.enroll()
    assert rows(world, Patient) == []


def test_the_ten_digits_behind_988_are_known() -> None:
    found = hotlines.of("US")
    assert found
    assert found.dialed == "+18002738255"


def test_what_is_past_its_review_is_told() -> None:
    assert hotlines.overdue("US", FAR)
    assert quiet_hours.overdue(FAR)
    assert hotlines.overdue("US", date(2026, 12, 1)) is None
    assert quiet_hours.overdue(date(2026, 12, 1)) is None


def test_no_window_reaches_beyond_the_federal_hours() -> None:
    assert quiet_hours.federal() == (standing.EARLIEST, standing.LATEST)
    start, end = shipped().protocols["induction"].window
    assert quiet_hours.federal()[0] <= start < end <= quiet_hours.federal()[1]


def test_the_default_window_is_narrower_than_most_states_ask_of_solicitations() -> None:
    beyond = quiet_hours.narrower((time(9), time(20)))
    assert {each.state for each in beyond if each.day == "tue"} == {"KY", "RI"}
    assert {each.state for each in beyond if each.hours is None} == {"AL", "LA"}
