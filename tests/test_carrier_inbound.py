"""Webhook forms are read leniently: whatever arrives becomes a value or is refused by the name of one field."""

import subprocess
import sys
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsbot.carrier import inbound
from smsbot.carrier.inbound import Media, Unreadable

ACCOUNT = "AC" + "0" * 32
SID = "SM" + "1" * 32
FORM = [
    ("MessageSid", SID),
    ("AccountSid", ACCOUNT),
    ("From", "+14155550123"),
    ("To", "+15005550006"),
    ("Body", " Hi\nthere \U0001f642 "),
    ("NumMedia", "0"),
    ("NumSegments", "2"),
    ("FromCity", ""),
]


def mms(address: str) -> list[tuple[str, str]]:
    """Return an inbound form with one attachment at `address`."""
    return [*FORM[:5], ("NumMedia", "1"), ("MediaUrl0", address), ("MediaContentType0", "audio/amr")]


def test_a_text_is_kept_exactly_as_written():
    text = inbound.text(FORM)
    assert (text.sid, text.from_, text.to) == (SID, "+14155550123", "+15005550006")
    assert text.body == " Hi\nthere \U0001f642 "
    assert (text.segments, text.media, text.opt_out_type, text.service_sid) == (2, (), None, None)


def test_a_text_without_an_id_is_refused_by_the_name_of_the_field_only():
    with pytest.raises(Unreadable, match="no usable MessageSid"):
        inbound.text([("MessageSid", "SM-secret"), ("Body", "secret")])


def test_a_bare_id_is_enough():
    assert inbound.text([("MessageSid", SID)]).body == ""


def test_the_first_of_repeated_fields_counts():
    assert inbound.text([*FORM, ("Body", "second")]).body.startswith(" Hi")


def test_media_on_our_account_is_known_by_its_id():
    media = "ME" + "2" * 32
    text = inbound.text(mms(f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Messages/{SID}/Media/{media}"))
    assert text.media == (Media(media, "audio/amr"),)


@pytest.mark.parametrize(
    "address",
    [
        "http://169.254.169.254/latest/meta-data",
        f"https://api.twilio.com/2010-04-01/Accounts/AC{'9' * 32}/Messages/{SID}/Media/ME{'2' * 32}",
        f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Messages/MM{'9' * 32}/Media/ME{'2' * 32}",
        f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Messages/{SID}/Media/../../../x",
        f"file:///2010-04-01/Accounts/{ACCOUNT}/Messages/{SID}/Media/ME{'2' * 32}",
        "",
    ],
)
def test_media_anywhere_else_is_ignored(address: str):
    assert inbound.text(mms(address)).media == ()


@pytest.mark.parametrize("count", ["-1", "1e9", "²", "", "99999999999", "ten"])
def test_an_odd_media_count_is_no_media(count: str):
    assert inbound.text([("MessageSid", SID), ("NumMedia", count)]).media == ()


@pytest.mark.parametrize(("word", "read"), [("STOP", "STOP"), ("help", "HELP"), ("Start", "START"), ("x", None)])
def test_the_opt_out_mark_is_one_of_three(word: str, read: str | None):
    assert inbound.text([*FORM, ("OptOutType", word)]).opt_out_type == read


@given(st.lists(st.tuples(st.sampled_from(["Body", "NumMedia", "NumSegments", "MediaUrl0", "From"]), st.text())))
def test_no_value_of_any_field_breaks_the_reading(fields: list[tuple[str, str]]):
    assert inbound.text([("MessageSid", SID), *fields]).sid == SID


def test_a_receipt_is_read_with_its_error():
    form = [
        ("MessageSid", SID),
        ("MessageStatus", "undelivered"),
        ("ErrorCode", "30003"),
        ("RawDlrDoneDate", "2611220801"),
    ]
    event = inbound.status(form)
    assert (event.sid, event.status, event.error_code) == (SID, "undelivered", 30003)
    assert event.raw_done_date == "2611220801"


def test_a_receipt_with_an_unknown_status_is_refused():
    with pytest.raises(Unreadable, match="MessageStatus"):
        inbound.status([("MessageSid", SID), ("MessageStatus", "teleported")])


def final(events: tuple[str, ...]) -> str | None:
    """Return the status after the events in this order."""
    status: str | None = None
    for event in events:
        status = inbound.next_status(status, event)
    return status


@pytest.mark.parametrize("last", ["delivered", "failed", "undelivered"])
def test_receipts_in_any_order_and_twice_end_the_same(last: str):
    events = ("accepted", "queued", "sending", "sent", last)
    assert {final(order + order) for order in permutations(events)} == {last}


def test_a_late_delivery_mends_undelivered_and_nothing_else_goes_back():
    assert inbound.next_status("undelivered", "delivered") == "delivered"
    assert inbound.next_status("delivered", "undelivered") == "delivered"
    assert inbound.next_status("delivered", "sent") == "delivered"
    assert inbound.next_status("failed", "delivered") == "failed"


def test_a_recording_is_known_by_its_id_not_its_address():
    form = [
        ("RecordingSid", "RE" + "3" * 32),
        ("RecordingUrl", "http://evil.example/"),
        ("RecordingStatus", "completed"),
        ("RecordingDuration", "61"),
    ]
    event = inbound.recording(form)
    assert (event.sid, event.seconds) == ("RE" + "3" * 32, 61)
    assert "evil" not in repr(event)


def test_a_call_asks_with_its_keys_and_speech():
    form = [("CallSid", "CA" + "4" * 32), ("Digits", "#"), ("SpeechResult", "a seven"), ("Confidence", "0.91")]
    request = inbound.voice(form)
    assert (request.digits, request.speech, request.confidence) == ("#", "a seven", 0.91)
    assert inbound.call([*form, ("SequenceNumber", "3"), ("CallStatus", "Completed")]).sequence == 3


def test_webhook_modules_do_not_load_the_client():
    code = (
        "import sys, smsbot.carrier.signature, smsbot.carrier.twiml, smsbot.carrier.inbound, "
        "smsbot.carrier.answers, smsbot.carrier.errors;"
        "print([m for m in sys.modules if m.split('.')[0] in ('twilio', 'requests', 'urllib3')])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=30).stdout
    assert out.strip() == "[]"
