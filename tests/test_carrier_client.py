"""The real Twilio client over real sockets: what is asked, what is understood, what each way of failing proves."""

import logging
import threading
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from smsbot.carrier.answers import Accepted, Sent
from smsbot.carrier.client import Carrier
from smsbot.carrier.errors import CarrierError, Kind, NotAccepted, Refused, Rejected, Unknown
from tests.carrier_support import (
    ACCOUNT,
    Act,
    DeadPort,
    Server,
    answer,
    message,
    page,
    refuse,
    reset,
    serving,
    silent_until,
    truncated,
)

PHONE = "+14155550123"
STARTED = datetime(2026, 11, 22, 8, 0, 5, 700_000, tzinfo=UTC)


def carrier(base: str, timeout: float = 5.0, connections: int = 4) -> Carrier:
    """Return a carrier aimed at a test's server."""
    return Carrier(ACCOUNT, "SK" + "1" * 32, "secret", base, connections, (timeout, timeout))


@contextmanager
def on_stage(*acts: Act) -> Iterator[tuple[Carrier, Server]]:
    """Run a server with a script and a carrier aimed at it."""
    with serving(*acts) as server:
        client = carrier(server.base)
        yield client, server
        client.close()


def send(client: Carrier) -> Accepted:
    """Send the one text these tests send."""
    return client.send(PHONE, "+15005550006", "Hello", "https://bot.example/webhooks/status/1", 600)


def failure(*acts: Act) -> CarrierError:
    """Return what sending raises before a server with this script."""
    with on_stage(*acts) as (client, server):
        with pytest.raises(CarrierError) as caught:
            send(client)
        assert len(server.seen) == 1
    return caught.value


