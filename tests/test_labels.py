"""No answer that a line offers in words is taken for a cry, an opt-out or a medical question by the safety screen."""

import pytest

from smsbot.hearing import SAFETY_RANK
from smsbot.safety import Context, screen
from tests.content_support import shipped

SHIPPED = shipped()
# Said before, or instead of, any flow: a wrong number, a START, and a question about medicine that staff answer.
ON_PURPOSE = {("welcome", "wrong"), ("welcome", "join"), ("identity", "wrong"), ("day_before", "medicine")}

LABELS = sorted(
    {
        (name, code, label)
        for name, script in SHIPPED.scripts.items()
        if script.flow.rank < SAFETY_RANK
        for page in script.lines.values()
        for step in script.flow.steps.values()
        for code, labels in page[step.says].labels.items()
        if (name, code) not in ON_PURPOSE
        for label in labels
    }
)


@pytest.mark.parametrize("name", sorted({name for name, _, _ in LABELS}))
def test_the_words_of_a_choice_alarm_nobody(name: str) -> None:
    for flow, code, label in LABELS:
        if flow == name:
            found = screen(label, Context(question="choice"))
            assert (found.tier, found.opt, found.medical) == (None, None, False), f"{code}: {label}"
