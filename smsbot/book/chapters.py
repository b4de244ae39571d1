"""What the document holds: the touches of a protocol in order, and a chapter for each flow they can lead to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from smsbot import answers
from smsbot.content import Content
from smsbot.content.signing import Standing, content_hash, standing
from smsbot.flow import Flow, Step
from smsbot.lines import Lines
from smsbot.number_tests import NUMBER_TESTS
from smsbot.rules import Rule
from smsbot.tree import Node

LANGUAGES = ("en", "es")
KIND = re.compile(r"^ {4}([a-z_]+) +(.+)$", re.MULTILINE)
VARIANT_NAMES = {
    "text": "",
    "voice": "spoken on the phone",
    "said": "texted where what it answers was spoken",
    "unquoted": "when their words may not be quoted, or are missing",
    "late": "when it goes out late",
    "closed": "while the clinic is closed",
    "discreet": "on a screen that others may see",
    "help": "when the answer does not fit",
}
CLASSES = {
    0: "safety and replies", 1: "the clinic's own", 2: "logistics", 3: "landing and reflection", 4: "intention",
    5: "measures", 6: "practice", 7: "small lessons", 8: "nudges",
}  # fmt: skip


CLAUSES = {
    "for": "for",
    "only_if": "only if",
    "due": "goes out",
    "or": "or at",
    "between": "between",
    "eve": "on a session's eve at",
    "slides": "may wait up to",
    "on": "only on",
    "not_on": "not on",
    "line": "begins with",
    "send_by": "at the latest",
    "late": "when late",
    "else": "no room then",
    "answer_until": "answers until",
    "asked_inside": "asked inside",
    "waits_for": "waits for",
    "yields_to": "gives way to",
    "keep_before": "has room before",
    "if_dropped": "if there is none",
    "key": "at the key pace too",
    "task": "staff task",
}
BESIDE = {
    "system": "Lines of the line itself: crisis, STOP, HELP and universal words",
    "pages": "Pages and papers that patients read",
}
UNTOLD = frozenset({"title", "flow", "class", "note", "kind", "upbeat", "counts"})


@dataclass(frozen=True)
class Said:
    """One text in both languages; `when` says which variant it is."""

    when: str
    en: str
    es: str


@dataclass(frozen=True)
class Passage:
    """A step, an end or a bank: what is said there, what is done, and where each answer leads."""

    name: str
    kind: str
    about: tuple[str, ...]
    said: tuple[Said, ...]
    ways: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Signing:
    """Where the sign-off of one page stands."""

    language: str
    hash: str
    standing: Standing
    by: str
    on: str


@dataclass(frozen=True)
class Chapter:
    """A flow, or lines that belong to none (`flow` is None then)."""

    name: str
    title: str
    flow: Flow | None
    sent: tuple[str, ...]
    notes: tuple[str, ...]
    passages: tuple[Passage, ...]
    signings: tuple[Signing, ...]


@dataclass(frozen=True)
class Touch:
    """One rule of the protocol, in the words it was written in."""

    title: str
    flow: str | None
    what: str
    clauses: tuple[tuple[str, str], ...]


def branch_words() -> tuple[tuple[str, str], ...]:
    """What each word of the branch tables means, as the recognizers themselves say it."""
    kinds = KIND.findall(answers.kinds.__doc__ or "")
    tests = [(name, " ".join((test.__doc__ or "").split())) for name, test in NUMBER_TESTS.items()]
    return (
        *((name, f"words: {about}") for name, about in kinds if name in answers.KINDS and name != "unclear"),
        *((name, f"a number: {about}") for name, about in tests),
        ("words", "a choice was asked and words came instead"),
        ("unclear", "the answer did not fit, also after the help line; it is kept as the patient's own words"),
        ("otherwise", "everything that no other branch of the table takes"),
    )


def touches(content: Content, protocol: str) -> tuple[Touch, ...]:
    """The rules of a protocol in their order, each clause as it stands in the file."""
    tree = content.trees[f"protocols/{protocol}"].get("rules")
    found = {key.text: value for key, value in tree.pairs} if tree else {}
    return tuple(_touch(rule, found[rule.name]) for rule in content.protocols[protocol].rules)


def _touch(rule: Rule, node: Node) -> Touch:
    clauses = {key.text: plain(value) for key, value in node.pairs}
    order = [*CLAUSES, *(key for key in clauses if key not in CLAUSES and key not in UNTOLD)]
    told = tuple((CLAUSES.get(key, _name(key)), clauses[key]) for key in order if key in clauses)
    title = rule.title or _name(rule.name)
    does = "For staff" if rule.flow is None else "Asks" if rule.kind == "ask" else "Tells"
    return Touch(
        title[0].upper() + title[1:], rule.flow, f"{does}; class P{rule.priority}, {CLASSES[rule.priority]}", told
    )


def _name(key: str) -> str:
    return key.replace("_", " ")


def plain(node: Node) -> str:
    """A piece of a file as running text."""
    if node.kind == "text":
        return node.text
    if node.kind == "list":
        return "; ".join(plain(item) for item in node.items)
    return ", ".join(f"{_name(key.text)}: {plain(value)}" for key, value in node.pairs)


def flows_of(content: Content, protocol: str) -> tuple[str, ...]:
    """The flows a protocol sends, in its order, each followed by the flows it opens; then all that answer patients."""
    found: list[str] = []
    todo = [rule.flow for rule in content.protocols[protocol].rules if rule.flow]
    while todo:
        name = todo.pop(0)
        if name in found or name not in content.scripts:
            continue
        found.append(name)
        todo[:0] = [end.opens for end in content.scripts[name].flow.ends.values() if end.opens]
    return (*found, *[name for name in content.scripts if name not in found])


def chapter(content: Content, name: str, protocol: str) -> Chapter:
    """One flow's chapter."""
    flow = content.scripts[name].flow
    english, spanish = (content.scripts[name].lines[language] for language in LANGUAGES)
    passages = [_step(flow, step, english, spanish) for step in flow.steps.values()]
    for end in flow.ends.values():
        about = [f"marks {mark}" for mark in end.marks] + [f"sets {field} to {value}" for field, value in end.sets]
        about += [f"forgets {', '.join(end.clears)}"] if end.clears else []
        about += [f"puts '{end.task}' on the staff list"] if end.task else []
        about += [f"alerts staff: {end.alert}"] if end.alert else []
        about += [f"goes on with the flow {end.opens}"] if end.opens else []
        said = _said(english, spanish, end.says, end.lead)
        passages.append(Passage(end.name, "end", tuple(about), said))
    passages += [_bank(bank, english, spanish, flow.no_repeat) for bank in english.banks]
    sent = tuple(touch.title for touch in touches(content, protocol) if touch.flow == name)
    return Chapter(name, flow.title, flow, sent, _notes(flow), tuple(passages), _signings(content, name))


