"""Staff accounts and their sign-ins as rows; an address is found by a keyed hash, a token by its hash.

Who signs in is not yet known to belong to a clinic: the look-ups that cross clinics are `locate` and `signed_in`, and
they give ids, times and codes only (RULINGS 43).
"""

import hashlib
import hmac
import unicodedata
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select, update

from smsbot.errors import NotFound
from smsbot.models import Clinic, Staff, StaffSession, SystemKey
from smsbot.vault import ClinicKeys, Vault

EMAIL_KEY = "staff_email"


@dataclass(frozen=True)
class Place:
    """Where an account is."""

    clinic_id: uuid.UUID
    staff_id: uuid.UUID


@dataclass(frozen=True)
class SignIn:
    """A sign-in with what decides whether it still counts; every time is machine time."""

    id: uuid.UUID
    clinic_id: uuid.UUID
    staff_id: uuid.UUID
    second_factor_at: datetime | None
    created_at: datetime
    seen_at: datetime
    ended_at: datetime | None
    disabled_at: datetime | None
    clinic_disabled_at: datetime | None


def spelled(email: str) -> str:
    """An address in the one spelling that is stored and hashed."""
    return unicodedata.normalize("NFKC", email).strip().casefold()


def email_index(db: Session, vault: Vault, email: str) -> bytes | None:
    """The keyed hash of an address; None while there is no key, and so no account."""
    row = db.get(SystemKey, EMAIL_KEY)
    if row is None:
        return None
    secret = vault.system_key(EMAIL_KEY, row.wrapped_key)
    return hmac.new(secret, spelled(email).encode("utf-8", "surrogatepass"), hashlib.sha256).digest()


def make_email_key(db: Session, vault: Vault, now: datetime) -> None:
    """Make the key of the address index, the first time."""
    if db.get(SystemKey, EMAIL_KEY) is None:
        db.add(SystemKey(name=EMAIL_KEY, wrapped_key=vault.new_system_key(EMAIL_KEY), created_at=now))
        db.flush()


def locate(db: Session, vault: Vault, email: str) -> Place | None:
    """The account with this address, at whatever clinic."""
    index = email_index(db, vault, email)
    if index is None:
        return None
    found = db.exec(select(Staff.clinic_id, Staff.id).where(col(Staff.email_index) == index)).first()
    return Place(*found) if found else None


def add(db: Session, keys: ClinicKeys, staff: Staff, email: str, name: str) -> None:
    """Store a new account; its address and name are sealed under the clinic's key."""
    staff.email_sealed = keys.seal("staff", "email_sealed", staff.id, spelled(email))
    staff.name_sealed = keys.seal("staff", "name_sealed", staff.id, name)
    db.add(staff)
    db.flush()


def get(db: Session, keys: ClinicKeys, staff_id: uuid.UUID, *, lock: bool = False) -> Staff:
    """An account of this clinic; with `lock` its row is held until the commit."""
    wanted = select(Staff).where(col(Staff.clinic_id) == keys.clinic_id, col(Staff.id) == staff_id)
    if lock:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    found = db.exec(wanted).first()
    if found is None:
        raise NotFound("account")
    return found


def of_clinic(db: Session, keys: ClinicKeys) -> Sequence[Staff]:
    """A clinic's accounts, oldest first, disabled ones included."""
    return db.exec(select(Staff).where(col(Staff.clinic_id) == keys.clinic_id).order_by(col(Staff.created_at))).all()


def name(keys: ClinicKeys, staff: Staff) -> str:
    """What colleagues call them."""
    return keys.open("staff", "name_sealed", staff.id, staff.name_sealed)


def email(keys: ClinicKeys, staff: Staff) -> str:
    """Their address."""
    return keys.open("staff", "email_sealed", staff.id, staff.email_sealed)


def totp_secret(keys: ClinicKeys, staff: Staff) -> str | None:
    """The secret their authenticator shares with us, in base32."""
    sealed = staff.totp_sealed
    return keys.open("staff", "totp_sealed", staff.id, sealed) if sealed is not None else None


def keep_totp_secret(keys: ClinicKeys, staff: Staff, secret: str) -> None:
    """Seal a new shared secret, unproven until a code of it has been given."""
    staff.totp_sealed, staff.totp_last_step = keys.seal("staff", "totp_sealed", staff.id, secret), 0


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def start(
    db: Session, staff: Staff, token: str, *, row_id: uuid.UUID, now: datetime, second_factor: bool
) -> StaffSession:
    """Store a sign-in by its token's hash; without the second factor it opens only the page that asks for it."""
    row = StaffSession(
        id=row_id,
        clinic_id=staff.clinic_id,
        staff_id=staff.id,
        token_hash=_hash(token),
        second_factor_at=now if second_factor else None,
        created_at=now,
        seen_at=now,
    )
    db.add(row)
    db.flush()
    return row


def signed_in(db: Session, token: str) -> SignIn | None:
    """The sign-in with this token, ended or not."""
    wanted = (
        select(StaffSession, Staff.disabled_at, Clinic.disabled_at)
        .join(Staff, col(Staff.id) == col(StaffSession.staff_id))
        .join(Clinic, col(Clinic.id) == col(StaffSession.clinic_id))
        .where(col(StaffSession.token_hash) == _hash(token))
    )
    found = db.exec(wanted).first()
    if found is None:
        return None
    row, disabled, closed = found
    return SignIn(
        id=row.id,
        clinic_id=row.clinic_id,
        staff_id=row.staff_id,
        second_factor_at=row.second_factor_at,
        created_at=row.created_at,
        seen_at=row.seen_at,
        ended_at=row.ended_at,
        disabled_at=disabled,
        clinic_disabled_at=closed,
    )


def seen(db: Session, keys: ClinicKeys, session_id: uuid.UUID, now: datetime) -> None:
    """Note that somebody used a sign-in just now."""
    mine = update(StaffSession).where(col(StaffSession.clinic_id) == keys.clinic_id, col(StaffSession.id) == session_id)
    db.exec(mine.values(seen_at=now))


def end(db: Session, keys: ClinicKeys, session_id: uuid.UUID, now: datetime) -> None:
    """End one sign-in."""
    mine = update(StaffSession).where(
        col(StaffSession.clinic_id) == keys.clinic_id,
        col(StaffSession.id) == session_id,
        col(StaffSession.ended_at).is_(None),
    )
    db.exec(mine.values(ended_at=now))


def end_all(db: Session, keys: ClinicKeys, staff_id: uuid.UUID, now: datetime) -> None:
    """End every sign-in of an account."""
    theirs = update(StaffSession).where(
        col(StaffSession.clinic_id) == keys.clinic_id,
        col(StaffSession.staff_id) == staff_id,
        col(StaffSession.ended_at).is_(None),
    )
    db.exec(theirs.values(ended_at=now))
