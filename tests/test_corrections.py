"""One's own words changed and put away by text: both versions kept, nothing put away is said back."""

from pathlib import Path

import pytest
from sqlmodel import col, select

from smsbot import corrections
from smsbot.models import Answer, JournalEntry
from smsbot.scope import Scope
from tests.optout_support import copied
from tests.phone_support import Phone
from tests.test_own_voice import said_by, with_scope


@pytest.fixture
def ana(tmp_path: Path) -> Phone:
    return copied(tmp_path)[1]


def intention(ana: Phone, words: str) -> None:
    with_scope(ana, lambda scope: setattr(scope.person, "discreet", False))
    assert said_by(ana, "intention") == ["elicit"]
    ana.lines(words, "1")


def kept(ana: Phone) -> tuple[str, str | None]:
    """Her newest intention as it stands, and as it was first said."""

    def read(scope: Scope) -> tuple[str, str | None]:
        row = scope.db.exec(select(Answer).where(Answer.name == "intention")).one()
        sealed = row.original_sealed
        first = scope.sealer.open("answer", "original_sealed", row.id, sealed) if sealed else None
        return scope.sealer.open("answer", "value_sealed", row.id, row.value_sealed), first

    found: tuple[str, str | None] = with_scope(ana, read)
    return found


def test_the_last_words_are_quoted_changed_and_both_kept(ana: Phone) -> None:
    intention(ana, "to be kinder")
    assert ana.text("MY WORDS")[0].body.startswith('The last words you kept: "to be kinder".')
    assert ana.lines("1", "to be kinder to myself") == ["words", "changed"]
    assert kept(ana) == ("to be kinder to myself", "to be kinder")
    ana.lines("MY WORDS", "1", "to be kind")
    assert kept(ana) == ("to be kind", "to be kinder")


def test_what_is_put_away_is_not_said_back_until_it_is_brought_back(ana: Phone) -> None:
    intention(ana, "to be kinder")
    assert ana.lines("hide my words", "2") == ["choose", "gone"]
    assert "kinder" not in arrival(ana)
    assert ana.lines("MY WORDS", "1") == ["away", "back"]
    assert "kinder" in arrival(ana)


def arrival(ana: Phone) -> str:
    before = len(ana.said)
    assert said_by(ana, "arrival") == ["timed"]
    return ana.said[before].body


@pytest.mark.long
def test_a_journal_entry_is_changed_like_an_answer(ana: Phone) -> None:
    ana.lines("a good day with my dog")
    assert ana.lines("MY WORDS", "1", "a very good day with my dog")[-1] == "changed"
    with ana.world.runtime.database.read() as db:
        row = db.exec(select(JournalEntry).where(JournalEntry.kind == "text")).one()
        assert row.corrected_at is not None
        assert row.original_sealed is not None


def test_danger_in_new_words_is_heard_and_changes_nothing(ana: Phone) -> None:
    intention(ana, "to be kinder")
    ana.lines("MY WORDS", "1")
    assert ana.text("I want to kill myself")[0].purpose == "crisis"
    assert kept(ana) == ("to be kinder", None)


def test_words_that_raised_an_alert_are_not_changed(ana: Phone) -> None:
    ana.lines("a good day with my dog", "I want to kill myself")
    with ana.world.runtime.database.read() as db:
        flagged = [row.flagged for row in db.exec(select(JournalEntry).order_by(col(JournalEntry.at))).all()]
    assert flagged[0] is False
    assert with_scope(ana, newest) == "a good day with my dog"


def newest(scope: Scope) -> str | None:
    row = corrections.newest(scope)
    return corrections.words(scope, row) if row else None


def test_private_words_are_not_quoted_and_can_be_changed(ana: Phone) -> None:
    intention(ana, "to be kinder")
    ana.lines("PRIVATE")
    asked = ana.text("MY WORDS")[0]
    assert (asked.line, "kinder" in asked.body) == ("choose", False)
    ana.lines("1", "to be kinder to myself")
    assert kept(ana) == ("to be kinder to myself", "to be kinder")
    with ana.world.runtime.database.read() as db:
        assert [row.hidden for row in db.exec(select(Answer).where(Answer.name == "intention")).all()] == [True]
