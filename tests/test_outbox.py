"""What is due leaves once, in order, within the sender's rate, and only to those who may still be texted."""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select, update

from smsbot import consent, outbox
from smsbot.carrier.client import Carrier
from smsbot.models import Consent, Message, Suppression, Touch, TreatmentSession
from smsbot.outbox.rates import CAP_ZONE
from smsbot.scope import Words
from tests.api_support import ANA, BEN, CARA
from tests.carrier_support import DeadPort
from tests.outbox_support import NOBODY, Crash, Post, crash_at, posting
from tests.sandbox_support import ACCOUNT_SID, NUMBER, Sandbox


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    """One sandbox for all tests of this file."""
    with Sandbox() as found:
        yield found


@pytest.fixture
def post(tmp_path: Path, box: Sandbox) -> Iterator[Post]:
    with posting(tmp_path, box) as found:
        yield found


def test_a_due_text_leaves_once_and_is_known_by_its_carrier_id(post: Post):
    message = post.queue("Hello, Ana")
    assert post.deliver().asked == 1
    assert post.deliver().asked == 0
    row = post.row(message)
    (seen,) = post.box.messages(to=ANA)
    assert (seen["body"], seen["sid"]) == ("Hello, Ana", row.carrier_sid)
    assert (row.state, row.attempts, row.due_at, row.check_at, row.lease_until) == ("accepted", 1, None, None, None)


def test_the_carrier_is_told_where_to_report_and_how_long_to_try(post: Post):
    message = post.queue("Hello", send_by=post.world.watch.now + timedelta(minutes=30))
    post.deliver()
    (asked,) = post.box.requests("messages.create")
    assert asked["params"]["StatusCallback"] == [f"{NOBODY}/webhooks/status/{message}"]
    assert asked["params"]["ValidityPeriod"] == ["1800"]


def test_texts_leave_by_class_then_deadline_then_age(post: Post):
    people = [post.enroll(phone) for phone in (BEN, CARA, "+14155550126")]
    now = post.world.watch.now
    post.queue("practice", people[0], priority=6)
    post.queue("later deadline", people[1], priority=3, send_by=now + timedelta(hours=2))
    post.queue("sooner deadline", people[2], priority=3, send_by=now + timedelta(hours=1))
    post.queue("crisis", priority=0, purpose="crisis")
    post.sender(tokens=1.0, rate=1.0, burst=1.0)
    for _ in range(4):
        post.deliver()
        post.on(seconds=1)
    said = [seen["body"] for seen in post.box.messages(direction="outbound")]
    assert said == ["crisis", "sooner deadline", "later deadline", "practice"]


def test_a_patients_next_text_waits_for_the_one_before(post: Post):
    first, second = post.queue("one"), post.queue("two")
    assert post.deliver().asked == 1
    assert (post.state(first), post.state(second)) == ("accepted", "ready")
    post.on(seconds=2)
    assert post.deliver().asked == 0
    post.on(seconds=2)
    assert post.deliver().asked == 1
    assert post.box.bodies(ANA) == ["one", "two"]


def test_a_receipt_for_the_first_lets_the_second_go_at_once(post: Post):
    first, _ = post.queue("one"), post.queue("two")
    post.deliver()
    assert post.receipt(first, "sent") == (NUMBER,)
    assert post.deliver().asked == 1


def test_a_crisis_line_passes_everything(post: Post):
    post.queue("one")
    post.deliver()
    post.queue("two")
    post.queue("988", priority=0, purpose="crisis")
    assert post.deliver().asked == 1
    assert post.box.bodies(ANA) == ["one", "988"]


def test_an_older_text_that_waits_for_its_hour_holds_nobody_up(post: Post):
    later = post.queue("tomorrow")
    with post.runtime.database.write() as db:
        db.get_one(Message, later).due_at = post.world.watch.now + timedelta(days=1)
    post.queue("now")
    post.deliver()
    assert post.box.bodies(ANA) == ["now"]


