"""The JSON that Twilio answers for each kind of resource, and its pages of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from email.utils import format_datetime
from typing import Any, TypeVar
from urllib.parse import urlencode

from smsbot.sandbox.errors import WEBHOOK_ERRORS, ApiError
from smsbot.sandbox.state import Media, Message, Number, Recording, Service

API = "2010-04-01"
SERVICES = "https://messaging.twilio.com/v1/Services"
Json = dict[str, Any]
T = TypeVar("T")


def stamp(time: datetime | None) -> str | None:
    """RFC 2822 with +0000, as every 2010 resource has it."""
    return format_datetime(time) if time else None


def iso(time: datetime) -> str:
    """ISO 8601 with Z, as the newer resources have it."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


def account_uri(account: str) -> str:
    """The path every resource of the account begins with."""
    return f"/{API}/Accounts/{account}"


def message_json(account: str, message: Message) -> Json:
    """api.v2010.account.message"""
    uri = f"{account_uri(account)}/Messages/{message.sid}"
    pending = message.service_sid and message.status in ("accepted", "scheduled")
    return {
        "sid": message.sid,
        "account_sid": account,
        "api_version": API,
        "body": message.body,
        "date_created": stamp(message.created),
        "date_sent": stamp(message.sent),
        "date_updated": stamp(message.updated),
        "direction": message.direction,
        "error_code": message.error,
        "error_message": error_words(message.error),
        "from": message.sender,
        "messaging_service_sid": message.service_sid,
        "num_media": str(len(message.media)),
        "num_segments": "0" if pending else str(message.segments),
        "price": None,
        "price_unit": "USD",
        "status": message.status,
        "subresource_uris": {"media": uri + "/Media.json"},
        "to": message.to,
        "uri": uri + ".json",
    }


def error_words(code: int | None) -> str | None:
    """What an error code says, None for none."""
    if code is None:
        return None
    return DELIVERY_ERRORS.get(code) or WEBHOOK_ERRORS.get(code) or ApiError(code).message


DELIVERY_ERRORS = {
    30001: "Queue overflow",
    30002: "Account suspended",
    30003: "Unreachable destination handset",
    30004: "Message blocked",
    30005: "Unknown destination handset",
    30006: "Landline or unreachable carrier",
    30007: "Message filtered",
    30008: "Unknown error",
    30023: "US A2P 10DLC - Daily Message Cap Reached",
    30034: "US A2P 10DLC - Message from an Unregistered Number",
    30036: "Validity period expired",
}


def media_json(account: str, message: Message, media: Media) -> Json:
    """api.v2010.account.message.media"""
    return {
        "sid": media.sid,
        "account_sid": account,
        "parent_sid": message.sid,
        "content_type": media.content_type,
        "date_created": stamp(media.created),
        "date_updated": stamp(media.created),
        "uri": f"{account_uri(account)}/Messages/{message.sid}/Media/{media.sid}.json",
    }


def number_json(account: str, number: Number) -> Json:
    """api.v2010.account.incoming_phone_number"""
    return {
        "sid": number.sid,
        "account_sid": account,
        "api_version": API,
        "phone_number": number.phone,
        "friendly_name": number.friendly_name or number.phone,
        "address_requirements": "none",
        "address_sid": None,
        "beta": False,
        "bundle_sid": None,
        "capabilities": {"voice": True, "sms": True, "mms": True, "fax": False},
        "date_created": stamp(number.created),
        "date_updated": stamp(number.updated),
        "emergency_status": "Inactive",
        "emergency_address_sid": None,
        "emergency_address_status": "unregistered",
        "identity_sid": None,
        "origin": "twilio",
        "sms_application_sid": number.sms_application_sid,
        "sms_url": number.sms_url,
        "sms_method": number.sms_method,
        "sms_fallback_url": number.sms_fallback_url,
        "sms_fallback_method": number.sms_fallback_method,
        "status": "in-use",
        "status_callback": number.status_callback,
        "status_callback_method": number.status_callback_method,
        "trunk_sid": None,
        "uri": f"{account_uri(account)}/IncomingPhoneNumbers/{number.sid}.json",
        "voice_application_sid": None,
        "voice_caller_id_lookup": False,
        "voice_fallback_method": number.voice_fallback_method,
        "voice_fallback_url": number.voice_fallback_url,
        "voice_method": number.voice_method,
        "voice_receive_mode": "voice",
        "voice_url": number.voice_url,
    }


