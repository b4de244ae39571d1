"""The room page in a real browser: a track plays when it is pressed, never before, on a desk, on a phone, by keys."""

import re

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect

from tests.api_support import World
from tests.phone_support import Phone, joined
from tests.portal_support import audited
from tests.test_notes_browser import signed_in
from tests.test_portal_browser import DESK, PHONE, chromium, served
from tests.test_portal_room import made, room

pytestmark = pytest.mark.browser
__all__ = ["chromium"]
SOUND = "document.querySelector('audio')"


@pytest.fixture
def ana(world: World) -> Phone:
    return joined(world)


def starts(world: World) -> int:
    return [action for _, action, _ in audited(world)].count("room.play")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_track_plays_pauses_and_stops(ana: Phone, world: World, chromium: Chromium, size: dict[str, int]) -> None:
    made(world, seconds=30)
    with served(world) as base:
        dana = signed_in(world, chromium, base, size)
        page = dana.page
        page.goto(f"{base}/portal{room(ana)}")
        dana.looks_right("In the room")
        assert page.evaluate(f"{SOUND}.paused && !{SOUND}.src")
        page.get_by_role("button", name="Play Leaves on a stream").click()
        expect(page.get_by_role("status")).to_have_text("Playing: Leaves on a stream.")
        assert page.evaluate(f"!{SOUND}.paused")
        dana.looks_right("In the room")
        toggle = page.locator("[data-room-toggle]")
        expect(toggle).to_be_focused()
        page.keyboard.press("Space")
        expect(page.get_by_role("status")).to_have_text("Paused.")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_have_text("Playing: Leaves on a stream.")
        assert starts(world) == 1  # going on is no new start
        page.get_by_label("Volume").fill("20")
        assert page.evaluate(f"{SOUND}.volume") == 0.2
        page.get_by_role("button", name="Stop").click()
        expect(page.get_by_role("status")).to_have_text("Stopped.")
        assert page.evaluate(f"{SOUND}.paused")
        assert dana.faults == []
        dana.context.close()


def test_whoever_is_signed_out_hears_nothing(ana: Phone, world: World, chromium: Chromium) -> None:
    made(world, seconds=30)
    with served(world) as base:
        dana = signed_in(world, chromium, base, DESK)
        dana.page.goto(f"{base}/portal{room(ana)}")
        dana.context.clear_cookies()
        dana.page.get_by_role("button", name="Play Leaves on a stream").click()
        expect(dana.page.get_by_role("status")).to_contain_text(re.compile("It stopped|It could not"))
        assert dana.page.evaluate(f"{SOUND}.paused")
        assert starts(world) == 0
        dana.context.close()


def test_it_works_without_a_script(ana: Phone, world: World, chromium: Chromium) -> None:
    made(world)
    with served(world) as base:
        cookies = signed_in(world, chromium, base, PHONE).context.cookies()
        context = chromium.new_context(java_script_enabled=False, viewport=PHONE)  # type: ignore[arg-type]
        context.add_cookies([{"name": "smsbot", "value": cookies[0]["value"], "url": base}])
        page = context.new_page()
        page.goto(f"{base}/portal{room(ana)}")
        page.get_by_role("button", name="Play Leaves on a stream").click()
        expect(page.locator("audio[controls]")).to_be_visible()
        assert starts(world) == 1
        context.close()
