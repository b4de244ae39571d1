"""A whole day of the portal in a real browser against a real server, on a desk and on a phone, with axe-core."""

import json
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pyotp
import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from smsbot.models import Patient
from smsbot.sessions import Booking
from smsbot.store import sessions as rows
from tests.api_support import BEN, World
from tests.phone_support import Phone, joined
from tests.portal_support import PASSWORD, account, app, form_day

pytestmark = pytest.mark.browser
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-default-apps", "--no-first-run",
]  # fmt: skip
PLACES = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
AXE = "axe-core@4.14.1"


class Silent(WSGIRequestHandler):
    """Says nothing of the requests it serves."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        return


@cache
def axe() -> str | None:
    """The accessibility checker's script, fetched from npm for this run; None where that cannot be done."""
    folder = Path(mkdtemp(prefix="smsbot-axe-"))
    if shutil.which("npm") is None:
        return None
    command = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder), AXE]
    done = subprocess.run(command, capture_output=True, timeout=120, check=False)
    script = folder / "node_modules/axe-core/axe.min.js"
    return script.read_text() if done.returncode == 0 and script.exists() else None


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    found = next((place for place in PLACES if Path(place).exists()), None)
    if found is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def served(world: World) -> Iterator[str]:
    """The address of a real server over this world."""
    server = make_server("127.0.0.1", 0, app(world), threaded=True, request_handler=Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Watched:
    """A page of which every word on the console and every request is kept."""

    def __init__(self, chromium: Chromium, size: dict[str, int], base: str) -> None:
        self.base = base
        self.context = chromium.new_context(viewport=size)  # type: ignore[arg-type]
        self.page: Page = self.context.new_page()
        self.faults: list[str] = []
        self.asked: set[str] = set()
        self.page.on("console", lambda said: self.faults.append(said.text) if _is_fault(said.text) else None)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("request", lambda request: self.asked.add(request.url))

    def looks_right(self, title: str) -> None:
        """The page is there, nothing is wider than the screen, and the accessibility checker has nothing to say."""
        expect(self.page).to_have_title(re.compile(title))
        wide = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{self.page.url} is {wide} px too wide"
        script = axe()
        if script is None:
            return
        found: dict[str, Any] = json.loads(
            self.page.evaluate(f"(async () => {{ {script}\nreturn JSON.stringify(await axe.run()); }})()")
        )
        told = [(each["id"], [node["html"][:160] for node in each["nodes"]]) for each in found["violations"]]
        assert told == [], self.page.url


def _is_fault(said: str) -> bool:
    """A refused form answers 422 and signing out clears the storage, which browsers log; all else is a fault."""
    return not any(usual in said for usual in ("422", "[DOM]", "Clear-Site-Data"))


def sign_in(watched: Watched, world: World, once: str) -> str:
    """Dana's first sign-in; returns the key her code app keeps."""
    page = watched.page
    page.goto(watched.base + "/")
    watched.looks_right("Sign in")
    page.get_by_label("E-mail").fill("dana@example.org")
    page.get_by_label("Password").fill(once)
    page.get_by_role("button", name="Go on").click()
    watched.looks_right("Set up codes")
    key = page.locator("code.key").inner_text().replace(" ", "").replace("\n", "")
    page.get_by_label("Code").fill(pyotp.TOTP(key).at(world.watch.now))
    page.get_by_role("button", name="Go on").click()
    watched.looks_right("Password")
    page.get_by_label("New password", exact=True).fill(PASSWORD)
    page.get_by_label("New password, again").fill(PASSWORD)
    page.get_by_role("button", name="Keep it and go on").click()
    page.get_by_role("heading", name="Patients", exact=True).wait_for()
    return key


def enroll_ana(watched: Watched, world: World) -> None:
    page = watched.page
    page.get_by_role("link", name="Enroll a patient").first.click()
    page.get_by_role("button", name="Enroll", exact=True).click()
    expect(page.get_by_label("Mobile number")).to_be_focused()
    watched.looks_right("Error: Enroll")
    page.get_by_label("Mobile number").fill("415 555 0123")
    page.get_by_label("First name").fill("Ana")
    page.get_by_label("Date of birth").fill("1988-05-04")
    first = form_day(world, days=9)
    page.get_by_role("group", name="Session 1").get_by_label("Date").fill(first["date"])
    page.get_by_role("group", name="Session 1").get_by_label("Time").fill(first["time"])
    page.get_by_role("button", name="Fill six").click()
    expect(page.get_by_role("group", name="Session 6").get_by_label("Date")).to_have_value("2026-12-17")
    page.get_by_label("The patient agreed to automated texts").check()
    page.get_by_label("Form version").fill("2026-11")
    page.get_by_role("button", name="Enroll", exact=True).click()
    expect(page.get_by_role("heading", name="Ana is enrolled")).to_be_visible()
    watched.looks_right("Enrolled")
    page.get_by_role("link", name="To Ana’s page").click()
    watched.looks_right("^Ana")


def book_and_move(watched: Watched, world: World) -> None:
    page = watched.page
    page.get_by_role("link", name="Book a session").click()
    there = form_day(world, days=40)
    page.get_by_label("Date").fill(there["date"])
    page.get_by_label("Time").fill(there["time"])
    page.get_by_role("button", name="Book it").click()
    expect(page.get_by_role("status")).to_contain_text("Booked for")
    page.get_by_role("link", name="Move session 1", exact=True).click()
    page.get_by_label("Date").fill(form_day(world, days=10)["date"])
    page.get_by_role("button", name="See what moves").click()
    expect(page.get_by_role("heading", name="What this does to Ana’s texts")).to_be_visible()
    watched.looks_right("Move a session")
    page.get_by_role("button", name="Move it").click()
    expect(page.get_by_role("status")).to_contain_text("Moved to")


def arrive_and_finish(watched: Watched, world: World, ben: Patient) -> None:
    page = watched.page
    page.goto(f"{watched.base}/portal/patients/{ben.id}")
    page.get_by_role("button", name="Arrived session 1").click()
    expect(page.get_by_role("status")).to_have_text("Marked as arrived.")
    page.get_by_role("link", name="Done at … session 1").click()
    watched.looks_right("Session is done")
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("status")).to_contain_text("Done at")


