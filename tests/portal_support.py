"""Dana at the portal: accounts, signing in with two factors, and forms as a browser sends them."""

import re
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any

import pyotp
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import col, select
from werkzeug.security import generate_password_hash
from werkzeug.test import TestResponse

from smsbot.models import AuditEntry, Staff
from smsbot.staff import accounts
from smsbot.store import staff as staff_rows
from smsbot.web import create_app
from tests.api_support import World

PASSWORD = "three unrelated owls"  # the tests' own
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
KEY = re.compile(r'<code class="key">([A-Z2-7 ]+)</code>')


@dataclass
class Browser:
    """A client that sends forms with the token of the page they stand on."""

    world: World
    client: FlaskClient
    email: str = "dana@example.org"
    secret: str = ""
    last: TestResponse | None = field(default=None, repr=False)

    def get(self, path: str, **options: Any) -> TestResponse:
        self.last = self.client.get(f"/portal{path}", **options)
        return self.last

    def post(self, path: str, page: str | None = None, **fields: Any) -> TestResponse:
        """Send a form as it stands on `page` (the path itself unless told)."""
        found = TOKEN.search(self.get(page or path).text)
        assert found, self.last
        self.last = self.client.post(f"/portal{path}", data={"csrf_token": found[1], **fields})
        return self.last

    def code(self) -> str:
        """What the code app shows now."""
        return pyotp.TOTP(self.secret).at(self.world.watch.now)

    def next_code(self) -> str:
        """What it shows next: every code counts once."""
        self.world.watch.on(seconds=30)
        return self.code()

    def sign_in(self, password: str = PASSWORD) -> TestResponse:
        """With the password and the next code."""
        self.post("/sign-in", email=self.email, password=password)
        return self.post("/sign-in/code", code=self.next_code())

    def first_sign_in(self, password: str) -> TestResponse:
        """With the one-time password: the device first, then a password of one's own."""
        self.post("/sign-in", email=self.email, password=password)
        found = KEY.search(self.get("/sign-in/code").text)
        assert found, self.last
        self.secret = found[1].replace(" ", "")
        self.post("/sign-in/code", code=self.code())
        return self.post("/password", new=PASSWORD, again=PASSWORD)


def app(world: World) -> Flask:
    """The application as the product serves it."""
    return create_app(world.runtime)


def account(world: World, email: str = "dana@example.org", role: str = "staff", clinic: Any = None) -> tuple[str, str]:
    """A new account: its id as an actor, and its one-time password."""
    with world.desk(clinic, actor="operator") as desk:
        opened = accounts.add(desk, email, email.partition("@")[0].title(), role)
        once, ends, _ = opened.staff.password_hash.split(":", 2)
        opened.staff.password_hash = f"{once}:{ends}:{quickly_hashed(opened.password)}"
    return f"staff:{opened.staff.id}", opened.password


def newcomer(world: World) -> Browser:
    """Dana, signed in for the first time the way everybody is: one-time password, device, password of her own."""
    _, once = account(world)
    person = Browser(world, app(world).test_client())
    answer = person.first_sign_in(once)
    assert answer.status_code == 303, answer.text
    return person


def browser(world: World, email: str = "dana@example.org", role: str = "staff", clinic: Any = None) -> Browser:
    """Somebody with a password and a device of their own, signed in just now (without the cost of four hashes)."""
    person = Browser(world, app(world).test_client(), email, pyotp.random_base32())
    token = secrets.token_urlsafe(32)
    with world.desk(clinic, actor="operator") as desk:
        db, keys, now = desk.db, desk.keys, world.watch.now
        staff_rows.make_email_key(db, world.runtime.vault, now)
        index = staff_rows.email_index(db, world.runtime.vault, email)
        assert index
        values = {"role": role, "password_hash": stored_password(), "email_sealed": b"", "name_sealed": b""}
        row = Staff(id=world.runtime.new_id(), clinic_id=keys.clinic_id, email_index=index, created_at=now, **values)
        staff_rows.keep_totp_secret(keys, row, person.secret)
        row.totp_last_step = 1
        staff_rows.add(db, keys, row, email, email.partition("@")[0].title())
        staff_rows.start(db, row, token, row_id=world.runtime.new_id(), now=now, second_factor=True)
    person.client.set_cookie("smsbot", token)
    return person


@cache
def stored_password() -> str:
    """PASSWORD as it is stored."""
    return quickly_hashed(PASSWORD)


def quickly_hashed(password: str) -> str:
    """As the product keeps it, but for the cost, which is stored beside each hash (test_staff.py has the real one)."""
    return generate_password_hash(password, method="scrypt:1024:8:1")


def staff_row(world: World, email: str = "dana@example.org") -> Staff:
    """The stored account."""
    with world.runtime.database.read() as db:
        place = staff_rows.locate(db, world.runtime.vault, email)
        assert place
        return db.exec(select(Staff).where(col(Staff.id) == place.staff_id)).one()


def audited(world: World, clinic: Any = None) -> list[tuple[str, str, str]]:
    """(actor, action, subject) of the clinic's audit chain, oldest first."""
    with world.runtime.database.read() as db:
        wanted = select(AuditEntry).where(col(AuditEntry.clinic_id) == (clinic or world.harbor))
        rows = db.exec(wanted.order_by(col(AuditEntry.seq))).all()
    return [(row.actor, row.action, row.subject) for row in rows]


def form_day(world: World, days: float = 0, hours: float = 0) -> dict[str, str]:
    """A day and a time as the form's fields take them, in Harbor's zone (five hours behind UTC in November)."""
    at = world.watch.now + timedelta(days=days, hours=hours) - timedelta(hours=5)
    return {"date": f"{at:%Y-%m-%d}", "time": f"{at:%H:%M}"}
