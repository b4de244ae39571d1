"""What went wrong at the carrier: one class tree, one table of codes, and what the wire can prove about a lost request.

    CarrierError            permanent says whether asking again can ever help
    ├── NotAccepted         surely not accepted: nothing was sent, the same request may be made again
    ├── Rejected            surely not accepted, and the answer says why (a code of the table)
    ├── Unknown             may have been accepted: reconcile, never simply send again
    └── Refused             something broke one of our own limits before or after the carrier was asked

No message of these errors holds a phone number, a text or an address: the SDK's own messages do, so they are dropped.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a code asks of us."""

    RETRY = "retry"  # try again later, `retries` times at most
    TOMORROW = "tomorrow"  # the daily cap is used up; it resets at midnight Pacific
    OPT_OUT = "opt_out"  # record the opt-out, cancel everything pending, tell the clinic
    BLOCKED = "blocked"  # perhaps an opt-out at the network: stop and ask the clinic
    NOT_MOBILE = "not_mobile"  # this phone can never receive texts: flag it, tell the clinic
    NO_ROUTE = "no_route"  # this phone cannot be reached from here
    CONFIG = "config"  # our account, sender or service is set up wrongly: alarm, park what waits
    FILTERED = "filtered"  # the words were taken for spam: never the same text again, alarm
    EXPIRED = "expired"  # too late to be of use; normal
    LOOP = "loop"  # two machines answering each other: stop this conversation
    BUG = "bug"  # a request we should never have made
    GONE = "gone"  # no such thing any more
    UNKNOWN = "unknown"  # not in the table: one delayed retry, then a person


@dataclass(frozen=True)
class Meaning:
    """One line of the table; `wait` in seconds, `halts` when the whole sender must stop until a person acts."""

    kind: Kind
    words: str
    retries: int = 0
    wait: int = 0
    halts: bool = False

    @property
    def permanent(self) -> bool:
        """Whether sending the same message again can never help."""
        return self.retries == 0 and self.kind is not Kind.CONFIG


_CONFIG_SENDER = Meaning(Kind.CONFIG, "the sender or the messaging service is not set up for this")
_BUG = Meaning(Kind.BUG, "the request itself was wrong")
_FAULT = Meaning(Kind.RETRY, "the carrier had a fault", retries=2, wait=60)
_CAP = Meaning(Kind.TOMORROW, "the day's limit for this sender is used up", retries=1, wait=6 * 3600)
_PROVISION = Meaning(Kind.CONFIG, "the sender is not provisioned yet")
_CALL = Meaning(Kind.NO_ROUTE, "the call cannot be placed")

