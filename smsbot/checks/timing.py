"""Rules about protocols: nothing is asked of a sedated patient, and every rule can say what it means to say."""

from __future__ import annotations

from collections.abc import Iterator

from smsbot.checks.base import Problem, place
from smsbot.content import Content
from smsbot.rules import Protocol, Rule
from smsbot.script import Script
from smsbot.tree import meant

QUIET_BEFORE = 10
QUIET_AFTER = 180
ENDS = frozenset({"end", "planned_end", "first_end", "last_end"})
STARTS = frozenset({"start", "arrived", "first_start", "last_start"})


def sedation(content: Content) -> Iterator[Problem]:
    """Nothing is asked from session start to 3 hours after its end, and the silence is at least that long."""
    for protocol in content.protocols.values():
        tree = content.trees[f"protocols/{protocol.name}"]
        before, after = protocol.quiet
        if before < QUIET_BEFORE or after < QUIET_AFTER:
            yield place(tree, "quiet"), "the silence is at least 10 minutes before the start to 3 hours after the end."
        for rule in all_forms(protocol):
            at = place(tree, "rules", rule.name, "due")
            if _asks(content, rule) and (rule.in_quiet or _in_session(rule)):
                yield at, f"'{rule.name}' would ask during the session or within 3 hours of its end."


def touches_have_lines(content: Content) -> Iterator[Problem]:
    """The line a rule asks for (`line`, also when late or next morning) is a variant or an entry of its flow."""
    for protocol in content.protocols.values():
        tree = content.trees[f"protocols/{protocol.name}"]
        for rule in all_forms(protocol):
            named = (rule.line, rule.late.line if rule.late else None, rule.again.line if rule.again else None)
            script = content.scripts.get(rule.flow or "")
            for line in named:
                if line and script and line not in variants(script):
                    yield place(tree, "rules", rule.name), f"the flow '{rule.flow}' has no '{line}' to begin with."


def touches_have_flows(content: Content) -> Iterator[Problem]:
    """Every flow that a rule of a protocol sends is there; a touch without its flow is never sent."""
    for protocol in content.protocols.values():
        tree = content.trees[f"protocols/{protocol.name}"]
        for rule in protocol.rules:
            if rule.flow and rule.flow not in content.scripts:
                at = place(tree, "rules", rule.name, "flow")
                yield at, f"there is no flow '{rule.flow}', so this is never sent.{meant(rule.flow, content.scripts)}"


def all_forms(protocol: Protocol) -> Iterator[Rule]:
    """Each rule as written and as each of its cases makes it."""
    for rule in protocol.rules:
        yield rule
        yield from (case.rule for case in rule.cases if case.drop is None)


def variants(script: Script) -> set[str]:
    """What a conversation of this script may be begun with."""
    found = set(script.flow.entries)
    for _, door in script.flow.start:
        says = script.flow.place(door).says
        for page in script.lines.values():
            found |= set(page[says].variants()) if says else set()
    return found


def _asks(content: Content, rule: Rule) -> bool:
    script = content.scripts.get(rule.flow or "")
    return rule.kind == "ask" and script is not None and script.flow.kind != "statement"


def _in_session(rule: Rule) -> bool:
    due = rule.due
    if due.days or due.clock or due.preferred:
        return False
    after_end = due.anchor in ENDS and -1440 < due.minutes < QUIET_AFTER
    return after_end or (due.anchor in STARTS and due.minutes > -QUIET_BEFORE)
