"""The carrier's webhooks: what is sent, how it is signed, how long it waits, what it retries, and what TwiML does."""

import time
from collections.abc import Iterator

import pytest
import requests
from twilio.request_validator import RequestValidator

from smsbot.sandbox.signing import signature
from tests.sandbox_support import (
    ACCOUNT_SID,
    ANA,
    AUTH_TOKEN,
    NUMBER,
    SERVICE_SID,
    Got,
    Listener,
    Sandbox,
    listener,
    shared,
)

REQUIRED = {
    "MessageSid", "SmsSid", "SmsMessageSid", "AccountSid", "From", "To", "Body", "NumMedia", "NumSegments", "SmsStatus",
    "ApiVersion", "FromCity", "FromState", "FromZip", "FromCountry", "ToCity", "ToState", "ToZip", "ToCountry",
}  # fmt: skip
STATUS = {"AccountSid", "MessageSid", "SmsSid", "MessageStatus", "SmsStatus", "From", "To", "ApiVersion"}


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


def twiml(inner: str) -> tuple[int, str, str]:
    return 200, "text/xml", f'<?xml version="1.0" encoding="UTF-8"?><Response>{inner}</Response>'


def codes(box: Sandbox) -> list[int]:
    return [entry["code"] for entry in box.debugger()]


def signed_by(got: Got, base: str) -> bool:
    params = dict(got.params) if got.method == "POST" else {}
    valid = RequestValidator(AUTH_TOKEN).validate(base + got.target, params, got.headers["x-twilio-signature"])
    return bool(valid)


def test_a_text_arrives_whole_signed_and_with_its_token(box: Sandbox, service: Listener) -> None:
    answered = box.text(ANA, "  ¿sí?\n🙂 & <b>  ")
    (got,) = service.at("/sms")
    assert {name for name, _ in got.params} == REQUIRED
    assert (got["Body"], got["From"], got["To"]) == ("  ¿sí?\n🙂 & <b>  ", ANA, NUMBER)
    assert (got["MessageSid"], got["AccountSid"]) == (answered["sid"], ACCOUNT_SID)
    assert got.headers["i-twilio-idempotency-token"]
    assert got.headers["user-agent"] == "TwilioProxy/1.1"
    assert signed_by(got, service.base)
    assert answered["answers"][0]["status"] == 200


@pytest.mark.parametrize("target", ["/sms?", "/sms?a=%7Ex&e=%C3%A9", "/s%2Fms", "/sms/?m=1&m=2"])
def test_the_address_goes_out_raw_and_is_signed_as_it_went(box: Sandbox, service: Listener, target: str) -> None:
    box.configure_number(sms_url=service.url(target) + "#rc=2")
    box.text(ANA, "x")
    assert service.got[0].target == target
    header = service.got[0].headers["x-twilio-signature"]
    assert header == signature(AUTH_TOKEN, service.base + target, service.got[0].params)


def test_a_get_webhook_carries_the_fields_in_its_signed_query(box: Sandbox, service: Listener) -> None:
    box.configure_number(sms_method="GET")
    box.text(ANA, "hé")
    assert (service.got[0].method, service.got[0]["Body"]) == ("GET", "hé")
    assert signed_by(service.got[0], service.base)


def test_status_callbacks_have_every_field_and_no_body(box: Sandbox, service: Listener) -> None:
    box.twilio().messages.create(to=ANA, from_=NUMBER, body="x", status_callback=service.url("/s?m=7#rc=2"))
    box.wait_idle()
    sent, delivered = service.at("/s")
    assert {name for name, _ in sent.params} == STATUS
    assert {name for name, _ in delivered.params} == STATUS | {"RawDlrDoneDate"}
    assert delivered.target == "/s?m=7"
    assert signed_by(delivered, service.base)


def test_a_picture_names_its_media(box: Sandbox, service: Listener) -> None:
    sid = box.text(ANA, "", media=[("image/png", b"1"), ("audio/amr", b"2")])["sid"]
    got = service.got[0]
    assert (got["NumMedia"], got["MediaContentType1"]) == ("2", "audio/amr")
    prefix = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT_SID}/Messages/{sid}/Media/ME"
    assert got["MediaUrl0"].startswith(prefix)


def test_a_twiml_message_is_sent_with_its_own_sid_and_callbacks(box: Sandbox, service: Listener) -> None:
    service.answers["/sms"] = twiml('<Message statusCallback="/s?m=1"><Body>Call &lt;911&gt;</Body></Message>')
    (reply,) = box.text(ANA, "x")["replies"]
    box.wait_idle()
    (message,) = box.messages(direction="outbound")
    assert (message["sid"], message["via"], message["direction"]) == (reply, "twiml", "outbound-reply")
    assert (message["body"], message["status"], message["to"]) == ("Call <911>", "delivered", ANA)
    assert [(got["MessageSid"], got["MessageStatus"]) for got in service.at("/s")] == [
        (reply, "sent"),
        (reply, "delivered"),
    ]
    assert codes(box) == []


