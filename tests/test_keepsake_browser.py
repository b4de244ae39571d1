"""The patient's own page in a real browser: changed, put away and brought back on a desk and on a phone, no script."""

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect

from tests.api_support import World
from tests.phone_support import joined
from tests.portal_support import browser
from tests.test_keepsake import link, wrote
from tests.test_portal_browser import DESK, PHONE, Watched, chromium, served

pytestmark = pytest.mark.browser
__all__ = ["chromium"]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_words_are_changed_put_away_and_brought_back(world: World, chromium: Chromium, size: dict[str, int]) -> None:
    ana = joined(world)
    wrote(ana, "I saw the see today")
    path = link(ana, browser(world))
    with served(world) as base:
        own = Watched(chromium, size, base)
        own.page.goto(base + path)
        own.page.get_by_text("Change or put away").click()
        own.looks_right("In your own words")
        own.page.get_by_label("Your words").fill("I saw the sea today")
        own.page.get_by_role("button", name="Keep these words").click()
        expect(own.page.get_by_role("status")).to_contain_text("We kept the new words")
        own.page.get_by_text("Change or put away").click()
        own.page.get_by_role("button", name="Put this away").click()
        expect(own.page.get_by_text("I saw the sea today")).to_have_count(0)
        own.looks_right("In your own words")
        own.page.get_by_role("button", name="Bring back").click()
        expect(own.page.locator(".sheet-words")).to_have_text("I saw the sea today")
        assert own.faults == []
        own.context.close()
