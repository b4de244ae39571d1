"""Placing a call: what is asked, and what each failure proves."""

import pytest

from smsbot.carrier import calling
from smsbot.carrier.errors import CarrierError, Kind, NotAccepted, Refused, Rejected, Unknown
from tests.carrier_support import answer
from tests.test_carrier_client import on_stage

PHONE, OURS = "+14155550123", "+15005550006"


def test_a_call_rings_as_long_as_told_and_tells_machines_apart():
    with on_stage(answer(201, {"sid": "CA" + "4" * 32, "status": "queued"})) as (client, server):
        sid = calling.create_call(client, PHONE, OURS, "https://b.example/v", "https://b.example/c", 25)
        form = dict(server.seen[0].form)
    assert sid == "CA" + "4" * 32
    assert (form["Timeout"], form["MachineDetection"], form["Url"]) == ("25", "Enable", "https://b.example/v")


def test_a_call_without_detection_does_not_ask_for_it():
    with on_stage(answer(201, {"sid": "CA" + "4" * 32, "status": "queued"})) as (client, server):
        calling.create_call(client, PHONE, OURS, "https://b.example/v", "https://b.example/c", machine_detection=False)
        assert "MachineDetection" not in dict(server.seen[0].form)


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (NotAccepted(retryable=True), "later"),
        (NotAccepted(retryable=False), "never"),
        (Rejected(21211, Kind.NOT_MOBILE), "never"),
        (Rejected(20500, Kind.RETRY), "later"),
        (Unknown("no answer in time"), "perhaps"),
        (Refused("not an id"), "never"),
    ],
)
def test_each_failure_says_whether_the_phone_may_be_ringing(error: CarrierError, outcome: str):
    assert calling.fault(error).outcome == outcome
