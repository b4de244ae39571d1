"""Who saw a patient: the audit rows that name them, their sessions, alerts or tasks."""

import uuid
from collections.abc import Iterable

from sqlmodel import col, select

from smsbot.models import Alert, AuditEntry, Task, TreatmentSession
from smsbot.store.visits import Visit


def about(visit: Visit, patient_id: uuid.UUID) -> list[AuditEntry]:
    """Every audit row about a patient, oldest first; looking is itself a row."""
    names = _names(visit, patient_id)
    wanted = select(AuditEntry).where(col(AuditEntry.clinic_id) == visit.keys.clinic_id).order_by(col(AuditEntry.seq))
    found = [row for row in visit.db.exec(wanted.execution_options(yield_per=1000)) if names & _named(row)]
    visit.note("audit.read", f"patient:{patient_id}", rows=len(found))
    return found


def _names(visit: Visit, patient_id: uuid.UUID) -> frozenset[str]:
    """The ids under which rows speak of this patient."""
    names = {str(patient_id)}
    for model in (TreatmentSession, Alert, Task):
        mine = select(model.id).where(model.clinic_id == visit.keys.clinic_id, model.patient_id == patient_id)
        names |= {str(found) for found in visit.db.exec(mine).all()}
    return frozenset(names)


def _named(row: AuditEntry) -> set[str]:
    named = {row.subject.partition(":")[2]}
    for value in row.details.values():
        if isinstance(value, str):
            named.add(value)
        elif isinstance(value, Iterable):
            named.update(str(each) for each in value)
    return named
