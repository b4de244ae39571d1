"""Calls with everything running: the sandbox's phone, web, worker and clock as processes of their own."""

from collections.abc import Iterator
from typing import Any

import pytest
import requests
from sqlmodel import col, select

from smsbot.models import Alert, Call, VoiceNote
from smsbot.sandbox.audio import tone
from tests.sandbox_support import NUMBER
from tests.stack_support import Stack, stack

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with stack(tmp_path_factory.mktemp("calls")) as found:
        base = f"http://127.0.0.1:{found.port}/webhooks"
        found.box.configure_number(NUMBER, voice_url=f"{base}/voice", status_callback=f"{base}/call-status")
        for name in ("web", "worker", "clock"):
            found.start(name)
        found.wait_ready()
        yield found


def joined(running: Stack, number: int) -> str:
    phone = running.enroll(number)
    running.until(lambda: len(running.box.messages(to=phone)) >= 1, 60, "no invitation came")
    running.box.text(phone, "YES")
    running.until(lambda: len(running.box.messages(to=phone)) >= 3, 60, "no welcome came")
    return phone


def press(running: Stack, call: dict[str, Any], *keys: str) -> dict[str, Any]:
    for key in keys:
        call = running.box.act(call, "keys", digits=key)
    return call


def rows(running: Stack, model: Any) -> list[Any]:
    with running.runtime.database.read() as db:
        return list(db.exec(select(model).order_by(col(model.id))).all())


def ringing(running: Stack, phone: str) -> dict[str, Any]:
    found: list[dict[str, Any]] = []

    def rings() -> bool:
        found[:] = [call for call in running.box.calls(phone) if call["status"] == "ringing"]
        return bool(found)

    running.until(rings, 60, "the phone did not ring")
    return found[0]


def test_a_note_is_kept_heard_on_the_line_and_gone_from_the_carrier(running: Stack) -> None:
    call = press(running, running.box.call(joined(running, 1)), "1", "1")
    assert call["wants"] == "recording"
    note = tone(6)
    call = press(running, running.box.act(call, "record", data=note, digits="#"), "2")
    played = [line["text"] for line in call["transcript"] if line["what"] == "play"]
    assert played, call["said"][-2:]
    heard = requests.get(played[0], timeout=10)
    assert (heard.status_code, heard.content, heard.headers["Cache-Control"]) == (200, note, "no-store")
    press(running, call, "1")
    kept = rows(running, VoiceNote)[-1]
    running.until(
        lambda: rows(running, VoiceNote)[-1].carrier_deleted_at is not None, 60, "the carrier still has the recording"
    )
    assert (kept.seconds, kept.playable) == (6, True)
    running.box.act(call, "hangup")
    assert running.box.debugger() == []


def test_a_deleted_note_is_gone_everywhere(running: Stack) -> None:
    call = press(running, running.box.call(joined(running, 2)), "1", "1")
    call = press(running, running.box.act(call, "record", data=tone(4), digits="#"), "4")
    assert call["said"][-2].startswith("It's deleted")
    running.until(
        lambda: rows(running, VoiceNote)[-1].carrier_deleted_at is not None, 60, "the carrier still has the recording"
    )
    running.box.act(call, "hangup")


def test_call_rings_the_phone_and_a_lost_answer_rings_it_once(running: Stack) -> None:
    phone = joined(running, 3)
    running.box.fault("lose_response", on="calls.create", count=1)
    running.box.text(phone, "CALL")
    call = running.box.act(ringing(running, phone), "answer")
    assert "automated call" in call["said"][0]
    call = press(running, call, "1", "1")
    assert "leave a note" in call["said"][-1]
    running.box.act(call, "hangup")
    running.until(
        lambda: [row.state for row in rows(running, Call) if row.direction == "outbound"] == ["over"],
        60,
        "the call was not closed",
    )
    assert len(running.box.calls(phone)) == 1


def test_a_busy_phone_is_left_alone_for_five_minutes(running: Stack) -> None:
    phone = joined(running, 4)
    running.box.phone(phone, answers="busy")
    running.box.text(phone, "AUDIO")
    running.box.text(phone, "1")
    running.until(
        lambda: [row.state for row in rows(running, Call) if row.purpose == "audio"] == ["busy", "ready"],
        60,
        "the busy call was not seen",
    )
    assert len(running.box.calls(phone)) == 1


def test_every_voice_request_asked_three_times_is_one_call(running: Stack) -> None:
    phone = joined(running, 5)
    running.box.fault("duplicate", on="voice", copies=3, count=6)
    call = press(running, running.box.call(phone), "1", "1")
    call = running.box.act(call, "record", data=tone(5), digits="#")
    call = press(running, call, "1")
    running.box.act(call, "hangup")
    running.box.clear_faults()
    running.until(
        lambda: all(row.ended_at for row in rows(running, Call) if row.direction == "inbound"), 60, "a call is open"
    )
    assert [row.seconds for row in rows(running, VoiceNote)].count(5) == 1


def test_danger_on_the_phone_is_an_alert_before_the_line_has_spoken(running: Stack) -> None:
    call = press(running, running.box.call(joined(running, 6)), "1")
    before = len(rows(running, Alert))
    call = running.box.act(call, "speak", text="I want to kill myself")
    assert "9 8 8" in " ".join(call["said"][-3:])
    assert len(rows(running, Alert)) == before + 1
    running.box.act(call, "hangup")


@pytest.mark.parametrize("point", ["call.armed:1", "call.asked:1"])
def test_whoever_is_killed_while_placing_a_call_rings_the_phone_once(running: Stack, point: str) -> None:
    phone = joined(running, 7 if point.startswith("call.armed") else 8)
    for name in ("worker", "clock"):
        running.kill(name)
        running.start(name, crash_at=point)
    running.box.text(phone, "CALL")
    running.until(lambda: any(row.state == "dialing" for row in rows(running, Call)), 60, "nobody armed the call")
    for name in ("worker", "clock"):
        running.kill(name)
        running.start(name)
    running.until(lambda: bool(running.box.calls(phone)), 150, "the phone did not ring")
    running.until(lambda: not any(row.state == "dialing" for row in rows(running, Call)), 90, "still dialing")
    (rang,) = running.box.calls(phone)
    assert rang["sid"] in [row.carrier_sid for row in rows(running, Call)]