def recording_json(account: str, recording: Recording) -> Json:
    """api.v2010.account.recording"""
    uri = f"{account_uri(account)}/Recordings/{recording.sid}"
    status = "deleted" if recording.deleted else recording.status
    return {
        "sid": recording.sid,
        "account_sid": account,
        "api_version": API,
        "call_sid": recording.call_sid,
        "conference_sid": None,
        "channels": 1,
        "date_created": stamp(recording.created),
        "date_updated": stamp(recording.updated),
        "start_time": stamp(recording.created),
        "duration": str(recording.seconds) if recording.status == "completed" else "-1",
        "encryption_details": None,
        "error_code": None,
        "media_url": f"https://api.twilio.com{uri}",
        "price": None,
        "price_unit": "USD",
        "source": "RecordVerb",
        "status": status,
        "subresource_uris": {
            "add_on_results": uri + "/AddOnResults.json",
            "transcriptions": uri + "/Transcriptions.json",
        },
        "uri": uri + ".json",
    }


def call_recording_json(account: str, recording: Recording) -> Json:
    """api.v2010.account.call.call_recording: what a call's own list of recordings shows."""
    shown = recording_json(account, recording)
    del shown["media_url"], shown["subresource_uris"]
    return {**shown, "track": "inbound"}


def account_json(account: str, created: datetime) -> Json:
    """api.v2010.account; the auth token is never shown."""
    uri = account_uri(account)
    return {
        "sid": account,
        "owner_account_sid": account,
        "friendly_name": "Sandbox account",
        "status": "active",
        "type": "Full",
        "auth_token": None,
        "date_created": stamp(created),
        "date_updated": stamp(created),
        "subresource_uris": {"messages": uri + "/Messages.json", "calls": uri + "/Calls.json"},
        "uri": uri + ".json",
    }


def service_json(account: str, service: Service) -> Json:
    """A Messaging Service (messaging.twilio.com/v1)."""
    return {
        "sid": service.sid,
        "account_sid": account,
        "friendly_name": service.friendly_name,
        "inbound_request_url": service.inbound_request_url,
        "inbound_method": service.inbound_method,
        "fallback_url": service.fallback_url,
        "fallback_method": service.fallback_method,
        "status_callback": service.status_callback,
        "sticky_sender": service.sticky_sender,
        "smart_encoding": service.smart_encoding,
        "mms_converter": True,
        "scan_message_content": "inherit",
        "fallback_to_long_code": service.fallback_to_long_code,
        "area_code_geomatch": False,
        "synchronous_validation": False,
        "validity_period": service.validity_period,
        "use_inbound_webhook_on_number": service.use_inbound_webhook_on_number,
        "usecase": "undeclared",
        "us_app_to_person_registered": True,
        "date_created": iso(service.created),
        "date_updated": iso(service.updated),
        "url": f"{SERVICES}/{service.sid}",
        "links": {"phone_numbers": f"{SERVICES}/{service.sid}/PhoneNumbers"},
    }


def service_number_json(account: str, service: Service, number: Number) -> Json:
    """A phone number as a sender of a Messaging Service."""
    return {
        "sid": number.sid,
        "account_sid": account,
        "service_sid": service.sid,
        "phone_number": number.phone,
        "country_code": "US",
        "capabilities": ["SMS", "MMS", "Voice"],
        "date_created": iso(number.created),
        "date_updated": iso(number.updated),
        "url": f"{SERVICES}/{service.sid}/PhoneNumbers/{number.sid}",
    }


def page(
    key: str,
    path: str,
    items: Sequence[T],
    values: Mapping[str, list[str]],
    show: Callable[[T], Json],
    sid: Callable[[T], str],
) -> Json:
    """One page of `items` (already filtered and sorted) as `values` (PageSize, Page, PageToken) ask for it.

    The token names the last item of the page before, so that new items do not shift the pages."""
    size = int(values.get("PageSize", ["50"])[0])
    number = int(values.get("Page", ["0"])[0])
    token = values.get("PageToken", [""])[0]
    start = next((index + 1 for index, item in enumerate(items) if "PA" + sid(item) == token), number * size)
    shown = items[start : start + size]
    asked = [(name, value) for name, given in values.items() if name not in ("Page", "PageToken") for value in given]
    asked = asked if "PageSize" in values else [*asked, ("PageSize", str(size))]

    def address(number: int, token: str | None = None) -> str:
        return path + "?" + urlencode([*asked, ("Page", str(number)), *([("PageToken", token)] if token else [])])

    more = start + size < len(items)
    return {
        key: [show(item) for item in shown],
        "page": number,
        "page_size": size,
        "start": start,
        "end": start + len(shown) - 1 if shown else start,
        "first_page_uri": address(0),
        "next_page_uri": address(number + 1, "PA" + sid(shown[-1])) if more else None,
        "previous_page_uri": address(number - 1) if number else None,
        "uri": path + "?" + urlencode([(name, value) for name, given in values.items() for value in given]),
    }
