"""Nothing is written that no patient can meet: a time, another flow or a word opens each flow; each line is said."""

import re
from functools import cache
from pathlib import Path

from tests.api_support import shipped

CODE = Path(__file__).parent.parent / "smsbot"


@cache
def named_in_code() -> frozenset[str]:
    """Every plain string of the product's code that could be a name."""
    text = "\n".join(path.read_text("utf-8") for path in CODE.rglob("*.py"))
    return frozenset(re.findall(r"\"([a-z][a-z0-9_]*)\"", text))


def test_every_flow_is_opened_by_a_time_another_flow_or_a_word() -> None:
    content = shipped()
    timed = {flow for protocol in content.protocols.values() for flow in protocol.flows()}
    opened = {end.opens for script in content.scripts.values() for end in script.flow.ends.values()}
    assert set(content.scripts) - timed - opened - named_in_code() == set()


def test_every_line_that_belongs_to_no_conversation_is_said_somewhere() -> None:
    spoken = {line for line in shipped().system["en"] if line.startswith(("vox_", "note_"))}
    assert set(shipped().system["en"]) - spoken - named_in_code() == set()
