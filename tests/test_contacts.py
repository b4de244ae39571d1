"""A list that has changed is not known to reach anybody until a page has arrived again."""

import uuid
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from smsbot import contacts
from smsbot.cli.checkup import pager
from smsbot.contacts import NewContact
from smsbot.models import AlertState, AlertStep
from smsbot.store import machine, paging
from tests.api_support import World
from tests.phone_support import Phone, joined

CRY = "I am going to kill myself tonight"
KINDS = ("oncall", "second", "lead", "operator")


@pytest.fixture
def ana(world: World) -> Phone:
    """Somebody at a clinic whose pager is proven."""
    phone = joined(world)
    with world.desk() as desk:
        for number, kind in enumerate(KINDS):
            contacts.add(desk, NewContact(kind, 1, kind, f"+1617555012{number}"))
        test = contacts.test_now(desk)
        test.state, test.outcome, test.due_at = AlertState.RESOLVED, "answered", None
    prove(world)
    return phone


def prove(world: World) -> None:
    """A page has arrived, and a worker is alive."""
    with world.desk() as desk:
        paging.prove(desk.db, desk.clinic.id, desk.runtime.machine())
        machine.beat(desk.db, "worker:1", "worker", desk.runtime.machine())


def who(world: World, kind: str) -> uuid.UUID:
    with world.desk() as desk:
        return next(each.row.id for each in paging.contacts(desk.db, desk.keys) if each.row.kind == kind)


def change(world: World, kind: str, **values: Any) -> None:
    contact = who(world, kind)
    with world.desk() as desk:
        contacts.change(desk, contact, replace(contacts.one(desk, contact), **values))


def works(world: World) -> bool:
    with world.desk() as desk:
        return paging.works(desk.db, desk.clinic.id, desk.runtime.machine())


def blockers(world: World) -> list[str]:
    with world.desk() as desk:
        found = pager.clinic_findings(desk, world.runtime.settings)
        return [each.said for each in found if each.what.endswith("test page") and each.state == "fault"]


def test_after_a_number_has_changed_nobody_is_told_that_the_clinic_knows_until_a_page_arrives(ana: Phone) -> None:
    change(ana.world, "oncall", phone="+16175550199")
    assert [text.line for text in ana.text(CRY)] == ["crs_1b"]


def test_while_the_list_stands_as_it_was_tested_they_are_told(ana: Phone) -> None:
    assert [text.line for text in ana.text(CRY)] == ["crs_1"]


@pytest.mark.parametrize("kind", ["oncall", "second", "lead"])
def test_a_changed_number_keeps_a_clinic_from_going_live_until_the_next_test(ana: Phone, kind: str) -> None:
    assert blockers(ana.world) == []
    change(ana.world, kind, phone="+16175550199")
    assert blockers(ana.world) == [
        "A number on the list has changed, or the last pages failed: none is known to arrive since."
    ]
    prove(ana.world)
    assert (blockers(ana.world), works(ana.world)) == ([], True)


@pytest.mark.parametrize(
    ("kind", "values"),
    [("oncall", {"name": "Dee"}), ("second", {"rank": 2}), ("operator", {"phone": "+16175550199"})],
)
def test_what_says_nothing_about_the_line_leaves_it_proven(ana: Phone, kind: str, values: dict[str, Any]) -> None:
    change(ana.world, kind, **values)
    assert works(ana.world)


def test_the_weekly_test_comes_at_the_next_opening_after_a_change(ana: Phone) -> None:
    with ana.world.desk() as desk:
        contacts.add(desk, NewContact("lead", 2, "Lou", "+16175550150"))
        (test,) = paging.tests(desk.db, desk.keys, AlertState.OPEN)
        test.opened_at = test.paged_at = test.due_at = desk.now + timedelta(days=6)
    change(ana.world, "oncall", phone="+16175550199")
    with ana.world.desk() as desk:
        (test,) = paging.tests(desk.db, desk.keys, AlertState.OPEN)
        assert test.due_at is not None
        assert desk.now < test.due_at < desk.now + timedelta(days=2)


def page_of(world: World, kind: str) -> None:
    """A page has reached somebody."""
    contact = who(world, kind)
    with world.desk() as desk:
        (test, *_) = paging.tests(desk.db, desk.keys, AlertState.RESOLVED)
        desk.db.add(
            AlertStep(
                id=desk.runtime.new_id(),
                clinic_id=desk.clinic.id,
                alert_id=test.id,
                number=0,
                channel="text",
                contact_id=contact,
                state="delivered",
                at=desk.now,
            )
        )


@pytest.mark.parametrize(("reached", "proven"), [("oncall", False), ("second", True)])
def test_taking_the_only_one_off_the_list_whom_pages_reached_leaves_it_unproven(
    ana: Phone, reached: str, proven: bool
) -> None:
    page_of(ana.world, reached)
    gone = who(ana.world, "oncall")
    with ana.world.desk() as desk:
        contacts.remove(desk, gone)
    assert works(ana.world) is proven
