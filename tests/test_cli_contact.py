"""Whom alerts reach, by command: on the list and off it, on call and away, tested now."""

import re

import pytest

from tests.test_cli_clinic import Run, harbor, home, homes, run

__all__ = ["harbor", "home", "homes", "run"]
DANA = "clinic contact add Harbor --name Dana --phone +16175550121 --email dana@harbor.example"


def test_somebody_is_put_on_the_list_with_a_rota_and_the_gaps_are_said(run: Run, harbor: str) -> None:
    made = run(f"{DANA} --on mon-fri=17:00-09:00 --away 2026-12-25 --json").data["id"]
    found = run("clinic contact list Harbor --json").data
    assert found["contacts"][0]["id"] == made
    assert found["contacts"][0]["rota"]["week"]["fri"] == ["17:00-09:00"]
    assert any(sentence.startswith("Nobody is on call") for sentence in found["coverage"])
    assert "Dana" in run("clinic contact list Harbor").said


def test_a_rota_is_changed_and_somebody_is_taken_off(run: Run, harbor: str) -> None:
    made = run(f"{DANA} --json").data["id"]
    assert "around the clock, away 2026-12-24" in run(f"clinic contact rota Harbor {made} --away 2026-12-24").said
    assert run(f"clinic contact remove Harbor {made}").said == "Removed.\n"
    assert run("clinic contact list Harbor --json").data["contacts"] == []
    assert "no contact" in run(f"clinic contact remove Harbor {made}").said


def test_somebody_is_put_right_and_who_is_tried_now_is_said(run: Run, harbor: str) -> None:
    made = run(f"{DANA} --on mon-sun=00:00-12:00 --json").data["id"]
    eli = run("clinic contact add Harbor --kind second --name Eli --phone +16175550122 --on mon-sun=12:00-24:00 --json")
    told = run(f"clinic contact change Harbor {made} --phone +16175550199 --email=").said
    assert "Dana: oncall, rank 1, phone ending in 0199, no mail." in told
    assert re.search("Tried (first|second) if an alert came now", told)
    assert "No page is known to arrive" in told
    assert "Next: smsbot clinic test-page" in told
    assert "55501" not in told
    found = run("clinic contact list Harbor --json").data
    dana = next(each for each in found["contacts"] if each["id"] == made)
    assert (dana["name"], dana["phone"], dana["email"]) == ("Dana", "+16175550199", "")
    assert dana["rota"]["week"]["sun"] == ["00:00-12:00"]
    duty = found["duty"]
    assert {duty["order"][0], duty["following"]} == {made, eli.data["id"]}
    said = run("clinic contact list Harbor").said
    assert "Tried now, in this order:" in said
    assert "is tried first." in said
    assert "rank: Choose 1 to 99." in run(f"clinic contact change Harbor {made} --rank 0").said


def test_a_test_page_needs_somebody_to_page(run: Run, harbor: str) -> None:
    assert "no contact" in run("clinic test-page Harbor").said
    run(DANA)
    assert "sends it now" in run("clinic test-page Harbor").said


def test_texts_leave_through_a_messaging_service_where_one_is_named(run: Run, harbor: str) -> None:
    sid = "MG" + "5a" * 16
    said = run(f"clinic service Harbor --sid {sid}").said
    assert f"Texts leave from the messaging service {sid} now; calls from +15005550006." in said
    assert run("clinic show Harbor --json").data["messaging_service"] == sid
    assert "Texts leave from +15005550006 now" in run("clinic service Harbor --sid=").said
    for wrong in ("MG12", sid.upper(), "AC" + "5a" * 16, sid + "0"):
        assert "sid: A messaging service" in run(f"clinic service Harbor --sid {wrong}").said


def test_hours_and_holidays_are_changed(run: Run, harbor: str) -> None:
    run("clinic hours Harbor --at mon-thu=09:00-17:00 --at fri=09:00-13:00")
    run("clinic holidays Harbor --day 2026-12-25")
    shown = run("clinic show Harbor --json").data
    assert (shown["hours"]["fri"], shown["holidays"]) == (["09:00-13:00"], ["2026-12-25"])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (f"{DANA} --on friday=9-17", "Write a rota like"),
        ("clinic hours Harbor --at noon", "hours: "),
        ("clinic holidays Harbor --day Christmas", "days: "),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(run: Run, harbor: str, line: str, said: str) -> None:
    done = run(line)
    assert (done.code, said in done.said) == (1, True)
