"""What the simulated patient answers: what the story says, else something of the right shape."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from smsbot.flow import Step
from smsbot.simulator.story import SILENT, Story

AGREE = "YES"
WORDS = {"en": "a walk by the water with my sister", "es": "un paseo junto al mar con mi hermana"}
FIRST = {"welcome": AGREE}
CALM = 7


@dataclass
class Replies:
    """Counts the conversations of each flow and the questions of each, so that answers come in their order."""

    story: Story
    asked: Counter[str] = field(default_factory=Counter)
    times: dict[str, list[str]] = field(default_factory=dict)

    def to(self, flow: str, step: Step, conversation: str) -> str | None:
        """The answer to a question; None leaves it open."""
        place = self.asked[conversation]
        self.asked[conversation] += 1
        answer = self._scripted(flow, step.name, conversation, place)
        if answer is None and self.story.replies:
            answer = FIRST.get(flow) if place == 0 and flow in FIRST else self._fitting(step)
        return None if answer == SILENT else answer

    def call(self, sid: str) -> tuple[str, ...]:
        """What becomes of a call of ours; where the story does not say, nobody picks up."""
        return self._row("call", sid) or (SILENT,)

    def _scripted(self, flow: str, step: str, conversation: str, place: int) -> str | None:
        one = self._row(f"{flow}.{step}", conversation)
        if one:
            return one[0]
        several = self._row(flow, conversation)
        return several[place] if place < len(several) else SILENT if several else None

    def _row(self, about: str, conversation: str) -> tuple[str, ...]:
        """What the story says for this time; the last row holds from then on."""
        rows = self.story.answers.get(about, ())
        met = self.times.setdefault(about, [])
        if conversation not in met:
            met.append(conversation)
        return rows[min(met.index(conversation), len(rows) - 1)] if rows else ()

    def _fitting(self, step: Step) -> str:
        """An ordinary answer of the question's shape: the first choice, an even mood, a few words."""
        if step.ask == "number":
            return str(CALM if step.high >= CALM else step.low)
        if step.ask == "choice":
            return step.choices[0][0]
        shapes = {"yes_no": "yes" if self.story.language == "en" else "sí", "date": "2026-12-24"}
        return shapes.get(step.ask, WORDS[self.story.language])
