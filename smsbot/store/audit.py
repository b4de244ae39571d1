"""The audit chain: what people and keys did with patient data, each row bound to the one before it."""

import hashlib
import hmac
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session, col, select

from smsbot.models import AuditEntry, Clinic
from smsbot.vault import ClinicKeys

FIRST = bytes(32)


def record(
    db: Session,
    keys: ClinicKeys,
    *,
    entry_id: uuid.UUID,
    actor: str,
    action: str,
    subject: str,
    at: datetime,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Add one link in the caller's transaction.

    `actor` is "staff:<id>", "key:<id>" or "operator"; `subject` names rows by id ("patient:<id>"); `details` never
    holds words, names or numbers of a patient. Writers of one clinic wait for each other, so links cannot fork.
    """
    head = _head(db, keys)
    entry = AuditEntry(
        id=entry_id,
        clinic_id=keys.clinic_id,
        seq=head.seq + 1 if head else 1,
        at=at,
        actor=actor,
        action=action,
        subject=subject,
        details=dict(details or {}),
        mac=b"",
    )
    entry.mac = _mac(keys, head.mac if head else FIRST, entry)
    db.add(entry)
    db.flush()


def _head(db: Session, keys: ClinicKeys) -> AuditEntry | None:
    # The clinic's row is the lock: the head row itself may not exist yet, and who waited for it would read an old head.
    db.exec(select(Clinic.id).where(col(Clinic.id) == keys.clinic_id).with_for_update(key_share=True)).first()
    newest = select(AuditEntry).where(col(AuditEntry.clinic_id) == keys.clinic_id).order_by(col(AuditEntry.seq).desc())
    return db.exec(newest.limit(1)).first()


def _mac(keys: ClinicKeys, previous: bytes, entry: AuditEntry) -> bytes:
    at = entry.at.astimezone(UTC).isoformat()
    row = [str(entry.id), str(entry.clinic_id), entry.seq, at, entry.actor, entry.action, entry.subject, entry.details]
    canonical = json.dumps(row, sort_keys=True, separators=(",", ":")).encode()
    return hmac.new(keys.audit_key(), previous + canonical, hashlib.sha256).digest()


@dataclass(frozen=True)
class Verdict:
    """How many links hold, and the first that does not (None: all do); `head` is worth keeping elsewhere."""

    links: int
    broken_at: int | None
    head: str


def verify(db: Session, keys: ClinicKeys) -> Verdict:
    """Walk a clinic's whole chain. A cut tail shows only against a head kept elsewhere."""
    previous, count = FIRST, 0
    rows = select(AuditEntry).where(col(AuditEntry.clinic_id) == keys.clinic_id).order_by(col(AuditEntry.seq))
    for entry in db.exec(rows.execution_options(yield_per=1000)):
        count += 1
        if entry.seq != count or not hmac.compare_digest(entry.mac, _mac(keys, previous, entry)):
            return Verdict(count - 1, entry.seq, previous.hex())
        previous = entry.mac
    return Verdict(count, None, previous.hex())
