"""Read TwiML strictly: a document becomes verbs with their defaults, and everything Twilio would frown at is listed.

Grammar and defaults are TWILIO.md 1.3 and 8.2. A document that is not XML, not rooted in Response, or has an unknown
verb is a fault (12100); a wrong attribute, child or value is a warning (12200), and the verb is run all the same.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urljoin, urlsplit

Product = Literal["messaging", "voice"]
COUNT = re.compile(r"\d{1,6}$")
METHODS = frozenset({"GET", "POST"})
BOOLEAN = frozenset({"true", "false"})


@dataclass(frozen=True)
class Verb:
    """One element: attributes with defaults filled in, its own text, and the verbs inside it."""

    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    children: tuple[Verb, ...] = ()

    def get(self, name: str) -> str:
        """An attribute, '' when it has neither value nor default."""
        return self.attributes.get(name, "")


@dataclass(frozen=True)
class Rule:
    """What an element may have. A default of None means the attribute is allowed and absent unless given."""

    attributes: Mapping[str, str | None] = field(default_factory=dict)
    children: frozenset[str] = frozenset()
    text: bool = False
    values: Mapping[str, frozenset[str] | range] = field(default_factory=dict)


class TwimlError(ValueError):
    """The document cannot be run (Twilio 12100); says where and why."""


_STATUS: dict[str, str | None] = {"statusCallback": None, "statusCallbackMethod": "POST", "statusCallbackEvent": None}
_SSML = frozenset({"break", "emphasis", "lang", "p", "phoneme", "prosody", "s", "say-as", "sub", "w"})
MESSAGING: dict[str, Rule] = {
    "Response": Rule(children=frozenset({"Message", "Redirect"})),
    "Message": Rule(
        {"to": None, "from": None, "action": None, "method": "POST", "statusCallback": None},
        frozenset({"Body", "Media"}),
        text=True,
        values={"method": METHODS},
    ),
    "Body": Rule(text=True),
    "Media": Rule(text=True),
    "Redirect": Rule({"method": "POST"}, text=True, values={"method": METHODS}),
}
VOICE: dict[str, Rule] = {
    "Response": Rule(
        children=frozenset({"Say", "Play", "Pause", "Gather", "Record", "Redirect", "Hangup", "Reject", "Dial"})
    ),
    "Say": Rule({"voice": "man", "language": "en-US", "loop": "1"}, _SSML, text=True, values={"loop": range(1001)}),
    "Play": Rule({"loop": "1", "digits": None}, text=True, values={"loop": range(1001)}),
    "Pause": Rule({"length": "1"}, values={"length": range(1, 601)}),
    "Gather": Rule(
        {
            "input": "dtmf",
            "action": None,
            "method": "POST",
            "timeout": "5",
            "finishOnKey": "#",
            "numDigits": None,
            "speechTimeout": None,
            "actionOnEmptyResult": "false",
            "language": "en-US",
            "hints": None,
            "speechModel": "default",
            "profanityFilter": "true",
            "partialResultCallback": None,
            "partialResultCallbackMethod": "POST",
            "maxSpeechTime": None,
            "bargeIn": "true",
            "enhanced": "false",
        },
        frozenset({"Say", "Play", "Pause"}),
        values={
            "input": frozenset({"dtmf", "speech", "dtmf speech", "speech dtmf"}),
            "method": METHODS,
            "timeout": range(0, 601),
            "numDigits": range(1, 1001),
            "actionOnEmptyResult": BOOLEAN,
            "profanityFilter": BOOLEAN,
            "bargeIn": BOOLEAN,
        },
    ),
    "Record": Rule(
        {
            "action": None,
            "method": "POST",
            "timeout": "5",
            "finishOnKey": "1234567890*#",
            "maxLength": "3600",
            "playBeep": "true",
            "trim": "trim-silence",
            "recordingStatusCallback": None,
            "recordingStatusCallbackMethod": "POST",
            "recordingStatusCallbackEvent": "completed",
            "transcribe": "false",
            "transcribeCallback": None,
            "recordingConfigurationId": None,
        },
        values={
            "method": METHODS,
            "timeout": range(0, 601),
            "maxLength": range(2, 86401),
            "playBeep": BOOLEAN,
            "trim": frozenset({"trim-silence", "do-not-trim"}),
            "transcribe": BOOLEAN,
        },
    ),
    "Redirect": Rule({"method": "POST"}, text=True, values={"method": METHODS}),
    "Hangup": Rule(children=frozenset({"Parameter"})),
    "Parameter": Rule({"name": None, "value": None}),
    "Reject": Rule({"reason": "rejected"}, values={"reason": frozenset({"rejected", "busy"})}),
    "Dial": Rule(
        {
            "action": None,
            "method": "POST",
            "timeout": "30",
            "timeLimit": "14400",
            "callerId": None,
            "record": "do-not-record",
            "hangupOnStar": "false",
            "answerOnBridge": "false",
        },
        frozenset({"Number"}),
        text=True,
        values={"method": METHODS, "timeout": range(5, 601), "hangupOnStar": BOOLEAN, "answerOnBridge": BOOLEAN},
    ),
    "Number": Rule({"sendDigits": None, "url": None, "method": "POST", **_STATUS}, text=True),
}
SAY_LIMITS = {"Polly.": 3000, "Google.": 5000, "": 4096}
# Nothing after these is ever reached. What comes after a Record is, if its recording is empty.
LAST = frozenset({"Redirect", "Hangup", "Reject"})


@dataclass(frozen=True)
class Document:
    """A read document: its verbs in order, and what Twilio's schema would warn about (12200)."""

    verbs: tuple[Verb, ...]
    warnings: tuple[str, ...]


