"""How our numbers and messaging services are set up at the carrier, as plain values a doctor can compare."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Number:
    """How one phone number of ours is set up at the carrier; empty strings where nothing is set."""

    sid: str
    phone: str
    sms_url: str
    sms_method: str
    sms_fallback_url: str
    sms_fallback_method: str
    sms_application_sid: str
    voice_url: str
    voice_method: str
    voice_fallback_url: str
    status_callback: str
    sms: bool
    mms: bool
    voice: bool


@dataclass(frozen=True)
class Service:
    """How one messaging service is set up at the carrier; `inbound_url` None means inbound texts are silently lost."""

    sid: str
    inbound_url: str | None
    inbound_method: str
    fallback_url: str
    fallback_method: str
    status_callback: str
    validity_s: int
    smart_encoding: bool
    sticky_sender: bool
    fallback_to_long_code: bool
    webhook_on_number: bool


def number_from(row: Any) -> Number:
    """Read the client's phone number resource."""
    can = row.capabilities or {}
    return Number(
        sid=row.sid,
        phone=row.phone_number or "",
        sms_url=row.sms_url or "",
        sms_method=row.sms_method or "",
        sms_fallback_url=row.sms_fallback_url or "",
        sms_fallback_method=row.sms_fallback_method or "",
        sms_application_sid=row.sms_application_sid or "",
        voice_url=row.voice_url or "",
        voice_method=row.voice_method or "",
        voice_fallback_url=row.voice_fallback_url or "",
        status_callback=row.status_callback or "",
        sms=bool(can.get("sms")),
        mms=bool(can.get("mms")),
        voice=bool(can.get("voice")),
    )


def service_from(row: Any) -> Service:
    """Read the client's messaging service resource."""
    return Service(
        sid=row.sid,
        inbound_url=row.inbound_request_url or None,
        inbound_method=row.inbound_method or "",
        fallback_url=row.fallback_url or "",
        fallback_method=row.fallback_method or "",
        status_callback=row.status_callback or "",
        validity_s=int(row.validity_period or 36_000),
        smart_encoding=bool(row.smart_encoding),
        sticky_sender=bool(row.sticky_sender),
        fallback_to_long_code=bool(row.fallback_to_long_code),
        webhook_on_number=bool(row.use_inbound_webhook_on_number),
    )
