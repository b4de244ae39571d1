"""The on-call page in a real browser, over a sandbox whose phones ring: from an empty list to an answered test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect

from smsbot.contacts import NewContact
from tests.paging_support import DANA, ELI, Rounds, paging_world
from tests.portal_support import browser
from tests.sandbox_support import Sandbox, shared
from tests.test_portal_browser import DESK, PHONE, Watched, chromium

pytestmark = pytest.mark.browser
__all__ = ["chromium"]


@pytest.fixture(scope="module")
def box() -> Sandbox:
    found = shared()
    found.reset(numbers=True)
    return found


@pytest.fixture
def rounds(tmp_path: Path, box: Sandbox) -> Iterator[Rounds]:
    with paging_world(tmp_path, box) as found:
        yield found


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def lea(rounds: Rounds, chromium: Chromium, request: pytest.FixtureRequest) -> Iterator[Watched]:
    """Lea, a lead, at her desk or on her phone."""
    base = rounds.runtime.settings.public_base_url
    token = browser(rounds.world, "lea@example.org", role="lead").client.get_cookie("smsbot")
    assert token
    watched = Watched(chromium, request.param, base)
    watched.context.add_cookies([{"name": "smsbot", "value": token.value, "url": base}])
    yield watched
    assert watched.faults == []
    watched.context.close()


def put_on_the_list(lea: Watched, name: str, kind: str, phone: str) -> None:
    page = lea.page
    page.get_by_role("link", name="Add somebody").click()
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_label("Name")).to_be_focused()
    lea.looks_right("Error: Add somebody")
    page.get_by_label("Name").fill(name)
    page.get_by_label(kind).check()
    page.get_by_label("Phone").fill(phone.removeprefix("+1"))
    page.get_by_label("Phone").press("Enter")
    expect(page.get_by_role("status")).to_contain_text(f"{name} is on the list.")


def test_a_lead_fills_the_list_sends_a_test_and_sees_it_answered(lea: Watched, rounds: Rounds, box: Sandbox) -> None:
    page = lea.page
    page.goto(f"{lea.base}/portal/on-call")
    expect(page.get_by_role("heading", name="Nobody is on the list")).to_be_visible()
    lea.looks_right("On call")
    put_on_the_list(lea, "Dana", "On call: tried first", DANA)
    put_on_the_list(lea, "Eli", "Second: tried", ELI)
    box.phone(DANA, answers="manual")
    page.get_by_role("button", name="Send a test page now").click()
    expect(page.get_by_role("status")).to_contain_text("The test is on its way")
    rounds.page()
    call = box.act(rounds.ringing(DANA), "answer", by="human")
    assert box.act(call, "keys", digits="1")["status"] == "completed"
    page.get_by_role("link", name="Look again").click()
    expect(page.get_by_role("region", name="Test page")).to_contain_text("Last answered with a key")
    expect(page.get_by_role("region", name="Test page")).to_contain_text("Call to Dana: taken with a key")
    lea.looks_right("On call")


def test_hours_are_kept_with_the_keyboard_alone_and_somebody_is_taken_off(lea: Watched, rounds: Rounds) -> None:
    rounds.enlist(NewContact("oncall", 1, "Dana", DANA), NewContact("second", 1, "Eli", ELI))
    page = lea.page
    page.goto(f"{lea.base}/portal/on-call")
    page.get_by_role("link", name="Hours of Dana").press("Enter")
    lea.looks_right("When Dana is on call")
    row = page.get_by_role("group", name="Hours 1")
    row.get_by_label("First day").press("M")
    row.get_by_label("Last day").press("F")
    row.get_by_label("Begins").press_sequentially("0600PM")
    row.get_by_label("Begins").press("Enter")
    expect(row.get_by_label("Ends")).to_be_focused()
    lea.looks_right("Error: When Dana")
    row.get_by_label("Ends").press_sequentially("0800AM")
    page.get_by_role("button", name="Add hours").press("Enter")
    expect(page.get_by_role("group", name="Hours 2").get_by_label("First day")).to_be_focused()
    row.get_by_label("Ends").press("Enter")
    expect(page.get_by_role("status")).to_have_text("Dana is on call Monday to Friday 6:00 PM to 8:00 AM.")
    page.get_by_role("link", name="Remove Dana").press("Enter")
    lea.looks_right("Take Dana off the list")
    expect(page.get_by_text("Only Eli would be left")).to_be_visible()
    page.get_by_role("button", name="Take off the list").press("Enter")
    expect(page.get_by_role("status")).to_have_text("Dana is off the list.")


def test_a_touchs_history_opens_with_the_keyboard(lea: Watched, rounds: Rounds) -> None:
    page = lea.page
    page.goto(f"{lea.base}/portal/patients/{rounds.ana.patient().id}")
    first = page.locator("details.touch-history").first
    first.locator("summary").press("Enter")
    expect(first.locator("li").first).to_be_visible()
    lea.looks_right("^Ana")
