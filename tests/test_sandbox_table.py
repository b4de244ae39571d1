"""The table of operations and the sandbox's own answers, proved against Twilio's API description when it is there."""

import json
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import requests
from jsonschema import Draft202012Validator

from smsbot.sandbox.checks import check, find
from smsbot.sandbox.errors import ApiError
from smsbot.sandbox.operations import OPERATIONS, Operation, Param
from tests.sandbox_support import ACCOUNT_SID, ANA, AUTH_TOKEN, NUMBER, SERVICE_SID, Sandbox, listener

FILE = Path(__file__).resolve().parents[2] / "shared" / "twilio" / "twilio_api_v2010.json"
needs_file = pytest.mark.skipif(not FILE.exists(), reason=f"Twilio's API file is not beside the project ({FILE.name})")
OURS = [o for o in OPERATIONS if o.path.startswith("/2010") and o.path.endswith(".json")]
# In newer SDKs than the file, or seen in its prose only.
NEWER = {"messages.create": {"MessageIntent"}}
# Parameters Twilio has and this sandbox refuses on purpose: nothing here would act on them.
NOT_SERVED = {
    "calls.create": {"SipAuthUsername", "SipAuthPassword", "Byoc", "ClientNotificationUrl"},
    "recordings.list": {"ConferenceSid"},
    "numbers.create": {
        "ApiVersion", "AddressSid", "BundleSid", "EmergencyAddressSid", "EmergencyStatus", "IdentitySid", "TrunkSid",
        "VoiceApplicationSid", "VoiceCallerIdLookup", "VoiceReceiveMode",
    },
    "numbers.update": {
        "AccountSid", "ApiVersion", "AddressSid", "BundleSid", "EmergencyAddressSid", "EmergencyStatus", "IdentitySid",
        "TrunkSid", "VoiceApplicationSid", "VoiceCallerIdLookup", "VoiceReceiveMode",
    },
}  # fmt: skip
# Kinds of ours for each type the file gives; a free string there may be narrower here, never wider.
TYPES = {
    "integer": {"int"},
    "number": {"number"},
    "boolean": {"bool"},
    "string": {"text", "phone", "uri", "sid", "date", "enum"},
}


@cache
def spec() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FILE.read_text())
    return found


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").rpartition("/")[2]
    found: dict[str, Any] = spec()["components"]["schemas"][name] if name else schema
    return found


def described(operation: Operation) -> dict[str, Any]:
    wanted = re.sub(r"{\w+}", "{}", operation.path)
    methods = next(item for path, item in spec()["paths"].items() if re.sub(r"{\w+}", "{}", path) == wanted)
    found: dict[str, Any] = methods[operation.method.lower()]
    return found


def parameters(operation: Operation) -> tuple[dict[str, dict[str, Any]], set[str]]:
    """The file's parameters of an operation (name -> schema) and the required ones."""
    found = described(operation)
    query = {p["name"]: p["schema"] for p in found.get("parameters", []) if p["in"] == "query"}
    body = (
        found.get("requestBody", {}).get("content", {}).get("application/x-www-form-urlencoded", {}).get("schema", {})
    )
    return query | body.get("properties", {}), set(body.get("required", []))


@needs_file
@pytest.mark.parametrize("operation", OURS, ids=lambda o: o.name)
def test_each_operation_has_twilios_names_and_no_others(operation: Operation) -> None:
    theirs, required = parameters(operation)
    assert set(operation.params) - NEWER.get(operation.name, set()) <= set(theirs)
    assert set(theirs) - set(operation.params) == NOT_SERVED.get(operation.name, set())
    assert required == {name for name, param in operation.params.items() if param.missing}


@needs_file
@pytest.mark.parametrize("operation", OURS, ids=lambda o: o.name)
def test_each_parameter_has_twilios_type_enum_and_pattern(operation: Operation) -> None:
    theirs, _ = parameters(operation)
    for name, param in operation.params.items():
        if name in NEWER.get(operation.name, set()):
            continue
        schema = resolved(theirs[name])
        many = schema["type"] == "array"
        schema = resolved(schema["items"]) if many else schema
        assert many == param.repeated, name
        assert param.kind in TYPES[schema["type"]], name
        compare(name, param, schema)


def compare(name: str, param: Param, schema: dict[str, Any]) -> None:
    if "enum" in schema:
        assert set(param.values) == set(schema["enum"]), name
    if "pattern" in schema:
        assert schema["pattern"] == f"^{param.sid}[0-9a-fA-F]{{32}}$", name
    if schema.get("format", "").startswith("date"):
        assert param.kind == "date", name
    for ours, theirs in (("low", "minimum"), ("high", "maximum")):
        assert theirs not in schema or getattr(param, ours) == schema[theirs], name


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with Sandbox() as box, listener() as service:
        service.answers["/voice"] = (200, "text/xml", '<Response><Record action="/done"/></Response>')
        box.configure_number(sms_url=service.url("/sms"), voice_url=service.url("/voice"), service_sid=SERVICE_SID)
        box.text(ANA, "hello", media=[("image/png", b"1")])
        client = box.twilio()
        client.messages.create(to=ANA, from_=NUMBER, body="x" * 200)
        client.messages.create(to=ANA, messaging_service_sid=SERVICE_SID, body="x")
        box.fault("fail", count=1)
        client.messages.create(to=ANA, from_=NUMBER, body="x")
        box.act(box.call(ANA), "record", seconds=2)
        box.phone(ANA, answers="busy")
        client.calls.create(to=ANA, from_=NUMBER, twiml="<Response/>")
        box.call("+14155550199")
        box.wait_idle()
        yield box


