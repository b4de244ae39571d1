"""API keys are found by hash while they live; answers are remembered for a day, sealed."""

import uuid
from datetime import timedelta

import pytest
from sqlmodel import select

from smsbot.errors import NotFound
from smsbot.models import ApiKey, IdempotencyKey
from smsbot.store import access
from smsbot.store.access import Holder, Remembered
from tests.api_support import NOW, World


def holder(world: World, secret: str, after: timedelta = timedelta(0)) -> Holder | None:
    with world.runtime.database.read() as db:
        return access.holder(db, secret, NOW + after)


def test_a_key_names_its_clinic_and_scopes(world: World) -> None:
    found = holder(world, world.key(scopes=("read",)))
    assert found is not None
    assert (found.clinic_id, found.scopes) == (world.harbor, frozenset({"read"}))


@pytest.mark.parametrize("secret", ["", "smsbot_nothing", "\ud800"])
def test_an_unknown_key_has_no_holder(world: World, secret: str) -> None:
    assert holder(world, secret) is None


def test_a_key_ends_on_its_day(world: World) -> None:
    secret = world.key(expires_at=NOW + timedelta(days=1))
    assert holder(world, secret) is not None
    assert holder(world, secret, timedelta(days=1)) is None


def test_a_revoked_key_has_no_holder(world: World) -> None:
    secret = world.key()
    found = holder(world, secret)
    assert found is not None
    with world.desk() as desk:
        access.revoke(desk.db, desk.keys, found.key_id, NOW)
    assert holder(world, secret) is None


def test_another_clinic_cannot_revoke_a_key(world: World) -> None:
    found = holder(world, world.key())
    assert found is not None
    with world.desk(world.mesa) as desk, pytest.raises(NotFound):
        access.revoke(desk.db, desk.keys, found.key_id, NOW)


def test_the_key_itself_is_nowhere_in_the_row(world: World) -> None:
    secret = world.key()
    with world.desk() as desk:
        row = access.of_clinic(desk.db, desk.keys)[0]
    assert secret.encode() not in row.key_hash
    assert secret not in repr(row)


def remember(world: World, token: str, body: str = "{}") -> uuid.UUID:
    with world.desk() as desk:
        key = access.of_clinic(desk.db, desk.keys)[0].id
        answer = Remembered("hash", 201, body)
        access.remember(desk.db, desk.keys, key, token, answer, row_id=world.runtime.new_id(), now=NOW)
    return key


@pytest.mark.parametrize(("hours", "known"), [(23, True), (24, False)])
def test_an_answer_is_remembered_for_a_day(world: World, hours: int, known: bool) -> None:
    world.key()
    key = remember(world, "once", '{"id": 1}')
    with world.desk() as desk:
        found = access.recall(desk.db, desk.keys, key, "once", NOW + timedelta(hours=hours))
    assert (found == Remembered("hash", 201, '{"id": 1}')) is known


def test_a_remembered_answer_is_sealed(world: World) -> None:
    world.key()
    remember(world, "once", "a body")
    with world.desk() as desk:
        row = desk.db.exec(select(IdempotencyKey)).one()
    assert b"a body" not in row.body_sealed


def test_use_is_noted_at_most_once_a_minute(world: World) -> None:
    world.key()
    seen = []
    for seconds in (0, 59, 60):
        with world.desk() as desk:
            key = access.of_clinic(desk.db, desk.keys)[0]
            access.note_use(desk.db, desk.keys, key.id, NOW + timedelta(seconds=seconds))
        with world.runtime.database.read() as db:
            seen.append(db.get_one(ApiKey, key.id).used_at)
    assert seen == [NOW, NOW, NOW + timedelta(seconds=60)]
