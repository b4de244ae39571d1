"""Every code we know asks something definite of us, and nothing that may have been sent is called unsent."""

import http.client
import json
import ssl

import pytest
import requests
from twilio.base.exceptions import TwilioException, TwilioRestException, TwilioServiceException

from smsbot.carrier.classify import classify
from smsbot.carrier.errors import (
    MEANINGS,
    UNLISTED,
    CarrierError,
    Kind,
    NotAccepted,
    Rejected,
    Unknown,
    meaning,
)

# Every code of the brief on the carrier's behavior; the table may know more, never less.
KNOWN = """
20429 20003 20404 20500 500 502 503 504 21211 21614 21217 21212 21606 21603 21703 21704 21705 21712 21408 21215 21612
21602 21617 21620 21623 21609 21608 21610 21611 30001 14107 30002 30003 30004 30005 30006 30007 30008 30010 30017 30410
30019 11751 30022 30023 30026 30027 30024 30018 30035 30034 30032 30036 30450 30610 30640 23005 23006 30029 30030
35114 35115 35117 35118 35125 13224 13225 13223 21210 21216 21219 21220 11100 13521 17531
"""


@pytest.mark.parametrize("code", [int(code) for code in KNOWN.split()])
def test_every_known_code_is_in_the_table(code: int):
    assert meaning(code) is not UNLISTED
    assert meaning(code).words


def test_a_code_nobody_listed_gets_one_delayed_retry():
    assert (meaning(39999).kind, meaning(39999).retries) == (Kind.UNKNOWN, 1)
    assert meaning(39999).wait > 0
    assert meaning(None) is UNLISTED


def test_only_retries_and_set_up_faults_are_not_permanent():
    lasting = {code for code, line in MEANINGS.items() if line.permanent}
    assert {21610, 21211, 30007, 30005, 30004, 21617} <= lasting
    assert not {30003, 30008, 20429, 30034, 21606} & lasting
    assert {code for code, line in MEANINGS.items() if line.halts} == {20003, 30002, 30032, 30034}


def rest(status: int, code: int | None = None) -> TwilioRestException:
    """Return what the SDK raises for an answer."""
    return TwilioRestException(status, "/Messages.json", "To +14155550123", code if code is not None else status)


@pytest.mark.parametrize(
    ("raised", "kind"),
    [
        (rest(400, 21610), Rejected),
        (rest(404, 20404), Rejected),
        (rest(422), Rejected),
        (rest(429, 20429), NotAccepted),
        (rest(429), NotAccepted),
        (rest(408), Unknown),
        (rest(500), Unknown),
        (rest(504, 20500), Unknown),
        (rest(307), Rejected),
        (TwilioServiceException("about:blank", "bad", 400, 21211), Rejected),
        (TwilioServiceException("about:blank", "bad", 503, 20500), Unknown),
        (TwilioException("Unable to fetch page", requests.Response()), Unknown),
        (json.JSONDecodeError("x", "y", 0), Unknown),
        (requests.exceptions.ConnectTimeout(), NotAccepted),
        (requests.exceptions.ReadTimeout(), Unknown),
        (requests.exceptions.ConnectionError(http.client.RemoteDisconnected("gone")), Unknown),
        (requests.exceptions.ConnectionError(), Unknown),
        (requests.exceptions.SSLError(ssl.SSLCertVerificationError("bad")), NotAccepted),
        (requests.exceptions.SSLError(ssl.SSLEOFError("eof")), Unknown),
        (requests.exceptions.ChunkedEncodingError(), Unknown),
        (requests.exceptions.InvalidHeader("two lengths in the answer"), Unknown),
        (requests.exceptions.JSONDecodeError("x", "y", 0), Unknown),
        (requests.exceptions.InvalidURL(), NotAccepted),
        (KeyError("sid"), Unknown),
        (RuntimeError("anything at all"), Unknown),
    ],
)
def test_each_exception_proves_what_the_wire_proves(raised: Exception, kind: type[CarrierError]):
    assert type(classify(raised)) is kind


def test_a_refusal_without_a_code_of_its_own_goes_by_its_status():
    fault = classify(rest(401))
    assert isinstance(fault, Rejected)
    assert (fault.code, fault.kind) == (20003, Kind.CONFIG)


def test_the_words_of_the_carrier_are_dropped():
    assert "+1415" not in str(classify(rest(400, 21211)))
    assert "+1415" not in str(classify(RuntimeError("To +14155550123")))
