"""The patient's phone in a play: it calls the line or is rung by it, through the real calls modules, and is heard."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from xml.etree import ElementTree as Xml

from smsbot import notes
from smsbot.calls import ending, stepping
from smsbot.carrier.inbound import CallEvent, RecordingEvent, VoiceRequest
from smsbot.simulator.stage import ACCOUNT, NUMBER, PHONE, Rung, Stage
from smsbot.simulator.story import NotAStory
from smsbot.simulator.tapes import Tape, tape

UNANSWERED = {"busy": "busy", "silent": "no-answer"}
TOLD = {"busy": "is busy", "silent": "nobody picks up", "machine": "a machine picks up"}
KEYS = "0123456789*#"
MACHINE, HANGS_UP = "machine", "hangs up"
WHERE = re.compile(r"/webhooks/voice/([0-9a-f-]{36})/(\d+)\Z")
NOTE = re.compile(r"/webhooks/recording/([0-9a-f-]{36})\Z")
A_WHILE = timedelta(seconds=5)  # for a sentence to be said, and a key to be found
FIRST_INBOUND = 1 << 64  # so that the ids of both ways never meet


@dataclass(frozen=True)
class Heard:
    """What one document says, how long its silences are, and the verb it then waits in ("" when the call is over).

    `callback` is where the carrier tells of the recording that the verb makes.
    """

    words: str
    seconds: int
    waits: str = ""
    url: str = ""
    callback: str = ""


def hear(document: str) -> Heard:
    """What is heard of a document up to the point where it waits for somebody, or ends."""
    words: list[str] = []
    seconds = 0
    for verb in Xml.fromstring(document):  # noqa: S314  # our own document
        for sound in verb if verb.tag == "Gather" else (verb,):
            words += _words(sound)
            seconds += int(sound.get("length", "1")) if sound.tag == "Pause" else 0
        if verb.tag in ("Gather", "Record", "Dial", "Redirect"):
            url = verb.text if verb.tag == "Redirect" else verb.get("action")
            return Heard(" ".join(words), seconds, verb.tag, url or "", verb.get("recordingStatusCallback", ""))
    return Heard(" ".join(words), seconds)


def _told(step: str) -> str:
    """A step as it is printed."""
    if step[0] in KEYS:
        return f"presses {step}"
    return f"says {step}" if step.startswith('"') or step == "nothing" else step


def _words(sound: Xml.Element) -> list[str]:
    match sound.tag:
        case "Say":
            return [sound.text or ""]
        case "Play":
            return ["(plays a recording)"]
        case "Dial":
            return ["(puts the call through)"]
    return []


@dataclass
class Handset:
    """Does the steps of one call after another; `tell` is given who did something, us or the patient, and what.

    `meanwhile` is what workers do while somebody speaks or listens.
    """

    stage: Stage
    tell: Callable[[str, str], None]
    meanwhile: Callable[[], object]
    dialed: int = 0

    def dial(self, steps: Sequence[str]) -> None:
        """Call the line, do the steps, and hang up after the last."""
        self.dialed += 1
        self.tell("patient", "calls")
        sid = f"CA{FIRST_INBOUND + self.dialed:032x}"
        self.talk(VoiceRequest(sid, ACCOUNT, PHONE, NUMBER, "in-progress", "inbound"), "", steps)

    def ring(self, rung: Rung, steps: Sequence[str]) -> None:
        """A call of ours: `busy`, `silent` or `machine` alone, else it is answered and the steps are done."""
        self.tell("us", "rings")
        self.tell("patient", TOLD.get(steps[0], "picks up"))
        if steps[0] in UNANSWERED:
            self.ended(CallEvent(rung.sid, ACCOUNT, UNANSWERED[steps[0]]), rung.url)
            return
        by = "machine_start" if steps[0] == MACHINE else "human"
        first = VoiceRequest(rung.sid, ACCOUNT, NUMBER, PHONE, "in-progress", "outbound-api", answered_by=by)
        self.talk(first, rung.url, () if by != "human" else steps)

    def talk(self, asked: VoiceRequest, url: str, steps: Sequence[str]) -> None:
        """Hear a document, do the next step, and so on until somebody hangs up."""
        left = list(steps)
        heard, step = self.ask(asked, url), ""
        while heard.waits and not step.endswith(HANGS_UP):
            given = asked
            if heard.waits == "Dial":
                given = replace(asked, dialed="completed")
            elif heard.waits != "Redirect":
                step = left.pop(0) if left else HANGS_UP
                self.tell("patient", _told(step))
                given = self.given(asked, step, heard)
            if step == HANGS_UP and heard.waits != "Record":
                break
            callback, heard = heard.callback, self.ask(given, heard.url)
            self.told(given, callback)
            self.meanwhile()
        self.ended(CallEvent(asked.sid, ACCOUNT, "completed", answered_by=asked.answered_by), url)

    def given(self, asked: VoiceRequest, step: str, heard: Heard) -> VoiceRequest:
        """What the carrier asks us after a step; NotAStory where the line does not take such a one."""
        if heard.waits == "Record":
            return self.recorded(asked, step)
        if step.startswith("speaks"):
            raise NotAStory(f"'{step}': nothing is recorded after \"{heard.words[-60:]}\"")
        if step.startswith('"'):
            return replace(asked, speech=step.strip('"'))
        return replace(asked, digits=step) if step[0] in KEYS else asked

    def recorded(self, asked: VoiceRequest, step: str) -> VoiceRequest:
        """A recording of so many seconds; silence is one of them too."""
        length = re.search(r"\d+", step) if step.startswith("speaks") else None
        if length is None and step not in (HANGS_UP, "nothing"):
            raise NotAStory(f"'{step}': this is recorded; write speaks 20, nothing or hangs up")
        seconds = int(length[0]) if length else 2 if step == HANGS_UP else 15
        key = "hangup" if step.endswith(HANGS_UP) else "#" if length else ""
        self.stage.watch.now += timedelta(seconds=seconds)
        sid = f"RE{self.stage.runtime.chance.getrandbits(128):032x}"
        words = re.search(r'"([^"]+)"', step)
        self.stage.postman.tapes[sid] = Tape(asked.sid, seconds, tape(words[1] if words else "", seconds))
        return replace(asked, digits=key, recording_sid=sid, recording_seconds=seconds)

    def told(self, asked: VoiceRequest, callback: str) -> None:
        """The carrier's news of a recording, where one was made."""
        where = NOTE.search(callback)
        if where is None or asked.recording_sid is None:
            return
        event = RecordingEvent(asked.recording_sid, ACCOUNT, asked.sid, "completed", asked.recording_seconds)
        with self.stage.runtime.database.write() as db:
            notes.told(self.stage.runtime, db, uuid.UUID(where[1]), event)

    def ask(self, asked: VoiceRequest, url: str) -> Heard:
        """One request of the carrier, and what is heard of its answer."""
        where = WHERE.search(url)
        call_id, number = (uuid.UUID(where[1]), int(where[2])) if where else (None, None)
        with self.stage.runtime.database.write() as db:
            reply = stepping.step(self.stage.runtime, db, asked, call_id, number)
        if reply is None:
            raise LookupError("a call of nobody")
        heard = hear(reply.twiml)
        if heard.words:
            self.tell("us", heard.words)
        self.stage.watch.now += A_WHILE + timedelta(seconds=heard.seconds)
        return heard

    def ended(self, event: CallEvent, url: str) -> None:
        """The carrier says how the call went."""
        where = WHERE.search(url)
        with self.stage.runtime.database.write() as db:
            ending.ended(self.stage.runtime, db, event, uuid.UUID(where[1]) if where else None)
