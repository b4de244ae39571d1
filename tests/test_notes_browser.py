"""A voice note heard in a real browser: it plays, can be skipped through, and nothing on the page is refused."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect

from smsbot.notes import playable
from tests.api_support import World
from tests.notes_support import Kept, Line, line, said, sid, wav
from tests.portal_support import audited, browser
from tests.test_notes_web import AMR, media
from tests.test_portal_browser import DESK, PHONE, Watched, chromium, served

pytestmark = pytest.mark.browser
__all__ = ["chromium"]
PLAYED = "document.querySelector('audio')"


@pytest.fixture
def ana(world: World) -> Iterator[Line]:
    with line(world) as found:
        yield found


def signed_in(world: World, chromium: Chromium, base: str, size: dict[str, int]) -> Watched:
    token = browser(world, f"dana{size['width']}@example.org").client.get_cookie("smsbot")
    assert token
    watched = Watched(chromium, size, base)
    watched.context.add_cookies([{"name": "smsbot", "value": token.value, "url": base}])
    return watched


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_phone_recording_plays_and_can_be_skipped_through(
    ana: Line, world: World, chromium: Chromium, size: dict[str, int]
) -> None:
    note = ana.stored()
    ana.carrier.recordings[sid(2)] = Kept(wav(90), 90)
    ana.listen(said("The morning was calm."))
    long = ana.note(recording_sid=sid(2))
    ana.work()
    with served(world) as base:
        dana = signed_in(world, chromium, base, size)
        dana.page.goto(f"{base}/portal/patients/{ana.patient.id}/voice")
        dana.looks_right("voice")
        dana.page.goto(f"{base}/portal/notes/{note.id}")
        dana.looks_right("Voice note")
        expect(dana.page.get_by_text("The morning was calm.").first).to_be_visible()
        _plays(dana, 2)
        dana.page.goto(f"{base}/portal/notes/{long.id}")
        _plays(dana, 90)
        dana.page.evaluate(f"{PLAYED}.currentTime = 80")
        _until(dana, f"{PLAYED}.currentTime > 80.2 && !{PLAYED}.seeking")
        assert dana.faults == []
    assert ("note.listen", f"note:{long.id}") in [(action, subject) for _, action, subject in audited(world)]


def _plays(dana: Watched, seconds: float) -> None:
    dana.page.evaluate(f"({PLAYED}.muted = true, {PLAYED}.play())")
    _until(dana, f"{PLAYED}.currentTime > 0.2")
    assert abs(dana.page.evaluate(f"{PLAYED}.duration") - seconds) < 0.5


def _until(dana: Watched, condition: str) -> None:
    """Look until it is so: the page's own policy keeps anything from being waited for inside it."""
    for _ in range(200):
        if dana.page.evaluate(condition):
            return
        dana.page.wait_for_timeout(50)
    raise AssertionError(f"never {condition}; {dana.page.evaluate(f'{PLAYED}.error && {PLAYED}.error.message')}")


@pytest.mark.skipif(not playable.can_convert(), reason="PyAV (extra audio) is not installed")
def test_a_sound_from_an_mms_plays(ana: Line, world: World, chromium: Chromium) -> None:
    media(ana, AMR, "audio/amr")
    ana.work()
    with served(world) as base:
        dana = signed_in(world, chromium, base, DESK)
        dana.page.goto(f"{base}/portal/notes/{ana.rows()[0].id}")
        _plays(dana, 1)
        assert dana.faults == []
