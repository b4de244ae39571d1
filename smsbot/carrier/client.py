"""Everything we ask of the carrier, through the real Twilio client; answers and errors are small values of our own."""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, BinaryIO, TypeVar

from twilio.rest import Client

from smsbot.carrier.answers import Accepted, Placed, Received, Recorded, Ringing, Sent
from smsbot.carrier.classify import classify
from smsbot.carrier.errors import CarrierError, Refused, Rejected, Unknown
from smsbot.carrier.inbound import InboundText, Media
from smsbot.carrier.media import Fetched, Limits, fetch
from smsbot.carrier.setup import Number, Service, number_from, service_from
from smsbot.carrier.transport import TIMEOUT, Transport

API = "https://api.twilio.com"
PAGE = 1000  # the largest page Twilio gives
_ID = re.compile(r"[A-Z]{2}[0-9a-fA-F]{32}")

T = TypeVar("T")


class Carrier:
    """One account at the carrier, for `connections` threads at once; keep one per process, it keeps connections open.

    `username` and `password` are an API key and its secret, or the account's own id and auth token. `base` is scheme
    and host of anything else that speaks the API. Every method raises CarrierError and nothing else.
    """

    def __init__(
        self,
        account_sid: str,
        username: str,
        password: str,
        base: str | None = None,
        connections: int = 25,
        timeout: tuple[float, float] = TIMEOUT,
    ) -> None:
        self.account_sid = account_sid
        self._auth = (username, password)
        self._base = (base or API).rstrip("/")
        self._transport = Transport(base, connections, timeout)
        self._client = Client(username, password, account_sid, http_client=self._transport)

    @cached_property
    def _messages(self) -> Any:
        """The SDK's door to messages. It is looked up once: the SDK loads most of itself at that moment, and many
        threads that ask for it at the same time would wait for each other in turn.
        """
        return self._client.messages

    def close(self) -> None:
        """Close the kept-alive connections."""
        self._transport.close()

    def send(self, to: str, sender: str, body: str, status_callback: str, validity_s: int) -> Accepted:
        """Ask the carrier, once, to send `body`; `sender` is a phone number or a messaging service (MG...).

        Receipts go to `status_callback`; the carrier drops the message when it is still queued after `validity_s` (1 to
        36,000). NotAccepted and Rejected are proof that nothing was sent; Unknown is not.
        """
        named = {"messaging_service_sid" if sender.startswith("MG") else "from_": sender}
        validity = max(1, min(validity_s, 36_000))
        made = _ask(
            lambda: self._messages.create(
                to=to, body=body, status_callback=status_callback, validity_period=validity, **named
            )
        )
        return Accepted(_given(made.sid), made.status or "queued", int(made.num_segments or 0))

    def find(self, to: str, since: datetime) -> list[Sent]:
        """List what was sent to `to` and created at or after `since` (whole seconds), newest 1,000 at most.

        The carrier's own date filter is left alone: it goes by the time of sending, which an unsent message lacks.
        """
        rows = _ask(lambda: self._client.messages.list(to=to, limit=PAGE, page_size=PAGE))
        start = since.astimezone(UTC).replace(microsecond=0)
        outgoing = (row for row in rows if row.direction != "inbound")
        return [Sent(row.sid, row.body or "", row.date_created, row.status) for row in _from(outgoing, start)]

    def status(self, sid: str) -> tuple[str, int | None]:
        """Return the status and error code of one message of ours."""
        row = _ask(lambda: self._client.messages(_id(sid)).fetch())
        return row.status, row.error_code

    def inbound_since(self, to: str, since: datetime, limit: int = 5 * PAGE) -> list[Received]:
        """List the texts that reached our number `to` at or after `since`, oldest first, the newest `limit` at most."""
        day = since.astimezone(UTC).date().isoformat()  # whole days: any finer filter is ours
        rows = _ask(lambda: self._client.messages.list(to=to, date_sent_after=day, limit=limit, page_size=PAGE))
        arrived = (row for row in rows if row.direction == "inbound")
        texts = [Received(self._text(row), row.date_created) for row in _from(arrived, since.astimezone(UTC))]
        return sorted(texts, key=lambda received: received.created_at)

    def fetch_media(self, message_sid: str, media_sid: str, into: BinaryIO, limits: Limits) -> Fetched:
        """Write an attachment of an inbound message to `into`; see media.fetch for its limits and errors."""
        return fetch(self._url(f"Messages/{_id(message_sid)}/Media/{_id(media_sid)}"), self._auth, into, limits)

    def fetch_recording(self, sid: str, into: BinaryIO, limits: Limits) -> Fetched:
        """Write a recording, as WAV, to `into`; see media.fetch for its limits and errors."""
        return fetch(self._url(f"Recordings/{_id(sid)}.wav"), self._auth, into, limits)

    def recording(self, sid: str) -> Recorded | None:
        """How the carrier describes a recording; None when it has none of that id (any more)."""
        row = _unless_gone(lambda: self._client.recordings(_id(sid)).fetch())
        return _recorded(row) if row is not None else None

    def recordings_of(self, call_sid: str) -> list[Recorded]:
        """The recordings of a call, oldest first."""
        rows = _ask(lambda: self._client.recordings.list(call_sid=_id(call_sid), limit=PAGE, page_size=PAGE))
        return sorted(map(_recorded, rows), key=lambda row: (row.created_at is None, row.created_at, row.sid))

    def delete_recording(self, sid: str) -> bool:
        """Delete a recording at the carrier; False when it was gone already."""
        return bool(_unless_gone(lambda: self._client.recordings(_id(sid)).delete()))

    def delete_media(self, message_sid: str, media_sid: str) -> bool:
        """Delete an attachment of an inbound message at the carrier; False when it was gone already."""
        return bool(_unless_gone(lambda: self._client.messages(_id(message_sid)).media(_id(media_sid)).delete()))

    def call(
        self, to: str, from_: str, url: str, status_callback: str, ring_s: int = 30, detect_machine: bool = True
    ) -> Placed:
        """Ask the carrier, once, to call `to` and ask `url` what to say; a machine that answers is told apart first."""
        detection = {"machine_detection": "Enable"} if detect_machine else {}
        made = _ask(
            lambda: self._client.calls.create(
                to=to,
                from_=from_,
                url=url,
                status_callback=status_callback,
                status_callback_event=["answered", "completed"],
                timeout=ring_s,
                **detection,
            )
        )
        return Placed(_given(made.sid), made.status or "queued")

    def call_now(self, sid: str) -> Ringing | None:
        """How a call stands; None when the carrier has none of that id (any more)."""
        row = _unless_gone(lambda: self._client.calls(_id(sid)).fetch())
        return _ringing(row) if row is not None else None

    def calls_to(self, to: str, since: datetime) -> list[Ringing]:
        """List our calls to `to` created at or after `since` (whole seconds), newest first."""
        rows = _ask(lambda: self._client.calls.list(to=to, limit=PAGE, page_size=PAGE))
        start = since.astimezone(UTC).replace(microsecond=0)
        ours = (row for row in rows if row.direction != "inbound")
        return [_ringing(row) for row in ours if row.date_created is None or row.date_created >= start]

    def number(self, phone: str) -> Number | None:
        """Return how our number `phone` is set up, or None when the account does not own it."""
        rows = _ask(lambda: self._client.incoming_phone_numbers.list(phone_number=phone, limit=1))
        return number_from(rows[0]) if rows else None

    def service(self, sid: str) -> Service:
        """Return how the messaging service `sid` is set up."""
        return service_from(_ask(lambda: self._client.messaging.v1.services(_id(sid)).fetch()))

    def numbers_of(self, service_sid: str) -> list[str]:
        """The phone numbers of the messaging service `service_sid`: inbound texts are listed by number only."""
        numbers = self._client.messaging.v1.services(_id(service_sid)).phone_numbers
        return [row.phone_number for row in _ask(lambda: numbers.list(limit=PAGE)) if row.phone_number]

    def set_webhooks(
        self, number: Number, sms_url: str, sms_fallback_url: str, voice_url: str, call_status_url: str = ""
    ) -> Number:
        """Point a number's texts and calls at us, by POST only; an application that would override them is cleared.

        `call_status_url` is told how a call that came in has ended, so that what was said is kept at once.
        """
        changes = {
            "sms_url": sms_url,
            "sms_method": "POST",
            "sms_fallback_url": sms_fallback_url,
            "sms_fallback_method": "POST",
            "voice_url": voice_url,
            "voice_method": "POST",
        }
        if call_status_url:
            changes |= {"status_callback": call_status_url, "status_callback_method": "POST"}
        if number.sms_application_sid:
            changes["sms_application_sid"] = ""
        return number_from(_ask(lambda: self._client.incoming_phone_numbers(_id(number.sid)).update(**changes)))

    def set_service_webhooks(self, sid: str, inbound_url: str, fallback_url: str) -> Service:
        """Point a messaging service's inbound texts at us, by POST only."""
        changes = {
            "inbound_request_url": inbound_url,
            "inbound_method": "POST",
            "fallback_url": fallback_url,
            "fallback_method": "POST",
        }
        return service_from(_ask(lambda: self._client.messaging.v1.services(_id(sid)).update(**changes)))

    def _url(self, path: str) -> str:
        return f"{self._base}/2010-04-01/Accounts/{self.account_sid}/{path}"

    def _text(self, row: Any) -> InboundText:
        media: tuple[Media, ...] = ()
        if int(row.num_media or 0):
            found = _ask(lambda: self._client.messages(row.sid).media.list(limit=10))
            media = tuple(Media(item.sid, item.content_type or "") for item in found)
        return InboundText(
            sid=row.sid,
            account_sid=row.account_sid or self.account_sid,
            from_=row.from_ or "",
            to=row.to or "",
            body=row.body or "",
            media=media,
            segments=int(row.num_segments or 1),
            service_sid=row.messaging_service_sid,
        )


