"""Scripted calls as plain text: what the caller does is read from a file, what the line says is written after it.

# Keep.                             one call story
caller    Ana                       Ana, Ana in Spanish, or a number nobody enrolled
clinic    dial_988, open            settings of the clinic's line; its hours now
code      4826                      the caller's code, if there is one
asked     intention                 the flow whose question has just been texted
>  calls                            what the caller does; every other line says what came of it
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlmodel import col, func, select

from smsbot import talk
from smsbot.calls.code import set_code
from smsbot.models import Alert, Answer, Call, Consent, Conversation, Message, Patient, Task, VoiceNote
from smsbot.sandbox.voice import Gathering
from smsbot.vault import Sealer
from tests.api_support import ANA, World
from tests.calls_support import CallCarrier, Handset, joined_world, ready_phone, ring
from tests.phone_support import Phone

FOLDER = Path(__file__).parent / "transcripts" / "calls"
OPEN_HOUR = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # Monday, 10:00 in New York
STRANGER = "+14155550188"
HEADS = ("caller", "clinic", "code", "asked")


@dataclass
class Story:
    """One story of a file: its title, its settings, and what is done, in order."""

    file: str
    title: str
    settings: dict[str, str]
    acts: list[str]
    text: str


def stories() -> Iterator[Story]:
    """Every story of every file."""
    for path in sorted(FOLDER.glob("*.txt")):
        for block in re.split(r"\n(?=# )", path.read_text("utf-8").strip() + "\n"):
            lines = block.strip().splitlines()
            heads = [re.split(r"\s{2,}", line, maxsplit=1) for line in lines[1:]]
            settings = {head[0]: head[1] for head in heads if head[0] in HEADS and len(head) > 1}
            acts = [line[1:].strip() for line in lines if line.startswith(">")]
            yield Story(path.name, lines[0][2:], settings, acts, block.strip() + "\n")


def world_for(story: Story, folder: Path) -> World:
    """A world where the caller has joined, or nobody has."""
    who = story.settings.get("caller", "Ana")
    return joined_world(folder, ("es" if "Spanish" in who else "en") if "Ana" in who else "")


@dataclass
class Teller:
    """Plays a story in a world and writes it down as the file should read."""

    world: World
    story: Story
    lines: list[str] = field(default_factory=list)
    carrier: CallCarrier = field(default_factory=CallCarrier)
    phone: Phone | None = None
    handset: Handset = field(init=False)
    there_before: set[uuid.UUID] = field(default_factory=set)

    def tell(self) -> str:
        """The whole story as it happened."""
        self.begin()
        for act in self.story.acts:
            self.lines.append(f">  {act}")
            for line in self.act(act):
                self.lines.append(f"<  {line}")
            self.texts()
        self.lines += [f"{name:<10}{value}" for name, value in self.facts()]
        return "\n".join(self.lines) + "\n"

    def begin(self) -> None:
        story = self.story
        self.lines = [f"# {story.title}", *(f"{name:<10}{value}" for name, value in story.settings.items()), ""]
        who = story.settings.get("caller", "Ana")
        object.__setattr__(self.world.runtime, "carrier", self.carrier)
        switches = story.settings.get("clinic", "").replace(",", " ").split()
        with self.world.desk() as desk:
            voice = {"dial_988": "dial_988" in switches, "transfer": "no_transfer" not in switches}
            desk.clinic.settings = {"voice": voice | ({"note_seconds": 600} if "long" in switches else {})}
            desk.db.add(desk.clinic)
        if "Ana" in who:
            self.phone = ready_phone(self.world)
            self.code()
        if "open" in switches:
            self.world.watch.to(OPEN_HOUR)
        with self.world.runtime.database.read() as db:
            self.there_before = {row.id for model, _, _ in LEFT for row in db.exec(select(model)).all()}
        if "asked" in story.settings:
            self.ask(story.settings["asked"])
        self.handset = Handset(self.world, ANA if "Ana" in who else STRANGER if who == "stranger" else "anonymous")

    def code(self) -> None:
        wanted = self.story.settings.get("code")
        if wanted:
            with self.world.desk() as desk:
                patient = desk.db.exec(select(Patient)).one()
                set_code(desk.keys.patient(patient.id, patient.wrapped_key), patient, wanted)

    def ask(self, flow: str) -> None:
        with self.world.desk() as desk:
            talk.begin(desk.scope(desk.db.exec(select(Patient)).one()), flow)
        self.texts()

    def act(self, act: str) -> list[str]:
        """Do one thing and return what was heard."""
        for pattern, do in ACTS:
            found = re.fullmatch(pattern, act)
            if found:
                return do(self, *found.groups()) or []
        raise AssertionError(f"{self.story.file}: nobody knows how to '{act}'")

    def texts(self) -> None:
        if self.phone is None:
            return
        with self.world.runtime.database.read() as db:
            known = db.exec(select(func.count()).select_from(Message)).one()
        if known != len(self.phone.said):
            self.lines += [f"sms  {text.body}" for text in self.phone.fresh()]

    # What can be done.

    def text(self, body: str) -> list[str]:
        assert self.phone is not None
        self.lines += [f"sms  {text.body}" for text in self.phone.text(body)]
        return []

    def wait(self, count: str, unit: str) -> list[str]:
        span = timedelta(**{{"s": "seconds", "min": "minutes", "h": "hours"}[unit]: int(count)})
        if self.phone is not None:
            self.lines += [f"sms  {text.body}" for text in self.phone.wait(seconds=span.total_seconds())]
        else:
            self.world.watch.on(seconds=span.total_seconds())
        return []

    def rings(self) -> list[str]:
        before = len(self.carrier.asked)
        ring(self.world)
        made = self.carrier.asked[before:]
        return [f"(the line rings {each['to']})" for each in made] or ["(nothing rings)"]

    def answered(self, by: str) -> list[str]:
        asked = self.carrier.asked[-1]
        return self.handset.answer(asked["url"], asked["sid"], by)

    def unanswered(self, status: str) -> list[str]:
        asked = self.carrier.asked[-1]
        self.handset.sid, self.handset.direction = asked["sid"], "outbound-api"
        self.handset.status(status, asked["status"])
        return []

    def cut_off(self, seconds: int) -> list[str]:
        return self.handset.record(seconds, "hangup", late=True)

    def said(self, words: str) -> list[str]:
        return self.handset.say(words)

    def arrived(self) -> list[str]:
        """The recording has been fetched and sealed, as the worker does."""
        with self.world.runtime.database.write() as db:
            for note in db.exec(select(VoiceNote)).all():
                note.state, note.playable, note.digest = "stored", True, "d"
                db.add(note)
        return []

    # What is left in the record.

    def facts(self) -> Iterator[tuple[str, str]]:
        """What stands in the tables afterwards, apart from what was there when the story began."""
        with self.world.runtime.database.read() as db:
            for model, order, told in LEFT:
                for row in db.exec(select(model).order_by(col(order))).all():
                    if row.id not in self.there_before:
                        yield from told(self, row)

    def answer(self, answer: Answer) -> Iterator[tuple[str, str]]:
        if answer.superseded_at is None:
            yield "answer", f"{answer.name} = {self.opened(answer) or '(spoken)'}"

    def opened(self, answer: Answer) -> str:
        with self.world.runtime.database.read() as db:
            patient = db.exec(select(Patient)).one()
            sealer: Sealer = self.world.keys(db).patient(patient.id, patient.wrapped_key)
            return sealer.open("answer", "value_sealed", answer.id, answer.value_sealed)


def _note(_: Teller, note: VoiceNote) -> Iterator[tuple[str, str]]:
    length = f", {note.seconds} s" if note.seconds is not None else ""
    yield "note", f"{note.state}{length}{' for a question' if note.conversation_id else ''}"


def _call(_: Teller, call: Call) -> Iterator[tuple[str, str]]:
    yield "call", f"{call.direction} {call.state}" + (f": {call.why}" if call.why else "")


LEFT: list[tuple[Any, Any, Callable[[Teller, Any], Iterator[tuple[str, str]]]]] = [
    (VoiceNote, VoiceNote.at, _note),
    (Alert, Alert.opened_at, lambda _, row: iter([("alert", f"tier {row.tier}, {row.kind}")])),
    (Consent, Consent.at, lambda _, row: iter([("ledger", f"{row.kind} {row.action} by {row.channel}")])),
    (Task, Task.created_at, lambda _, row: iter([("task", f"{row.kind} ({row.reason})")])),
    (Conversation, Conversation.opened_at, lambda _, row: iter([("talk", f"{row.flow}: {row.ended_as or row.state}")])),
    (Answer, Answer.at, Teller.answer),
    (Call, Call.started_at, _call),
]
ACTS: list[tuple[str, Callable[..., list[str] | None]]] = [
    (r"calls", lambda told: told.handset.dial()),
    (r"presses (\S+)", lambda told, keys: told.handset.press(keys)),
    (r'says "(.+)"', Teller.said),
    (r"says nothing", lambda told: told.handset.silence()),
    (r"speaks for (\d+) s, then (\S)", lambda told, length, key: told.handset.record(int(length), key)),
    (r"speaks for (\d+) s, then falls silent", lambda told, length: told.handset.record(int(length) + 15, "")),
    (r"speaks for (\d+) s, then hangs up", lambda told, length: told.handset.record(int(length), "hangup")),
    (r"speaks for (\d+) s, then hangs up; the end is told first", lambda told, length: told.cut_off(int(length))),
    (r"presses # right at the tone", lambda told: told.handset.pound_at_the_tone()),
    (r"hangs up before the tone", lambda told: told.handset.hang_up_at_the_prompt()),
    (r"hangs up", lambda told: told.handset.hang_up()),
    (r"loses the line", lambda told: told.handset.drop()),
    (r"the carrier says the call is over", lambda told: told.handset.status("completed")),
    (r"the other phone: (\S+)", lambda told, status: told.handset.dialed(status)),
    (r'texts "(.+)"', Teller.text),
    (r"(\d+) (s|min|h) pass", Teller.wait),
    (r"the line's turn", Teller.rings),
    (r"picks up", lambda told: told.answered("human")),
    (r"a machine picks up", lambda told: told.answered("machine_start")),
    (r"the phone is busy", lambda told: told.unanswered("busy")),
    (r"nobody picks up", lambda told: told.unanswered("no-answer")),
    (r"the recording arrives", Teller.arrived),
    (r"every request comes (\d+) times", lambda told, copies: setattr(told.handset, "copies", int(copies))),
    (r"takes keys and speech", lambda told: [str(isinstance(told.handset.waiting, Gathering))]),
]
