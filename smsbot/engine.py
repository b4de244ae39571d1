"""The conversation engine, pure: a script, a state and an answer give the next state and what is to be done."""

from __future__ import annotations

from smsbot.flow import End, Step
from smsbot.hearing import Outcome, understand
from smsbot.hearing import fits as _fits
from smsbot.script import Script
from smsbot.turn import (
    Alert,
    Clear,
    Close,
    Effect,
    Facts,
    Heard,
    Keep,
    Kept,
    Mark,
    Open,
    Say,
    Set,
    State,
    Task,
    Turn,
)
from smsbot.wording import lead_only, present, say

__all__ = [
    "Alert",
    "Clear",
    "Close",
    "Effect",
    "Facts",
    "Heard",
    "Keep",
    "Kept",
    "Mark",
    "Open",
    "Say",
    "Script",
    "Set",
    "State",
    "Task",
    "Turn",
    "again",
    "expire",
    "fits",
    "late",
    "reply",
    "start",
]

SAYS_NOTHING = ("none", "unsure", "fine")
"""Branches of a words question that say nothing to keep: "nothing", "I don't know", "fine thanks"."""
RESTATES_BEFORE = 6
"""From the sixth text of ours on, an answer that is out of range is taken as words (RULINGS 24)."""


def start(script: Script, facts: Facts, variant: str | None = None) -> Turn:
    """Begins a conversation. `variant` is a variant of the first line (`late`, `closed`) or one of the flow's entries.

    A flow that only states something says it and is over in this one turn.
    """
    flow = script.flow
    talk = _Talk(script, facts, State(flow.name, script.version))
    if variant in flow.entries:
        return talk.go(variant).turn()
    page = script.lines[facts.language]
    doors = [to for fact, to in flow.start if fact == "otherwise" or present(page, fact, facts.values, {})]
    return talk.go(doors[0], variant).turn()


def reply(script: Script, state: State, heard: Heard, facts: Facts) -> Turn:
    """Takes one answer to the open question. An ended conversation changes nothing.

    1. A skip goes where the step says. 2. An answer of the asked shape is kept and takes its branch. 3. Anything else
    is met once with the help line, unless six texts have gone out. 4. After that it is kept as the patient's own words
    and the conversation moves on.
    """
    if state.end is not None or state.step is None:
        return Turn(state, ())
    talk = _Talk(script, facts, state)
    step = script.flow.steps[state.step]
    outcome = talk.understand(step, heard)
    if talk.must_restate(step, outcome):
        return talk.restate(step).turn()
    branch = talk.keep(step, outcome, heard)
    return talk.go(dict(script.flow.ways(step))[branch]).turn()


def expire(script: Script, state: State, facts: Facts) -> Turn:
    """Closes a conversation whose question was not answered in time, by the flow's `silence` end."""
    if state.end is not None or state.step is None:
        return Turn(state, ())
    target = script.flow.silent_to(script.flow.steps[state.step])
    return _Talk(script, facts, state).go(target or next(iter(script.flow.ends))).turn()


def again(script: Script, state: State, facts: Facts) -> Say | None:
    """The open question once more, where a call was cut off or another channel takes over; it changes nothing."""
    if state.end is not None or state.step is None:
        return None
    step = script.flow.steps[state.step]
    return say(script, step.says, step.lead, facts, state.kept, state.texts)


def late(script: Script, state: State, heard: Heard, facts: Facts) -> Turn:
    """Keeps an answer to a question that has closed, against that question: no text, no branch, the same end."""
    if state.step is None:
        return Turn(state, ())
    talk = _Talk(script, facts, state)
    step = script.flow.steps[state.step]
    talk.keep(step, talk.understand(step, heard), heard)
    return talk.turn()


def fits(script: Script, state: State, heard: Heard, facts: Facts) -> bool:
    """Whether an answer has the shape of the question that is open, or was open last."""
    if state.step is None:
        return False
    step = script.flow.steps[state.step]
    return _fits(script.flow, step, script.lines[facts.language][step.says], heard, facts)


def _branch(script: Script, step: Step, outcome: Outcome) -> str:
    """The branch an outcome takes: the first of its keys that the table has, else `otherwise`; silence is a skip."""
    if outcome.kind in ("skip", "blank") and script.flow.skip_to(step) is not None:
        return "skip"
    go = dict(step.go)
    last = next((key for key in ("otherwise", "unclear") if key in go), step.go[-1][0])
    return next((key for key in outcome.keys if key in go), last)


