"""Our signature check agrees with the SDK's validator on everything, and never raises."""

import hashlib
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

from smsbot.carrier.signature import sign, valid

TOKEN = "12345"
CALL = [("CallSid", "CA1234567890ABCDE"), ("Digits", "1234"), ("To", "+18005551212")]
VECTORS = [
    ("https://example.com/myapp.php?foo=1&bar=2", "+14158675310", "L/OH5YylLD5NRKLltdqwSvS0BnU="),
    ("https://mycompany.com/myapp.php?foo=1&bar=2", "+14158675309", "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
]
URL = "https://bot.example/webhooks/sms"
ALPHABET = "aZ09 +&=%\t\n~éñ€🙂\ue000"


@pytest.mark.parametrize(("url", "phone", "signature"), VECTORS)
def test_the_published_vectors_hold(url: str, phone: str, signature: str):
    form = [*CALL, ("Caller", phone), ("From", phone)]
    assert sign(url, form, TOKEN) == signature
    assert valid(url, form, signature, [TOKEN])


def random_form(rng: random.Random) -> list[tuple[str, str]]:
    """Return a form with repeated names, repeated pairs and empty values now and then."""
    words = ["".join(rng.choices(ALPHABET, k=rng.randrange(6))) for _ in range(5)]
    return [(rng.choice(words), rng.choice(words)) for _ in range(rng.randrange(8))]


def test_ten_thousand_random_forms_are_judged_as_the_sdk_does():
    rng = random.Random(7)
    urls = [URL, f"{URL}?a=%7Ex&e=%C3%A9", "http://h/s%2Fms", "https://h:8443/x?y=1", "http://h:80/", "https://h:443/x"]
    validator = RequestValidator(TOKEN)
    for _ in range(10_000):
        url, form = rng.choice(urls), random_form(rng)
        signed = rng.choice([url, url.replace("h:8443/", "h/"), url.replace("h:443/", "h/"), "https://else.example/"])
        signature = sign(signed, rng.choice([form, form, form[1:]]), TOKEN)
        assert valid(url, form, signature, [TOKEN]) == validator.validate(url, MultiDict(form), signature)


@pytest.mark.parametrize("target", ["/sms?a=%7Ex&e=%C3%A9", "/s%2Fms", "/sms?", "/sms/", "/sms?b=&c"])
def test_the_raw_address_counts_byte_for_byte(target: str):
    signature = sign("https://bot.example" + target, CALL, TOKEN)
    assert valid("https://bot.example" + target, CALL, signature, [TOKEN])
    assert not valid("https://bot.example/sms", CALL, signature, [TOKEN])


@pytest.mark.parametrize(
    ("called", "signed"),
    [
        ("https://bot.example:8443/sms", "https://bot.example/sms"),
        ("https://bot.example/sms", "https://bot.example:443/sms"),
        ("http://bot.example/sms", "http://bot.example:80/sms"),
        ("https://[2001:db8::1]:8443/sms", "https://[2001:db8::1]/sms"),
    ],
)
def test_ports_may_be_signed_or_left_out(called: str, signed: str):
    assert valid(called, CALL, sign(signed, CALL, TOKEN), [TOKEN])


def test_another_scheme_host_or_trimmed_value_is_refused():
    form = [("Body", " hi ")]
    signature = sign(URL, form, TOKEN)
    assert not valid(URL.replace("https", "http"), form, signature, [TOKEN])
    assert not valid("https://evil.example/webhooks/sms", form, signature, [TOKEN])
    assert not valid(URL, [("Body", "hi")], signature, [TOKEN])


def test_any_of_several_tokens_is_good_while_rotating():
    signature = sign(URL, CALL, "old")
    assert valid(URL, CALL, signature, ["new", "old"])
    assert not valid(URL, CALL, signature, ["new"])


def test_an_empty_token_is_no_token():
    assert not valid(URL, CALL, sign(URL, CALL, ""), [""])
    assert not valid(URL, CALL, sign(URL, CALL, ""), [])


@pytest.mark.parametrize("signature", [None, "", "é", "\ud800", "x" * 10_000, "L/OH5YylLD5NRKLltdqwSvS0BnU"])
def test_a_missing_or_odd_signature_is_refused_without_an_error(signature: str | None):
    assert not valid(URL, CALL, signature, [TOKEN])


@pytest.mark.parametrize("settings", ["", "key=k,algorithm=HMAC_SHA256", "key=k,algorithm=HMAC_SHA1"])
def test_shared_key_signing_is_refused_even_with_a_good_signature(settings: str):
    assert not valid(URL, CALL, sign(URL, CALL, TOKEN), [TOKEN], settings=settings)


def test_a_json_body_must_match_the_hash_in_the_address():
    body = b'{"a": 1}'
    url = f"{URL}?bodySHA256={hashlib.sha256(body).hexdigest()}"
    signature = sign(url, [], TOKEN)
    assert valid(url, [], signature, [TOKEN], body=body)
    assert not valid(url, [], signature, [TOKEN], body=b'{"a": 2}')
    assert not valid(url, [], signature, [TOKEN])


@given(st.text(st.characters(codec=None)), st.lists(st.tuples(st.text(st.characters(codec=None)), st.text())))
def test_nothing_makes_it_raise(url: str, form: list[tuple[str, str]]):
    assert valid(url, form, sign(url, form, TOKEN), [TOKEN]) in (True, False)
    assert not valid(url, form, "AAAA", [TOKEN])
