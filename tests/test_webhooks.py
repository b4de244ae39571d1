"""The carrier's side door: only what it signed gets in, once, and nobody else learns anything."""

import json
import logging
import re
import sys
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from sqlmodel import func, select

from smsbot import logs
from smsbot.carrier import signature
from smsbot.models import Inbound, Message
from smsbot.web import create_app
from tests.api_support import ANA, World
from tests.phone_support import HARBOR

BASE = "http://127.0.0.1:8000"
ACCOUNT = "AC" + "0" * 32


def form(**changes: str) -> list[tuple[str, str]]:
    fields = {
        "MessageSid": "SM" + "1" * 32,
        "AccountSid": ACCOUNT,
        "From": ANA,
        "To": HARBOR,
        "Body": "hello",
        "FromCity": "",
    }
    return list((fields | changes).items())


def post(
    client: FlaskClient,
    fields: list[tuple[str, str]],
    path: str = "/webhooks/sms",
    *,
    url: str = "",
    token: str = "token",
    **headers: str,
):  # type: ignore[no-untyped-def]
    given = {"X-Twilio-Signature": signature.sign(BASE + (url or path), fields, token)} | headers
    return client.post(
        path,
        data=urlencode(fields, errors="surrogatepass"),
        content_type="application/x-www-form-urlencoded",
        headers=given,
        environ_overrides={"RAW_URI": url or path},
    )


@pytest.fixture
def client(world: World) -> FlaskClient:
    world.enroll()
    return create_app(world.runtime).test_client()


def count(world: World, model: type) -> int:
    with world.runtime.database.read() as db:
        return db.exec(select(func.count()).select_from(model)).one()


def test_a_signed_text_is_stored_and_answered_with_twiml(world: World, client: FlaskClient) -> None:
    answer = post(client, form(Body="YES"))
    assert (answer.status_code, answer.mimetype) == (200, "text/xml")
    assert count(world, Inbound) == 1


def test_a_forged_text_gets_403_and_leaves_nothing(world: World, client: FlaskClient) -> None:
    answer = post(client, form(), token="guess")
    assert (answer.status_code, count(world, Inbound)) == (403, 0)
    assert "hello" not in answer.text


def test_a_missing_signature_is_a_403_and_no_fault(client: FlaskClient) -> None:
    assert client.post("/webhooks/sms", data={"Body": "x"}).status_code == 403


def test_shared_key_signing_is_refused(client: FlaskClient) -> None:
    assert post(client, form(), **{"X-Twilio-Webhooks-Signature-Settings": "key=x"}).status_code == 403


def test_another_account_is_refused_even_when_signed(client: FlaskClient) -> None:
    assert post(client, form(AccountSid="AC" + "2" * 32)).status_code == 403


def test_the_raw_address_is_what_was_signed(client: FlaskClient) -> None:
    odd = "/webhooks/sms?a=%7Ex&e=%C3%A9"
    assert post(client, form(), "/webhooks/sms?a=~x&e=é", url=odd).status_code == 200


def test_a_trailing_slash_is_no_redirect_that_would_lose_the_form(client: FlaskClient) -> None:
    assert post(client, form(), "/webhooks/sms/").status_code == 200


def test_get_is_refused(client: FlaskClient) -> None:
    assert client.get("/webhooks/sms").status_code == 405


def test_a_body_over_64_kilobytes_is_refused(client: FlaskClient) -> None:
    assert post(client, form(Body="x" * 70_000)).status_code == 413


def test_too_many_fields_are_refused(client: FlaskClient) -> None:
    fields = form() + [(f"f{number}", "") for number in range(300)]
    assert post(client, fields).status_code == 413


def test_a_number_that_is_no_clinics_is_answered_with_nothing(world: World, client: FlaskClient) -> None:
    answer = post(client, form(To="+15005550099"))
    assert (answer.status_code, count(world, Inbound)) == (200, 0)


def test_a_text_without_an_id_is_a_400(client: FlaskClient) -> None:
    assert post(client, form(MessageSid="nonsense")).status_code == 400


