"""From the machine's symbols to what is spoken: system lines filled in, guided recordings as sound or as words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from smsbot import audio, content, facts
from smsbot.calls.state import Ask, Guided, House, Line, Saying, Step, Words
from smsbot.carrier.document import Gather, Onward, Part, Pause, Play, Record, Say, Sound
from smsbot.engine import Facts
from smsbot.scope import Scope
from smsbot.wording import final


@dataclass(frozen=True)
class Voice:
    """Speaks for one call in its language."""

    scope: Scope
    language: str
    house: House

    def parts(self, steps: Sequence[Step]) -> list[Part]:
        """The document's parts; one that would end by itself goes on to the next step instead.

        So does one that ends in a recording: of an empty one, such as pound right at the tone, the carrier does not ask
        what is next, but goes on in the document.
        """
        found = [part for step in steps for part in self.part(step)]
        ends = Say | Play | Pause | Record
        return found if found and not isinstance(found[-1], ends) else [*found, Onward()]

    def part(self, step: Step) -> Iterable[Part]:
        """What one step comes to."""
        match step:
            case Line() | Words() | Guided() | Play() | Pause():
                return self.sounds(step)
            case Ask(inside, digits, speech, timeout):
                spoken = tuple(sound for each in inside for sound in self.sounds(each))
                return [Gather(spoken, digits, speech and self.house.speech, timeout, self.language)]
            case _:
                return [step]

    def sounds(self, saying: Saying) -> list[Sound]:
        """What is heard of one saying."""
        match saying:
            case Line():
                return [Say(self.line(saying), saying.language or self.language)]
            case Words(text):
                return [Say(text, self.language)]
            case Guided(name):
                return self.guided(name)
            case Play() | Pause():
                return [saying]

    def line(self, line: Line) -> str:
        """A system line's words for the phone; the clinic is named, for it is the one that was called."""
        language: Literal["en", "es"] = "es" if (line.language or self.language) == "es" else "en"
        template = self.scope.runtime.content.system[language][line.name]
        values = facts.system_values(self.scope) | {"minutes": line.minutes}
        if self.scope.patient is None or not self.house.caller_id:
            values["clinic"] = self.scope.clinic.alias
        values.pop("first", None)  # whoever holds the phone is not told whose it is
        return final(template.voice or template.text, values, Facts(language=language, channel="voice"))

    def guided(self, name: str) -> list[Sound]:
        """A guided recording: the file where there is one, else its script spoken, with its pauses."""
        runtime = self.scope.runtime
        if audio.file_for(runtime.settings.home, self.language, name) is not None:
            return [Play(f"{runtime.settings.public_base_url}/webhooks/guided/{self.language}/{name}.wav")]
        found: list[Sound] = []
        folder = runtime.settings.templates or content.locate(runtime.settings.home)[1]
        for piece in recordings(folder)[self.language][name].pieces:
            found.append(Say(piece.text, self.language) if isinstance(piece, audio.Say) else Pause(piece.seconds))
        return found


@cache
def recordings(folder: Path) -> dict[str, dict[str, audio.Script]]:
    """The scripts of the guided recordings, read once."""
    return audio.load(folder)
