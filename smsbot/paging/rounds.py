"""The duty: claim due alerts, write the steps that are due, make the attempts at once and side by side, write outcomes.

A step is committed before its attempt. Killed in between, the lease ends after 30 seconds and whoever claims the alert
next makes the attempt again: a page may come twice, and is never lost. Whatever else fails, the ladder goes on.
"""

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.exc import DBAPIError

from smsbot import ladder, mail
from smsbot.carrier import calling
from smsbot.carrier.errors import CarrierError
from smsbot.mail import MailError
from smsbot.paging import deciding
from smsbot.paging.deciding import Attempt
from smsbot.runtime import Runtime
from smsbot.store import due, paging
from smsbot.store.due import Claim

log = logging.getLogger("smsbot.paging")

RING_S = 25
VALID_S = 3600
MOST_THREADS = 32
AFTER_A_FAULT = timedelta(seconds=60)


@dataclass(frozen=True)
class Outcome:
    """What an attempt came to: a step's state, a reason without any number, the carrier's id."""

    state: str
    why: str | None = None
    sid: str | None = None


def page(runtime: Runtime, limit: int = 20) -> int:
    """Do what is due on up to `limit` alerts; returns how many there were.

    One alert's fault is logged and looked at again in a minute; it keeps no other from being paged.
    """
    with runtime.database.write() as db:
        claims = due.claim(db, due.ALERTS, runtime.care(db), runtime.machine(), limit=limit)
    runtime.reached("page.claimed")
    work = [(claim, attempts) for claim in claims if (attempts := _decided(runtime, claim))]
    runtime.reached("page.decided")
    everything = [attempt for _, attempts in work for attempt in attempts]
    if everything:
        with ThreadPoolExecutor(min(len(everything), MOST_THREADS), thread_name_prefix="page") as threads:
            made = dict(zip(everything, threads.map(lambda each: _made(runtime, each), everything), strict=True))
        runtime.reached("page.made")
        for claim, attempts in work:
            _record(runtime, claim, [(attempt, made[attempt]) for attempt in attempts])
    return len(claims)


def _decided(runtime: Runtime, claim: Claim) -> list[Attempt]:
    try:
        with runtime.database.write() as db:
            return deciding.decide(runtime, db, claim)
    except DBAPIError:
        raise  # the database itself is in trouble: the alert comes back after its lease
    except Exception as fault:  # any other fault of one alert must not keep the others waiting, nor end its ladder
        log.error("an alert could not be paged", extra={"alert": str(claim.id), "fault": type(fault).__name__})
        with runtime.database.write() as db:
            due.let_go(db, due.ALERTS, claim, runtime.care(db) + AFTER_A_FAULT)
        return []


def _made(runtime: Runtime, attempt: Attempt) -> Outcome:
    runtime.reached(f"page.{attempt.channel}")
    here = f"{runtime.settings.public_base_url}/webhooks/page/{attempt.step_id}"
    try:
        if attempt.channel == "email":
            words = attempt.words
            mail.send(mail.server(runtime.settings.mail), attempt.sender, attempt.to, words.subject, words.mail)
            return Outcome("sent")
        if attempt.channel == "call":
            sid = calling.create_call(runtime.carrier, attempt.to, attempt.sender, here, f"{here}/status", RING_S)
            return Outcome("sent", sid=sid)
        sent = runtime.carrier.send(attempt.to, attempt.sender, attempt.words.text, f"{here}/status", VALID_S)
        return Outcome("sent", sid=sent.sid)
    except MailError as fault:
        return Outcome(ladder.FAILED if fault.permanent else ladder.TRYING, str(fault))
    except CarrierError as error:
        found = calling.fault(error)
        return Outcome(ladder.FAILED if found.outcome == "never" else ladder.TRYING, found.why)
    except Exception as fault:  # whatever else one attempt runs into, what became of the others must be written down
        log.error("an attempt could not be made", extra={"step": str(attempt.step_id), "fault": type(fault).__name__})
        return Outcome(ladder.FAILED, "it could not be made")


def _record(runtime: Runtime, claim: Claim, made: Sequence[tuple[Attempt, Outcome]]) -> None:
    """Write down what the attempts came to, unless the carrier has told us more in the meantime."""
    with runtime.database.write() as db:
        case = deciding.case_of(runtime, db, claim.clinic_id, claim.id)
        outcomes = {attempt.step_id: outcome for attempt, outcome in made}
        rows = paging.steps(db, case.keys, case.alert.id)
        for row in rows:
            outcome = outcomes.get(row.id)
            if outcome is None:
                continue
            row.carrier_sid = outcome.sid or row.carrier_sid
            if row.state == ladder.TRYING:
                spent = outcome.state == ladder.TRYING and row.tries >= ladder.MOST_TRIES
                row.state, row.why = ladder.FAILED if spent else outcome.state, outcome.why
                row.done_at = None if row.state == ladder.TRYING else case.now
        if all(outcome.state != "sent" for outcome in outcomes.values()):
            paging.doubt(db, case.clinic.id)
        if case.alert.fence == claim.fence:
            deciding.settle(case, rows, case.listed())
    runtime.reached("page.recorded")
