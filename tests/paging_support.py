"""Paging for tests: Harbor with people on its list, its real web application, a real sandbox, and a mail server."""

import shutil
import socket
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from sqlmodel import col, select
from werkzeug.serving import make_server

from smsbot import contacts, outbox, paging
from smsbot.carrier.client import Carrier
from smsbot.contacts import NewContact
from smsbot.models import Alert, AlertStep, Message
from smsbot.runtime import Runtime
from smsbot.store.db import Database
from smsbot.web import create_app
from tests.api_support import World, open_world
from tests.phone_support import Phone, Text, joined
from tests.sandbox_support import ACCOUNT_SID, AUTH_TOKEN, NUMBER, Sandbox

DANA, ELI, LEA, FRONT = "+16175550121", "+16175550122", "+16175550123", "+16175550100"
LIST = (
    NewContact("oncall", 1, "Dana", DANA, "dana@harbor.example"),
    NewContact("second", 1, "Eli", ELI),
    NewContact("lead", 1, "Lea", LEA, "lea@harbor.example", voice=False),
)


class Mailbox:
    """A mail server that takes everything, or answers each RCPT with `refuses`."""

    def __init__(self, refuses: str = "") -> None:
        self.letters: list[str] = []
        self.refuses = refuses
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"smtp://127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._socket.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rwb") as line:
            self._say(line, "220 ready")
            while command := line.readline().decode().strip():
                word = command.split(" ")[0].upper()
                if word == "DATA":
                    self._say(line, "354 go on")
                    self.letters.append("".join(iter(lambda: line.readline().decode(), ".\r\n")))
                refused = self.refuses if word == "RCPT" else ""
                self._say(line, refused or {"QUIT": "221 bye", "EHLO": "250 HELP"}.get(word, "250 fine"))
                if word == "QUIT":
                    return

    def _say(self, line: Any, words: str) -> None:
        line.write(f"{words}\r\n".encode())
        line.flush()


@dataclass
class Rounds:
    """A world that pages: `on` lets time pass, `page` does what is due, `tried` is the ladder so far."""

    world: World
    runtime: Runtime
    box: Sandbox
    mailbox: Mailbox
    ana: Phone
    people: dict[uuid.UUID, str] = field(default_factory=dict)

    def enlist(self, *people: NewContact) -> None:
        """Put people on Harbor's list."""
        with self.world.desk() as desk:
            for each in people or LIST:
                self.people[contacts.add(desk, each)] = each.name

    def cry(self, body: str = "I am going to kill myself tonight") -> list[str]:
        """Ana writes; the lines she gets."""
        return [text.line for text in self.ana.text(body)]

    def page(self) -> int:
        """Do what is due now."""
        done = paging.page(self.runtime)
        self.box.wait_idle(horizon=0.5)
        return done

    def on(self, **by: float) -> int:
        """Let time pass, then do what is due, until nothing is."""
        self.box.wait_idle(horizon=0.5)  # a row that a webhook holds is passed over, and found a second later
        self.world.watch.on(**by)
        total = 0
        while done := self.page():
            total += done
        return total

    def send(self) -> None:
        """Let texts to patients leave."""
        outbox.deliver(self.runtime, NUMBER)

    def alert(self) -> Alert:
        """The one alert there is."""
        with self.runtime.database.read() as db:
            return db.exec(select(Alert).where(col(Alert.kind) != "test")).one()

    def steps(self) -> list[AlertStep]:
        """Who was tried for that alert."""
        mine = self.alert().id
        with self.runtime.database.read() as db:
            wanted = select(AlertStep).where(col(AlertStep.alert_id) == mine)
            return sorted(db.exec(wanted).all(), key=lambda step: (step.at, step.number, step.channel))

    def tried(self) -> list[tuple[int, str, str, str]]:
        """Minutes since the alert was opened, channel, who and outcome of every step."""
        began = self.alert().opened_at
        return [
            (
                round((step.at - began).total_seconds() / 60),
                step.channel,
                self.people.get(step.contact_id, "-") if step.contact_id else "-",
                step.state,
            )
            for step in self.steps()
        ]

    def rows(self, model: type, *where: Any) -> list[Any]:
        with self.runtime.database.read() as db:
            return list(db.exec(select(model).where(*where)).all())

    def ringing(self, phone: str) -> dict[str, Any]:
        """The call that rings at a phone now."""

        def found() -> Any:
            return next((call for call in self.box.calls(phone) if call["status"] == "ringing"), None)

        call: dict[str, Any] = self.box.wait_for(found)
        return call


@contextmanager
def paging_world(folder: Path, box: Sandbox, database: Database | None = None, **settings: Any) -> Iterator[Rounds]:
    """Rounds over a fresh database, an emptied sandbox and a running web application."""
    box.clear_faults()
    box.reset()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    mailbox = Mailbox()
    options = {
        "TWILIO_ACCOUNT_SID": ACCOUNT_SID,
        "TWILIO_AUTH_TOKEN": AUTH_TOKEN,
        "TWILIO_API_BASE": box.base,
        "SMSBOT_SEND_THREADS": 4,
        "PUBLIC_BASE_URL": f"http://127.0.0.1:{port}",
        "SMTP_URL": mailbox.url,
        "ALERT_FROM": "alerts@harbor.example",
    }
    world = open_world(folder, database, **(options | settings))
    ana = _ana(world, folder if database is None else None)
    carrier = Carrier(ACCOUNT_SID, ACCOUNT_SID, AUTH_TOKEN, box.base, 4, (2.0, 2.0))
    runtime = replace(world.runtime, carrier=carrier)
    server = make_server("127.0.0.1", port, create_app(runtime), threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield Rounds(world, runtime, box, mailbox, ana)
    finally:
        server.shutdown()
        mailbox.close()
        carrier.close()
        world.runtime.database.engine.dispose()


def _ana(world: World, folder: Path | None) -> Phone:
    """Ana, who has joined and read everything: a copy of a file made once, where the database is a file."""
    if folder is None:
        return _settled(world)
    made, now, said = _template()
    shutil.copy(made, folder / "smsbot.db")
    world.watch.to(now)
    return Phone(world, said=list(said), sids=100)


@cache
def _template() -> tuple[Path, datetime, tuple[Text, ...]]:
    folder = Path(mkdtemp(prefix="smsbot-paging-"))
    world = open_world(folder)
    ana = _settled(world)
    world.runtime.database.engine.dispose()
    return folder / "smsbot.db", world.watch.now, tuple(ana.said)


def _settled(world: World) -> Phone:
    ana = joined(world)
    with world.runtime.database.write() as db:
        for row in db.exec(select(Message)).all():
            row.state, row.due_at, row.check_at = "delivered", None, None
    return ana
