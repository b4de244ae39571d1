"""Signing in: password, then a code that counts once, then a sign-in that ends when nobody uses it. Machine time.

A try is taken before it is judged and given back when it was right, so that many at once cannot outrun the count.
"""

import hmac
import secrets
import uuid
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal

import pyotp
from sqlmodel import Session

from smsbot.desk import Desk
from smsbot.errors import RefusedFields
from smsbot.models import Staff
from smsbot.runtime import Runtime
from smsbot.staff import passwords
from smsbot.store import clinics
from smsbot.store import staff as rows
from smsbot.store.staff import SignIn
from smsbot.store.visits import Visit
from smsbot.vault import ClinicKeys

IDLE = timedelta(minutes=15)
LONGEST = timedelta(hours=12)
HALFWAY = timedelta(minutes=10)
MOST_TRIES = 5
LOCKED = timedelta(minutes=15)
# A visit is written down at most this often; the idle time can only come out shorter for it.
SEEN_EVERY = timedelta(seconds=15)
STEP = 30
DRIFT = (-1, 0, 1)
ISSUER = "smsbot"


@dataclass(frozen=True)
class Signed:
    """Who is signed in; `must_choose` while they have only a one-time password."""

    session_id: uuid.UUID
    staff_id: uuid.UUID
    clinic_id: uuid.UUID
    role: str
    must_choose: bool

    @property
    def actor(self) -> str:
        return f"staff:{self.staff_id}"


@dataclass(frozen=True)
class Halfway:
    """Someone whose password was right: the `code` of their device is next, or the `device` itself is set up."""

    needs: Literal["code", "device"]
    secret: str | None = field(default=None, repr=False)
    address: str | None = field(default=None, repr=False)


def password(runtime: Runtime, email: str, given: str) -> str | None:
    """The token of a half-way sign-in, or None: wrong, locked, disabled and unknown are told apart by nobody."""
    with runtime.database.write() as db:
        place = rows.locate(db, runtime.vault, email)
        keys = clinics.keys(db, runtime.vault, place.clinic_id) if place else None
        staff = rows.get(db, keys, place.staff_id, lock=True) if place and keys else None
        stored = staff.password_hash if staff and _take_try(staff, runtime.machine()) else None
    right = passwords.matches(stored, given, runtime.machine())
    if keys is None or staff is None:
        return None
    with runtime.database.write() as db:
        staff = rows.get(db, keys, staff.id, lock=True)
        if not right or staff.disabled_at is not None or staff.password_hash != stored:
            _note(runtime, db, keys, staff, "staff.refused")
            return None
        _give_back(staff)
        if not _has_device(staff):
            rows.keep_totp_secret(keys, staff, pyotp.random_base32())
        return _start(runtime, db, staff, second_factor=False)


def halfway(runtime: Runtime, token: str) -> Halfway | None:
    """What a half-way sign-in has to show next; None when it does not count (any more)."""
    with runtime.database.read() as db:
        found = _half(runtime, db, token)
        if found is None:
            return None
        keys = clinics.keys(db, runtime.vault, found.clinic_id)
        staff = rows.get(db, keys, found.staff_id)
        secret = rows.totp_secret(keys, staff)
        if _has_device(staff) or secret is None:
            return Halfway("code")
        label = f"{ISSUER} {clinics.get(db, found.clinic_id).alias}"
        address = pyotp.TOTP(secret).provisioning_uri(name=rows.email(keys, staff), issuer_name=label)
        return Halfway("device", secret, address)


def code(runtime: Runtime, token: str, given: str) -> str | None:
    """The token of a whole sign-in, another than the one given; None for a wrong, used or late code."""
    with runtime.database.write() as db:
        found = _half(runtime, db, token)
        if found is None:
            return None
        keys = clinics.keys(db, runtime.vault, found.clinic_id)
        staff = rows.get(db, keys, found.staff_id, lock=True)
        step = _step_of(keys, staff, given, runtime.machine()) if _take_try(staff, runtime.machine()) else None
        if step is None:
            _note(runtime, db, keys, staff, "staff.refused")
            return None
        staff.totp_last_step, staff.failed_count, staff.locked_until = step, 0, None
        rows.end(db, keys, found.id, runtime.machine())
        _note(runtime, db, keys, staff, "staff.sign_in")
        return _start(runtime, db, staff, second_factor=True)


def recognize(runtime: Runtime, token: str, *, quietly: bool = False) -> Signed | None:
    """Who holds this token, if it still counts; `quietly` when a machine asks, which keeps nobody signed in."""
    now = runtime.machine()
    with runtime.database.read() as db:
        found = rows.signed_in(db, token)
        if found is None or not _counts(found, now) or found.second_factor_at is None:
            return None
        keys = clinics.keys(db, runtime.vault, found.clinic_id)
        staff = rows.get(db, keys, found.staff_id)
        must = passwords.is_one_time(staff.password_hash)
        signed = Signed(found.id, staff.id, found.clinic_id, staff.role, must)
    if not quietly and now - found.seen_at >= SEEN_EVERY:
        with runtime.database.write() as db:
            rows.seen(db, keys, found.id, now)
    return signed


