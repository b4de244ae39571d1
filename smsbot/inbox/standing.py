"""Who is writing: a stranger, someone who stopped or was never asked, someone a person has yet to talk with."""

from datetime import datetime

from smsbot import answers, consent, facts, raising, talk, tasks
from smsbot.engine import Heard
from smsbot.inbox.arrival import DAY, SAFETY_RANK, Arrival, keep_entry
from smsbot.models import Alert, Mark, PatientStatus
from smsbot.scope import CRISIS, Scope
from smsbot.store import messages, outgoing, turns

UNCLEAR = "leaving_unclear"
TALKING = (PatientStatus.ACTIVE, PatientStatus.PAUSED, PatientStatus.DORMANT)


def stranger(arrival: Arrival) -> str | None:
    """A number nobody enrolled hears one line a day, which confirms nothing about anyone."""
    scope = arrival.scope
    if scope.patient is not None:
        return None
    index = scope.keys.phone_index(scope.phone)
    blocked = turns.suppressed(scope.db, scope.keys, index) is not None
    if blocked or turns.answered_strangers(scope.db, scope.keys, index, scope.now - DAY):
        return "stranger_again"
    scope.queue(scope.system("unk_1", facts.system_values(scope)))
    return "stranger"


def stopped(arrival: Arrival) -> str | None:
    """After STOP an ordinary text is kept and answered by nobody; after the end of a program, once a day."""
    scope = arrival.scope
    if scope.person.status == PatientStatus.STOPPED:
        keep_entry(scope, arrival.text.body)
        return "after_stop"
    if scope.person.status != PatientStatus.ENDED:
        return None
    keep_entry(scope, arrival.text.body)
    index = scope.keys.phone_index(scope.phone)
    if turns.suppressed(scope.db, scope.keys, index) is None and _first_today(scope, "ended_1"):
        scope.queue(scope.system("ended_1", facts.system_values(scope)), purpose="help", priority=CRISIS)
    return "after_end"


def _first_today(scope: Scope, line: str) -> bool:
    return not turns.last_sent(scope.db, scope.keys, scope.person.id, (line,), scope.now - DAY)


def invited(arrival: Arrival, *, agreed: bool = False) -> str | None:
    """Before YES only the invitation's own conversation speaks."""
    scope = arrival.scope
    if scope.person.status != PatientStatus.INVITED:
        return None
    heard = Heard("YES") if agreed or answers.opt_in(arrival.text.body) else arrival.heard
    invitation = next((item for item in arrival.open if item.flow == consent.INVITATION), None)
    if invitation is None:
        if heard.text != "YES":
            return "before_consent"
        invitation = talk.begin(scope, consent.INVITATION, silently=True)
    talk.hear(scope, invitation, heard)
    return "invitation"


def frozen(arrival: Arrival) -> str | None:
    """While a person has yet to clear an incident, words are kept for staff; CRS-8 says so once."""
    scope = arrival.scope
    if scope.person.status != PatientStatus.FROZEN:
        return None
    if arrival.open and arrival.open[0].rank >= SAFETY_RANK:
        return None
    keep_entry(scope, arrival.text.body, flagged=True)
    incident = raising.open_incident(scope)
    if incident is not None:
        _add(arrival, incident)
        since = incident.opened_at
        if not turns.last_sent(scope.db, scope.keys, scope.person.id, ("crs_8", "crs_8n"), since):
            line = "crs_8" if facts.session_for(scope, None) else "crs_8n"
            values = facts.system_values(scope) | {"clinic": scope.clinic.alias}
            scope.queue(scope.system(line, values), purpose="crisis", priority=CRISIS)
    return "frozen"


def _add(arrival: Arrival, incident: Alert) -> None:
    """What is written while a flag is open belongs to it; a picture, which nothing here can read, is tier 2."""
    if arrival.text.media:
        raising.incident(arrival.scope, 2, "picture", "a picture while an alert is open")
    else:
        incident.inbounds = [*incident.inbounds, str(arrival.scope.inbound_id)]


def with_a_person(arrival: Arrival) -> str | None:
    """Within a day of a staff member's own text an answer is theirs: kept, put on the work list, no script replies."""
    scope = arrival.scope
    until = scope.person.hold_asks_until
    if arrival.open or until is None or scope.now >= until:
        return None
    if not messages.staff_wrote(scope.db, scope.keys, scope.person.id, scope.now - DAY):
        return None
    keep_entry(scope, arrival.text.body)
    if not outgoing.has_open_task(scope.db, scope.keys, "answer_patient", "answer_patient", scope.person.id):
        tasks.open_task(scope, "answer_patient")
    return "to_staff"


def remember_unclear(scope: Scope) -> None:
    """Leave a mark that someone in danger may have wanted the texts to end."""
    mark = {"id": scope.runtime.new_id(), "clinic_id": scope.clinic.id, "patient_id": scope.person.id}
    scope.db.add(Mark(name=UNCLEAR, at=scope.now, **mark))


def ask_what_was_unclear(scope: Scope, since: datetime) -> None:
    """The safety question is settled: now ask whether the texts should end, if that was left unclear (STP-2)."""
    marks = turns.marks(scope.db, scope.keys, scope.person.id)
    if scope.person.status in TALKING and any(mark.name == UNCLEAR and mark.at >= since for mark in marks):
        talk.begin(scope, "stop_check")
