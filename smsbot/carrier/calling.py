"""Placing one outbound call: asked once, and what a failure proves about it."""

from dataclasses import dataclass
from typing import Literal, Protocol

from smsbot.carrier.answers import Placed
from smsbot.carrier.errors import CarrierError, NotAccepted, Rejected, meaning

Outcome = Literal["never", "later", "perhaps"]


class CanCall(Protocol):
    """The part of the carrier's client that calls need."""

    def call(
        self, to: str, from_: str, url: str, status_callback: str, ring_s: int = 30, detect_machine: bool = True
    ) -> Placed: ...


@dataclass(frozen=True)
class Fault:
    """Why a call was not placed: `never` (asking again is pointless), `later` (surely not placed, ask again),
    `perhaps` (the phone may be ringing). `why` is a short sentence without any number; `code` is the carrier's.
    """

    outcome: Outcome
    why: str
    code: int | None = None


def create_call(
    client: CanCall,
    to: str,
    from_: str,
    url: str,
    status_callback: str,
    timeout_s: int = 30,
    machine_detection: bool = True,
) -> str:
    """Ask the carrier, once, to call `to` from `from_` (E.164); returns the call's id (CA...).

    `url` is asked by POST for TwiML when someone answers; with detection the form holds AnsweredBy. Events `answered`
    and `completed` go to `status_callback`. `timeout_s` is how long the phone rings. Raises CarrierError (see fault).
    """
    return client.call(to, from_, url, status_callback, timeout_s, machine_detection).sid


def fault(error: CarrierError) -> Fault:
    """What a failed create_call proves."""
    match error:
        case NotAccepted():
            return Fault("later" if error.retryable else "never", "the carrier could not be reached", error.code)
        case Rejected():
            outcome: Outcome = "never" if error.permanent else "later"
            return Fault(outcome, meaning(error.code).words, error.code)
        case _:
            return Fault("never" if error.permanent else "perhaps", "the carrier gave no clear answer")
