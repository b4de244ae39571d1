"""Reading TwiML strictly, and running voice documents step by step."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.twiml import messaging_response, voice_response

from smsbot.sandbox.audio import mp3_silence, seconds_of, tone
from smsbot.sandbox.twiml import MESSAGING, VOICE, Rule, TwimlError, parse
from smsbot.sandbox.voice import (
    Dialed,
    Dialing,
    Ended,
    Fetch,
    Gathering,
    Paused,
    Played,
    Pressed,
    Prompt,
    Recorded,
    Recording,
    Said,
    Silent,
    Spoke,
    collected,
    run,
)
from tests.twiml_grammar import grammar

BASE = "https://clinic.example/voice/a?c=1"


def document(inner: str) -> Any:
    return parse(f"<Response>{inner}</Response>", "voice", BASE)


def prompts(inner: str, *given_: Any) -> list[Prompt]:
    """Every prompt up to the end or the first that waits with nothing left to give."""
    machine, answers, found = run(document(inner), BASE), list(given_), []
    prompt = next(machine)
    while True:
        found.append(prompt)
        if isinstance(prompt, Ended):
            return found
        if isinstance(prompt, Gathering | Recording | Dialing | Fetch):
            if not answers:
                return found
            prompt = machine.send(answers.pop(0))
        else:
            prompt = machine.send(None)


def test_defaults_are_filled_in() -> None:
    (gather, record) = document('<Gather/><Record action="/done"/>').verbs
    assert (gather.get("input"), gather.get("timeout"), gather.get("finishOnKey")) == ("dtmf", "5", "#")
    assert (gather.get("actionOnEmptyResult"), gather.get("method")) == ("false", "POST")
    assert (record.get("finishOnKey"), record.get("maxLength"), record.get("timeout")) == ("1234567890*#", "3600", "5")
    assert (record.get("playBeep"), record.get("trim")) == ("true", "trim-silence")


@pytest.mark.parametrize(
    ("inner", "said"),
    [
        ("<Say><Play>x</Play></Say>", "<Play> may not be inside <Say>"),
        ("<Gather><Record/></Gather>", "<Record> may not be inside <Gather>"),
        ('<Say Language="es-US">x</Say>', "spelled language"),
        ('<Gather finish_on_key="#"/>', "spelled finishOnKey"),
        ('<Gather input="keys"/>', "must be one of"),
        ('<Record action="/x" maxLength="1"/>', "2 to 86400"),
        ("<Record/>", "endless loop"),
        ("<Hangup/><Say>x</Say>", "never reached"),
        ("<Say>" + "x" * 4097 + "</Say>", "takes 4096"),
        ('<Say voice="Polly.Joanna-Neural">' + "x" * 3001 + "</Say>", "takes 3000"),
        ("<Gather>words</Gather>", "may not have text"),
    ],
)
def test_what_the_schema_frowns_at_is_listed(inner: str, said: str) -> None:
    assert any(said in warning for warning in document(inner).warnings)


def test_relative_addresses_in_an_inline_document_are_listed() -> None:
    found = parse('<Response><Gather action="/x"/></Response>', "voice", None)
    assert "must be absolute" in found.warnings[0]


@pytest.mark.parametrize("text", ["", "x", "<Response>", "<response/>", "<Response><Speak/></Response>", "<a/>"])
def test_what_cannot_be_run_is_refused(text: str) -> None:
    with pytest.raises(TwimlError):
        parse(text, "voice", BASE)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    for whole in (text, f"<Response>{text}</Response>"):
        try:
            parse(whole, "messaging", BASE)
        except TwimlError:
            continue


@pytest.mark.parametrize(("ours", "module"), [(MESSAGING, messaging_response), (VOICE, voice_response)])
def test_every_attribute_and_child_of_the_grammar_is_one_the_sdk_knows(ours: dict[str, Rule], module: Any) -> None:
    theirs = grammar(module)
    for name, rule in ours.items():
        # The SDK's reader takes these for the text arguments they are elsewhere.
        assert set(rule.attributes) - {"name", "url"} <= theirs[name].attributes, name
        assert rule.children <= theirs[name].children, name


def test_speech_and_pauses_come_in_order_and_the_call_ends() -> None:
    found = prompts('<Say language="es-US">Hola</Say><Pause length="2"/><Play loop="2">/a.wav</Play>')
    played = Played("https://clinic.example/a.wav")
    assert found == [Said("Hola", "es-US", "man"), Paused(2, waits=True), played, played, Ended()]


def test_ssml_is_spoken_as_its_words() -> None:
    (said, _) = prompts('<Say voice="Polly.Joanna">Slow<break/> <emphasis>down</emphasis></Say>')
    assert isinstance(said, Said)
    assert said.words == "Slow down"


@pytest.mark.parametrize(
    ("attributes", "given_", "params"),
    [
        ('numDigits="1"', Pressed("123"), {"Digits": "1", "FinishedOnKey": ""}),
        ("", Pressed("12#3"), {"Digits": "12", "FinishedOnKey": "#"}),
        ('finishOnKey=""', Pressed("1#"), {"Digits": "1#", "FinishedOnKey": ""}),
        ('input="speech"', Spoke("hello", None), {"SpeechResult": "hello"}),
        ('input="dtmf speech"', Spoke("hi", 0.5), {"SpeechResult": "hi", "Confidence": "0.5000000"}),
        ('actionOnEmptyResult="true"', Silent(), {"Digits": ""}),
    ],
)
def test_what_was_gathered_goes_to_the_action(attributes: str, given_: Any, params: dict[str, str]) -> None:
    fetch = prompts(f'<Gather action="/next" {attributes}/>', given_)[-1]
    assert isinstance(fetch, Fetch)
    assert (fetch.url, fetch.method, dict(fetch.params)) == ("https://clinic.example/next", "POST", params)


@pytest.mark.parametrize("given_", [Silent(), Pressed("#"), Spoke("")])
def test_an_empty_gather_falls_through(given_: Any) -> None:
    assert prompts('<Gather input="dtmf speech"/><Say>bye</Say>', given_)[-2:] == [Said("bye", "en-US", "man"), Ended()]


def test_gather_and_record_without_action_ask_the_current_address() -> None:
    assert prompts("<Gather/>", Pressed("1"))[-1] == Fetch(BASE, "POST", (("Digits", "1"), ("FinishedOnKey", "")))
    recorded = prompts("<Record/>", Recorded("u", "RE1", 3, "#"))[-1]
    assert isinstance(recorded, Fetch)
    assert recorded.url == BASE
    assert dict(recorded.params)["RecordingDuration"] == "3"


def test_of_an_empty_recording_nothing_is_asked_and_the_document_goes_on() -> None:
    inner = '<Record action="/x"/><Say>bye</Say>'
    assert document(inner).warnings == ()
    assert prompts(inner, Silent())[-2:] == [Said("bye", "en-US", "man"), Ended()]


def test_a_redirect_leads_to_the_next_document_and_a_missing_one_fails_the_call() -> None:
    after = (document("<Say>second</Say>"), "https://clinic.example/b")
    found = prompts('<Redirect method="GET">/b</Redirect><Say>never</Say>', after)
    assert found == [Fetch("https://clinic.example/b", "GET"), Said("second", "en-US", "man"), Ended()]
    assert prompts("<Redirect>/b</Redirect>", None)[-1] == Ended("failed")


def test_a_dial_tells_its_action_how_it_went_else_goes_on() -> None:
    inner = '<Dial action="/after" callerId="+15005550006">+18002738255</Dial>'
    dialing, fetch = prompts(inner, Dialed("no-answer", "CA1"))
    assert dialing == Dialing("+18002738255", "+15005550006", 30)
    assert isinstance(fetch, Fetch)
    assert dict(fetch.params)["DialCallStatus"] == "no-answer"
    assert prompts("<Dial><Number>988</Number></Dial><Say>x</Say>", Dialed("busy", "CA1"))[-1] == Ended()


@pytest.mark.parametrize(
    ("inner", "reason"), [("<Hangup/>", "completed"), ('<Reject reason="busy"/>', "busy"), ("<Reject/>", "rejected")]
)
def test_a_call_can_be_ended(inner: str, reason: str) -> None:
    assert prompts(inner) == [Ended(reason)]


@given(st.text("0123456789*#", max_size=12), st.sampled_from(["", "#", "*#"]), st.one_of(st.none(), st.integers(1, 5)))
def test_collected_digits_never_hold_a_finishing_key_or_too_many(pressed: str, finish: str, most: int | None) -> None:
    digits = collected(pressed, finish, most)
    assert pressed.startswith(digits)
    assert not set(finish) & set(digits)
    assert most is None or len(digits) <= most


def test_made_up_sound_is_as_long_as_it_says() -> None:
    assert seconds_of(tone(3)) == 3
    assert seconds_of(b"not a wav") is None
    assert len(mp3_silence(2)) == pytest.approx(2 * 16_000, rel=0.05)
