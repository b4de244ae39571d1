"""A population through the real modules and databases: every promise kept, one trace to a seed, violations found."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlmodel import select

from smsbot.models import Patient, Touch
from smsbot.simulator import inhabit, parse, populate
from smsbot.simulator.lives import story_of
from smsbot.simulator.play import Player
from smsbot.simulator.population import born
from smsbot.simulator.promises import Promises
from smsbot.simulator.stage import Sent, Stage, staged
from tests.api_support import shipped

STORY = parse("""# Silent after YES
joins      2026-11-27 09:30
sessions   2026-11-30 10:00
replies    never
on         welcome: YES
until      2026-11-28 20:00
""")
NOW = datetime(2026, 11, 27, 14, 30, tzinfo=UTC)


def test_one_patient_lives_some_days_through_the_database() -> None:
    census = inhabit(shipped(), "minimal", [3], 3, 1)
    assert (census.patients, census.broken) == (1, ())
    assert census.sent > 0


@pytest.mark.long
@pytest.mark.parametrize("protocol", ["induction", "twice-weekly"])
def test_a_population_keeps_every_promise_and_its_trace_is_its_seed(protocol: str) -> None:
    census = inhabit(shipped(), protocol, range(8), 75, 3)
    assert (census.patients, census.broken) == (8, ())
    one, again, other = (inhabit(shipped(), protocol, [5], 30, seed) for seed in (3, 3, 4))
    assert one == again
    assert one.trace != other.trace


@pytest.mark.long
def test_a_thousand_patients_live_two_years_in_eight_zones_without_a_violation(
    capsys: pytest.CaptureFixture[str],
) -> None:
    began = time.process_time()
    census = populate(shipped().protocols["induction"], range(1_000), 730, 1)
    rate = census.patients * census.days / (time.process_time() - began)
    with capsys.disabled():
        print(f"\n{census.patients} patients, {census.days} days, {census.sent} sent, {rate:,.0f} patient-days/s")
    assert (census.patients, census.broken) == (1_000, ())
    assert rate >= 1_000


def test_a_patients_months_are_a_story_of_acts() -> None:
    rules = shipped().protocols["induction"]
    stories = [story_of(born(rules, number, 1), "induction", 60) for number in range(40)]
    told = {act.what.split()[0] for story in stories for act in story.acts}
    assert {"STOP", "PAUSE", "zone", "move", "cancel", "no-show", "I"} <= told


@pytest.fixture(scope="module")
def lived() -> Iterator[tuple[Stage, Promises]]:
    """Two days of somebody who says YES and nothing else."""
    with staged(STORY, shipped(), NOW, 1) as stage:
        promises = Promises(stage.runtime, shipped().protocols["induction"])
        stage.postman.watched = promises.leaves
        Player(STORY, stage, after_step=promises.hold).run()
        assert promises.broken == []
        yield stage, promises


def judged(lived: tuple[Stage, Promises], **patient: object) -> str:
    """What is said of the last planned text, had it gone to a patient who stands so; the patient is put back."""
    stage, kept = lived
    last = next(sent for sent in reversed(stage.postman.sent) if _is_planned(stage, sent))
    promises = Promises(stage.runtime, kept.protocol, opened=[one for one in kept.opened if one.at < last.at])
    before = _set(stage, patient)
    promises.leaves(replace(last))
    _set(stage, before)
    return " ".join(promises.broken)


def _set(stage: Stage, values: dict[str, object]) -> dict[str, object]:
    with stage.runtime.database.write() as db:
        row = db.exec(select(Patient)).one()
        before = {name: getattr(row, name) for name in values}
        for name, value in values.items():
            setattr(row, name, value)
    return before


def _is_planned(stage: Stage, sent: Sent) -> bool:
    query = "SELECT touch_id FROM message WHERE id = ?"
    with stage.runtime.database.engine.connect() as connection:
        return connection.exec_driver_sql(query, (uuid.UUID(sent.message).hex,)).scalar() is not None


def test_a_text_that_may_leave_breaks_nothing(lived: tuple[Stage, Promises]) -> None:
    assert judged(lived) == ""


@pytest.mark.parametrize(
    ("patient", "fault"),
    [
        ({"status": "stopped"}, "after STOP"),
        ({"status": "frozen"}, "frozen"),
        ({"status": "paused"}, "paused"),
        ({"joined_at": None}, "before consent"),
        ({"window_start": "08:00", "window_end": "08:30"}, "outside the window"),
        ({"time_zone": "Asia/Kolkata"}, "outside the window"),
    ],
)
def test_a_text_that_should_not_have_left_is_found(
    lived: tuple[Stage, Promises], patient: dict[str, object], fault: str
) -> None:
    assert fault in judged(lived, **patient)


def test_a_touch_that_stands_in_two_ways_is_found(lived: tuple[Stage, Promises]) -> None:
    stage, promises = lived
    with stage.runtime.database.write() as db:
        touch = db.exec(select(Touch).where(Touch.state == "unanswered")).first()
        assert touch is not None
        touch.state, touch.why = "planned", "no sentence"
    found = Promises(stage.runtime, promises.protocol, was=promises.was)
    found.hold(stage.watch.now)
    assert [fault.split(" at ")[0].split(" ", 1)[1] for fault in found.broken] == [
        "has no sentence",
        "is planned and due None",
        "went back from unanswered to planned",
    ]
