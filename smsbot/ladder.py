"""The alert ladder of CONTENT.md 3.2: who is tried next, by which channel, and when to look again. Pure.

The clocks count from the beginning of a round of pages. What was missed while nothing ran is done once, now, not in a
heap; an attempt that may have been lost is made again, because for a page twice is better than never.
"""

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Literal

from smsbot.crisis import BY_KIND
from smsbot.hours import Hours
from smsbot.rota import Rota

# main_line: the clinic's own telephone. patient: CRS-6. truth: no page was accepted in a minute; the patient is told.
Channel = Literal["call", "text", "email", "main_line", "patient", "truth"]
Who = Literal["first", "second", "lead", "operator", "everyone"]
How = Literal["all", "call", "quiet", "loud", "told"]

TEST, MISCONDUCT, FAULT, DECISION = "test", "misconduct", "service_fault", "decision"
# Pages that are about no person: no incident, on nobody's list of alerts, and over after one look back.
ABOUT_NOBODY = (TEST, FAULT, DECISION)
# The states of an attempt: perhaps lost; surely never sent; taken by the carrier or the mail server.
TRYING, FAILED = "trying", "failed"
ACCEPTED = frozenset({"sent", "delivered", "unanswered", "answered", "heard", "acknowledged"})
RETRY = timedelta(seconds=20)
MOST_TRIES = 5
# A page of tiers 1 and 2 goes at any hour; a complaint for a lead waits for these, in the clinic's zone.
DAY_STARTS, DAY_ENDS = 9, 20


@dataclass(frozen=True)
class Person:
    """Someone on the clinic's list; the flags say which ways lead to them."""

    id: uuid.UUID
    kind: str
    rank: int
    phone: bool
    email: bool
    voice: bool
    rota: Rota


@dataclass(frozen=True)
class Cry:
    """What the ladder needs of an alert: `paged_at` began the round, whose steps are numbered from `first_step`."""

    tier: int
    kind: str
    lead_only: bool
    paged_at: datetime
    first_step: int = 0


@dataclass(frozen=True)
class Tried:
    """One attempt so far; `at` is when it was last made."""

    number: int
    channel: str
    contact: uuid.UUID | None
    state: str
    tries: int
    at: datetime


@dataclass(frozen=True)
class Page:
    """One attempt to make: a channel to a contact (None for the main line and the patient)."""

    number: int
    channel: Channel
    contact: uuid.UUID | None = None


@dataclass(frozen=True)
class Next:
    """`pages` to make now, `again` those among the steps so far to make once more; then look again `at`.

    With nothing to make and no `at` the round is over.
    """

    pages: tuple[Page, ...]
    again: tuple[Tried, ...]
    at: datetime | None


@dataclass(frozen=True)
class Rung:
    """`after` the round began: whom to try and how, and what else belongs to it."""

    after: timedelta
    who: tuple[tuple[Who, How], ...] = ()
    also: tuple[Channel, ...] = ()


@dataclass(frozen=True)
class Ladder:
    """Rungs, then the last one again and again until the round ends."""

    rungs: tuple[Rung, ...]
    every: timedelta | None
    until: timedelta

    def climbed(self) -> Iterator[tuple[int, Rung]]:
        """Every rung of a round with its number, in order of time."""
        number = -1
        for number, rung in enumerate(self.rungs):
            yield number, rung
        last = self.rungs[-1]
        while self.every and last.after + self.every <= self.until:
            number += 1
            last = Rung(last.after + self.every, (("everyone", "loud"),))
            yield number, last


def _minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


DAY = timedelta(days=1)
EMERGENCY = Ladder(
    (
        Rung(_minutes(0), (("first", "all"),)),
        Rung(_minutes(1), also=("truth",)),
        Rung(_minutes(5), (("first", "call"),)),
        Rung(_minutes(10), (("first", "loud"), ("second", "all"))),
        Rung(_minutes(20), (("lead", "all"),), ("main_line", "patient")),
        Rung(_minutes(30), (("everyone", "all"),)),
    ),
    _minutes(10),
    DAY,
)
SERIOUS = Ladder(
    (
        Rung(_minutes(0), (("first", "quiet"),)),
        Rung(_minutes(1), also=("truth",)),
        Rung(_minutes(10), (("first", "quiet"),)),
        Rung(_minutes(20), (("second", "quiet"),)),
        Rung(_minutes(30), (("lead", "quiet"),)),
        Rung(_minutes(60), (("everyone", "loud"),)),
    ),
    _minutes(30),
    DAY,
)
COMPLAINT = Ladder(
    (Rung(_minutes(0), (("lead", "quiet"),)), Rung(DAY, (("lead", "loud"),)), Rung(2 * DAY, (("operator", "all"),))),
    None,
    2 * DAY,
)
TESTING = Ladder((Rung(_minutes(0), (("everyone", "all"),)), Rung(_minutes(30))), None, _minutes(30))
# Nobody is in danger by a fault of the service: it wakes nobody who can be written to.
TELLING = Ladder((Rung(_minutes(0), (("everyone", "told"),)), Rung(_minutes(30))), None, _minutes(30))

