"""A guess of the screen's second stage is asked about like anything unclear, whatever else the text is about."""

import pytest

from smsbot import answers
from smsbot import scope as scopes
from smsbot.carrier.inbound import InboundText
from smsbot.inbox import first
from smsbot.inbox.arrival import Arrival
from smsbot.models import Conversation
from smsbot.safety import Finding
from smsbot.store import clinics
from tests.api_support import World
from tests.phone_support import joined
from tests.test_inbox import rows

GUESS = Finding(4, "unclear", "second_stage", None, False, "a version")


@pytest.mark.parametrize("words", ["I might be pregnant", "my dog died", "it all looks different now"])
def test_a_guess_is_asked_about_whatever_the_text_is_about(world: World, words: str) -> None:
    phone = joined(world)
    text = InboundText("SM" + "6" * 32, "AC" + "0" * 32, phone.number, phone.to, words)
    with world.runtime.database.write() as db:
        keys = world.keys(db)
        scope = scopes.of_phone(world.runtime, db, keys, clinics.get(db, world.harbor), phone.number)
        assert first.danger(Arrival(scope, text, GUESS, False, [], [])) == "danger"
    assert rows(world, Conversation)[-1].flow == "safety_check"


def test_two_of_the_texts_it_is_tested_with_have_a_topic() -> None:
    assert answers.topic("I might be pregnant") == "pregnancy"
    assert answers.topic("it all looks different now") is None
