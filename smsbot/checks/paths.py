"""Rules about the way through a flow: what can be reached, how many texts it takes, and how one gets out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from smsbot.checks.base import Problem, place
from smsbot.content import Content
from smsbot.engine import RESTATES_BEFORE
from smsbot.flow import End, Flow, Step
from smsbot.hearing import SAFETY_RANK
from smsbot.script import Script

MOST_TEXTS = 8
MEASURES = "F20"


def reachable(content: Content) -> Iterator[Problem]:
    """Every step and every end can be reached from where the flow begins."""
    for name, script in content.scripts.items():
        flow = script.flow
        found = set(flow.doors())
        todo = list(found)
        while todo:
            here = flow.steps.get(todo.pop())
            for _, target in flow.ways(here) if here else ():
                if target not in found:
                    found.add(target)
                    todo.append(target)
        for kind, names in (("steps", flow.steps), ("ends", flow.ends)):
            for lost in [lost for lost in names if lost not in found]:
                at = place(content.trees[name], kind, lost)
                yield at, f"nothing leads to '{lost}'. Point a branch at it, or take it out."


def ways_out(content: Content) -> Iterator[Problem]:
    """Every question can be skipped, has a time-out, and says where silence leads."""
    for name, script in content.scripts.items():
        flow, tree = script.flow, content.trees[name]
        for step in flow.steps.values():
            at = place(tree, "steps", step.name)
            if flow.skip_to(step) is None and flow.rank < SAFETY_RANK:
                yield at, f"'{step.name}' cannot be skipped. Add 'skip:' here or for the whole flow."
            if flow.silent_to(step) is None:
                yield at, f"'{step.name}' does not say where silence leads. Add 'silence:'."
            if flow.close_after is None:
                yield at, f"'{step.name}' never times out. Add 'close_after:' to the flow."


def helped(content: Content) -> Iterator[Problem]:
    """Every question with a fixed set of answers has a help line to restate it, in both languages."""
    for script in content.scripts.values():
        for step in script.flow.steps.values():
            for language, page in script.lines.items():
                if step.ask != "words" and page[step.says].help is None:
                    at = content.pages[language, script.flow.name].where(step.says)
                    yield at, f"'{step.says}' has no 'help:', for an answer that does not fit."


def short(content: Content) -> Iterator[Problem]:
    """No path sends more than 8 texts, help lines counted (PHQ-9 and GAD-7 excepted)."""
    for name, script in content.scripts.items():
        if MEASURES in script.flow.catalog.split():
            continue
        count, way = longest(script)
        if count > MOST_TEXTS:
            yield place(content.trees[name], "steps"), f"{count} texts on the way {' > '.join(way)}; the most is 8."


def asked_twice(content: Content) -> Iterator[Problem]:
    """Nothing is asked more than twice on any path: once, and once restated."""
    for name, script in content.scripts.items():
        for first, second in _repeats(script):
            at = place(content.trees[name], "steps", second)
            yield at, f"'{second}' asks the same as '{first}' before it on the same path."


def longest(script: Script) -> tuple[int, tuple[str, ...]]:
    """The most texts a conversation can take, and the way there. Help lines are sent up to the sixth text only."""
    flow = script.flow

    @cache
    def walk(name: str, texts: int) -> tuple[int, tuple[str, ...]]:
        here = flow.place(name)
        if isinstance(here, End):
            return texts + (1 if here.says or here.lead else 0), (name,)
        texts += 1
        restated = texts + (1 if texts < RESTATES_BEFORE and _restates(script, here) else 0)
        found = [_passed_over(flow, here, texts - 1, walk)] if here.unless else []
        for key, target in flow.ways(here):
            count, way = walk(target, texts if key == "silence" else restated)
            found.append((count, (name, *way)))
        return max(found, key=lambda one: one[0])

    return max((walk(door, 0) for door in flow.doors()), key=lambda one: one[0])


def _passed_over(flow: Flow, step: Step, texts: int, walk: object) -> tuple[int, tuple[str, ...]]:
    target = flow.skip_to(step)
    return walk(target, texts) if target and callable(walk) else (texts, ())


def _restates(script: Script, step: Step) -> bool:
    return step.ask != "words" or any(page[step.says].help for page in script.lines.values())


def _repeats(script: Script) -> Iterator[tuple[str, str]]:
    """Pairs of steps with the same words, the second after the first on some path."""
    steps = script.flow.steps
    for first in steps.values():
        for name in sorted(_after(script.flow, first)):
            if _words(script, steps[name]) & _words(script, first):
                yield first.name, name


def _after(flow: Flow, step: Step) -> set[str]:
    found: set[str] = set()
    todo = [step]
    while todo:
        for _, target in flow.ways(todo.pop()):
            if target in flow.steps and target not in found:
                found.add(target)
                todo.append(flow.steps[target])
    return found


def _words(script: Script, step: Step) -> set[tuple[str, str]]:
    return {(language, page[step.says].text) for language, page in script.lines.items()}
