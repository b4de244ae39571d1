"""Texts that came while our webhooks were away are found at the carrier, however long that was, whatever came since."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from smsbot import repair, talk
from smsbot import scope as scopes
from smsbot.carrier.answers import Received
from smsbot.carrier.errors import CarrierError
from smsbot.carrier.inbound import InboundText
from smsbot.models import Alert, CarrierSender, Clinic, ClinicKey, Inbound, Message, Patient, Task
from smsbot.outbox import arming
from smsbot.store import clinics
from tests.api_support import ANA, NOW, World
from tests.phone_support import HARBOR, Phone, joined
from tests.test_inbox import rows

MESA = "+15005550007"
NIGHT = NOW.replace(hour=8) + timedelta(days=1)  # 3:00 in New York
SERVICE, FIRST, SECOND = "MG" + "5" * 32, "+15005550016", "+15005550017"


@dataclass
class Kept:
    """A carrier that has taken texts for us, and is away while `away` names our number."""

    texts: list[Received] = field(default_factory=list)
    away: set[str] = field(default_factory=set)

    def take(self, at: datetime, body: str, to: str = HARBOR, sender: str = ANA) -> None:
        text = InboundText(f"SM{len(self.texts):032d}", "AC" + "0" * 32, sender, to, body)
        self.texts.append(Received(text, at))

    def numbers_of(self, service: str) -> list[str]:
        return [FIRST, SECOND]

    def inbound_since(self, to: str, since: datetime) -> Iterable[Received]:
        if to in self.away:
            raise CarrierError
        return [each for each in self.texts if each.text.to == to and each.created_at >= since]


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
def ana(world: World) -> Phone:
    return joined(world)


def look(phone: Phone, kept: Kept, **by: float) -> None:
    """Let time pass, then look for what was missed."""
    phone.world.watch.on(**by)
    repair.repair(replace(phone.world.runtime, carrier=kept))


def heard(phone: Phone) -> list[str]:
    """The carrier ids of all texts that were heard by repair."""
    return [row.carrier_sid for row in rows(phone.world, Inbound) if row.via in ("repair", "missed")]


def test_a_cry_from_the_middle_of_a_long_outage_is_heard_though_a_later_text_came_first(ana: Phone, kept: Kept) -> None:
    look(ana, kept)
    kept.take(ana.world.watch.now + timedelta(hours=1), "I want to kill myself")
    ana.world.watch.on(hours=3)
    ana.text("are you there?")
    look(ana, kept, minutes=10)
    assert [alert.kind for alert in rows(ana.world, Alert)] == ["suicide"]


def test_a_text_is_heard_once_however_often_we_look(ana: Phone, kept: Kept) -> None:
    kept.take(ana.world.watch.now, "hello")
    for _ in range(3):
        look(ana, kept, minutes=10)
    assert len(heard(ana)) == 1


def test_while_the_carrier_is_away_nothing_is_given_up_and_we_ask_again_within_the_minute(
    ana: Phone, kept: Kept
) -> None:
    look(ana, kept)
    kept.take(ana.world.watch.now + timedelta(minutes=1), "hello")
    kept.away = {HARBOR}
    for _ in range(4):
        look(ana, kept, minutes=20)
    kept.away = set()
    look(ana, kept, seconds=61)
    assert len(heard(ana)) == 1


def test_one_senders_fault_keeps_no_other_from_being_looked_at(ana: Phone, kept: Kept) -> None:
    kept.take(ana.world.watch.now, "hello", to=MESA, sender="+14155550177")
    kept.away = {HARBOR}
    look(ana, kept, minutes=10)
    assert len(heard(ana)) == 1


def test_a_clinic_whose_keys_do_not_open_loses_nothing_and_keeps_nobody_waiting(ana: Phone, kept: Kept) -> None:
    world = ana.world
    kept.take(world.watch.now, "hello")
    kept.take(world.watch.now, "hello", to=MESA, sender="+14155550177")
    mine = col(ClinicKey.clinic_id) == world.harbor
    with world.runtime.database.write() as db:
        good = db.exec(select(ClinicKey.wrapped_key).where(mine)).one()
        db.execute(update(ClinicKey).where(mine).values(wrapped_key=b"\x01" + bytes(60)))
    look(ana, kept, minutes=10)
    assert len(heard(ana)) == 1
    with world.runtime.database.write() as db:
        db.execute(update(ClinicKey).where(mine).values(wrapped_key=good))
    look(ana, kept, minutes=2)
    assert len(heard(ana)) == 2


def answers_tomorrow(phone: Phone, kept: Kept, **ago: float) -> bool:
    """A question is open when the webhooks go away at night; whether what the script says on its answer waits."""
    phone.world.watch.to(NIGHT)
    with phone.world.runtime.database.write() as db:
        keys = phone.world.keys(db)
        clinic = clinics.get(db, phone.world.harbor)
        talk.begin(scopes.of_phone(phone.world.runtime, db, keys, clinic, ANA), "mood")
    kept.take(NIGHT - timedelta(**ago), "7")
    look(phone, kept, minutes=1)
    with phone.world.runtime.database.write() as db:
        others = col(Message.inbound_id).is_(None) | (col(Message.flow) != "mood")
        db.execute(update(Message).where(others).values(state="delivered", due_at=None))
        db.execute(update(CarrierSender).values(tokens=100.0, burst=100.0))
    arming.arm(phone.world.runtime, arming.claim(phone.world.runtime, HARBOR))
    (said,) = [row for row in rows(phone.world, Message) if row.inbound_id and row.flow == "mood"]
    assert (said.state, said.reason) in (("sending", None), ("ready", "Held until texting hours."))
    return said.state == "ready"


@pytest.mark.parametrize(("ago", "waits"), [({"minutes": 10}, False), ({"hours": 5}, True)])
def test_what_a_script_says_on_a_text_that_was_missed_for_hours_does_not_come_at_night(
    ana: Phone, kept: Kept, ago: dict[str, float], waits: bool
) -> None:
    assert answers_tomorrow(ana, kept, **ago) is waits


def test_a_text_nothing_can_take_in_is_given_to_a_person_and_the_next_is_heard(ana: Phone, kept: Kept) -> None:
    with ana.world.runtime.database.write() as db:
        db.execute(update(Patient).values(wrapped_key=b"\x01" + bytes(60)))
    kept.take(ana.world.watch.now, "hello")
    kept.take(ana.world.watch.now, "I want to kill myself", sender="+14155550177")
    look(ana, kept, minutes=10)
    assert len(heard(ana)) == 2
    assert [alert.kind for alert in rows(ana.world, Alert)] == ["suicide"]
    assert [task.kind for task in rows(ana.world, Task)].count("unread_text") == 1


def behind_a_service(phone: Phone) -> None:
    """The clinic has no number of its own; its texts come and go through a messaging service."""
    with phone.world.runtime.database.write() as db:
        db.execute(update(Clinic).where(col(Clinic.number) == HARBOR).values(number=None, messaging_service=SERVICE))
        db.execute(update(CarrierSender).where(col(CarrierSender.number) == HARBOR).values(number=SERVICE))


def test_what_a_clinic_with_only_a_messaging_service_missed_is_found_at_each_of_its_numbers(
    ana: Phone, kept: Kept
) -> None:
    behind_a_service(ana)
    kept.take(ana.world.watch.now, "hello", to=FIRST)
    kept.take(ana.world.watch.now, "I want to kill myself", to=SECOND)
    look(ana, kept, minutes=10)
    assert len(heard(ana)) == 2
    assert [alert.kind for alert in rows(ana.world, Alert)] == ["suicide"]


def test_an_unreadable_text_to_a_messaging_service_is_given_to_a_person(ana: Phone, kept: Kept) -> None:
    behind_a_service(ana)
    kept.take(ana.world.watch.now, "", to=FIRST, sender="+1415555XXXX")
    look(ana, kept, minutes=10)
    assert "unread_text" in [task.kind for task in rows(ana.world, Task)]
