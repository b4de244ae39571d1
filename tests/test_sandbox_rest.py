"""The REST side, through the real twilio client and bare requests: shapes, checks, codes, pages, credentials."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from tests.sandbox_support import (
    ACCOUNT_SID,
    ANA,
    AUTH_TOKEN,
    NUMBER,
    SERVICE_SID,
    TEST_ACCOUNT_SID,
    TEST_AUTH_TOKEN,
    Listener,
    Sandbox,
    listener,
    shared,
)

MESSAGES = f"/2010-04-01/Accounts/{ACCOUNT_SID}/Messages.json"


@pytest.fixture
def box() -> Sandbox:
    box = shared()
    box.reset(numbers=True)
    return box


@pytest.fixture
def client(box: Sandbox) -> Client:
    return box.twilio()


@pytest.fixture
def service() -> Iterator[Listener]:
    with listener() as service:
        yield service


def create(box: Sandbox, form: Any, auth: Any = (ACCOUNT_SID, AUTH_TOKEN)) -> requests.Response:
    return requests.post(box.base + MESSAGES, data=form, auth=auth, timeout=10)


def test_a_message_is_accepted_and_delivered_with_its_callbacks_in_order(
    box: Sandbox, client: Client, service: Listener
) -> None:
    made = client.messages.create(to=ANA, from_=NUMBER, body="hé 🙂", status_callback=service.url("/s?m=1"))
    assert (made.status, made.direction, made.num_segments) == ("queued", "outbound-api", "1")
    box.wait_idle()
    assert [got["MessageStatus"] for got in service.at("/s")] == ["sent", "delivered"]
    assert all("Body" not in dict(got.params) for got in service.got)
    fetched = client.messages(made.sid).fetch()
    assert (fetched.status, fetched.body, fetched.error_code) == ("delivered", "hé 🙂", None)
    assert fetched.date_sent is not None


def test_nothing_is_deduplicated(box: Sandbox, client: Client) -> None:
    sids = {client.messages.create(to=ANA, from_=NUMBER, body="same").sid for _ in range(3)}
    assert len(sids) == len(box.messages(to=ANA)) == 3


def test_a_service_message_is_accepted_first_and_tells_queued(box: Sandbox, client: Client, service: Listener) -> None:
    box.configure_number(NUMBER, service_sid=SERVICE_SID)
    made = client.messages.create(
        to=ANA, messaging_service_sid=SERVICE_SID, body="x", status_callback=service.url("/s")
    )
    assert (made.status, made.num_segments, made.from_) == ("accepted", "0", None)
    box.wait_idle()
    assert [got["MessageStatus"] for got in service.at("/s")] == ["queued", "sent", "delivered"]
    assert service.got[0]["MessagingServiceSid"] == SERVICE_SID
    assert client.messages(made.sid).fetch().from_ == NUMBER


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        ({"To": ""}, 21211, "To"),
        ({"To": None}, 21604, "'To'"),
        ({"To": "banana"}, 21211, "banana"),
        ({"From": None}, 21603, "'From'"),
        ({"From": "+14155559999"}, 21606, "not a number of this account"),
        ({"From": ANA}, 21606, ""),
        ({"To": NUMBER}, 21266, "same"),
        ({"Body": None}, 21602, "body"),
        ({"Body": "x" * 1601}, 21617, "1601"),
        ({"ValidityPeriod": "0"}, 20001, "1 to 36000"),
        ({"ValidityPeriod": "36001"}, 20001, "1 to 36000"),
        ({"ValidityPeriod": "soon"}, 20001, "whole number"),
        ({"StatusCallback": "http://under_score.example/x"}, 21609, "underscore"),
        ({"StatusCallback": "/relative"}, 21609, "absolute"),
        ({"body": "x"}, 20001, "spelled Body"),
        ({"status_callback": "http://a.example/"}, 20001, "spelled StatusCallback"),
        ({"Nonsense": "1"}, 20001, "no parameter 'Nonsense'"),
        ({"ContentRetention": "keep"}, 20001, "retain, discard"),
        ({"MessagingServiceSid": "MG12"}, 21701, "MG SID"),
        ({"SmartEncoded": "yes"}, 20001, "true or false"),
        ({"MediaUrl": ["http://a.example/1"] * 11}, 21623, ""),
        ({"Body": ["a", "b"]}, 20001, "2 times"),
        ({"ScheduleType": "fixed"}, 35117, ""),
        ({"ScheduleType": "fixed", "SendAt": "2030-01-01T00:00:00Z"}, 35118, ""),
    ],
)
def test_a_wrong_request_is_refused_with_its_code_in_clear_words(
    box: Sandbox, change: dict[str, Any], code: int, said: str
) -> None:
    form = {"To": ANA, "From": NUMBER, "Body": "hello", **change}
    answer = create(box, {name: value for name, value in form.items() if value is not None})
    assert answer.status_code == 400
    assert answer.json()["code"] == code
    assert said in answer.json()["message"]
    assert set(answer.json()) == {"code", "message", "more_info", "status"}
    assert box.messages() == []


@pytest.mark.parametrize(
    ("auth", "status", "code"),
    [
        (None, 401, 20003),
        ((ACCOUNT_SID, "wrong"), 401, 20003),
        (("SK" + "5a" * 16, "sandbox-api-key-secret"), 201, None),
        ((TEST_ACCOUNT_SID, TEST_AUTH_TOKEN), 401, 20003),
    ],
)
def test_only_the_accounts_own_credentials_open_it(box: Sandbox, auth: Any, status: int, code: int | None) -> None:
    answer = create(box, {"To": ANA, "From": NUMBER, "Body": "x"}, auth)
    assert answer.status_code == status
    assert answer.json().get("code") == code


@pytest.mark.parametrize(
    ("path", "status", "code"), [("/Nothing.json", 404, 20404), ("/Messages/SM12.json", 404, 20404)]
)
def test_what_is_not_there_is_20404(box: Sandbox, path: str, status: int, code: int) -> None:
    base = f"{box.base}/2010-04-01/Accounts/{ACCOUNT_SID}"
    answer = requests.get(base + path, auth=(ACCOUNT_SID, AUTH_TOKEN), timeout=10)
    assert (answer.status_code, answer.json()["code"]) == (404, 20404)


def test_a_list_is_newest_first_filtered_and_paged(box: Sandbox, client: Client) -> None:
    made = [client.messages.create(to=f"+1415555010{n}", from_=NUMBER, body=str(n)).sid for n in range(5)]
    box.wait_idle()
    assert [m.sid for m in client.messages.list(page_size=2, limit=10)] == made[::-1]
    assert [m.body for m in client.messages.list(to="+14155550103", limit=10)] == ["3"]
    assert [m.body for m in client.messages.list(from_=ANA, limit=10)] == []
    soon, past = datetime.now(UTC) + timedelta(minutes=1), datetime.now(UTC) - timedelta(minutes=1)
    assert len(client.messages.list(date_sent_after=past, date_sent_before=soon, limit=10)) == 5
    assert client.messages.list(date_sent_after=soon, limit=10) == []


def test_a_page_does_not_shift_when_a_message_arrives_meanwhile(box: Sandbox, client: Client) -> None:
    made = [client.messages.create(to=ANA, from_=NUMBER, body=str(n)).sid for n in range(4)]
    first = client.messages.page(page_size=2)
    assert [m.sid for m in first] == [made[3], made[2]]
    client.messages.create(to=ANA, from_=NUMBER, body="new")
    second = first.next_page()
    assert second is not None
    assert [m.sid for m in second] == [made[1], made[0]]


def test_a_body_can_be_redacted_and_a_finished_message_deleted(box: Sandbox, client: Client) -> None:
    made = client.messages.create(to=ANA, from_=NUMBER, body="private")
    with pytest.raises(TwilioRestException) as early:
        client.messages(made.sid).delete()
    assert early.value.code == 20009
    box.wait_idle()
    assert client.messages(made.sid).update(body="").body == ""
    assert client.messages(made.sid).delete()
    with pytest.raises(TwilioRestException) as gone:
        client.messages(made.sid).fetch()
    assert (gone.value.status, gone.value.code) == (404, 20404)


def test_a_body_cannot_be_rewritten(box: Sandbox, client: Client) -> None:
    made = client.messages.create(to=ANA, from_=NUMBER, body="private")
    with pytest.raises(TwilioRestException, match="limit is 0"):
        client.messages(made.sid).update(body="other words")


def test_a_scheduled_message_waits_and_can_be_canceled(box: Sandbox, client: Client, service: Listener) -> None:
    box.configure_number(NUMBER, service_sid=SERVICE_SID)
    later = datetime.now(UTC) + timedelta(hours=1)
    made = client.messages.create(
        to=ANA,
        messaging_service_sid=SERVICE_SID,
        body="x",
        schedule_type="fixed",
        send_at=later,
        status_callback=service.url("/s"),
    )
    assert made.status == "scheduled"
    box.wait_idle()
    assert client.messages(made.sid).update(status="canceled").status == "canceled"
    box.wait_idle()
    assert [got["MessageStatus"] for got in service.at("/s")] == ["canceled"]


def test_a_patients_picture_can_be_listed_fetched_and_deleted(box: Sandbox, client: Client) -> None:
    sid = box.text(ANA, "look", media=[("audio/amr", b"#!AMR\n\x00")])["sid"]
    assert sid.startswith("MM")
    (media,) = client.messages(sid).media.list(limit=5)
    assert media.content_type == "audio/amr"
    address = f"{box.base}/2010-04-01/Accounts/{ACCOUNT_SID}/Messages/{sid}/Media/{media.sid}"
    answer = requests.get(address, auth=(ACCOUNT_SID, AUTH_TOKEN), timeout=10)
    assert (answer.content, answer.headers["Content-Type"]) == (b"#!AMR\n\x00", "audio/amr")
    assert requests.get(address, timeout=10).status_code == 401
    assert client.messages(sid).media(media.sid).delete()
    assert client.messages(sid).media.list(limit=5) == []


def test_a_numbers_webhooks_are_read_and_changed(box: Sandbox, client: Client) -> None:
    (number,) = client.incoming_phone_numbers.list(phone_number=NUMBER, limit=2)
    changed = client.incoming_phone_numbers(number.sid).update(
        sms_url="https://clinic.example/webhooks/sms#rc=2&rp=ct,rt,5xx", sms_method="POST", voice_url=""
    )
    assert changed.sms_url == "https://clinic.example/webhooks/sms#rc=2&rp=ct,rt,5xx"
    assert (changed.voice_url, changed.phone_number) == (None, NUMBER)
    assert client.incoming_phone_numbers(number.sid).fetch().sms_url == changed.sms_url
    assert client.api.accounts(ACCOUNT_SID).fetch().status == "active"


def test_a_messaging_service_is_read_and_changed(client: Client) -> None:
    service = client.messaging.v1.services(SERVICE_SID).update(
        sticky_sender=False, inbound_request_url="https://clinic.example/x", use_inbound_webhook_on_number=False
    )
    assert (service.sticky_sender, service.inbound_request_url) == (False, "https://clinic.example/x")
    (listed,) = client.messaging.v1.services.list(limit=3)
    assert listed.use_inbound_webhook_on_number is False
    client.messaging.v1.services(SERVICE_SID).update(inbound_request_url="", use_inbound_webhook_on_number=True)


def test_a_messaging_service_lists_its_numbers(box: Sandbox, client: Client) -> None:
    assert client.messaging.v1.services(SERVICE_SID).phone_numbers.list(limit=9) == []
    box.configure_number("+15005550021", service_sid=SERVICE_SID)
    (listed,) = client.messaging.v1.services(SERVICE_SID).phone_numbers.list(limit=9)
    assert (listed.phone_number, listed.service_sid) == ("+15005550021", SERVICE_SID)


def test_a_senders_rate_spaces_its_segments(box: Sandbox, client: Client) -> None:
    box.change(sender_rate=10, sent_after=0, delivered_after=0)
    for _ in range(4):
        client.messages.create(to=ANA, from_=NUMBER, body="x" * 161)  # two segments: 0.2 s each
    box.wait_idle()
    times = [datetime.fromisoformat(dict(m["history"])["sent"]) for m in box.messages(to=ANA)]
    assert (times[-1] - times[0]).total_seconds() >= 0.55


def test_past_the_daily_cap_messages_fail(box: Sandbox, client: Client) -> None:
    box.change(daily_cap=2)
    for _ in range(3):
        client.messages.create(to=ANA, from_=NUMBER, body="x")
    box.wait_idle()
    assert [(m["status"], m["error"]) for m in box.messages()] == [("delivered", None)] * 2 + [("failed", 30023)]


def test_the_control_api_is_for_this_machine_and_its_own_pages(box: Sandbox) -> None:
    url = box.base + "/sandbox/reset"
    assert requests.post(url, headers={"Host": "evil.example"}, timeout=5).status_code == 403
    assert requests.post(url, headers={"Origin": "http://evil.example"}, timeout=5).status_code == 403
    assert requests.post(url, headers={"Origin": box.base}, timeout=5).status_code == 200


def test_the_environment_gives_a_sandbox_the_services_own_account(tmp_path: Any) -> None:
    journal = tmp_path / "journal.jsonl"
    env = {
        "TWILIO_ACCOUNT_SID": "AC" + "b" * 32,
        "TWILIO_AUTH_TOKEN": "new, old",
        "SANDBOX_JOURNAL": str(journal),
        "SANDBOX_NUMBERS": "+16175550100, +16175550101",
    }
    with Sandbox(env=env) as box:
        base = f"{box.base}/2010-04-01/Accounts/{'AC' + 'b' * 32}/Messages.json"
        form = {"To": ANA, "From": "+16175550101", "Body": "secret words"}
        assert requests.post(base, data=form, auth=("AC" + "b" * 32, "new"), timeout=5).status_code == 201
        box.wait_idle()
    lines = journal.read_text().splitlines()
    assert len(lines) == 4
    assert "secret words" not in journal.read_text()
