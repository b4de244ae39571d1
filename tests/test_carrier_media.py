"""Files are fetched by id under our own account, within limits, never from where a redirect should not lead."""

import io
import threading

import pytest

from smsbot.carrier.client import Carrier
from smsbot.carrier.errors import CarrierError, NotAccepted, Refused, Unknown
from smsbot.carrier.media import Fetched, Limits, is_public, sniff
from tests.carrier_support import ACCOUNT, Act, answer, reset, serving, silent_until, truncated

MESSAGE, MEDIA = "MM" + "1" * 32, "ME" + "2" * 32
AMR = b"#!AMR\n" + bytes(range(256)) * 40
WAV = b"RIFF\x00\x00\x00\x00WAVEfmt " + bytes(300)


def fetched(*acts: Act, limits: Limits | None = None) -> tuple[Fetched, bytes]:
    """Fetch the one attachment from a server with this script."""
    into = io.BytesIO()
    with serving(*acts) as server:
        carrier = Carrier(ACCOUNT, "SK1", "secret", server.base)
        try:
            found = carrier.fetch_media(MESSAGE, MEDIA, into, limits or Limits())
            assert server.seen[0].path == f"/2010-04-01/Accounts/{ACCOUNT}/Messages/{MESSAGE}/Media/{MEDIA}"
            assert server.seen[0].authorization.startswith("Basic ")
        finally:
            carrier.close()
    return found, into.getvalue()


def refusal(*acts: Act, limits: Limits | None = None) -> CarrierError:
    """Return what fetching raises before a server with this script."""
    with pytest.raises(CarrierError) as caught:
        fetched(*acts, limits=limits)
    return caught.value


def test_a_voice_note_arrives_whole_with_its_true_type():
    found, raw = fetched(answer(200, AMR, Content_Type="application/octet-stream"))
    assert raw == AMR
    assert (found.content_type, found.size, len(found.sha256)) == ("audio/amr", len(AMR), 64)


def test_a_recording_is_asked_for_as_wav():
    into = io.BytesIO()
    with serving(answer(200, WAV)) as server:
        Carrier(ACCOUNT, "SK1", "secret", server.base).fetch_recording("RE" + "3" * 32, into, Limits())
        assert server.seen[0].path.endswith(f"/Recordings/RE{'3' * 32}.wav")
    assert into.getvalue() == WAV


def test_what_is_too_big_is_refused():
    assert str(refusal(answer(200, AMR), limits=Limits(size=5000))) == "refused (size)"


@pytest.mark.parametrize("body", [b"<html>", b"MZ\x90", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04"])
def test_what_is_no_sound_is_refused_whatever_it_claims(body: bytes):
    assert str(refusal(answer(200, body, Content_Type="audio/mpeg"))) == "refused (type)"


def test_an_empty_file_is_refused():
    assert isinstance(refusal(answer(200, b"")), Refused)


def test_a_file_that_is_not_there_yet_may_be_asked_for_again():
    fault = refusal(answer(404, {}))
    assert isinstance(fault, NotAccepted)
    assert fault.retryable


def test_a_forbidden_file_is_not_asked_for_again():
    fault = refusal(answer(403, {}))
    assert isinstance(fault, NotAccepted)
    assert not fault.retryable


@pytest.mark.parametrize("act", [reset, truncated])
def test_a_broken_transfer_is_no_file(act: Act):
    assert isinstance(refusal(act), CarrierError)


def test_a_transfer_that_stalls_is_given_up():
    done = threading.Event()
    with serving(silent_until(done)) as server:
        carrier = Carrier(ACCOUNT, "SK1", "secret", server.base)
        with pytest.raises(Unknown):
            carrier.fetch_media(MESSAGE, MEDIA, io.BytesIO(), Limits(seconds=0.2))
        done.set()


@pytest.mark.parametrize(
    "target",
    [
        "http://media.twiliocdn.com/x",
        "https://evil.example/x",
        "https://twilio.com.evil.example/x",
        "https://eviltwilio.com/x",
        "https://user:pw@api.twilio.com/x",
        "https://api.twilio.com:8443/x",
        "https://api.twilio.com:99999/x",
        "https://evil.s3.amazonaws.com.evil.example/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://2130706433/x",
        "https://169.254.169.254/latest/meta-data",
        "https://metadata.google.internal/x",
        "file:///etc/passwd",
        "//evil.example/x",
        "/same/host/without/tls",
    ],
)
def test_a_redirect_off_the_list_makes_no_connection(target: str):
    assert str(refusal(answer(302, b"", Location=target))).startswith("refused (redirect")


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fc00::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
        "ff02::1",
        "fe80::1%eth0",
        "192.0.2.1",
        "localhost",
        "2130706433",
        "0x7f000001",
    ],
)
def test_addresses_that_are_not_on_the_open_internet_are_known(address: str):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["54.172.60.1", "2600:1f18::1", "::ffff:54.172.60.1"])
def test_public_addresses_are_known(address: str):
    assert is_public(address)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (WAV, "audio/wav"),
        (b"ID3\x04", "audio/mpeg"),
        (b"\xff\xfb\x90", "audio/mpeg"),
        (AMR, "audio/amr"),
        (b"OggS", "audio/ogg"),
        (b"\x00\x00\x00\x18ftyp3gp4", "audio/3gpp"),
        (b"\x00\x00\x00\x20ftypM4A ", "audio/mp4"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"", None),
    ],
)
def test_a_type_is_what_its_first_bytes_show(head: bytes, kind: str | None):
    assert sniff(head) == kind
