"""Conversations as plain text that a clinician can read and write: parsed, replayed through the engine, printed again.

    # A vague first answer is sharpened once.
    flow      intention (en), echo on
    facts     session_day = Thursday, December 3; session_time = 10:00 am

    Tue 16:00  <  Your next session is Thursday, December 3. ...
    Tue 16:02  >  feel better
    Wed 12:00     (20 hours pass)
    keeps     intention = feel better
    ends      quiet

Above the texts may also stand `numbers mood_median = 6`, `heard did: all but d16`, `variant late` and `seed 7`; the
channel is text unless the flow says `(en, voice)`, and the fact `today` is a date such as 2026-12-01. A patient's line
may begin with (keys), (speech), (recording) or (flagged). Below the texts: keeps, sets, marks, clears, tasks, alerts,
opens, ends. What comes after an end is a late answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, cast

from smsbot import engine
from smsbot.engine import Facts, Heard, Script, State, Turn
from smsbot.turn import Channel

KINDS = ("words", "keys", "speech", "recording")
OUTCOMES = ("keeps", "sets", "marks", "clears", "tasks", "alerts", "opens", "ends")
HEADS = ("flow", "facts", "numbers", "heard", "variant", "seed")

FLOW = re.compile(
    r"(?P<flow>[a-z0-9_]+) \((?P<language>en|es)(?:, (?P<channel>voice|text))?\)(?:, echo (?P<echo>on|off))?\Z"
)
SAID = re.compile(r"(?P<time>.*?\S)\s+(?P<who>[<>])\s{1,2}(?P<text>.*)\Z")
PASSED = re.compile(r"(?P<time>.*?\S)\s+\((?P<text>[^()]* pass(?:es)?)\)\Z")
TAG = re.compile(r"\((keys|speech|recording|flagged)\) ?")


class NotATranscript(ValueError):
    """A line of a transcript file that cannot be read; says which."""


@dataclass(frozen=True)
class Event:
    """One line: something we said, something the patient did, or time that passed without an answer."""

    time: str
    who: Literal["us", "patient", "silence"]
    text: str
    kind: Literal["words", "keys", "speech", "recording"] = "words"
    flagged: bool = False

    def line(self) -> str:
        """The line as it stands in the file."""
        if self.who == "silence":
            return f"{self.time}     ({self.text})"
        tags = ("" if self.kind == "words" else f"({self.kind}) ") + ("(flagged) " if self.flagged else "")
        return f"{self.time}  {'<' if self.who == 'us' else '>'}  {tags}{self.text}".rstrip()


@dataclass(frozen=True)
class Transcript:
    """One conversation of a file. `outcome` holds the lines below it as (word, rest)."""

    title: str
    flow: str
    language: Literal["en", "es"]
    channel: Channel = "text"
    echo: bool = False
    facts: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, float] = field(default_factory=dict)
    heard: dict[str, str] = field(default_factory=dict)
    variant: str | None = None
    seed: int = 0
    lines: tuple[Event, ...] = ()
    outcome: tuple[tuple[str, str], ...] = ()

    def text(self) -> str:
        """The conversation as it stands in a file."""
        channel = ", voice" if self.channel == "voice" else ""
        heads = [
            ("flow", f"{self.flow} ({self.language}{channel}), echo {'on' if self.echo else 'off'}"),
            ("facts", "; ".join(f"{name} = {value}" for name, value in self.facts.items())),
            ("numbers", "; ".join(f"{name} = {value:g}" for name, value in self.numbers.items())),
            ("heard", "; ".join(f"{bank}: {which}" for bank, which in self.heard.items())),
            ("variant", self.variant or ""),
            ("seed", str(self.seed or "")),
        ]
        head = [f"{word:<10}{rest}" for word, rest in heads if rest]
        tail = [f"{word:<10}{rest}" for word, rest in self.outcome]
        return "\n".join([f"# {self.title}", *head, "", *(event.line() for event in self.lines), *tail]) + "\n"


@dataclass(frozen=True)
class Replay:
    """What the engine made of a transcript, and where in the flow it came by."""

    transcript: Transcript
    steps: frozenset[str]
    end: str | None


def parse(text: str, file: str = "transcript") -> tuple[Transcript, ...]:
    """Every conversation of a file. Raises NotATranscript with the line that cannot be read."""
    found: list[dict[str, object]] = []
    title = ""
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("#"):
            title = line.lstrip("# ").strip()
        elif line.startswith("flow "):
            found.append({"title": title, "lines": [], "outcome": []} | _flow(line, f"{file}:{number}"))
        elif line.strip():
            if not found:
                raise NotATranscript(f"{file}:{number}: a transcript begins with 'flow ...'.")
            _line(found[-1], line.rstrip(), f"{file}:{number}")
    return tuple(_finished(one) for one in found)


def replay(script: Script, transcript: Transcript) -> Replay:
    """Takes the transcript's answers through the engine, with state and script through JSON between turns."""
    return _Player(script, transcript).play()


def coverage(script: Script, replays: Iterator[Replay] | tuple[Replay, ...]) -> tuple[set[str], set[str]]:
    """The steps and ends of a flow that no replay came by."""
    seen = list(replays)
    steps = set(script.flow.steps) - {step for one in seen for step in one.steps}
    return steps, set(script.flow.ends) - {one.end for one in seen if one.end}