def _says_nothing(step: Step, branch: str) -> bool:
    return branch == "none" or (step.ask == "words" and branch in SAYS_NOTHING)


class _Talk:
    """One turn being put together."""

    def __init__(self, script: Script, facts: Facts, state: State) -> None:
        self.script, self.facts, self.before = script, facts, state
        self.step, self.restated, self.end = state.step, state.restated, state.end
        self.kept, self.texts = dict(state.kept), state.texts
        self.effects: list[Effect] = []

    def turn(self) -> Turn:
        """The finished turn."""
        state = State(self.before.flow, self.before.version, self.step, self.restated, self.kept, self.texts, self.end)
        return Turn(state, tuple(self.effects))

    def understand(self, step: Step, heard: Heard) -> Outcome:
        line = self.script.lines[self.facts.language][step.says]
        return understand(self.script.flow, step, line, heard, self.facts)

    def must_restate(self, step: Step, outcome: Outcome) -> bool:
        """Once, early in the conversation, and only where there is something to say again."""
        if outcome.kind not in ("unclear", "blank") or self.restated or self.texts >= RESTATES_BEFORE:
            return False
        return step.ask != "words" or self.script.lines[self.facts.language][step.says].help is not None

    def restate(self, step: Step) -> _Talk:
        self.restated = True
        return self.say(step.says, None, "help")

    def keep(self, step: Step, outcome: Outcome, heard: Heard) -> str:
        """Keeps what was said and returns the branch it takes. A branch for saying nothing keeps nothing; what is
        unclear is kept as words, and sets no field of the patient."""
        branch = _branch(self.script, step, outcome)
        name = step.keep or (step.name if outcome.kind == "unclear" else None)
        if step.keep_words and outcome.kind == "understood" and outcome.code is None:
            name = step.keep_words
        if name is not None and outcome.kind in ("understood", "unclear") and not _says_nothing(step, branch):
            self.kept[name] = Kept(outcome.value, outcome.code, heard.flagged and outcome.code is None)
            self.effects.append(Keep(name, outcome.value, outcome.code))
        if outcome.kind == "understood" and step.sets and not _says_nothing(step, branch):
            self.effects.append(Set(step.sets, outcome.code or outcome.value))
        applies = {*outcome.keys, branch}
        self.effects += [Alert(alert) for key, alert in step.alerts if key in applies]
        self.effects += [Task(task) for key, task in step.tasks if key in applies]
        self.effects += [Mark(mark) for key, mark in step.marks if key in applies]
        return branch

    def go(self, name: str, variant: str | None = None) -> _Talk:
        """Enters a step or an end; a step whose fact is already known is passed over, as if skipped."""
        place = self.script.flow.place(name)
        while isinstance(place, Step) and place.unless and self.knows(place.unless):
            place = self.script.flow.place(self.script.flow.skip_to(place) or place.go[-1][1])
        if isinstance(place, End):
            return self.finish(place, variant)
        self.step, self.restated = place.name, False
        return self.say(place.says, place.lead, variant)

    def knows(self, name: str) -> bool:
        return present(self.script.lines[self.facts.language], name, self.facts.values, self.kept)

    def finish(self, end: End, variant: str | None) -> _Talk:
        """Closes the conversation: what staff need first, then the words, then what follows."""
        self.effects += [Alert(end.alert)] if end.alert else []
        self.effects += [Task(end.task)] if end.task else []
        self.effects += [Mark(mark) for mark in end.marks]
        self.effects += [Clear(end.clears)] if end.clears else []
        self.effects += [Set(field, value) for field, value in end.sets]
        if end.says:
            self.say(end.says, end.lead, variant)
        elif end.lead:
            self.add(lead_only(self.script, end.lead, self.facts, self.kept, self.texts))
        self.end = end.name
        self.effects.append(Close(end.name))
        self.effects += [Open(end.opens)] if end.opens else []
        return self

    def say(self, line: str, lead: str | None, variant: str | None = None) -> _Talk:
        return self.add(say(self.script, line, lead, self.facts, self.kept, self.texts, variant))

    def add(self, text: Say) -> _Talk:
        self.effects.append(text)
        self.texts += 1
        return self
