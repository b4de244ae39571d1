"""Numbers and zones as people type them become one spelling, or a sentence that helps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsbot.places import Unfit, likely_zone, patient_phone, service_phone, zone, zone_of_postal_code


@pytest.mark.parametrize(
    ("typed", "e164"),
    [
        ("+14155550123", "+14155550123"),
        ("(415) 555-0123", "+14155550123"),
        ("1 415 555 0123", "+14155550123"),
        ("415.555.0123", "+14155550123"),
        ("787-555-0123", "+17875550123"),
    ],
)
def test_us_numbers_get_one_spelling(typed: str, e164: str) -> None:
    assert patient_phone(typed) == e164


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "not a phone number"),
        ("Ana", "not a phone number"),
        ("555-0123", "not a complete US phone number"),
        ("+1415555012", "not a complete US phone number"),
        ("+11235550123", "not a complete US phone number"),
        ("911", "not a complete US phone number"),
        ("+442071838750", "US area code"),
        ("+14165550123", "another country"),
        ("800-555-0123", "toll-free"),
        ("900-555-0123", "premium-rate"),
    ],
)
def test_other_numbers_are_refused_with_a_reason(typed: str, said: str) -> None:
    with pytest.raises(Unfit, match=said):
        patient_phone(typed)


@given(st.text())
def test_whatever_is_typed_is_a_number_or_unfit_and_is_never_repeated(typed: str) -> None:
    try:
        said = patient_phone(typed)
    except Unfit as unfit:
        said = str(unfit)
    assert said.startswith("+1") or len(typed) < 4 or typed not in said


@pytest.mark.parametrize("typed", ["6175550100", "+1617", "+0123456789", "+1617555010x", ""])
def test_a_clinics_number_is_written_in_full(typed: str) -> None:
    with pytest.raises(Unfit, match="in full"):
        service_phone(typed)


def test_a_carriers_test_number_can_be_a_clinics() -> None:
    assert service_phone("+15005550006") == "+15005550006"


@pytest.mark.parametrize("name", ["America/New_York", "Pacific/Honolulu", "US/Eastern"])
def test_zones_have_place_names(name: str) -> None:
    assert zone(name) == name


@pytest.mark.parametrize("name", ["EST", "", "UTC-5", "America", "../../etc/passwd", "/etc/localtime", "a\x00b"])
def test_what_is_not_a_place_is_no_zone(name: str) -> None:
    with pytest.raises(Unfit):
        zone(name)


def test_a_misspelled_zone_is_answered_with_the_nearest() -> None:
    with pytest.raises(Unfit, match="Did you mean America/New_York"):
        zone("America/NewYork")


@pytest.mark.parametrize(("code", "name"), [("94110", "America/Los_Angeles"), ("99546-0001", "America/Adak")])
def test_a_zip_code_tells_the_zone(code: str, name: str) -> None:
    assert zone_of_postal_code(code) == name


@pytest.mark.parametrize("code", ["00000", "abc", "9411", ""])
def test_an_unknown_zip_code_tells_none(code: str) -> None:
    with pytest.raises(Unfit):
        zone_of_postal_code(code)


@pytest.mark.parametrize(("phone", "name"), [("+14155550123", "America/Los_Angeles"), ("+15005550006", None)])
def test_an_area_code_is_a_hint_at_most(phone: str, name: str | None) -> None:
    assert likely_zone(phone) == name
