"""Gap repair: texts the carrier took while our webhooks were away are listed and go through the same inbox.

By default the carrier does not try a failed webhook again (TWILIO.md 1.2), so an outage loses texts unless we ask:
after every start of the clock and every ten minutes, from the last text we saw minus a quarter of an hour.
"""

import logging
from datetime import datetime, timedelta

from sqlalchemy import func, or_, update
from sqlmodel import Session, col, select

from smsbot import inbox, tasks
from smsbot.carrier.inbound import InboundText
from smsbot.models import CarrierSender, Inbound
from smsbot.runtime import Runtime
from smsbot.scope import Scope
from smsbot.store import clinics

log = logging.getLogger("smsbot.repair")
EVERY = timedelta(minutes=10)
OVERLAP = timedelta(minutes=15)
FIRST_LOOK = timedelta(hours=24)
# After message redaction the carrier masks the sender's number; such a text cannot be read later (RULINGS 9).
MASK = "X"


def repair(runtime: Runtime) -> set[str]:
    """Repair every sender whose turn has come; returns the senders that now have texts to send."""
    if runtime.carrier is None:
        return set()
    rings: set[str] = set()
    for number, since in _take(runtime):
        for received in runtime.carrier.inbound_since(number, since):
            rings |= _replay(runtime, received.text)
    return rings


def ask_again(db: Session) -> None:
    """After a start, every sender is due at once."""
    db.execute(update(CarrierSender).values(repair_at=None))


def _take(runtime: Runtime) -> list[tuple[str, datetime]]:
    """Senders to look at, each taken by one conditional update: the row count decides who won."""
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
                newest = select(func.max(col(Inbound.received_at))).where(col(Inbound.clinic_id) == row.clinic_id)
                seen = db.exec(newest).first()
                # Care time may run ahead of the carrier's clock in the sandbox; the carrier's is machine time.
                since = min(seen, machine) - OVERLAP if seen else machine - FIRST_LOOK
                taken.append((row.number, since))
    return taken


def _replay(runtime: Runtime, text: InboundText) -> set[str]:
    """One listed text through the inbox; one that was seen before changes nothing."""
    with runtime.database.write() as db:
        if db.exec(select(Inbound.id).where(col(Inbound.carrier_sid) == text.sid)).first() is not None:
            return set()
        if MASK in text.from_:
            _unreadable(runtime, db, text)
            return set()
        reply = inbox.receive(runtime, db, text, via="repair")
    log.info("a missed text was recovered")
    return set(reply.rings) if reply else set()


def _unreadable(runtime: Runtime, db: Session, text: InboundText) -> None:
    """A missed text whose words are gone: a person has to ask."""
    clinic = clinics.by_number(db, text.to)
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
            body_sealed=keys.seal("inbound", "body_sealed", row, ""),
            media=[],
            via="repair",
            received_at=stranger.now,
            screen_version="unread",
            filed_as="unread",
        )
    )
    tasks.open_task(stranger, "unread_text", reason="a text could not be read after an outage")
