"""A voice document as a step machine: it yields prompts and takes what the caller does; it does no I/O and no waiting.

    machine = run(document, base)
    prompt = next(machine)                    # Said, Played, Paused: go on with machine.send(None)
    prompt = machine.send(Pressed("1"))       # Gathering takes Pressed, Spoke or Silent
                                              # Recording takes Recorded or Silent; Dialing takes Dialed
                                              # Fetch takes the next (Document, base), or None when there is none
Ended is the last prompt. Whoever drives it may stop at any prompt: the caller hung up.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass

from smsbot.sandbox.twiml import Document, Verb, absolute


@dataclass(frozen=True)
class Said:
    """Words the service speaks."""

    words: str
    language: str
    voice: str


@dataclass(frozen=True)
class Played:
    """A file the service plays, or keys it presses (`w` for half a second)."""

    url: str
    digits: str = ""


@dataclass(frozen=True)
class Paused:
    """Silence, in seconds. One that stands by itself `waits` for something and takes real time; between words it is
    part of what is heard, and a transcript need not sit through it.
    """

    seconds: int
    waits: bool = False


@dataclass(frozen=True)
class Gathering:
    """Waiting for keys (at most `most`; `finish` ends them) or speech; silence for `timeout` seconds gives up."""

    keys: bool
    speech: bool
    most: int | None
    finish: str
    timeout: int


@dataclass(frozen=True)
class Recording:
    """Recording the caller for at most `most` seconds, until a key of `finish` or `timeout` seconds of silence."""

    most: int
    finish: str
    timeout: int
    beep: bool
    verb: Verb
    base: str


@dataclass(frozen=True)
class Dialing:
    """Calling another number and joining the two."""

    number: str
    caller_id: str
    timeout: int


@dataclass(frozen=True)
class Fetch:
    """The next document is at `url`; `params` are what this verb adds to the call's own."""

    url: str
    method: str
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Ended:
    """The service ends the call: completed, rejected or busy."""

    reason: str = "completed"


@dataclass(frozen=True)
class Pressed:
    """Keys, as pressed."""

    digits: str


@dataclass(frozen=True)
class Spoke:
    """Words the recognizer heard, and how sure it is (0 to 1; None: it does not say)."""

    words: str
    confidence: float | None = 0.9


@dataclass(frozen=True)
class Silent:
    """The caller did nothing until the time was over."""


@dataclass(frozen=True)
class Recorded:
    """A finished recording: where it is, its length in seconds, and the key that ended it (or `hangup`, or '')."""

    url: str
    sid: str
    seconds: int
    digits: str


@dataclass(frozen=True)
class Dialed:
    """How the other call went: completed, busy, no-answer, failed or canceled."""

    status: str
    sid: str
    seconds: int = 0


Prompt = Said | Played | Paused | Gathering | Recording | Dialing | Fetch | Ended
Given = Pressed | Spoke | Silent | Recorded | Dialed | tuple[Document, str] | None
Machine = Generator[Prompt, Given, None]
MOST_LOOPS = 3  # what loop="0" (for ever) or a large loop comes to in the transcript


def run(document: Document, base: str) -> Machine:
    """Run a document that was fetched from `base`, and those that follow it, until the call ends."""
    while True:
        following = yield from _through(document, base)
        if following is None:
            return
        found = yield following
        if not isinstance(found, tuple):
            yield Ended("failed")
            return
        document, base = found


def _through(document: Document, base: str) -> Generator[Prompt, Given, Fetch | None]:
    """One document; returns the next to fetch, or None when the call has ended."""
    for verb in document.verbs:
        if verb.name in ("Hangup", "Reject"):
            yield Ended(verb.get("reason") or "completed")
            return None
        if verb.name == "Redirect":
            return Fetch(absolute(base, verb.text), verb.get("method"))
        following = yield from _act(verb, base)
        if following:
            return following
    yield Ended()
    return None


