"""Each fault on request, seen from the service's side: by the real client, or by the listener."""

import json
import time
from collections.abc import Iterator

import pytest
import requests
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from tests.sandbox_support import ANA, NUMBER, Listener, Sandbox, listener, shared


@pytest.fixture
def service() -> Iterator[Listener]:
    with listener() as service:
        yield service


@pytest.fixture
def box(service: Listener) -> Sandbox:
    box = shared()
    box.reset(numbers=True)
    box.configure_number(sms_url=service.url("/sms"))
    return box


@pytest.fixture
def client(box: Sandbox) -> Client:
    return box.twilio()


def send(client: Client, service: Listener) -> None:
    client.messages.create(to=ANA, from_=NUMBER, body="x", status_callback=service.url("/s"))


def statuses(service: Listener) -> list[str]:
    return [got["MessageStatus"] for got in service.at("/s")]


def test_a_lost_response_hides_a_message_that_was_accepted(box: Sandbox, client: Client, service: Listener) -> None:
    box.fault("lose_response", count=1)
    with pytest.raises(requests.exceptions.ConnectionError):
        send(client, service)
    box.wait_idle()
    assert [m["status"] for m in box.messages(to=ANA)] == ["delivered"]
    assert statuses(service) == ["sent", "delivered"]


def test_a_dropped_request_leaves_nothing(box: Sandbox, client: Client, service: Listener) -> None:
    box.fault("drop", count=1)
    with pytest.raises(requests.exceptions.ConnectionError):
        send(client, service)
    assert box.messages() == []
    assert len(box.requests("messages.create")) == 1


def test_a_truncated_answer_is_not_json_though_the_message_was_accepted(
    box: Sandbox, client: Client, service: Listener
) -> None:
    box.fault("truncate", count=1)
    with pytest.raises(json.JSONDecodeError):
        send(client, service)
    box.wait_idle()
    assert [m["status"] for m in box.messages(to=ANA)] == ["delivered"]
    assert statuses(service) == ["sent", "delivered"]


def test_a_burst_of_429_ends_and_processed_nothing(box: Sandbox, client: Client, service: Listener) -> None:
    box.fault("rate_limit", count=2)
    for _ in range(2):
        with pytest.raises(TwilioRestException) as refused:
            send(client, service)
        assert (refused.value.status, refused.value.code) == (429, 20429)
    assert box.messages() == []
    send(client, service)
    assert len(box.messages()) == 1


@pytest.mark.parametrize(("accepted", "kept"), [(False, 0), (True, 1)])
def test_a_server_error_may_or_may_not_have_been_accepted(
    box: Sandbox, client: Client, service: Listener, accepted: bool, kept: int
) -> None:
    box.fault("server_error", count=1, status=502, accepted=accepted)
    with pytest.raises(TwilioRestException) as failed:
        send(client, service)
    assert failed.value.status == 502
    assert len(box.messages()) == kept


def test_a_slow_answer_comes(box: Sandbox, client: Client, service: Listener) -> None:
    box.fault("slow", count=1, seconds=0.3)
    began = time.monotonic()
    send(client, service)
    assert time.monotonic() - began >= 0.3


def test_a_hanging_request_times_out_and_may_have_been_accepted(box: Sandbox, service: Listener) -> None:
    box.fault("hang", count=1, seconds=1.2, accepted=True)
    with pytest.raises(requests.exceptions.ReadTimeout):
        send(box.twilio(timeout=0.7), service)
    assert len(box.messages()) == 1


def test_a_rejection_has_the_code_that_was_asked_for_and_hits_one_phone(
    box: Sandbox, client: Client, service: Listener
) -> None:
    box.fault("reject", code=21614, to=ANA)
    with pytest.raises(TwilioRestException) as refused:
        send(client, service)
    assert (refused.value.status, refused.value.code) == (400, 21614)
    client.messages.create(to="+14155550199", from_=NUMBER, body="x")


@pytest.mark.parametrize("same", [True, False])
def test_a_webhook_is_duplicated_at_once(box: Sandbox, service: Listener, same: bool) -> None:
    service.answers["/sms"] = (200, "text/xml", "<Response><Message>hello</Message></Response>")
    box.fault("duplicate", on="inbound", count=1, copies=4, same_token=same)
    answered = box.text(ANA, "x")
    assert len(answered["answers"]) == len(answered["replies"]) == 4  # the carrier does not tidy up
    assert len({got["MessageSid"] for got in service.at("/sms")}) == 1
    tokens = {got.headers["i-twilio-idempotency-token"] for got in service.at("/sms")}
    assert len(tokens) == (1 if same else 4)
    assert max(got.at for got in service.got) - min(got.at for got in service.got) < 1


def test_webhooks_are_reordered(box: Sandbox, service: Listener) -> None:
    box.fault("reorder", on="inbound", count=3, window=3)
    for body in ("one", "two", "three"):
        box.text(ANA, body)
    assert [got["Body"] for got in service.at("/sms")] == ["three", "two", "one"]


