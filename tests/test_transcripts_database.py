"""The same transcripts through the real modules: sealed, stored and read back from the database between turns."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, select, update

from smsbot import engine, talk
from smsbot import scope as scopes
from smsbot.engine import Facts, Heard, Say
from smsbot.models import Answer, Clinic, Conversation, Message
from smsbot.scope import Scope
from smsbot.sessions import Booking
from smsbot.store import clinics, turns
from smsbot.transcripts import Transcript, parse
from tests.api_support import NOW, World, open_world
from tests.phone_support import joined

FILES = sorted((Path(__file__).parent / "transcripts").glob("*.txt"))
# A few of each kind in every run, all of them in the long one.
QUICK = {"welcome", "intention", "gad7", "safety_check", "landing", "day_before", "reflection", "bridge", "comfort"}
QUICK |= {"mood", "journal", "pace_check"}
ALWAYS = {day: ["00:00-23:59"] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
NAMES = ("clinic", "phone", "session_day", "session_time", "n", "closed", "first", "first_name", "echo", "today")


def told(file: Path) -> Iterator[Transcript]:
    """The conversations of a file that are by text."""
    yield from (one for one in parse(file.read_text(encoding="utf-8"), file.name) if one.channel == "text")


def expected(world: World, one: Transcript) -> tuple[list[str], str | None, dict[str, str]]:
    """Line ids, end and kept answers by the engine alone."""
    script = world.runtime.content.scripts[one.flow]
    facts = Facts(one.language, "text", one.echo, one.facts, one.numbers, today=date(2026, 12, 1))
    turn = engine.start(script, facts, one.variant)
    effects = list(turn.effects)
    for event in one.lines:
        if event.who == "us" or turn.state.end is not None:
            continue
        silent = event.who == "silence"
        heard = Heard(event.text, event.kind, event.flagged)
        turn = engine.expire(script, turn.state, facts) if silent else engine.reply(script, turn.state, heard, facts)
        effects += turn.effects
    kept = {effect.name: effect.value for effect in effects if isinstance(effect, engine.Keep)}
    return [effect.line for effect in effects if isinstance(effect, Say)], turn.state.end, kept


def prepare(world: World, one: Transcript) -> None:
    """Put the transcript's facts where the product would find them."""
    with world.runtime.database.write() as db:
        clinic = db.get_one(Clinic, world.harbor)
        clinic.hours = {} if "closed" in one.facts else ALWAYS
        scope = scopes.of_patient(world.runtime, db, world.keys(db), clinic, patient(world))
        scope.person.language = one.language
        scope.person.echo = one.echo or "echo" in one.facts
        scope.person.discreet = scope.person.shared_phone = "others_may_see" in one.facts
        named = "first_name" in one.facts or "first" in one.facts
        row, table = scope.person, "patient"
        row.first_name_sealed = scope.sealer.seal(table, "first_name_sealed", row.id, "Ana") if named else None
        known = {name: value for name, value in one.facts.items() if name not in NAMES}
        before = known.pop("last_insight", None)
        if before:
            known_at(scope, "insight", before, scope.sessions[1].id)
        for name, value in known.items():
            known_at(scope, name, value)
        for name, value in one.numbers.items():
            if name.endswith("_median"):
                for _ in range(3):  # enough of them to be usual
                    known_at(scope, name.removesuffix("_median"), f"{value:g}")


def known_at(scope: Scope, name: str, value: str, session: UUID | None = None) -> None:
    scope.now += timedelta(seconds=1)
    answer = scope.runtime.new_id()
    sealed = scope.sealer.seal("answer", "value_sealed", answer, value)
    row = {"id": answer, "clinic_id": scope.clinic.id, "patient_id": scope.person.id, "flow": "before", "name": name}
    flags = {"flagged": False, "late": False, "hidden": False, "session_id": session or scope.sessions[0].id}
    turns.add_answer(scope.db, row | flags | {"value_sealed": sealed, "at": scope.now})


def patient(world: World):  # type: ignore[no-untyped-def]
    with world.runtime.database.read() as db:
        keys = world.keys(db)
        found, *_ = turns.lock_phone(db, keys, keys.phone_index("+14155550123"))
        assert found is not None
        return found.id


def play(world: World, one: Transcript) -> tuple[list[str], str | None, dict[str, str]]:
    """The conversation through talk, one transaction a turn; what the rows say afterwards."""
    conversation_id = None
    for event in [None, *(event for event in one.lines if event.who != "us")]:
        world.watch.on(minutes=5)
        with world.runtime.database.write() as db:
            keys = world.keys(db)
            scope = scopes.of_patient(world.runtime, db, keys, clinics.get(db, world.harbor), patient(world))
            if event is None:
                session = scope.sessions[0].id
                conversation_id = talk.begin(scope, one.flow, variant=one.variant, session_id=session).id
                continue
            conversation = db.get_one(Conversation, conversation_id)
            if conversation.state == "closed":
                break
            if event.who == "silence":
                talk.expire(scope, conversation)
            else:
                talk.hear(scope, conversation, Heard(event.text, event.kind, event.flagged))
    return read(world, conversation_id)


def read(world: World, conversation_id: object) -> tuple[list[str], str | None, dict[str, str]]:
    with world.runtime.database.read() as db:
        of_it = col(Message.conversation_id) == conversation_id
        lines = db.exec(select(Message.line).where(of_it).order_by(col(Message.seq))).all()
        conversation = db.get_one(Conversation, conversation_id)
        script, state = talk.opened(scope_for(world, db), conversation)
        assert script.flow.name == conversation.flow
        answers = db.exec(
            select(Answer).where(Answer.conversation_id == conversation_id).order_by(col(Answer.at))
        ).all()
        sealer = scope_for(world, db).sealer
        kept = {row.name: sealer.open("answer", "value_sealed", row.id, row.value_sealed) for row in answers}
        return list(lines), state.end, kept


def scope_for(world: World, db) -> Scope:  # type: ignore[no-untyped-def]
    return scopes.of_patient(world.runtime, db, world.keys(db), clinics.get(db, world.harbor), patient(world))


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> World:
    """One enrolled patient; each conversation begins after all others are over."""
    world = open_world(tmp_path_factory.mktemp("transcripts"))
    joined(world, sessions=(Booking(NOW + timedelta(days=9), 60), Booking(NOW + timedelta(days=12), 60)))
    return world


def reset(world: World) -> None:
    """A clean slate for the next conversation: no answers, nobody frozen or stopped."""
    world.watch.on(days=40)
    with world.runtime.database.write() as db:
        scope = scope_for(world, db)
        db.execute(update(Answer).values(name="old", superseded_at=scope.now))
        scope.person.status = "active"


def _run(file: Path) -> Any:
    return pytest.param(file, id=file.stem, marks=() if file.stem in QUICK else (pytest.mark.long,))


@pytest.mark.parametrize("file", [_run(file) for file in FILES])
def test_the_database_between_turns_changes_nothing(ready: World, file: Path) -> None:
    for one in told(file):
        reset(ready)
        prepare(ready, one)
        assert play(ready, one) == expected(ready, one), one.title