def see_to_the_alert(watched: Watched) -> None:
    page = watched.page
    page.get_by_role("link", name="Alerts").click()
    watched.looks_right("Alerts")
    page.get_by_role("link", name="Open and acknowledge").click()
    watched.looks_right("Alert ·")
    page.get_by_role("button", name="I have it").click()
    expect(page.locator("#logistics-fault")).to_be_visible()
    page.get_by_label("We phone about visits").check()
    page.get_by_role("button", name="I have it").click()
    expect(page.locator("#waiting")).to_be_hidden()
    page.get_by_role("group", name="Did you speak").get_by_label("Yes").check()
    page.get_by_label("Spoke and made a plan").check()
    page.get_by_label("Plan: what happens next").fill("His brother is with him tonight; call tomorrow at nine.")
    page.get_by_label("Resume gently").check()
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_role("status")).to_have_text("Resolved.")
    watched.looks_right("Alert ·")


def ben_in_danger(world: World) -> Patient:
    """Ben, whose session is about now, and who wrote that he wants to die."""
    soon = Booking(world.watch.now + timedelta(minutes=30), 60)
    phone = Phone(world, number=BEN)
    world.enroll(BEN, first_name="Ben", sessions=(soon,))
    phone.wait(minutes=1)
    phone.text("YES")
    phone.text("I want to kill myself")
    return phone.patient()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_day_at_the_portal(world: World, chromium: Chromium, size: dict[str, int]) -> None:
    """Sign in, enroll, book, move, arrived and done, acknowledge and resolve, read, sign out."""
    _, once = account(world)
    with served(world) as base:
        watched = Watched(chromium, size, base)
        sign_in(watched, world, once)
        watched.looks_right("Patients")
        enroll_ana(watched, world)
        book_and_move(watched, world)
        ben = ben_in_danger(world)
        arrive_and_finish(watched, world, ben)
        see_to_the_alert(watched)
        for path in (f"patients/{ben.id}/conversation", f"patients/{ben.id}/journal", "tasks", "patients"):
            watched.page.goto(f"{base}/portal/{path}")
            watched.looks_right("Ben|Tasks|Patients")
        watched.page.get_by_role("button", name="Sign out").click()
        expect(watched.page.get_by_role("heading", name="Sign in")).to_be_visible()
        watched.page.go_back()
        assert "Ana" not in watched.page.inner_text("body")
        assert watched.faults == []
        assert {url for url in watched.asked if not url.startswith((base, "data:"))} == set()
        watched.context.close()
    with world.desk() as desk:
        assert rows.of_patient(desk.db, desk.keys, ben.id)[0].status == "done"


def test_a_page_nobody_uses_is_blanked(world: World, chromium: Chromium) -> None:
    _, once = account(world)
    world.enroll(first_name="Ana")
    with served(world) as base:
        watched = Watched(chromium, DESK, base)
        watched.page.clock.install()
        sign_in(watched, world, once)
        expect(watched.page.get_by_role("link", name="Ana", exact=True)).to_be_visible()
        watched.page.clock.run_for(14 * 60 * 1000 + 2000)
        expect(watched.page.get_by_role("button", name="Stay signed in")).to_be_visible()
        watched.page.clock.run_for(60 * 1000)
        expect(watched.page.get_by_role("heading", name="Signed out")).to_be_visible()
        assert "Ana" not in watched.page.content()
        watched.context.close()


def test_an_ended_sign_in_blanks_the_page_by_itself(world: World, chromium: Chromium) -> None:
    _, once = account(world)
    world.enroll(first_name="Ana")
    with served(world) as base:
        watched = Watched(chromium, DESK, base)
        watched.page.clock.install()
        sign_in(watched, world, once)
        world.watch.on(minutes=16)
        watched.page.clock.run_for(31 * 1000)
        watched.page.get_by_role("heading", name="Signed out").wait_for()
        assert "Ana" not in watched.page.content()
        watched.context.close()


def test_a_new_alert_shows_on_an_open_page(world: World, chromium: Chromium) -> None:
    _, once = account(world)
    phone = joined(world)
    with served(world) as base:
        watched = Watched(chromium, DESK, base)
        watched.page.clock.install()
        sign_in(watched, world, once)
        expect(watched.page.locator("#waiting")).to_be_hidden()
        phone.text("I want to kill myself")
        watched.page.clock.run_for(31 * 1000)
        watched.page.locator("#waiting").wait_for(state="visible")
        expect(watched.page.locator("#waiting b")).to_have_text("1")
        expect(watched.page.locator("#live")).to_have_text("One alert is waiting.")
        watched.context.close()
