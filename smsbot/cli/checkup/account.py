"""How our numbers and services are set up at the carrier, compared with what the service needs. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from smsbot.carrier.setup import Number, Service
from smsbot.cli.checkup.finding import Finding, judged

# What the carrier does when we do not answer: by default it tries again only if it could not connect at all. These are
# tries, reasons and milliseconds; the part behind the # is not signed.
PATIENCE = "#rc=2&rp=ct,rt,5xx&ct=2000&rt=4000&tt=15000"
FIX = "`smsbot doctor --fix` sets it"
FALLBACK = (
    "make a TwiML Bin at the carrier that names 911, 988 and the clinic's phone, and give its address as the number's "
    "messaging fallback: it answers when we cannot"
)


@dataclass(frozen=True)
class Wanted:
    """Where the carrier must send what; `app_opt_out` when STOP is ours to answer (which redaction needs)."""

    base: str
    app_opt_out: bool

    @property
    def sms(self) -> str:
        return f"{self.base}/webhooks/sms{PATIENCE}"

    @property
    def voice(self) -> str:
        return f"{self.base}/webhooks/voice"

    @property
    def call_status(self) -> str:
        return f"{self.base}/webhooks/call-status"


def bare(url: str) -> str:
    """An address without what stands behind the #."""
    return url.partition("#")[0]


def number_findings(number: Number, wanted: Wanted) -> Iterator[Finding]:
    """What is right and wrong with a number that receives texts itself."""
    name = number.phone
    yield judged(f"{name} can text", number.sms, "It can.", "This number cannot text.", "buy one that can")
    yield _points(f"{name} texts", number.sms_url, wanted.sms)
    yield _posts(f"{name} texts by POST", number.sms_method)
    yield judged(
        f"{name} application",
        not number.sms_application_sid,
        "None overrides the addresses.",
        "A TwiML application overrides every address of this number.",
        FIX,
    )
    yield _fallback(f"{name} fallback", number.sms_fallback_url, number.sms_fallback_method, wanted)
    if number.voice:
        yield _points(f"{name} calls", number.voice_url, wanted.voice)
        yield _points(f"{name} ended calls", number.status_callback, wanted.call_status)


def service_findings(service: Service, wanted: Wanted) -> Iterator[Finding]:
    """What is right and wrong with a messaging service."""
    name = "messaging service"
    if service.webhook_on_number:
        yield Finding(f"{name} texts", "ok", "Each number's own address is used.")
    elif service.inbound_url is None:
        yield Finding(f"{name} texts", "fault", "It has no inbound address: the carrier throws every text away.", FIX)
    else:
        yield _points(f"{name} texts", service.inbound_url, wanted.sms)
        yield _posts(f"{name} texts by POST", service.inbound_method)
        yield _fallback(f"{name} fallback", service.fallback_url, service.fallback_method, wanted)
    for what, on in (
        ("sticky sender", service.sticky_sender),
        ("fallback to long code", service.fallback_to_long_code),
    ):
        fine = not (on and wanted.app_opt_out)
        said = "It is off." if not on else "It is on, which is fine without redaction."
        yield judged(f"{name} {what}", fine, said, "It is on, which message redaction forbids.", "switch it off")
    encodes = service.smart_encoding
    yield judged(f"{name} smart encoding", encodes, "It is on.", "It is off.", "switch it on", "warning")


def service_numbers_finding(numbers: Sequence[str]) -> Finding:
    """Whether a messaging service has numbers: the carrier lists what people have texted by number only."""
    wrong = "It has no phone number: nobody can text it, and texts missed in an outage cannot be looked for."
    said = f"{len(numbers)}: texts missed in an outage are looked for at each."
    return judged("messaging service numbers", bool(numbers), said, wrong, "add the number to it at the carrier")


def opt_out_finding(app_opt_out: bool) -> Finding:
    """Nobody can read at the carrier who answers STOP; a person has to know."""
    if app_opt_out:
        said = "SMSBOT_OPT_OUT_MODE=app: we answer STOP, so the carrier's own STOP handling must be off."
        mend = "ask the carrier's support to confirm it in writing, or set SMSBOT_OPT_OUT_MODE=twilio"
    else:
        said = "SMSBOT_OPT_OUT_MODE=twilio: the carrier answers STOP, so its handling must be on and redaction off."
        mend = "text STOP and START from a phone of your own and count the answers: one each"
    return Finding("who answers STOP", "ask", said, mend)


def media_finding() -> Finding:
    """Recordings are public by default, and no API tells."""
    return Finding(
        "recordings need a password",
        "ask",
        "HTTP authentication for recordings and media cannot be read from here.",
        "switch both on in the carrier's console (Voice and Messaging settings)",
    )


def _points(what: str, given: str, wanted: str) -> Finding:
    if bare(given) != bare(wanted):
        said = f"It points to {bare(given) or 'nothing'}, not to {bare(wanted)}."
        return Finding(what, "fault", said, FIX)
    if "#" in wanted and "#" not in given:
        return Finding(what, "warning", "It points here, but is tried again too rarely when we are away.", FIX)
    return Finding(what, "ok", "It points here.")


def _posts(what: str, method: str) -> Finding:
    fine = method.upper() == "POST"
    wrong = f"It is {method or 'not set'}: patients' words would stand in the carrier's address logs."
    return judged(what, fine, "It is.", wrong, FIX)


def _fallback(what: str, url: str, method: str, wanted: Wanted) -> Finding:
    if not url:
        return Finding(what, "fault", "There is none: while we are away nobody answers, not even in danger.", FALLBACK)
    if method.upper() != "POST":
        return _posts(what, method)
    ours = urlsplit(url).hostname == urlsplit(wanted.base).hostname
    return judged(
        what,
        not ours,
        "It answers where we cannot.",
        "It is our own address, which is away when we are.",
        FALLBACK,
        "warning",
    )
