"""One phone for two: Sol and Max, enrolled at Harbor, each with a nickname, and what each of them has on record."""

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import col, select

from smsbot import scope as scopes
from smsbot import talk
from smsbot.calls.code import set_code
from smsbot.models import Inbound, JournalEntry, Patient, Task
from smsbot.store import clinics, messages, patients
from tests.api_support import World, begun
from tests.phone_support import Phone, Text, joined

SOL, MAX = "Sol", "Max"


@dataclass
class Two:
    """A phone that Sol had first; both have said YES and answered the first questions."""

    phone: Phone
    ids: dict[str, object] = field(default_factory=dict)

    @property
    def world(self) -> World:
        return self.phone.world

    def said(self, *bodies: str) -> list[str]:
        """What comes back to these texts, as "Nickname: line"; a text without a nickname is the line alone."""
        return [shown(text) for body in bodies for text in self.phone.text(body)]

    def of(self, who: str) -> Patient:
        """The row of one of the two."""
        with self.world.runtime.database.read() as db:
            return db.get_one(Patient, self.ids[who])

    def wrote(self, who: str | None) -> list[str]:
        """The words on one's record, oldest first; None for what nobody has put a name to."""
        wanted = select(Inbound).order_by(col(Inbound.received_at), col(Inbound.id))
        return self._opened(wanted, Inbound, "inbound", "body_sealed", who)

    def kept(self, who: str) -> list[str]:
        """One's journal."""
        return self._opened(select(JournalEntry), JournalEntry, "journal_entry", "words_sealed", who)

    def _opened(self, wanted, model, table: str, column: str, who: str | None) -> list[str]:  # type: ignore[no-untyped-def]
        patient = self.ids[who] if who else None
        with self.world.runtime.database.read() as db:
            keys = self.world.keys(db)
            sealer = messages.sealer_of(db, keys, patient)  # type: ignore[arg-type]
            rows = [row for row in db.exec(wanted).all() if row.patient_id == patient]
            return [sealer.open(table, column, row.id, getattr(row, column)) for row in rows]

    def begin(self, who: str, flow: str) -> list[str]:
        """Open a flow with one of the two, as a due touch would."""
        world = self.world
        with world.runtime.database.write() as db:
            keys = world.keys(db)
            scope = scopes.of_patient(world.runtime, db, keys, clinics.get(db, world.harbor), self.of(who).id)
            talk.begin(scope, flow)
        return [shown(text) for text in self.phone.fresh()]

    def ask_both(self) -> None:
        """A question is open with each of them, and nobody has written for more than a day."""
        self.phone.wait(hours=30)
        for who in (SOL, MAX):
            self.begin(who, "small_win")

    def hold_one(self, body: str) -> None:
        """A text that may be either's."""
        self.ask_both()
        assert self.said(body) == ["who_wrote"]

    def rows(self, model: type) -> list:  # type: ignore[type-arg]
        """Every row of a table."""
        with self.world.runtime.database.read() as db:
            return list(db.exec(select(model)).all())

    def give_code(self, who: str, code: str) -> None:
        """The clinic gives one of them a code for the phone line."""
        with self.world.desk() as desk:
            patient = patients.get(desk.db, desk.keys, self.of(who).id)
            set_code(desk.keys.patient(patient.id, patient.wrapped_key), patient, code)

    def tasks(self) -> list[tuple[str, str]]:
        """(kind, state) of every item on the work list."""
        with self.world.runtime.database.read() as db:
            return [(task.kind, task.state) for task in db.exec(select(Task).order_by(col(Task.created_at))).all()]


def shown(text: Text) -> str:
    name = next((name for name in (SOL, MAX) if text.body.startswith(f"{name}: ")), None)
    return f"{name}: {text.line}" if name else text.line


def two(world: World, **changes: object) -> Two:
    """Sol is a patient; then Max comes to the same phone."""

    def steps() -> tuple[int, list[Text], dict[str, object]]:
        phone = joined(world)
        ids: dict[str, object] = {SOL: phone.patient().id}
        asked = {"nickname": MAX, "other_nickname": SOL, "first_name": "Maxim", "birth_date": date(1990, 2, 3)}
        ids[MAX] = world.enroll(**(asked | changes)).id
        phone.wait(minutes=5)
        for answer in ("Max: YES", "Max 3", "max, 1"):
            phone.text(answer)
            phone.wait(seconds=50)
        return phone.sids, phone.said, ids

    sids, said, ids = begun(world, steps, "two", changes)
    return Two(Phone(world, sids=sids, said=deepcopy(said)), dict(ids))