# A decision that a session waits for (CONTENT.md 11.22): a day is left, so it is told and wakes nobody.
DECIDING = Ladder(
    (
        Rung(_minutes(0), (("first", "told"),)),
        Rung(_minutes(60), (("second", "told"),)),
        Rung(_minutes(120), (("lead", "told"),)),
        Rung(_minutes(180), (("everyone", "told"),)),
        Rung(_minutes(240)),
    ),
    None,
    _minutes(240),
)
LADDERS = {TEST: TESTING, FAULT: TELLING, DECISION: DECIDING}


def ladder_of(cry: Cry) -> Ladder:
    """Which ladder an alert climbs; urgent worries (voices, extra dosing) climb that of tier 2 (CONTENT.md 11.4)."""
    if cry.kind in LADDERS:
        return LADDERS[cry.kind]
    if cry.lead_only:
        return COMPLAINT
    return EMERGENCY if cry.tier == 1 else SERIOUS


def begins(tier: int, kind: str, after_hours: str, hours: Hours, now: datetime) -> datetime:
    """When paging begins.

    At once, with two exceptions: a clinic with no after-hours response that is closed gets a plain tier 2 when it
    opens, as CRS-2n has told the patient; a complaint about staff waits for the day.
    """
    if kind == MISCONDUCT:
        return _by_day(hours, now)
    told_closed = tier == 2 and kind not in BY_KIND and after_hours == "none" and not hours.is_open(now)
    return (hours.opens_next(now) or now) if told_closed else now


def _by_day(hours: Hours, now: datetime) -> datetime:
    local = now.astimezone(hours.zone)
    if DAY_STARTS <= local.hour < DAY_ENDS:
        return now
    day = local.date() + (DAY if local.hour >= DAY_ENDS else timedelta(0))
    return datetime(day.year, day.month, day.day, DAY_STARTS, tzinfo=hours.zone)


def on_call(people: Sequence[Person], now: datetime) -> list[Person]:
    """Those to try, in order: on-call contacts on duty, second contacts on duty, then the same off duty, then leads.

    The rota orders and never empties: when nobody is on duty, everybody is tried all the same.
    """
    order = {"oncall": 0, "second": 1}
    called = [each for each in people if each.kind in order]
    called.sort(key=lambda each: (not each.rota.covers(now), order[each.kind], each.rank, str(each.id)))
    return called + _of(people, "lead") or _of(people, "operator")


def _of(people: Sequence[Person], kind: str) -> list[Person]:
    return sorted((each for each in people if each.kind == kind), key=lambda each: (each.rank, str(each.id)))


WHO: Mapping[Who, Callable[[Sequence[Person], datetime], list[Person]]] = {
    "first": lambda people, now: on_call(people, now)[:1],
    "second": lambda people, now: on_call(people, now)[1:2],
    "lead": lambda people, _: _of(people, "lead"),
    "operator": lambda people, _: _of(people, "operator"),
    "everyone": lambda people, now: [*on_call(people, now), *_of(people, "operator")],
}


def ways(person: Person, how: How, open_now: bool) -> tuple[Channel, ...]:
    """The channels that lead to a person: never none, if there is any."""
    call: tuple[Channel, ...] = ("call",) if person.phone and person.voice else ()
    text: tuple[Channel, ...] = ("text",) if person.phone else ()
    email: tuple[Channel, ...] = ("email",) if person.email else ()
    match how:
        case "all":
            return call + text + email
        case "call":
            return call or text or email
        case "loud":
            return call + text or email
        case "quiet":
            return (() if open_now else call) + text + email
        case "told":
            return text + email or call


