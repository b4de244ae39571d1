"""The record of what a patient agreed to and when, to be shown or handed out: each line with its exact words."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from smsbot.desk import Desk
from smsbot.models import Consent, Patient, Suppression
from smsbot.rulebook import forms
from smsbot.store import board, ledger, patients
from smsbot.vault import Sealer

KINDS = ("texts", "calls", "echo")
COLUMNS = ("at", "kind", "action", "wording", "words", "own_words", "channel", "by")


@dataclass(frozen=True)
class Line:
    """One line of the ledger; `words` is what was agreed to, `own_words` what the patient wrote, `by` who logged it."""

    at: datetime
    kind: str
    action: str
    wording: str
    words: str | None
    own_words: str | None
    channel: str
    by: str


@dataclass(frozen=True)
class Mark:
    """A do-not-text mark on a number the ledger knows, and when it was lifted."""

    reason: str
    at: datetime
    lifted_at: datetime | None


@dataclass(frozen=True)
class Record:
    """Everything a patient agreed to and withdrew, oldest first; `standing` is the last word about each kind."""

    patient_id: uuid.UUID
    standing: dict[str, str]
    lines: Sequence[Line]
    marks: Sequence[Mark]


def export(desk: Desk, patient_id: uuid.UUID) -> Record:
    """A patient's consent record, audited; of an erased one everything but their own words."""
    patient = patients.get(desk.db, desk.keys, patient_id)
    rows = patients.consents(desk.db, desk.keys, patient.id)
    sealer = desk.keys.patient(patient.id, patient.wrapped_key) if patient.wrapped_key is not None else None
    names = board.names(desk.visit(), {row.by for row in rows})
    lines = [_line(desk, patient, row, sealer, names.get(row.by, row.by)) for row in rows]
    desk.visit().note("consent.export", f"patient:{patient.id}", lines=len(lines))
    standing = {kind: "none" for kind in KINDS} | {line.kind: line.action for line in lines}
    return Record(patient.id, standing, lines, _marks(desk, rows))


def _line(desk: Desk, patient: Patient, row: Consent, sealer: Sealer | None, by: str) -> Line:
    return Line(
        at=row.at,
        kind=row.kind,
        action=row.action,
        wording=row.wording,
        words=_words(desk, patient, row),
        own_words=ledger.evidence(sealer, row),
        channel=row.channel,
        by=by,
    )


def _words(desk: Desk, patient: Patient, row: Consent) -> str | None:
    """The exact words of what was agreed to: the line that asked, or the sentence beside the form's tick."""
    asked = ledger.spelled(row.wording)
    if asked is not None:
        words = ledger.words_of(desk.db, asked)
        return words.replace("{clinic}", desk.clinic.alias) if words else None
    found = forms.form(row.wording, patient.language)
    return found.ticks.get(row.kind) if found else None


def _marks(desk: Desk, rows: Sequence[Consent]) -> list[Mark]:
    indexes = {row.phone_index for row in rows}
    wanted = select(Suppression).where(
        col(Suppression.clinic_id) == desk.keys.clinic_id, col(Suppression.phone_index).in_(indexes)
    )
    found = desk.db.exec(wanted.order_by(col(Suppression.at))).all()
    return [Mark(row.reason, row.at, row.lifted_at) for row in found]
