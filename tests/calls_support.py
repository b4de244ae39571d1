"""A phone on the real voice routes: the sandbox's TwiML machine runs each document, and each is checked."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from typing import Any
from urllib.parse import urlencode, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import col, select

from smsbot.calls import placing
from smsbot.carrier import signature
from smsbot.carrier.answers import Placed, Ringing
from smsbot.carrier.errors import Unknown
from smsbot.models import Call
from smsbot.sandbox.twiml import Document, parse
from smsbot.sandbox.voice import (
    Dialed,
    Dialing,
    Ended,
    Fetch,
    Gathering,
    Given,
    Machine,
    Paused,
    Played,
    Pressed,
    Prompt,
    Recorded,
    Recording,
    Said,
    Silent,
    Spoke,
    run,
)
from smsbot.store.db import open_database
from smsbot.web import voice
from tests.api_support import ANA, World, open_world, sharing
from tests.phone_support import HARBOR, Phone, joined
from tests.twiml_grammar import voice_faults

BASE = "http://127.0.0.1:8000"
ACCOUNT = "AC" + "0" * 32


def post(client: FlaskClient, url: str, fields: list[tuple[str, str]], token: str = "token"):  # type: ignore[no-untyped-def]
    """A request as the carrier signs it; `url` is absolute or a path."""
    parts = urlsplit(url)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    return client.post(
        target,
        data=urlencode(fields),
        content_type="application/x-www-form-urlencoded",
        headers={"X-Twilio-Signature": signature.sign(BASE + target, fields, token)},
        environ_overrides={"RAW_URI": target},
    )


@dataclass
class Handset:
    """One call at a time from (or to) one phone; `heard` is what was spoken since the last look."""

    world: World
    number: str = ANA
    to: str = HARBOR
    copies: int = 1  # of each request, as a carrier that retries sends them
    client: FlaskClient = field(init=False)
    sid: str = ""
    direction: str = "inbound"
    heard: list[str] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    waiting: Prompt | None = None
    over: bool = False
    made: int = 0
    last: tuple[str, list[tuple[str, str]]] = ("", [])
    _machine: Machine | None = None

    def __post_init__(self) -> None:
        app = Flask("calls")  # the two blueprints that a call meets, without the portal's pages
        app.register_blueprint(voice.blueprint(self.world.runtime))
        self.client = app.test_client()

    # What the caller does.

    def dial(self) -> list[str]:
        """Call the line."""
        return self._begin(
            f"CA{self.world.runtime.chance.randrange(16**32):032x}", "inbound", Fetch(f"{BASE}/webhooks/voice", "POST")
        )

    def answer(self, url: str, sid: str, by: str = "human") -> list[str]:
        """Pick up a call of the service (or have a machine do so)."""
        return self._begin(sid, "outbound-api", Fetch(url, "POST", (("AnsweredBy", by),)))

    def press(self, digits: str) -> list[str]:
        """Press keys."""
        return self._give(Pressed(digits))

    def say(self, words: str) -> list[str]:
        """Speak where speech is taken."""
        assert isinstance(self.waiting, Gathering), self.waiting
        assert self.waiting.speech
        return self._give(Spoke(words))

    def silence(self) -> list[str]:
        """Do nothing until the time is over."""
        if isinstance(self.waiting, Recording):
            return self.record(self.waiting.timeout, "")
        return self._give(Silent())

    def record(self, seconds: int, key: str = "#", *, late: bool = False) -> list[str]:
        """Speak into a recording, then press a key, fall silent ("") or hang up ("hangup").

        `late` tells of a recording that was cut off only after the call's end.
        """
        assert isinstance(self.waiting, Recording), self.waiting
        sid = f"RE{self.world.runtime.chance.randrange(16**32):032x}"
        length = min(seconds, self.waiting.most)
        recorded = Recorded(f"https://api.twilio.com/Recordings/{sid}", sid, length, key)
        if key != "hangup":
            return self._give(recorded)
        assert self._machine is not None
        fetch = self._machine.send(recorded)
        assert isinstance(fetch, Fetch)
        if late:
            self._ended("completed")
        self._fetch(fetch)
        if not late:
            self._ended("completed")
        return self.fresh()

    def dialed(self, status: str) -> list[str]:
        """How the call that the line placed for us went."""
        assert isinstance(self.waiting, Dialing), self.waiting
        return self._give(Dialed(status, "CA" + "d" * 32, 60))

    def hang_up(self) -> list[str]:
        """Put the phone down."""
        if isinstance(self.waiting, Recording):
            return self.record(4, "hangup")
        self._ended("completed")
        return self.fresh()

    def pound_at_the_tone(self) -> list[str]:
        """End a recording before there is anything in it: the carrier asks nothing, and goes on in the document."""
        assert isinstance(self.waiting, Recording), self.waiting
        return self._give(Silent())

    def hang_up_at_the_prompt(self) -> list[str]:
        """Put the phone down before the tone: nothing is recorded, and nobody tells of a recording."""
        assert isinstance(self.waiting, Recording), self.waiting
        self._ended("completed")
        return self.fresh()

    def drop(self) -> None:
        """The line goes dead, and nobody is told yet."""
        self._machine, self.waiting, self.over = None, None, True

    def fresh(self) -> list[str]:
        """What was heard since the last look."""
        found, self.heard = self.heard, []
        return found

    # How the carrier runs it.

    def status(self, status: str, url: str = f"{BASE}/webhooks/call-status", **more: str) -> None:
        """The call's status callback."""
        fields = [*self.fields(status), ("CallDuration", "30"), ("SequenceNumber", "3"), *more.items()]
        assert post(self.client, url, fields).status_code == 204

    def _begin(self, sid: str, direction: str, first: Fetch) -> list[str]:
        self.sid, self.direction, self.over = sid, direction, False
        document, base = self._fetch(first)
        self._machine = run(document, base)
        self._drive(next(self._machine))
        return self.fresh()

    def _give(self, given: Given) -> list[str]:
        assert self._machine is not None, "the call is over"
        self.waiting = None
        self._drive(self._machine.send(given))
        return self.fresh()

    def _drive(self, prompt: Prompt) -> None:
        assert self._machine is not None
        for _ in range(400):
            match prompt:
                case Said(words, language):
                    self.heard.append(f"({language}) {words}" if language != "en-US" else words)
                case Played(url):
                    self.heard.append(f"(plays {'a guided recording' if 'guided' in url else 'the voice note'})")
                case Paused(seconds):
                    self.heard.append(f"({seconds} s)")
                    self.world.watch.on(seconds=seconds)
                case Recording() | Gathering() | Dialing():
                    self.waiting = prompt
                    if isinstance(prompt, Recording):
                        self.heard.append("(beep)")
                    if isinstance(prompt, Dialing):
                        self.heard.append(f"(dials {prompt.number})")
                    return
                case Ended():
                    self.heard.append("(the line hangs up)")
                    self._ended("completed")
                    return
            prompt = self._machine.send(self._fetch(prompt) if isinstance(prompt, Fetch) else None)
        raise AssertionError("the call goes round in circles")

    def _fetch(self, fetch: Fetch) -> tuple[Document, str]:
        self.last = (fetch.url, [*self.fields("in-progress"), *fetch.params])
        answers = {post(self.client, *self.last).text for _ in range(self.copies)}
        assert len(answers) == 1, "a repeated request was answered otherwise"
        text = answers.pop()
        self.documents.append(text)
        assert voice_faults(text) == [], text
        document = parse(text, "voice", fetch.url)
        assert document.warnings == (), (document.warnings, text)
        self.world.watch.on(seconds=3)
        return document, fetch.url

    def fields(self, status: str) -> list[tuple[str, str]]:
        ends = (self.number, self.to) if self.direction == "inbound" else (self.to, self.number)
        return [
            ("CallSid", self.sid),
            ("AccountSid", ACCOUNT),
            ("From", ends[0]),
            ("To", ends[1]),
            ("CallStatus", status),
            ("Direction", self.direction),
            ("ApiVersion", "2010-04-01"),
        ]

    def _ended(self, status: str) -> None:
        self._machine, self.waiting, self.over = None, None, True
        self.status(status)


