"""Paging end to end: the real client against the sandbox, which rings the phones of the people on the list."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import col

from smsbot.models import AuditEntry, Message
from tests.paging_support import DANA, ELI, Rounds, paging_world
from tests.sandbox_support import Sandbox, shared


@pytest.fixture(scope="module")
def box() -> Sandbox:
    found = shared()
    found.reset(numbers=True)
    return found


@pytest.fixture
def rounds(tmp_path: Path, box: Sandbox) -> Iterator[Rounds]:
    with paging_world(tmp_path, box) as found:
        found.enlist()
        yield found


def test_nobody_answers_then_the_second_contact_takes_it_with_a_key(rounds: Rounds, box: Sandbox) -> None:
    box.phone(DANA, answers="no-answer")
    box.phone(ELI, answers="manual")
    rounds.cry()
    rounds.on(seconds=1)
    rounds.on(minutes=5)
    rounds.on(minutes=5)
    call = box.act(rounds.ringing(ELI), "answer", by="human")
    call = box.act(call, "keys", digits="1")
    assert rounds.alert().acknowledged_by in {f"contact:{key}" for key, name in rounds.people.items() if name == "Eli"}
    assert call["status"] == "completed"
    assert rounds.tried() == [
        (0, "call", "Dana", "unanswered"),
        (0, "email", "Dana", "sent"),
        (0, "text", "Dana", "delivered"),
        (5, "call", "Dana", "unanswered"),
        (10, "call", "Dana", "unanswered"),
        (10, "call", "Eli", "acknowledged"),
        (10, "text", "Dana", "delivered"),
        (10, "text", "Eli", "delivered"),
    ]
    assert rounds.rows(AuditEntry, col(AuditEntry.action) == "alert.acknowledge")
    assert rounds.on(hours=3) == 0
    assert not rounds.rows(Message, col(Message.line) == "crs_6")
    assert box.debugger() == []
