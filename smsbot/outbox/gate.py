"""The last look before a message leaves: may this person still be texted, now, with this? Pure."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from smsbot.localtime import instant, local_clock, local_day
from smsbot.models import PatientStatus

# What answers a person's own word to us: it goes out even after STOP (RULINGS 2).
ANSWERING = ("crisis", "stop", "help")
# One confirmation of an opt-out is allowed, within five minutes of it (47 CFR 64.1200(a)(12)).
CONFIRMS_WITHIN = timedelta(minutes=5)
# A message this young has just passed the planner's own look at the window.
FRESH = timedelta(minutes=5)
# What a script says on a reply may go at any hour, but not hours after it, in the night after an outage.
LATE = timedelta(hours=1)
LONGEST_VALIDITY = timedelta(hours=10)
LOGISTICS = 2


@dataclass(frozen=True)
class Text:
    """What the gate needs of a message; times are care time.

    `scripted` is what a flow says, safety's own left out; `is_late` when it answers a text that was missed for hours.
    """

    purpose: str
    priority: int
    touch_id: UUID | None
    inbound_id: UUID | None
    created_at: datetime
    send_by: datetime | None
    scripted: bool = False
    is_late: bool = False

    def has_waited(self, now: datetime) -> bool:
        """Whether the hour has to be looked at again: it was right when this was written."""
        if self.touch_id is not None:
            return now - self.created_at > FRESH
        return self.scripted and self.priority > 0 and (self.is_late or now - self.created_at > LATE)


@dataclass(frozen=True)
class Person:
    """Who it goes to: `status` None for a number nobody enrolled; the window is local wall time.

    `paused_until` is care time; a pause without one has no end. `quiet_until` is the end of the silence around a
    session, while there is one that this message has to keep.
    """

    status: str | None
    suppressed: bool
    zone: ZoneInfo
    window: tuple[time, time]
    paused_until: datetime | None = None
    quiet_until: datetime | None = None


@dataclass(frozen=True)
class Go:
    """Send it; the carrier may keep it queued for `validity_s` seconds."""

    validity_s: int


@dataclass(frozen=True)
class Hold:
    """Not now: try again at `until` (care time)."""

    until: datetime
    why: str


@dataclass(frozen=True)
class Drop:
    """Never: `why` in one sentence."""

    why: str


def verdict(text: Text, person: Person, now: datetime) -> Go | Hold | Drop:
    """Decide about one message at the moment of sending.

    1. An answer to the person's own crisis, STOP or HELP always goes; an opt-out is confirmed at once or never.
    2. After an opt-out or the end, nothing else does; while frozen, only safety and staff; while paused, no practice.
    3. Past its deadline it is dropped: a late question is worse than none.
    4. A planned touch that has waited is held until the person's hours and the silence around a session let it go, or
       dropped if that is too late; what a script said on a reply waits for their hours if it is an hour late.
    """
    if text.purpose == "stop":
        return _confirmation(text, now)
    if text.purpose in ANSWERING and (text.inbound_id or not person.suppressed):
        return Go(_validity(text, now))
    barred = _barred(text, person, now)
    if barred is not None:
        return Drop(barred)
    if text.send_by is not None and now >= text.send_by:
        return Drop("Dropped: it could not leave in time.")
    if text.has_waited(now):
        opens = _opens(person, now)
        if opens > now:
            if text.send_by is not None and opens >= text.send_by:
                return Drop("Dropped: the next hour it may leave is past its deadline.")
            return Hold(opens, "Held until texting hours.")
    return Go(_validity(text, now))


def _confirmation(text: Text, now: datetime) -> Go | Drop:
    left = text.created_at + CONFIRMS_WITHIN - now
    if left <= timedelta(0):
        return Drop("Dropped: an opt-out is confirmed within five minutes or not at all.")
    return Go(max(5, int(left.total_seconds())))


def _barred(text: Text, person: Person, now: datetime) -> str | None:
    if person.suppressed or person.status in (PatientStatus.STOPPED, PatientStatus.ENDED):
        return "Dropped: this number must not be texted."
    if person.status == PatientStatus.FROZEN and text.priority > 0 and text.purpose != "staff":
        return "Dropped: an alert about this patient is open."
    if _paused(person, now) and text.touch_id is not None and text.priority > LOGISTICS:
        return "Dropped: the patient has paused."
    return None


def _paused(person: Person, now: datetime) -> bool:
    """A pause ends at its time, whether or not anything has said so to the patient yet."""
    until = person.paused_until
    return person.status == PatientStatus.PAUSED and (until is None or now < until)


def _opens(person: Person, now: datetime) -> datetime:
    """Now inside the window and outside the silence, else the instant it opens next."""
    start, end = person.window
    at = max(now, person.quiet_until or now)
    clock, today = local_clock(at, person.zone), local_day(at, person.zone)
    if start <= clock < end:
        return at
    return instant(today if clock < start else today + timedelta(days=1), start, person.zone)


def _validity(text: Text, now: datetime) -> int:
    left = text.send_by - now if text.send_by is not None and text.send_by > now else LONGEST_VALIDITY
    return max(5, int(min(left, LONGEST_VALIDITY).total_seconds()))
