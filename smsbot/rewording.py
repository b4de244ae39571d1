"""What a patient writes on their own page instead of what they said: heard as a text is, before it takes its place.

Danger in it goes the way of any danger: stored, told to people, answered on their phone. So does what is never said
back on any channel (CONTENT 11.22). Either changes nothing on the page.
"""

from typing import Literal

from smsbot import answers, corrections, schedule
from smsbot.carrier.inbound import InboundText
from smsbot.desk import Desk
from smsbot.inbox import asides, first
from smsbot.inbox.arrival import Arrival, look, store
from smsbot.models import Patient
from smsbot.scope import Scope
from smsbot.store import turns
from smsbot.store.corrections import Row

Outcome = Literal["changed", "same", "danger", "told"]
PAGE = "page"


def reword(desk: Desk, patient: Patient, row: Row, words: str) -> Outcome:
    """Put words of theirs right, in the caller's transaction, patient and row locked; says what came of it."""
    scope = desk.scope(patient)
    arrival = _look(scope, words)
    if arrival.finding.tier is not None or arrival.screen_failed or not _may_be_quoted(words):
        return _heard(arrival)
    return "changed" if corrections.correct(scope, row, words) else "same"


def _look(scope: Scope, words: str) -> Arrival:
    """The words as a text of theirs, screened and not stored."""
    text = InboundText(f"{PAGE}:{scope.runtime.new_id()}", "", scope.phone, scope.sender, words)
    index = scope.keys.phone_index(scope.phone)
    earlier = turns.earlier(scope.db, scope.keys, scope.sealer, text.sid, index, scope.person.id, scope.now)
    return look(scope, text, earlier)


def _may_be_quoted(words: str) -> bool:
    topic = answers.topic(words)
    return topic is None or topic not in asides.ASIDES or asides.ASIDES[topic].quotable


def _heard(arrival: Arrival) -> Outcome:
    """Store it as a text from them, and let what outranks everything take it."""
    store(arrival, PAGE)
    first.screen_fault(arrival)
    filed = first.danger(arrival)
    if filed is None:
        asides.aside(arrival)
    if arrival.scope.inbound_id is not None:
        turns.file_inbound(arrival.scope.db, arrival.scope.inbound_id, filed or PAGE)
    schedule.conclude(arrival.scope)
    return "danger" if filed else "told"
