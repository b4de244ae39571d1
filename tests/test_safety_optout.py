"""Who is unsubscribed, who is asked, and who is never taken for wanting to leave (CONTENT.md 2.2 and 11.2)."""

import pytest

from smsbot.safety import Context, screen

WORDS_OPEN = Context(question="words")


@pytest.mark.parametrize(
    "text",
    [
        "STOP",
        "stop.",
        "Stop please",
        "UNSUBSCRIBE",
        "cancel",
        "END",
        "quit",
        "revoke",
        "opt out",
        "STOP 🙏",
        "please quit texting me",
        "take me off this",
        "dont text me anymore",
        "remove my number",
        "dejen de escribirme",
        "no más mensajes",
        "ALTO",
        "cancelar",
        "quiero darme de baja",
        "pare de me mandar mensagens",
        "i want to unsubscribe",
        "wrong number",
        "no más",
        "no mas",
        "No más, por favor.",
        "NO MAS!!",
    ],
)
def test_keywords_and_plain_requests_stop_whatever_is_open(text: str) -> None:
    assert screen(text).opt == "stop"
    assert screen(text, WORDS_OPEN).opt == "stop"


@pytest.mark.parametrize("text", ["no more", "leave me alone", "basta", "enough", "go away"])
def test_whole_body_phrases_stop_only_while_no_question_in_words_is_open(text: str) -> None:
    assert screen(text).opt == "stop"
    assert screen(text, WORDS_OPEN).opt == "ask"


EVERY_STATE = [
    Context(question=question, flag_open=flagged, flagged_within_24h=flagged, confirmed=confirmed, recent=recent)
    for question in (None, "words", "choice", "number", "yes_no", "date")
    for flagged in (False, True)
    for confirmed in (False, True)
    for recent in ((), ("I want to die",), ("no quiero seguir", "me quiero matar"))
]


@pytest.mark.parametrize("text", ["no más", "no mas", "please quit texting me", "take me off this", "STOP"])
def test_what_always_ends_the_texts_does_so_in_every_state(text: str) -> None:
    assert {screen(text, context).opt for context in EVERY_STATE} == {"stop"}


@pytest.mark.parametrize("text", ["couldn't stop crying", "stop by tomorrow", "we've got to stop this pattern"])
def test_what_never_ends_the_texts_does_so_in_no_state(text: str) -> None:
    assert {screen(text, context).opt for context in EVERY_STATE} == {None}


@pytest.mark.parametrize(
    "text",
    [
        "couldn't stop crying",
        "stop by tomorrow",
        "we've got to stop this pattern",
        "get my ex to leave me alone",
        "no more hiding",
        "i'm not me today",
        "ya no más",
        "no puedo más",
        "my ex wont stop texting me",
        "i need to quit my job",
        "cancel my appointment",
        "please dont stop texting me",
        "the end of the session was hard",
        "i want the pain to end",
        "quiero dejar de fumar",
        "stop judging myself",
        "i want to end it all please",
    ],
)
def test_despair_answers_and_other_peoples_texts_never_unsubscribe(text: str) -> None:
    assert screen(text).opt != "stop"


def test_a_request_beside_a_danger_gives_both() -> None:
    found = screen("stop texting me, im going to kill myself")
    assert (found.tier, found.opt) == (1, "stop")


def test_ya_basta_is_screened_as_safety_first_and_asks() -> None:
    found = screen("ya basta")
    assert (found.tier, found.opt) == (4, "ask")


@pytest.mark.parametrize("text", ["who is this", "not me", "quién es"])
def test_a_stranger_is_let_go_only_before_anything_was_confirmed(text: str) -> None:
    assert screen(text, Context(confirmed=False)).opt == "stop"
    assert screen(text).opt is None


@pytest.mark.parametrize(
    ("text", "opt"), [("START", "start"), ("unstop", "start"), ("HELP", "help"), ("info", "help"), ("Ayuda", "help")]
)
def test_start_and_help_words(text: str, opt: str) -> None:
    assert screen(text).opt == opt


def test_an_ordinary_text_asks_for_nothing() -> None:
    assert screen("see you tomorrow").opt is None