@pytest.mark.parametrize("answer", [(204, "", ""), (200, "text/xml", "<Response/>"), (200, "text/html", "")])
def test_an_empty_answer_sends_nothing_and_is_no_fault(
    box: Sandbox, service: Listener, answer: tuple[int, str, str]
) -> None:
    service.answers["/sms"] = answer
    assert box.text(ANA, "x")["replies"] == []
    assert codes(box) == []


def test_two_messages_are_two_messages_and_plain_text_is_one(box: Sandbox, service: Listener) -> None:
    service.answers["/sms"] = twiml("<Message>one</Message><Message>two</Message>")
    box.text(ANA, "x")
    service.answers["/sms"] = (200, "text/plain", "Internal error")
    box.text(ANA, "x")
    assert box.bodies(ANA) == ["one", "two", "Internal error"]


def test_a_redirect_verb_fetches_the_next_document_and_ends_this_one(box: Sandbox, service: Listener) -> None:
    service.answers["/sms"] = twiml("<Message>one</Message><Redirect>/more?x=1</Redirect><Message>never</Message>")
    service.answers["/more"] = twiml("<Message>two</Message>")
    box.text(ANA, "hello")
    assert box.bodies(ANA) == ["one", "two"]
    assert service.at("/more")[0]["Body"] == "hello"
    assert codes(box) == [12200]


def test_a_redirect_without_end_is_cut(box: Sandbox, service: Listener) -> None:
    service.answers["/sms"] = twiml("<Redirect>/sms</Redirect>")
    box.text(ANA, "x")
    assert len(service.at("/sms")) == 11
    assert codes(box) == [11215]


def test_an_http_redirect_is_followed_with_get_and_loses_the_form(box: Sandbox, service: Listener) -> None:
    service.answers["/sms"] = (301, "", "/sms/")
    box.text(ANA, "x")
    assert [(got.method, got.target, len(got.params)) for got in service.got[1:]] == [("GET", "/sms/", 0)]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ((500, "text/html", "oops"), 11200),
        ((404, "text/html", "oops"), 11200),
        ((200, "", "<Response/>"), 11200),
        ((200, "application/json", "{}"), 12300),
        ((200, "text/xml", "<Response"), 12100),
        ((200, "text/xml", "<Reply/>"), 12100),
        ((200, "text/xml", "<Response><Say>x</Say></Response>"), 12100),
        ((200, "text/xml", "<Response><Message>\x0b</Message></Response>"), 12100),
        ((200, "text/xml", '<!DOCTYPE a [<!ENTITY b "c">]><Response/>'), 12100),
        ((200, "text/xml", '<Response><Message status_callback="/s">x</Message></Response>'), 12200),
        ((200, "text/xml", "<Response>" + " " * 65_536 + "</Response>"), 11750),
        (None, 11205),
    ],
)
def test_a_bad_answer_is_in_the_debugger(
    box: Sandbox, service: Listener, answer: tuple[int, str, str] | None, code: int
) -> None:
    service.answers["/sms"] = lambda _got: answer
    box.text(ANA, "x")
    assert codes(box) == [code]
    assert len(service.got) == 1  # by default nothing but a refused connection is tried again


def test_a_refused_connection_is_tried_twice_then_the_fallback_once_with_the_reason(
    box: Sandbox, service: Listener
) -> None:
    box.configure_number(sms_url="http://127.0.0.1:9/sms", sms_fallback_url=service.url("/fallback"))
    service.answers["/fallback"] = twiml("<Message>fallback</Message>")
    box.text(ANA, "hello")
    (got,) = service.got
    assert (got["ErrorCode"], got["ErrorUrl"], got["Body"]) == ("11205", "http://127.0.0.1:9/sms", "hello")
    assert signed_by(got, service.base)
    assert box.bodies(ANA) == ["fallback"]
    assert [entry["attempts"] for entry in box.webhooks("inbound")] == [2, 1]


def test_the_fragment_decides_what_is_retried_and_the_token_stays(box: Sandbox, service: Listener) -> None:
    box.configure_number(sms_url=service.url("/sms#rc=3&rp=5xx,rt"))
    service.answers["/sms"] = lambda _got: (500, "text/html", "no") if len(service.got) < 3 else twiml("")
    box.text(ANA, "x")
    assert len(service.got) == 3
    assert len({got.headers["i-twilio-idempotency-token"] for got in service.got}) == 1
    assert codes(box) == []


