"""Statements on the driver's own cursor: rows, defaults and errors as through SQLAlchemy, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import bindparam, event, func, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from smsbot import inbox
from smsbot.carrier.inbound import InboundText
from smsbot.models import Clinic, FlowVersion
from smsbot.store.statement import Statement
from smsbot.store.work import Work, later
from tests.api_support import ANA, NOW, World, open_world, postgres_database

CLINIC = Clinic.__table__  # type: ignore[attr-defined]
VERSION = FlowVersion.__table__  # type: ignore[attr-defined]
NAMED = Statement(select(CLINIC.c.name, CLINIC.c.hours).where(CLINIC.c.name.in_(bindparam("names", expanding=True))))
ADD = Statement(insert(VERSION))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    if request.param == "sqlite":
        yield open_world(tmp_path)
        return
    with postgres_database() as database:
        yield open_world(tmp_path, database)


def version(name: str) -> dict[str, object]:
    return {"hash": name, "flow": "mood", "script": "{}", "created_at": NOW}


def test_a_list_may_have_any_length(place: World) -> None:
    with place.runtime.database.read() as db:
        assert [row.name for row in NAMED.rows(db, {"names": ["Harbor"]})] == ["Harbor"]
        assert {row.name for row in NAMED.rows(db, {"names": ["Harbor", "Mesa", "Nowhere"]})} == {"Harbor", "Mesa"}
        assert NAMED.rows(db, {"names": []}) == []


def test_values_come_back_as_they_were_meant(place: World) -> None:
    at = Statement(select(VERSION.c.created_at))
    with place.runtime.database.write() as db:
        ADD.run(db, version("a"))
        assert at.first(db, {}).created_at == NOW  # type: ignore[union-attr]
        assert NAMED.rows(db, {"names": ["Mesa"]})[0].hours == {"mon": ["09:00-17:00"]}


def test_a_broken_rule_is_the_same_error_and_undoes_the_transaction(place: World) -> None:
    with pytest.raises(IntegrityError), place.runtime.database.write() as db:
        ADD.run(db, version("a"))
        ADD.run(db, version("a"))
    with place.runtime.database.read() as db:
        assert db.execute(select(func.count()).select_from(VERSION)).scalar() == 0


def test_an_error_does_not_show_its_values(place: World) -> None:
    with pytest.raises(DBAPIError) as caught, place.runtime.database.write() as db:
        ADD.run(db, version("told to nobody") | {"flow": None})
    assert "told to nobody" not in str(caught.value).partition("DETAIL")[0]


def test_an_update_sets_the_columns_it_names(place: World) -> None:
    rename = Statement(update(VERSION).where(VERSION.c.hash == bindparam("row")), ("flow",))
    with place.runtime.database.write() as db:
        ADD.run(db, version("a"))
        assert rename.run(db, {"row": "a", "flow": "hope"}) == 1
        assert rename.run(db, {"row": "b", "flow": "hope"}) == 0


def test_a_turn_takes_place_on_either_database(place: World) -> None:
    place.enroll()
    for number, body in enumerate(("YES", "1", "I walked by the water", "and again")):
        text = InboundText(f"SM{number:032d}", "AC" + "0" * 32, ANA, "+15005550006", body)
        with place.runtime.database.write() as db:
            assert inbox.receive(place.runtime, db, text) is not None


def test_what_waits_is_seen_by_who_reads_there_and_only_by_them(place: World) -> None:
    stored = Statement(select(VERSION.c.hash))
    with place.runtime.database.turn() as db:
        later(db, ADD, version("a"))
        NAMED.rows(db, {"names": ["Harbor"]})
        assert isinstance(db, Work)
        assert db.waits_for() == {"flow_version"}
        assert [row.hash for row in stored.rows(db, {})] == ["a"]


def test_a_text_is_written_once_and_whole(tmp_path: Path) -> None:
    place, said = open_world(tmp_path), list[str]()
    place.enroll()
    event.listen(place.runtime.database.engine, "checkout", lambda raw, *_: raw.set_trace_callback(said.append))
    for number, body in enumerate(("YES", "1", "I walked by the water")):
        said.clear()
        text = InboundText(f"SM{number:032d}", "AC" + "0" * 32, ANA, "+15005550006", body)
        with place.runtime.database.turn() as db:
            inbox.receive(place.runtime, db, text)
    kinds = [statement.split()[0] for statement in said]
    assert kinds.count("COMMIT") == 1
    assert len(kinds) <= 14
    assert not any(statement.startswith("UPDATE inbound") for statement in said)