def test_the_senders_rate_is_never_overrun_and_fills_with_time(post: Post):
    people = [post.enroll(f"+1415555{number:04}") for number in range(200, 210)]
    for each in people:
        post.queue("Hi", each)
    post.sender(rate=2.0, burst=3.0, tokens=3.0)
    assert [post.deliver().asked for _ in range(2)] == [3, 0]
    post.on(seconds=1)
    assert post.deliver().asked == 2
    post.on(seconds=60)
    assert post.deliver().asked == 3


def test_the_daily_cap_parks_the_sender_until_midnight_pacific(post: Post):
    for phone in (BEN, CARA):
        post.queue("Hi", post.enroll(phone))
    post.sender(daily_cap=1)
    assert post.deliver().asked == 1
    assert post.deliver().asked == 0
    parked = post.sender().parked_until
    assert parked is not None
    assert parked.astimezone(CAP_ZONE).hour == 0
    post.on(days=1, hours=1)
    assert post.deliver().asked == 1


def test_nothing_leaves_after_a_committed_stop_but_its_confirmation(post: Post):
    early = post.queue("a question", priority=4)
    with post.scope(post.ana) as scope:
        consent.stop(scope)
        scope.queue(words("You are opted out."), priority=0, purpose="stop")
    late = post.queue("a reply", priority=1)
    post.deliver()
    post.on(seconds=4)
    post.deliver()
    assert post.box.bodies(ANA) == ["You are opted out."]
    assert {post.state(early), post.state(late)} == {"dropped"}


def test_a_stop_between_claim_and_send_is_obeyed(post: Post):
    message = post.queue("a question")

    def reached(name: str) -> None:
        if name == "outbox.claimed":
            with post.scope(post.ana) as scope:
                consent.suppress(scope, "stop")

    post.with_reached(reached).deliver()
    assert post.state(message) == "dropped"
    assert post.box.bodies(ANA) == []


def test_a_text_past_its_deadline_is_dropped_with_the_reason(post: Post):
    message = post.queue("too late", send_by=post.world.watch.now + timedelta(minutes=1))
    post.on(minutes=2)
    post.deliver()
    assert (post.state(message), post.row(message).reason) == ("dropped", "Dropped: it could not leave in time.")


def test_a_dead_process_that_had_only_claimed_sends_after_its_lease(post: Post):
    message = post.queue("Hello")
    with pytest.raises(Crash):
        post.with_reached(crash_at("outbox.claimed")).deliver()
    assert post.state(message) == "claimed"
    assert post.deliver().asked == 0
    post.on(seconds=31)
    assert post.deliver().asked == 1
    assert post.box.bodies(ANA) == ["Hello"]


def test_a_dead_process_that_was_sending_never_sends_again_by_itself(post: Post):
    message = post.queue("Hello")
    with pytest.raises(Crash):
        post.with_reached(crash_at("outbox.sending")).deliver()
    post.on(minutes=5)
    assert post.deliver().asked == 0
    assert post.state(message) == "sending"


def test_an_answer_that_died_before_it_was_written_down_is_found_in_the_list(post: Post):
    message = post.queue("Hello")
    with pytest.raises(Crash):
        post.with_reached(crash_at("outbox.sent")).deliver()
    post.on(seconds=31)
    assert outbox.check(post.runtime) == 1
    (seen,) = post.box.messages(to=ANA)
    assert post.state(message) in ("accepted", "sent", "delivered")  # as far as the carrier has come with it
    assert post.row(message).carrier_sid == seen["sid"]


def test_a_request_that_was_never_processed_is_made_again(post: Post):
    post.box.fault("rate_limit", count=1)
    message = post.queue("Hello")
    post.deliver()
    assert (post.state(message), post.box.bodies(ANA)) == ("ready", [])
    post.on(seconds=2)
    post.deliver()
    assert post.box.bodies(ANA) == ["Hello"]


