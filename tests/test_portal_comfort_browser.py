"""The comfort card in a real browser: on a desk and on a phone, without scripts, and as one sheet of paper."""

import re

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect

from tests.api_support import World
from tests.phone_support import Phone, joined
from tests.test_notes_browser import signed_in
from tests.test_portal_browser import DESK, PHONE, chromium, served
from tests.test_portal_comfort import asked, path

pytestmark = pytest.mark.browser
__all__ = ["chromium"]
PAGE = re.compile(rb"/Type\s*/Page\b")
LONG = "everything that matters to me in that room, said slowly and in full, " * 20


@pytest.fixture
def ana(world: World) -> Phone:
    """Ana, who wrote at length wherever she could."""
    return at_length(joined(world))


def at_length(found: Phone) -> Phone:
    asked(found, "comfort", f"1 and 4, and {LONG}", LONG)
    asked(found, "communication", "2", "1", "3", LONG)
    asked(found, "communication_more", LONG, LONG, LONG)
    return found


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_card_can_be_read_and_confirmed(ana: Phone, world: World, chromium: Chromium, size: dict[str, int]) -> None:
    with served(world) as base:
        dana = signed_in(world, chromium, base, size)
        dana.page.goto(f"{base}/portal{path(ana)}")
        dana.looks_right("comfort card")
        dana.page.get_by_role("button", name="Confirmed aloud").click()
        expect(dana.page.get_by_role("status")).to_contain_text("confirmed aloud, by Dana")
        assert dana.faults == []
        dana.context.close()


@pytest.mark.parametrize("paper", ["Letter", "A4"])
def test_the_longest_card_is_one_sheet_with_nothing_around_it(
    ana: Phone, world: World, chromium: Chromium, paper: str
) -> None:
    with served(world) as base:
        dana = signed_in(world, chromium, base, DESK)
        dana.page.goto(f"{base}/portal{path(ana)}")
        assert len(PAGE.findall(dana.page.pdf(format=paper))) == 1
        dana.page.emulate_media(media="print")
        for gone in (".top", ".crumb", ".room-do", ".foot"):
            expect(dana.page.locator(gone)).to_be_hidden()
        expect(dana.page.get_by_text("Confirmed aloud with the patient")).to_be_visible()
        dana.context.close()


def test_the_longest_card_in_two_languages_is_one_sheet(world: World, chromium: Chromium) -> None:
    with served(world) as base:
        dana = signed_in(world, chromium, base, DESK)
        dana.page.goto(f"{base}/portal{path(at_length(joined(world, language='es')))}")
        expect(dana.page.get_by_text("Contacto físico")).to_be_visible()
        assert len(PAGE.findall(dana.page.pdf(format="Letter"))) == 1
        dana.context.close()


def test_the_card_needs_no_script(ana: Phone, world: World, chromium: Chromium) -> None:
    with served(world) as base:
        cookies = signed_in(world, chromium, base, DESK).context.cookies()
        context = chromium.new_context(java_script_enabled=False)
        context.add_cookies([{"name": "smsbot", "value": cookies[0]["value"], "url": base}])
        page = context.new_page()
        page.goto(f"{base}/portal{path(ana)}")
        page.get_by_role("button", name="Confirmed aloud").click()
        expect(page.get_by_role("status")).to_contain_text("confirmed aloud")
        context.close()