def test_a_held_webhook_is_sent_when_no_other_comes(box: Sandbox, service: Listener) -> None:
    box.fault("reorder", on="inbound", count=1, window=2, seconds=0.1)
    box.text(ANA, "alone")
    box.wait_idle()
    assert [got["Body"] for got in service.at("/sms")] == ["alone"]


def test_a_webhook_is_delayed(box: Sandbox, service: Listener) -> None:
    box.fault("delay", on="inbound", count=1, seconds=1.0)
    box.text(ANA, "slow", wait=False)
    box.text(ANA, "fast")
    box.wait_idle()
    assert [got["Body"] for got in service.at("/sms")] == ["fast", "slow"]


def test_an_earlier_text_can_be_sent_again(box: Sandbox, service: Listener) -> None:
    sid = box.text(ANA, "x")["sid"]
    assert box.text(ANA, "x", sid=sid)["sid"] == sid
    assert [got["MessageSid"] for got in service.at("/sms")] == [sid, sid]
    assert len(box.messages()) == 1


def test_a_lost_text_can_be_found_by_listing(box: Sandbox, client: Client, service: Listener) -> None:
    box.fault("lose", on="inbound", count=1)
    sid = box.text(ANA, "unseen")["sid"]
    assert service.got == []
    (found,) = [m for m in client.messages.list(to=NUMBER, limit=5) if m.direction == "inbound"]
    assert (found.sid, found.body) == (sid, "unseen")


@pytest.mark.parametrize(
    ("fault", "expected", "final"),
    [
        ({"kind": "lose", "on": "status", "count": 1}, ["delivered"], "delivered"),
        ({"kind": "lose", "on": "status"}, [], "delivered"),
        ({"kind": "duplicate", "on": "status", "count": 1}, ["sent", "sent", "delivered"], "delivered"),
        ({"kind": "delay", "on": "status", "count": 1, "seconds": 0.5}, ["delivered", "sent"], "delivered"),
        ({"kind": "reverse_receipts"}, ["delivered", "sent"], "delivered"),
        ({"kind": "no_receipt"}, ["sent"], "sent"),
        ({"kind": "fail"}, ["sent", "undelivered"], "undelivered"),
        ({"kind": "fail", "status": "failed", "code": 30007}, ["sent", "failed"], "failed"),
    ],
)
def test_status_callbacks_go_wrong(
    box: Sandbox, client: Client, service: Listener, fault: dict[str, object], expected: list[str], final: str
) -> None:
    box.post("/faults", **fault)
    send(client, service)
    box.wait_idle()
    assert statuses(service) == expected
    assert [m["status"] for m in box.messages(to=ANA)] == [final]


def test_a_failure_names_its_error_in_callback_and_resource(box: Sandbox, client: Client, service: Listener) -> None:
    box.fault("fail", code=30005, to=ANA)
    send(client, service)
    box.wait_idle()
    assert service.at("/s")[-1]["ErrorCode"] == "30005"
    (message,) = client.messages.list(limit=1)
    assert (message.error_code, message.error_message) == (30005, "Unknown destination handset")


def test_callbacks_can_come_before_the_create_response(box: Sandbox, client: Client, service: Listener) -> None:
    box.fault("early_receipts", count=1)
    send(client, service)
    assert statuses(service) == ["sent", "delivered"]


def test_a_stalled_message_expires_with_30036(box: Sandbox, client: Client, service: Listener) -> None:
    box.fault("stall", count=1)
    client.messages.create(to=ANA, from_=NUMBER, body="x", validity_period=1, status_callback=service.url("/s"))
    box.wait_for(lambda: statuses(service))
    assert [(got["MessageStatus"], got["ErrorCode"]) for got in service.at("/s")] == [("failed", "30036")]


def test_a_stalled_message_goes_on_when_released(box: Sandbox, client: Client, service: Listener) -> None:
    box.fault("stall", count=1)
    send(client, service)
    box.wait_idle()
    assert [m["status"] for m in box.messages(to=ANA)] == ["queued"]
    assert box.post("/release") == {"released": 1}
    box.wait_idle()
    assert statuses(service) == ["sent", "delivered"]


def test_faults_on_other_operations_leave_creating_alone(box: Sandbox, client: Client, service: Listener) -> None:
    box.fault("server_error", on="messages.list", status=500)
    send(client, service)
    with pytest.raises(Exception, match="Unable to fetch page"):
        client.messages.list(limit=1)


def test_faults_can_be_listed_and_cleared_and_wrong_ones_are_refused(box: Sandbox) -> None:
    box.fault("drop", probability=0.5)
    assert [fault["kind"] for fault in box.get("/faults")["faults"]] == ["drop"]
    box.clear_faults()
    assert box.get("/faults")["faults"] == []
    with pytest.raises(ValueError, match="unknown fault"):
        box.fault("explode")