# Twilio's error dictionary. It is refined all the time: whatever is missing here is handled as UNLISTED.
MEANINGS: dict[int, Meaning] = {
    20429: Meaning(Kind.RETRY, "too many requests at once; never processed", retries=20, wait=1),
    20003: Meaning(Kind.CONFIG, "the account's credentials are refused", halts=True),
    20404: Meaning(Kind.GONE, "there is no such resource"),
    **dict.fromkeys((20500, 500, 502, 503, 504), _FAULT),
    21211: Meaning(Kind.NOT_MOBILE, "the number is not valid"),
    21614: Meaning(Kind.NOT_MOBILE, "the number is not a mobile phone"),
    21217: Meaning(Kind.NOT_MOBILE, "the number does not look like a phone"),
    **dict.fromkeys((21212, 21606, 21603, 21703, 21704, 21705, 21712), _CONFIG_SENDER),
    **dict.fromkeys((21408, 21215), Meaning(Kind.NO_ROUTE, "the number's region is not switched on")),
    21612: Meaning(Kind.NO_ROUTE, "there is no route from this sender to the number"),
    **dict.fromkeys((21602, 21617, 21620, 21623, 21609), _BUG),
    21608: Meaning(Kind.CONFIG, "a trial account may only text verified numbers"),
    21610: Meaning(Kind.OPT_OUT, "the person has opted out"),
    **dict.fromkeys((21611, 30001), Meaning(Kind.RETRY, "the sender's queue is full", retries=3, wait=300)),
    14107: Meaning(Kind.LOOP, "too many replies in a row between two numbers"),
    30002: Meaning(Kind.CONFIG, "the account is suspended", halts=True),
    30003: Meaning(Kind.RETRY, "the phone is off or out of reach", retries=2, wait=1800),
    30004: Meaning(Kind.BLOCKED, "the message was blocked, perhaps by an opt-out at the network"),
    30005: Meaning(Kind.NOT_MOBILE, "the number is unknown to its network"),
    30006: Meaning(Kind.NOT_MOBILE, "the number is a landline or unreachable"),
    30007: Meaning(Kind.FILTERED, "the text was filtered as unwanted"),
    30008: Meaning(Kind.RETRY, "the network gave no reason", retries=1, wait=900),
    30010: _BUG,
    **dict.fromkeys((30017, 30410), Meaning(Kind.RETRY, "the network is congested", retries=1, wait=600)),
    **dict.fromkeys((30019, 11751), _BUG),
    **dict.fromkeys((30022, 30023, 30026, 30027), _CAP),
    **dict.fromkeys((30024, 30018, 30035), _PROVISION),
    30032: Meaning(Kind.CONFIG, "the toll-free number is not verified", halts=True),
    30034: Meaning(Kind.CONFIG, "the number belongs to no approved campaign", halts=True),
    30036: Meaning(Kind.EXPIRED, "it was not delivered while it was of use"),
    30450: Meaning(Kind.RETRY, "blocked for half an hour as suspected abuse", retries=1, wait=1800),
    30610: Meaning(Kind.NO_ROUTE, "held back by the carrier's quiet hours"),
    30640: Meaning(Kind.NO_ROUTE, "the number is on the carrier's list of litigators"),
    **dict.fromkeys((23005, 23006), Meaning(Kind.CONFIG, "redaction is on but the service is not set up for it")),
    **dict.fromkeys((30029, 30030), Meaning(Kind.CONFIG, "message privacy is not switched on for the account")),
    **dict.fromkeys((35114, 35115, 35117, 35118, 35125), _BUG),
    **dict.fromkeys((13223, 13224, 13225, 21210, 21216, 21219, 21220), _CALL),
    **dict.fromkeys((11100, 13521), _BUG),
    17531: Meaning(Kind.CONFIG, "the account may not use the carrier's transcription"),
}
UNLISTED = Meaning(Kind.UNKNOWN, "the carrier gave a code we do not know", retries=1, wait=900)


def meaning(code: int | None) -> Meaning:
    """Return what `code` asks of us; a code nobody listed gets one delayed retry and then a person."""
    return MEANINGS.get(code, UNLISTED) if code is not None else UNLISTED


class CarrierError(Exception):
    """The carrier did not do what was asked."""

    permanent = False


class NotAccepted(CarrierError):
    """Nothing was sent; `code` when the carrier said so itself, `retryable` is False for a fault in our own request."""

    def __init__(self, retryable: bool, code: int | None = None) -> None:
        super().__init__(f"not accepted (code {code})" if code else "not accepted")
        self.retryable, self.code = retryable, code
        self.permanent = not retryable


class Rejected(CarrierError):
    """The carrier answered and refused; `kind` says what to do about it."""

    def __init__(self, code: int, kind: Kind) -> None:
        super().__init__(f"rejected with code {code} ({kind})")
        self.code, self.kind = code, kind
        self.permanent = meaning(code).permanent


class Unknown(CarrierError):
    """The request may have been accepted; `reason` is a word of ours, never the carrier's text."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"unknown outcome ({reason})")
        self.reason = reason


class Refused(CarrierError):
    """We would not ask, or not keep the file: it broke a limit of ours; `reason` is a word or two."""

    permanent = True

    def __init__(self, reason: str) -> None:
        super().__init__(f"refused ({reason})")
        self.reason = reason
