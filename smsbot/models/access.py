"""Who may do what, and the record of what they did."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import SQLModel

from smsbot.models.base import Id, data, key, ref, when


class Staff(SQLModel, table=True):
    """A portal user; `email_index` finds the account, the address itself is sealed under the clinic's key."""

    id: Id = key()
    clinic_id: Id = ref("clinic.id")
    email_index: bytes
    email_sealed: bytes
    name_sealed: bytes
    role: str = "staff"
    password_hash: str
    totp_sealed: bytes | None = None
    totp_last_step: int = 0
    failed_count: int = 0
    locked_until: datetime | None = when(default=None)
    created_at: datetime = when()
    disabled_at: datetime | None = when(default=None)
    __table_args__ = (UniqueConstraint("email_index"),)


class StaffSession(SQLModel, table=True):
    """A sign-in: the cookie's token is kept only as a hash; idle after 15 minutes, over after 12 hours."""

    __tablename__ = "staff_session"
    id: Id = key()
    clinic_id: Id = ref("clinic.id", index=False)
    staff_id: Id = ref("staff.id")
    token_hash: bytes
    second_factor_at: datetime | None = when(default=None)
    created_at: datetime = when()
    seen_at: datetime = when()
    ended_at: datetime | None = when(default=None)
    __table_args__ = (UniqueConstraint("token_hash"),)


class ApiKey(SQLModel, table=True):
    """A Bearer key bound to one clinic; only its hash is kept."""

    __tablename__ = "api_key"
    id: Id = key()
    clinic_id: Id = ref("clinic.id")
    name: str
    key_hash: bytes
    scopes: list[str] = data()
    created_at: datetime = when()
    expires_at: datetime | None = when(default=None)
    used_at: datetime | None = when(default=None)
    revoked_at: datetime | None = when(default=None)
    __table_args__ = (UniqueConstraint("key_hash"),)


class IdempotencyKey(SQLModel, table=True):
    """The answer already given to a POST with this Idempotency-Key."""

    __tablename__ = "idempotency_key"
    id: Id = key()
    clinic_id: Id = ref("clinic.id")
    api_key_id: Id = ref("api_key.id", index=False)
    token: str
    request_hash: str
    status: int
    body_sealed: bytes
    at: datetime = when()
    __table_args__ = (UniqueConstraint("api_key_id", "token"),)


class WebhookEndpoint(SQLModel, table=True):
    """Where a clinic wants to be told of events."""

    __tablename__ = "webhook_endpoint"
    id: Id = key()
    clinic_id: Id = ref("clinic.id")
    url: str
    secret_sealed: bytes
    events: list[str] = data()
    created_at: datetime = when()
    disabled_at: datetime | None = when(default=None)


class AuditEntry(SQLModel, table=True):
    """One link of a clinic's audit chain: mac = HMAC(key, previous mac | this row)."""

    __tablename__ = "audit"
    id: Id = key()
    clinic_id: Id = ref("clinic.id")
    seq: int
    at: datetime = when()
    actor: str
    action: str
    subject: str
    details: dict[str, Any] = data()
    mac: bytes
    __table_args__ = (UniqueConstraint("clinic_id", "seq"),)


class SystemKey(SQLModel, table=True):
    """A stored random key of the whole installation (the staff e-mail index), wrapped by the master key."""

    __tablename__ = "system_key"
    name: str = key()
    wrapped_key: bytes
    created_at: datetime = when()
