"""A break that the patient asked for ends when it was said to: one text says so, and the others go on."""

from datetime import UTC, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from smsbot.models import PatientStatus
from smsbot.outbox import gate
from tests.api_support import World
from tests.phone_support import Phone, joined

NOW = datetime(2026, 12, 1, 15, 0, tzinfo=UTC)
LESSON = gate.Text("touch", 7, uuid4(), None, NOW, NOW + timedelta(hours=4))


@pytest.fixture
def ana(world: World) -> Phone:
    return joined(world)


@pytest.mark.parametrize(
    ("until", "passes"),
    [(None, False), (NOW + timedelta(minutes=1), False), (NOW, True), (NOW - timedelta(days=9), True)],
)
def test_at_the_door_a_pause_ends_at_its_time(until: datetime | None, passes: bool) -> None:
    person = gate.Person(PatientStatus.PAUSED, False, ZoneInfo("UTC"), (time(9), time(20)), until)
    assert isinstance(gate.verdict(LESSON, person, NOW), gate.Go) == passes


def test_the_end_of_a_break_is_said_once_and_the_patient_is_active_again(ana: Phone) -> None:
    ana.text("SESSION DAYS ONLY")
    ana.text("PAUSE")
    ana.text("1")
    ana.text("1")
    assert ana.patient().status == PatientStatus.PAUSED
    said = [text.flow for text in ana.wait(days=4)]
    assert said.count("pause_over") == 1
    assert (ana.patient().status, ana.patient().paused_until) == (PatientStatus.ACTIVE, None)
    assert ana.patient().session_days_only


def test_a_break_without_an_end_lasts_until_resume(ana: Phone) -> None:
    for word in ("PAUSE", "3", "1"):
        ana.text(word)
    ana.wait(days=40)
    assert ana.patient().status == PatientStatus.PAUSED
    ana.text("RESUME")
    assert ana.patient().status == PatientStatus.ACTIVE
