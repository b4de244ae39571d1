"""A web process says at once that it is up, and lets everything else wait for the lexicon."""

import threading
from collections.abc import Iterable
from typing import Any

from smsbot import answers, safety
from smsbot.web.warming import UP, Warming


def told(environ: dict[str, Any], _: Any) -> Iterable[bytes]:
    return [str(environ["PATH_INFO"]).encode()]


def test_only_the_sign_of_life_is_answered_before_the_lexicon_is_read() -> None:
    warming, got = Warming(), []
    app = warming.held(told)
    assert app({"PATH_INFO": UP}, None) == [UP.encode()]
    early = threading.Thread(target=lambda: got.append(app({"PATH_INFO": "/webhooks/sms"}, None)))
    early.start()
    early.join(0.1)
    assert early.is_alive()
    assert not got
    warming.start()
    early.join(20)
    assert got == [[b"/webhooks/sms"]]
    assert safety.screen("I want to die").tier is not None


def test_what_the_recognizers_are_warmed_with_is_none_of_their_words() -> None:
    answers.warm()
    assert answers.topic("we shall see about that") is None
    assert answers.command("we shall see about that") is None
