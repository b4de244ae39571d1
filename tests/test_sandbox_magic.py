"""Twilio's magic numbers exactly, through the real client with test credentials."""

from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException

from tests.sandbox_support import ANA, NUMBER, SERVICE_SID, Sandbox, shared


@pytest.fixture
def box() -> Sandbox:
    box = shared()
    box.reset(numbers=True)
    return box


def refused(action: Any) -> int | None:
    try:
        action()
    except TwilioRestException as error:
        return int(error.code or 0)
    return None


def magic(last: str) -> str:
    return "+1500555" + last


@pytest.mark.parametrize(
    ("sender", "to", "code"),
    [
        ("0001", ANA, 21212),
        ("0007", ANA, 21606),
        ("0008", ANA, 21611),
        ("0006", ANA, None),
        ("0005", ANA, 21606),
        ("0006", magic("0001"), 21211),
        ("0006", magic("0002"), 21612),
        ("0006", magic("0003"), 21408),
        ("0006", magic("0004"), 21610),
        ("0006", magic("0009"), 21614),
        ("0006", magic("0008"), None),
    ],
)
def test_the_magic_numbers_of_messages(box: Sandbox, sender: str, to: str, code: int | None) -> None:
    assert refused(lambda: box.twilio(test=True).messages.create(to=to, from_=magic(sender), body="x")) == code
    assert box.messages() == []


@pytest.mark.parametrize(
    ("sender", "to", "code"),
    [
        ("0001", ANA, 21212),
        ("0006", ANA, None),
        ("0007", ANA, 21210),
        ("0006", magic("0001"), 21217),
        ("0006", magic("0002"), 21214),
        ("0006", magic("0003"), 21215),
        ("0006", magic("0004"), 21216),
    ],
)
def test_the_magic_numbers_of_calls(box: Sandbox, sender: str, to: str, code: int | None) -> None:
    client = box.twilio(test=True)
    assert refused(lambda: client.calls.create(to=to, from_=magic(sender), url="http://a.example/v")) == code


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"phone_number": magic("0000")}, 21422),
        ({"phone_number": magic("0001")}, 21421),
        ({"phone_number": magic("0006")}, None),
        ({"phone_number": ANA}, 21421),
        ({"area_code": "533"}, 21452),
        ({"area_code": "500"}, None),
    ],
)
def test_the_magic_numbers_of_buying(box: Sandbox, wanted: dict[str, str], code: int | None) -> None:
    assert refused(lambda: box.twilio(test=True).incoming_phone_numbers.create(**wanted)) == code


def test_test_credentials_do_nothing_else(box: Sandbox) -> None:
    client = box.twilio(test=True)
    assert refused(lambda: client.messages("SM" + "0" * 32).fetch()) == 20008
    service = {"messaging_service_sid": SERVICE_SID}
    assert refused(lambda: client.messages.create(to=ANA, body="x", **service)) == 21701


def test_magic_numbers_are_plain_numbers_to_live_credentials(box: Sandbox) -> None:
    assert refused(lambda: box.twilio().messages.create(to=magic("0009"), from_=NUMBER, body="x")) is None
