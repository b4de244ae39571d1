"""Item 9 pages whenever it is new; unchanged and reviewed it goes to the list, if the clinic chose so."""

import pytest
from sqlmodel import select

from smsbot.models import Alert, Clinic, PatientStatus, Task
from tests.api_support import World
from tests.phone_support import Phone, joined
from tests.test_inbox import begin, rows


@pytest.fixture
def ana(world: World) -> Phone:
    return joined(world)


def answered(phone: Phone, item: str) -> list[str]:
    """A questionnaire with zeros and this answer to item 9; the lines that came back to it."""
    begin(phone, "phq9")
    phone.text("1")
    for _ in range(8):
        phone.text("0")
    return [text.line for text in phone.text(item)]


def resolve(phone: Phone, setting: str) -> None:
    with phone.world.runtime.database.write() as db:
        db.get_one(Clinic, phone.world.harbor).settings = {"item9_unchanged": setting}
        for alert in db.exec(select(Alert)).all():
            alert.state = "resolved"
            patient = phone.patient()
            db.merge(patient).status = PatientStatus.ACTIVE
    phone.wait(days=14)


@pytest.mark.parametrize(
    ("setting", "item", "quiet"),
    [
        ("list", "1", True),
        ("list", "2", False),
        pytest.param("list", "3", False, marks=pytest.mark.long),
        ("page", "1", False),
    ],
)
def test_only_the_same_answer_reviewed_goes_to_the_list(ana: Phone, setting: str, item: str, quiet: bool) -> None:
    assert answered(ana, "1")[0] in ("crs_2", "crs_2b", "crs_2n")
    resolve(ana, setting)
    (line,) = answered(ana, item)
    assert (line == "crs_2q") is quiet
    assert (ana.patient().status == PatientStatus.FROZEN) is not quiet
    assert ("item9_unchanged" in [row.kind for row in rows(ana.world, Task)]) is quiet
