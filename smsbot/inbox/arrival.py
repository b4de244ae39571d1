"""A text on its way in: stored sealed and screened before anything else looks at it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal, cast

from sqlalchemy.exc import DBAPIError

from smsbot import facts, safety, talk, tasks
from smsbot.carrier.inbound import InboundText
from smsbot.engine import Heard
from smsbot.models import Conversation, Inbound, PatientStatus
from smsbot.notes.coming import expect_media
from smsbot.safety import Context, Finding
from smsbot.scope import Scope
from smsbot.store import turns
from smsbot.store.turns import Earlier

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LATE = timedelta(hours=48)
SAFETY_RANK = 100
Shape = Literal["words", "choice", "number", "yes_no", "date"] | None


@dataclass
class Arrival:
    """`open` are the patient's open conversations, highest rank first; `missed` the last that closed without an answer;
    `conversation` the one this text went to.
    """

    scope: Scope
    text: InboundText
    finding: Finding
    screen_failed: bool
    open: list[Conversation]
    missed: list[Conversation]
    conversation: Conversation | None = None

    @property
    def heard(self) -> Heard:
        return Heard(self.text.body, "words", flagged=self.finding.tier is not None)


Handler = Callable[[Arrival], str | None]


def arrive(scope: Scope, text: InboundText, via: str, earlier: Earlier) -> Arrival:
    """Screen a text before anything else is looked at, and store it sealed."""
    arrival = look(scope, text, earlier)
    store(arrival, via)
    return arrival


def look(scope: Scope, text: InboundText, earlier: Earlier, whole: str | None = None) -> Arrival:
    """Screen a text; `whole` is what came, where the text is only what is left of it behind a nickname."""
    open_now, missed = _conversations(scope)
    context = _context(scope, open_now, earlier)
    finding, failed = _screen(text.body, context)
    if whole is not None and whole != text.body:
        finding, failed = _graver((finding, failed), _screen(whole, context))
    return Arrival(scope, text, finding, failed, open_now, missed)


def _graver(one: tuple[Finding, bool], other: tuple[Finding, bool]) -> tuple[Finding, bool]:
    """Of two looks at a text the one that found more: a nickname may be a word ("Hope this ends it")."""
    (first, failed), (second, failed_too) = one, other
    if second.tier is not None and (first.tier is None or second.tier < first.tier):
        first = replace(second, opt=first.opt or second.opt)
    return first, failed or failed_too


def store(arrival: Arrival, via: str, row: Inbound | None = None) -> None:
    """Write the text down, sealed for whom it is from; `row` is there already when it waited to know that."""
    scope, text, finding = arrival.scope, arrival.text, arrival.finding
    scope.inbound_id = inbound_id = row.id if row is not None else scope.runtime.new_id()
    found = {
        "patient_id": scope.patient.id if scope.patient else None,
        "phone_sealed": None if scope.patient else scope.keys.seal("inbound", "phone_sealed", inbound_id, scope.phone),
        "body_sealed": scope.sealer.seal("inbound", "body_sealed", inbound_id, text.body),
        "tier": finding.tier,
        "rule": finding.rule,
        "screen_version": finding.version,
        "filed_as": "",
        "settled": True,
    }
    if row is not None:
        for name, value in found.items():
            setattr(row, name, value)
    else:
        values = {
            "id": inbound_id,
            "clinic_id": scope.clinic.id,
            "carrier_sid": text.sid,
            "phone_index": scope.keys.phone_index(scope.phone),
            "media": [{"sid": item.sid, "type": item.content_type} for item in text.media],
            "opt_out_type": text.opt_out_type,
            "via": via,
            "received_at": scope.now,
        }
        turns.add_inbound(scope.db, values | found)
    if text.media and (scope.patient is not None or scope.others is None):  # not while it waits for a name
        expect_media(scope, text)


def _conversations(scope: Scope) -> tuple[list[Conversation], list[Conversation]]:
    """The open ones and the missed ones that can be read; one that cannot must not keep a cry from being heard."""
    if scope.patient is None:
        return [], []
    open_now, missed = turns.conversations(scope.db, scope.keys, scope.patient.id, scope.now - LATE)
    unreadable = [item for item in open_now if not _is_readable(scope, item)]
    for item in unreadable:
        talk.close(scope, item, "unreadable")
        tasks.open_task(scope, "set_aside", reason="conversation").details = {"row": str(item.id)}
    return [item for item in open_now if item not in unreadable], [item for item in missed if _is_readable(scope, item)]


def _is_readable(scope: Scope, conversation: Conversation) -> bool:
    try:
        talk.opened(scope, conversation)
    except DBAPIError:
        raise
    except Exception:  # a damaged row, or a script of an older release that this one cannot read: staff are told
        return False
    return True


def _screen(body: str, context: Context) -> tuple[Finding, bool]:
    try:
        return safety.screen(body, context), False
    except Exception:  # a fault in the screen must reach a person, never end in silence (RULINGS 5)
        return Finding(None, None, None, None, False, "fault"), True


def _context(scope: Scope, open_now: list[Conversation], earlier: Earlier) -> Context:
    if scope.patient is None:
        return Context(recent=earlier.recent, confirmed=False)
    shape = talk.question(scope, open_now[0]) if open_now else None
    return Context(
        recent=earlier.recent,
        hours_since_session=facts.hours_since_session(scope),
        question=cast(Shape, shape),
        flag_open=scope.patient.status == PatientStatus.FROZEN,
        flagged_within_24h=earlier.crisis,
        confirmed=scope.patient.joined_at is not None,
    )


def keep_entry(scope: Scope, words: str, *, flagged: bool = False) -> None:
    """Keep words as a journal entry, whole, under the patient's key."""
    if scope.patient is None:
        return
    entry_id = scope.runtime.new_id()
    values = {
        "id": entry_id,
        "clinic_id": scope.clinic.id,
        "patient_id": scope.patient.id,
        "inbound_id": scope.inbound_id,
        "kind": "text",
        "words_sealed": scope.sealer.seal("journal_entry", "words_sealed", entry_id, words),
        "private": False,
        "flagged": flagged,
        "at": scope.now,
    }
    turns.add_entry(scope.db, values)