def strict(schema: dict[str, Any]) -> Any:
    """The file's schema as JSON Schema: `nullable` and references resolved, no property beyond those described."""
    found = dict(resolved(schema))
    if found.get("type") == "object" and "properties" in found:
        found["properties"] = {name: strict(part) for name, part in found["properties"].items()}
        found["additionalProperties"] = False
    if found.get("type") == "array":
        found["items"] = strict(found["items"])
    if found.pop("nullable", False) and "type" in found:
        found["type"] = [found["type"], "null"]
        if "enum" in found:
            found["enum"] = [*found["enum"], None]
    return found


def answered(box: Sandbox, method: str, path: str, form: dict[str, str] | None = None) -> requests.Response:
    auth = (ACCOUNT_SID, AUTH_TOKEN)
    answer = requests.request(method, box.base + path, data=form, auth=auth, timeout=5)
    check_dates(answer.text)
    return answer


def check_dates(text: str) -> None:
    for stamp in re.findall(r'"date_\w+": ?"([^"]+)"', text):
        assert parsedate_to_datetime(stamp).utcoffset() is not None
        assert stamp.endswith("+0000")


def conforms(operation: Operation, answer: requests.Response) -> None:
    content = described(operation)["responses"][str(answer.status_code)].get("content")
    if content is None:
        assert answer.content == b""
        return
    Draft202012Validator(strict(content["application/json"]["schema"])).validate(answer.json())


LISTS = [o for o in OURS if o.method == "GET" and "{Sid}" not in o.path and "Media" not in o.path]


@needs_file
@pytest.mark.parametrize("operation", LISTS, ids=lambda o: o.name)
def test_lists_and_each_resource_in_them_conform(box: Sandbox, operation: Operation) -> None:
    call = box.calls()[0]["sid"]
    path = operation.path.replace("{AccountSid}", ACCOUNT_SID).replace("{CallSid}", call)
    answer = answered(box, "GET", path + "?PageSize=2" if "PageSize" in operation.params else path)
    conforms(operation, answer)
    if "PageSize" not in operation.params:
        return
    listed = next(value for value in answer.json().values() if isinstance(value, list))
    assert listed
    for item in listed:
        fetched = answered(box, "GET", item["uri"])
        conforms(find("GET", item["uri"])[0], fetched)
        # A call's own list shows a recording in another shape.
        assert operation.name == "calls.recordings" or fetched.json() == item


@needs_file
def test_what_is_created_changed_and_deleted_conforms(box: Sandbox) -> None:
    base = f"/2010-04-01/Accounts/{ACCOUNT_SID}"
    steps: list[tuple[str, str, dict[str, str] | None]] = [
        ("POST", base + "/Messages.json", {"To": ANA, "From": NUMBER, "Body": "x"}),
        ("POST", base + "/Calls.json", {"To": ANA, "From": NUMBER, "Url": "http://a.example/"}),
        ("POST", base + "/IncomingPhoneNumbers.json", {"PhoneNumber": "+15005550010"}),
    ]
    for method, path, form in steps:
        answer = answered(box, method, path, form)
        assert answer.status_code == 201
        conforms(find(method, path)[0], answer)
    box.wait_idle()
    sid = box.messages(direction="inbound")[0]["sid"]
    media = answered(box, "GET", f"{base}/Messages/{sid}/Media.json").json()
    Draft202012Validator(strict(spec()["components"]["schemas"]["api.v2010.account.message.media"])).validate(
        media["media_list"][0]
    )
    for method, path, form in (
        ("POST", f"{base}/Messages/{sid}.json", {"Body": ""}),
        ("DELETE", f"{base}/Messages/{sid}.json", None),
    ):
        conforms(find(method, path)[0], answered(box, method, path, form))


def test_every_operation_finds_itself_and_only_itself() -> None:
    for operation in OPERATIONS:
        path = re.sub(r"{\w+}", "AC" + "0" * 32, operation.path)
        assert find(operation.method, path)[0] == operation


def test_a_wrong_method_is_told_from_a_wrong_path() -> None:
    for method, path, code in (("PUT", "/v1/Services", 20004), ("GET", "/v1/Nothing", 20404)):
        with pytest.raises(ApiError) as refused:
            find(method, path)
        assert refused.value.code == code


def test_a_clean_request_passes_its_check() -> None:
    operation = next(o for o in OPERATIONS if o.name == "messages.create")
    check(operation, {"To": [ANA], "From": [NUMBER], "Body": ["x"], "ValidityPeriod": ["36000"]})
