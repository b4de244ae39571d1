"""REST handlers for the account, its phone numbers and its Messaging Service."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from operator import attrgetter

from smsbot.sandbox.checks import as_bool
from smsbot.sandbox.errors import ApiError
from smsbot.sandbox.magic import GOOD_SENDER, refuse_number
from smsbot.sandbox.operations import NUMBER_FIELDS, SERVICE_FIELDS, Param
from smsbot.sandbox.resources import (
    SERVICES,
    Json,
    account_json,
    account_uri,
    number_json,
    page,
    service_json,
    service_number_json,
)
from smsbot.sandbox.served import Asked, Served
from smsbot.sandbox.state import Number, Service, machine_now


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()


def _assign(target: Number | Service, params: Mapping[str, Param], asked: Asked) -> None:
    """Set the attributes that the form names; an empty address clears a webhook."""
    with asked.box.state.lock:
        for name, param in params.items():
            value = asked.get(name)
            if value is None:
                continue
            typed: object = value or None
            if param.kind == "bool":
                typed = as_bool(value)
            elif param.kind == "int":
                typed = int(value)
            elif param.kind == "text":
                typed = value
            setattr(target, _snake(name), typed)
        target.updated = machine_now()


def account(asked: Asked) -> Served:
    """The account itself."""
    service = asked.box.state.services[asked.box.settings.service_sid]
    return Served(account_json(asked.account, service.created))


def find_number(asked: Asked) -> Number:
    """The number a path names; raises ApiError 20404."""
    found = next((n for n in asked.box.state.numbers.values() if n.sid == asked.sids["Sid"]), None)
    if found is None:
        raise ApiError(20404)
    return found


def number_list(asked: Asked) -> Served:
    """The account's numbers, by PhoneNumber or FriendlyName."""
    phone, name = asked.get("PhoneNumber"), asked.get("FriendlyName")
    keep = [
        number
        for number in list(asked.box.state.numbers.values())
        if (not phone or number.phone == phone) and (not name or number.friendly_name == name)
    ]
    path = account_uri(asked.account) + "/IncomingPhoneNumbers.json"
    show = page(
        "incoming_phone_numbers", path, keep, asked.values, lambda n: number_json(asked.account, n), attrgetter("sid")
    )
    return Served(show)


def number_create(asked: Asked) -> Served:
    """Buy a number: with test credentials nothing is kept."""
    if asked.test:
        refuse_number(asked.values)
        return Served(number_json(asked.account, Number(asked.get("PhoneNumber") or GOOD_SENDER)), 201)
    phone = asked.get("PhoneNumber")
    if not phone:
        raise ApiError(21421, "PhoneNumber is required in the sandbox")
    with asked.box.state.lock:
        if phone in asked.box.state.numbers:
            raise ApiError(21422)
        number = asked.box.state.numbers[phone] = Number(phone, friendly_name=phone)
    _assign(number, NUMBER_FIELDS, asked)
    return Served(number_json(asked.account, number), 201)


def number_fetch(asked: Asked) -> Served:
    """One number."""
    return Served(number_json(asked.account, find_number(asked)))


def number_update(asked: Asked) -> Served:
    """Change a number's webhooks."""
    number = find_number(asked)
    _assign(number, NUMBER_FIELDS, asked)
    return Served(number_json(asked.account, number))


def find_service(asked: Asked) -> Service:
    """The Messaging Service a path names; raises ApiError 20404."""
    found = asked.box.state.services.get(asked.sids["ServiceSid"])
    if found is None:
        raise ApiError(20404)
    return found


def service_list(asked: Asked) -> Served:
    """The Messaging Services, in the newer page shape."""
    services = [service_json(asked.account, service) for service in list(asked.box.state.services.values())]
    return _newer_page("services", SERVICES, services)


def service_numbers(asked: Asked) -> Served:
    """The numbers of a Messaging Service."""
    service = find_service(asked)
    numbers = [number for number in list(asked.box.state.numbers.values()) if number.service_sid == service.sid]
    shown = [service_number_json(asked.account, service, number) for number in numbers]
    return _newer_page("phone_numbers", f"{SERVICES}/{service.sid}/PhoneNumbers", shown)


def _newer_page(key: str, url: str, items: list[Json]) -> Served:
    """Everything on one page: there are a few of them."""
    base = f"{url}?PageSize=50&Page=0"
    meta = {
        "key": key,
        "page": 0,
        "page_size": 50,
        "first_page_url": base,
        "previous_page_url": None,
        "next_page_url": None,
        "url": base,
    }
    return Served({key: items, "meta": meta})


def service_fetch(asked: Asked) -> Served:
    """One Messaging Service."""
    return Served(service_json(asked.account, find_service(asked)))


def service_update(asked: Asked) -> Served:
    """Change a Messaging Service's webhooks and switches."""
    service = find_service(asked)
    _assign(service, SERVICE_FIELDS, asked)
    return Served(service_json(asked.account, service))


HANDLERS: dict[str, Callable[[Asked], Served]] = {
    "accounts.fetch": account,
    "numbers.list": number_list,
    "numbers.create": number_create,
    "numbers.fetch": number_fetch,
    "numbers.update": number_update,
    "services.list": service_list,
    "services.fetch": service_fetch,
    "services.update": service_update,
    "services.numbers": service_numbers,
}
