"""What paging reads and writes: a clinic's contacts, an alert's steps, and whether pages are known to arrive."""

import logging
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from smsbot import rota
from smsbot.errors import VaultError
from smsbot.ladder import FAULT, TEST, Cry, Person, Tried
from smsbot.models import Alert, AlertState, AlertStep, Contact, Heartbeat, Patient, SessionStatus, TreatmentSession
from smsbot.store import machine as machines
from smsbot.vault import ClinicKeys

log = logging.getLogger("smsbot.paging")

PAGER = "pager"
# A page that arrived proves the pager for this long: a week, and a day for the next test.
PROVEN_FOR = timedelta(days=8)
BEATING = ("worker", "clock")
# What an attempt says of itself once it has come to a phone.
REACHED = ("delivered", "answered", "heard", "acknowledged")


@dataclass(frozen=True)
class Listed:
    """A contact, opened: who alerts may reach and by what."""

    row: Contact
    name: str = field(repr=False)
    phone: str = field(repr=False)
    email: str = field(repr=False)


def contacts(db: Session, keys: ClinicKeys) -> list[Listed]:
    """A clinic's contacts in the order of their kinds and ranks."""
    wanted = select(Contact).where(col(Contact.clinic_id) == keys.clinic_id, col(Contact.disabled_at).is_(None))
    rows = db.exec(wanted.order_by(col(Contact.kind), col(Contact.rank), col(Contact.id))).all()
    return [
        Listed(row, *(_opened(keys, row, column) for column in ("name_sealed", "phone_sealed", "email_sealed")))
        for row in rows
    ]


def _opened(keys: ClinicKeys, row: Contact, column: str) -> str:
    """One cell; a damaged one is as good as none, and must keep neither the others nor a crisis line back."""
    sealed: bytes | None = getattr(row, column)
    try:
        return keys.open("contact", column, row.id, sealed) if sealed is not None else ""
    except VaultError:
        log.error("a contact cannot be read", extra={"contact": str(row.id), "column": column})
        return ""


def person(listed: Listed, zone: ZoneInfo) -> Person:
    """A contact as the ladder sees one."""
    row = listed.row
    return Person(
        row.id, row.kind, row.rank, bool(listed.phone), bool(listed.email), row.voice, rota.read(row.rota, zone)
    )


def cry(alert: Alert) -> Cry:
    """An alert as the ladder sees one."""
    return Cry(alert.tier, alert.kind, alert.lead_only, alert.paged_at or alert.opened_at, alert.first_step)


def steps(db: Session, keys: ClinicKeys, alert_id: uuid.UUID) -> Sequence[AlertStep]:
    """Every attempt about an alert, in order."""
    wanted = select(AlertStep).where(col(AlertStep.clinic_id) == keys.clinic_id, col(AlertStep.alert_id) == alert_id)
    return db.exec(wanted.order_by(col(AlertStep.number), col(AlertStep.at), col(AlertStep.id))).all()


def tried(rows: Sequence[AlertStep]) -> list[Tried]:
    """Steps as the ladder sees them."""
    return [Tried(row.number, row.channel, row.contact_id, row.state, row.tries, row.at) for row in rows]


def after_last(db: Session, keys: ClinicKeys, alert_id: uuid.UUID) -> int:
    """The number a new round of an alert's pages begins with."""
    wanted = select(func.max(col(AlertStep.number))).where(
        col(AlertStep.clinic_id) == keys.clinic_id, col(AlertStep.alert_id) == alert_id
    )
    last = db.exec(wanted).one()
    return 0 if last is None else last + 1


def behind_step(db: Session, step_id: uuid.UUID) -> tuple[uuid.UUID, uuid.UUID] | None:
    """Clinic and alert of a step: the carrier's questions about a page know no clinic (RULINGS 43)."""
    row = db.exec(select(AlertStep.clinic_id, AlertStep.alert_id).where(col(AlertStep.id) == step_id)).first()
    return (row[0], row[1]) if row else None


def step(db: Session, keys: ClinicKeys, step_id: uuid.UUID) -> AlertStep:
    """One step, locked, as it stands now."""
    wanted = select(AlertStep).where(col(AlertStep.clinic_id) == keys.clinic_id, col(AlertStep.id) == step_id)
    return db.exec(wanted.with_for_update().execution_options(populate_existing=True)).one()


def alert(db: Session, keys: ClinicKeys, alert_id: uuid.UUID) -> Alert:
    """One alert of this clinic, locked, as it stands now."""
    wanted = select(Alert).where(col(Alert.clinic_id) == keys.clinic_id, col(Alert.id) == alert_id)
    return db.exec(wanted.with_for_update().execution_options(populate_existing=True)).one()