def test_a_carrier_out_of_reach_costs_only_time(post: Post):
    message = post.queue("Hello")
    with DeadPort() as base:
        nowhere = Carrier(ACCOUNT_SID, "SK1", "secret", base)
        replace(post, runtime=replace(post.runtime, carrier=nowhere)).deliver()
    assert (post.state(message), post.row(message).attempts) == ("ready", 1)
    post.on(seconds=2)
    post.deliver()
    assert post.box.bodies(ANA) == ["Hello"]


@pytest.mark.parametrize("kind", ["lose_response", "truncate"])
def test_a_lost_answer_is_unclear_and_not_sent_again(post: Post, kind: str):
    post.box.fault(kind, count=1)
    message = post.queue("Hello")
    post.deliver()
    assert post.state(message) == "unknown"
    post.on(seconds=10)
    assert post.deliver().asked == 0
    assert len(post.box.messages(to=ANA)) == 1


def test_a_refused_number_tells_the_clinic_and_stops(post: Post):
    post.box.fault("reject", code=21614, count=1)
    message = post.queue("Hello")
    waiting = post.queue("More")
    post.deliver()
    assert (post.state(message), post.row(message).error_code) == ("rejected", 21614)
    assert post.state(waiting) == "dropped"
    assert post.tasks() == [("phone_unreachable", "21614")]


def test_an_opt_out_at_the_carrier_becomes_ours(post: Post):
    post.box.fault("reject", code=21610, count=1)
    post.queue("Hello")
    waiting = post.queue("More")
    post.deliver()
    assert (post.patient().status, post.state(waiting)) == ("stopped", "dropped")
    assert post.tasks() == [("carrier_opt_out", "21610")]
    with post.runtime.database.read() as db:
        assert db.exec(select(Suppression.reason)).all() == ["carrier"]
        assert "carrier" in db.exec(select(Consent.by).where(col(Consent.action) == "withdrawn")).all()


def test_a_crisis_line_that_is_blocked_is_told_to_the_clinic(post: Post):
    post.box.fault("reject", code=21610, count=1)
    post.queue("988", priority=0, purpose="crisis")
    post.deliver()
    assert ("crisis_not_delivered", "21610") in post.tasks()


def test_a_fault_of_the_set_up_parks_the_sender_and_loses_nothing(post: Post):
    post.box.fault("reject", code=21606, count=1)
    message = post.queue("Hello")
    post.deliver()
    assert post.state(message) == "ready"
    assert post.tasks() == [("carrier_setup", "21606")]
    post.queue("Hi", post.enroll(BEN))
    assert post.deliver().asked == 0
    post.on(seconds=61)
    post.deliver()
    assert post.box.bodies(ANA) == ["Hello"]


def test_a_touch_that_missed_its_hours_waits_for_the_morning(post: Post):
    post.world.watch.to(post.world.watch.now.replace(hour=20, minute=0))  # 15:00 in New York
    touch = add_touch(post)
    message = post.queue("How was it?", touch_id=touch, priority=3)
    post.on(hours=8)
    post.deliver()
    row = post.row(message)
    assert (row.state, row.reason) == ("ready", "Held until texting hours.")
    post.world.watch.to(row.due_at or post.world.watch.now)
    post.deliver()
    assert post.box.bodies(ANA) == ["How was it?"]


@pytest.mark.parametrize(
    ("flow", "options", "goes"),
    [("intention", {}, False), ("intention", {"priority": 0}, True), ("safety_check", {}, True), ("system", {}, True)],
)
def test_what_a_script_says_on_a_reply_does_not_come_in_the_night_hours_later(
    post: Post, flow: str, options: dict[str, Any], goes: bool
):
    post.world.watch.to(post.world.watch.now.replace(hour=20, minute=0))  # 15:00 in New York
    with post.scope(post.ana) as scope:
        message = scope.queue(Words("How was it?", flow, "elicit", "en"), **options)
    post.on(hours=8)
    post.deliver()
    assert (post.box.bodies(ANA) == ["How was it?"], post.state(message) == "ready") == (goes, not goes)
    post.on(hours=11)
    post.deliver()
    assert post.box.bodies(ANA) == ["How was it?"]


