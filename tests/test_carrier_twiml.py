"""Reply documents are always XML the carrier can read, and say exactly what was meant."""

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsbot.carrier import twiml
from tests.twiml_grammar import faults, voice_faults

ANY_TEXT = st.text(st.characters(codec=None))


def test_the_empty_answer_is_a_bare_response():
    assert twiml.EMPTY == '<?xml version="1.0" encoding="UTF-8"?><Response/>'
    assert faults(twiml.EMPTY) == []


@given(ANY_TEXT, ANY_TEXT)
def test_any_text_makes_a_valid_document_that_says_it(text: str, address: str):
    document = twiml.message(text, address)
    assert faults(document) == []
    sent = ET.fromstring(document)[0]
    assert (sent.text or "") == twiml.clean(text)


@pytest.mark.parametrize("code", [0, 8, 0x0B, 0x1F, 0xD800, 0xDFFF, 0xFFFE, 0xFFFF])
def test_code_points_xml_cannot_hold_are_left_out(code: int):
    assert twiml.clean(f"a{chr(code)}b") == "ab"


@pytest.mark.parametrize("text", ["tab\there", "line\nbreak", "ñ é 🙂", "\U0010ffff", "\ue000"])
def test_everything_else_is_kept(text: str):
    assert twiml.clean(text) == text


def test_markup_in_a_text_stays_text():
    document = twiml.message("</Message><Redirect>http://x/</Redirect>", 'https://a.example/?a=1&b="2"')
    (sent,) = ET.fromstring(document)
    assert sent.text == "</Message><Redirect>http://x/</Redirect>"
    assert sent.attrib == {"statusCallback": 'https://a.example/?a=1&b="2"'}


@pytest.mark.parametrize(
    ("document", "fault"),
    [
        ("<Response><Say>Hi</Say></Response>", "Say inside Response"),
        ("<Response><Message statuscallback='x'>Hi</Message></Response>", "Message has no attribute statuscallback"),
        ("<Response><message>Hi</message></Response>", "message inside Response"),
        ("<Message>Hi</Message>", "root is Message"),
    ],
)
def test_the_checker_refuses_what_the_sdk_would_write(document: str, fault: str):
    assert faults(document) == [fault]


def test_the_checker_knows_calls_too():
    assert voice_faults("<Response><Gather input='dtmf'><Say>Hi</Say></Gather><Hangup/></Response>") == []
    assert voice_faults("<Response><Gather><Record/></Gather></Response>") == ["Record inside Gather"]