def next_instant(db: Session, after: datetime, within: timedelta = timedelta(hours=1)) -> datetime | None:
    """When an alert is due next, for a clock that is moved by hand.

    The endless end of a ladder is left out: rounds of pages every ten minutes are not played one by one.
    """
    wanted = select(Alert.due_at, Alert.paged_at, Alert.opened_at).where(col(Alert.due_at) > after)
    rows = db.exec(wanted.order_by(col(Alert.due_at)).limit(500)).all()
    found = (at for at, paged, opened in rows if at is not None and at - (paged or opened) <= within)
    return next(found, None)


def at_work(db: Session, now: datetime) -> bool:
    """Whether an alert is due, or somebody is seeing to it at this moment."""
    return db.exec(select(Alert.id).where(col(Alert.due_at) <= now).limit(1)).first() is not None


def lock_person(db: Session, keys: ClinicKeys, alert_id: uuid.UUID) -> None:
    """Lock the patient an alert is about, before the alert: the order in which an inbound text locks them."""
    mine = (
        select(Alert.patient_id)
        .where(col(Alert.clinic_id) == keys.clinic_id, col(Alert.id) == alert_id)
        .scalar_subquery()
    )
    db.exec(select(Patient.id).where(col(Patient.id) == mine).with_for_update())


def next_session(db: Session, keys: ClinicKeys, patient_id: uuid.UUID, now: datetime) -> datetime | None:
    """When a patient's next booked session starts."""
    wanted = select(func.min(col(TreatmentSession.starts_at))).where(
        col(TreatmentSession.clinic_id) == keys.clinic_id,
        col(TreatmentSession.patient_id) == patient_id,
        col(TreatmentSession.status) == SessionStatus.BOOKED,
        col(TreatmentSession.starts_at) > now,
    )
    return db.exec(wanted).one()


def prove(db: Session, clinic_id: uuid.UUID, machine: datetime) -> None:
    """A page of this clinic has arrived: the pager works."""
    machines.beat(db, f"{PAGER}:{clinic_id}", PAGER, machine)


def doubt(db: Session, clinic_id: uuid.UUID) -> None:
    """No page of this clinic could be sent just now: until one arrives nobody is told that the clinic knows."""
    db.execute(delete(Heartbeat).where(col(Heartbeat.process) == f"{PAGER}:{clinic_id}"))


def proven_at(db: Session, clinic_id: uuid.UUID) -> datetime | None:
    """When a page of this clinic last arrived (machine time); None if none ever did or the last ones failed."""
    beat = db.get(Heartbeat, f"{PAGER}:{clinic_id}")
    return beat.at if beat else None


def reached(db: Session, keys: ClinicKeys, people: Collection[uuid.UUID], since: datetime) -> bool:
    """Whether a page has reached one of these contacts since then (care time)."""
    wanted = select(AlertStep.id).where(
        col(AlertStep.clinic_id) == keys.clinic_id,
        col(AlertStep.contact_id).in_(people),
        col(AlertStep.state).in_(REACHED),
        col(AlertStep.at) >= since,
    )
    return db.exec(wanted.limit(1)).first() is not None


def works(db: Session, clinic_id: uuid.UUID, machine: datetime) -> bool:
    """Whether pages are known to arrive, and a process is alive to send them (RULINGS 3)."""
    at = proven_at(db, clinic_id)
    return at is not None and machine - at < PROVEN_FOR and machines.alive(db, BEATING, machine)


def last_answers(db: Session, keys: ClinicKeys) -> dict[uuid.UUID, datetime]:
    """When each contact last took a weekly test with a key."""
    wanted = (
        select(AlertStep.contact_id, func.max(col(AlertStep.done_at)))
        .join(Alert, col(Alert.id) == col(AlertStep.alert_id))
        .where(
            col(AlertStep.clinic_id) == keys.clinic_id,
            col(AlertStep.state) == "acknowledged",
            col(Alert.kind) == TEST,
        )
        .group_by(col(AlertStep.contact_id))
    )
    return {contact: at for contact, at in db.exec(wanted).all() if contact is not None and at is not None}


def faults(db: Session, keys: ClinicKeys, since: datetime) -> Sequence[Alert]:
    """What those who run the service were told since, the latest first."""
    wanted = select(Alert).where(
        col(Alert.clinic_id) == keys.clinic_id, col(Alert.kind) == FAULT, col(Alert.opened_at) >= since
    )
    return db.exec(wanted.order_by(col(Alert.opened_at).desc()).limit(20)).all()


def tests(db: Session, keys: ClinicKeys, *states: AlertState) -> Sequence[Alert]:
    """A clinic's weekly tests in these states, the latest first."""
    wanted = select(Alert).where(
        col(Alert.clinic_id) == keys.clinic_id, col(Alert.kind) == TEST, col(Alert.state).in_(states)
    )
    return db.exec(wanted.order_by(col(Alert.opened_at).desc()).limit(50)).all()
