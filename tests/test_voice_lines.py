"""What a call can speak makes sense to somebody who listens: nothing there speaks of writing, sending or replying."""

import re
from collections.abc import Iterator

import pytest

from smsbot.script import Script
from tests.content_support import shipped

# "Call or text 988" is said on the phone too, and so are words about the texts that go on beside the calls.
ONLY_WRITTEN = {
    "en": re.compile(
        r"\b(?:wrote|writing|write it|write here|repl(?:y|ies) (?:[A-Z\d]|with|to this)|type|to send"
        r"|text (?:us|them|any time|[A-Z]{2,}))\b"
    ),
    "es": re.compile(
        r"\b(?:escribi\w*|escrib[ae]\w*|escrito|responde (?:con )?[A-Z\d]\w*|env[ií]a(?:r nada|lo| [A-Z]{2,}))\b"
    ),
}
# System lines that a call can reach: its own, danger, leaving and coming back, help.
ON_CALLS = re.compile(
    r"(?:vox|crs|rid|dis|cmp|sub|sfx)_(?!7)\w+|(?:ses_1|stp_1|hlp_1|enr_2|unk_1|resume_done|no_calls)\Z"
)

Spoken = tuple[str, str, str, str]


def of_flows() -> Iterator[Spoken]:
    """(language, flow, line, words) of every line and bank line of every flow that can be walked by phone."""
    spoken = (script for script in shipped().scripts.values() if "voice" in script.flow.channels)
    for script in spoken:
        yield from _of(script)


def _of(script: Script) -> Iterator[Spoken]:
    for language, page in script.lines.items():
        for name, line in page.lines.items():
            yield language, script.flow.name, name, line.voice or line.text
        for bank, lines in page.banks.items():
            yield from ((language, script.flow.name, f"{bank}.{each}", words) for each, words in lines.items())


def of_system() -> Iterator[Spoken]:
    for language, lines in shipped().system.items():
        for name, line in lines.items():
            if ON_CALLS.match(name):
                yield language, "system", name, line.voice or line.text


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_spoken_line_speaks_of_writing(language: str) -> None:
    found = [each for each in (*of_flows(), *of_system()) if each[0] == language]
    assert len(found) > 400
    assert [each[1:] for each in found if ONLY_WRITTEN[language].search(each[3])] == []


def test_no_system_line_on_a_call_says_the_patients_name() -> None:
    assert [each[:3] for each in of_system() if "{first}" in each[3]] == []