def next_pages(cry: Cry, people: Sequence[Person], hours: Hours, tried: Sequence[Tried], now: datetime) -> Next:
    """What to do now about an alert that nobody has acknowledged, and when to look again.

    1. Attempts whose outcome nobody wrote down are made again, up to five times.
    2. The rungs whose time has come and that have left no step yet are done, each channel to each person once.
    3. A rung of which nothing could be sent goes to the next person at once; nobody waits for its clock.
    """
    people = _heard_by(cry, [each for each in people if each.phone or each.email])
    mine = [each for each in tried if each.number >= cry.first_step]
    again = [each for each in mine if _lost(each, now)]
    climbed = list(ladder_of(cry).climbed())
    last = max((each.number - cry.first_step for each in mine if each.channel != "truth"), default=-1)
    come = [(number, rung) for number, rung in climbed if cry.paged_at + rung.after <= now]
    due = [(number, rung) for number, rung in come if number > last]
    pages = _pages(cry, due, people, hours.is_open(now), now) + _truth(cry, come, mine)
    if not pages and _stuck(mine, last + cry.first_step):
        pages = _instead(last + cry.first_step, people, mine, now)
    ahead = [cry.paged_at + rung.after for _, rung in climbed if cry.paged_at + rung.after > now]
    retries = [each.at + RETRY * each.tries for each in mine if each.state == TRYING and each.tries < MOST_TRIES]
    times = ahead[:1] + [at for at in retries if at > now]
    return Next(tuple(pages), tuple(again), min(times, default=None))


def _lost(step: Tried, now: datetime) -> bool:
    return step.state == TRYING and step.tries < MOST_TRIES and step.at + RETRY * step.tries <= now


def _stuck(mine: Sequence[Tried], number: int) -> bool:
    """Whether no attempt of the latest rung left us, for good."""
    states = [each.state for each in mine if each.number == number and each.contact]
    return bool(states) and all(state == FAILED for state in states)


def _instead(number: int, people: Sequence[Person], mine: Sequence[Tried], now: datetime) -> list[Page]:
    """The next person to whom this rung has not gone, by every channel."""
    had = {each.contact for each in mine if each.number == number}
    others = (each for each in WHO["everyone"](people, now) if each.id not in had)
    return [Page(number, channel, each.id) for each in islice(others, 1) for channel in ways(each, "all", True)]


def _truth(cry: Cry, come: Sequence[tuple[int, Rung]], mine: Sequence[Tried]) -> list[Page]:
    """Once its time has come: tell the patient if no page has been accepted by anything so far."""
    number = next((number for number, rung in come if "truth" in rung.also), None)
    if number is None or any(each.channel == "truth" or each.state in ACCEPTED for each in mine):
        return []
    return [Page(number + cry.first_step, "truth")]


def _pages(
    cry: Cry, due: Sequence[tuple[int, Rung]], people: Sequence[Person], open_now: bool, now: datetime
) -> list[Page]:
    """The pages of these rungs under the number of the last of them, each channel to each person once."""
    if not due:
        return []
    number = due[-1][0] + cry.first_step
    targets = [target for _, rung in due for target in _targets(rung, people, open_now, now)]
    targets += [(channel, None) for _, rung in due for channel in rung.also if channel != "truth"]
    if not people and cry.kind not in ABOUT_NOBODY and due[0][0] == 0:
        targets.append(("main_line", None))
    return [Page(number, channel, contact) for channel, contact in dict.fromkeys(targets)]


def _heard_by(cry: Cry, people: Sequence[Person]) -> list[Person]:
    """A complaint about staff is for leads alone, or for the operator where there is none (CONTENT.md 11.1).

    A fault of the service is for the operator; where none is listed for the leads, else for whoever is on the list.
    """
    if cry.kind == FAULT:
        return _of(people, "operator") or _of(people, "lead") or list(people)
    if not cry.lead_only:
        return list(people)
    leads = [each for each in people if each.kind == "lead"]
    return [each for each in people if each.kind in ("lead", "operator")] if leads else _as_leads(people)


def _as_leads(people: Sequence[Person]) -> list[Person]:
    return [
        Person(each.id, "lead", each.rank, each.phone, each.email, each.voice, each.rota)
        for each in people
        if each.kind == "operator"
    ]


def _targets(
    rung: Rung, people: Sequence[Person], open_now: bool, now: datetime
) -> Iterator[tuple[Channel, uuid.UUID | None]]:
    for who, how in rung.who:
        for person in WHO[who](people, now):
            for channel in ways(person, how, open_now):
                yield channel, person.id
