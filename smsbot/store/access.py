"""API keys and the answers already given to them: only hashes of keys are kept, answers are sealed."""

import hashlib
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, or_
from sqlmodel import Session, col, select, update

from smsbot.errors import NotFound
from smsbot.models import ApiKey, IdempotencyKey
from smsbot.vault import ClinicKeys

SCOPES = ("read", "write", "alerts", "erase")
# What a key may do unless told otherwise: erasing is given by name.
USUAL = SCOPES[:3]
PREFIX = "smsbot_"
REMEMBERED = timedelta(hours=24)
USED_EVERY = timedelta(minutes=1)


def new_secret() -> str:
    """A fresh API key, 256 random bits: it can be hashed without salt or stretching."""
    return PREFIX + secrets.token_urlsafe(32)


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()


def add_key(
    db: Session,
    keys: ClinicKeys,
    secret: str,
    *,
    key_id: uuid.UUID,
    name: str,
    scopes: Sequence[str],
    now: datetime,
    expires_at: datetime | None,
) -> ApiKey:
    """Store a key's hash, bound to this clinic."""
    row = ApiKey(
        id=key_id,
        clinic_id=keys.clinic_id,
        name=name,
        key_hash=_hash(secret),
        scopes=list(scopes),
        created_at=now,
        expires_at=expires_at,
    )
    db.add(row)
    db.flush()
    return row


def of_clinic(db: Session, keys: ClinicKeys) -> Sequence[ApiKey]:
    """A clinic's API keys, oldest first."""
    wanted = select(ApiKey).where(col(ApiKey.clinic_id) == keys.clinic_id)
    return db.exec(wanted.order_by(col(ApiKey.created_at))).all()


def revoke(db: Session, keys: ClinicKeys, key_id: uuid.UUID, now: datetime) -> None:
    """End a key at once; NotFound if the clinic has none with this id."""
    row = db.exec(select(ApiKey).where(col(ApiKey.clinic_id) == keys.clinic_id, col(ApiKey.id) == key_id)).first()
    if row is None:
        raise NotFound("API key")
    row.revoked_at = row.revoked_at or now


@dataclass(frozen=True)
class Holder:
    """Whose key it is and what it may do: the one thing that is looked up before a clinic is known (RULINGS 43)."""

    clinic_id: uuid.UUID
    key_id: uuid.UUID
    scopes: frozenset[str]


def holder(db: Session, secret: str, now: datetime) -> Holder | None:
    """The holder of a live key; None for a key that is unknown, expired or revoked."""
    row = db.exec(select(ApiKey).where(col(ApiKey.key_hash) == _hash(secret))).first()
    if row is None or row.revoked_at is not None or (row.expires_at is not None and row.expires_at <= now):
        return None
    return Holder(row.clinic_id, row.id, frozenset(row.scopes))


def note_use(db: Session, keys: ClinicKeys, key_id: uuid.UUID, now: datetime) -> None:
    """Note that a key was used, at most once a minute."""
    stale = or_(col(ApiKey.used_at).is_(None), col(ApiKey.used_at) <= now - USED_EVERY)
    mine = update(ApiKey).where(col(ApiKey.clinic_id) == keys.clinic_id, col(ApiKey.id) == key_id, stale)
    db.exec(mine.values(used_at=now))


@dataclass(frozen=True)
class Remembered:
    """An answer already given: its status, its body (JSON text) and the hash of what was asked."""

    request_hash: str
    status: int
    body: str


def recall(db: Session, keys: ClinicKeys, key_id: uuid.UUID, token: str, now: datetime) -> Remembered | None:
    """The answer given to this Idempotency-Key within 24 hours; older ones are forgotten here."""
    mine = (col(IdempotencyKey.clinic_id) == keys.clinic_id, col(IdempotencyKey.api_key_id) == key_id)
    db.execute(delete(IdempotencyKey).where(*mine, col(IdempotencyKey.at) <= now - REMEMBERED))
    row = db.exec(select(IdempotencyKey).where(*mine, col(IdempotencyKey.token) == token)).first()
    if row is None:
        return None
    body = keys.open("idempotency_key", "body_sealed", row.id, row.body_sealed)
    return Remembered(row.request_hash, row.status, body)


def remember(
    db: Session,
    keys: ClinicKeys,
    key_id: uuid.UUID,
    token: str,
    answer: Remembered,
    *,
    row_id: uuid.UUID,
    now: datetime,
) -> None:
    """Keep an answer; IntegrityError when another request with this token came first (its transaction then counts)."""
    db.add(
        IdempotencyKey(
            id=row_id,
            clinic_id=keys.clinic_id,
            api_key_id=key_id,
            token=token,
            request_hash=answer.request_hash,
            status=answer.status,
            body_sealed=keys.seal("idempotency_key", "body_sealed", row_id, answer.body),
            at=now,
        )
    )
    db.flush()