@dataclass
class CallCarrier:
    """The part of the carrier that places calls: keeps what it was asked, and can lose its answer or refuse."""

    asked: list[dict[str, Any]] = field(default_factory=list)
    listed: dict[str, Ringing] = field(default_factory=dict)
    faults: list[Exception] = field(default_factory=list)
    takes: list[bool] = field(default_factory=list)  # whether a request that fails was accepted all the same
    blind: bool = False  # whether its list cannot be read
    during: Callable[[], None] = lambda: None

    def call(
        self, to: str, from_: str, url: str, status_callback: str, ring_s: int = 30, detect_machine: bool = True
    ) -> Placed:
        sid = f"CA{uuid.uuid4().hex}"
        fault = self.faults.pop(0) if self.faults else None
        if fault is None or (self.takes.pop(0) if self.takes else False):
            self.asked.append({"to": to, "from": from_, "url": url, "status": status_callback, "sid": sid})
            self.listed[sid] = Ringing(sid, "ringing", None, None)
        self.during()
        if fault is not None:
            raise fault
        return Placed(sid, "queued")

    def calls_to(self, to: str, since: datetime) -> list[Ringing]:
        if self.blind:
            raise Unknown("no answer in time")
        return [self.listed[each["sid"]] for each in self.asked if each["to"] == to]

    def call_now(self, sid: str) -> Ringing | None:
        return self.listed.get(sid)


def joined_world(folder: Path, language: str = "en") -> World:
    """A world where Ana has joined in a language ("" for nobody); joining is played once a run, and copied."""
    shutil.copy(_joined(language), folder / "joined.db")
    database = sharing(open_database(f"sqlite:///{folder / 'joined.db'}", may_lose_on_power_cut=True))
    world = open_world(folder)
    world.runtime.database.engine.dispose()
    object.__setattr__(world.runtime, "database", database)
    object.__setattr__(world.runtime, "chance", Random(7))  # the same prompts each time
    world.watch.on(seconds=110)
    return world


@cache
def _joined(language: str) -> Path:
    folder = Path(mkdtemp(prefix="smsbot-calls-"))
    world = open_world(folder)
    if language:
        joined(world, language=language)
    world.runtime.database.engine.dispose()  # the last connection to close writes everything into the one file
    return folder / "smsbot.db"


def ready_phone(world: World) -> Phone:
    """Ana's phone in a joined world, its earlier texts read."""
    phone = Phone(world, sids=100)
    phone.fresh()
    return phone


def ring(world: World) -> int:
    """Do the duty that places calls; returns how many were due."""
    return placing.place(world.runtime)[0]


def calls_of(world: World) -> list[Call]:
    """Every call, oldest first."""
    with world.runtime.database.read() as db:
        return list(db.exec(select(Call).order_by(col(Call.started_at), col(Call.id))).all())
