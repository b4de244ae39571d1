"""Calls of ours: asked for once, never two at a time, never after STOP, and looked up when nobody answered for them."""

import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import col, select

from smsbot import calling
from smsbot.carrier.answers import Ringing
from smsbot.carrier.errors import CarrierError, Kind, NotAccepted, Rejected, Unknown
from smsbot.models import Call, Consent, Patient
from tests.api_support import ANA, World
from tests.call_stories import OPEN_HOUR
from tests.calls_support import CallCarrier, Handset, calls_of, joined_world, ready_phone, ring
from tests.phone_support import Phone


@pytest.fixture
def world(tmp_path: Path) -> World:
    return joined_world(tmp_path)


@pytest.fixture
def carrier(world: World) -> CallCarrier:
    carrier = CallCarrier()
    object.__setattr__(world.runtime, "carrier", carrier)
    return carrier


@pytest.fixture
def ana(world: World, carrier: CallCarrier) -> Phone:
    ana = ready_phone(world)
    world.watch.to(OPEN_HOUR)
    return ana


def states(world: World) -> list[str]:
    return [call.state for call in calls_of(world)]


def after(world: World, seconds: float) -> None:
    world.watch.on(seconds=seconds)
    ring(world)


def test_a_call_is_written_before_the_carrier_is_asked(world: World, ana: Phone, carrier: CallCarrier) -> None:
    ana.text("CALL")
    seen: list[str] = []
    carrier.during = lambda: seen.extend(states(world))
    ring(world)
    assert (seen, states(world)) == (["dialing"], ["ringing"])
    (asked,) = carrier.asked
    assert asked["url"].endswith(f"/webhooks/voice/{calls_of(world)[0].id}/0")
    assert (asked["to"], asked["from"]) == (ANA, "+15005550006")


def test_two_requests_are_one_call(world: World, ana: Phone, carrier: CallCarrier) -> None:
    ana.text("CALL")
    ana.text("CALL")
    ring(world)
    ana.text("call")
    ring(world)
    assert len(carrier.asked) == 1


def test_a_lost_answer_is_found_in_the_carriers_list_and_never_asked_twice(
    world: World, ana: Phone, carrier: CallCarrier
) -> None:
    ana.text("CALL")
    carrier.faults, carrier.takes = [Unknown("no answer in time")], [True]
    ring(world)
    assert states(world) == ["unknown"]
    after(world, 16)
    assert (states(world), len(carrier.asked)) == (["ringing"], 1)
    assert calls_of(world)[0].carrier_sid == carrier.asked[0]["sid"]


@pytest.mark.long
def test_a_call_nobody_can_account_for_is_given_up_and_not_placed_again(
    world: World, ana: Phone, carrier: CallCarrier
) -> None:
    ana.text("CALL")
    carrier.faults, carrier.takes, carrier.blind = [Unknown("no answer in time")], [False], True
    for _ in range(45):
        after(world, 20)
    assert (states(world), carrier.asked) == (["dropped"], [])
    assert [text.line for text in ana.fresh()][-1] == "call_missed"


@pytest.mark.long
def test_a_call_that_three_looks_do_not_show_is_asked_for_once_more(
    world: World, ana: Phone, carrier: CallCarrier
) -> None:
    ana.text("CALL")
    carrier.faults, carrier.takes = [Unknown("no answer in time")] * 9, [False] * 9
    for _ in range(4):
        after(world, 16)
    assert len(carrier.faults) == 8  # asked for once, looked for since
    for _ in range(60):
        after(world, 20)
    assert len(carrier.faults) == 7  # and once more, never again
    assert states(world) == ["dropped"]


def test_the_answered_call_itself_proves_that_it_was_accepted(world: World, ana: Phone, carrier: CallCarrier) -> None:
    ana.text("CALL")
    carrier.faults, carrier.takes = [Unknown("no answer in time")], [True]
    ring(world)
    asked = carrier.asked[0]
    handset = Handset(world)
    assert "automated call" in handset.answer(asked["url"], asked["sid"])[0]
    assert states(world) == ["talking"]
    after(world, 60)
    assert len(carrier.asked) == 1


def test_a_worker_killed_while_asking_leaves_a_call_that_is_looked_up(
    world: World, ana: Phone, carrier: CallCarrier
) -> None:
    ana.text("CALL")

    def killed() -> None:
        raise KeyboardInterrupt

    carrier.during = killed
    with pytest.raises(KeyboardInterrupt):
        ring(world)
    carrier.during = lambda: None
    assert states(world) == ["dialing"]
    after(world, 31)
    assert (states(world), len(carrier.asked)) == (["ringing"], 1)


@pytest.mark.long
@pytest.mark.parametrize(
    ("fault", "after_one", "after_all"),
    [(NotAccepted(retryable=True), "ready", "failed"), (Rejected(21211, Kind.NOT_MOBILE), "failed", "failed")],
)
def test_a_refusal_is_tried_again_only_where_that_can_help(
    world: World, ana: Phone, carrier: CallCarrier, fault: CarrierError, after_one: str, after_all: str
) -> None:
    ana.text("CALL")
    carrier.faults, carrier.takes = [fault] * 20, [False] * 20
    ring(world)
    assert states(world) == [after_one]
    for _ in range(10):
        after(world, 30)
    assert states(world) == [after_all]
    assert [text.line for text in ana.fresh()][-1] == "call_missed"