def leave(runtime: Runtime, signed: Signed) -> None:
    """End a sign-in."""
    with runtime.database.write() as db:
        keys = clinics.keys(db, runtime.vault, signed.clinic_id)
        rows.end(db, keys, signed.session_id, runtime.machine())
        _note(runtime, db, keys, rows.get(db, keys, signed.staff_id), "staff.sign_out")


def note_refusal(runtime: Runtime, signed: Signed, page: str) -> None:
    """Write down that someone asked for a page their role may not see; `page` is its name in the code."""
    with runtime.database.write() as db:
        keys = clinics.keys(db, runtime.vault, signed.clinic_id)
        visit = Visit(db, keys, signed.actor, runtime.machine(), runtime.new_id)
        visit.note("access.refused", f"page:{page}", role=signed.role)


def is_theirs(desk: Desk, signed: Signed, current: str) -> bool:
    """Whether someone signed in knows the password they have; guessing counts as a try, in the desk's transaction."""
    now = desk.runtime.machine()
    staff = rows.get(desk.db, desk.keys, signed.staff_id, lock=True)
    right = passwords.matches(staff.password_hash if _take_try(staff, now) else None, current, now)
    if right:
        _give_back(staff)
    return right


def choose(desk: Desk, signed: Signed, new: str) -> str:
    """Set another password, end every sign-in and return the token of a fresh one; RefusedFields if it is unfit."""
    runtime, db, keys = desk.runtime, desk.db, desk.keys
    staff = rows.get(db, keys, signed.staff_id, lock=True)
    personal = (*rows.email(keys, staff).split("@"), *rows.name(keys, staff).split(), desk.clinic.name)
    fault = passwords.fault(new, personal)
    if fault is None and passwords.matches(staff.password_hash, new, runtime.machine()):
        fault = "This is the password you have. Choose another."
    if fault:
        raise RefusedFields({"new": fault})
    staff.password_hash = passwords.hashed(new)
    rows.end_all(db, keys, staff.id, runtime.machine())
    _note(runtime, db, keys, staff, "staff.password")
    return _start(runtime, db, staff, second_factor=True)


def _take_try(staff: Staff, now: datetime) -> bool:
    """Count a try, in a transaction of its own or one that commits; False when none is left for now."""
    if staff.locked_until is not None:
        if now < staff.locked_until:
            return False
        staff.failed_count, staff.locked_until = 0, None
    staff.failed_count += 1
    if staff.failed_count >= MOST_TRIES:
        staff.locked_until = now + LOCKED
    return True


def _give_back(staff: Staff) -> None:
    """A right password was no guess; codes are counted on their own."""
    staff.failed_count = max(0, staff.failed_count - 1)
    if staff.failed_count < MOST_TRIES:
        staff.locked_until = None


def _has_device(staff: Staff) -> bool:
    """A secret counts as theirs once a code of it has been given."""
    return staff.totp_sealed is not None and staff.totp_last_step > 0


def _step_of(keys: ClinicKeys, staff: Staff, given: str, now: datetime) -> int | None:
    """The time step a code belongs to: this one or a neighbor, and later than any used before."""
    secret = rows.totp_secret(keys, staff)
    typed = "".join(given.split())
    if secret is None or not typed.isascii():
        return None
    totp, this = pyotp.TOTP(secret), int(now.timestamp()) // STEP
    for step in (this + drift for drift in DRIFT):
        if step > staff.totp_last_step and hmac.compare_digest(totp.generate_otp(step), typed):
            return step
    return None


def _half(runtime: Runtime, db: Session, token: str) -> SignIn | None:
    now = runtime.machine()
    found = rows.signed_in(db, token)
    if found is None or found.second_factor_at is not None or not _counts(found, now):
        return None
    return found if now - found.created_at <= HALFWAY else None


def _counts(found: SignIn, now: datetime) -> bool:
    """Neither ended nor disabled, used within 15 minutes, begun within 12 hours."""
    alive = found.ended_at is None and found.disabled_at is None and found.clinic_disabled_at is None
    return alive and now - found.seen_at <= IDLE and now - found.created_at <= LONGEST


def _start(runtime: Runtime, db: Session, staff: Staff, *, second_factor: bool) -> str:
    token = secrets.token_urlsafe(32)
    rows.start(db, staff, token, row_id=runtime.new_id(), now=runtime.machine(), second_factor=second_factor)
    return token


def _note(runtime: Runtime, db: Session, keys: ClinicKeys, staff: Staff, action: str) -> None:
    visit = Visit(db, keys, f"staff:{staff.id}", runtime.machine(), runtime.new_id)
    who = visit if action != "staff.refused" else replace(visit, actor="nobody")
    who.note(action, f"staff:{staff.id}", tries=staff.failed_count)
