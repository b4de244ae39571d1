"""Phone numbers and time zones as people type them: put into one spelling, or refused in a sentence that helps."""

import difflib
import re
from collections.abc import Callable
from functools import cache
from typing import Any
from zoneinfo import available_timezones

import phonenumbers
import zipcodes
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType
from phonenumbers import timezone as phone_zones

US_REGIONS = frozenset({"US", "PR", "VI", "GU", "AS", "MP"})
NO_TEXTS = {
    PhoneNumberType.TOLL_FREE: "a toll-free number",
    PhoneNumberType.PREMIUM_RATE: "a premium-rate number",
    PhoneNumberType.PAGER: "a pager",
    PhoneNumberType.UAN: "a company's switchboard",
    PhoneNumberType.VOICEMAIL: "a voicemail box",
}
E164 = re.compile(r"\+[1-9]\d{6,14}\Z")
POSTAL_CODE = re.compile(r"\d{5}(-\d{4})?\Z")
LONGEST_TYPED = 40
PLACES_OF: Callable[[str], list[dict[str, Any]]] = zipcodes.matching


class Unfit(ValueError):
    """What was typed cannot be used; the message says why, and never repeats it."""


def patient_phone(typed: str) -> str:
    """A patient's number in E.164: US area codes only (HIPAA-eligible texting ends at the border); Unfit otherwise."""
    parsed = _parse(typed)
    if parsed.country_code != 1:
        raise Unfit("Only numbers with a US area code can be texted.")
    if not phonenumbers.is_valid_number(parsed):
        raise Unfit("This is not a complete US phone number: it needs 10 digits with a real area code.")
    if phonenumbers.region_code_for_number(parsed) not in US_REGIONS:
        raise Unfit("Only numbers with a US area code can be texted; this one belongs to another country.")
    kind = NO_TEXTS.get(phonenumbers.number_type(parsed))
    if kind:
        raise Unfit(f"This is {kind}, which cannot receive texts: ask for a mobile number.")
    return str(phonenumbers.format_number(parsed, PhoneNumberFormat.E164))


def _parse(typed: str) -> PhoneNumber:
    try:
        return phonenumbers.parse(typed[:LONGEST_TYPED], "US")
    except phonenumbers.NumberParseException:
        raise Unfit("This is not a phone number: write it like +14155550123.") from None


def service_phone(typed: str) -> str:
    """A clinic's own number in E.164 (a carrier's test numbers count); Unfit otherwise."""
    if not E164.match(typed):
        raise Unfit("Write the number in full, like +16175550100.")
    return typed


@cache
def zone_names() -> frozenset[str]:
    """Zones named after places; abbreviations such as EST are left out, because they know no daylight saving."""
    return frozenset(name for name in available_timezones() if "/" in name)


def zone(name: str) -> str:
    """A time zone's name as the zone files spell it, such as America/New_York; Unfit with the nearest names."""
    if name in zone_names():
        return name
    near = difflib.get_close_matches(name[:LONGEST_TYPED], zone_names(), n=2)
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    raise Unfit(f"This is not a time zone such as America/New_York.{hint}")


def zone_of_postal_code(code: str) -> str:
    """The zone of a US ZIP code; Unfit if there is none."""
    if not POSTAL_CODE.match(code):
        raise Unfit("This is not a ZIP code of five digits.")
    found = {str(place["timezone"]) for place in PLACES_OF(code) if place["timezone"]}
    if len(found) != 1:
        raise Unfit("This ZIP code does not tell the time zone: give time_zone instead.")
    return found.pop()


def likely_zone(phone: str) -> str | None:
    """The zone an area code was given out in: a hint for whoever fills in the form, never used by itself."""
    found = phone_zones.time_zones_for_number(phonenumbers.parse(phone))
    return str(found[0]) if len(found) == 1 and found[0] != phone_zones.UNKNOWN_TIMEZONE else None