def _ask(request: Callable[[], T]) -> T:
    """Return what `request` gives; raise our own error with no trace of the SDK's, whose words hold phone numbers."""
    fault: CarrierError
    try:
        return request()
    except CarrierError:
        raise
    except Exception as error:  # the SDK lets anything through; what is unforeseen is an unknown outcome
        fault = classify(error)
    raise fault


def _unless_gone(request: Callable[[], T]) -> T | None:
    """What `request` gives, or None when the carrier says that there is no such thing."""
    try:
        return _ask(request)
    except Rejected as refusal:
        if refusal.code in (404, 20404):
            return None
        raise


def _recorded(row: Any) -> Recorded:
    told = str(row.duration or "")
    status = str(getattr(row.status, "value", row.status) or "")
    return Recorded(row.sid, row.call_sid or "", status, int(told) if told.isdecimal() else None, row.date_created)


def _ringing(row: Any) -> Ringing:
    told = str(row.duration or "")
    status = str(getattr(row.status, "value", row.status) or "")
    return Ringing(row.sid, status, int(told) if told.isdecimal() else None, getattr(row, "date_created", None))


def _given(sid: str | None) -> str:
    if sid is None or not _ID.fullmatch(sid):
        raise Unknown("an answer without an id")
    return sid


def _id(sid: str) -> str:
    """Return `sid` if it is one: it becomes part of an address."""
    if not _ID.fullmatch(sid):
        raise Refused("not an id")
    return sid


def _from(rows: Iterable[Any], start: datetime) -> list[Any]:
    return [row for row in rows if row.date_created is not None and row.date_created >= start]
