"""The population again, fewer of them, through the real modules and a database of their own; replayed by seed."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from smsbot.content import Content
from smsbot.flow import Step
from smsbot.models import Touch, TouchState
from smsbot.simulator.play import Player
from smsbot.simulator.population import ZONES, Census, Life, born
from smsbot.simulator.promises import Promises
from smsbot.simulator.replies import Replies
from smsbot.simulator.stage import staged
from smsbot.simulator.story import Act, Story

NOT_SENT = (TouchState.DROPPED, TouchState.CANCELED)
MOVES = (timedelta(hours=3), timedelta(days=1), timedelta(days=2, hours=3))


@dataclass
class Moody(Replies):
    """Answers as the story's patient would, when in the mood; YES always."""

    chance: random.Random = field(default_factory=random.Random)
    ready: float = 1.0

    def to(self, flow: str, step: Step, conversation: str) -> str | None:
        answer = super().to(flow, step, conversation)
        return answer if flow == "welcome" or self.chance.random() < self.ready else None


def story_of(life: Life, protocol: str, days: int) -> Story:
    """A population patient's months as a story: what happens to them becomes acts of patient and clinic."""
    zone = life.facts.patient.zone
    joins = _wall(invited(life), zone)
    sessions = tuple(_wall(one.starts_at, zone) for one in life.facts.sessions)
    acts = [act for at, what in life.events if (act := _act(life, _wall(at, zone), what, sessions))]
    return Story(
        protocol=protocol,
        zone=zone.key,
        joins=joins,
        sessions=sessions,
        minutes=60,
        acts=tuple(acts),
        until=joins + timedelta(days=days),
    )


def invited(life: Life) -> datetime:
    """When a patient's life with us begins."""
    at = life.facts.patient.invited_at
    if at is None:
        raise LookupError("a patient of the population is always invited")
    return at


def _wall(at: datetime, zone: ZoneInfo) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None, second=0, microsecond=0)


def _act(life: Life, at: datetime, what: str, sessions: tuple[datetime, ...]) -> Act | None:
    """One event of the population as somebody's act; `done` is left to the story's own staff."""
    ahead = [place for place, start in enumerate(sessions, 1) if start > at]
    behind = [place for place, start in enumerate(sessions, 1) if start <= at]
    words = {"stop": "STOP", "pause": "PAUSE", "hold": "RESUME", "freeze": "I want to kill myself"}
    if what in words:
        return Act(at, "patient", words[what])
    if what == "zone":
        return Act(at, "clinic", f"zone {life.chance.choice(ZONES)}")
    if what == "move" and ahead:
        to = sessions[ahead[0] - 1] + life.chance.choice(MOVES)
        return Act(at, "clinic", f"move {ahead[0]} to {to:%Y-%m-%d %H:%M}")
    if what == "cancel" and ahead:
        return Act(at, "clinic", f"cancel {ahead[0]} by clinic")
    if what == "no_show" and behind:
        return Act(at, "clinic", f"no-show {behind[-1]}")
    return None


def inhabit(content: Content, protocol: str, patients: Iterable[int], days: int, seed: int) -> Census:
    """Lives every patient of `patients` for `days` days, each in a database of their own, judged step by step.

    The same seed, content and code give the same trace: when each text left and its words, and every touch's end.
    """
    trace, lived, sent, dropped = hashlib.sha256(), 0, 0, 0
    broken: list[str] = []
    rules = content.protocols[protocol]
    for number in patients:
        life = born(rules, number, seed)
        story = story_of(life, protocol, days)
        with staged(story, content, invited(life), seed * 1_000_003 + number) as stage:
            promises = Promises(stage.runtime, rules)
            stage.postman.watched = promises.leaves
            player = Player(story, stage, forgiving=True, after_step=promises.hold)
            player.replies = Moody(story, chance=life.chance, ready=life.ready)
            player.run()
            for text in stage.postman.sent:
                trace.update(f"{number} {text.at.isoformat()} {text.body}\n".encode())
            with stage.runtime.database.read() as db:
                ends = db.exec(select(Touch).where(col(Touch.due_at).is_(None)).order_by(col(Touch.plan_key))).all()
            for touch in ends:
                trace.update(f"{number} {touch.rule} {touch.state} {touch.why}\n".encode())
        lived += 1
        sent += len(promises.opened)
        dropped += sum(touch.state in NOT_SENT for touch in ends)
        broken += [f"patient {number}: {fault}" for fault in promises.broken]
    return Census(lived, days, sent, dropped, tuple(broken), trace.hexdigest())
