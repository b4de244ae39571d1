"""A flow as boxes and arrows: what a picture shows, before anyone decides where."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from smsbot.flow import End, Flow, Step
from smsbot.lines import Line, Lines
from smsbot.script import Script

Look = Literal["start", "step", "end"]


@dataclass(frozen=True)
class Box:
    """A step, an end, or the door in: its name, a line about it, and the words that are said."""

    name: str
    look: Look
    about: str = ""
    words: str = ""


@dataclass(frozen=True)
class Arrow:
    """A way from one box to another, with everything that takes it."""

    source: str
    target: str
    label: str = ""


@dataclass(frozen=True)
class Graph:
    """The boxes in the order of the file, the arrows in the order of the branch tables, and notes for the whole."""

    title: str
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    notes: tuple[str, ...] = field(default=())


def graph(script: Script, language: str) -> Graph:
    """The picture of a script. What is the same on every step (skip, silence) is a note and no arrow."""
    flow, page = script.flow, script.lines[language]
    steps = [_step(flow, step, page) for step in flow.steps.values()]
    ends = [_end(end, page) for end in flow.ends.values()]
    arrows = _merged([Arrow("", target, _known(fact, len(flow.start))) for fact, target in flow.start])
    for step in flow.steps.values():
        arrows += _merged([Arrow(step.name, target, _branch(step, key, page)) for key, target in _ways(flow, step)])
    return Graph(flow.title, (Box("", "start", flow.name), *steps, *ends), tuple(arrows), _notes(flow))


def _ways(flow: Flow, step: Step) -> list[tuple[str, str]]:
    """The branches of a step, and the skip or silence that is its own."""
    own = [(key, target) for key, target in (("skip", step.skip), ("silence", step.silence)) if target]
    return [*step.go, *[(key, target) for key, target in own if target not in (flow.skip, flow.silence)]]


def _merged(arrows: list[Arrow]) -> list[Arrow]:
    """One arrow for each pair of boxes, its labels joined."""
    labels: dict[tuple[str, str], list[str]] = {}
    for arrow in arrows:
        labels.setdefault((arrow.source, arrow.target), []).append(arrow.label)
    if len(labels) == 1 and len(arrows) > 1:
        return [Arrow(arrows[0].source, arrows[0].target, "any answer")]
    return [Arrow(*ends, ", ".join(label for label in found if label)) for ends, found in labels.items()]


def _known(fact: str, ways: int) -> str:
    if fact == "otherwise":
        return "else" if ways > 1 else ""
    return f"if {fact} is known"


def _branch(step: Step, key: str, page: Lines) -> str:
    """A branch as a clinician would say it: "2 not this time", "anything else"."""
    digit = next((digit for digit, code in step.choices if code == key), None)
    if digit is not None:
        return f"{digit} {page[step.says].labels[key][0]}"
    plain = {"otherwise": "anything else" if len(step.go) > 1 else "any answer", "skip": "SKIP", "silence": "no answer"}
    return plain.get(key, key.replace("_", " "))


def _step(flow: Flow, step: Step, page: Lines) -> Box:
    shape = {"words": "asks for words", "choice": "asks for a choice", "number": f"asks {step.low}-{step.high}"}
    about = [shape.get(step.ask, f"asks {step.ask.replace('_', ' or ')}")]
    about += [f"keeps {step.keep}"] if step.keep else []
    about += [f"sets {step.sets}"] if step.sets else []
    about += [f"passed over if {step.unless} is known"] if step.unless else []
    about += [f"SKIP: {step.skip}"] if step.skip and step.skip == flow.skip else []
    return Box(step.name, "step", ", ".join(about), _words(page[step.says], step.lead))


def _end(end: End, page: Lines) -> Box:
    about = [f"marks {mark}" for mark in end.marks]
    about += [f"forgets {' and '.join(end.clears)}"] if end.clears else []
    about += [f"sets {field} = {value}" for field, value in end.sets]
    about += [f"staff task: {end.task}"] if end.task else []
    about += [f"ALERT: {end.alert}"] if end.alert else []
    about += [f"then the flow {end.opens}"] if end.opens else []
    words = _words(page[end.says], end.lead) if end.says else (f"[{end.lead}]" if end.lead else "")
    return Box(end.name, "end", ", ".join(about), words or "(nothing is said)")


def _words(line: Line, lead: str | None) -> str:
    return f"[{lead}] {line.text}" if lead else line.text


def _notes(flow: Flow) -> tuple[str, ...]:
    hours = (flow.close_after or 0) / 60
    notes = [f"SKIP leads to '{flow.skip}' unless a box says otherwise."] if flow.skip and flow.steps else []
    if flow.silence and flow.close_after:
        told = f"{hours:g} hours" if hours >= 1 else f"{flow.close_after} minutes"
        notes.append(f"No answer for {told} leads to '{flow.silence}' unless an arrow says otherwise.")
    if flow.steps:
        notes.append("An answer that does not fit is met once with the help line; after that it counts as unclear.")
    return tuple(notes)