def _act(verb: Verb, base: str) -> Generator[Prompt, Given, Fetch | None]:
    if verb.name == "Gather":
        return (yield from _gather(verb, base))
    if verb.name == "Record":
        return (yield from _record(verb, base))
    if verb.name == "Dial":
        return (yield from _dial(verb, base))
    if verb.name == "Pause":
        yield Paused(_count(verb, "length", 1), waits=True)
        return None
    yield from _spoken(verb, base)
    return None


def _spoken(verb: Verb, base: str) -> Iterator[Prompt]:
    """Say, Play and Pause, alone or inside Gather."""
    if verb.name == "Pause":
        yield Paused(_count(verb, "length", 1))
        return
    loops = _count(verb, "loop", 1)
    for _ in range(min(loops, MOST_LOOPS) if loops else MOST_LOOPS):
        if verb.name == "Say":
            yield Said(verb.text, verb.get("language"), verb.get("voice"))
        else:
            yield Played(absolute(base, verb.text) if verb.text else "", verb.get("digits"))


def _gather(verb: Verb, base: str) -> Generator[Prompt, Given, Fetch | None]:
    for child in verb.children:
        yield from _spoken(child, base)
    kinds = verb.get("input").split()
    most = _count(verb, "numDigits", 0) or None
    finish = verb.get("finishOnKey")
    heard = yield Gathering("dtmf" in kinds, "speech" in kinds, most, finish, _count(verb, "timeout", 5))
    params: tuple[tuple[str, str], ...] = ()
    if isinstance(heard, Pressed):
        digits = collected(heard.digits, finish, most)
        params = (("Digits", digits), ("FinishedOnKey", finish if finish and finish in heard.digits else ""))
        params = params if digits else ()
    elif isinstance(heard, Spoke) and heard.words:
        sure = () if heard.confidence is None else (("Confidence", f"{heard.confidence:.7f}"),)
        params = (("SpeechResult", heard.words), *sure)
    if not params:
        if verb.get("actionOnEmptyResult") != "true":
            return None  # nothing was entered: on to the next verb
        params = (("Digits", ""),)
    return Fetch(absolute(base, verb.get("action")) if verb.get("action") else base, verb.get("method"), params)


def collected(pressed: str, finish: str, most: int | None) -> str:
    """The digits that count: up to a finishing key, and no more than `most`."""
    digits = ""
    for key in pressed:
        if finish and key in finish:
            break
        digits += key
        if most and len(digits) == most:
            break
    return digits


def _record(verb: Verb, base: str) -> Generator[Prompt, Given, Fetch | None]:
    most, timeout = _count(verb, "maxLength", 3600), _count(verb, "timeout", 5)
    beep = verb.get("playBeep") == "true"
    heard = yield Recording(most, verb.get("finishOnKey"), timeout, beep, verb, base)
    if not isinstance(heard, Recorded):  # an empty recording: the action is not asked, the document goes on
        return None
    params = (
        ("RecordingUrl", heard.url),
        ("RecordingSid", heard.sid),
        ("RecordingDuration", str(heard.seconds)),
        ("Digits", heard.digits),
    )
    return Fetch(absolute(base, verb.get("action")) if verb.get("action") else base, verb.get("method"), params)


def _dial(verb: Verb, base: str) -> Generator[Prompt, Given, Fetch | None]:
    number = next((child.text for child in verb.children if child.name == "Number"), verb.text)
    heard = yield Dialing(number, verb.get("callerId"), _count(verb, "timeout", 30))
    if not verb.get("action") or not isinstance(heard, Dialed):
        return None
    params = (
        ("DialCallStatus", heard.status),
        ("DialCallSid", heard.sid),
        ("DialCallDuration", str(heard.seconds)),
    )
    return Fetch(absolute(base, verb.get("action")), verb.get("method"), params)


def _count(verb: Verb, name: str, default: int) -> int:
    text = verb.get(name)
    return int(text) if text.isdigit() else default
