"""The pure parts of the carrier: signatures as Twilio makes them, segments as Twilio counts them, faults by seed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from smsbot.sandbox.faults import Faults, parse
from smsbot.sandbox.segments import encoding, segments, smart_encoded
from smsbot.sandbox.signing import signature, signed_url

CALL = [("CallSid", "CA1234567890ABCDE"), ("Digits", "1234"), ("To", "+18005551212")]
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@pytest.mark.parametrize(
    ("url", "phone", "expected"),
    [
        ("https://example.com/myapp.php?foo=1&bar=2", "+14158675310", "L/OH5YylLD5NRKLltdqwSvS0BnU="),
        ("https://mycompany.com/myapp.php?foo=1&bar=2", "+14158675309", "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
    ],
)
def test_both_published_vectors_are_reproduced(url: str, phone: str, expected: str) -> None:
    assert signature("12345", url, [*CALL, ("Caller", phone), ("From", phone)]) == expected


@given(
    st.lists(st.tuples(TEXT, TEXT), max_size=8),
    st.sampled_from(["https://a.b/c?d=%7E", "http://h:81/x?y", "http://h/é"]),
)
def test_the_sdk_accepts_every_signature_with_repeated_empty_and_unicode_fields(
    params: list[tuple[str, str]], url: str
) -> None:
    many: dict[str, list[str]] = {}
    for name, value in params:
        many.setdefault(name, []).append(value)

    class Form(dict[str, list[str]]):
        def getlist(self, name: str) -> list[str]:
            return self[name]

    assert RequestValidator("t").validate(url, Form(many), signature("t", url, params))


def test_the_signed_address_has_no_fragment_and_over_https_no_port_or_credentials() -> None:
    assert signed_url("https://u:p@h.example:8443/x?y=1#rc=2") == "https://h.example/x?y=1"
    assert signed_url("https://[::1]:8443/x") == "https://[::1]/x"
    assert signed_url("http://127.0.0.1:8000/x?y#rc=2") == "http://127.0.0.1:8000/x?y"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("a" * 152 + "€" + "a" * 152, 3),  # the euro sign does not straddle: 152, 2 + 151, 1
        ("ç" * 70, 1),
        ("ç" * 71, 2),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        ("a" * 66 + "😀" + "a" * 66, 3),
    ],
)
def test_segments_are_counted_greedily(text: str, parts: int) -> None:
    assert segments(text) == parts


@given(st.text(max_size=400))
def test_segments_lie_between_the_plain_ceiling_and_one_wasted_unit_a_part(text: str) -> None:
    units = len(text.encode("utf-16-le", "surrogatepass")) // 2
    if encoding(text) == "GSM-7":
        units, single, part = sum(2 if c in "\f^{}\\[~]|€" else 1 for c in text), 160, 153
    else:
        single, part = 70, 67
    least = 1 if units <= single else -(-units // part)
    most = 1 if units <= single else -(-units // (part - 1))
    assert least <= segments(text) <= most


def test_smart_encoding_saves_a_text_from_ucs2() -> None:
    assert encoding("“It’s fine…”") == "UCS-2"
    assert encoding(smart_encoded("“It’s fine…”")) == "GSM-7"


@given(st.integers(0, 2**31), st.floats(0, 1))
def test_the_same_seed_strikes_the_same_requests(seed: int, probability: float) -> None:
    def draws() -> list[bool]:
        faults = Faults(seed)
        faults.add({"kind": "drop", "probability": probability})
        return [bool(faults.take("rest", "messages.create", "+1")) for _ in range(20)]

    assert draws() == draws()


def test_a_fault_skips_counts_down_and_stays_on_its_event_and_phone() -> None:
    faults = Faults(1)
    faults.add({"kind": "drop", "count": 1, "skip": 1, "to": "+1555"})
    assert faults.take("rest", "messages.list", "+1555") is None
    assert faults.take("rest", "messages.create", "+1666") is None
    struck = [bool(faults.take("rest", "messages.create", "+1555")) for _ in range(3)]
    assert struck == [False, True, False]


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"kind": "nope"}, "unknown fault"),
        ({"kind": "drop", "probability": 2}, "probability"),
        ({"kind": "drop", "count": 0}, "count"),
        ({"kind": "slow", "secs": 1}, "unknown option"),
        ({"kind": "slow", "seconds": "1"}, "seconds must be"),
        ({"kind": "duplicate", "copies": True}, "copies must be"),
    ],
)
def test_a_wrong_fault_is_refused_in_words(wanted: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse(wanted)
