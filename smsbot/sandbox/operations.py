"""The one table of REST operations the sandbox serves: names, types, limits (written from TWILIO.md 3, 6, 8 and 9)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["text", "phone", "uri", "int", "number", "bool", "sid", "date", "enum"]
ACCOUNT = "/2010-04-01/Accounts/{AccountSid}"


@dataclass(frozen=True)
class Param:
    """One parameter. `code` is the error of a bad value; `values` the enum; `low`/`high` bound a number or a length;
    `sid` is the prefix of a SID; `missing` is the error when a required one is absent."""

    kind: Kind = "text"
    code: int = 20001
    missing: int = 0
    values: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None
    sid: str = ""
    repeated: bool = False


@dataclass(frozen=True)
class Operation:
    """One method on one path, the parameters it takes (query for GET, form otherwise) and its name for handlers."""

    name: str
    method: str
    path: str
    params: Mapping[str, Param] = field(default_factory=dict)
    test: bool = False  # may be called with test credentials

    def pattern(self) -> re.Pattern[str]:
        """The path as an expression whose groups are the SIDs in it."""
        return re.compile("^" + re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/.]+)", re.escape(self.path)) + "$")


TEXT, PHONE, URI, INT, BOOL = Param(), Param("phone"), Param("uri"), Param("int"), Param("bool")
METHOD = Param("enum", values=("GET", "POST"))
DATE = Param("date")
PAGING = {"PageSize": Param("int", low=1, high=1000), "Page": Param("int", low=0), "PageToken": TEXT}


def _dates(name: str) -> dict[str, Param]:
    return {name: DATE, name + "<": DATE, name + ">": DATE}


def _sid(prefix: str, code: int = 20001) -> Param:
    return Param("sid", sid=prefix, code=code)


def _choice(*values: str, repeated: bool = False) -> Param:
    return Param("enum", values=values, repeated=repeated)


MESSAGE_CREATE = {
    "To": Param("phone", code=21211, missing=21604),
    "From": Param("phone", code=21212),
    "MessagingServiceSid": _sid("MG", 21701),
    "Body": Param("text", code=21617, high=1600),
    "MediaUrl": Param("uri", code=21620, repeated=True),
    "StatusCallback": Param("uri", code=21609),
    "ValidityPeriod": Param("int", low=1, high=36000),
    "ScheduleType": _choice("fixed"),
    "SendAt": Param("date", code=35115),
    "ContentRetention": _choice("retain", "discard"),
    "AddressRetention": _choice("retain", "obfuscate"),
    "SmartEncoded": BOOL,
    "ShortenUrls": BOOL,
    "RiskCheck": _choice("enable", "disable"),
    "MessageIntent": TEXT,
    "SendAsMms": BOOL,
    "ForceDelivery": BOOL,
    "Attempt": INT,
    "ProvideFeedback": BOOL,
    "TrafficType": _choice("free"),
    "MaxPrice": Param("number"),
    "ApplicationSid": _sid("AP"),
    "PersistentAction": Param("text", repeated=True),
    "FallbackFrom": PHONE,
    "ContentSid": _sid("HX"),
    "ContentVariables": TEXT,
}

CALL_EVENTS = _choice("initiated", "ringing", "answered", "completed", repeated=True)
RECORDING_EVENTS = _choice("in-progress", "completed", "absent", repeated=True)
CALL_CREATE = {
    "To": Param("phone", code=21217, missing=21201),
    "From": Param("phone", code=21212, missing=21213),
    "Url": Param("uri", code=21205),
    "Twiml": Param("text", high=4000),
    "ApplicationSid": _sid("AP"),
    "Method": METHOD,
    "FallbackUrl": URI,
    "FallbackMethod": METHOD,
    "StatusCallback": Param("uri", code=21609),
    "StatusCallbackMethod": METHOD,
    "StatusCallbackEvent": CALL_EVENTS,
    "Timeout": Param("int", low=1, high=600),
    "TimeLimit": Param("int", low=1, high=86400),
    "Record": BOOL,
    "RecordingChannels": _choice("mono", "dual"),
    "RecordingTrack": _choice("inbound", "outbound", "both"),
    "RecordingStatusCallback": URI,
    "RecordingStatusCallbackMethod": METHOD,
    "RecordingStatusCallbackEvent": RECORDING_EVENTS,
    "Trim": _choice("trim-silence", "do-not-trim"),
    "SendDigits": TEXT,
    "CallReason": TEXT,
    "CallToken": TEXT,
    "CallerId": TEXT,
    "MachineDetection": _choice("Enable", "DetectMessageEnd"),
    "MachineDetectionTimeout": Param("int", low=3, high=59),
    "MachineDetectionSpeechThreshold": Param("int", low=1000, high=6000),
    "MachineDetectionSpeechEndThreshold": Param("int", low=500, high=5000),
    "MachineDetectionSilenceTimeout": Param("int", low=2000, high=10000),
    "AsyncAmd": _choice("true", "false"),
    "AsyncAmdStatusCallback": URI,
    "AsyncAmdStatusCallbackMethod": METHOD,
}

NUMBER_FIELDS = {
    "FriendlyName": TEXT,
    "SmsUrl": URI,
    "SmsMethod": METHOD,
    "SmsFallbackUrl": URI,
    "SmsFallbackMethod": METHOD,
    "SmsApplicationSid": _sid("AP"),
    "VoiceUrl": URI,
    "VoiceMethod": METHOD,
    "VoiceFallbackUrl": URI,
    "VoiceFallbackMethod": METHOD,
    "StatusCallback": URI,
    "StatusCallbackMethod": METHOD,
}

SERVICE_FIELDS = {
    "FriendlyName": TEXT,
    "InboundRequestUrl": URI,
    "InboundMethod": METHOD,
    "FallbackUrl": URI,
    "FallbackMethod": METHOD,
    "StatusCallback": URI,
    "StickySender": BOOL,
    "SmartEncoding": BOOL,
    "FallbackToLongCode": BOOL,
    "ValidityPeriod": Param("int", low=1, high=36000),
    "UseInboundWebhookOnNumber": BOOL,
}

OPERATIONS: tuple[Operation, ...] = (
    Operation("messages.create", "POST", ACCOUNT + "/Messages.json", MESSAGE_CREATE, test=True),
    Operation(
        "messages.list",
        "GET",
        ACCOUNT + "/Messages.json",
        {"To": PHONE, "From": PHONE, **_dates("DateSent"), **PAGING},
    ),
    Operation("messages.fetch", "GET", ACCOUNT + "/Messages/{Sid}.json"),
    Operation(
        "messages.update",
        "POST",
        ACCOUNT + "/Messages/{Sid}.json",
        {"Body": Param("text", high=0), "Status": _choice("canceled")},
    ),
    Operation("messages.delete", "DELETE", ACCOUNT + "/Messages/{Sid}.json"),
    Operation("media.list", "GET", ACCOUNT + "/Messages/{MessageSid}/Media.json", {**_dates("DateCreated"), **PAGING}),
    Operation("media.fetch", "GET", ACCOUNT + "/Messages/{MessageSid}/Media/{Sid}.json"),
    Operation("media.delete", "DELETE", ACCOUNT + "/Messages/{MessageSid}/Media/{Sid}.json"),
    Operation("media.bytes", "GET", ACCOUNT + "/Messages/{MessageSid}/Media/{Sid}"),
    Operation("calls.create", "POST", ACCOUNT + "/Calls.json", CALL_CREATE, test=True),
    Operation(
        "calls.list",
        "GET",
        ACCOUNT + "/Calls.json",
        {
            "To": PHONE,
            "From": PHONE,
            "ParentCallSid": _sid("CA"),
            "Status": _choice(
                "queued", "ringing", "in-progress", "completed", "busy", "failed", "no-answer", "canceled"
            ),
            **_dates("StartTime"),
            **_dates("EndTime"),
            **PAGING,
        },
    ),
    Operation("calls.fetch", "GET", ACCOUNT + "/Calls/{Sid}.json"),
    Operation(
        "calls.update",
        "POST",
        ACCOUNT + "/Calls/{Sid}.json",
        {
            "Status": _choice("canceled", "completed"),
            "Url": URI,
            "Method": METHOD,
            "Twiml": Param("text", high=4000),
            "FallbackUrl": URI,
            "FallbackMethod": METHOD,
            "StatusCallback": URI,
            "StatusCallbackMethod": METHOD,
            "TimeLimit": Param("int", low=1, high=86400),
        },
    ),
    Operation("calls.delete", "DELETE", ACCOUNT + "/Calls/{Sid}.json"),
    Operation(
        "recordings.list",
        "GET",
        ACCOUNT + "/Recordings.json",
        {**_dates("DateCreated"), "CallSid": _sid("CA"), "IncludeSoftDeleted": BOOL, **PAGING},
    ),
    Operation(
        "calls.recordings",
        "GET",
        ACCOUNT + "/Calls/{CallSid}/Recordings.json",
        {**_dates("DateCreated"), **PAGING},
    ),
    Operation("recordings.fetch", "GET", ACCOUNT + "/Recordings/{Sid}.json", {"IncludeSoftDeleted": BOOL}),
    Operation("recordings.delete", "DELETE", ACCOUNT + "/Recordings/{Sid}.json"),
    Operation("recordings.wav", "GET", ACCOUNT + "/Recordings/{Sid}.wav", {"RequestedChannels": INT}),
    Operation("recordings.mp3", "GET", ACCOUNT + "/Recordings/{Sid}.mp3", {"RequestedChannels": INT}),
    Operation("recordings.bytes", "GET", ACCOUNT + "/Recordings/{Sid}", {"RequestedChannels": INT}),
    Operation(
        "numbers.list",
        "GET",
        ACCOUNT + "/IncomingPhoneNumbers.json",
        {"PhoneNumber": PHONE, "FriendlyName": TEXT, "Beta": BOOL, "Origin": TEXT, **PAGING},
    ),
    Operation(
        "numbers.create",
        "POST",
        ACCOUNT + "/IncomingPhoneNumbers.json",
        {"PhoneNumber": Param("phone", code=21421), "AreaCode": Param("text", high=3), **NUMBER_FIELDS},
        test=True,
    ),
    Operation("numbers.fetch", "GET", ACCOUNT + "/IncomingPhoneNumbers/{Sid}.json"),
    Operation("numbers.update", "POST", ACCOUNT + "/IncomingPhoneNumbers/{Sid}.json", NUMBER_FIELDS),
    Operation("accounts.fetch", "GET", ACCOUNT + ".json"),
    Operation("services.list", "GET", "/v1/Services", PAGING),
    Operation("services.fetch", "GET", "/v1/Services/{ServiceSid}"),
    Operation("services.update", "POST", "/v1/Services/{ServiceSid}", SERVICE_FIELDS),
    Operation("services.numbers", "GET", "/v1/Services/{ServiceSid}/PhoneNumbers", PAGING),
)
