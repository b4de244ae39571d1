"""A desk: where a person or a key changes a clinic's patients, inside one transaction, at one care time."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from smsbot import schedule
from smsbot.models import Clinic, Patient
from smsbot.runtime import Runtime
from smsbot.scope import Scope
from smsbot.store import clinics, patients
from smsbot.store.visits import Visit
from smsbot.vault import ClinicKeys


@dataclass(frozen=True)
class Desk:
    """`actor` is "staff:<id>", "key:<id>" or "operator"; `now` is care time."""

    runtime: Runtime
    db: Session
    keys: ClinicKeys = field(repr=False)
    clinic: Clinic
    actor: str
    now: datetime

    def visit(self) -> Visit:
        """The visit under which reads and changes leave their audit rows."""
        return Visit(self.db, self.keys, self.actor, self.runtime.machine(), self.runtime.new_id)

    def replan(self, patient: Patient) -> None:
        """Bring a patient's touches in line with what has just changed, in this transaction."""
        self.db.flush()
        schedule.replan(self.runtime, self.db, self.keys, patient, self.now)

    def scope(self, patient: Patient) -> Scope:
        """The patient's scope, for decisions that patients make by text too; Erased once their key is gone."""
        return Scope(
            runtime=self.runtime,
            db=self.db,
            keys=self.keys,
            clinic=self.clinic,
            patient=patient,
            sealer=self.keys.patient(patient.id, patient.wrapped_key),
            phone=patients.person(self.keys, patient).phone,
            now=self.now,
            language=patient.language,
        )


def at(runtime: Runtime, db: Session, keys: ClinicKeys, actor: str) -> Desk:
    """A desk at the clinic these keys belong to, now."""
    return Desk(runtime, db, keys, clinics.get(db, keys.clinic_id), actor, runtime.care(db))
