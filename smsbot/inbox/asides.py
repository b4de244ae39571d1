"""What a patient brings up beside any question: each topic has a line or a flow, and what staff get of it."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from smsbot import answers, decisions, facts, talk, tasks
from smsbot.answers import Topic
from smsbot.inbox.arrival import HOUR, Arrival, keep_entry
from smsbot.localtime import instant
from smsbot.render import day as day_said
from smsbot.scope import Scope
from smsbot.store import turns


@dataclass(frozen=True)
class Aside:
    """`says` is a system line, `closed` the one while the clinic is closed, `opens` a flow.

    `task` and `reason` are for staff. `hold` is for how many days nothing is asked, the day itself included. `yields`:
    where words were asked for, this is the answer. Words that are not `quotable` are never said back on any channel.
    """

    says: str | None = None
    closed: str | None = None
    opens: str | None = None
    task: str | None = None
    reason: str = ""
    hold: int = 0
    yields: bool = False
    quotable: bool = True


ASIDES: dict[Topic, Aside] = {
    "pregnancy": Aside("prg_1", task=decisions.KIND, reason="pregnancy", quotable=False),
    "substance": Aside("sub_1", task="medical", reason="substance", quotable=False),
    "running_out": Aside("med_1", closed="med_2", task="medical", reason="running_out"),
    "side_effect": Aside("sfx_1", task="medical", reason="side_effect"),
    "cost": Aside("cst_1", task="cost"),
    "grief": Aside("grf_1", hold=3),
    "emergency": Aside("lif_1", hold=1),
    "nightmare": Aside("ngt_1", hold=1),
    "who": Aside(opens="identity"),
    "real": Aside("real"),
    "records": Aside("dat_1", task="privacy"),
    "misuse": Aside("boundary", task="line_misuse"),
    "angry": Aside("ang_1", task="complaint"),
    "therapist": Aside("thr_1", yields=True),
    "friend": Aside("frd_1", yields=True),
    "revelation": Aside("big_1", yields=True),
    "moving_away": Aside("mvc_1", task="moving_away", yields=True),
    "travel": Aside(opens="travel", yields=True),
    "time_of_day": Aside(opens="time_of_day"),
    "my_words": Aside(opens="my_words"),
}


def aside(arrival: Arrival) -> str | None:
    """Answer what was brought up with its own words; the same again within the hour is only kept."""
    scope = arrival.scope
    topic = answers.topic(arrival.text.body)
    if topic is None:
        return None
    meant = ASIDES[topic]
    if meant.yields and _words_welcome(arrival):
        return None
    if topic not in ("who", "real", "time_of_day", "my_words"):
        keep_entry(scope, arrival.text.body, flagged=not meant.quotable)
    if meant.task == decisions.KIND:
        decisions.ask(scope, meant.reason)
    elif meant.task:
        tasks.open_task(scope, meant.task, reason=meant.reason)
    if meant.opens:
        talk.begin(scope, meant.opens)
    elif meant.says:
        _say(scope, meant, _hold(arrival, meant.hold))
    return topic


def _words_welcome(arrival: Arrival) -> bool:
    """Whether an open question takes any words as its answer."""
    return any(talk.welcomes_words(arrival.scope, item) for item in arrival.open)


def _say(scope: Scope, meant: Aside, until: datetime | None) -> None:
    values = facts.system_values(scope)
    line = meant.closed if meant.closed and "closed" in values else meant.says
    if line is None or turns.last_sent(scope.db, scope.keys, scope.person.id, (line,), scope.now - HOUR):
        return
    if until is not None and meant.hold > 1:
        values["day"] = day_said(until.astimezone(facts.zone(scope)).date(), scope.language)
    scope.queue(scope.system(line, values))


def _hold(arrival: Arrival, days: int) -> datetime | None:
    """Ask nothing until the morning after: what is open is let go of, and counts as answered."""
    if not days:
        return None
    scope, zone = arrival.scope, facts.zone(arrival.scope)
    first = facts.today(scope) + timedelta(days=days)
    until = instant(first, time(0), zone)
    scope.person.hold_asks_until = max(until, scope.person.hold_asks_until or until)
    scope.replan = True
    for conversation in arrival.open:
        talk.let_go(scope, conversation)
    return until
