"""The audit chain shows every change, cut and swap; only a cut tail needs a head kept elsewhere."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlmodel import col, delete, select, update

from smsbot.models import AuditEntry
from smsbot.store import audit
from tests.api_support import World, open_world, postgres_database


def write(world: World, count: int = 5) -> None:
    """Some links, in a chain whose guard somebody with power over the database has taken off."""
    unguard(world)
    with world.desk() as desk:
        for number in range(count):
            desk.visit().note("patient.read", f"patient:{number}", rows=number)


def unguard(world: World) -> None:
    if world.runtime.database.is_sqlite:
        with world.runtime.database.write() as db:
            for trigger in ("audit_no_update", "audit_no_delete"):
                db.connection().exec_driver_sql(f"DROP TRIGGER IF EXISTS {trigger}")


def verdict(world: World) -> audit.Verdict:
    with world.runtime.database.read() as db:
        return audit.verify(db, world.keys(db))


def change(world: World, link: int, **values: Any) -> None:
    with world.runtime.database.write() as db:
        db.exec(update(AuditEntry).where(col(AuditEntry.seq) == link).values(**values))


def test_an_untouched_chain_holds(world: World) -> None:
    write(world)
    found = verdict(world)
    assert (found.links, found.broken_at) == (5, None)


def test_an_empty_chain_holds(world: World) -> None:
    assert verdict(world).links == 0


@pytest.mark.parametrize(
    "values", [{"actor": "staff:eve"}, {"action": "nothing"}, {"subject": "patient:9"}, {"details": {}}, {"mac": b"x"}]
)
def test_a_changed_link_is_found(world: World, values: dict[str, Any]) -> None:
    write(world)
    change(world, 3, **values)
    assert verdict(world).broken_at == 3


def test_a_cut_out_link_is_found(world: World) -> None:
    write(world)
    with world.runtime.database.write() as db:
        db.exec(delete(AuditEntry).where(col(AuditEntry.seq) == 2))
    assert verdict(world).broken_at == 3


def test_a_link_cut_out_and_renumbered_is_found(world: World) -> None:
    write(world, 3)
    with world.runtime.database.write() as db:
        db.exec(delete(AuditEntry).where(col(AuditEntry.seq) == 2))
    change(world, 3, seq=2)
    assert verdict(world).broken_at == 2


def test_two_swapped_links_are_found(world: World) -> None:
    write(world)
    change(world, 2, seq=99)
    change(world, 3, seq=2)
    change(world, 99, seq=3)
    assert verdict(world).broken_at == 2


def test_a_cut_tail_shows_against_the_head_kept_elsewhere(world: World) -> None:
    write(world)
    kept = verdict(world).head
    with world.runtime.database.write() as db:
        db.exec(delete(AuditEntry).where(col(AuditEntry.seq) == 5))
    after = verdict(world)
    assert after.broken_at is None
    assert after.head != kept


def test_a_forged_link_without_the_key_is_found(world: World) -> None:
    write(world)
    with world.desk(world.mesa) as desk:
        desk.visit().note("patient.read", "patient:1")
    with world.runtime.database.write() as db:
        forged = db.exec(select(AuditEntry).where(col(AuditEntry.clinic_id) == world.mesa)).one()
        forged.clinic_id, forged.seq = world.harbor, 6
        db.add(forged)
    assert verdict(world).broken_at == 6


def test_a_rolled_back_change_leaves_no_link(world: World) -> None:
    with pytest.raises(ZeroDivisionError), world.desk() as desk:
        desk.visit().note("patient.read", "patient:1")
        raise ZeroDivisionError
    assert verdict(world).links == 0


def test_chains_of_two_clinics_do_not_touch(world: World) -> None:
    write(world, 2)
    with world.desk(world.mesa) as desk:
        desk.visit().note("patient.read", "patient:1")
    assert verdict(world).links == 2


def write_at_once(world: World) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: write(world, 3), range(8)))
    assert verdict(world) == audit.Verdict(24, None, verdict(world).head)


def test_writers_at_once_do_not_fork_the_chain(world: World) -> None:
    write_at_once(world)


@pytest.mark.postgres
def test_writers_at_once_do_not_fork_the_chain_on_postgres(tmp_path_factory: pytest.TempPathFactory) -> None:
    with postgres_database() as database:
        write_at_once(open_world(tmp_path_factory.mktemp("world"), database))