def test_a_late_reply_by_day_goes_at_once(post: Post):
    post.world.watch.to(post.world.watch.now.replace(hour=15, minute=0))  # 10:00 in New York
    post.queue("How was it?")
    post.on(hours=3)
    post.deliver()
    assert post.box.bodies(ANA) == ["How was it?"]


@pytest.mark.parametrize(("rule", "goes"), [("intention", False), ("arrival", True)])
def test_a_touch_that_was_delayed_into_a_session_keeps_its_silence(post: Post, rule: str, goes: bool):
    post.world.watch.to(post.world.watch.now.replace(hour=15, minute=0))  # 10:00 in New York
    session_of(post, post.world.watch.now + timedelta(minutes=20))
    message = post.queue("How is it?", touch_id=add_touch(post, rule), priority=2)
    post.on(minutes=12)
    post.deliver()
    assert (post.state(message), post.box.bodies(ANA)) == (("accepted", ["How is it?"]) if goes else ("ready", []))


def test_the_morning_of_a_session_may_be_texted_late_before_the_hours_of_other_texts(post: Post):
    post.world.watch.to(post.world.watch.now.replace(hour=13, minute=0))  # 8:00 in New York
    post.queue("Today at 9:30.", touch_id=add_touch(post, "morning"), priority=2)
    post.on(minutes=20)
    post.deliver()
    assert post.box.bodies(ANA) == ["Today at 9:30."]


def test_the_second_chance_of_an_evenings_text_may_be_late_in_the_morning(post: Post):
    post.world.watch.to(post.world.watch.now.replace(hour=14, minute=30))  # 9:30 in New York
    post.queue("How was last night?", touch_id=add_touch(post, "landing"), priority=3)
    post.on(minutes=20)
    post.deliver()
    assert post.box.bodies(ANA) == ["How was last night?"]


def test_a_patients_own_hours_hold_for_the_morning_of_a_session_too(post: Post):
    post.world.watch.to(post.world.watch.now.replace(hour=13, minute=0))  # 8:00 in New York
    with post.scope(post.ana) as scope:
        scope.person.window_start, scope.person.window_end = "10:00", "19:00"
    post.queue("Today at 11:30.", touch_id=add_touch(post, "morning"), priority=2)
    post.on(minutes=20)
    post.deliver()
    assert post.box.bodies(ANA) == []


def session_of(post: Post, starts: datetime) -> None:
    """Ana's only session begins then."""
    with post.runtime.database.write() as db:
        db.execute(update(TreatmentSession).values(starts_at=starts))


def test_an_erased_patient_gets_nothing(post: Post):
    message = post.queue("Hello")
    with post.scope(post.ana) as scope:
        scope.person.wrapped_key = None
    post.deliver()
    assert (post.state(message), post.box.bodies(ANA)) == ("dropped", [])


def words(text: str) -> Words:
    """A text of the intention flow."""
    return Words(text, "intention", "elicit", "en")


def add_touch(post: Post, rule: str = "test") -> uuid.UUID:
    """A planned contact of Ana's."""
    with post.scope(post.ana) as scope:
        touch = Touch(
            id=scope.runtime.new_id(),
            clinic_id=scope.clinic.id,
            patient_id=scope.person.id,
            plan_key="test",
            rule=rule,
            flow="intention",
            priority=3,
            planned_at=scope.now,
            why="",
            history=[],
            created_at=scope.now,
            details={},
        )
        scope.db.add(touch)
        return touch.id


def test_a_text_that_can_no_longer_be_read_keeps_no_other_waiting(post: Post):
    spoilt, whole = post.queue("Hello"), post.queue("Hello", post.enroll(BEN))
    post.damage(spoilt)
    post.deliver()
    assert (post.state(spoilt), post.state(whole)) == ("dropped", "accepted")
    assert post.row(spoilt).reason == "Dropped: it can no longer be read."