def _flow(line: str, at: str) -> dict[str, object]:
    match = FLOW.match(line.removeprefix("flow").strip())
    if match is None:
        raise NotATranscript(f"{at}: write 'flow      name (en), echo on'.")
    echo, channel = match["echo"] == "on", match["channel"] or "text"
    return {"flow": match["flow"], "language": match["language"], "channel": channel, "echo": echo}


def _line(into: dict[str, object], line: str, at: str) -> None:
    word, _, rest = line.partition(" ")
    if word in HEADS:
        into[word] = _head(word, rest.strip(), at)
    elif word in OUTCOMES:
        cast(list[tuple[str, str]], into["outcome"]).append((word, rest.strip()))
    else:
        cast(list[Event], into["lines"]).append(_event(line, at))


def _head(word: str, rest: str, at: str) -> object:
    if word == "variant":
        return rest
    if word == "seed":
        return int(rest)
    mark = ":" if word == "heard" else "="
    pairs = [part.partition(mark) for part in rest.split(";") if part.strip()]
    if any(not found for _, found, _ in pairs):
        raise NotATranscript(f"{at}: write '{word}' as 'name {mark} value; name {mark} value'.")
    values = {name.strip(): value.strip() for name, _, value in pairs}
    return {name: float(value) for name, value in values.items()} if word == "numbers" else values


def _event(line: str, at: str) -> Event:
    if passed := PASSED.match(line):
        return Event(passed["time"], "silence", passed["text"])
    said = SAID.match(line) or SAID.match(line + "  ")
    if said is None:
        raise NotATranscript(f"{at}: this is neither a text ('Tue 16:00  <  ...') nor one of {', '.join(OUTCOMES)}.")
    if said["who"] == "<":
        return Event(said["time"], "us", said["text"].strip())
    text, kind, flagged = said["text"], "words", False
    while tag := TAG.match(text):
        kind, flagged = (kind, True) if tag[1] == "flagged" else (tag[1], flagged)
        text = text[tag.end() :]
    return Event(said["time"], "patient", text.strip(), cast(Literal["words"], kind), flagged)


def _finished(one: dict[str, object]) -> Transcript:
    lines, outcome = cast(list[Event], one.pop("lines")), cast(list[tuple[str, str]], one.pop("outcome"))
    return Transcript(**one, lines=tuple(lines), outcome=tuple(outcome))  # type: ignore[arg-type]


class _Player:
    """One replay under way."""

    def __init__(self, script: Script, transcript: Transcript) -> None:
        self.script, self.transcript = Script.from_json(script.to_json()), transcript
        self.lines: list[Event] = []
        self.steps: set[str] = set()
        self.effects: list[engine.Effect] = []
        self.state: State | None = None
        self.facts = Facts(
            language=transcript.language,
            channel=transcript.channel,
            echo=transcript.echo,
            values=transcript.facts,
            numbers=transcript.numbers,
            heard={bank: self.ids(bank, which) for bank, which in transcript.heard.items()},
            seed=transcript.seed,
            today=date.fromisoformat(transcript.facts.get("today", "2026-12-01")),
        )

    def ids(self, bank: str, which: str) -> frozenset[str]:
        known = frozenset(self.script.lines[self.transcript.language].banks[bank])
        if which.startswith("all but"):
            return known - frozenset(which.removeprefix("all but").split())
        return known if which == "all" else frozenset(which.split())

    def play(self) -> Replay:
        first = self.transcript.lines[0].time if self.transcript.lines else "Tue 16:00"
        self.take(engine.start(self.script, self.facts, self.transcript.variant), first)
        for event in self.transcript.lines:
            if event.who == "us" or self.state is None:
                continue
            self.lines.append(event)
            self.take(self.turn(event, State.from_json(self.state.to_json())), event.time)
        done = Transcript(**{**vars(self.transcript), "lines": tuple(self.lines), "outcome": tuple(self.outcome())})
        return Replay(done, frozenset(self.steps), self.state.end if self.state else None)

    def turn(self, event: Event, state: State) -> Turn:
        if event.who == "silence":
            return engine.expire(self.script, state, self.facts)
        heard = Heard(event.text, event.kind, event.flagged)
        answer = engine.late if state.end is not None else engine.reply
        return answer(self.script, state, heard, self.facts)

    def take(self, turn: Turn, time: str) -> None:
        self.lines += [Event(time, "us", text) for text in turn.says()]
        self.effects += turn.effects
        self.state = turn.state
        self.steps |= {turn.state.step} if turn.state.step else set()

    def outcome(self) -> Iterator[tuple[str, str]]:
        """The lines below a transcript; of each name the last value, in the order of first keeping."""
        kept = {effect.name: effect.value for effect in self.effects if isinstance(effect, engine.Keep)}
        fields = {effect.field: effect.value for effect in self.effects if isinstance(effect, engine.Set)}
        yield from (("keeps", f"{name} = {value}") for name, value in kept.items())
        yield from (("sets", f"{name} = {value}") for name, value in fields.items())
        for effect in self.effects:
            match effect:
                case engine.Mark(name):
                    yield "marks", name
                case engine.Clear(names):
                    yield "clears", " ".join(names)
                case engine.Task(kind):
                    yield "tasks", kind
                case engine.Alert(kind):
                    yield "alerts", kind
                case engine.Open(flow):
                    yield "opens", flow
        if self.state and self.state.end:
            yield "ends", self.state.end