def test_the_fragment_limits_the_wait_and_a_slow_answer_can_be_retried(box: Sandbox, service: Listener) -> None:
    box.configure_number(sms_url=service.url("/sms#rt=200&rc=1&rp=rt"))

    def slow(_got: Got) -> tuple[int, str, str]:
        time.sleep(0.5)
        return twiml("<Message>late</Message>")

    service.answers["/sms"] = slow
    box.text(ANA, "x")
    assert len(service.got) == 2
    assert (box.bodies(ANA), codes(box)) == ([], [11205])


def test_a_number_without_an_address_says_so(box: Sandbox) -> None:
    box.configure_number(sms_url=None)
    assert box.text(ANA, "x")["answers"] == []
    assert codes(box) == [11200]


def test_a_service_with_a_null_inbound_address_silences_its_numbers(box: Sandbox, service: Listener) -> None:
    box.configure_number(service_sid=SERVICE_SID)
    client = box.twilio()
    client.messaging.v1.services(SERVICE_SID).update(use_inbound_webhook_on_number=False, inbound_request_url="")
    box.text(ANA, "x")
    assert service.got == []
    client.messaging.v1.services(SERVICE_SID).update(use_inbound_webhook_on_number=True)
    box.text(ANA, "x")
    assert service.got[0]["MessagingServiceSid"] == SERVICE_SID


def test_a_wrong_sender_or_number_is_refused_in_words(box: Sandbox) -> None:
    for sender, to, said in (("415", NUMBER, "E.164"), (ANA, "+15005550099", "not a number of this account")):
        with pytest.raises(ValueError, match=said):
            box.text(sender, "x", to=to)
    with pytest.raises(ValueError, match="1600"):
        box.text(ANA, "x" * 1601)


def test_replies_without_end_are_cut_by_the_loop_guard(box: Sandbox, service: Listener) -> None:
    service.answers["/sms"] = twiml("<Message>again</Message>" * 31)
    assert len(box.text(ANA, "x")["replies"]) == 30
    assert codes(box) == [14107]


def test_keywords_do_nothing_at_the_carrier_in_app_mode(box: Sandbox, service: Listener) -> None:
    assert box.text(ANA, "STOP")["opt_out"] is None
    assert "OptOutType" not in dict(service.got[0].params)
    box.twilio().messages.create(to=ANA, from_=NUMBER, body="confirmed")
    assert box.bodies(ANA) == ["confirmed"]


@pytest.mark.parametrize(("mode", "marked"), [("twilio", None), ("advanced", "STOP")])
def test_a_managed_stop_is_confirmed_blocks_and_still_reaches_the_service(
    box: Sandbox, service: Listener, mode: str, marked: str | None
) -> None:
    box.change(opt_out=mode)
    box.text(ANA, " stop\n")
    assert dict(service.got[0].params).get("OptOutType") == marked
    base = f"{box.base}/2010-04-01/Accounts/{ACCOUNT_SID}/Messages.json"
    form = {"To": ANA, "From": NUMBER, "Body": "x"}
    answer = requests.post(base, data=form, auth=(ACCOUNT_SID, AUTH_TOKEN), timeout=5)
    assert (answer.status_code, answer.json()["code"]) == (400, 21610)
    assert [m["via"] for m in box.messages(to=ANA)] == ["carrier"]
    box.text(ANA, "Start")
    assert box.twilio().messages.create(to=ANA, from_=NUMBER, body="back").status == "queued"


@pytest.mark.parametrize("body", ["STOP PLEASE", "please stop", "stop.", "OK"])
def test_only_a_whole_keyword_counts(box: Sandbox, body: str) -> None:
    box.change(opt_out="twilio")
    assert box.text(ANA, body)["opt_out"] is None


def test_a_block_through_a_service_fails_later_with_21610(box: Sandbox, service: Listener) -> None:
    box.change(opt_out="twilio")
    box.configure_number(service_sid=SERVICE_SID)
    box.text(ANA, "QUIT")
    made = box.twilio().messages.create(
        to=ANA, messaging_service_sid=SERVICE_SID, body="x", status_callback=service.url("/s")
    )
    box.wait_idle()
    assert made.status == "accepted"
    assert [(got["MessageStatus"], dict(got.params).get("ErrorCode")) for got in service.at("/s")] == [
        ("queued", None),
        ("failed", "21610"),
    ]


def test_a_toll_free_block_is_the_networks_and_yes_does_not_lift_it(box: Sandbox) -> None:
    box.configure_number(toll_free=True)
    box.text(ANA, "STOP")
    box.text(ANA, "YES")
    box.twilio().messages.create(to=ANA, from_=NUMBER, body="x")
    box.wait_idle()
    last = box.messages(to=ANA)[-1]
    assert (last["status"], last["error"]) == ("failed", 30004)
    box.text(ANA, "UNSTOP")
    box.twilio().messages.create(to=ANA, from_=NUMBER, body="x")
    box.wait_idle()
    assert box.messages(to=ANA)[-1]["status"] == "delivered"
