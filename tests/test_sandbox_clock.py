"""Moving care time from the sandbox: asked of the service, signed, played instant by instant."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from twilio.request_validator import RequestValidator

from smsbot.sandbox.careclock import seconds
from tests.sandbox_support import ANA, AUTH_TOKEN, NUMBER, Got, Listener, Sandbox, listener, shared

START = datetime(2026, 11, 20, 15, tzinfo=UTC)


class Service:
    """Plays the service's end: a clock that stands still, and the instants at which something is due."""

    def __init__(self, listener: Listener, *hours: float) -> None:
        self.offset = 0.0
        self.due = [hour * 3600 for hour in hours]
        self.stops: list[float] = []
        self.idle_after = 0
        self.listener = listener
        listener.answers["/sandbox/clock"] = self.answer

    def answer(self, got: Got) -> tuple[int, str, str]:
        if got.method == "POST":
            wanted = got["advance"]
            later = [due for due in self.due if due > self.offset]
            self.offset = later[0] if wanted == "next" and later else self.offset + int(wanted)
            self.stops.append(self.offset)
        self.idle_after -= 1
        ahead = [due for due in self.due if due > self.offset]
        reading = {
            "now": (START + timedelta(seconds=self.offset)).isoformat(),
            "offset": self.offset,
            "next": (START + timedelta(seconds=ahead[0])).isoformat() if ahead else None,
            "idle": self.idle_after < 0,
        }
        return 200, "application/json", json.dumps(reading)


@pytest.fixture
def service() -> Iterator[Listener]:
    with listener() as service:
        yield service


@pytest.fixture
def box(service: Listener) -> Sandbox:
    box = shared()
    box.reset(numbers=True)
    box.change(service_url=service.base)
    return box


def test_a_jump_is_played_through_every_due_instant(box: Sandbox, service: Listener) -> None:
    clock = Service(service, 1, 2, 30)
    moved = box.advance("1 day")
    assert clock.stops == [3600, 7200, 86_400]
    assert (moved["played"], moved["offset"]) == (2, 86_400)
    assert moved["next"] == (START + timedelta(hours=30)).isoformat()


def test_to_the_next_touch_stops_there(box: Sandbox, service: Listener) -> None:
    clock = Service(service, 5)
    assert box.advance("next")["now"] == (START + timedelta(hours=5)).isoformat()
    assert clock.stops == [5 * 3600]


def test_each_instant_is_waited_for_until_the_service_is_idle(box: Sandbox, service: Listener) -> None:
    clock = Service(service, 1)
    clock.idle_after = 4
    box.advance(7200)
    reads = [got.method for got in service.at("/sandbox/clock")]
    assert reads.count("GET") >= 5


def test_requests_to_the_clock_are_signed(box: Sandbox, service: Listener) -> None:
    Service(service)
    box.advance(60)
    for got in service.at("/sandbox/clock"):
        params = dict(got.params)
        header = got.headers["x-twilio-signature"]
        assert RequestValidator(AUTH_TOKEN).validate(service.base + got.target, params, header)


def test_reading_the_clock_moves_nothing(box: Sandbox, service: Listener) -> None:
    clock = Service(service, 1)
    assert box.get("/clock") == {
        "now": START.isoformat(),
        "offset": 0.0,
        "next": (START + timedelta(hours=1)).isoformat(),
        "idle": True,
    }
    assert clock.stops == []


def test_a_message_held_past_its_validity_expires_when_the_clock_moves(box: Sandbox, service: Listener) -> None:
    Service(service)
    box.fault("stall", count=1)
    box.twilio().messages.create(
        to=ANA, from_=NUMBER, body="x", validity_period=3600, status_callback=service.url("/s")
    )
    box.advance("2 hours")
    box.wait_idle()
    assert [(got["MessageStatus"], got["ErrorCode"]) for got in service.at("/s")] == [("failed", "30036")]


@pytest.mark.parametrize(
    ("answer", "said"), [((404, "", ""), "404"), ((200, "text/html", "<p>"), "clock"), (None, "nothing")]
)
def test_a_service_without_a_clock_is_named(
    box: Sandbox, service: Listener, answer: tuple[int, str, str] | None, said: str
) -> None:
    service.answers["/sandbox/clock"] = lambda _got: answer
    with pytest.raises(ValueError, match=f"502.*{said}"):
        box.advance(60)


def test_no_service_no_clock(box: Sandbox) -> None:
    box.change(service_url="")
    with pytest.raises(ValueError, match="no service address"):
        box.advance(60)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1 day", 86_400), ("+3 hours", 10_800), ("90", 90), (90, 90), ("2 weeks", 1_209_600), ("1 minute", 60)],
)
def test_lengths_of_time_are_read(text: str | int, expected: int) -> None:
    assert seconds(text) == expected


@pytest.mark.parametrize("text", ["", "soon", "-1 day", -5, "1 month", "1.5 hours"])
def test_what_is_no_length_of_time_is_refused(text: str | int) -> None:
    with pytest.raises(ValueError):
        seconds(text)
