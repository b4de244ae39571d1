"""Inbound texts as the carrier sends them: twenty fields, signed, each with an id of its own."""

import secrets
from collections.abc import Sequence
from urllib.parse import urlencode

from smsbot.carrier import signature
from tests.sandbox_support import ACCOUNT_SID, AUTH_TOKEN, NUMBER

WORDS = "I walked by the water this morning and it was easier than I thought"


def request(base: str, sender: str, body: str) -> bytes:
    """One signed webhook, ready for the socket."""
    sid = f"SM{secrets.token_hex(16)}"
    form = [
        ("ToCountry", "US"),
        ("ToState", "MA"),
        ("SmsMessageSid", sid),
        ("NumMedia", "0"),
        ("ToCity", "BOSTON"),
        ("FromZip", "94107"),
        ("SmsSid", sid),
        ("FromState", "CA"),
        ("SmsStatus", "received"),
        ("FromCity", "SAN FRANCISCO"),
        ("Body", body),
        ("FromCountry", "US"),
        ("To", NUMBER),
        ("ToZip", "02110"),
        ("NumSegments", "1"),
        ("MessageSid", sid),
        ("AccountSid", ACCOUNT_SID),
        ("From", sender),
        ("ApiVersion", "2010-04-01"),
        ("MessagingServiceSid", ""),
    ]
    signed = signature.sign(f"{base}/webhooks/sms", form, AUTH_TOKEN)
    payload = urlencode(form).encode()
    head = (
        f"POST /webhooks/sms HTTP/1.1\r\nHost: {base.removeprefix('http://')}\r\nUser-Agent: TwilioProxy/1.1\r\n"
        f"Accept: */*\r\nX-Twilio-Signature: {signed}\r\nI-Twilio-Idempotency-Token: {secrets.token_hex(16)}\r\n"
        f"Content-Type: application/x-www-form-urlencoded; charset=UTF-8\r\nContent-Length: {len(payload)}\r\n\r\n"
    )
    return head.encode() + payload


def rounds(base: str, answering: Sequence[str], writing: Sequence[str], each: int) -> list[bytes]:
    """`each` texts of everybody: half of them answer an open question with a digit, half write for the journal.

    Whoever has just written comes last again, so that a patient's row lock is not what is measured.
    """
    found = []
    for _ in range(each):
        for one, other in zip(answering, writing, strict=True):
            found += [request(base, one, "1"), request(base, other, WORDS)]
    return found