def test_a_second_call_waits_until_the_first_is_over(world: World, ana: Phone, carrier: CallCarrier) -> None:
    ana.text("CALL")
    ring(world)
    with world.desk() as desk:  # something else wants to call as well
        scope = desk.scope(desk.db.exec(select(Patient)).one())
        calling.write(scope, "audio", {"audio": "arrive", "requested": True}, desk.now)
    after(world, 60)
    assert len(carrier.asked) == 1
    first = carrier.asked[0]
    handset = Handset(world, sid=first["sid"], direction="outbound-api")
    handset.status("completed", first["status"])
    after(world, 60)
    assert len(carrier.asked) == 2


def stop(ana: Phone) -> None:
    ana.text("STOP")


def no_calls(ana: Phone) -> None:
    ana.text("NO CALLS")


def late(ana: Phone) -> None:
    ana.world.watch.on(hours=14)


@pytest.mark.parametrize("happens", [stop, no_calls, late])
def test_what_comes_between_the_request_and_the_ring_is_obeyed(
    world: World, ana: Phone, carrier: CallCarrier, happens: Callable[[Phone], None]
) -> None:
    ana.text("CALL")
    happens(ana)
    ring(world)
    assert (states(world), carrier.asked) == (["dropped"], [])


def test_nobody_is_called_without_a_request_or_consent(world: World, ana: Phone, carrier: CallCarrier) -> None:
    with world.desk() as desk:
        patient = desk.db.exec(select(Patient)).one()
        patient.calls = False
        calling.write(desk.scope(patient), "audio", {"audio": "arrive"}, desk.now)
    ring(world)
    assert (calls_of(world)[0].why, carrier.asked) == ("Dropped: there is no consent to calls.", [])


def test_pressing_9_is_a_line_in_the_ledger_and_no_call_follows(world: World, ana: Phone, carrier: CallCarrier) -> None:
    ana.text("CALL")
    ring(world)
    Handset(world).answer(carrier.asked[0]["url"], carrier.asked[0]["sid"])
    handset = Handset(world)
    handset.answer(carrier.asked[0]["url"], carrier.asked[0]["sid"])
    handset.press("9")
    assert ana.patient().calls is False
    with world.runtime.database.read() as db:
        newest = db.exec(select(Consent).order_by(col(Consent.at).desc())).first()
    assert newest is not None
    assert (newest.kind, newest.action, newest.channel) == ("calls", "withdrawn", "voice")


def test_a_call_whose_end_nobody_told_us_is_asked_about(world: World, ana: Phone, carrier: CallCarrier) -> None:
    ana.text("CALL")
    ring(world)
    sid = carrier.asked[0]["sid"]
    carrier.listed[sid] = Ringing(sid, "completed", 61, None)
    after(world, 46 * 60)
    (call,) = calls_of(world)
    assert (call.state, call.seconds) == ("over", 61)


@pytest.mark.parametrize("told", ["not there", "no answer"])
def test_a_call_that_came_in_and_that_the_carrier_has_forgotten_ends_and_is_never_placed(
    world: World, ana: Phone, carrier: CallCarrier, told: str
) -> None:
    handset = Handset(world)
    handset.dial()
    handset.press("1")
    handset.drop()
    if told == "no answer":
        carrier.call_now = _no_answer  # type: ignore[method-assign]
    after(world, 46 * 60)
    for _ in range(12):
        after(world, 61)
    (call,) = calls_of(world)
    assert (call.state, call.why, call.due_at) == ("dropped", "No end was told.", None)
    assert (carrier.asked, [text.line for text in ana.fresh()]) == ([], [])


def _no_answer(sid: str) -> Ringing | None:
    raise Unknown("no answer in time")


@pytest.mark.parametrize("order", [["busy", "busy", "completed"], ["ringing", "busy"], ["busy", "ringing"]])
def test_status_callbacks_in_any_order_end_a_call_once(
    world: World, ana: Phone, carrier: CallCarrier, order: list[str]
) -> None:
    ana.text("CALL")
    ring(world)
    asked = carrier.asked[0]
    handset = Handset(world, sid=asked["sid"], direction="outbound-api")
    for status in order:
        handset.status(status, asked["status"])
    assert states(world) == ["busy", "ready"]


def test_a_status_of_a_call_that_is_not_ours_changes_nothing(world: World, ana: Phone) -> None:
    ana.text("CALL")
    handset = Handset(world, sid="CA" + "f" * 32, direction="outbound-api")
    handset.status("completed")
    handset.status("completed", f"http://127.0.0.1:8000/webhooks/call-status/{uuid.uuid4()}")
    assert states(world) == ["ready"]


def test_a_call_row_holds_no_word_and_no_number(world: World, ana: Phone) -> None:
    handset = Handset(world)
    handset.dial()
    for key in ("1", "2"):
        handset.press(key)
    handset.say("my secret words")
    with world.runtime.database.read() as db:
        row = db.exec(select(Call)).one()
    told = repr(row.model_dump())
    assert "secret" not in told
    assert ANA not in told
