"""Rules about what an answer may change: only fields of a patient that exist, and only to values they know."""

from __future__ import annotations

from collections.abc import Iterator

from smsbot.checks.base import Problem, place
from smsbot.content import Content
from smsbot.tree import meant

YES_NO = frozenset({"yes", "no"})
SETTABLE: dict[str, frozenset[str] | None] = {
    "calls": YES_NO,
    "consent": frozenset({"joined", "declined", "wrong_number", "stopped"}),
    "discreet": YES_NO,
    "echo": YES_NO,
    "first_name": None,
    "guided_audio": None,
    "language": frozenset({"en", "es"}),
    "last_words": None,
    "light_texts": frozenset({"rest"}),
    "own_voice": YES_NO,
    "pace": frozenset({"full", "light", "key", "fewer", "more"}),
    "pause": frozenset({"three_days", "week", "open", "over"}),
    "pause_reminders": YES_NO,
    "preferred_time": frozenset({"morning", "midday", "afternoon", "evening"}),
    "put_away": YES_NO,
    "shared_phone": YES_NO,
    "voicemail": YES_NO,
}
"""The fields that `sets:` may name, with the values they know; None takes any words. wishes.py acts on each."""


def known_fields(content: Content) -> Iterator[Problem]:
    """What `sets:` names is a field of the patient, and each value it may get is one that the field knows."""
    for name, script in content.scripts.items():
        tree = content.trees[name]
        for step in script.flow.steps.values():
            if step.sets:
                values = step.codes() or (tuple(YES_NO) if step.ask == "yes_no" else ())
                for message in _wrong(step.sets, values):
                    yield place(tree, "steps", step.name, "sets"), message
        for end in script.flow.ends.values():
            for field, value in end.sets:
                for message in _wrong(field, (value,)):
                    yield place(tree, "ends", end.name, "sets"), message


def _wrong(field: str, values: tuple[str, ...]) -> Iterator[str]:
    if field not in SETTABLE:
        yield f"a patient has no '{field}' to set.{meant(field, SETTABLE)}"
        return
    known = SETTABLE[field]
    for value in values:
        if known is not None and value not in known:
            yield f"'{field}' cannot be '{value}'.{meant(value, known)}"
