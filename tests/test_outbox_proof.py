"""Unclear sends: shown by the carrier's list, proved never taken, or given to a person; never simply sent again."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from smsbot import outbox
from smsbot.carrier.client import Carrier
from smsbot.scope import Words
from tests.api_support import ANA, BEN, CARA
from tests.carrier_support import DeadPort
from tests.outbox_support import Crash, Post, crash_at, posting
from tests.sandbox_support import ACCOUNT_SID, Sandbox


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    """One sandbox for all tests of this file."""
    with Sandbox() as found:
        yield found


@pytest.fixture
def post(tmp_path: Path, box: Sandbox) -> Iterator[Post]:
    with posting(tmp_path, box) as found:
        yield found


def unclear(post: Post, body: str = "Hello", **options: Any) -> uuid.UUID:
    """A message that was accepted while its answer was lost."""
    post.box.fault("lose_response", count=1)
    message = post.queue(body, **options)
    post.deliver()
    assert post.state(message) == "unknown"
    return message


def never_taken(post: Post, body: str = "Hello", **options: Any) -> uuid.UUID:
    """A message that is unclear to us and never reached the carrier: the process died before asking."""
    message = post.queue(body, **options)
    with pytest.raises(Crash):
        post.with_reached(crash_at("outbox.sending")).deliver()
    return message


def with_witness(post: Post) -> None:
    """Have one message that the carrier surely knows."""
    post.queue("Hi Ben", post.enroll(BEN))
    post.deliver()
    post.on(seconds=5)


def pass_checks(post: Post, *seconds: float) -> list[int]:
    """Let time pass in steps, checking after each."""
    found = []
    for step in seconds:
        post.on(seconds=step)
        found.append(outbox.check(post.runtime))
    return found


def without_carrier(post: Post, base: str) -> Post:
    """The same post with the carrier out of reach."""
    return replace(post, runtime=replace(post.runtime, carrier=Carrier(ACCOUNT_SID, "SK1", "secret", base)))


def test_nothing_is_looked_up_before_its_time(post: Post):
    unclear(post)
    assert pass_checks(post, 10, 6) == [0, 1]


def test_a_lost_answer_is_found_in_the_carriers_list(post: Post):
    message = unclear(post)
    pass_checks(post, 16)
    (seen,) = post.box.messages(to=ANA)
    assert post.row(message).carrier_sid == seen["sid"]
    assert post.row(message).check_at is None


def test_what_the_list_shows_to_have_failed_is_told_like_any_failure(post: Post):
    post.box.fault("fail", code=30007, count=1)
    message = unclear(post)
    post.box.wait_idle()
    pass_checks(post, 16)
    assert (post.state(message), post.tasks()) == ("undelivered", [("text_filtered", "30007")])
    post.receipt(message, "undelivered", code=30007)
    assert post.tasks() == [("text_filtered", "30007")]


def test_a_failure_that_the_list_shows_is_tried_again_where_that_helps(post: Post):
    post.box.fault("fail", code=30003, count=1)
    message = unclear(post)
    post.box.wait_idle()
    sid = post.box.messages(to=ANA)[0]["sid"]
    pass_checks(post, 16)
    post.receipt(message, "undelivered", sid, code=30003)
    assert (post.state(message), post.row(message).attempts) == ("ready", 1)


def test_two_alike_are_each_found_once(post: Post):
    first = unclear(post, "Same words")
    post.on(seconds=21)
    second = unclear(post, "Same words")
    pass_checks(post, 16, 16, 60)
    sids = {post.row(message).carrier_sid for message in (first, second)}
    assert sids == {seen["sid"] for seen in post.box.messages(to=ANA)}
    assert len(sids) == 2


def test_an_earlier_text_with_the_same_words_proves_nothing(post: Post):
    earlier = post.queue("Thanks")
    post.deliver()
    post.on(seconds=5)
    later = never_taken(post, "Thanks")
    pass_checks(post, 31)
    assert (post.state(earlier), post.state(later)) == ("accepted", "unknown")


def test_three_empty_and_believable_look_ups_prove_it_was_never_taken(post: Post):
    with_witness(post)
    message = never_taken(post)
    pass_checks(post, 31, 30, 120)
    assert post.state(message) == "ready"
    post.deliver()
    assert (post.state(message), post.box.bodies(ANA)) == ("accepted", ["Hello"])


def test_an_empty_list_is_not_believed_without_a_witness(post: Post):
    message = never_taken(post)
    pass_checks(post, 31, 30, 120, 61, 61, 61, 61, 61, 61, 61)
    assert post.state(message) == "unknown"
    assert post.box.bodies(ANA) == []
    assert post.tasks() == [("send_unclear", str(message))]


def never_taken_again(post: Post) -> None:
    with pytest.raises(Crash):
        post.with_reached(crash_at("outbox.sending")).deliver()


def test_a_message_claimed_when_several_workers_died_in_turn_still_goes_once(post: Post):
    with_witness(post)
    message = never_taken(post)
    for _ in range(3):
        pass_checks(post, 31, 30, 120)
        never_taken_again(post)
    pass_checks(post, 31, 30, 120)
    post.deliver()
    assert (post.state(message), post.box.bodies(ANA)) == ("accepted", ["Hello"])


def test_each_try_needs_a_proof_of_its_own(post: Post):
    with_witness(post)
    message = never_taken(post)
    pass_checks(post, 31, 30, 120)
    never_taken_again(post)
    pass_checks(post, 31, 30)
    assert post.state(message) == "unknown"


def test_a_message_that_never_gets_through_is_given_to_a_person_at_last(post: Post):
    with_witness(post)
    message = never_taken(post)
    for _ in range(7):
        pass_checks(post, 31, 30, 120)
        never_taken_again(post)
    pass_checks(post, 31, 30, 120, *[61] * 8)
    assert (post.state(message), post.tasks()) == ("unknown", [("send_unclear", str(message))])


def test_look_ups_that_nobody_was_there_to_make_are_made_up_for(post: Post):
    with_witness(post)
    message = never_taken(post)
    pass_checks(post, 3600, 61, 61)
    assert post.state(message) == "ready"


def test_one_failed_look_up_after_hours_without_any_gives_nothing_up(post: Post):
    with_witness(post)
    message = never_taken(post)
    with DeadPort() as base:
        pass_checks(without_carrier(post, base), 3600)
    pass_checks(post, 61, 61, 61)
    assert (post.state(message), post.tasks()) == ("ready", [])


def twins(post: Post) -> tuple[uuid.UUID, uuid.UUID]:
    """Two texts with the same words: the first never reached the carrier; of the second, only the answer was lost."""
    first = never_taken(post)
    pass_checks(post, 31)
    post.on(seconds=20)
    second = unclear(post)
    pass_checks(post, 10)  # the list shows the second's; the first takes it for its own
    assert post.row(first).carrier_sid
    return first, second


def test_a_twin_gives_back_what_a_receipt_shows_to_be_the_others(post: Post):
    with_witness(post)
    first, second = twins(post)
    post.receipt(second, "delivered", post.row(first).carrier_sid)
    assert (post.state(second), post.state(first)) == ("delivered", "unknown")
    pass_checks(post, 31, 90, 61)
    post.deliver()
    assert (post.state(first), len(post.box.bodies(ANA))) == ("accepted", 2)


class Meanwhile:
    """The carrier; something happens between its answer and our writing it down."""

    def __init__(self, carrier: Any, then: Callable[[], object]) -> None:
        self._carrier, self._then = carrier, then

    def find(self, to: str, since: datetime) -> Any:
        found = self._carrier.find(to, since)
        self._then()
        return found


def test_a_twin_does_not_take_what_a_receipt_shows_to_be_the_others_meanwhile(post: Post):
    with_witness(post)
    first = never_taken(post)
    pass_checks(post, 31)
    post.on(seconds=20)
    second = unclear(post)
    (seen,) = post.box.messages(to=ANA)
    carrier: Any = Meanwhile(post.runtime.carrier, lambda: post.receipt(second, "delivered", seen["sid"]))
    pass_checks(replace(post, runtime=replace(post.runtime, carrier=carrier)), 10)
    assert (post.state(first), post.row(second).carrier_sid) == ("unknown", seen["sid"])


def test_an_unclear_text_that_can_no_longer_be_read_keeps_no_other_from_its_look_up(post: Post):
    spoilt, whole = unclear(post), unclear(post, patient=post.enroll(BEN))
    post.damage(spoilt)
    pass_checks(post, 16)
    assert post.state(spoilt) == "unknown"
    assert post.row(spoilt).check_at is not None
    assert post.row(whole).carrier_sid


def test_an_unclear_text_that_can_no_longer_be_read_is_given_to_a_person_at_last(post: Post):
    message = unclear(post)
    post.damage(message)
    pass_checks(post, 16, *[61] * 11)
    assert (post.state(message), post.row(message).check_at) == ("unknown", None)
    assert post.tasks() == [("send_unclear", str(message))]


def test_a_text_that_can_no_longer_be_read_is_no_witness_and_another_is_found(post: Post):
    with_witness(post)
    spoilt = post.queue("Hi Cara", post.enroll(CARA))
    post.deliver()
    post.damage(spoilt)
    message = never_taken(post)
    pass_checks(post, 31, 30, 120)
    assert post.state(message) == "ready"


def test_practice_that_stays_unclear_is_dropped(post: Post):
    message = never_taken(post, priority=6)
    pass_checks(post, *[61] * 11)
    assert (post.state(message), post.tasks()) == ("dropped", [])


def test_with_the_carrier_out_of_reach_nothing_is_repeated_and_staff_are_told(post: Post):
    message = unclear(post)
    with DeadPort() as base:
        pass_checks(without_carrier(post, base), 16, *[61] * 10)
    assert len(post.box.messages(to=ANA)) == 1
    assert (post.state(message), post.tasks()) == ("unknown", [("send_unclear", str(message))])


def test_an_unclear_crisis_line_is_sent_rather_than_lost(post: Post):
    message = never_taken(post, "988", priority=0, purpose="crisis")
    pass_checks(post, 31)
    assert post.state(message) == "ready"
    post.deliver()
    assert post.box.bodies(ANA) == ["988"]


def test_a_crisis_line_that_stays_unclear_is_told_to_the_clinic(post: Post):
    message = never_taken(post, "988", priority=0, purpose="crisis")
    for _ in range(2):
        pass_checks(post, 31)
        with pytest.raises(Crash):
            post.with_reached(crash_at("outbox.sending")).deliver()
    pass_checks(post, *[61] * 11)
    assert post.row(message).attempts == 3
    assert post.tasks() == [("crisis_not_delivered", str(message))]


def test_a_crisis_line_in_the_webhooks_answer_goes_by_rest_without_a_receipt(post: Post):
    message = answered(post, "crisis")
    pass_checks(post, 29, 2)
    assert (post.state(message), post.row(message).via) == ("ready", "rest")
    post.deliver()
    assert post.box.bodies(ANA) == ["988"]


def test_a_receipt_within_thirty_seconds_is_enough(post: Post):
    message = answered(post, "crisis")
    post.receipt(message, "sent", "SM" + "1" * 32)
    assert pass_checks(post, 31) == [0]
    assert post.deliver().asked == 0


def test_help_in_the_webhooks_answer_is_looked_up_not_repeated(post: Post):
    message = answered(post, "help")
    pass_checks(post, 31)
    assert post.state(message) == "unknown"
    assert post.deliver().asked == 0


def answered(post: Post, purpose: str) -> uuid.UUID:
    """A line given in the webhook's own answer, of which the carrier has told us nothing."""
    with post.scope(post.ana) as scope:
        scope.answers_webhook = True
        scope.inbound_id = None
        return scope.queue(Words("988", "system", "crs_1", "en"), priority=0, purpose=purpose, in_answer=True)
