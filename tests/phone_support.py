"""A phone in a patient's hand, on the real inbox and clock functions: write, wait, and read what came back."""

import uuid
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import timedelta

from sqlmodel import col, func, select

from smsbot import inbox, schedule
from smsbot.carrier.inbound import InboundText, Media
from smsbot.inbox import Reply
from smsbot.models import Conversation, Message, Patient, Touch
from smsbot.store import clinics, messages, turns
from tests.api_support import ANA, World, begun

HARBOR = "+15005550006"


@dataclass
class Text:
    """One text as the patient reads it."""

    body: str
    line: str
    flow: str
    via: str
    purpose: str
    priority: int
    row: uuid.UUID


@dataclass
class Phone:
    """`said` collects every text to this number in order."""

    world: World
    number: str = ANA
    to: str = HARBOR
    sids: int = 0
    said: list[Text] = field(default_factory=list)

    def text(self, body: str, *, sid: str | None = None, media: int = 0, opt_out: str | None = None) -> list[Text]:
        """Send a text and return what was queued because of it."""
        self.reply(body, sid=sid, media=media, opt_out=opt_out)
        return self.fresh()

    def reply(self, body: str, *, sid: str | None = None, media: int = 0, opt_out: str | None = None) -> Reply:
        """Send a text and return the webhook's own answer."""
        self.sids += 1
        name = sid or f"SM{self.number[-4:]}{self.sids:028d}"
        files = tuple(Media(f"ME{n:032d}", "image/jpeg") for n in range(media))
        text = InboundText(name, "AC" + "0" * 32, self.number, self.to, body, files, opt_out)  # type: ignore[arg-type]
        with self.world.runtime.database.write() as db:
            reply = inbox.receive(self.world.runtime, db, text)
        assert reply is not None
        return reply

    def wait(self, **by: float) -> list[Text]:
        """Let time pass, due instant by due instant, and return the texts it brought."""
        end = self.world.watch.now + timedelta(**by)
        for _ in range(500):
            self._drain()
            upcoming = self._next_due()
            if upcoming is None or upcoming > end:
                break
            self.world.watch.to(max(upcoming, self.world.watch.now))
        self.world.watch.to(end)
        self._drain()
        return self.fresh()

    def _drain(self) -> None:
        for _ in range(20):
            settled, _ = inbox.rest(self.world.runtime)
            released, _ = schedule.release(self.world.runtime)
            if not settled and not released:
                return

    def _next_due(self):  # type: ignore[no-untyped-def]
        now = self.world.watch.now
        with self.world.runtime.database.read() as db:
            kinds = (Conversation.due_at, Touch.due_at)
            found = [db.exec(select(func.min(col(kind))).where(col(kind) > now)).first() for kind in kinds]
        return min((at for at in found if at is not None), default=None)

    def fresh(self) -> list[Text]:
        """Texts to this patient that were not read yet."""
        known = {text.row for text in self.said}
        with self.world.runtime.database.read() as db:
            keys = self.world.keys(db, clinics.by_number(db, self.to).id)  # type: ignore[union-attr]
            rows = db.exec(select(Message).order_by(col(Message.created_at), col(Message.seq), col(Message.id))).all()
            new = []
            for row in rows:
                to, body = messages.opened(db, keys, row) if row.clinic_id == keys.clinic_id else ("", "")
                if row.id not in known and to == self.number:
                    new.append(Text(body, row.line, row.flow, row.via, row.purpose, row.priority, row.id))
        self.said += new
        return new

    def lines(self, *bodies: str) -> list[str]:
        """Send texts one after another (settled each time) and return the names of the lines that came back."""
        found = []
        for body in bodies:
            found += [text.line for text in self.text(body)]
            found += [text.line for text in self.wait(seconds=46)]
        return found

    def patient(self) -> Patient:
        """The row behind this number."""
        with self.world.runtime.database.read() as db:
            keys = self.world.keys(db, clinics.by_number(db, self.to).id)  # type: ignore[union-attr]
            found, *_ = turns.lock_phone(db, keys, keys.phone_index(self.number))
            return found


def joined(world: World, **changes: object) -> Phone:
    """Ana, enrolled and through the double opt-in and the preference questions."""

    def steps() -> tuple[int, list[Text]]:
        world.enroll(**changes)
        phone = Phone(world)
        phone.wait(minutes=1)
        phone.text("YES")
        for answer in ("1", "3", "1"):
            phone.text(answer)
        phone.wait(seconds=50)
        return phone.sids, phone.said

    sids, said = begun(world, steps, "joined", changes)
    return Phone(world, sids=sids, said=deepcopy(said))
