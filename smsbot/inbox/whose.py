"""A phone that two patients share: which of them wrote a text, and what becomes of one nobody has put a name to."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from smsbot import nicknames, raising, sharing, silence, tasks
from smsbot import scope as scopes
from smsbot.carrier.inbound import InboundText, Media
from smsbot.inbox.arrival import DAY, Arrival, keep_entry, look, store
from smsbot.models import Inbound, Patient, PatientStatus, Task, TaskState
from smsbot.scope import Scope
from smsbot.store import turns
from smsbot.store.turns import Earlier

GONE = (PatientStatus.STOPPED, PatientStatus.ENDED)
ASKED, NOT_ASKED = turns.HELD
TASK = "who_wrote"
# What an alert tells of a cry without a nickname.
NOT_NAMED = "not_named"


@dataclass(frozen=True)
class Writer:
    """Who wrote a text, what it says apart from their nickname, and the texts that waited for this name."""

    scope: Scope
    said: str
    waiting: Sequence[Inbound] = ()


def wrote(scope: Scope, text: InboundText) -> Writer | None:
    """Who of the two wrote; None when that is anybody's guess.

    A nickname alone gives the texts that waited for it to their writer; where none did, it is what was said.
    """
    found = nicknames.named(text.body, sharing.nicknames(scope.keys, _people(scope)))
    if found is not None:
        key, said = found
        waiting = turns.held(scope.db, scope.keys, scope.keys.phone_index(scope.phone), scope.now - DAY)
        return Writer(_turned(scope, key), said or ("" if waiting or text.media else text.body), waiting)
    if not scope.others:  # whoever shared it is gone
        return Writer(_turned(scope, scope.person.id), text.body)
    seen = sharing.seen(scope.db, scope.keys, _people(scope))
    if all(each.status in GONE for each in _people(scope)):
        return Writer(_turned(scope, nicknames.likeliest(seen, scope.now)), text.body)
    writing = nicknames.writing(seen, scope.now)
    return None if writing is None else Writer(_turned(scope, writing), text.body)


def _others(scope: Scope) -> list[Patient]:
    return [each.person for each in scopes.beside(scope)]


def _people(scope: Scope) -> tuple[Patient, ...]:
    return (scope.person, *(scope.others or ()))


def _turned(scope: Scope, key: uuid.UUID) -> Scope:
    """The same text as this one's of the two."""
    people = _people(scope)
    mine = next(each for each in people if each.id == key)
    others = tuple(each for each in people if each is not mine)
    turned = scopes.of_one(scope.runtime, scope.db, scope.keys, scope.clinic, mine, scope.phone, others)
    turned.answers_webhook = scope.answers_webhook
    return turned


def cannot_wait(arrival: Arrival) -> bool:
    """Danger, a wish to stop and a call for help act at once, whoever it was."""
    found = arrival.finding
    return (
        found.tier is not None
        or found.opt is not None
        or arrival.screen_failed
        or arrival.text.opt_out_type is not None
    )


def uncertain(scope: Scope) -> None:
    """A cry whose writer is not known: people are told so, and nothing cheerful is asked of the other either."""
    incident = raising.open_incident(scope) if scope.patient is not None else None
    if incident is None:
        return
    raising.remember(incident, scope.now, NOT_NAMED)
    for other in scope.others or ():
        until = scope.now + DAY
        other.hold_asks_until = max(until, other.hold_asks_until or until)


def nobodys(scope: Scope) -> Scope:
    """The same phone as nobody's in particular: what it writes is sealed by the clinic until it has a name."""
    neutral = scopes.stranger(scope.runtime, scope.db, scope.keys, scope.clinic, scope.phone)
    neutral.language, neutral.answers_webhook, neutral.others = scope.language, scope.answers_webhook, ()
    return neutral


def ask(scope: Scope, neutral: Scope) -> str:
    """Ask once who is writing, and put it on the work list; around a session of either nothing is asked.

    Returns what the text is filed as: it waits there, whole, and nothing is answered.
    """
    index = scope.keys.phone_index(scope.phone)
    waiting = turns.held(scope.db, scope.keys, index, scope.now - DAY)
    if not waiting:
        tasks.open_task(scope, TASK)
    is_quiet = any(silence.is_on(each) for each in (scope, *scopes.beside(scope)))
    if any(row.filed_as == ASKED for row in waiting):
        return ASKED
    names = sorted(sharing.nicknames(scope.keys, _people(scope)).values())
    if is_quiet or len(names) < 2:
        return NOT_ASKED
    neutral.queue(neutral.system(TASK, {"one": names[0], "other": names[1]}))
    return ASKED


def give(scope: Scope, row: Inbound) -> None:
    """Staff know who wrote: kept as this patient's words, screened once more, and answered by nobody."""
    text = again(scope, row, "")
    arrival = look(scope, text, Earlier(None, (), crisis=False))
    store(arrival, row.via, row)
    keep_entry(scope, text.body)
    turns.file_inbound(scope.db, row.id, "journal")


def answered(scope: Scope, *, by: str = "patient") -> None:
    """The question is settled: nobody needs to look into it any more."""
    wanted = select(Task).where(
        col(Task.clinic_id) == scope.keys.clinic_id,
        col(Task.patient_id).in_([each.id for each in (scope.person, *_others(scope))]),
        col(Task.kind) == TASK,
        col(Task.state) == TaskState.OPEN,
    )
    for task in scope.db.exec(wanted).all():
        task.state, task.done_at, task.done_by = TaskState.DONE, scope.now, by
        scope.db.add(task)


def again(scope: Scope, row: Inbound, to: str) -> InboundText:
    """A text that waited, as it came; its webhook was answered long ago."""
    media = tuple(Media(item["sid"], item["type"]) for item in row.media)
    body = scope.keys.open("inbound", "body_sealed", row.id, row.body_sealed)
    return InboundText(row.carrier_sid, "", scope.phone, to, body, media)
