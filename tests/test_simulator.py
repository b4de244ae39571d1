"""Series played through the real modules: stories told in tests/series come out line by line as they stand there."""

from __future__ import annotations

import random
import threading
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import pytest

from smsbot.notes import sounds
from smsbot.notes.sounds import Look
from smsbot.planner import Facts, Patient
from smsbot.simulator import NotAStory, parse, play, populate, printed
from smsbot.simulator.population import Life, born
from smsbot.simulator.printed import RULE
from smsbot.simulator.tapes import listen, tape
from tests.api_support import shipped
from tests.planner_support import load

SERIES = sorted((Path(__file__).parent / "series").glob("*.txt"))
QUICK = {"called", "missed", "moved_and_gone"}  # the others only in the long run
INDUCTION = load("induction")


def _run(file: Path) -> Any:
    return pytest.param(file, id=file.stem, marks=() if file.stem in QUICK else (pytest.mark.long,))


@pytest.mark.parametrize("file", [_run(file) for file in SERIES])
def test_the_story_comes_out_as_it_is_told(file: Path, request: pytest.FixtureRequest) -> None:
    written = file.read_text(encoding="utf-8")
    story = parse(written.split(RULE)[0])
    played = printed(story, play(story, shipped()))
    if request.config.getoption("--update-transcripts"):
        file.write_text(played, encoding="utf-8")
    assert played == file.read_text(encoding="utf-8")


STORY = """
# Two lines of nonsense
protocol   minimal
joins      2026-11-28 12:00
sessions   2026-11-30 10:00 for 90 minutes
on         landing: 3; a word
at         2026-12-01 12:00 patient: STOP
"""


def test_a_story_is_read() -> None:
    story = parse(STORY)
    assert (story.title, story.protocol, story.minutes) == ("Two lines of nonsense", "minimal", 90)
    assert story.answers == {"landing": (("3", "a word"),)}
    assert [(act.who, act.what) for act in story.acts] == [("patient", "STOP")]


@pytest.mark.parametrize(
    ("steps", "fault"),
    [("1; speaks 20", "nothing is recorded after"), ("1; 1; 4", "this is recorded; write speaks 20")],
)
def test_a_step_that_the_line_does_not_take_there_is_named(steps: str, fault: str) -> None:
    story = parse(
        f"protocol  minimal\njoins  2026-11-28 12:00\nsessions  2026-11-30 10:00\nat  2026-11-28 12:01 phone: {steps}"
    )
    with pytest.raises(NotAStory, match=fault):
        play(story, shipped())


@pytest.mark.parametrize("words", ["", "gentle", "¿qué pasó después?"])
def test_a_tape_is_a_whole_recording_and_is_heard_as_the_words_on_it(words: str) -> None:
    made = tape(words, 20)
    assert sounds.look(made, "audio/wav", 20) == Look(20.0)
    assert listen(made, "es", 20, threading.Event()).words == words


FAULTS = {
    "an unknown word names the known ones": ("protokoll  induction", "line 1: begin with one of protocol, patient"),
    "a date that is none says so": ("joins  tomorrow", "line 1: joins: cannot read 'tomorrow'"),
    "an act needs its actor": ("at  2026-12-01 12:00 STOP", "write 2026-12-01 12:00 patient: a text"),
    "attendance is all or none": ("attends  some", "line 1: attends: cannot read 'some'"),
    "a call has steps that a phone knows": (
        "at  2026-12-01 12:00 phone: 1; shouts",
        'a call takes keys, "words", speaks',
    ),
    "so has a call of ours": ("on  call: 1; shouts", 'a call takes keys, "words", speaks'),
    "a patient has four things": ("patient  Ana, en", "line 1: patient: cannot read 'Ana, en'"),
}


@pytest.mark.parametrize("sentence", FAULTS, ids=lambda sentence: sentence.replace(" ", "_"))
def test_fault(sentence: str) -> None:
    text, expected = FAULTS[sentence]
    with pytest.raises(NotAStory, match=r"line 1") as caught:
        parse(text)
    assert expected in str(caught.value)


def test_a_population_keeps_every_rule_and_its_trace_is_its_seed() -> None:
    census = populate(INDUCTION, range(8), 200, 3)
    assert (census.patients, census.broken) == (8, ())
    assert census.sent > 40
    again, other = (populate(INDUCTION, range(3), 200, seed).trace for seed in (3, 4))
    assert populate(INDUCTION, range(3), 200, 3).trace == again != other


def test_a_single_patient_is_replayed_by_number() -> None:
    one, again = (populate(INDUCTION, [5], 200, 3) for _ in range(2))
    assert one == again
    assert one.patients == 1


def wronged(**patient: object) -> Life:
    """A life whose facts are bent just before a text leaves."""
    life = born(INDUCTION, 0, 1)
    at = datetime(2026, 5, 4, 16, 0, tzinfo=UTC)
    base = Patient(zone=life.facts.patient.zone, joined_at=at.replace(month=1), status="active")
    facts = Facts(replace(base, **patient))  # type: ignore[arg-type]
    return Life(INDUCTION, 0, facts, random.Random(0), 1.0, [])


@pytest.mark.parametrize(
    ("patient", "fault"),
    [
        ({"status": "stopped"}, "after STOP"),
        ({"status": "frozen"}, "frozen"),
        ({"joined_at": None}, "before consent"),
        ({"window": (time(18), time(19))}, "outside the window"),
    ],
)
def test_a_text_that_should_not_have_left_is_found(patient: dict[str, object], fault: str) -> None:
    life = wronged(**patient)
    born_to = born(INDUCTION, 0, 1)
    born_to.replan(born_to.facts.patient.invited_at or datetime(2026, 1, 1, tzinfo=UTC))
    touch = next(one for _, one in born_to.waiting.values() if one.rule == "intention")
    life.check(touch, datetime(2026, 5, 4, 16, 0, tzinfo=UTC))
    assert [fault in told for told in life.broken] == [True]
