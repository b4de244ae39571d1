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
    """Counts the questions of each conversation, so that a flow's answers come in their order."""

    story: Story
    asked: Counter[str] = field(default_factory=Counter)

    def to(self, flow: str, step: Step, conversation: str) -> str | None:
        """The answer to a question; None leaves it open."""
        place = self.asked[conversation]
        self.asked[conversation] += 1
        answer = self._scripted(flow, step.name, place)
        if answer is None and self.story.replies:
            answer = FIRST.get(flow) if place == 0 and flow in FIRST else self._fitting(step)
        return None if answer == SILENT else answer

    def _scripted(self, flow: str, step: str, place: int) -> str | None:
        one = self.story.answers.get(f"{flow}.{step}")
        if one:
            return one[0]
        several = self.story.answers.get(flow, ())
        return several[place] if place < len(several) else SILENT if several else None

    def _fitting(self, step: Step) -> str:
        """An ordinary answer of the question's shape: the first choice, an even mood, a few words."""
        if step.ask == "number":
            return str(CALM if step.high >= CALM else step.low)
        if step.ask == "choice":
            return step.choices[0][0]
        shapes = {"yes_no": "yes" if self.story.language == "en" else "sí", "date": "2026-12-24"}
        return shapes.get(step.ask, WORDS[self.story.language])