@pytest.mark.parametrize("body", ["", "😀", "\ud800", "\x0b\x00", "a" * 1600, " leading", "a\r\nb", "ñandú ¿?"])
def test_any_unicode_is_verified_stored_and_answered(world: World, client: FlaskClient, body: str) -> None:
    assert post(client, form(Body=body)).status_code == 200
    assert count(world, Inbound) == 1


def test_a_crisis_text_by_the_fallback_leaves_by_the_outbox(world: World, client: FlaskClient) -> None:
    post(client, form(Body="YES"))
    answer = post(client, form(Body="I want to die", MessageSid="SM" + "3" * 32, ErrorCode="11200"))
    assert "<Message" not in answer.text
    with world.runtime.database.read() as db:
        assert db.exec(select(Message.via).where(Message.purpose == "crisis")).all() == ["rest"]


def test_a_receipt_moves_its_message_forward_only(world: World, client: FlaskClient) -> None:
    post(client, form(Body="HELP"))
    with world.runtime.database.read() as db:
        message = db.exec(select(Message).where(Message.purpose == "help")).one()
    for status in ("delivered", "sent", "delivered"):
        fields = form(MessageSid="SM" + "4" * 32, MessageStatus=status)
        assert post(client, fields, f"/webhooks/status/{message.id}").status_code == 204
    with world.runtime.database.read() as db:
        assert db.exec(select(Message.state).where(Message.id == message.id)).one() == "delivered"


def test_a_forged_receipt_gets_403(client: FlaskClient) -> None:
    path = "/webhooks/status/00000000-0000-0000-0000-000000000000"
    assert post(client, form(MessageStatus="sent"), path, token="guess").status_code == 403


def test_a_call_hears_one_neutral_line(client: FlaskClient) -> None:
    answer = post(client, [("CallSid", "CA" + "1" * 32), ("AccountSid", ACCOUNT)], "/webhooks/voice")
    assert "<Say" in answer.text
    assert "9 1 1" in answer.text


@pytest.mark.parametrize("path", ["/nowhere", "/webhooks/status/not-an-id", "/webhooks/status/"])
def test_unknown_places_say_nothing(client: FlaskClient, path: str) -> None:
    answer = client.post(path, data={"Body": "my secret"})
    assert answer.status_code in (403, 404)
    assert "secret" not in answer.text


def test_an_unforeseen_fault_is_a_page_without_words(world: World) -> None:
    app = create_app(world.runtime)
    app.add_url_rule("/break", view_func=lambda: 1 / 0)
    answer = app.test_client().get("/break?word=secret")
    assert (answer.status_code, answer.text) == (500, "500 Something went wrong.\n")


def test_every_page_carries_the_guarding_headers(client: FlaskClient) -> None:
    headers = client.get("/healthz").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"


def test_ready_says_what_is_missing(client: FlaskClient) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json["checks"]["worker"] == "no worker in the last minute"  # type: ignore[index]


def test_no_webhook_route_forgets_the_signature(client: FlaskClient) -> None:
    every = client.application.url_map.iter_rules()
    rules = [rule for rule in every if str(rule).startswith("/webhooks/") and "POST" in (rule.methods or ())]
    assert rules
    for rule in rules:
        path = re.sub(r"<uuid:\w+>", "00000000-0000-0000-0000-000000000000", str(rule))
        path = re.sub(r"<\w+:\w+>", "1", path)
        assert client.post(path, data={"MessageSid": "SM" + "1" * 32}).status_code == 403


def test_a_log_line_masks_what_looks_like_a_number_and_drops_the_words_of_a_fault() -> None:
    try:
        raise ValueError("my secret")
    except ValueError:
        record = logging.makeLogRecord({"msg": "call +1 (415) 555-0123 at 9:30", "exc_info": sys.exc_info(), "way": 1})
    line = json.loads(logs.Lines("web").format(record))
    assert line["event"] == "call [number] at 9:30"
    assert (line["process"], line["fault"], line["way"]) == ("web", "ValueError", 1)
    assert line["place"].startswith("test_webhooks.py:")
    assert "secret" not in str(line)
