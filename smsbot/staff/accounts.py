"""Staff accounts as the operator sees to them: add, list, disable, reset; what is shown once is kept only as a hash."""

import re
import uuid
from dataclasses import dataclass, field
from datetime import datetime

from smsbot.desk import Desk
from smsbot.errors import Conflict, RefusedFields
from smsbot.models import Staff
from smsbot.staff import passwords
from smsbot.store import staff as rows

# `lead` also sees complaints about staff; `frontdesk` sees no words of patients.
ROLES = ("staff", "lead", "frontdesk")
EMAIL = re.compile(r"[^@\s\x00-\x1f]{1,64}@[^@\s\x00-\x1f]+\.[^@\s.\x00-\x1f]{2,}\Z")
LONGEST_EMAIL, LONGEST_NAME = 254, 80


@dataclass(frozen=True)
class Opened:
    """An account with a password that is shown now and never again."""

    staff: Staff
    password: str = field(repr=False)


@dataclass(frozen=True)
class Account:
    """An account as it is listed."""

    id: uuid.UUID
    email: str
    name: str
    role: str
    second_factor: bool
    created_at: datetime
    disabled_at: datetime | None


def add(desk: Desk, email: str, name: str, role: str) -> Opened:
    """Add an account with a one-time password; the second factor is set up at the first sign-in."""
    db, vault, now = desk.db, desk.runtime.vault, desk.runtime.machine()
    _refuse_unfit(email, name, role)
    rows.make_email_key(db, vault, now)
    index = rows.email_index(db, vault, email)
    if index is None or rows.locate(db, vault, email) is not None:
        raise Conflict("This address already has an account.", field="email")
    password = passwords.one_time()
    staff = Staff(
        id=desk.runtime.new_id(),
        clinic_id=desk.keys.clinic_id,
        email_index=index,
        email_sealed=b"",
        name_sealed=b"",
        role=role,
        password_hash=passwords.hashed_once(password, now),
        created_at=now,
    )
    rows.add(db, desk.keys, staff, email, " ".join(name.split()))
    desk.visit().note("staff.add", f"staff:{staff.id}", role=role)
    return Opened(staff, password)


def _refuse_unfit(email: str, name: str, role: str) -> None:
    faults = {}
    if len(email) > LONGEST_EMAIL or not EMAIL.match(rows.spelled(email)):
        faults["email"] = "Write an e-mail address such as dana@example.org."
    if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
        faults["name"] = "Give the name colleagues use."
    if role not in ROLES:
        faults["role"] = f"Choose one of {', '.join(ROLES)}."
    if faults:
        raise RefusedFields(faults)


def of_clinic(desk: Desk) -> list[Account]:
    """A clinic's accounts, oldest first."""
    return [
        Account(
            id=row.id,
            email=rows.email(desk.keys, row),
            name=rows.name(desk.keys, row),
            role=row.role,
            second_factor=row.totp_last_step > 0,
            created_at=row.created_at,
            disabled_at=row.disabled_at,
        )
        for row in rows.of_clinic(desk.db, desk.keys)
    ]


def disable(desk: Desk, staff_id: uuid.UUID) -> None:
    """Close an account and end its sign-ins, at once; a reset opens it again."""
    staff = rows.get(desk.db, desk.keys, staff_id, lock=True)
    now = desk.runtime.machine()
    staff.disabled_at = staff.disabled_at or now
    rows.end_all(desk.db, desk.keys, staff.id, now)
    desk.visit().note("staff.disable", f"staff:{staff.id}")


def reset(desk: Desk, staff_id: uuid.UUID, *, device: bool = False) -> Opened:
    """A new one-time password; with `device` the second factor is set up anew as well, else it is still asked for."""
    staff = rows.get(desk.db, desk.keys, staff_id, lock=True)
    now, password = desk.runtime.machine(), passwords.one_time()
    staff.password_hash = passwords.hashed_once(password, now)
    staff.failed_count, staff.locked_until, staff.disabled_at = 0, None, None
    if device:
        staff.totp_sealed, staff.totp_last_step = None, 0
    rows.end_all(desk.db, desk.keys, staff.id, now)
    desk.visit().note("staff.reset", f"staff:{staff.id}", device=device)
    return Opened(staff, password)
