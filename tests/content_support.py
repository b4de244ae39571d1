"""A small flow with both its pages, written to a folder and spoiled on purpose: what tests of the content stand on."""

from functools import cache
from pathlib import Path

from smsbot import content
from smsbot.checks import check

ROOT = Path(__file__).parent.parent

FLOW = """\
title: A small check
catalog: F99
pillar: reflection
channels: [text, voice]
kind: ask
facts: [plan]
close_after: 20h
skip: skipped
silence: quiet

start: {plan: came_up, otherwise: words}
steps:
  came_up:
    ask: choice
    choices: {1: did, 2: missed}
    keep: outcome
    go: {did: done, missed: words, unclear: noted}
  words:
    ask: words
    keep: hope
    go: {none: skipped, otherwise: kept}
ends:
  done:    {lead: praise, says: done, marks: plan_made}
  kept:    {says: kept}
  noted:   {says: noted}
  skipped: {says: noted}
  quiet:   {}
"""

ENGLISH = """\
flow: small
language: en
signed: {by: "", on: ""}
came_up:
  text: Did your plan come up? 1 yes, 2 not this time, or SKIP.
  voice: Did your plan come up? Press 1 for yes, 2 for not this time.
  choices:
    did: [did it]
    missed: [not this time]
  help: Reply 1 for yes, 2 for not this time, or SKIP.
words:
  text: Is there a hope you would like to bring? A few words, or SKIP.
done:
  text: Nothing more to do.
kept:
  text: >-
    We've kept this: "{hope}".
  unquoted: We've kept your words.
noted:
  text: Thank you. It is noted.
banks:
  praise:
    p01: You took the time.
    p02: You looked at it.
"""

SPANISH = """\
flow: small
language: es
signed: {by: "", on: ""}
came_up:
  text: ¿Llegó el momento de tu plan? 1 lo hice, 2 esta vez no, o PASO.
  voice: ¿Llegó el momento de tu plan? Marca 1 si lo hiciste, 2 si esta vez no.
  choices:
    did: [lo hice]
    missed: [esta vez no]
  help: Marca 1 si lo hiciste, 2 si esta vez no, o PASO.
words:
  text: ¿Hay algo que quieras llevar? Unas palabras, o PASO.
done:
  text: Nada más que hacer.
kept:
  text: >-
    Queda esto: "{hope}".
  unquoted: Guardamos lo que pusiste.
noted:
  text: Gracias. Queda dicho.
banks:
  praise:
    p01: Te diste un momento.
    p02: Le diste una mirada.
"""

PROTOCOL = """\
title: Two texts
caps: {day: 2, week: 14, gap: 3 hours}
quiet: {before: 10 minutes, after: 3 hours}
rules:
  small:
    flow: small
    class: P4
    for: each session
    due: 2 days before start, at preferred time
    send_by: 12 hours before start
"""


@cache
def shipped() -> content.Content:
    """The content that ships, read once for all tests."""
    return content.load(ROOT / "flows", ROOT / "message_templates")


def write(folder: Path, *, flow: str = FLOW, en: str = ENGLISH, es: str = SPANISH, protocol: str = PROTOCOL) -> Path:
    """Writes the small flow into a folder, or what a test has made of it."""
    places = {
        "flows/small.yaml": flow,
        "flows/protocols/two.yaml": protocol,
        "message_templates/en/small.yaml": en,
        "message_templates/es/small.yaml": es,
    }
    for place, text in places.items():
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_text(text, "utf-8")
    return folder


def load(folder: Path) -> content.Content:
    """The content of a folder."""
    return content.load(folder / "flows", folder / "message_templates")


def faults(folder: Path) -> list[str]:
    """What the loader has against a folder; an empty list when it loads."""
    try:
        load(folder)
    except content.ContentFaults as error:
        return [str(fault) for fault in error.faults]
    return []


def broken(folder: Path) -> set[str]:
    """The ids of the rules that a folder breaks, signatures aside."""
    return {one.rule for one in check(load(folder))} - {"signed"}


def changed(text: str, old: str, new: str) -> str:
    """A text with one place changed; the place must be there exactly once."""
    assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
    return text.replace(old, new)
