"""Gap repair: texts the carrier took while our webhooks were away are listed and go through the same inbox.

By default the carrier does not try a failed webhook again (TWILIO.md 1.2), so an outage loses texts unless we ask:
after every start of the clock and every ten minutes, from our last whole look minus a quarter of an hour. What has come
in since by itself proves nothing: after an outage the first new text arrives before the old ones have been asked for.
"""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import or_, update
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlmodel import Session, col, select

from smsbot import inbox, tasks
from smsbot.carrier.answers import Received
from smsbot.carrier.errors import CarrierError
from smsbot.carrier.inbound import InboundText
from smsbot.errors import VaultError
from smsbot.models import CarrierSender, Inbound
from smsbot.runtime import Runtime
from smsbot.scope import Scope
from smsbot.store import clinics, outgoing

log = logging.getLogger("smsbot.repair")
EVERY = timedelta(minutes=10)
# After a look that the carrier did not answer.
SOON = timedelta(minutes=1)
OVERLAP = timedelta(minutes=15)
FIRST_LOOK = timedelta(hours=24)
# A text that was missed for longer is answered in the patient's hours, danger, STOP and HELP excepted.
LATE = timedelta(hours=1)
# After message redaction the carrier masks the sender's number; such a text cannot be read later (RULINGS 9).
MASK = "X"
SERVICE = "MG"


def repair(runtime: Runtime) -> set[str]:
    """Repair every sender whose turn has come; returns the senders that now have texts to send."""
    if runtime.carrier is None:
        return set()
    rings: set[str] = set()
    for number, since, machine in _take(runtime):
        try:
            for received in _listed(runtime, number, since):
                via = "repair" if machine - received.created_at < LATE else outgoing.MISSED
                rings |= _replay(runtime, received.text, via)
        except (CarrierError, VaultError) as fault:  # one sender's; the others are looked at all the same
            log.warning("missed texts could not be looked for", extra={"fault": type(fault).__name__})
            _note(runtime, number, repair_at=machine + SOON)
        else:
            _note(runtime, number, inbound_seen_at=machine)
    return rings


def _listed(runtime: Runtime, sender: str, since: datetime) -> Iterator[Received]:
    """What the carrier has taken for a sender: a messaging service is none of the numbers that people text to.

    A text to one of its numbers is the clinic's by the service, whether or not the carrier's list says so.
    """
    if not sender.startswith(SERVICE):
        yield from runtime.carrier.inbound_since(sender, since)
        return
    for number in runtime.carrier.numbers_of(sender):
        for received in runtime.carrier.inbound_since(number, since):
            yield replace(received, text=replace(received.text, service_sid=sender))


def _note(runtime: Runtime, number: str, **values: datetime) -> None:
    """Write down how a look at a sender's texts went."""
    with runtime.database.write() as db:
        db.execute(update(CarrierSender).where(col(CarrierSender.number) == number).values(**values))


def ask_again(db: Session) -> None:
    """After a start, every sender is due at once."""
    db.execute(update(CarrierSender).values(repair_at=None))


def _take(runtime: Runtime) -> list[tuple[str, datetime, datetime]]:
    """Senders to look at, from when, and now (the carrier's clock is machine time).

    Each is taken by one conditional update: the row count decides who won.
    """
    machine = runtime.machine()
    taken = []
    with runtime.database.write() as db:
        due = or_(col(CarrierSender.repair_at).is_(None), col(CarrierSender.repair_at) <= machine)
        for row in db.exec(select(CarrierSender).where(due)).all():
            won = db.execute(
                update(CarrierSender)
                .where(col(CarrierSender.number) == row.number, due)
                .values(repair_at=machine + EVERY)
                .execution_options(synchronize_session=False)
            )
            if won.rowcount:  # type: ignore[attr-defined]
                since = row.inbound_seen_at - OVERLAP if row.inbound_seen_at else machine - FIRST_LOOK
                taken.append((row.number, since, machine))
    return taken


def _replay(runtime: Runtime, text: InboundText, via: str) -> set[str]:
    """One listed text through the inbox; one that was seen before changes nothing, one that fails is a person's."""
    try:
        return _received(runtime, text, via)
    except (OperationalError, InterfaceError):
        raise  # the database itself is in trouble: the next look finds this text again
    except Exception as fault:  # whatever one text runs into, the others must be heard
        log.error("a missed text failed", extra={"fault": type(fault).__name__})
        with runtime.database.write() as db:
            if not _is_known(db, text):
                _unreadable(runtime, db, text)
        return set()


def _received(runtime: Runtime, text: InboundText, via: str) -> set[str]:
    with runtime.database.write() as db:
        if _is_known(db, text):
            return set()
        if MASK in text.from_:
            _unreadable(runtime, db, text)
            return set()
        reply = inbox.receive(runtime, db, text, via)
    log.info("a missed text was recovered")
    return set(reply.rings) if reply else set()


def _is_known(db: Session, text: InboundText) -> bool:
    return db.exec(select(Inbound.id).where(col(Inbound.carrier_sid) == text.sid)).first() is not None


def _unreadable(runtime: Runtime, db: Session, text: InboundText) -> None:
    """A missed text whose words are gone, or that nothing here can take in: a person has to ask."""
    clinic = clinics.by_number(db, text.to) or clinics.by_number(db, text.service_sid or text.to)
    if clinic is None:
        return
    keys = clinics.keys(db, runtime.vault, clinic.id)
    stranger = Scope(runtime, db, keys, clinic, None, keys.sealer, text.from_, runtime.care(db))
    row = runtime.new_id()
    db.add(
        Inbound(
            id=row,
            clinic_id=clinic.id,
            carrier_sid=text.sid,
            phone_index=keys.phone_index(text.from_),
            phone_sealed=keys.seal("inbound", "phone_sealed", row, text.from_),
            body_sealed=keys.seal("inbound", "body_sealed", row, text.body),
            media=[],
            via="repair",
            received_at=stranger.now,
            screen_version="unread",
            filed_as="unread",
        )
    )
    tasks.open_task(stranger, "unread_text", reason="a text could not be read after an outage")