def chapters_beside(content: Content) -> list[Chapter]:
    """The lines that belong to no conversation: crisis, STOP, HELP, universal words; and those of pages and papers."""
    return [_beside(content, name, title) for name, title in BESIDE.items() if ("en", name) in content.pages]


def _beside(content: Content, name: str, title: str) -> Chapter:
    english, spanish = (content.pages[language, name].lines for language in LANGUAGES)
    passages = tuple(Passage(id, "line", (), _said(english, spanish, id, None)) for id in english.lines)
    return Chapter(name, title, None, (), (), passages, _signings(content, name))


def _step(flow: Flow, step: Step, english: Lines, spanish: Lines) -> Passage:
    shapes = {"words": "asks for words", "choice": "asks for a choice", "number": f"asks for {step.low} to {step.high}"}
    about = [shapes.get(step.ask, f"asks {step.ask.replace('_', ' or ')}")]
    about += [f"keeps the answer as {step.keep}"] if step.keep else []
    about += [f"sets {step.sets}"] if step.sets else []
    about += [f"passed over when {step.unless} is known"] if step.unless else []
    for what, pairs in (("marks", step.marks), ("staff task", step.tasks), ("alerts staff", step.alerts)):
        about += [f"{what} on {key}: {value}" for key, value in pairs]
    labels, twins = english[step.says].labels, spanish[step.says].labels
    names = {code: f"{digit} {labels[code][0]} / {twins[code][0]}" for digit, code in step.choices}
    names |= {"otherwise": "anything else", "skip": "SKIP / PASO", "silence": "no answer"}
    ways = tuple((names.get(key, key.replace("_", " ")), target) for key, target in flow.ways(step))
    return Passage(step.name, "step", tuple(about), _said(english, spanish, step.says, step.lead), ways)


def _said(english: Lines, spanish: Lines, says: str | None, lead: str | None) -> tuple[Said, ...]:
    found = [Said(f"first a line of the bank '{lead}'", "", "")] if lead else []
    if says is None:
        return tuple(found)
    mine, twin = english[says].variants(), spanish[says].variants()
    for variant in mine | twin:
        found.append(Said(VARIANT_NAMES.get(variant, variant), mine.get(variant, ""), twin.get(variant, "")))
    return tuple(found)


def _bank(name: str, english: Lines, spanish: Lines, no_repeat: int | None) -> Passage:
    other = spanish.banks.get(name, {})
    said = tuple(Said(id, text, other.get(id, "")) for id, text in english.banks[name].items())
    return Passage(name, "bank", (f"one of these, none twice in {no_repeat // 1440 if no_repeat else 30} days",), said)


def _notes(flow: Flow) -> tuple[str, ...]:
    notes = []
    if flow.close_after:
        hours = f"{flow.close_after / 60:g} hours" if flow.close_after >= 60 else f"{flow.close_after} minutes"
        notes.append(f"Waits {hours} for an answer.")
    if any(fact != "otherwise" for fact, _ in flow.start):
        doors = [f"with '{to}'" + ("" if fact == "otherwise" else f" if {fact} is known") for fact, to in flow.start]
        notes.append(f"Begins {', else '.join(doors)}.")
    if flow.rank:
        notes.append("Asked before everything else that is open.")
    return tuple(notes)


def _signings(content: Content, name: str) -> tuple[Signing, ...]:
    found = []
    for language in LANGUAGES:
        signed = content.pages[language, name].signed
        hash, stands = content_hash(content, language, name), standing(content, language, name)
        found.append(Signing(language, hash, stands, signed.by, signed.on))
    return tuple(found)
