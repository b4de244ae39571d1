"""What makes an alert, what makes it page, and when a patient may be told that the clinic is being told."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from smsbot import contacts, incidents, rota
from smsbot.contacts import NewContact
from smsbot.models import Alert, Inbound, Message, Patient, PatientStatus, Task
from smsbot.store import machine, paging
from tests.api_support import NOW, World
from tests.phone_support import Phone, joined

CRY = "I want to die"


@pytest.fixture
def ana(world: World) -> Phone:
    """Ana at a clinic whose pager is proven: Dana is on call, and a worker lives."""
    found = joined(world)
    with world.desk() as desk:
        contacts.add(desk, NewContact("oncall", 1, "Dana", "+16175550121"))
        paging.prove(desk.db, desk.clinic.id, desk.runtime.machine())
    beat(found)
    return found


def beat(ana: Phone) -> None:
    with ana.world.desk() as desk:
        machine.beat(desk.db, "worker:1", "worker", desk.runtime.machine())


def rows(ana: Phone, model: type, *where: object) -> list:  # type: ignore[type-arg]
    with ana.world.runtime.database.read() as db:
        return list(db.exec(select(model).where(*where)).all())


def alert(ana: Phone) -> Alert:
    found: Alert = rows(ana, Alert, col(Alert.kind) != "test")[0]
    return found


def answer(ana: Phone, body: str = CRY) -> str:
    return ana.text(body)[0].line


def test_with_people_on_call_and_a_proven_pager_the_clinic_is_being_told(ana: Phone) -> None:
    assert answer(ana) == "crs_2"


def test_an_alert_is_due_at_once_and_the_pager_is_rung_for(ana: Phone) -> None:
    reply = ana.reply(CRY)
    assert reply.rings[0] == "page"
    assert alert(ana).due_at == alert(ana).paged_at == ana.world.watch.now


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda ana: ana.world.watch.on(seconds=61), "crs_2b"),  # nobody lives to page
        (lambda ana: (ana.world.watch.on(days=9), beat(ana)), "crs_2b"),  # proven too long ago
        (lambda ana: (ana.world.watch.on(days=7), beat(ana)), "crs_2"),
    ],
)
def test_a_dead_or_unproven_pager_is_no_promise(ana: Phone, change, line: str) -> None:  # type: ignore[no-untyped-def]
    change(ana)
    assert answer(ana) == line


def test_nobody_on_duty_is_no_promise_though_everybody_is_tried(ana: Phone) -> None:
    with ana.world.desk() as desk:
        (dana,) = paging.contacts(desk.db, desk.keys)
        contacts.put_on_call(desk, dana.row.id, ["sat=10:00-11:00"], [])
    assert answer(ana) == "crs_2b"
    assert alert(ana).due_at is not None


def test_a_complaint_about_staff_is_told_only_where_a_lead_is_on_the_list(ana: Phone) -> None:
    complaint = "the nurse touched me and it was not ok"
    assert answer(ana, complaint) == "cmp_1b"
    found = alert(ana)
    assert (found.lead_only, found.due_at is not None) == (True, True)


def test_the_second_unclear_text_within_a_week_is_tier_3(ana: Phone) -> None:
    first = answer(ana, "this is killing me lol")
    ana.wait(seconds=30)
    ana.text("1")
    ana.wait(days=3)
    second = answer(ana, "this is killing me lol")
    assert (first, second) == ("check", "crs_3")
    assert rows(ana, Task, col(Task.kind) == "distress")
    with ana.world.runtime.database.read() as db:
        assert db.exec(select(Patient.upbeat_hold_until)).one() is not None


def test_an_unclear_text_eight_days_later_is_asked_about_again(ana: Phone) -> None:
    assert answer(ana, "this is killing me lol") == "check"
    ana.wait(seconds=30)
    ana.text("1")
    with ana.world.runtime.database.write() as db:
        for row in db.exec(select(Inbound).where(col(Inbound.tier) == 4)).all():
            row.received_at -= timedelta(days=8)
    ana.wait(minutes=61)
    assert answer(ana, "this is killing me lol") == "check"


def test_a_higher_tier_pages_again_and_the_same_one_does_not(ana: Phone) -> None:
    ana.text(CRY)
    first = alert(ana).paged_at
    ana.wait(minutes=2)
    ana.text("still I want to die")
    assert alert(ana).paged_at == first
    ana.text("I am going to kill myself tonight")
    assert (alert(ana).tier, alert(ana).paged_at) == (1, ana.world.watch.now)


def test_a_picture_while_an_alert_is_open_is_part_of_it_and_pages_again_once_somebody_has_it(ana: Phone) -> None:
    ana.text(CRY)
    ana.text("", media=1)
    assert len(alert(ana).inbounds) == 2
    with ana.world.desk(actor="contact:someone") as desk:
        incidents.acknowledge(desk, alert(ana).id, by_phone=True)
    ana.text("", media=1)
    assert (alert(ana).state, len(alert(ana).inbounds)) == ("open", 3)


def test_a_closed_clinic_without_night_cover_is_paged_when_it_opens(world: World) -> None:
    with world.desk() as desk:
        desk.clinic.after_hours = "none"
        desk.clinic.hours = {"mon": ["09:00-17:00"]}
    ana = joined(world)  # a Sunday
    assert answer(ana) == "crs_2n"
    assert alert(ana).due_at == NOW.replace(day=23, hour=14)


def test_nothing_resumes_before_a_person_says_so_and_then_softly(ana: Phone) -> None:
    ana.text(CRY)
    with ana.world.desk(actor="contact:someone") as desk:
        incidents.acknowledge(desk, alert(ana).id, by_phone=True)
    ana.wait(days=2)
    assert ana.patient().status == PatientStatus.FROZEN
    assert not rows(ana, Message, col(Message.line) == "crs_7")
    with ana.world.desk() as desk:
        incidents.resolve(desk, alert(ana).id, outcome="spoke", resume="gentle", welcome=True)
    (soft,) = rows(ana, Message, col(Message.line) == "crs_7")
    assert (soft.priority, ana.patient().status, ana.patient().pace) == (0, PatientStatus.ACTIVE, "key")
    assert alert(ana).due_at is None


def test_unable_to_reach_keeps_the_case_open_and_frozen(ana: Phone) -> None:
    ana.text(CRY)
    with ana.world.desk() as desk:
        incidents.resolve(desk, alert(ana).id, outcome="unable_to_reach", resume="paused", note="tried at 9")
    assert (alert(ana).state, ana.patient().status) == ("acknowledged", PatientStatus.FROZEN)


def test_coverage_is_said_in_sentences(world: World) -> None:
    with world.desk() as desk:
        assert contacts.coverage(desk)[0].startswith("Nobody is on call:")
        contacts.add(
            desk, NewContact("oncall", 1, "Dana", "+16175550121", rota=rota.parse(["mon-fri=00:00-24:00"], []))
        )
        said = contacts.coverage(desk)
    assert said[0].startswith("Dana (oncall) is on call Mon 00:00-24:00;")
    assert any(sentence.startswith("Nobody is on call Sat Nov 28 00:00 to") for sentence in said)