def test_sending_posts_one_form_with_the_key_and_returns_the_id():
    with on_stage(answer(201, message(7))) as (client, server):
        assert send(client) == Accepted("SM" + "0" * 31 + "7", "queued", 1)
        (seen,) = server.seen
    assert (seen.method, seen.path) == ("POST", f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json")
    assert dict(seen.form) == {
        "To": PHONE,
        "From": "+15005550006",
        "Body": "Hello",
        "StatusCallback": "https://bot.example/webhooks/status/1",
        "ValidityPeriod": "600",
    }
    assert seen.authorization.startswith("Basic ")


def test_a_messaging_service_takes_the_place_of_a_number():
    with on_stage(answer(201, message(1, num_segments="0"))) as (client, server):
        assert client.send(PHONE, "MG" + "5" * 32, "Hello", "https://bot.example/s", 90_000).segments == 0
        form = dict(server.seen[0].form)
    assert form["MessagingServiceSid"] == "MG" + "5" * 32
    assert "From" not in form
    assert form["ValidityPeriod"] == "36000"


def test_many_threads_share_a_few_kept_connections():
    with on_stage(answer(201, message(1))) as (client, server), ThreadPoolExecutor(8) as pool:
        assert len(list(pool.map(lambda _: send(client), range(40)))) == 40
        assert len({seen.client for seen in server.seen}) <= 4


def test_a_refused_number_is_permanent():
    fault = failure(refuse(400, 21211))
    assert isinstance(fault, Rejected)
    assert (fault.code, fault.kind, fault.permanent) == (21211, Kind.NOT_MOBILE, True)


def test_an_opt_out_is_told_apart():
    fault = failure(refuse(400, 21610))
    assert isinstance(fault, Rejected)
    assert fault.kind is Kind.OPT_OUT


def test_bad_credentials_are_a_fault_of_the_set_up_not_of_the_message():
    fault = failure(refuse(401, 20003))
    assert isinstance(fault, Rejected)
    assert (fault.kind, fault.permanent) == (Kind.CONFIG, False)


def test_a_redirect_is_not_followed():
    fault = failure(answer(307, {}, Location="http://127.0.0.1:1/"))
    assert isinstance(fault, Rejected)
    assert fault.kind is Kind.CONFIG


def test_too_many_requests_were_never_processed():
    fault = failure(refuse(429, 20429))
    assert isinstance(fault, NotAccepted)
    assert (fault.retryable, fault.permanent) == (True, False)


def test_a_refused_connection_is_proof_that_nothing_was_sent():
    with DeadPort() as base, pytest.raises(NotAccepted) as caught:
        send(carrier(base))
    assert caught.value.retryable


def test_a_name_nobody_knows_is_proof_that_nothing_was_sent():
    with pytest.raises(NotAccepted):
        send(carrier("http://carrier.invalid"))


def test_a_server_without_tls_is_proof_that_nothing_was_sent():
    with serving(answer(201, message(1))) as server, pytest.raises(NotAccepted):
        send(carrier(server.base.replace("http:", "https:")))


@pytest.mark.parametrize(
    "act",
    [
        reset,
        truncated,
        answer(201, message(1), Content_Length="5, 500"),
        answer(201, b"<html>"),
        answer(201, b"[]"),
        answer(201, {"sid": None}),
        answer(408, b""),
        answer(500, b"oops"),
        refuse(503, 20500),
    ],
    ids=["reset", "truncated", "two lengths", "html", "a list", "no id", "408", "500", "503"],
)
def test_a_request_that_was_read_but_not_answered_is_unknown_and_made_once(act: Act):
    assert isinstance(failure(act), Unknown)


def test_no_answer_in_time_is_unknown():
    done = threading.Event()
    with serving(silent_until(done)) as server:
        with pytest.raises(Unknown, match="no answer in time"):
            send(carrier(server.base, timeout=0.2))
        done.set()
        assert len(server.seen) == 1


@pytest.mark.parametrize("act", [refuse(400, 21211), refuse(503, 20500), reset, truncated])
def test_no_error_or_log_line_tells_the_number_or_the_text(act: Act, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG, "twilio.http_client")
    logging.getLogger("twilio.http_client").setLevel(logging.WARNING)
    fault = failure(act)
    told = "".join(traceback.format_exception_only(fault)) + repr(fault) + caplog.text
    assert PHONE not in told.replace("%2B", "+")
    assert "Hello" not in told
    assert fault.__context__ is fault.__cause__ is None


def test_looking_for_a_send_lists_what_was_created_since_and_no_date_goes_out():
    rows = [
        message(3, body="later"),
        message(2, date_created="Sun, 22 Nov 2026 08:00:04 +0000"),
        message(1, direction="inbound"),
    ]
    with on_stage(answer(200, page("messages", *rows))) as (client, server):
        found = client.find(PHONE, STARTED)
        assert server.seen[0].path.endswith("?To=%2B14155550123&PageSize=1000")
    assert found == [Sent("SM" + "0" * 31 + "3", "later", STARTED.replace(microsecond=0), "queued")]


def test_a_list_that_never_ends_is_cut_off():
    endless = {**page("messages", *[message(1)] * 1000), "next_page_uri": "/2010-04-01/Accounts/x/Messages.json?Page=1"}
    with on_stage(answer(200, endless)) as (client, server):
        assert len(client.inbound_since("+15005550006", STARTED, limit=2500)) == 0
        assert len(server.seen) == 3


def test_a_failing_list_is_an_unknown():
    with on_stage(answer(500, b"")) as (client, _), pytest.raises(Unknown):
        client.find(PHONE, STARTED)


def test_inbound_texts_come_back_oldest_first_with_their_media():
    late = message(2, direction="inbound", num_media="1", **{"from": PHONE, "to": "+15005550006"})
    early = message(1, direction="inbound", body="first", date_created="Sun, 22 Nov 2026 07:59:00 +0000")
    ours = message(3)
    media = page("media_list", {"sid": "ME" + "2" * 32, "content_type": "audio/amr"})
    acts = [answer(200, page("messages", ours, late, early)), answer(200, media)]
    with on_stage(*acts) as (client, server):
        found = client.inbound_since("+15005550006", STARTED - timedelta(hours=1))
        assert "DateSent%3E=2026-11-22" in server.seen[0].path
    assert [received.text.body for received in found] == ["first", "Hello"]
    assert found[1].text.media[0].sid == "ME" + "2" * 32


def test_a_recording_is_deleted_once_and_gone_is_not_an_error():
    acts = [answer(204, b""), refuse(404, 20404)]
    with on_stage(*acts) as (client, server):
        assert client.delete_recording("RE" + "3" * 32)
        assert not client.delete_recording("RE" + "3" * 32)
        assert {seen.method for seen in server.seen} == {"DELETE"}


def test_what_is_no_id_never_becomes_part_of_an_address():
    with on_stage(answer(200, {})) as (client, server):
        with pytest.raises(Refused):
            client.delete_recording("RE/../../Messages")
        assert server.seen == []


def test_a_number_is_read_and_pointed_at_us_by_post_only():
    row = {"sid": "PN" + "6" * 32, "phone_number": "+15005550006", "sms_url": "", "capabilities": {"sms": True}}
    row["sms_application_sid"] = "AP" + "7" * 32
    acts = [answer(200, page("incoming_phone_numbers", row)), answer(200, {**row, "sms_url": "https://b.example/s"})]
    with on_stage(*acts) as (client, server):
        number = client.number("+15005550006")
        assert number is not None
        assert (number.sms, number.voice, number.sms_url) == (True, False, "")
        changed = client.set_webhooks(number, "https://b.example/s", "https://b.example/f", "https://b.example/v")
        form = dict(server.seen[1].form)
    assert changed.sms_url == "https://b.example/s"
    assert (form["SmsMethod"], form["VoiceMethod"], form["SmsApplicationSid"]) == ("POST", "POST", "")


def test_a_service_without_an_inbound_address_says_so():
    row = {"sid": "MG" + "5" * 32, "inbound_request_url": None, "sticky_sender": True, "validity_period": 600}
    with on_stage(answer(200, row)) as (client, _):
        service = client.service(str(row["sid"]))
    assert (service.inbound_url, service.sticky_sender, service.validity_s) == (None, True, 600)


def test_a_service_names_its_numbers():
    listed = {"phone_numbers": [{"sid": "PN" + "1" * 32, "phone_number": PHONE}], "meta": {"key": "phone_numbers"}}
    with on_stage(answer(200, listed)) as (client, server):
        assert client.numbers_of("MG" + "5" * 32) == [PHONE]
    assert server.seen[0].path.startswith(f"/v1/Services/MG{'5' * 32}/PhoneNumbers")


def test_a_call_is_placed_once_with_repeated_events():
    with on_stage(answer(201, {"sid": "CA" + "4" * 32, "status": "queued"})) as (client, server):
        placed = client.call(PHONE, "+15005550006", "https://b.example/v", "https://b.example/c")
        form = server.seen[0].form
    assert placed.sid == "CA" + "4" * 32
    assert [value for name, value in form if name == "StatusCallbackEvent"] == ["answered", "completed"]


def recording_row(number: int, **changes: object) -> dict[str, object]:
    """One recording as the carrier lists it."""
    row = {"sid": f"RE{number:032d}", "call_sid": "CA" + "1" * 32, "status": "completed", "duration": "7"}
    return row | {"date_created": f"Sun, 22 Nov 2026 08:00:{number:02d} +0000"} | changes


def test_a_recording_is_described_or_gone():
    with on_stage(answer(200, recording_row(3, duration="-1")), refuse(404, 20404)) as (client, _):
        found = client.recording("RE" + "3" * 32)
        assert found is not None
        assert (found.status, found.seconds) == ("completed", None)
        assert client.recording("RE" + "3" * 32) is None


def test_the_recordings_of_a_call_come_in_their_order():
    with on_stage(answer(200, page("recordings", recording_row(9), recording_row(2)))) as (client, server):
        found = client.recordings_of("CA" + "1" * 32)
    assert [row.sid[-1] for row in found] == ["2", "9"]
    assert "CallSid=CA" in server.seen[0].path


def test_an_attachment_is_deleted_or_was_gone_already():
    with on_stage(answer(204, b""), refuse(404, 20404)) as (client, server):
        assert client.delete_media("MM" + "1" * 32, "ME" + "2" * 32)
        assert not client.delete_media("MM" + "1" * 32, "ME" + "2" * 32)
    assert {seen.method for seen in server.seen} == {"DELETE"}


def call_row(number: int, **changes: object) -> dict[str, object]:
    """One call as the carrier lists it."""
    row = {"sid": f"CA{number:032d}", "status": "ringing", "direction": "outbound-api", "duration": None}
    return row | {"date_created": f"Sun, 22 Nov 2026 08:00:{number:02d} +0000"} | changes


def test_calls_to_a_number_are_listed_since_an_instant_and_never_those_that_came_in():
    rows = [call_row(9), call_row(5, direction="inbound"), call_row(4, status="busy", duration="0"), call_row(1)]
    with on_stage(answer(200, page("calls", *rows))) as (client, _):
        found = client.calls_to(PHONE, datetime(2026, 11, 22, 8, 0, 4, tzinfo=UTC))
    assert [(each.sid[-1], each.status, each.seconds) for each in found] == [("9", "ringing", None), ("4", "busy", 0)]


def test_a_call_the_carrier_has_forgotten_is_none():
    with on_stage(answer(200, call_row(1)), answer(404, {"code": 20404, "status": 404})) as (client, _):
        assert client.call_now("CA" + "1" * 32).status == "ringing"
        assert client.call_now("CA" + "2" * 32) is None
