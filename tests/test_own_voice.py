"""One's own voice back, before a session too: asked for, behind the code, and never told on a phone others read."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, delete, select

from smsbot import own_voice, schedule, standing, talk
from smsbot import scope as scopes
from smsbot.calls.code import set_code
from smsbot.models import Answer, Consent, Inbound, Patient, Task, Touch, VoiceNote
from smsbot.standing import Changes
from smsbot.store import clinics, patients
from tests.optout_support import copied
from tests.phone_support import Phone


@pytest.fixture
def ana(tmp_path: Path) -> Phone:
    return copied(tmp_path)[1]


def with_scope(ana: Phone, do: Callable[[scopes.Scope], Any]) -> Any:
    """One decision about Ana, committed."""
    with ana.world.runtime.database.write() as db:
        clinic = clinics.get(db, ana.world.harbor)
        scope = scopes.of_patient(ana.world.runtime, db, ana.world.keys(db), clinic, ana.patient().id)
        found = do(scope)
        schedule.conclude(scope)
        return found


def said_by(ana: Phone, flow: str) -> list[str]:
    """The lines a flow about the first session says."""
    with_scope(ana, lambda scope: talk.begin(scope, flow, session_id=scope.sessions[0].id))
    return [text.line for text in ana.fresh()]


def coded(ana: Phone) -> None:
    with ana.world.desk() as desk:
        row = patients.get(desk.db, desk.keys, ana.patient().id, lock=True)
        set_code(desk.keys.patient(row.id, row.wrapped_key), row, "4821")


def changed(ana: Phone, **fields: object) -> None:
    with ana.world.runtime.database.write() as db:
        row = db.exec(select(Patient)).one()
        for name, value in fields.items():
            setattr(row, name, value)


def note(scope: scopes.Scope, **fields: Any) -> VoiceNote:
    """A voice note that can be played."""
    row = VoiceNote(
        id=scope.runtime.new_id(),
        clinic_id=scope.clinic.id,
        patient_id=scope.person.id,
        state="stored",
        playable=True,
        at=scope.now,
        **fields,
    )
    scope.db.add(row)
    return row


def wishes(ana: Phone) -> None:
    """She has a code, has asked to be told, and has kept a note for it."""
    coded(ana)
    ana.lines("MY WORDS", "1")
    with_scope(ana, lambda scope: note(scope, before_at=scope.now))


def ledger(ana: Phone) -> list[tuple[str, str]]:
    with ana.world.runtime.database.read() as db:
        return [(row.kind, row.action) for row in db.exec(select(Consent)).all() if row.kind == "own_voice"]


def test_it_is_asked_for_by_text_and_staff_set_up_the_code(ana: Phone) -> None:
    assert ana.lines("my words", "1") == ["hear", "told"]
    assert ana.patient().own_voice
    assert ledger(ana) == [("own_voice", "granted")]
    with ana.world.runtime.database.read() as db:
        assert "own_voice_code" in [task.kind for task in db.exec(select(Task)).all()]
    assert ana.lines("mis palabras", "2") == ["hear", "not_told"]
    assert not ana.patient().own_voice


def test_staff_take_it_down_and_back(ana: Phone) -> None:
    with ana.world.desk() as desk:
        standing.change(desk, ana.patient().id, Changes(own_voice=True))
    assert (ana.patient().own_voice, ledger(ana)) == (True, [("own_voice", "granted")])
    with ana.world.desk() as desk:
        standing.change(desk, ana.patient().id, Changes(own_voice=False))
    assert (ana.patient().own_voice, ledger(ana)[-1]) == (False, ("own_voice", "withdrawn"))


def test_whoever_has_a_code_needs_nothing_from_staff(ana: Phone) -> None:
    coded(ana)
    ana.lines("MY WORDS", "1")
    with ana.world.runtime.database.read() as db:
        assert [task for task in db.exec(select(Task)).all() if task.kind == "own_voice_code"] == []


def test_the_morning_text_says_that_there_is_something_to_hear(ana: Phone) -> None:
    wishes(ana)
    assert said_by(ana, "morning") == ["own_voice"]
    assert said_by(ana, "comfort_card") == []  # the morning will say it


def test_nothing_is_said_unasked_without_a_code_or_where_others_read(ana: Phone) -> None:
    wishes(ana)
    fits = {"own_voice": True, "pin_sealed": ana.patient().pin_sealed, "pin_misses": 0}
    fits |= {"shared_phone": False, "discreet": False}
    against = {"own_voice": False, "pin_sealed": None, "pin_misses": 5, "shared_phone": True, "discreet": True}
    for name, value in against.items():
        changed(ana, **fits | {name: value})
        assert with_scope(ana, said) is None, name
    changed(ana, **fits)
    assert with_scope(ana, said) == "yes"


def test_with_nothing_in_her_own_voice_nothing_is_said(ana: Phone) -> None:
    coded(ana)
    ana.lines("MY WORDS", "1")
    assert said_by(ana, "morning") == ["sent"]


def test_a_note_with_a_risk_in_it_is_not_offered(ana: Phone) -> None:
    wishes(ana)
    ana.text("I want to kill myself")

    def spoken(scope: scopes.Scope) -> None:
        risk = scope.db.exec(select(Inbound.id).where(Inbound.tier.is_not(None))).one()  # type: ignore[union-attr]
        scope.db.exec(select(VoiceNote)).one().words_id = risk

    with_scope(ana, spoken)
    assert with_scope(ana, said) is None


def said(scope: scopes.Scope) -> str | None:
    return own_voice.this_morning(scope, None)


def spoken_intention(ana: Phone) -> None:
    """An intention given by voice: the recording and the answer are of one instant."""
    ana.text("prompt")
    ana.lines("to be kinder")

    def make(scope: scopes.Scope) -> None:
        answer = scope.db.exec(select(Answer).where(Answer.name == "journal")).one()
        answer.name = "intention"
        note(scope, conversation_id=answer.conversation_id).at = answer.at

    with_scope(ana, make)


def test_a_spoken_intention_counts_until_its_words_are_changed_or_put_away(ana: Phone) -> None:
    coded(ana)
    spoken_intention(ana)
    changed(ana, own_voice=True)
    assert with_scope(ana, said) == "yes"
    ana.lines("MY WORDS", "2")
    assert with_scope(ana, said) is None
    ana.lines("MY WORDS", "1")
    assert with_scope(ana, said) == "yes"
    ana.lines("MY WORDS", "1", "to be kinder to myself")
    assert with_scope(ana, said) is None


def test_an_early_session_has_no_morning_text_so_the_evening_says_it(tmp_path: Path) -> None:
    ana = copied(tmp_path)[1]
    wishes(ana)
    with_scope(ana, lambda scope: scope.db.exec(delete(Touch).where(col(Touch.flow) == "morning")))
    assert said_by(ana, "comfort_card") == ["own_voice"]
