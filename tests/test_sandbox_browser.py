"""The phone page in a real browser: texts by keyboard, answers without reloading, keys of a call, sizes, no errors."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.sandbox_support import ANA, NUMBER, Listener, Sandbox, listener

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or ""
pytestmark = [pytest.mark.browser, pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed")]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def service() -> Iterator[Listener]:
    with listener() as service:
        gather = '<Gather numDigits="1" action="/m"><Say>Press 1.</Say></Gather>'
        service.answers["/sms"] = (200, "text/xml", "<Response><Message>Thank you 🌱</Message></Response>")
        service.answers["/voice"] = (200, "text/xml", f"<Response>{gather}</Response>")
        service.answers["/m"] = (200, "text/xml", '<Response><Record action="/done"/></Response>')
        service.answers["/done"] = (200, "text/xml", "<Response><Say>Saved.</Say></Response>")
        yield service


@pytest.fixture(scope="module")
def box(service: Listener) -> Iterator[Sandbox]:
    with Sandbox() as box:
        box.configure_number(NUMBER, sms_url=service.url("/sms"), voice_url=service.url("/voice"))
        yield box


@pytest.fixture
def page(browser: Browser, box: Sandbox) -> Iterator[Page]:
    box.reset()
    box.phone(ANA, name="Ana")
    page = browser.new_page(viewport={"width": 390, "height": 844})
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.goto(box.base)
    yield page
    page.close()
    assert wrong == []


def test_a_text_is_sent_by_enter_and_answered_without_a_reload(page: Page) -> None:
    page.evaluate("window.stayed = true")
    area = page.get_by_label("Text from Ana")
    area.fill("¿Sí? 🙂")
    expect(page.locator(".count")).to_have_text("6 characters, 1 part")
    area.press("Enter")
    expect(page.locator("li.mine")).to_contain_text("¿Sí? 🙂")
    expect(page.locator("li.theirs")).to_contain_text("Thank you 🌱")
    expect(page.locator("li.theirs small")).to_contain_text("delivered")
    assert page.evaluate("window.stayed") is True
    assert area.input_value() == ""


def test_a_text_that_arrives_by_itself_appears(page: Page, box: Sandbox) -> None:
    box.twilio().messages.create(to="+14155550199", from_=NUMBER, body="Good morning")
    expect(page.locator("#phone-14155550199")).to_contain_text("Good morning")


def test_a_call_goes_by_keys_to_a_recorded_note(page: Page, box: Sandbox) -> None:
    page.get_by_role("button", name="Call the clinic").click()
    expect(page.locator("section.call")).to_contain_text("Press 1.")
    page.get_by_role("button", name="Key 1").click()
    expect(page.locator("section.call h3")).to_contain_text("Recording")
    page.get_by_role("button", name="Speak for 5 seconds").click()
    expect(page.locator("details.call")).to_contain_text("completed")
    assert box.calls(ANA)[0]["said"] == ["Press 1.", "Saved."]


def test_an_incoming_call_can_be_answered(page: Page, box: Sandbox, service: Listener) -> None:
    box.twilio().calls.create(to=ANA, from_=NUMBER, url=service.url("/voice"))
    expect(page.get_by_text("The clinic is calling")).to_be_visible()
    page.get_by_role("button", name="Answer", exact=True).click()
    expect(page.locator("section.call")).to_contain_text("Press 1.")
    page.get_by_role("button", name="Hang up").click()
    expect(page.locator("details.call")).to_contain_text("completed")


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_width_needs_scrolling_sideways(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_first_key_press_leads_past_the_controls(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the phones")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#phones")).to_be_focused()
