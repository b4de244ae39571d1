"""A rotation loses nothing, leaves nothing under the old key that the new one should hold, and can be run again."""

from typing import Any

import pytest
from sqlmodel import col, select

from smsbot import contacts
from smsbot.contacts import NewContact
from smsbot.errors import VaultError
from smsbot.models import Contact, Inbound, Patient
from smsbot.store import audit, patients, rotation
from smsbot.store.rotation import Rotation
from smsbot.vault import Vault, master_keys, new_master_key, version_of
from tests.api_support import ANA, BEN, MASTER, NOW, World


@pytest.fixture
def peopled(world: World) -> World:
    """Two patients, a contact, and a text from a number nobody knows."""
    world.enroll()
    world.enroll(BEN, first_name="Ben")
    with world.desk() as desk:
        contacts.add(desk, NewContact("oncall", 1, "Dana", "+16175550101"))
        stranger = world.runtime.new_id()
        values: dict[str, Any] = {"carrier_sid": "SM1", "phone_index": b"i", "media": [], "screen_version": "1"}
        desk.db.add(
            Inbound(
                id=stranger,
                clinic_id=world.harbor,
                body_sealed=desk.keys.seal("inbound", "body_sealed", stranger, "who is this"),
                received_at=NOW,
                filed_as="stranger",
                **values,
            )
        )
    return world


def rotate(world: World) -> Rotation:
    work = Rotation(world.runtime.database, world.runtime.vault, world.harbor, world.runtime.new_id, NOW)
    assert sum(rotation.rotate_clinic(work)) == work.count()
    return work


def stranger_words(world: World) -> str:
    with world.desk() as desk:
        row = desk.db.exec(select(Inbound)).one()
        return desk.keys.open("inbound", "body_sealed", row.id, row.body_sealed)


def test_everything_is_under_the_new_key_and_still_opens(peopled: World) -> None:
    assert rotate(peopled).version() == 2
    with peopled.desk() as desk:
        rows = desk.db.exec(select(Patient)).all()
        assert {version_of(row.wrapped_key) for row in rows if row.wrapped_key} == {2}
        assert {patients.person(desk.keys, row).phone for row in rows} == {ANA, BEN}
        contact = desk.db.exec(select(Contact)).one()
        assert version_of(contact.name_sealed) == 2
        assert desk.keys.open("contact", "name_sealed", contact.id, contact.name_sealed) == "Dana"
    assert stranger_words(peopled) == "who is this"


def test_look_ups_and_the_audit_chain_hold(peopled: World) -> None:
    rotate(peopled)
    with peopled.desk() as desk:
        assert patients.by_phone(desk.db, desk.keys, ANA)
        assert audit.verify(desk.db, desk.keys).broken_at is None


def test_it_can_be_broken_off_and_run_again(peopled: World) -> None:
    work = Rotation(peopled.runtime.database, peopled.runtime.vault, peopled.harbor, peopled.runtime.new_id, NOW)
    next(rotation.rotate_clinic(work))
    assert stranger_words(peopled) == "who is this"
    assert rotate(peopled).version() == 3
    assert stranger_words(peopled) == "who is this"


def test_another_clinic_is_left_alone(peopled: World) -> None:
    mesa = peopled.enroll(clinic=peopled.mesa)
    rotate(peopled)
    with peopled.runtime.database.read() as db:
        row = db.exec(select(Patient).where(col(Patient.id) == mesa.id)).one()
        assert row.wrapped_key == mesa.wrapped_key


def test_a_damaged_row_of_the_clinic_stops_the_rotation(peopled: World) -> None:
    with peopled.runtime.database.write() as db:
        row = db.exec(select(Inbound)).one()
        row.body_sealed = row.body_sealed[:-1] + b"x"
        db.add(row)
    with pytest.raises(VaultError):
        rotate(peopled)


def test_a_master_rotation_frees_us_of_the_old_key(peopled: World) -> None:
    fresh = master_keys(new_master_key())
    both = Vault([*fresh, *master_keys(MASTER)])
    assert rotation.rotate_master(peopled.runtime.database, both) == 2
    alone = Rotation(peopled.runtime.database, Vault(fresh), peopled.harbor, peopled.runtime.new_id, NOW)
    with peopled.runtime.database.read() as db:
        keys = alone.keys(db)
        assert patients.by_phone(db, keys, ANA)
        with pytest.raises(VaultError):
            Rotation(peopled.runtime.database, peopled.runtime.vault, peopled.harbor, peopled.runtime.new_id, NOW).keys(
                db
            )