def parse(text: str, product: Product, base: str | None = None) -> Document:
    """Read a document fetched from `base` (None: inline, so addresses must be absolute). Raises TwimlError."""
    grammar = MESSAGING if product == "messaging" else VOICE
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise TwimlError("a document type is not allowed in TwiML")
    try:
        root = ET.fromstring(text.strip().encode())  # noqa: S314 - no document type, so no entities to expand
    except ET.ParseError as error:
        raise TwimlError(f"not well-formed XML: {error}") from error
    if root.tag != "Response":
        raise TwimlError(f"the root must be <Response>, not <{root.tag}>")
    warnings: list[str] = []
    for element in root:
        if element.tag not in grammar["Response"].children:
            raise TwimlError(f"<{element.tag}> is not a {product} verb")
    verbs = tuple(_verb(element, "Response", grammar, base, warnings) for element in root)
    for verb in verbs[:-1]:
        if verb.name in LAST:
            warnings.append(f"verbs after <{verb.name}> are never reached")
    return Document(verbs, tuple(warnings))


def _verb(element: ET.Element, parent: str, grammar: Mapping[str, Rule], base: str | None, warnings: list[str]) -> Verb:
    name = element.tag
    rule = grammar.get(name)
    if rule is None or name not in grammar[parent].children:
        if name not in grammar[parent].children:
            warnings.append(f"<{name}> may not be inside <{parent}>")
        if rule is None:  # SSML: its text counts, its markup does not matter here
            return Verb(name, {}, "".join(element.itertext()))
    given = dict(element.attrib)
    for attribute, value in given.items():
        _check_attribute(name, attribute, value, rule, warnings)
    attributes = {key: default for key, default in rule.attributes.items() if default is not None} | given
    inside = [child for child in element if child.tag not in _SSML]
    children = tuple(_verb(child, name, grammar, base, warnings) for child in inside)
    words = "".join(element.itertext()) if name == "Say" else (element.text or "")
    verb = Verb(name, attributes, words.strip(), children)
    _check_verb(verb, rule, base, warnings)
    return verb


def _check_attribute(name: str, attribute: str, value: str, rule: Rule, warnings: list[str]) -> None:
    if attribute not in rule.attributes:
        near = next((known for known in rule.attributes if known.lower() == attribute.lower().replace("_", "")), None)
        warnings.append(f"<{name}> has no attribute {attribute!r}" + (f" (it is spelled {near})" if near else ""))
        return
    allowed = rule.values.get(attribute)
    if isinstance(allowed, range):
        if not COUNT.match(value) or int(value) not in allowed:
            warnings.append(f"<{name} {attribute}> must be {allowed.start} to {allowed.stop - 1}, not {value!r}")
    elif allowed and value not in allowed:
        warnings.append(f"<{name} {attribute}> must be one of {', '.join(sorted(allowed))}, not {value!r}")


def _check_verb(verb: Verb, rule: Rule, base: str | None, warnings: list[str]) -> None:
    if verb.text and not rule.text:
        warnings.append(f"<{verb.name}> may not have text")
    if verb.name == "Record" and "action" not in verb.attributes:
        warnings.append("<Record> without action asks the current address again: an endless loop")
    if verb.name == "Say":
        limit = next(size for engine, size in SAY_LIMITS.items() if verb.get("voice").startswith(engine))
        if len(verb.text) > limit:
            warnings.append(f"<Say> has {len(verb.text)} characters; this voice takes {limit}")
    for attribute in ("action", "statusCallback", "recordingStatusCallback"):
        target = verb.get(attribute)
        if base is None and target and not urlsplit(target).scheme:
            warnings.append(f"<{verb.name} {attribute}> must be absolute in an inline document")


def absolute(base: str | None, target: str) -> str:
    """`target` as the carrier calls it: relative to the address its document came from."""
    return urljoin((base or "").partition("#")[0], target)
