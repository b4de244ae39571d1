"""Receipts come in any order, twice, late or for the wrong thing; the message ends where the truth is."""

import random
import uuid
from collections.abc import Iterator
from datetime import timedelta
from itertools import permutations
from pathlib import Path

import pytest
from sqlmodel import select

from smsbot import outbox
from smsbot.carrier.inbound import StatusEvent
from smsbot.models import StatusEvent as Filed
from tests.api_support import ANA
from tests.outbox_support import Crash, Post, crash_at, posting
from tests.sandbox_support import ACCOUNT_SID, NUMBER, Sandbox

SID = "SM" + "7" * 32


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    """One sandbox for all tests of this file."""
    with Sandbox() as found:
        yield found


@pytest.fixture
def post(tmp_path: Path, box: Sandbox) -> Iterator[Post]:
    with posting(tmp_path, box) as found:
        yield found


def accepted(post: Post, body: str = "Hello") -> uuid.UUID:
    """A message the carrier has taken."""
    message = post.queue(body)
    post.deliver()
    assert post.state(message) == "accepted"
    return message


@pytest.mark.parametrize("order", list(permutations(["queued", "sent", "delivered"])), ids="-".join)
def test_any_order_and_repeats_end_delivered(post: Post, order: tuple[str, ...]):
    message = accepted(post)
    for status in order + order:
        post.receipt(message, status)
    row = post.row(message)
    assert (row.state, row.sent_at is None, row.delivered_at is None) == ("delivered", False, False)
    with post.runtime.database.read() as db:
        assert sorted(db.exec(select(Filed.status)).all()) == ["delivered", "queued", "sent"]


def test_many_shuffled_receipts_change_nothing_that_was_final(post: Post):
    message = accepted(post)
    post.receipt(message, "delivered")
    rng = random.Random(3)
    for number in range(60):
        post.receipt(message, rng.choice(["queued", "sent", "undelivered", "failed"]), f"SM{number % 3:032x}", 30005)
    assert post.state(message) == "delivered"
    assert post.tasks() == []


def test_a_late_delivery_mends_undelivered(post: Post):
    message = accepted(post)
    post.receipt(message, "undelivered", code=30007)
    assert post.state(message) == "undelivered"
    post.receipt(message, "delivered")
    assert post.state(message) == "delivered"


def test_a_receipt_before_the_answer_is_kept_and_the_answer_adds_nothing(post: Post):
    message = post.queue("Hello")

    def reached(name: str) -> None:
        if name == "outbox.sent":
            (seen,) = post.box.messages(to=ANA)
            post.receipt(message, "delivered", seen["sid"])

    post.with_reached(reached).deliver()
    row = post.row(message)
    assert (row.state, row.carrier_sid) == ("delivered", post.box.messages(to=ANA)[0]["sid"])


def test_a_receipt_proves_a_send_whose_answer_was_lost(post: Post):
    post.box.fault("lose_response", count=1)
    message = post.queue("Hello")
    post.deliver()
    post.receipt(message, "sent", SID)
    row = post.row(message)
    assert (row.state, row.carrier_sid, row.check_at) == ("sent", SID, None)


def test_a_receipt_proves_a_send_whose_process_died(post: Post):
    message = post.queue("Hello")
    with pytest.raises(Crash):
        post.with_reached(crash_at("outbox.sent")).deliver()
    post.receipt(message, "queued", SID)
    post.on(minutes=10)
    assert outbox.check(post.runtime) == 0
    assert post.deliver().asked == 0
    assert post.state(message) == "accepted"


def test_a_receipt_for_nothing_of_ours_or_of_another_account_is_ignored(post: Post):
    message = accepted(post)
    with post.runtime.database.write() as db:
        assert outbox.receipt(post.runtime, db, uuid.uuid4(), StatusEvent(SID, ACCOUNT_SID, "sent")) == ()
        assert outbox.receipt(post.runtime, db, message, StatusEvent(SID, "AC" + "9" * 32, "failed")) == ()
    assert post.state(message) == "accepted"


def test_a_phone_that_is_off_is_tried_twice_more_and_then_listed(post: Post):
    message = accepted(post)
    for attempt in (2, 3):
        post.receipt(message, "undelivered", code=30003)
        assert post.state(message) == "ready"
        post.on(minutes=31)
        post.deliver()
        assert post.row(message).attempts == attempt
    post.receipt(message, "undelivered", code=30003)
    assert post.state(message) == "undelivered"
    assert post.tasks() == [("not_delivered", "30003")]
    assert len(post.box.messages(to=ANA)) == 3


def test_what_is_told_late_of_a_try_that_failed_does_not_call_the_next_one_off(post: Post):
    message = accepted(post)
    sid = post.row(message).carrier_sid
    post.receipt(message, "undelivered", code=30003)
    for status in ("failed", "queued", "sent"):
        post.receipt(message, status, sid, code=30003 if status == "failed" else None)
    assert post.state(message) == "ready"
    post.on(minutes=31)
    post.deliver()
    assert (post.state(message), len(post.box.messages(to=ANA))) == ("accepted", 2)


def test_a_late_delivery_of_a_try_that_was_told_to_have_failed_calls_the_next_one_off(post: Post):
    message = accepted(post)
    sid = post.row(message).carrier_sid
    post.receipt(message, "undelivered", code=30003)
    post.receipt(message, "delivered", sid)
    post.on(minutes=31)
    assert (post.state(message), post.deliver().asked) == ("delivered", 0)


def test_a_retry_that_would_come_too_late_is_not_made(post: Post):
    message = post.queue("Hello", send_by=post.world.watch.now + timedelta(minutes=20))
    post.deliver()
    post.receipt(message, "undelivered", code=30003)
    assert post.state(message) == "undelivered"


def test_words_that_were_filtered_are_never_sent_again(post: Post):
    message = accepted(post)
    post.receipt(message, "undelivered", code=30007)
    post.on(hours=1)
    post.deliver()
    assert len(post.box.messages(to=ANA)) == 1
    assert post.tasks() == [("text_filtered", "30007")]


def test_an_opt_out_told_by_receipt_silences_the_patient(post: Post):
    message = accepted(post)
    waiting = post.queue("More")
    post.receipt(message, "failed", code=21610)
    assert (post.patient().status, post.state(waiting)) == ("stopped", "dropped")


def test_an_unregistered_number_stops_its_sender_and_is_told_once(post: Post):
    for number in range(2):
        message = accepted(post, f"Hello {number}")
        post.receipt(message, "undelivered", code=30034)
        post.on(minutes=16 * (1 - number))
    assert post.tasks() == [("carrier_setup", "30034")]
    post.queue("More")
    assert post.deliver().asked == 0
    post.on(minutes=16)
    assert post.deliver().asked == 1


def test_receipts_ring_for_whoever_waits_behind(post: Post):
    message = accepted(post)
    assert post.receipt(message, "sent") == ()
    post.queue("next")
    assert post.receipt(message, "delivered") == (NUMBER,)
