"""Harbor's outbox before a real sandbox: queue texts as the product does, send them, see what the carrier saw."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select, update

from smsbot import outbox
from smsbot.carrier.client import Carrier
from smsbot.carrier.inbound import StatusEvent
from smsbot.models import CarrierSender, Message, Patient, PatientStatus, Task, Touch
from smsbot.runtime import Runtime
from smsbot.scope import Scope, Words
from smsbot.store import clinics, turns
from smsbot.store.db import Database
from smsbot.vault import ClinicKeys
from tests.api_support import ANA, World, open_world
from tests.sandbox_support import ACCOUNT_SID, AUTH_TOKEN, NUMBER, Sandbox

# Tests step their own clock. It begins an hour back, so that what the sandbox dates by the real one is never too early.
NOBODY = "http://127.0.0.1:9"  # receipts go nowhere: tests file their own
AN_HOUR = timedelta(hours=1)


@dataclass
class Post:
    """A world whose carrier is a sandbox; `ana` is an active patient."""

    world: World
    runtime: Runtime
    box: Sandbox
    ana: uuid.UUID

    def queue(self, body: str, patient: uuid.UUID | None = None, **options: Any) -> uuid.UUID:
        """Queue one text to a patient (Ana unless told) and commit."""
        with self.scope(patient or self.ana) as scope:
            return scope.queue(Words(body, "intention", "elicit", "en"), **options)

    def damage(self, message: uuid.UUID) -> None:
        """One bit of its words is no longer what it was."""
        with self.runtime.database.write() as db:
            row = db.get_one(Message, message)
            row.body_sealed = row.body_sealed[:-1] + bytes([row.body_sealed[-1] ^ 1])

    @contextmanager
    def scope(self, patient_id: uuid.UUID) -> Iterator[Scope]:
        """A patient's scope in a transaction."""
        with self.runtime.database.write() as db:
            keys = self.keys(db)
            patient = turns.lock_patient_by_id(db, keys, patient_id)
            assert patient is not None
            sealer = keys.patient(patient.id, patient.wrapped_key)
            phone = sealer.open("patient", "phone_sealed", patient.id, patient.phone_sealed or b"")
            clinic = clinics.get(db, self.world.harbor)
            yield Scope(self.runtime, db, keys, clinic, patient, sealer, phone, self.runtime.care(db))

    def keys(self, db: Session) -> ClinicKeys:
        return clinics.keys(db, self.runtime.vault, self.world.harbor)

    def deliver(self) -> outbox.Delivered:
        return outbox.deliver(self.runtime, NUMBER)

    def row(self, message_id: uuid.UUID) -> Message:
        with self.runtime.database.read() as db:
            return db.exec(select(Message).where(col(Message.id) == message_id)).one()

    def state(self, message_id: uuid.UUID) -> str:
        return self.row(message_id).state

    def tasks(self) -> list[tuple[str, str]]:
        """Kind and reason of every item on the work list, but for what enrolling puts there."""
        wanted = select(Task).where(col(Task.kind) != "arrival_form").order_by(col(Task.created_at))
        with self.runtime.database.read() as db:
            return [(row.kind, row.reason) for row in db.exec(wanted).all()]

    def patient(self, patient_id: uuid.UUID | None = None) -> Patient:
        with self.runtime.database.read() as db:
            return db.exec(select(Patient).where(col(Patient.id) == (patient_id or self.ana))).one()

    def sender(self, **changes: Any) -> CarrierSender:
        """Harbor's sender row, changed if told."""
        with self.runtime.database.write() as db:
            row = db.get_one(CarrierSender, NUMBER)
            for name, value in changes.items():
                setattr(row, name, value)
            return row

    def receipt(self, message_id: uuid.UUID, status: str, sid: str | None = None, code: int | None = None) -> Any:
        """File one receipt, for the message's own carrier id unless told."""
        known = sid or self.row(message_id).carrier_sid or "SM" + "9" * 32
        with self.runtime.database.write() as db:
            return outbox.receipt(self.runtime, db, message_id, StatusEvent(known, ACCOUNT_SID, status, code))

    def on(self, **by: float) -> None:
        """Let time pass."""
        self.world.watch.on(**by)

    def enroll(self, phone: str) -> uuid.UUID:
        """Another active patient."""
        patient = self.world.enroll(phone)
        with self.runtime.database.write() as db:
            row = db.get_one(Patient, patient.id)
            row.status, row.joined_at = PatientStatus.ACTIVE, self.runtime.machine()
            # These tests run by the real clock: in texting hours a planned touch would be due beside their own texts.
            db.execute(update(Touch).where(col(Touch.patient_id) == patient.id).values(due_at=None))
        return patient.id

    def with_reached(self, reached: Any) -> "Post":
        """The same post with named points watched."""
        return replace(self, runtime=replace(self.runtime, reached=reached))


class Crash(BaseException):
    """The process died at a named point."""


def crash_at(point: str) -> Any:
    """Die when the named point is reached."""

    def reached(name: str) -> None:
        if name == point:
            raise Crash

    return reached


@contextmanager
def posting(folder: Path, box: Sandbox, database: Database | None = None, **settings: Any) -> Iterator[Post]:
    """A post over a fresh database and an emptied sandbox."""
    box.clear_faults()
    box.reset()
    options = {
        "TWILIO_ACCOUNT_SID": ACCOUNT_SID,
        "TWILIO_API_BASE": box.base,
        "SMSBOT_SEND_THREADS": 4,
        "PUBLIC_BASE_URL": NOBODY,
    }
    world = open_world(folder, database, **(options | settings))
    world.watch.to(datetime.now(UTC) - AN_HOUR)
    carrier = Carrier(ACCOUNT_SID, ACCOUNT_SID, AUTH_TOKEN, box.base, 4, (2.0, 2.0))
    post = Post(world, replace(world.runtime, carrier=carrier), box, uuid.UUID(int=0))
    post.ana = post.enroll(ANA)
    # Enrolling queues the invitation; these tests are about their own texts only.
    with world.runtime.database.write() as db:
        for row in db.exec(select(Message)).all():
            row.state, row.due_at = "delivered", None
    post.sender(rate=100.0, burst=100.0, tokens=100.0)
    with world.runtime.database.write() as db:
        db.execute(update(CarrierSender).values(repair_at=world.watch.now + timedelta(days=30)))
    yield post
    carrier.close()
    world.runtime.database.engine.dispose()
